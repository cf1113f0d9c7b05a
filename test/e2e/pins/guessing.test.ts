/** POLICY §3 "Guessing", by SMTP and the database: a thousand of it is in test/long. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startIntake } from '../../../workers/intake.ts';
import { mail, startApp } from '../../support/app.ts';
import { guessing, plain } from '../../support/guessing.ts';
import { scratch } from '../../support/process.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  const file = join(scratch('guessing'), 'postern.yaml');
  writeFileSync(file, `staff:\n  - { name: Kim, email: kim@desk.example, roles: [engineer] }\n`);
  running = await startApp({ POSTERN_CONFIG: file });
});
beforeEach(() => running.anew());
afterAll(() => running.stop());

it(
  '§3 Guessing: 120 PINs from one address and from 120 addresses gain nothing, while the owner is served',
  () => guessing(running, expect, 120),
  60_000,
);

it('§3 The neutral receipt: unknown, wrong, retired, doubled and unregistered read the same, byte for byte', async () => {
  await running.query(
    `insert into pins (site_id, pin, issued_at, replaced_at) values (1, '340', '2026-01-01', '2026-02-01')`,
  );
  const causes = {
    'no-pin': 'Please help',
    wrong: 'PIN 99999 please help',
    retired: 'PIN 340 please help',
    unregistered: 'PIN 345 please help',
    both: 'PIN 345 PIN 99999 please help',
    licence: 'Please help',
    privileged: 'PIN p7KQ2M9XWY please help',
  };
  for (const [who, subject] of Object.entries(causes)) {
    const from = `${who}@${who}.example`;
    const body = who === 'licence' ? 'Licence: U-1001\n\nPlease help.' : 'Please help.';
    await running.handIn(mail({ subject, body, from }), from);
  }
  await running.until('all are answered', async () => receipts().length === Object.keys(causes).length);
  expect(new Set(receipts().map((one) => plain(one.raw, one.rcptTo[0] ?? ''))).size).toBe(1);
  expect(plain(receipts()[0]?.raw ?? Buffer.alloc(0), 'x@x.example')).not.toMatch(
    /PIN 345|99999|U-1001|Aldous|please help/i,
  );
}, 30_000);

it('§3 Guessing: whether the twentieth PIN of a domain was right is not told by the next receipt', async () => {
  const told = async (domain: string, last: string) => {
    for (let n = 0; n < 20; n += 1) {
      const from = `g${n}@${domain}`;
      await running.handIn(mail({ subject: `PIN ${n === 19 ? last : 50_000 + n} help`, from }), from);
    }
    await running.until('all are decided', async () => (await undecided()) === 0);
    const from = `fresh@${domain}`;
    await running.handIn(mail({ subject: 'PIN 60000 help', from }), from);
    await running.until('the next is decided', async () => (await undecided()) === 0);
    return running.query(`select l.state from letters l join mails m on m.id = l.caused_by where m.from_address = $1`, [
      from,
    ]);
  };
  expect(await told('right.example', '345')).toEqual(await told('wrong.example', '70000'));
}, 60_000);

it('§3 Guessing: two intakes at once look up five PINs of one address, and no sixth', async () => {
  const second = await startIntake(running.app, () => {});
  await running.app.receive(
    Array.from({ length: 60 }, (_, n) => ({
      raw: Buffer.from(
        mail({ subject: `PIN ${30_000 + n} help`, from: `many+${n}@many.example` }).replaceAll('\n', '\r\n'),
      ),
      arrivedAt: new Date(),
      envelope: { mailFrom: 'many@many.example', rcptTo: ['support@desk.example'] },
      origin: { kind: 'smtp' as const, name: 'smtp' },
    })),
  );
  await running.until('all are decided', async () => (await undecided()) === 0);
  await second.close();
  expect(await running.query(`select sum(wrong)::int as n from pin_tries where key = 'many@many.example'`)).toEqual([
    { n: 5 },
  ]);
  expect(await running.query(`select from mails where reason like '%(pin-guessing)%'`)).toHaveLength(55);
}, 30_000);

it('§3 Guessing: a day later PINs of that sender are looked up again', async () => {
  const minute = 60_000;
  const from = 'patient@guesser.example';
  const start = Date.now() - 30 * 60 * minute;
  // Named PIN by PIN: five wrong ones, then the right one within the day, at its end and behind it.
  const named = [
    ...Array.from({ length: 5 }, (_, n) => [`${40_000 + n}`, n] as const),
    ...days.map((at) => ['345', at] as const),
  ];
  for (const [pin, minutes] of named) {
    await running.app.receive([
      {
        raw: Buffer.from(mail({ subject: `PIN ${pin} after ${minutes}`, from }).replaceAll('\n', '\r\n')),
        arrivedAt: new Date(start + minutes * minute),
        envelope: { mailFrom: from, rcptTo: ['support@desk.example'] },
        origin: { kind: 'smtp' as const, name: 'smtp' },
      },
    ]);
    await running.until('it is decided', async () => (await undecided()) === 0);
  }
  expect(
    await running.query(`select outcome from mails where from_address = $1 and subject like 'PIN 345%' order by id`, [
      from,
    ]),
  ).toEqual([{ outcome: 'held-unknown' }, { outcome: 'held-unknown' }, { outcome: 'held-unregistered' }]);
}, 30_000);

/** Minutes behind the first wrong PIN; the fifth is four minutes behind it. */
const days = [10, 24 * 60 + 3, 24 * 60 + 5];
/** What has gone to people not on record; our own are told of privileged PINs. */
const receipts = () =>
  running.sink.letters.filter((one) => !one.rcptTo.some((to) => /@(?:aldous|desk)\.example$/.test(to)));
const undecided = async () => (await running.query(`select from mails where state = 'new'`)).length;

it('§3 Guessing: a contact is told the same of any PIN that is not theirs; after ten a day none but the own is looked up', async () => {
  await running.query(
    `insert into sites (number, name, country, timezone, language) values ('1000512', 'Bergwerk', 'DE', 'Europe/Berlin', 'en')`,
  );
  await running.query(
    `insert into pins (site_id, pin, issued_at, replaced_at) select id, x.pin, '2026-01-01', x.gone::timestamptz
     from sites, (values ('51200', null), ('51201', '2026-02-01')) x(pin, gone) where number = '1000512'`,
  );
  const name = (pin: string) =>
    running.handIn(
      mail({ subject: `PIN ${pin} Import`, body: `The import of file ${pin} hangs.` }),
      'ada@aldous.example',
    );
  const decided = async () => {
    await running.until('all are decided', async () => (await undecided()) === 0);
    return running.query<{ outcome: string; reason: string }>(`select outcome, reason from mails order by id`);
  };
  for (const pin of ['51200', '51201', '77777']) await name(pin);
  await decided();
  const told = () => running.sink.letters.filter((one) => one.rcptTo[0] === 'ada@aldous.example');
  await running.until('all are told', async () => told().length === 3);
  const texts = told().map((one) =>
    plain(one.raw, 'ada@aldous.example').replaceAll(/\b(?:51200|51201|77777)\b/g, '(PIN)'),
  );
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toMatch(/PIN \(PIN\) is not one of/);

  for (let n = 0; n < 7; n += 1) {
    await name(String(80_000 + n));
    await decided();
  }
  await name('51200');
  await name('345');
  const all = await decided();
  expect(all.map((one) => one.outcome)).toEqual([
    'held-unregistered',
    ...Array.from({ length: 10 }, () => 'held-pin-needed'),
    'case-opened',
  ]);
  expect(all[10]?.reason).toContain('pin-guessing');
  expect(all.filter((one) => one.reason.includes('pin-guessing')).length).toBe(1);
  expect(await running.query(`select key, sum(wrong)::int as n from pin_tries group by key`)).toEqual([
    { key: expect.stringMatching(/^contact:/), n: 10 },
  ]);
  await running.until(
    'the staff are told',
    async () =>
      (await running.query(`select from letters where matter like 'contact-guesses:%' and state = 'sent'`)).length > 0,
  );
}, 60_000);

it('§3 The PIN in the subject: a number read loosely is looked up among the own sites alone, and counted for nobody', async () => {
  await running.query(
    `insert into sites (number, name, country, timezone, language) values ('1000512', 'Bergwerk', 'DE', 'Europe/Berlin', 'en')`,
  );
  await running.query(`insert into pins (site_id, pin) select id, '512' from sites where number = '1000512'`);
  const send = (from: string, body: string) => running.handIn(mail({ subject: 'Scanner', body, from }), from);
  await send('ada@aldous.example', 'The scanner is slow. Our PIN for this is 345.');
  await send('ada@aldous.example', 'The printer is slow. I was given 512 as the PIN.');
  await send('nora@elsewhere.example', 'The scanner is slow. I was given 512 as the PIN.');
  await running.until('all are decided', async () => (await undecided()) === 0);
  expect(
    (await running.query<{ outcome: string }>(`select outcome from mails order by id`)).map((one) => one.outcome),
  ).toEqual(['case-opened', 'held-pin-needed', 'held-unknown']);
  expect(await running.query(`select from pin_tries`)).toEqual([]);
}, 60_000);

it('§3.r16 a contact that has named the PIN of another site answers with the own one: the case comes from the first mail', async () => {
  await running.query(
    `insert into sites (number, name, country, timezone, language) values ('1000512', 'Bergwerk', 'DE', 'Europe/Berlin', 'en')`,
  );
  await running.query(`insert into pins (site_id, pin) select id, '512' from sites where number = '1000512'`);
  await running.handIn(mail({ subject: 'PIN 512 Import hangs', body: 'Since seven.' }), 'ada@aldous.example');
  await running.until('it is decided', async () => (await undecided()) === 0);
  const [asked] = await running.query<{ id: string }>(
    `select message_id as id from letters where template = 'pin-needed' and to_address = 'ada@aldous.example'`,
  );
  const headers = `In-Reply-To: ${asked?.id}\nReferences: ${asked?.id}`;
  await running.handIn(mail({ subject: 'Re: Import hangs', body: 'Sorry! It is 345.', headers }), 'ada@aldous.example');
  await running.until('it is decided', async () => (await undecided()) === 0);
  expect(
    await running.query(`select m.outcome, c.title from mails m left join cases c on c.id = m.case_id order by m.id`),
  ).toEqual([
    { outcome: 'case-opened', title: 'Import hangs' },
    { outcome: 'answer-settled', title: 'Import hangs' },
  ]);
}, 60_000);

it('§3 Guessing: however often a contact answers with the same PIN, whether another site has it is told by no letter and no silence', async () => {
  await running.query(
    `insert into sites (number, name, country, timezone, language) values ('1000512', 'Bergwerk', 'DE', 'Europe/Berlin', 'en')`,
  );
  await running.query(`insert into pins (site_id, pin) select id, '512' from sites where number = '1000512'`);
  const told = async (from: string, pin: string) => {
    const write = async (subject: string, headers = '') => {
      await running.handIn(mail({ subject, from, headers, body: `PIN ${pin}` }), from);
      await running.until('it is decided', async () => (await undecided()) === 0);
    };
    await write('Import hangs');
    for (let times = 0; times < 5; times += 1) {
      const [last] = await running.query<{ id: string }>(
        `select message_id as id from letters where to_address = $1 order by id desc limit 1`,
        [from],
      );
      await write('Re: Import hangs', `In-Reply-To: ${last?.id}\nReferences: ${last?.id}`);
    }
    const letters = await running.query<{ template: string; state: string; why: string | null; last: boolean | null }>(
      `select template, case when state = 'suppressed' then state else 'out' end as state, state_reason as why,
         convert_from(raw, 'UTF8') like '%our last letter of this kind%' as last
       from letters where to_address = $1 order by id`,
      [from],
    );
    return letters;
  };
  const others = await told('ada@aldous.example', '512');
  expect(others.map((one) => one.state)).toContain('suppressed');
  expect(others.map((one) => one.last)).toContain(true);
  expect(others).toEqual(await told('max@aldous.example', '900'));
}, 60_000);
