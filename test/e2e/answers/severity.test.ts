import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { scratch } from '../../support/process.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  const file = join(scratch('severity'), 'postern.yaml');
  writeFileSync(
    file,
    'staff:\n  - { name: Kim Oster, email: kim@desk.example, roles: [engineer] }\n  - { name: Rita Vale, email: rita@desk.example, roles: [renewal representative] }\n',
  );
  postern = await startApp({ POSTERN_CONFIG: file });
  await postern.query(registrySql);
  await postern.query(`update contacts set phone = '+44 20 7946 0011' where name = 'Ada Byron'`);
});
afterAll(async () => {
  await postern.stop();
});

const done = async (n: number) => {
  await postern.until('decided', async () => {
    const rows = await postern.query(`select from mails where state = 'decided'`);
    return rows.length >= n;
  });
  await postern.until(
    'sent',
    async () => (await postern.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );
};
let mails = 0;
async function write(given: Parameters<typeof mail>[0]): Promise<void> {
  await postern.handIn(mail(given));
  await done(++mails);
}
async function lastLetter(to = 'ada@aldous.example') {
  const letter = postern.sink.letters.filter((one) => one.rcptTo.includes(to)).at(-1);
  if (!letter) throw new Error(`no letter to ${to}`);
  const parsed = await simpleParser(Buffer.from(letter.raw));
  return { id: parsed.messageId ?? '', text: parsed.text ?? '', subject: parsed.subject ?? '' };
}
const caseNow = async () =>
  (await postern.query<{ severity: number; due: Date; number: string }>('select number, severity, due from cases'))[0];
const verified = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';
const reply = (letter: { id: string; subject: string }, body: string) =>
  write({ subject: `Re: ${letter.subject}`, headers: `${verified}\nIn-Reply-To: ${letter.id}`, body });

describe('§4.2 the severity of a case', () => {
  let acknowledged: Awaited<ReturnType<typeof lastLetter>>;
  it('is assumed where none is named, and the acknowledgement says how to change it', async () => {
    await write({ subject: 'PIN 345 The import is slow', headers: verified });
    acknowledged = await lastLetter();
    expect(acknowledged.text).toContain('You named no severity');
    expect(acknowledged.text).toContain('Severity: 2');
    expect((await caseNow())?.severity).toBe(3);
  }, 60_000);

  it('is set by a reply until our first response, with its deadline, and confirmed', async () => {
    const before = await caseNow();
    await postern.until(
      'it is offered',
      async () => (await postern.query('select from cases where timer_at > now()')).length === 1,
    );
    await reply(acknowledged, 'It is getting worse.\n\nSeverity: 1');
    const after = await caseNow();
    expect(after?.severity).toBe(1);
    expect(Number(after?.due)).toBeLessThan(Number(before?.due));
    expect((await lastLetter()).text).toContain('from 3 to 1');
    const alert = await lastLetter('kim@desk.example');
    expect(alert.subject).toContain('Severity 1');
    expect(alert.text).toContain('> It is getting worse.');
    expect(alert.text).toContain('Phone on record: +44 20 7946 0011');
    expect(alert.text).toContain(`npx postern case ${after?.number}`);
    const events = await postern.query<{ detail: Record<string, unknown> }>(
      `select detail from case_events where kind = 'severity-changed'`,
    );
    expect(events.map((one) => one.detail)).toMatchObject([{ from: 3, to: 1, by: 'customer' }]);
    expect(await postern.query(`select from audit where action = 'case-severity-changed'`)).toHaveLength(1);
    // Nobody owns it: what is due on it is looked at anew all the same.
    await postern.until(
      'a timer before the new deadline',
      async () =>
        (await postern.query<{ soon: boolean }>('select timer_at <= due as soon from cases'))[0]?.soon === true,
    );
    await reply(acknowledged, 'Nobody was hurt. Please treat this as severity 2.');
    expect((await caseNow())?.severity).toBe(2);
    expect((await lastLetter()).text).toContain('from 1 to 2');
  }, 60_000);

  it('is proposed by a reply after our first response', async () => {
    await postern.query('update cases set response_met_at = now()');
    await reply(acknowledged, 'Severity: 4');
    expect((await caseNow())?.severity).toBe(2);
    expect(await postern.query('select proposal from cases')).toMatchObject([{ proposal: { to: 4, by: 'customer' } }]);
  }, 60_000);

  it('agrees to what we have proposed after our first response', async () => {
    await postern.query(`update cases set proposal = proposal || '{"to": 3, "by": "staff"}'`);
    await reply(acknowledged, 'SEVERITY 3');
    expect((await caseNow())?.severity).toBe(3);
    expect((await lastLetter()).text).toContain('from 2 to 3');
    expect(await postern.query('select proposal from cases')).toEqual([{ proposal: null }]);
  }, 60_000);

  it('a reopened case shows no deadline of the past', async () => {
    await postern.query(`update cases set response_met_at = null, due = now() - interval '1 hour'`);
    await write({ subject: 'CASES', body: '', headers: verified });
    expect((await lastLetter()).text).toContain('First answer by');
    await postern.query(`insert into case_events (case_id, at, kind, detail) values (1, now(), 'reopened', '{}')`);
    await postern.query(`update letters set created_at = created_at - interval '61 minutes'`);
    await write({ subject: 'CASES', body: '', headers: verified });
    expect((await lastLetter()).text).not.toContain('First answer by');
  }, 60_000);
});

it('§2.4 the renewal team is told of an under-covered site once a day', async () => {
  await postern.query(`update licences set quantity = 40 where kind = 'support'`);
  await write({ subject: 'PIN 345 The report is empty', headers: verified });
  const told = () => postern.sink.letters.filter((one) => one.rcptTo.includes('rita@desk.example')).length;
  expect(told()).toBe(1);
  await postern.query(`update letters set created_at = created_at - interval '3 hours'`);
  await write({ subject: 'PIN 345 The badge is refused', headers: verified });
  expect(told()).toBe(1);
  expect(await postern.query(`select from cases where under_covered`)).toHaveLength(2);
  expect(
    await postern.query(
      `select state_reason from letters where state = 'suppressed' and matter like 'under-covered:%'`,
    ),
  ).toEqual([{ state_reason: 'a notice about this site went out today' }]);
}, 60_000);

it('§4.3 severity 1 is proposed to become 2 where nobody can be reached; a yes agrees, also before our first response', async () => {
  await write({ subject: 'PIN 345 [S1] The plant stands', headers: verified });
  const now = async () => {
    const rows = await postern.query<{ id: string; severity: number; proposal: unknown }>(
      `select id::text, severity, proposal from cases where title like '%The plant stands'`,
    );
    return rows[0] ?? { id: '0', severity: 0, proposal: null };
  };
  const { id, severity } = await now();
  expect(severity).toBe(1);
  // As if it had been opened, and waited for them, long ago.
  await postern.query(`insert into case_events (case_id, at, kind, detail)
    select case_id, at - interval '30 days', kind, detail from case_events where case_id = ${id} and kind = 'clock-started'`);
  await postern.query(`update case_messages set at = at - interval '30 days' where case_id = ${id}`);
  await postern.query(`insert into case_events (case_id, at, kind, detail)
    values (${id}, now() - interval '20 days', 'clock-paused', '{"until": null}')`);
  await postern.query(`update cases set timer_at = now(), version_no = version_no + 1 where id = ${id}`);
  const asked = () =>
    postern.query(`select from letters where template = 'severity-proposal' and case_id = ${id} and state = 'sent'`);
  await postern.until('it is asked', async () => (await asked()).length === 1, 30);
  expect((await now()).proposal).toMatchObject({ to: 2, by: 'staff', why: 'unreachable' });
  await reply(await lastLetter(), 'Yes.\n\nAda');
  expect(await now()).toMatchObject({ severity: 2, proposal: null });
  expect((await lastLetter()).text).toContain('from 1 to 2');
}, 90_000);
