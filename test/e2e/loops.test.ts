/** POLICY §3, loops: two programs that answer each other, and people who must not be taken for one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, type Gateway } from '../support/gateway.ts';
import { mail, registrySql, startHouse } from '../support/house.ts';

let running: Awaited<ReturnType<typeof startHouse>>;
beforeEach(async () => {
  running = await startHouse();
  await running.query(registrySql);
});
afterEach(() => running.stop());

const undecided = async () => (await running.query(`select from mails where state = 'new'`)).length;
const quiet = () =>
  running.until(
    'all is quiet',
    async () =>
      (await undecided()) === 0 &&
      (await running.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );
const to = (address: string) => running.sink.letters.filter((one) => one.rcptTo.includes(address));

/** So many rounds: each letter is answered at once, and where none came it writes again all the same. */
async function rounds(gateway: Gateway, count: number): Promise<number> {
  const first = mail({ subject: 'PIN 345 Label printer', from: gateway.address, body: 'It prints twice.' });
  await running.handIn(first, gateway.address);
  await quiet();
  for (let n = 1; n <= count; n += 1) {
    const last = to(gateway.address).at(-1);
    if (!last) throw new Error('no letter came at all');
    await running.handIn(answerOf(gateway, last, n), gateway.address);
    await quiet();
  }
  return to(gateway.address).length;
}

const words = ['apple', 'river', 'window', 'copper', 'lantern', 'meadow', 'thunder', 'pencil', 'harbour', 'velvet'];
const chance = (n: number) =>
  Array.from({ length: 30 }, (_, i) => words[(n * 7 + i * i * (n + 3) + ((n * i) >> 1)) % words.length]).join(' ');

describe('§3 loops: a gateway that takes our headers off and answers everything gets 3 letters a day', () => {
  const kinds: Record<string, Pick<Gateway, 'says' | 'quotes'>> = {
    'with a number in its words, quoting us': {
      says: (n) => ({
        subject: `[Ticket ${4000 + n}] received`,
        words: `Dear customer, your message has the number ${4000 + n}.`,
      }),
      quotes: 'marked',
    },
    'with our whole letter below, unmarked': {
      says: (n) => ({ subject: `Ticket ${4000 + n}`, words: `Round ${n}: we have got your message, thank you.` }),
      quotes: 'plain',
    },
    'with nothing of ours': {
      says: (n) => ({
        subject: `Ticket ${4000 + n}`,
        words: `Dear customer, your message has the number ${4000 + n}.`,
      }),
      quotes: 'not',
    },
    'with other words each time, quoting us': {
      says: (n) => ({ subject: chance(n).slice(0, 40), words: chance(n + 1000) }),
      quotes: 'marked',
    },
    'with the PIN in its subject, quoting us': {
      says: (n) => ({
        subject: `PIN 345 Ticket ${4000 + n}`,
        words: `Dear customer, your message has the number ${4000 + n}.`,
      }),
      quotes: 'marked',
    },
  };
  it.each(Object.entries(kinds))(
    '%s',
    async (_, kind) => {
      expect(
        await rounds({ address: 'max@aldous.example', ...kind }, kind.quotes === 'plain' ? 100 : 30),
      ).toBeLessThanOrEqual(3);
    },
    60_000,
  );
  it('that is not on record gets one', async () => {
    const gateway: Gateway = {
      address: 'tickets@elsewhere.example',
      says: (n) => ({ subject: `Ticket ${n}`, words: chance(n) }),
      quotes: 'marked',
    };
    expect(await rounds(gateway, 10)).toBe(1);
  }, 60_000);
});

describe('§3 loops: a program that answers what we ask a contact, in the thread, gets 3 letters a day', () => {
  const ada = 'ada@aldous.example';
  const verified = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';
  const idOf = (raw: Buffer) => /^Message-ID: (<.*>)\r$/im.exec(raw.toString('latin1'))?.[1];
  /** Each letter, or the first again and again, is answered at once above its quote; where none came it writes all the same. */
  async function answers(says: (n: number) => string, headers: string, which: -1 | 0 = -1): Promise<number> {
    for (let n = 1; n <= 10; n += 1) {
      await running.until('a letter', async () => to(ada).length > 0);
      const last = to(ada).at(which)?.raw ?? Buffer.alloc(0);
      const body = `${says(n)}\n\n> Hello,\n> this is what we ask you.\n> Kind regards`;
      const subject = `Ticket ${4000 + n}`;
      await running.handIn(mail({ subject, body, headers: `${headers}In-Reply-To: ${idOf(last)}` }));
      await quiet();
      // The numbers of an hour would hide the loop.
      await running.query(`update letters set created_at = created_at - interval '61 minutes'`);
    }
    return to(ada).length;
  }

  it('asked whether a sender belongs to the site', async () => {
    await running.handIn(mail({ subject: 'PIN 345 Hello', from: 'nora@elsewhere.example' }), 'nora@elsewhere.example');
    expect(await answers((n) => `Dear customer, your message has the number ${4000 + n}.`, `${verified}\n`)).toBe(3);
  }, 60_000);

  it('asked for a code, with words that look like one', async () => {
    await running.handIn(mail({ subject: 'PIN', body: '' }));
    expect(await answers(() => 'Dear customer, your message has the number 4B7K-22M9.', '', 0)).toBe(3);
  }, 60_000);
});

it('§3 loops: two Posterns behind gateways that take the headers off send each other 3 letters at most', async () => {
  const other = await startHouse({ SUPPORT_ADDRESS: 'support@other.example' });
  try {
    await other.query(registrySql);
    // Each is on record with the other, as a customer's own desk is.
    const known = `update contact_addresses set address = $1 where address = 'max@aldous.example'`;
    await running.query(known, ['support@other.example']);
    await other.query(known, ['support@desk.example']);
    const sides = [
      { house: running, address: 'support@desk.example', passed: 0 },
      { house: other, address: 'support@other.example', passed: 0 },
    ] satisfies { house: typeof running; address: string; passed: number }[];
    const [desk, desk2] = sides as [(typeof sides)[number], (typeof sides)[number]];
    const first = mail({ subject: 'Help', from: desk2.address, body: 'Our pump is broken.' });
    await running.handIn(first, desk2.address);
    for (let turn = 0; turn < 200; turn += 1) {
      const [from, to] = turn % 2 === 0 ? [desk, desk2] : [desk2, desk];
      await from.house.until(
        'quiet',
        async () =>
          (
            await from.house.query(
              `select from mails where state = 'new' union all select from letters where state in ('queued', 'unknown')`,
            )
          ).length === 0,
      );
      const letters = from.house.sink.letters.filter((one) => one.rcptTo.includes(to.address));
      const next = letters.slice(from.passed);
      from.passed = letters.length;
      if (turn > 1 && next.length === 0) break;
      for (const [n, letter] of next.entries()) {
        const gateway: Gateway = {
          address: from.address,
          says: () => ({ subject: `Passed on, number ${turn}.${n}`, words: `Gateway ${turn}: this came for you.` }),
          quotes: 'plain',
        };
        await to.house.handIn(answerOf(gateway, letter, turn), from.address, to.address);
      }
    }
    for (const side of sides) expect(side.passed).toBeLessThanOrEqual(3);
    expect(desk.passed + desk2.passed).toBeGreaterThan(2);
  } finally {
    await other.stop();
  }
}, 60_000);

it('§3 loops: a person who writes 20 mails in a day is answered each time the table says so', async () => {
  const from = 'Max Ernst <max@aldous.example>';
  const topics = [
    'The scanner on the second floor has stopped reading labels since this morning.',
    'After the update of last night the report of stock shows yesterday’s numbers.',
    'Where can I change the language of the printed delivery notes?',
    'Since the move to the new hall two of the handhelds do not find the network.',
    'Our auditor asks for a list of everybody who can delete a batch.',
  ];
  // Ten new requests with the PIN, five without it, and five that answer how the PIN is got.
  for (let n = 0; n < 10; n += 1) {
    const body = `${topics[n % 5]}\n\nIt is about hall ${n}.\n\n-- \nMax Ernst\nAldous Robotics, hall 3`;
    await running.handIn(mail({ subject: `PIN 345 Request ${n}`, from, body }), 'max@aldous.example');
  }
  await quiet();
  for (const [n, topic] of topics.entries()) {
    const body = `${topic} ${n}\n\n-- \nMax Ernst\nAldous Robotics, hall 3`;
    await running.handIn(
      mail({ subject: `A question ${n}`, from, body: `Hello, ${words[n]}: ${body}` }),
      'max@aldous.example',
    );
    await quiet();
  }
  const asked = await running.query<{ message_id: string }>(
    `select message_id from letters where template = 'pin-needed' and state = 'sent' order by id`,
  );
  expect(asked).toHaveLength(5);
  for (const [n, { message_id: id }] of asked.entries()) {
    const headers = `In-Reply-To: ${id}\nReferences: ${id}`;
    await running.handIn(
      mail({ subject: `Re: A question ${n}`, from, body: 'PIN 345', headers }),
      'max@aldous.example',
    );
  }
  await quiet();
  const counts = await running.query(
    `select template, state, count(*)::int as n from letters where to_address = 'max@aldous.example' group by 1, 2 order by 1, 2`,
  );
  expect(counts).toEqual([
    { template: 'acknowledgement', state: 'sent', n: 15 },
    { template: 'pin-needed', state: 'sent', n: 5 },
  ]);
}, 60_000);

it('§3.r16a a wrong PIN in the answer is told at once, and the right one still opens the case', async () => {
  const from = 'Max Ernst <max@aldous.example>';
  await running.handIn(mail({ subject: 'Label printer', from, body: 'It prints twice.' }), 'max@aldous.example');
  await quiet();
  const [first] = await running.query<{ message_id: string }>(`select message_id from letters`);
  const headers = `In-Reply-To: ${first?.message_id}\nReferences: ${first?.message_id}`;
  await running.handIn(mail({ subject: 'Re: Label printer', from, body: 'PIN 354', headers }), 'max@aldous.example');
  await quiet();
  expect(to('max@aldous.example')).toHaveLength(2);
  await running.handIn(
    mail({ subject: 'Re: Label printer', from, body: 'PIN 345, sorry', headers }),
    'max@aldous.example',
  );
  await quiet();
  expect(await running.query(`select title from cases`)).toEqual([{ title: 'Label printer' }]);
  expect(to('max@aldous.example')).toHaveLength(3);
}, 30_000);
