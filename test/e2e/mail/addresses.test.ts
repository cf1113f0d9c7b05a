/** POLICY §3.r12 to §3.r13a, §3.r18: mail to our other addresses, spam and blocked senders, handed in by SMTP. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireSpam } from '../../../src/flows/mail/expire-held.ts';
import { tellCareOverdue } from '../../../src/flows/mail/tell-care-overdue.ts';
import { careRunning } from '../../../src/store/mail/care-clocks.ts';
import { heldMails } from '../../../src/store/mail/held-mail.ts';
import { contactsUnder } from '../../../src/store/senders/blocked-senders.ts';
import { answerHeld, block, careAnswered, command } from '../../support/acts/held.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { scratch } from '../../support/process.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  const file = join(scratch('addresses'), 'postern.yaml');
  writeFileSync(
    file,
    `addresses: { support: support@desk.example, renewals: renewals@desk.example, security: security@desk.example, care: care@desk.example, licensing: licensing@desk.example }
spam: { header: "X-Spam-Flag: YES" }
staff:
  - { name: Kim Oster, email: kim@desk.example, roles: [engineer] }
  - { name: Rita Born, email: rita@desk.example, roles: [renewal representative] }
  - { name: Sec Urist, email: sec@desk.example, roles: [security] }
  - { name: Cara Lind, email: cara@desk.example, roles: [client care] }
  - { name: Lee Wong, email: lee@desk.example, roles: [licensing] }
`,
  );
  running = await startApp({ POSTERN_CONFIG: file });
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

const nora = 'Nora Quist <nora@elsewhere.example>';
const to = (raw: string, address: string) => raw.replace('To: support@desk.example', `To: ${address}`);
const clocks = () =>
  running.query(`select mail_id::text as id, done_by, told_at is not null as told from care_clocks order by mail_id`);
const noticesTo = (address: string) => running.sink.letters.filter((one) => one.rcptTo.includes(address));

describe('§3.r13a mail to client care', () => {
  const ask = (subject: string, from = nora) => mail({ subject, body: 'What does a contract cost?', from });

  it('from anybody is recorded once with a clock, client care alone is told, and the sender gets a receipt', async () => {
    await running.handIn(to(ask('A question'), 'care@desk.example'), 'nora@elsewhere.example', 'care@desk.example');
    await quiet();
    expect(await lettersOf('care-recorded')).toEqual([
      { template: 'care-receipt', to: 'nora@elsewhere.example', state: 'sent' },
      { template: 'staff-notice', to: 'cara@desk.example', state: 'sent' },
    ]);
    const receipt = noticesTo('nora@elsewhere.example')[0]?.raw.toString() ?? '';
    expect(receipt).toContain('Reply-To: care@desk.example');
    expect(receipt).not.toMatch(/cost|A question/);
    const [row] = await running.query<{ right: boolean }>(
      `select k.due > m.arrived_at + interval '1 hour' and k.due < m.arrived_at + interval '5 days' as right from care_clocks k join mails m on m.id = k.mail_id`,
    );
    expect(row?.right).toBe(true);
    const [told] = await running.query<{ due: string }>(
      `select evidence->>'due' as due from decisions where outcome = 'care-recorded'`,
    );
    expect(told?.due).toMatch(/^\d{4}-/);
  });

  it('is told of once more where nobody has answered in time, and the answer stops the clock', async () => {
    const { database, relay, letterBuilder } = running.app;
    const deps = { database, relay, letterBuilder, policy: running.settings.policy };
    await running.handIn(
      to(ask('Another', 'Omar <omar@elsewhere.example>'), 'care@desk.example'),
      'omar@elsewhere.example',
      'care@desk.example',
    );
    await quiet();
    expect(await tellCareOverdue(deps)).toBe(0);
    await running.query(`update care_clocks set due = now() - interval '1 hour'`);
    expect(await tellCareOverdue(deps)).toBe(2);
    expect(await tellCareOverdue(deps)).toBe(0);
    await quiet();
    const last = noticesTo('cara@desk.example').at(-1)?.raw.toString() ?? '';
    expect(last).toMatch(/Subject: 2 messages to client care without an answer/);
    expect(last).toContain('omar@elsewhere.example');
    const [first, second] = await database.ask((db) => careRunning(db, 10));
    const given = { text: 'It costs 100 a month.' };
    await answerHeld(running.app, first?.id ?? '', given);
    await careAnswered(running.app, second?.id ?? '', command);
    expect(await clocks()).toEqual([
      { id: first?.id, done_by: 'api', told: true },
      { id: second?.id, done_by: 'command', told: true },
    ]);
    await expect(careAnswered(running.app, second?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
    expect(
      await running.query(`select actor, subject_id as id from audit where action = 'care-answered' order by id`),
    ).toHaveLength(2);
    await quiet();
    expect(noticesTo('nora@elsewhere.example').at(-1)?.raw.toString()).toContain('100 a month');
  });

  it('to the licensing address from a contact is a case of kind licensing, acknowledged, and licensing is told', async () => {
    const raw = to(mail({ subject: 'A new key', body: 'For the new server.' }), 'licensing@desk.example');
    await running.handIn(raw, 'ada@aldous.example', 'licensing@desk.example');
    await quiet();
    const [opened] = await running.query(`select number, kind, severity from cases`);
    expect(opened).toMatchObject({ kind: 'licensing', severity: 3 });
    expect(await lettersOf('case-opened')).toEqual([
      { template: 'acknowledgement', to: 'ada@aldous.example', state: 'sent' },
      { template: 'staff-notice', to: 'lee@desk.example', state: 'sent' },
    ]);
    const notice = noticesTo('lee@desk.example')[0]?.raw.toString() ?? '';
    expect(notice).toContain(`[Case ${opened?.number}]`);
  });
});

it('§3.r14 support beside client care, with the PIN from a contact: one case whichever copy comes first, and client care is told', async () => {
  const raw = mail({ subject: 'PIN 345 Printing stops', body: 'After every page.' }).replace(
    'To: support@desk.example',
    'To: support@desk.example\r\nCc: care@desk.example',
  );
  const before = (await running.query(`select from cases`)).length;
  await running.handIn(raw, 'ada@aldous.example', 'care@desk.example');
  await quiet();
  await running.handIn(raw, 'ada@aldous.example', 'support@desk.example');
  await quiet();
  const cases = await running.query<{ number: string; kind: string }>(`select number, kind from cases order by id`);
  expect(cases).toHaveLength(before + 1);
  expect(cases.at(-1)?.kind).toBe('incident');
  const notice = noticesTo('cara@desk.example').at(-1)?.raw.toString() ?? '';
  expect(notice).toContain(`[Case ${cases.at(-1)?.number}]`);
});

describe('§3.r18 spam and blocked senders', () => {
  const outcome = async (subject: string) =>
    (
      await running.query<{ outcome: string; reason: string }>(`select outcome, reason from mails where subject = $1`, [
        subject,
      ])
    )[0];

  it('what the mail server has marked is held as spam without a word, and refused after 14 days', async () => {
    const raw = mail({ subject: 'Cheap printers', from: 'Deals <deals@offers.example>', headers: 'X-Spam-Flag: YES' });
    await running.handIn(raw, 'deals@offers.example');
    await quiet();
    expect(await outcome('Cheap printers')).toEqual({
      outcome: 'held-unknown',
      reason: expect.stringMatching(/\(spam\)\.$/),
    });
    expect(noticesTo('deals@offers.example')).toEqual([]);
    const { database } = running.app;
    expect((await heldMails(database, 'held-spam')).map((one) => one.subject)).toEqual(['Cheap printers']);
    expect(await expireSpam(running.app)).toBe(0);
    await running.query(`update mails set stored_at = now() - interval '15 days' where subject = 'Cheap printers'`);
    expect(await expireSpam(running.app)).toBe(1);
    expect((await outcome('Cheap printers'))?.outcome).toBe('refused');
    const [audit] = await running.query(`select actor, detail from audit where action = 'mail-refused'`);
    expect(audit).toEqual({ actor: 'scheduler', detail: { was: 'held-unknown' } });
  });

  it('a blocked domain covers what is below it, says nothing to contacts, and can be lifted', async () => {
    const { database } = running.app;
    const from = 'Pat <pat@mail.pest.example>';
    expect(await block(running.app, '@pest.example')).toBe(true);
    expect(await block(running.app, '@pest.example')).toBe(false);
    await running.handIn(mail({ subject: 'Hello there', from }), 'pat@mail.pest.example');
    await quiet();
    expect(await outcome('Hello there')).toEqual({
      outcome: 'held-unknown',
      reason: expect.stringMatching(/\(blocked\)\.$/),
    });
    expect(noticesTo('pat@mail.pest.example')).toEqual([]);
    // A contact is served as ever, and the command says that there are some.
    expect(await database.ask((db) => contactsUnder(db, '@aldous.example'))).toBe(2);
    expect(await database.ask((db) => contactsUnder(db, '@us.example'))).toBe(0);
    await block(running.app, '@aldous.example');
    await running.handIn(mail({ subject: 'PIN 345 Still served' }), 'ada@aldous.example');
    await quiet();
    expect((await outcome('PIN 345 Still served'))?.outcome).toBe('case-opened');
    expect(await block(running.app, '@pest.example', false)).toBe(true);
    expect(await block(running.app, '@pest.example', false)).toBe(false);
    await running.handIn(mail({ subject: 'Hello again', from }), 'pat@mail.pest.example');
    await quiet();
    expect(noticesTo('pat@mail.pest.example')).toHaveLength(1);
    const audit = await running.query<{ action: string; id: string }>(
      `select action, subject_id as id from audit where subject_kind = 'sender' order by audit.id`,
    );
    expect(audit.map((one) => one.action)).toEqual(['sender-blocked', 'sender-blocked', 'sender-unblocked']);
    // People stand there by id.
    expect(audit.map((one) => one.id).join()).toMatch(/^[0-9,]+$/);
  });
});
