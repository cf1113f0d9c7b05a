/** POLICY §3.r12, §3.r13: mail to our other addresses, through the door. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mail, registrySql, startHouse } from '../support/house.ts';
import { scratch } from '../support/process.ts';

let running: Awaited<ReturnType<typeof startHouse>>;
beforeAll(async () => {
  const file = join(scratch('addresses'), 'postern.yaml');
  writeFileSync(
    file,
    `addresses: { support: support@desk.example, renewals: renewals@desk.example, security: security@desk.example }
staff:
  - { name: Kim Oster, email: kim@desk.example, roles: [engineer] }
  - { name: Rita Born, email: rita@desk.example, roles: [renewal representative] }
  - { name: Sec Urist, email: sec@desk.example, roles: [security] }
`,
  );
  running = await startHouse({ POSTERN_CONFIG: file });
  await running.query(registrySql);
});
afterAll(() => running.stop());

const quiet = () =>
  running.until(
    'quiet',
    async () =>
      (
        await running.query(
          `select from mails where state = 'new' union all select from letters where state in ('queued', 'unknown')`,
        )
      ).length === 0,
  );
const lettersOf = async (outcome: string) =>
  running.query(
    `select l.template, l.to_address as to, l.state from mails m join letters l on l.caused_by = m.id where m.outcome = $1 order by l.id`,
    [outcome],
  );

it('§3.r13 a report to the security address is recorded once, alerts the security staff alone and gets a receipt', async () => {
  const raw = mail({
    subject: 'PIN 345 Path traversal in the import',
    body: 'A crafted archive writes outside of the import folder.',
    from: 'Sam Finder <sam@finder.example>',
  }).replace('To: support@desk.example', 'To: security@desk.example, support@desk.example');
  // By two envelopes, as a mail server passes on a mail to two of our addresses.
  await running.handIn(raw, 'sam@finder.example', 'support@desk.example');
  await quiet();
  await running.handIn(raw, 'sam@finder.example', 'security@desk.example');
  await quiet();
  expect(await lettersOf('vulnerability-recorded')).toEqual([
    { template: 'security-receipt', to: 'sam@finder.example', state: 'sent' },
    { template: 'staff-notice', to: 'sec@desk.example', state: 'sent' },
  ]);
  expect(await running.query(`select from mails`)).toHaveLength(1);
  expect(await running.query(`select from cases`)).toEqual([]);
  expect(await running.query(`select from pin_tries`)).toEqual([]);
  const receipt = running.sink.letters.find((one) => one.rcptTo.includes('sam@finder.example'))?.raw.toString() ?? '';
  expect(receipt).toContain('Reply-To: security@desk.example');
  expect(receipt).not.toMatch(/traversal|crafted|PIN 345/);
});

it('§3.r13 what the finder answers to the receipt goes the same way, wherever it was sent', async () => {
  const [receipt] = await running.query<{ id: string }>(
    `select message_id as id from letters where template = 'security-receipt'`,
  );
  const from = 'Sam Finder <sam@finder.example>';
  const headers = `In-Reply-To: ${receipt?.id}`;
  await running.handIn(mail({ subject: 'Re: report', body: 'I have a patch.', from, headers }), 'sam@finder.example');
  await quiet();
  expect(await running.query(`select outcome, count(*)::int as n from mails group by 1`)).toEqual([
    { outcome: 'vulnerability-recorded', n: 2 },
  ]);
});

it('§3.r12 mail to the renewals address goes to the representative, and the sender gets nothing', async () => {
  const raw = mail({ subject: 'PIN 345 Your quote', body: 'Please send it again.' }).replace(
    'To: support@desk.example',
    'To: renewals@desk.example',
  );
  await running.handIn(raw, 'ada@aldous.example', 'renewals@desk.example');
  await quiet();
  expect(await lettersOf('renewal-answered')).toEqual([
    { template: 'staff-notice', to: 'rita@desk.example', state: 'sent' },
  ]);
  expect(running.sink.letters.filter((one) => one.rcptTo.includes('ada@aldous.example'))).toEqual([]);
  const [audit] = await running.query(
    `select a.detail from audit a join mails m on m.id::text = a.subject_id where a.subject_kind = 'mail' and a.action = 'mail-decided' and m.outcome = 'renewal-answered'`,
  );
  expect(audit).toMatchObject({ detail: { outcome: 'renewal-answered', rule: 'r12' } });
});

it('§3.r3 an automatic mail to the security address alerts nobody', async () => {
  const before = running.sink.letters.length;
  const raw = mail({ subject: 'Out of office', headers: 'Auto-Submitted: auto-replied' }).replace(
    'To: support@desk.example',
    'To: security@desk.example',
  );
  await running.handIn(raw, 'ada@aldous.example', 'security@desk.example');
  await quiet();
  expect(running.sink.letters.length).toBe(before);
});
