/** What RELIABILITY promises of a run of `kills.ts`, asked by SQL, at the SMTP listener and by IMAP once all is quiet. */
import type pg from 'pg';
import { openFolder } from '../../../src/imap/connection.ts';
import type { startDovecot } from '../../support/servers/dovecot.ts';
import type { startSmtpSink } from '../../support/servers/smtp-sink.ts';
import { brokenOfLetters, letterCounter } from './letter-counter.ts';

/** The title of each check; what is broken is told with the name of its promise in front. */
export const promises = {
  I1: 'every mail handed in is stored with its outcome and answered, or still on the IMAP server',
  I2: 'one case a mail where one is due, and never two',
  I4: 'copies of a letter are no more than were counted, and all alike',
  I5: 'no work is unfinished and unclaimed 120 s after the last kill',
  I6: 'the watermark passes no mail of the mailbox that is not stored, and what is stored is flagged',
  I8: 'every change of state has one row in the audit',
  I11: 'no mail is taken from the IMAP server',
} as const;

export const brokenOf = (promise: string, broken: readonly string[]): string[] =>
  broken.filter((one) => one.startsWith(`${promise}:`));

type Given = {
  readonly ask: <T extends pg.QueryResultRow>(text: string) => Promise<T[]>;
  readonly sink: Awaited<ReturnType<typeof startSmtpSink>>;
  readonly dovecot: Awaited<ReturnType<typeof startDovecot>>;
  readonly user: string;
  readonly mails: number;
  /** Of these: so many were put into the mailbox. */
  readonly delivered: number;
};

async function looksAtMails({ ask, mails }: Given): Promise<string[]> {
  const broken: string[] = [];
  const [had] = await ask<{ n: number; m: number }>(
    `select count(*)::int as n, count(distinct message_id)::int as m from mails where message_id like '<kill-%' and state = 'decided' and outcome = 'case-opened'`,
  );
  if (had?.n !== mails || had.m !== mails) broken.push(`I1: ${had?.m} of ${mails} mails are stored with their outcome`);
  const open = await ask(`select id, state, last_failure from mails where state <> 'decided'`);
  if (open.length > 0) broken.push(`I1: ${open.length} mails are not decided, such as ${JSON.stringify(open[0])}`);
  const [cases] = await ask<{ n: number; m: number }>(
    `select count(*)::int as n, count(distinct opened_by_mail)::int as m from cases`,
  );
  if (cases?.n !== mails || cases.m !== mails) broken.push(`I2: ${cases?.n} cases of ${cases?.m} mails, for ${mails}`);
  return broken;
}

async function looksAtLetters({ ask, sink, mails }: Given): Promise<{ broken: string[]; letters: number }> {
  const counter = letterCounter();
  for (const letter of sink.letters) counter.take(letter);
  const { broken, letters } = await brokenOfLetters(ask, counter);
  if (letters < mails) broken.push(`I1: only ${letters} letters for ${mails} mails`);
  return { broken, letters };
}

const changes = [
  ['decided mails', 'mail', 'mail-decided', 'mails x', 'x.id::text'],
  ['stored mails', 'mail', 'mail-stored', 'mails x', 'x.id::text'],
  ['cases', 'case', 'case-opened', 'cases x', 'x.number'],
  ['sent letters', 'letter', 'letter-sent', `(select * from letters where state = 'sent') x`, 'x.id::text'],
] as const;

async function looksAtAudit({ ask }: Given): Promise<string[]> {
  const broken: string[] = [];
  for (const [what, kind, action, table, id] of changes) {
    const rows = await ask(
      `select ${id} as id from ${table} left join audit a on a.subject_kind = '${kind}' and a.subject_id = ${id} and a.action = '${action}' group by 1 having count(a.id) <> 1`,
    );
    if (rows.length > 0)
      broken.push(
        `I8: ${rows.length} ${what} without exactly one row in the audit, such as ${JSON.stringify(rows[0])}`,
      );
  }
  return broken;
}

async function looksAtMailbox({ ask, dovecot, user, delivered }: Given): Promise<string[]> {
  const { host, port, password } = dovecot;
  const box = await openFolder({ host, port, secure: false, user, password }, 'INBOX');
  const there = (await box.list(0)).map((one) => one.uid);
  await box.close();
  const [row] = await ask<{ watermark: string; missed: number }>(
    `select watermark, (seen - stored - too_large - duplicates - gone - passed_over)::int as missed from mailboxes`,
  );
  const kept = new Set(
    (await ask<{ uid: string }>(`select uid from arrivals where uid is not null`)).map((one) => Number(one.uid)),
  );
  const broken: string[] = [];
  const passed = there.filter((uid) => uid <= Number(row?.watermark) && !kept.has(uid));
  const behind = there.filter((uid) => uid > Number(row?.watermark));
  if (passed.length > 0) broken.push(`I6: the watermark passed ${passed.length} mails that are not stored`);
  if (behind.length > 0) broken.push(`I1: ${behind.length} mails of the mailbox were left`);
  if (row?.missed !== 0) broken.push(`I1: the ledger of the mailbox misses ${row?.missed} mails`);
  if (there.length !== delivered) broken.push(`I11: ${there.length} of ${delivered} mails are on the IMAP server`);
  const unread = dovecot.mails(user).filter((one) => !one.flags.includes('\\Seen')).length;
  if (unread > 0) broken.push(`I6: ${unread} mails of the mailbox were never flagged`);
  return broken;
}

/** Every broken promise in words: an empty list is good. I5 is asked while the run goes on. */
export async function brokenPromises(given: Given): Promise<{ broken: string[]; letters: number; copies: number }> {
  const { broken: ofLetters, letters } = await looksAtLetters(given);
  const broken = [
    ...(await looksAtMails(given)),
    ...ofLetters,
    ...(await looksAtAudit(given)),
    ...(await looksAtMailbox(given)),
  ];
  return { broken, letters, copies: given.sink.letters.length - letters };
}
