import { afterAll, beforeAll, expect, it } from 'vitest';
import { mail, registrySql, startApp } from '../../support/app.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp();
  await running.query(registrySql);
});
afterAll(() => running.stop());

const incoming = (raw: string) => ({
  raw: Buffer.from(raw.replaceAll('\n', '\r\n')),
  arrivedAt: new Date(),
  envelope: { mailFrom: 'ada@aldous.example', rcptTo: ['support@desk.example'] },
  origin: { kind: 'hand' as const, name: 'test' },
});
const undecided = async () =>
  Number((await running.query<{ n: string }>(`select count(*) as n from mails where state = 'new'`))[0]?.n);

it('waits with a reply for the mail it answers, and puts it on the case that one opens', async () => {
  const pairs = Array.from({ length: 12 }, (_, i) => [
    incoming(
      mail({
        subject: `PIN 345 Pump ${i} stands still`,
        body: `Pump ${i}.\n`.repeat(400),
        id: `<first-${i}@a.example>`,
      }),
    ),
    incoming(
      mail({
        subject: `Re: PIN 345 Pump ${i} stands still`,
        body: `It is pump ${i} in hall 3.`,
        from: 'Max Ernst <max@aldous.example>',
        id: `<reply-${i}@a.example>`,
        headers: `In-Reply-To: <first-${i}@a.example>`,
      }),
    ),
  ]);
  await running.app.receive(pairs.flat());
  await running.until('all decided', async () => (await undecided()) === 0, 40);
  expect(
    await running.query(`select outcome, count(*)::int as n from mails group by outcome order by outcome`),
  ).toEqual([
    { outcome: 'case-opened', n: 12 },
    { outcome: 'case-updated', n: 12 },
  ]);
  const said = await running.query<{ ids: string[] }>(
    `select array_agg(m.message_id order by c.at, c.id) as ids from case_messages c join mails m on m.id = c.mail_id group by c.case_id order by c.case_id`,
  );
  for (const { ids } of said) expect(ids.map((id) => id.split('-')[0])).toEqual(['<first', '<reply']);
}, 60_000);

it('leads nobody to a case by a Message-ID who may not write on it', async () => {
  const raw = mail({
    subject: 'Re: Pump 0 stands still',
    from: 'Eve <eve@elsewhere.example>',
    id: '<eve@elsewhere.example>',
    headers: 'In-Reply-To: <first-0@a.example>',
  });
  await running.app.receive([incoming(raw)]);
  await running.until('decided', async () => (await undecided()) === 0);
  expect(
    await running.query(`select outcome, case_id from mails where message_id = '<eve@elsewhere.example>'`),
  ).toEqual([{ outcome: 'held-unknown', case_id: null }]);
});
