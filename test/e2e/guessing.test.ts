/** POLICY §3 "Guessing", through the door and the database: a thousand of it is in test/long. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startIntake } from '../../workers/intake.ts';
import { guessing, plain } from '../support/guessing.ts';
import { mail, registrySql, startHouse } from '../support/house.ts';

let running: Awaited<ReturnType<typeof startHouse>>;
beforeEach(async () => {
  running = await startHouse();
  await running.query(registrySql);
});
afterEach(() => running.stop());

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
  const second = await startIntake(running.house, () => {});
  await running.house.receive(
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
    await running.house.receive([
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
const receipts = () => running.sink.letters.filter((one) => !one.rcptTo.some((to) => to.endsWith('@aldous.example')));
const undecided = async () => (await running.query(`select from mails where state = 'new'`)).length;
