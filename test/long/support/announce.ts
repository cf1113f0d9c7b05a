/** POLICY §10.6 at size: an announcement by real processes against an SMTP server, paused, resumed, killed with -9 and measured. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { commit } from '../../../src/flows/acts/commit.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { key } from '../../support/app.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { remove, scratch } from '../../support/process.ts';
import { type Kind, workerFleet } from '../../support/processes/processes.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startSmtpSink } from '../../support/servers/smtp-sink.ts';
import { limitOf } from './bare-letters.ts';
import { brokenOfLetters, letterCounter } from './letter-counter.ts';

const by = { kind: 'command', staff: null } as const;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export type AnnounceRun = {
  readonly recipients: number;
  /** Shares of the recipients at which it is paused and resumed, and at which a process of a kind is killed. */
  readonly pauses: readonly number[];
  readonly kills: readonly (readonly [number, Kind])[];
  /** The shares between which it is left alone and measured. */
  readonly measured: readonly [number, number];
  /** Milliseconds that the server takes for a letter before it says 250, on each of its connections. */
  readonly answersIn: number;
};
const parts = ['scheduler', 'outbound', 'database', 'server'] as const;
type Part = (typeof parts)[number];
export type AnnounceFigures = {
  readonly seconds: number;
  /** Letters a second, undisturbed; and how many the same server takes of bare ones by as many connections, before and after. */
  readonly rate: number;
  readonly limit: number;
  /** The highest resident size of any process of its kind, in MB. */
  readonly peak: Readonly<Record<'scheduler' | 'outbound', number>>;
  readonly copies: number;
  readonly unknown: number;
  /** The most that came behind a pause. */
  readonly behindPause: number;
  /** Milliseconds of processor time a letter while it was measured. */
  readonly cost: Readonly<Record<Part, number>>;
};

/** As many as our own worker opens by default. */
const connections = 5;
const perSite = 20;
const sitesSql = (sites: number): string => `
insert into products (name) values ('Vault');
insert into sites (number, name, country, timezone, language) select (1000000 + n)::text, 'Firm ' || n, 'GB', 'Europe/London', 'en' from generate_series(1, ${sites}) n;
insert into contacts (site_id, name, role, types, position) select s.id, 'P' || n, case n when 1 then 'primary' else 'authorized user' end, '{}', n from sites s, generate_series(1, ${perSite}) n;
insert into contact_addresses (site_id, contact_id, address, main) select site_id, id, 'p' || id || '@f' || site_id || '.example', true from contacts;
insert into plans (site_id, kind, valid_from, valid_to, position) select id, 'standard', '2026-01-01', '2036-12-31', 1 from sites;
insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) select s.id, k || s.id, 1, k, 5, '2026-01-01', '2036-12-31', 1 from sites s, (values ('user'), ('support')) v(k);
analyze;`;

/** Some four paragraphs, as such a letter is. */
const file = `---
name: all
kind: announcements
subject: The desk moves to another floor
---
From **1 February** you find us on the third floor.

${'What you have with us stays as it is: addresses, numbers, hours and contracts. '.repeat(6)}

- telephone and mail stay the same
- visitors come in by the main door

${'Whoever has a question about that writes to us as always. '.repeat(4)}
`;

/** Milliseconds of processor time that it has used, in steps of 10. */
function workOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0;
  }
}

const residentOf = (pid: number): number => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

export async function announce(run: AnnounceRun): Promise<{ figures: AnnounceFigures; broken: string[] }> {
  const { recipients } = run;
  const fresh = await freshDatabase();
  const counter = letterCounter();
  const bare = letterCounter();
  // Either kind costs the server the same.
  const sink = await startSmtpSink({
    take(letter) {
      (letter.rcptTo[0] === 'bare@limit.example' ? bare : counter).take(letter);
      return run.answersIn > 0 ? pause(run.answersIn) : undefined;
    },
  });
  const folder = scratch('announce');
  const config = join(folder, 'fast.yaml');
  // Neither the rate of letters is looked at, nor how long a letter waits that was cut.
  const fast = 'lettersPerMinute: 1000000, lettersPerMinutePerDomain: 1000000, unknownMinutes: 0.05';
  writeFileSync(config, `policy: { letters: { ${fast} } }\n`);
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  const ask = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => (await client.query<T>(text)).rows;
  await client.query(sitesSql(recipients / perSite));
  const database = openDatabase(fresh.url, silentLog, 2);
  const deps = letterDeps(database);
  const env = {
    ...{ DATABASE_URL: fresh.url, POSTERN_CONFIG: config, SMTP_URL: sink.url, SECRET_KEY: key },
    ...{ SUPPORT_ADDRESS: 'support@desk.example', DNS_SERVERS: 'off', LOG_LEVEL: 'warn' },
  };
  const fleet = workerFleet(env, folder, { launched: true });
  const act = async (name: string, input: object) => {
    const done = await commit(deps, { act: name, input, by });
    if (done.kind === 'refused') throw new Error(done.says);
  };
  const peak = { scheduler: 0, outbound: 0 };
  const watching = setInterval(() => {
    for (const kind of ['scheduler', 'outbound'] as const)
      for (const { pid } of fleet.of(kind)) if (pid) peak[kind] = Math.max(peak[kind], residentOf(pid));
  }, 100);
  /** Of the same bytes, one letter after the other for some seconds. */
  const limitNow = async (): Promise<number> => {
    const raw = Buffer.from((await ask<{ raw: Buffer }>('select raw from letters limit 1'))[0]?.raw ?? Buffer.alloc(0));
    return limitOf({ url: sink.url, connections, seconds: 6, raw });
  };
  /** By process, of those that are there now. */
  const workNow = async (): Promise<Map<number, { readonly part: Part; readonly ms: number }>> => {
    const backends = await ask<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const all = [
      ...(['scheduler', 'outbound'] as const).flatMap((part) => fleet.of(part).map(({ pid = 0 }) => ({ part, pid }))),
      ...backends.map(({ pid }) => ({ part: 'database' as const, pid })),
      { part: 'server' as const, pid: process.pid },
    ];
    return new Map(all.map(({ part, pid }) => [pid, { part, ms: workOf(pid) }]));
  };
  try {
    await act('write-announcement', { text: file });
    await act('start-announcement', { id: 'all' });
    fleet.start('scheduler');
    fleet.start('outbound');
    const began = performance.now();
    const passed = () => (performance.now() - began) / 1000;
    const here = () => counter.came.size / recipients;
    const until = async (share: number) => {
      while (here() < share) {
        await pause(20);
        if (passed() > 3_600) throw new Error(`${counter.came.size} letters within an hour\n${fleet.said()}`);
      }
    };
    let behindPause = 0;
    const disturbances = [
      ...run.kills.map(([share, kind]) => ({ share, does: async () => void (await fleet.replace(kind)) })),
      ...run.pauses.map((share) => ({
        share,
        does: async () => {
          await act('pause-announcement', { id: 'all' });
          const before = counter.came.size;
          await pause(1_500);
          behindPause = Math.max(behindPause, counter.came.size - before);
          await act('resume-announcement', { id: 'all' });
        },
      })),
    ].toSorted((a, b) => a.share - b.share);
    for (const { share, does } of disturbances) {
      await until(share);
      await does();
    }
    const [from, to] = run.measured;
    await until(from);
    const [count, at, before] = [counter.came.size, passed(), await workNow()];
    await until(to);
    const many = counter.came.size - count;
    const rate = many / (passed() - at);
    const cost = { scheduler: 0, outbound: 0, database: 0, server: 0 };
    for (const [pid, { part, ms }] of await workNow()) cost[part] += (ms - (before.get(pid)?.ms ?? 0)) / many;
    const open = `select (select count(*) from announcements where state <> 'finished') + (select count(*) from letters where state in ('queued', 'unknown')) as n`;
    while (Number((await ask<{ n: string }>(open))[0]?.n) > 0) {
      await pause(500);
      if (passed() > 3_600) throw new Error(`not finished within an hour\n${fleet.said()}`);
    }
    const seconds = passed();
    await fleet.kill();
    const limit = await limitNow();
    const had = counter.byRecipient();
    const { broken, letters, unknown } = await brokenOfLetters(ask, counter);
    const twice = [...had.values()].filter((ids) => ids.length > 1).length;
    if (twice > 0) broken.push(`§10.6: ${twice} recipients have two letters`);
    if (had.size !== recipients) broken.push(`§10.6: ${had.size} of ${recipients} recipients have their letter`);
    const figures = { seconds, rate, limit, peak, copies: counter.all() - letters, unknown, behindPause, cost };
    return { broken, figures };
  } finally {
    clearInterval(watching);
    await fleet.kill();
    await Promise.all([client.end(), database.close(), sink.stop()]);
    await fresh.drop();
    remove(folder);
  }
}

export const announceInWords = ({ recipients, pauses, kills, answersIn }: AnnounceRun, f: AnnounceFigures): string =>
  [
    `announcement to ${recipients}: ${f.seconds.toFixed(0)} s with ${pauses.length} pauses and ${kills.length} kills`,
    `undisturbed ${f.rate.toFixed(0)} letters/s, ${((100 * f.rate) / f.limit).toFixed(0)} % of the ${f.limit.toFixed(0)} that the server takes by ${connections} connections where it answers in ${answersIn} ms`,
    `processor time a letter: ${parts.map((part) => `${part} ${f.cost[part].toFixed(2)} ms`).join(', ')}`,
    `${f.copies} copies for ${f.unknown} times unknown, at most ${f.behindPause} letters behind a pause`,
    `at most ${f.peak.outbound.toFixed(0)} MB outbound, ${f.peak.scheduler.toFixed(0)} MB scheduler`,
  ].join('; ');
