/** POLICY §3, loops: two programs that answer each other, and people who must not be taken for one. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { answerOf, decoded, type Gateway } from '../../support/mails/gateway.ts';
import { gateways } from '../../support/mails/gateways.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp();
});
beforeEach(() => running.anew());
afterAll(() => running.stop());

const undecided = async () => (await running.query(`select from mails where state = 'new'`)).length;
const quiet = () =>
  running.until(
    'all is quiet',
    async () =>
      (await undecided()) === 0 &&
      (await running.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );
const to = (address: string) => running.sink.letters.filter((one) => one.rcptTo.includes(address));

/** Letters of one kind that went there. */
async function mostOfAKind(address: string): Promise<number> {
  const rows = await running.query<{ n: number }>(
    `select count(*)::int as n from letters where to_address = $1 and state = 'sent' group by template order by 1 desc`,
    [address],
  );
  return rows[0]?.n ?? 0;
}

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
  return mostOfAKind(gateway.address);
}

const words = ['apple', 'river', 'window', 'copper', 'lantern', 'meadow', 'thunder', 'pencil', 'harbour', 'velvet'];
const chance = (n: number) =>
  Array.from({ length: 30 }, (_, i) => words[(n * 7 + i * i * (n + 3) + ((n * i) >> 1)) % words.length]).join(' ');

describe('§3 loops: a gateway that takes our headers off and answers everything gets 3 letters of one kind a day', () => {
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

describe('§3 loops: a program that answers what we ask a contact, in the thread, gets 3 letters of one kind a day', () => {
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
    return mostOfAKind(ada);
  }

  it('asked whether a sender belongs to the site', async () => {
    await running.handIn(mail({ subject: 'PIN 345 Hello', from: 'nora@elsewhere.example' }), 'nora@elsewhere.example');
    expect(await answers(() => `Dear customer, your message is on our list of the day.`, `${verified}\n`)).toBe(3);
  }, 60_000);

  it('asked for a code, with words that look like one', async () => {
    await running.handIn(mail({ subject: 'PIN', body: '' }));
    expect(await answers(() => 'Dear customer, your message has the number 4B7K-22M9.', '', 0)).toBe(3);
  }, 60_000);
});

describe('§3 loops: a gateway of any kind gets at most 3 letters of one kind in a day', () => {
  const address = 'max@aldous.example';
  /** So that the numbers of an hour do not hide the loop. */
  const later = (minutes: number) =>
    running.query(`with m as (update mails set arrived_at = arrived_at - interval '${minutes} minutes')
      update letters set created_at = created_at - interval '${minutes} minutes'`);
  it.each(Object.entries(gateways))(
    '%s',
    async (_, kind) => {
      const gateway: Gateway = { address, ...kind };
      for (const body of ['PIN 345\n\nIt prints twice.', 'It prints twice since Monday.']) {
        await running.handIn(mail({ subject: 'Label printer', from: address, body }), address);
        await quiet();
      }
      const answered = new Set<number>();
      let count = 0;
      for (let n = 1; n <= 22; n += 1) {
        await later(62);
        // All that has come since is answered; where nothing has, the last one is answered again.
        const open = to(address)
          .map((_, i) => i)
          .filter((i) => !answered.has(i));
        for (const i of open.length > 0 ? open : [to(address).length - 1]) {
          answered.add(i);
          const letter = to(address)[i];
          if (letter) await running.handIn(answerOf(gateway, letter, ++count), address);
        }
        await quiet();
      }
      const sent = await running.query<{ template: string; n: number }>(
        `select template, count(*)::int as n from letters where to_address = $1 and state = 'sent' group by 1 order by 1`,
        [address],
      );
      expect(sent.length).toBeGreaterThan(0);
      for (const { template, n } of sent) expect(n, template).toBeLessThanOrEqual(3);
    },
    90_000,
  );
});

it('§3 loops: two Posterns behind gateways that take the headers off send each other 3 letters of one kind at most', async () => {
  const other = await startApp({ SUPPORT_ADDRESS: 'support@other.example' });
  try {
    await other.query(registrySql);
    // Each is on record with the other, as a customer's own desk is.
    const known = `update contact_addresses set address = $1 where address = 'max@aldous.example'`;
    await running.query(known, ['support@other.example']);
    await other.query(known, ['support@desk.example']);
    const sides = [
      { app: running, address: 'support@desk.example', passed: 0 },
      { app: other, address: 'support@other.example', passed: 0 },
    ] satisfies { app: typeof running; address: string; passed: number }[];
    const [desk, desk2] = sides as [(typeof sides)[number], (typeof sides)[number]];
    const first = mail({ subject: 'Help', from: desk2.address, body: 'Our pump is broken.' });
    await running.handIn(first, desk2.address);
    for (let turn = 0; turn < 200; turn += 1) {
      const [from, to] = turn % 2 === 0 ? [desk, desk2] : [desk2, desk];
      await from.app.until(
        'quiet',
        async () =>
          (
            await from.app.query(
              `select from mails where state = 'new' union all select from letters where state in ('queued', 'unknown')`,
            )
          ).length === 0,
      );
      const letters = from.app.sink.letters.filter((one) => one.rcptTo.includes(to.address));
      const next = letters.slice(from.passed);
      from.passed = letters.length;
      if (turn > 1 && next.length === 0) break;
      for (const [n, letter] of next.entries()) {
        const gateway: Gateway = {
          address: from.address,
          says: () => ({ subject: `Passed on, number ${turn}.${n}`, words: `Gateway ${turn}: this came for you.` }),
          quotes: 'plain',
        };
        await to.app.handIn(answerOf(gateway, letter, turn), from.address, to.address);
      }
    }
    for (const side of [running, other]) {
      const rows = await side.query<{ n: number }>(
        `select count(*)::int as n from letters where state = 'sent' group by template, to_address`,
      );
      for (const { n } of rows) expect(n).toBeLessThanOrEqual(3);
    }
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

describe('§3 a person who tries again is answered within the numbers', () => {
  const max = 'max@aldous.example';
  const from = `Max Ernst <${max}>`;
  const asked = async () =>
    running.query<{ message_id: string }>(`select message_id from letters where template = 'pin-needed' order by id`);
  const said = (n: number) => decoded(to(max)[n]?.raw ?? Buffer.alloc(0));
  const last = /our last letter/;

  it('a wrong PIN in the answer is asked for again, and the right one still opens the case', async () => {
    await running.handIn(mail({ subject: 'Label printer', from, body: 'It prints twice.' }), max);
    await quiet();
    const headers = `In-Reply-To: ${(await asked())[0]?.message_id}`;
    await running.handIn(mail({ subject: 'Re: Label printer', from, body: 'PIN 354', headers }), max);
    await quiet();
    expect(to(max)).toHaveLength(2);
    await running.handIn(mail({ subject: 'Re: Label printer', from, body: 'PIN 345, sorry', headers }), max);
    await quiet();
    expect(await running.query(`select title from cases`)).toEqual([{ title: 'Label printer' }]);
    expect(to(max)).toHaveLength(3);
  }, 30_000);

  it('four different tries at the missing PIN within an hour: three letters, the third says so, the right PIN is served', async () => {
    await running.handIn(mail({ subject: 'Label printer', from, body: 'It prints twice.' }), max);
    await quiet();
    const headers = `In-Reply-To: ${(await asked())[0]?.message_id}`;
    for (const body of ['PIN 354', 'Sorry, I meant PIN 543', 'Perhaps it is PIN 435?', 'The letter says PIN 534.']) {
      await running.handIn(mail({ subject: 'Re: Label printer', from, body, headers }), max);
      await quiet();
    }
    expect(to(max)).toHaveLength(3);
    expect([0, 1, 2].map((n) => last.test(said(n)))).toEqual([false, false, true]);
    const kept = await running.query<{ why: string }>(
      `select state_reason as why from letters where state = 'suppressed'`,
    );
    expect(kept).toEqual(Array(2).fill({ why: expect.stringContaining('within the hour') }));
    await running.handIn(mail({ subject: 'Re: Label printer', from, body: 'PIN 345', headers }), max);
    await quiet();
    expect(await running.query(`select title from cases`)).toEqual([{ title: 'Label printer' }]);
    expect(to(max)).toHaveLength(4);
  }, 30_000);

  it('the same mail, corrected: three letters, the third says so, and with the PIN it is a case each time', async () => {
    const body = 'Since Monday every label comes out twice.\n\nIt is the printer in hall 3.';
    for (const more of ['', ' Please help.', ' Please help, thanks.', ' Please help us, thanks.']) {
      await running.handIn(mail({ subject: 'Label printer', from, body: body + more }), max);
      await quiet();
    }
    expect(to(max)).toHaveLength(3);
    expect([1, 2].map((n) => last.test(said(n)))).toEqual([false, true]);
    for (const subject of ['PIN 345 Label printer', 'PIN 345 Label printer, again']) {
      await running.handIn(mail({ subject, from, body }), max);
      await quiet();
    }
    expect(to(max)).toHaveLength(5);
  }, 30_000);

  it('several new requests without the PIN get a letter each, and letters about what is settled do not count', async () => {
    const bodies = words.map((word, n) => `${chance(n * 13)} ${word} ${chance(n + 77)}`);
    for (const [n, body] of bodies.slice(0, 5).entries()) {
      await running.handIn(mail({ subject: `Request ${words[n]}`, from, body }), max);
      await quiet();
    }
    const letters = await asked();
    expect(letters).toHaveLength(5);
    expect([0, 1, 2].map((n) => last.test(said(n)))).toEqual([false, false, true]);
    for (const { message_id: id } of letters) {
      await running.handIn(mail({ subject: 'Re: it', from, body: 'PIN 345', headers: `In-Reply-To: ${id}` }), max);
      await quiet();
    }
    // The same words as before: one text, but nothing of it is open any more.
    await running.handIn(mail({ subject: 'Once more', from, body: bodies[0] ?? '' }), max);
    await quiet();
    expect(await asked()).toHaveLength(6);
    expect(last.test(said(10))).toBe(false);
    expect(await running.query(`select from letters where state = 'suppressed'`)).toEqual([]);
  }, 60_000);
});
