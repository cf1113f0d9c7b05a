/**
 * Letters about what ends at many sites, due in the same moment, while schedulers and outbound workers are killed with -9 and their tick is
 * rung far too often. Gives what RELIABILITY promises of it and was broken. Small in `npm test`, large in `npm run kills`.
 */
import pg from 'pg';
import { commit } from '../../../src/flows/acts/commit.ts';
import { planRenewals } from '../../../src/flows/renewals/run-renewals.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openQueueBackend } from '../../../src/queues/backend.ts';
import { migrateQueues } from '../../../src/queues/server/schema.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { key } from '../../support/app.ts';
import { simulatedClock } from '../../support/clock/simulated-clock.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { remove, scratch } from '../../support/process.ts';
import { workerFleet } from '../../support/processes/processes.ts';
import { startSmtpSink } from '../../support/servers/smtp-sink.ts';
import { brokenOfLetters, letterCounter } from './letter-counter.ts';

export type NoticesRun = {
  readonly notices: number;
  readonly kills: number;
  /** What killed workers left is aged at once instead of after 45 s: shows that nothing is lost or doubled, not how soon it comes back. */
  readonly hurry?: boolean;
  /** Seconds without a letter until what is left counts as lost. */
  readonly patience?: number;
};
export type NoticesFigures = {
  readonly killsOf: Readonly<Record<Killed, number>>;
  readonly atCrashPoints: number;
  readonly rings: number;
  readonly letters: number;
  readonly copies: number;
  readonly unknown: number;
  /** Until the last letter was there, with all that was killed on the way. */
  readonly seconds: number;
};

const kinds = ['scheduler', 'outbound'] as const;
type Killed = (typeof kinds)[number];

/** Where a process is killed at its worst: the letter is written, or the other side has it, and what follows is not done. */
const worst: Readonly<Record<Killed, readonly string[]>> = {
  scheduler: ['notice inserted@3', 'before enqueue@2', 'notice inserted@9', 'after enqueue'],
  outbound: ['before the mark', '250@3', 'after the mark@2', 'DATA@2'],
};

export const noticePromises = {
  I3: 'one notice a site, step and period, and every site has it',
  I4: 'copies of a letter are no more than were counted, and all alike',
  I5: 'no notice and no letter is left',
  I8: 'every notice has one row in the audit',
} as const;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Whose support ends at the same day; the step of 90 days before is that of the moment. */
const [written, due, ends] = ['2026-11-27T10:00:00Z', '2026-12-31T09:00:05Z', '2027-03-31'];
const sitesSql = (sites: number): string => `
insert into products (name) values ('Vault');
insert into sites (number, name, country, timezone, language) select (1000000 + n)::text, 'Firm ' || n, 'GB', 'Europe/London', 'en' from generate_series(1, ${sites}) n;
insert into contacts (site_id, name, role, types, position) select id, 'Ada', 'primary', '{}', 1 from sites;
insert into contact_addresses (site_id, contact_id, address, main) select site_id, id, 'ada@c' || site_id || '.example', true from contacts;
insert into plans (site_id, kind, valid_from, valid_to, position) select id, 'standard', '2026-01-01', '${ends}', 1 from sites;
insert into renewal_sites (site_id, plan_at) select id, now() from sites on conflict do nothing;
analyze;`;

const agedSql = [
  `update letters set due_at = now() where state in ('queued', 'unknown') and coalesce(claimed_at, created_at) < now() - interval '2 seconds'`,
];

/** Runs it; an empty list of what is broken, each with the name of its promise in front, is good. */
export async function noticesRun(run: NoticesRun): Promise<{ figures: NoticesFigures; broken: string[] }> {
  const { notices, kills, hurry = false, patience = 240 } = run;
  const clock = await simulatedClock(written);
  const counter = letterCounter();
  const sink = await startSmtpSink({ take: counter.take });
  const client = new pg.Client({ connectionString: clock.url });
  await client.connect();
  const ask = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await client.query<T>(text)).rows;
  const number = async (text: string): Promise<number> => Number((await ask<{ n: string }>(text))[0]?.n);
  await client.query(sitesSql(notices));
  const database = openDatabase(clock.url, silentLog, 2);
  await migrateQueues(clock.url);
  const queues = openQueueBackend({ databaseUrl: clock.url, redisUrl: null, log: silentLog });
  const folder = scratch('notices');
  const fleet = workerFleet(
    {
      DATABASE_URL: clock.url,
      SMTP_URL: `${sink.url}?ignoreTLS=true`,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      DNS_SERVERS: 'off',
      LOG_LEVEL: 'warn',
    },
    folder,
  );
  let over = false;
  let atCrashPoints = 0;
  const killsOf: Record<Killed, number> = { scheduler: 0, outbound: 0 };
  const asked = new Set<unknown>();

  /** As an operator's supervisor does: whatever ended is started again, every other one to end at its worst. */
  function keep(kind: Killed, at: number): void {
    const place = worst[kind][at % worst[kind].length];
    const doomed = at % 2 === 0 && killsOf.scheduler + killsOf.outbound < kills;
    const child = fleet.start(kind, doomed && place ? { POSTERN_CRASH: place } : {});
    child.once('exit', (code, signal) => {
      if (over) return;
      if (signal !== 'SIGKILL') console.error(`a ${kind} ended with ${code}: ${fleet.said().slice(-600)}`);
      else {
        killsOf[kind] += 1;
        if (!asked.delete(child)) atCrashPoints += 1;
      }
      setTimeout(() => over || keep(kind, at + 1), code === null ? 0 : 500);
    });
  }

  const steps = () => number(`select count(*) as n from renewal_steps where state = 'sent'`);
  const claimed = () => number(`select count(*) as n from letters where claimed_at is not null`);
  const left = () =>
    number(`select (select count(*) from renewal_steps where state = 'planned' and due_at <= now())
      + (select count(*) from letters where state in ('queued', 'unknown')) + (select count(*) from outbox) as n`);

  /** Waits until one of that kind is in the middle of its work, and kills it. */
  async function strike(kind: Killed): Promise<void> {
    const until = performance.now() + 10_000;
    const before = await steps();
    while (!over && performance.now() < until) {
      await pause(20);
      if (kind === 'scheduler' ? (await steps()) > before : (await claimed()) > 0) break;
    }
    const [one] = fleet.of(kind).sort(() => Math.random() - 0.5);
    if (over || !one?.pid || one.signalCode !== null) return;
    asked.add(one);
    one.kill('SIGKILL');
  }

  try {
    const by = { kind: 'command', staff: null } as const;
    const started = await commit(letterDeps(database), { act: 'start-schedule', input: { kind: 'renewals' }, by });
    if (started.kind === 'refused') throw new Error(started.says);
    await planRenewals(letterDeps(database), { most: notices });
    const planned = await number(`select count(*) as n from renewal_steps where state = 'planned' and step = -90`);
    if (planned !== notices) throw new Error(`${planned} of ${notices} notices are planned`);
    await clock.set(due);

    for (const kind of kinds) for (const at of [0, 1]) keep(kind, at);
    const began = performance.now();
    const upkeep = queues.boardQueues().find(({ name }) => name === 'upkeep');
    let rings = 0;
    const ringing = (async () => {
      // A tick carries nothing, and whoever hears of it twice does nothing twice.
      for (; !over; rings += 1) {
        await upkeep?.add('clock', {}, { removeOnComplete: true });
        await pause(1_000);
      }
    })();
    const striking = (async () => {
      for (let at = 0; killsOf.scheduler + killsOf.outbound < kills && !over; at += 1) {
        while (!over && counter.came.size < (at * notices) / (kills + 2)) await pause(20);
        await strike(kinds[at % 2] ?? 'scheduler');
        await pause(300);
      }
    })();

    let [came, movedAt, nextAging] = [0, performance.now(), 0];
    while ((await left()) > 0) {
      if (counter.all() > came) [came, movedAt] = [counter.all(), performance.now()];
      if (performance.now() - movedAt > patience * 1_000) break;
      if (hurry && performance.now() > nextAging) {
        nextAging = performance.now() + 1_000;
        for (const statement of agedSql) await client.query(statement);
        await upkeep?.add('sweep', {}, { removeOnComplete: true });
      }
      await pause(200);
    }
    const seconds = (performance.now() - began) / 1000;
    over = true;
    await Promise.all([ringing, striking]);

    const broken: string[] = [];
    const open = await left();
    if (open > 0) broken.push(`I5: ${open} rows are left ${patience} s after the last letter`);
    const doubled = await number(`select count(*) as n from (
      select t.site_id from renewal_letters n join renewal_steps t on t.id = n.step_id
      where n.role = 'notice' group by t.site_id, t.group_on, t.step having count(*) > 1) x`);
    if (doubled > 0) broken.push(`I3: ${doubled} sites have two letters of one step on record`);
    const had = counter.byRecipient();
    const twice = [...had.values()].filter((ids) => ids.length > 1).length;
    if (twice > 0) broken.push(`I3: ${twice} sites were told twice`);
    if (had.size !== notices) broken.push(`I3: ${had.size} of ${notices} sites were told`);
    const audited = await number(
      `select count(*) as n from (select detail ->> 'renewal' from audit where action = 'renewal-sent' group by 1 having count(*) = 1) x`,
    );
    if (audited !== notices) broken.push(`I8: ${audited} of ${notices} notices have one row in the audit`);
    const { broken: ofLetters, letters, unknown } = await brokenOfLetters(ask, counter);
    const figures = { killsOf, atCrashPoints, rings, letters, copies: counter.all() - letters, unknown, seconds };
    return { broken: [...broken, ...ofLetters], figures };
  } finally {
    over = true;
    await fleet.kill();
    await queues.close();
    await Promise.all([client.end(), database.close(), sink.stop()]);
    await clock.drop();
    remove(folder);
  }
}

export const noticesInWords = (
  { notices }: NoticesRun,
  { figures: f, broken }: { readonly figures: NoticesFigures; readonly broken: readonly string[] },
): string =>
  [
    `notices: ${notices}, schedulers killed ${f.killsOf.scheduler} times and outbound workers ${f.killsOf.outbound} times (${f.atCrashPoints} at crash points), the clock rung ${f.rings} times`,
    `${f.letters} letters, ${f.copies} copies, ${f.unknown} times counted as unknown, ${f.seconds.toFixed(0)} s`,
    `${broken.length} promises broken`,
  ].join('; ');
