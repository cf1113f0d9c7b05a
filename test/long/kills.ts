/**
 * Two instances under load while their processes are killed with -9, at any time and at named crash points, and what RELIABILITY
 * promises of it, asked by SQL, at the SMTP listener and by IMAP. Used small by `npm test` and large by `npm run long`.
 */
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { silentLog } from '../../src/foundation/log.ts';
import { openFolder } from '../../src/imap/connection.ts';
import { openDatabase } from '../../src/store/database.ts';
import { sweepLetters } from '../../src/store/letter-tries.ts';
import { sweepMails } from '../../src/store/mails.ts';
import { startDovecot } from '../support/dovecot.ts';
import { key, mail, registrySql } from '../support/house.ts';
import { freshDatabase } from '../support/postgres.ts';
import { freePort, scratch } from '../support/process.ts';
import { type Kind, workerFleet } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';

export type KillRun = {
  readonly mails: number;
  readonly kills: number;
  readonly backend: 'postgres' | 'redis';
  /** What killed workers left is aged and swept at once instead of after 45 to 75 s: shows that nothing is lost, not how soon it comes back. */
  readonly hurry?: boolean;
  /** One of each of these processes ends (or stops, with `stop ` before it) here, in place of the usual crash points. */
  readonly points?: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Seconds after the last kill until whatever is unfinished counts as lost. */
  readonly patience?: number;
};

/** Seconds, save where it says otherwise. */
export type KillFigures = {
  readonly kills: number;
  readonly atCrashPoints: number;
  readonly letters: number;
  readonly copies: number;
  readonly whole: number;
  readonly mailsPerSecond: number;
  /** From the last kill until nothing was left to do. */
  readonly quietAfter: number;
  /** The oldest claim ever seen on a mail and on a letter: what a killed worker held, until it was taken over. */
  readonly worstMailClaim: number;
  readonly worstLetterClaim: number;
  /** The longest a mailbox was without a living lease. */
  readonly worstMailbox: number;
  readonly takeovers: number;
};

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const kinds: readonly Kind[] = ['inbox', 'intake', 'outbound', 'scheduler', 'intake', 'outbound', 'inbox', 'web'];

/** Where a process is killed at its worst: with claims or a lease in hand, and the outside told or not yet. */
const worst: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  inbox: ['in the transaction', 'after commit@2', 'after flag', 'body complete', 'before enqueue', 'after enqueue@2'],
  intake: ['claimed@2', 'parsed@2', 'decided', 'decided@3', 'in the transaction', 'after commit', 'after enqueue'],
  outbound: ['before the mark', 'before the mark@3', 'after the mark@2'],
};

/** Whether the process is stopped just now, as SIGSTOP does it. */
function isStopped(child: ChildProcess): boolean {
  try {
    return /\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const contactOf = (at: number): string => `c${at % 200}@aldous.example`;
const contactsSql = `
insert into contacts (site_id, name, role, types, position) select 1, 'Contact ' || n, 'authorized user', '{}', 10 + n from generate_series(0, 199) n;
insert into contact_addresses (site_id, contact_id, address, main) select 1, id, 'c' || (position - 10) || '@aldous.example', true from contacts where position >= 10;`;

/** Runs it and gives the figures, and every broken promise in words: an empty list is good. */
export async function killRun(run: KillRun): Promise<{ figures: KillFigures; broken: string[] }> {
  const { mails, kills, backend, hurry = false, points: given, patience = 240 } = run;
  const database = await freshDatabase();
  const sink = await startSmtpSink();
  const dovecot = await startDovecot();
  const redis = backend === 'redis' ? await startRedis() : null;
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const look = new pg.Client({ connectionString: database.url });
  await look.connect();
  const ask = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await client.query<T>(text)).rows;
  const number = async (text: string): Promise<number> => Number((await ask<{ n: string }>(text))[0]?.n);
  await client.query(registrySql);
  await client.query(contactsSql);

  const user = dovecot.freshUser();
  const doors: { smtp: number; lmtp: number }[] = [];
  const env = {
    DATABASE_URL: database.url,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    SMTP_URL: `${sink.url}?ignoreTLS=true`,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: key,
    LOG_LEVEL: 'info',
    IMAP_URL: dovecot.url(user),
  };
  const fleet = workerFleet(env, scratch('kills'));
  const sweeping = hurry ? openDatabase(database.url, silentLog, 1) : null;
  let over = false;
  let killed = 0;
  let atCrashPoints = 0;
  let lastKill = performance.now();

  const asked = new Set<ChildProcess>();
  const readyAt = new Map<ChildProcess, number>();

  /** As an operator's supervisor does: whatever ended is started again. Every other one is started to end at its worst. */
  function keep(kind: Kind, extra: Record<string, string>, doomed = false): void {
    const points = (given ?? worst)[kind];
    const point = doomed && points ? points[Math.floor(Math.random() * points.length)] : undefined;
    const child = fleet.start(kind, { ...extra, ...(point ? { POSTERN_CRASH: point } : {}) });
    child.stderr?.on('data', (said) => {
      if (!readyAt.has(child) && String(said).includes('"msg":"ready"')) readyAt.set(child, performance.now());
    });
    child.once('exit', (code, signal) => {
      if (over) return;
      if (signal === 'SIGKILL') {
        killed += 1;
        lastKill = performance.now();
        if (!asked.delete(child)) atCrashPoints += 1;
      } else if (code !== 0) console.error(`a ${kind} ended with ${code}: ${fleet.said().slice(-600)}`);
      setTimeout(
        () => over || keep(kind, extra, !given && killed < kills - 4 && Math.random() < 0.5),
        code === null ? 0 : 500,
      );
    });
  }
  /** Seconds since it began to work. */
  const age = (child: ChildProcess) => (performance.now() - (readyAt.get(child) ?? performance.now())) / 1000;
  const strike = (kind: Kind) => {
    // What has not begun to work has nothing in hand that could be lost.
    const [victim] = fleet
      .of(kind)
      .filter((each) => age(each) > 0.5 && !isStopped(each))
      .sort(() => Math.random() - 0.5);
    if (!victim) return;
    // One of two is killed; both at once is no takeover.
    if (kind === 'inbox' && fleet.of(kind).some((each) => age(each) < 3)) return;
    asked.add(victim);
    victim.kill('SIGKILL');
  };

  let worstMailClaim = 0;
  let worstLetterClaim = 0;
  let worstMailbox = 0;
  let takeovers = 0;
  let fence = 0;
  let sampling = true;
  const sampler = (async () => {
    let free = false;
    while (sampling) {
      const { rows } = await look.query<{ mail: number; letter: number; fence: string; age: number }>(`select
        coalesce((select max(extract(epoch from clock_timestamp() - claimed_at)) from mails where state = 'new'), 0)::float as mail,
        coalesce((select max(extract(epoch from clock_timestamp() - claimed_at)) from letters where state in ('queued', 'unknown')), 0)::float as letter,
        coalesce((select max(lease_fence) from mailboxes), 0) as fence,
        coalesce((select max(extract(epoch from clock_timestamp() - (lease_until - interval '10 seconds'))) from mailboxes), 0)::float as age`);
      const [row] = rows;
      worstMailClaim = Math.max(worstMailClaim, row?.mail ?? 0);
      worstLetterClaim = Math.max(worstLetterClaim, row?.letter ?? 0);
      // Counted from the last renewal, or from when there was somebody again to take it.
      const somebody = Math.max(0, ...fleet.of('inbox').map(age));
      worstMailbox = Math.max(worstMailbox, Math.min(row?.age ?? 0, somebody));
      if (Number(row?.fence) !== fence) takeovers += fence === 0 ? 0 : 1;
      free = Number(row?.fence) !== fence;
      fence = Number(row?.fence);
      await pause(free ? 100 : 250);
    }
  })();

  async function end(): Promise<void> {
    over = true;
    sampling = false;
    await sampler.catch(() => {});
    await fleet.stop();
    await sweeping?.close();
    await Promise.all([client.end(), look.end()]);
    await Promise.all([sink.stop(), dovecot.stop(), redis?.stop()]);
    await database.drop();
  }

  try {
    for (let i = 0; i < 2; i += 1) {
      const door = { smtp: await freePort(), lmtp: await freePort() };
      doors.push(door);
      const doomed = given !== undefined && i === 0;
      keep('inbox', { SMTP_LISTEN: `127.0.0.1:${door.smtp}`, LMTP_LISTEN: `127.0.0.1:${door.lmtp}` }, doomed);
      keep('web', { HTTP_LISTEN: `127.0.0.1:${await freePort()}` });
      for (const kind of ['intake', 'outbound', 'scheduler'] as const) keep(kind, {}, doomed);
    }
    const ready = performance.now() + 60_000;
    while ((await number('select count(*) as n from mailboxes where watermark is not null')) === 0) {
      if (performance.now() > ready) throw new Error(`the mailbox was not taken up\n${fleet.said()}`);
      await pause(100);
    }
    const began = performance.now();

    const text = (at: number): string =>
      mail({
        from: `Contact <${contactOf(at)}>`,
        subject: `PIN 345 Fault number ${at}`,
        body: `Number ${at} does not work.`,
        id: `<kill-${at}@aldous.example>`,
      });
    /** As an MTA with two hosts does: what was not answered with 250 is handed in again, at the other one. */
    async function handIn(at: number): Promise<void> {
      const raw = text(at).replaceAll('\n', '\r\n');
      const until = performance.now() + 180_000;
      for (let attempt = at; ; attempt += 1) {
        const lmtp = at % 4 === 0;
        const door = doors[attempt % 2];
        const port = lmtp ? door?.lmtp : door?.smtp;
        const transport = createTransport({
          host: '127.0.0.1',
          port: port ?? 0,
          lmtp,
          ignoreTLS: true,
          connectionTimeout: 3_000,
          greetingTimeout: 3_000,
          socketTimeout: 10_000,
        });
        try {
          await transport.sendMail({
            envelope: { from: contactOf(at), to: ['support@desk.example'] },
            raw,
          });
          return;
        } catch (error) {
          if (performance.now() > until) throw new Error(`never taken: ${String(error)}\n${fleet.said()}`);
          await pause(150);
        } finally {
          transport.close();
        }
      }
    }

    let next = 0;
    let handed = 0;
    // The mails are spread over the kills, so that there is work in hand at each of them.
    const allowed = () => Math.ceil((mails * Math.min(kills, killed + 3)) / kills);
    const sending = Array.from({ length: 8 }, async () => {
      while (next < mails) {
        if (next >= allowed()) {
          await pause(20);
          continue;
        }
        next += 1;
        const at = next;
        if (at % 3 === 0) dovecot.deliver(user, text(at));
        else await handIn(at);
        handed += 1;
      }
    });
    const striking = (async () => {
      for (let i = 0; killed + asked.size < kills; i += 1) {
        await pause(200 + Math.random() * 500);
        strike(kinds[i % kinds.length] ?? 'intake');
      }
    })();
    await Promise.all([...sending, striking]);
    const working = (performance.now() - began) / 1000;

    const stored = () =>
      number(`select count(*) as n from mails where message_id like '<kill-%' or state <> 'decided'`);
    const open = () =>
      number(
        `select (select count(*) from mails where state = 'new') + (select count(*) from letters where state in ('queued', 'unknown')) + (select count(*) from outbox) as n`,
      );
    const unclaimed = () =>
      number(
        `select (select count(*) from mails where state = 'new' and claimed_at is null) + (select count(*) from letters where state in ('queued', 'unknown') and claimed_at is null) as n`,
      );
    const broken: string[] = [];
    const since = () => (performance.now() - lastKill) / 1000;
    let looked = false;
    let nextSweep = 0;
    while ((await stored()) < mails || (await open()) > 0) {
      if (since() > 120 && !looked) {
        looked = true;
        const left = await unclaimed();
        if (left > 0) broken.push(`I5: ${left} rows were unfinished and unclaimed 120 s after the last kill`);
      }
      if (since() > patience) break;
      if (sweeping && since() > 2 && performance.now() > nextSweep) {
        nextSweep = performance.now() + 2_000;
        await client.query(
          `update mails set claimed_at = claimed_at - interval '46 seconds', due_at = now() where state = 'new' and coalesce(claimed_at, arrived_at) < now() - interval '2 seconds'`,
        );
        await client.query(
          `update letters set due_at = now() where state in ('queued', 'unknown') and coalesce(claimed_at, created_at) < now() - interval '2 seconds'`,
        );
        await sweepMails(sweeping);
        await sweepLetters(sweeping);
      }
      await pause(200);
    }
    // What was stopped comes back to find its work done by others.
    const woken = [...fleet.alive.keys()].filter(isStopped);
    for (const child of woken) child.kill('SIGCONT');
    if (woken.length > 0) await pause(4_000);
    const quietAfter = since();
    const left = await open();
    if (left > 0) broken.push(`I5: ${left} rows were still unfinished ${Math.round(quietAfter)} s after the last kill`);
    // The flags of the last mails follow the commit.
    const isRead = () => dovecot.mails(user).filter((one) => one.flags.includes('\\Seen')).length;
    const unread = performance.now() + 30_000;
    while (isRead() < Math.floor(mails / 3) && performance.now() < unread) await pause(200);

    const copies = await looks({ ask, sink, mails, broken });
    await looksAtMailbox({ ask, dovecot, user, broken });
    if (handed !== mails) broken.push(`only ${handed} of ${mails} mails could be handed in`);
    return {
      broken,
      figures: {
        kills: killed,
        atCrashPoints,
        ...copies,
        whole: (performance.now() - began) / 1000,
        mailsPerSecond: mails / working,
        quietAfter,
        worstMailClaim,
        worstLetterClaim,
        worstMailbox,
        takeovers,
      },
    };
  } finally {
    await end();
  }
}

type Ask = <T extends pg.QueryResultRow>(text: string) => Promise<T[]>;

/** I1, I2, I4 and I8. */
async function looks(given: {
  ask: Ask;
  sink: Awaited<ReturnType<typeof startSmtpSink>>;
  mails: number;
  broken: string[];
}): Promise<{ letters: number; copies: number }> {
  const { ask, sink, mails, broken } = given;
  const none = async (what: string, text: string) => {
    const rows = await ask(text);
    if (rows.length > 0) broken.push(`${what}: ${rows.length}, such as ${JSON.stringify(rows[0])}`);
  };
  const [had] = await ask<{ n: number; m: number }>(
    `select count(*)::int as n, count(distinct message_id)::int as m from mails where message_id like '<kill-%' and state = 'decided' and outcome = 'case-opened'`,
  );
  if (had?.n !== mails || had.m !== mails) broken.push(`I1: ${had?.m} of ${mails} mails are stored with their outcome`);
  await none('I1: mails that are not decided', `select id, state, last_failure from mails where state <> 'decided'`);
  const [cases] = await ask<{ n: number; m: number }>(
    `select count(*)::int as n, count(distinct opened_by_mail)::int as m from cases`,
  );
  if (cases?.n !== mails || cases.m !== mails) broken.push(`I2: ${cases?.n} cases of ${cases?.m} mails, for ${mails}`);

  const copies = new Map<string, string[]>();
  for (const letter of sink.letters) {
    const id = /^Message-ID: (<.*>)\r$/im.exec(Buffer.from(letter.raw).toString('latin1'))?.[1] ?? '';
    copies.set(id, [...(copies.get(id) ?? []), createHash('sha256').update(letter.raw).digest('hex')]);
  }
  const letters = await ask<{ id: string; state: string; unknown: number }>(
    `select message_id as id, state, unknown_times as unknown from letters where state <> 'suppressed'`,
  );
  let unsent = 0;
  let tooMany = 0;
  let unlike = 0;
  for (const letter of letters) {
    const got = copies.get(letter.id) ?? [];
    copies.delete(letter.id);
    if (got.length === 0 || letter.state !== 'sent') unsent += 1;
    if (got.length > 1 + letter.unknown) tooMany += 1;
    if (new Set(got).size > 1) unlike += 1;
  }
  if (letters.length < mails) broken.push(`I1: only ${letters.length} letters for ${mails} mails`);
  if (unsent > 0) broken.push(`I1: ${unsent} letters never came to the receiver`);
  if (tooMany > 0) broken.push(`I4: ${tooMany} letters came more often than was counted`);
  if (unlike > 0) broken.push(`I4: copies of ${unlike} letters are not alike`);
  if (copies.size > 0) broken.push(`I4: ${copies.size} letters came that nobody wrote down`);

  await none(
    'I8: decided mails without exactly one line in the audit',
    `select m.id from mails m left join audit a on a.subject_kind = 'mail' and a.subject_id = m.id::text and a.action = 'mail-decided' group by m.id having count(a.id) <> 1`,
  );
  await none(
    'I8: stored mails without exactly one line in the audit',
    `select m.id from mails m left join audit a on a.subject_kind = 'mail' and a.subject_id = m.id::text and a.action = 'mail-stored' group by m.id having count(a.id) <> 1`,
  );
  await none(
    'I8: cases without exactly one line in the audit',
    `select c.number from cases c left join audit a on a.subject_kind = 'case' and a.subject_id = c.number and a.action = 'case-opened' group by c.number having count(a.id) <> 1`,
  );
  await none(
    'I8: sent letters without exactly one line in the audit',
    `select l.id from letters l left join audit a on a.subject_kind = 'letter' and a.subject_id = l.id::text and a.action = 'letter-sent' where l.state = 'sent' group by l.id having count(a.id) <> 1`,
  );
  return { letters: letters.length, copies: sink.letters.length - letters.length };
}

/** I6 and the ledger, by IMAP. */
async function looksAtMailbox(given: {
  ask: Ask;
  dovecot: Awaited<ReturnType<typeof startDovecot>>;
  user: string;
  broken: string[];
}): Promise<void> {
  const { ask, dovecot, user, broken } = given;
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
  const passed = there.filter((uid) => uid <= Number(row?.watermark) && !kept.has(uid));
  const behind = there.filter((uid) => uid > Number(row?.watermark));
  if (passed.length > 0) broken.push(`I6: the watermark passed ${passed.length} mails that are not stored`);
  if (behind.length > 0) broken.push(`I1: ${behind.length} mails of the mailbox were left`);
  if (row?.missed !== 0) broken.push(`the ledger of the mailbox misses ${row?.missed} mails`);
  const unread = dovecot.mails(user).filter((one) => !one.flags.includes('\\Seen')).length;
  if (unread > 0) broken.push(`${unread} mails of the mailbox were never flagged`);
}

export const inWords = (run: KillRun, { figures: f, broken }: { figures: KillFigures; broken: string[] }): string =>
  [
    `kills (${run.backend}): ${run.mails} mails, ${f.kills} kills (${f.atCrashPoints} at crash points), ${broken.length} promises broken`,
    `${f.letters} letters and ${f.copies} counted copies, ${f.mailsPerSecond.toFixed(0)} mails/s, ${f.whole.toFixed(0)} s in all, quiet ${f.quietAfter.toFixed(0)} s after the last kill`,
    `worst takeover: mail ${f.worstMailClaim.toFixed(1)} s, letter ${f.worstLetterClaim.toFixed(1)} s, mailbox ${f.worstMailbox.toFixed(1)} s (${f.takeovers} times); load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join('; ');

/** A limit in seconds is one of a machine at rest: with a load above 4 it grows in proportion, and that is said. */
export function atRest(seconds: number): number {
  const load = loadavg()[0] ?? 0;
  const grace = Math.max(1, load / 4);
  if (grace > 1) console.info(`load ${load.toFixed(1)}: ${seconds} s are allowed ${(seconds * grace).toFixed(0)} s`);
  return seconds * grace;
}
