/**
 * Two instances under load while their processes are killed with -9, at any time and at named crash points. Gives what RELIABILITY
 * promises of it and was broken, and how long takeovers took. Used small by `npm test` and large by `npm run long`.
 */
import type { ChildProcess } from 'node:child_process';
import { loadavg } from 'node:os';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { openRelay } from '../../../src/flows/upkeep/relay-outbox.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { openQueueBackend } from '../../../src/queues/backend.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { sweepMails } from '../../../src/store/intake/mails.ts';
import { sweepLetters } from '../../../src/store/letters/delivery-attempts.ts';
import { key, mail, registrySql } from '../../support/app.ts';
import { freePort, scratch } from '../../support/process.ts';
import { type Kind, workerFleet } from '../../support/processes/processes.ts';
import { startDovecot } from '../../support/servers/dovecot.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startRedis } from '../../support/servers/redis.ts';
import { startSmtpSink } from '../../support/servers/smtp-sink.ts';
import { brokenPromises } from './promises.ts';
import { isStopped, type Takeovers, watchTakeovers } from './takeovers.ts';

export type KillRun = {
  readonly mails: number;
  readonly kills: number;
  readonly backend: 'postgres' | 'redis';
  /**
   * What killed workers left is aged at once instead of after 45 s, and with `all` swept and brought back as well: shows that nothing
   * is lost, not how soon it comes back.
   */
  readonly hurry?: 'all' | 'ages';
  /**
   * Processes of these kinds end (or stop, with `stop ` before it) at these points, in place of the usual ones, and are spared until then.
   * Of each kind both are armed, so that it comes to pass whichever of them has the mailbox; only one is ever stopped.
   */
  readonly points?: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** What is killed at any time, in this order; every kind where nothing is said. */
  readonly strikes?: readonly Kind[];
  /** Seconds after the last kill until whatever is unfinished counts as lost. */
  readonly patience?: number;
};

/** Seconds, save where it says otherwise. */
export type KillFigures = {
  readonly kills: number;
  readonly killsOf: Readonly<Record<Kind, number>>;
  readonly atCrashPoints: number;
  readonly letters: number;
  readonly copies: number;
  readonly whole: number;
  readonly mailsPerSecond: number;
  /** From the last kill until nothing was left to do. */
  readonly quietAfter: number;
  readonly takeovers: Takeovers;
};

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const everyKind: readonly Kind[] = ['inbox', 'web', 'intake', 'outbound', 'scheduler', 'intake', 'outbound'];

/** Where a process is killed at its worst: with claims or a lease in hand, and the outside told or not yet. */
const worst: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  inbox: ['in the transaction', 'after commit@2', 'after flag', 'body complete', 'before enqueue', 'after enqueue@2'],
  intake: ['claimed@2', 'parsed@2', 'decided', 'decided@3', 'in the transaction', 'after commit', 'after enqueue'],
  outbound: ['before the mark', 'before the mark@3', 'after the mark@2'],
};

const contactOf = (at: number): string => `c${at % 200}@aldous.example`;
const contactsSql = `
insert into contacts (site_id, name, role, types, position) select 1, 'Contact ' || n, 'authorized user', '{}', 10 + n from generate_series(0, 199) n;
insert into contact_addresses (site_id, contact_id, address, main) select 1, id, 'c' || (position - 10) || '@aldous.example', true from contacts where position >= 10;`;

/** In place of 45 s and up to 30 s more. */
const agedSql = [
  `update mails set claimed_at = claimed_at - interval '46 seconds', due_at = now() where state = 'new' and coalesce(claimed_at, arrived_at) < now() - interval '2 seconds'`,
  `update letters set due_at = now() where state in ('queued', 'unknown') and coalesce(claimed_at, created_at) < now() - interval '2 seconds'`,
];

/** The sweeper's work and the wake-up after it, from outside. */
function openSweeper(databaseUrl: string, redisUrl: string | null) {
  const database = openDatabase(databaseUrl, silentLog, 2);
  const queues = openQueueBackend({ databaseUrl, redisUrl, log: silentLog });
  const relay = openRelay({ database, producer: queues.producer(), log: silentLog, meter: silentMeter });
  return {
    async sweep() {
      await sweepMails(database);
      await sweepLetters(database);
      relay.wake();
    },
    async close() {
      await relay.close();
      await queues.close();
      await database.close();
    },
  };
}

/** Runs it and gives the figures, and every broken promise in words, its name in front: an empty list is good. */
export async function killRun(run: KillRun): Promise<{ figures: KillFigures; broken: string[] }> {
  const { mails, kills, backend, hurry, points: given, strikes = everyKind, patience = 240 } = run;
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
  const sweeper = hurry === 'all' ? openSweeper(database.url, redis?.url ?? null) : null;
  let over = false;
  let killed = 0;
  const killsOf = { inbox: 0, intake: 0, outbound: 0, scheduler: 0, web: 0 } satisfies Record<Kind, number>;
  let atCrashPoints = 0;
  const came = new Set<Kind>();
  let lastKill = performance.now();
  let delivered = 0;

  const asked = new Set<ChildProcess>();
  const readyAt = new Map<ChildProcess, number>();
  const ids = new Map<ChildProcess, string>();
  const armed = new Set<ChildProcess>();
  const age = (child: ChildProcess) => (performance.now() - (readyAt.get(child) ?? performance.now())) / 1000;
  const takeovers = watchTakeovers({
    look,
    working: (kind) => fleet.of(kind).filter((child) => readyAt.has(child) && !isStopped(child)),
    delivered: () => delivered,
  });

  /** As an operator's supervisor does: whatever ended is started again, where nothing is given every other one to end at its worst. */
  function keep(kind: Kind, extra: Record<string, string>, point?: string): void {
    const child = fleet.start(kind, { ...extra, ...(point ? { POSTERN_CRASH: point } : {}) });
    if (point) armed.add(child);
    let said = '';
    child.stderr?.on('data', (chunk) => {
      if (readyAt.has(child)) return;
      said += String(chunk);
      const ready = said.split('\n').find((line) => line.includes('"msg":"ready"') && line.endsWith('}'));
      if (!ready) return;
      readyAt.set(child, performance.now());
      ids.set(child, (JSON.parse(ready) as { id: string }).id);
    });
    child.once('exit', (code, signal) => {
      if (over) return;
      if (signal === 'SIGKILL') {
        killed += 1;
        killsOf[kind] += 1;
        lastKill = performance.now();
        takeovers.died(ids.get(child) ?? '');
        if (!asked.delete(child)) {
          atCrashPoints += 1;
          came.add(kind);
        }
      } else if (code !== 0) console.error(`a ${kind} ended with ${code}: ${fleet.said().slice(-600)}`);
      const usual = worst[kind] ?? [];
      const doomed = !given && killed < kills - 4 && Math.random() < 0.5;
      const next = doomed ? usual[Math.floor(Math.random() * usual.length)] : undefined;
      setTimeout(() => over || keep(kind, extra, next), code === null ? 0 : 500);
    });
  }
  /** False where none of that kind is to be killed just now. */
  async function strike(kind: Kind): Promise<boolean> {
    // What has not begun to work has nothing in hand that could be lost; what is to end at its worst has some time to come there.
    const spared = (each: ChildProcess) => armed.has(each) && (given !== undefined || age(each) < 4);
    const those = fleet
      .of(kind)
      .filter((each) => age(each) > 0.5 && !isStopped(each) && !spared(each))
      .sort(() => Math.random() - 0.5);
    // One of two is killed; both at once is no takeover.
    if (kind === 'inbox' && fleet.of(kind).some((each) => age(each) < 3)) return false;
    const [box] = kind === 'inbox' ? await ask<{ holder: string }>('select lease_holder as holder from mailboxes') : [];
    // Mostly the one that has the mailbox, and always the first time.
    const holder = those.find((each) => ids.get(each) === box?.holder);
    const victim = holder && (killsOf.inbox === 0 || Math.random() < 0.7) ? holder : those[0];
    if (!victim?.pid || victim.signalCode !== null) return false;
    asked.add(victim);
    return victim.kill('SIGKILL');
  }
  /** Whether of each kind that was given a point one has come to it. */
  const allCame = () =>
    Object.keys(given ?? {}).every((kind) => came.has(kind as Kind) || fleet.of(kind as Kind).some(isStopped));

  async function end(): Promise<void> {
    over = true;
    await takeovers.stop();
    await fleet.kill();
    await sweeper?.close();
    await Promise.all([client.end(), look.end()]);
    await Promise.all([sink.stop(), dovecot.stop(), redis?.stop()]);
    await database.drop();
  }

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
      const transport = createTransport({
        host: '127.0.0.1',
        port: (lmtp ? door?.lmtp : door?.smtp) ?? 0,
        lmtp,
        ignoreTLS: true,
        connectionTimeout: 3_000,
        greetingTimeout: 3_000,
        socketTimeout: 10_000,
      });
      try {
        await transport.sendMail({ envelope: { from: contactOf(at), to: ['support@desk.example'] }, raw });
        return;
      } catch (error) {
        if (performance.now() > until) throw new Error(`never taken: ${String(error)}\n${fleet.said()}`);
        await pause(150);
      } finally {
        transport.close();
      }
    }
  }

  const since = () => (performance.now() - lastKill) / 1000;
  const stored = () => number(`select count(*) as n from mails where message_id like '<kill-%' or state <> 'decided'`);
  const open = () =>
    number(
      `select (select count(*) from mails where state = 'new') + (select count(*) from letters where state in ('queued', 'unknown')) + (select count(*) from outbox) as n`,
    );
  const unclaimed = () =>
    number(
      `select (select count(*) from mails where state = 'new' and claimed_at is null) + (select count(*) from letters where state in ('queued', 'unknown') and claimed_at is null) as n`,
    );

  /** Until nothing is left to do, or patience ends. Gives what was broken of I5. */
  async function untilQuiet(): Promise<string[]> {
    const broken: string[] = [];
    let looked = false;
    let nextSweep = 0;
    while ((await stored()) < mails || (await open()) > 0) {
      if (since() > 120 && !looked) {
        looked = true;
        const left = await unclaimed();
        if (left > 0) broken.push(`I5: ${left} rows were unfinished and unclaimed 120 s after the last kill`);
      }
      if (since() > patience) break;
      if (hurry && since() > 2 && performance.now() > nextSweep) {
        nextSweep = performance.now() + 1_000;
        for (const statement of agedSql) await client.query(statement);
        await sweeper?.sweep();
      }
      await pause(100);
    }
    return broken;
  }

  try {
    for (let i = 0; i < 2; i += 1) {
      const door = { smtp: await freePort(), lmtp: await freePort() };
      doors.push(door);
      const pointOf = (kind: Kind): string | undefined => {
        const points = given?.[kind] ?? [];
        const point = points[i % points.length];
        return point?.startsWith('stop ') && i > 0 ? undefined : point;
      };
      keep('inbox', { SMTP_LISTEN: `127.0.0.1:${door.smtp}`, LMTP_LISTEN: `127.0.0.1:${door.lmtp}` }, pointOf('inbox'));
      if (i === 0 && strikes.includes('web')) keep('web', { HTTP_LISTEN: `127.0.0.1:${await freePort()}` });
      for (const kind of ['intake', 'outbound', 'scheduler'] as const) keep(kind, {}, pointOf(kind));
    }
    const ready = performance.now() + 60_000;
    while ((await number('select count(*) as n from mailboxes where watermark is not null')) === 0) {
      if (performance.now() > ready) throw new Error(`the mailbox was not taken up\n${fleet.said()}`);
      await pause(100);
    }
    const began = performance.now();

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
        if (at % 3 === 0) {
          dovecot.deliver(user, text(at));
          delivered += 1;
        } else await handIn(at);
        handed += 1;
      }
    });
    const striking = (async () => {
      const missed: Kind[] = [];
      const spare = () => strikes.some((kind) => killsOf[kind] === 0);
      for (let i = 0; killed + asked.size < kills || spare(); i += 1) {
        await pause(200 + Math.random() * 500);
        const next = strikes[i % strikes.length] ?? 'intake';
        const kind = i % 2 === 0 ? next : (missed.shift() ?? next);
        if (!(await strike(kind)) && !missed.includes(kind)) missed.push(kind);
      }
    })();
    await Promise.all([...sending, striking]);
    const working = (performance.now() - began) / 1000;

    const broken = await untilQuiet();
    if (!allCame()) throw new Error(`not all came to their crash points\n${fleet.said()}`);
    // What was stopped comes back to find its work done by others.
    const woken = [...fleet.alive.keys()].filter(isStopped);
    for (const child of woken) child.kill('SIGCONT');
    if (woken.length > 0) await pause(4_000);
    const quietAfter = since();
    const left = await open();
    if (left > 0) broken.push(`I5: ${left} rows were still unfinished ${Math.round(quietAfter)} s after the last kill`);
    // The flags of the last mails follow the commit.
    const isRead = () => dovecot.mails(user).filter((one) => one.flags.includes('\\Seen')).length;
    const unread = performance.now() + (broken.length > 0 ? 5_000 : 30_000);
    while (isRead() < delivered && performance.now() < unread) await pause(200);

    if (handed !== mails) broken.push(`I1: only ${handed} of ${mails} mails could be handed in`);
    const { broken: more, ...counts } = await brokenPromises({ ask, sink, dovecot, user, mails, delivered });
    return {
      broken: [...broken, ...more],
      figures: {
        kills: killed,
        killsOf,
        atCrashPoints,
        ...counts,
        whole: (performance.now() - began) / 1000,
        mailsPerSecond: mails / working,
        quietAfter,
        takeovers: await takeovers.end(),
      },
    };
  } finally {
    await end();
  }
}

export const inWords = (run: KillRun, { figures: f, broken }: { figures: KillFigures; broken: string[] }): string => {
  const of = (what: keyof Takeovers) => `${f.takeovers[what].worst.toFixed(1)} s (${f.takeovers[what].times} times)`;
  const kinds = Object.entries(f.killsOf).map(([kind, times]) => `${kind} ${times}`);
  return [
    `kills (${run.backend}): ${run.mails} mails, ${f.kills} kills (${kinds.join(', ')}; ${f.atCrashPoints} at crash points), ${broken.length} promises broken`,
    `${f.letters} letters and ${f.copies} counted copies, ${f.mailsPerSecond.toFixed(0)} mails/s, ${f.whole.toFixed(0)} s in all, quiet ${f.quietAfter.toFixed(0)} s after the last kill`,
    run.hurry
      ? `worst takeover of a mailbox ${of('mailbox')}`
      : `worst takeover from the kill: mailbox ${of('mailbox')}, its first waiting mail ${of('firstMail')}, mail by intake ${of('intake')}, letter by outbound ${of('outbound')}`,
    `load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  ].join('; ');
};

/** A limit in seconds is one of a machine that does nothing else, where such a run makes a load of about 6: above 8 it grows, to twice at most, and that is said. */
export function atRest(seconds: number): number {
  const load = loadavg()[0] ?? 0;
  const grace = Math.min(2, Math.max(1, load / 8));
  if (grace > 1) console.info(`load ${load.toFixed(1)}: ${seconds} s are allowed ${(seconds * grace).toFixed(0)} s`);
  return seconds * grace;
}
