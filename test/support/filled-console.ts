/** A console with something on every page: held mail of several kinds, letters in every state, what failed, what runs, what was done. */
import { openConsole } from '../../workers/console.ts';
import { mail } from './app.ts';
import type { TestConsole } from './console.ts';
import { heldMail } from './held-mails.ts';
import { putLetter } from './put-letter-rows.ts';

const withFile = [
  'From: "Kim Oster" <office@build-it.example>',
  'To: support@desk.example',
  'Subject: PIN 345 The plan <b>of</b> the arm',
  'Message-ID: <filled-file@build-it.example>',
  'Date: Sat, 21 Nov 2026 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>See <a href="https://evil.example/">the plan</a>.</p><blockquote>Since when?</blockquote>',
  '--x',
  'Content-Type: text/plain; name="plan.txt"',
  'Content-Disposition: attachment; filename="plan.txt"',
  '',
  'The plan.',
  '--x--',
  '',
].join('\n');

/** The pages of single things, beside those of the menu. */
export async function fillConsole(postern: TestConsole): Promise<readonly string[]> {
  const { query, until } = postern;
  const nia = await postern.as('nia');
  const zoe = await heldMail(postern, 'zoe@aldous.example', 'PIN 345 Robot arm drifts', {
    name: 'Zoe Hart',
    body: 'It drifts by 2 mm.\n\n> Since when?\n> Since Monday.',
  });
  await heldMail(postern, 'zoe@elsewhere.example', 'Good morning');
  await heldMail(postern, 'max@aldous.example', 'The export is slow');
  await heldMail(postern, 'yan@aldous.example', 'PIN 345 The gripper opens', { name: 'Yan Li' });
  const refused = await heldMail(postern, 'pest@elsewhere.example', 'Buy arms');
  await postern.handIn(withFile, 'office@build-it.example');
  await postern.handIn(mail({ subject: 'PIN 345 The vault is shut' }));
  await until(
    'all are decided',
    async () => (await query("select from mails where state <> 'decided'")).length === 0,
    60,
  );
  await until('letters are out', async () => (await query("select from letters where state = 'queued'")).length === 0);
  await nia.act('refuse-mail', { mail: refused }, { reason: 'An advertisement' });
  await nia.act('add-contact', {
    ...{ site: '1000345', address: 'yan@aldous.example', name: 'Yan Li', role: 'authorized user' },
  });
  const failed = await putLetter(query, { state: 'failed', response: '550 5.1.1 no such user here', attempts: 6 });
  const waiting = await putLetter(query, { state: 'waiting', to_address: 'max@aldous.example' });
  await putLetter(query, { state: 'bounced', response: '550 5.7.1 unwanted' });
  await putLetter(query, { state: 'suppressed', state_reason: 'over the number of letters' });
  const [given] = await query<{ id: string }>(
    `insert into mails (arrived_at, door, door_name, sha256, size, state, tries, last_failure, due_at, subject)
     values (now(), 'hand', 'x', sha256('x'), 1, 'dead', 5, 'TypeError: x is not a function', now() + interval '1 hour', 'It broke')
     returning id::text`,
  );
  await query(
    `insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
     values ('500001', 1, 'The arm drifts', 1, 'incident', 'open', now(), 'ada@aldous.example', 'en')`,
  );
  await query(
    `insert into mailboxes (name, epoch, uid_validity, watermark, seen, stored) values ('support', 1, '7', 120, 12, 10)`,
  );
  await query(
    `insert into mailbox_refetches (mailbox, epoch, from_uid, to_uid, asked_by, done_at, listed, known, fetched, failure)
     values ('support', 1, 10, 20, 'console for kim@desk.example', now(), 11, 10, 1, null),
       ('support', 1, 30, 40, 'console for kim@desk.example', now(), 0, 0, 0, 'the mailbox was emptied')`,
  );
  await query(
    `insert into staff_passkeys (id, staff, name, public_key, counter, transports)
     values ('a', 'nia@desk.example', 'My laptop', 'x', 0, '{}')`,
  );
  await postern.as('nia');
  const { bulk } = openConsole(postern.app);
  const run = await bulk.start({
    ...{ act: 'refuse-mail', says: 'Refuse', back: '/held', staff: 'nia@desk.example' },
    items: ['999999', refused].map((one) => ({ label: `pest@elsewhere.example: ${one}`, input: { mail: one } })),
  });
  await bulk.settled();
  const [sent] = await query<{ id: string }>("select id::text from letters where state = 'sent' and raw is not null");
  await nia.post('/queues/outbound/pause', { reason: 'a new mail server' });
  await until('it is seen', async () => /It broke|TypeError/.test(await nia.page('/queues')), 20);
  return [
    `/held?row=${zoe}`,
    `/held?reason=refused&row=${refused}`,
    '/held?reason=pin-needed',
    `/held/many?do=refuse&mail=${zoe}&mail=${refused}`,
    '/held/let-in',
    '/mails?q=from:zoe@aldous.example',
    '/mails?q="stray',
    ...[zoe, given?.id].map((id) => `/mails/${id}`),
    `/mails/${zoe}/source`,
    `/mails/${zoe}/what-if`,
    '/letters?state=not-arrived',
    ...[failed, waiting, sent?.id].map((id) => `/letters/${id}`),
    `/letters/${sent?.id}?view=html`,
    `/letters/${sent?.id}?view=source`,
    '/letters/sending',
    '/queues/hours',
    '/queues/mailboxes/support',
    '/bulk',
    `/bulk/${run}`,
    '/staff/kim%40desk.example',
    '/staff/sessions',
    '/audit?subject=staff',
    '/nothing/here',
  ];
}
