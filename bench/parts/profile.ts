/** Where the time goes: Postern under load with --cpu-prof, its statements counted, and who used the processors. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { round } from '../lib/numbers.ts';
import { home } from '../lib/postern.ts';
import type { Bench } from '../lib/world.ts';
import { runPostern, type Task } from './one-run.ts';
import { nameOf } from './throughput.ts';

type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };
type Profile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
};

/** `pg`, `bullmq` …; our own code by its module; what Node does by its module. */
function moduleOf({ url, functionName }: Frame): string {
  const parcel = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (parcel) return parcel;
  if (url.includes(home)) {
    const [top, module] = url.slice(url.indexOf(home) + home.length + 1).split('/');
    return top === 'src' ? `src/${module}` : (top ?? '');
  }
  if (url.startsWith('node:')) return url;
  return functionName.startsWith('(') ? functionName : 'built in';
}

const shortOf = (frame: Frame): string =>
  `${frame.functionName || '(anonymous)'} ${frame.url.split('node_modules/').at(-1)?.replace(`file://${home}/`, '') ?? ''}:${frame.lineNumber + 1}`;

/** Self time in milliseconds within a window of the shared clock, by module and by function. */
function selfTimes(profile: Profile, from: number, to: number) {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const modules = new Map<string, number>();
  const functions = new Map<string, number>();
  let at = profile.startTime / 1000;
  let all = 0;
  for (const [i, id] of profile.samples.entries()) {
    const took = (profile.timeDeltas[i] ?? 0) / 1000;
    at += took;
    const frame = frames.get(id);
    if (!frame || at < from || at > to) continue;
    all += took;
    const module = moduleOf(frame);
    modules.set(module, (modules.get(module) ?? 0) + took);
    if (module !== '(idle)') functions.set(shortOf(frame), (functions.get(shortOf(frame)) ?? 0) + took);
  }
  return { modules, functions, all, idle: modules.get('(idle)') ?? 0 };
}

const top = (times: ReadonlyMap<string, number>, count: number, all: number, mails: number): string =>
  [...times]
    .filter(([name]) => name !== '(idle)')
    .sort((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(
      ([name, ms]) =>
        `${`${round((ms / all) * 100)} %`.padStart(8)} ${`${round(ms / mails)} ms`.padStart(9)} a mail  ${name}`,
    )
    .join('\n');

/** The bench has to run on a PostgreSQL that has pg_stat_statements loaded. */
export async function profile(bench: Bench, task: Task, say: (text: string) => void): Promise<void> {
  const folder = join(bench.folder, `profile-${process.pid}-${task.queues}`);
  mkdirSync(folder);
  const { databases } = bench;
  let window = { from: 0, to: 0 };
  let statements: { calls: number; ms: number; query: string; rows: number }[] = [];
  let commits = 0;
  const commitsOf = async (database: string): Promise<number> => {
    const text = `select pg_stat_clear_snapshot(), xact_commit::int as n from pg_stat_database where datname = '${database}'`;
    return (await databases.query<{ n: number }>('postgres', text))[0]?.n ?? 0;
  };
  const run = await runPostern(bench, {
    ...task,
    nodeFlags: ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', '500'],
    measured: {
      async before(database) {
        await databases.query(database, 'create extension if not exists pg_stat_statements');
        await databases.query(database, 'select pg_stat_statements_reset()');
        commits = await commitsOf(database);
      },
      async after(database, from, to) {
        window = { from, to };
        commits = (await commitsOf(database)) - commits;
        statements = await databases.query(
          database,
          `select calls::int, total_exec_time as ms, rows::int, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as query from pg_stat_statements
           where dbid = (select oid from pg_database where datname = current_database()) and query !~ 'pg_stat_' order by calls desc`,
        );
      },
    },
  });
  const each = (n: number) => round(n / task.mails);
  say(`\n# ${nameOf(task)}: ${task.mails} mails, ${round(run.rate)} a second while being profiled`);
  const { ownMs, postgresMs, machineMs } = run.load;
  say(
    `processor time a mail: Postern ${each(ownMs)} ms, PostgreSQL ${each(postgresMs)} ms (${round((postgresMs / (ownMs + postgresMs)) * 100)} % of both), machine ${each(machineMs)} ms`,
  );
  const profiles = readdirSync(folder)
    .filter((file) => file.endsWith('.cpuprofile'))
    .map((file) => selfTimes(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile, window.from, window.to))
    .sort((a, b) => b.all - b.idle - (a.all - a.idle));
  for (const [i, times] of profiles.entries()) {
    const busy = times.all - times.idle;
    if (busy < 1) continue;
    say(
      `\n## ${i === 0 ? 'main thread' : `thread ${i}`}: busy ${round((busy / times.all) * 100)} % of ${Math.round(times.all)} ms, ${each(busy)} ms a mail`,
    );
    say(top(times.modules, i === 0 ? 25 : 8, busy, task.mails));
    say(`\nfunctions\n${top(times.functions, i === 0 ? 35 : 8, busy, task.mails)}`);
  }
  const calls = statements.reduce((sum, one) => sum + one.calls, 0);
  say(
    `\n## SQL: ${each(calls)} statements and ${each(commits)} transactions a mail, ${each(statements.reduce((sum, one) => sum + one.ms, 0))} ms a mail within them`,
  );
  for (const one of [...statements].sort((a, b) => b.ms - a.ms).slice(0, 30))
    say(
      `${String(each(one.calls)).padStart(7)} a mail ${`${each(one.ms)} ms`.padStart(9)} a mail ${`${round(one.ms / one.calls)} ms`.padStart(9)} each  ${one.query}`,
    );
}
