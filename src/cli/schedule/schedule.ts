/** What runs when: `postern schedule`; letters on a schedule: `postern schedule start|stop KIND`. */
import { Argument, type Command } from 'commander';
import { clockJobs } from '../../../workers/clock-jobs.ts';
import { startSchedule } from '../../acts/schedule/start-schedule.ts';
import { stopSchedule } from '../../acts/schedule/stop-schedule.ts';
import { perform } from '../../flows/acts/perform.ts';
import { runSupportEnds } from '../../flows/announcements/run-support-ends.ts';
import { planRenewals } from '../../flows/renewals/run-renewals.ts';
import { listSchedules } from '../../flows/schedule/list-schedules.ts';
import { planSchedules } from '../../flows/schedule/run-schedules.ts';
import { type ListedJob, listJobs } from '../../flows/upkeep/clock-runs.ts';
import { scheduleKinds } from '../../notices/turns.ts';
import type { App } from '../../runtime/app.ts';
import { actCommand, comesTo } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { confirmed, fail, print, printJson, table } from '../output/terminal.ts';
import { printSentence, readableTimes } from '../output/times.ts';

type Flags = { dryRun?: boolean; as?: string; json?: boolean; yes?: boolean };

const minuteOf = (at: string | null): string => (at === null ? '' : readableTimes(at));

/** A terminal is shown so many; --json has all of them. */
const mostSites = 20;

const often = (seconds: number): string => (seconds < 60 ? `${seconds} s` : `${seconds / 60} min`);
function cameTo({ last, did, didAt, failure, failedAt }: ListedJob): string {
  if (failure !== null) return `failed: ${failure}`;
  const done = didAt === null ? 'nothing was due' : `${did} on ${minuteOf(didAt)}`;
  return last === null ? 'has not run' : failedAt === null ? done : `${done}; failed ${minuteOf(failedAt)}`;
}

/** What runs by the clock whether or not letters on a schedule were started. */
function printJobs(jobs: readonly ListedJob[]): void {
  print('');
  print('Jobs of the clock, run by `postern start` and `postern work scheduler`:');
  print(
    table(
      ['job', 'every', 'last', 'next', 'came to', 'what'],
      jobs.map((one) => [
        ...[one.job, often(one.everySeconds), minuteOf(one.last), minuteOf(one.next), cameTo(one), one.does],
      ]),
    ),
  );
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const all = await listSchedules(app);
    const jobs = await listJobs(app.database, clockJobs(app));
    if (json) {
      for (const one of [...all, ...jobs]) printJson(one);
      return;
    }
    const stateOf = ({ kind, running, since }: (typeof all)[number]) => {
      if (kind === 'welcome') return 'when asked for';
      return running ? `runs since ${since?.slice(0, 10)}` : 'stands still';
    };
    const nextOf = ({ kind, next, sites }: (typeof all)[number]) => {
      const what = kind === 'end-of-support' ? 'version' : 'site';
      return next === null ? '' : `${minuteOf(next)}, ${sites} ${sites === 1 ? what : `${what}s`}`;
    };
    const lately = (counts: Readonly<Record<string, number>>) =>
      Object.entries(counts)
        .map(([result, count]) => `${count} ${result}`)
        .join(', ');
    print(
      table(
        ['kind', 'state', 'next', 'last 31 days', 'when'],
        all.map((one) => [one.kind, stateOf(one), nextOf(one), lately(one.lately), one.rhythm]),
      ),
    );
    printJobs(jobs);
    const open = all.flatMap(({ unanswered }) => unanswered);
    if (open.length === 0) return;
    print('');
    print('Not answered who may open cases; nothing changes until somebody does:');
    print(
      table(
        ['site', 'name', 'quarter', 'people'],
        open.slice(0, mostSites).map((one) => [one.siteNumber, one.siteName, one.period, `${one.open}`]),
      ),
    );
    if (open.length > mostSites) print(`… and ${open.length - mostSites} more; --json has all of them.`);
  });
}

/** What is planned at once, so that the list shows it. */
const planned = {
  'contact-lists': planSchedules,
  're-attestation': planSchedules,
  renewals: planRenewals,
  'end-of-support': runSupportEnds,
} satisfies Record<(typeof scheduleKinds)[number], (app: App) => Promise<number>>;

/** Shows how many letters go to whom, asks on a terminal, and starts what was shown. */
async function start(kind: (typeof scheduleKinds)[number], { dryRun, as, json, yes }: Flags): Promise<void> {
  await withApp(async (app) => {
    const asked = { act: startSchedule.name, input: { kind }, by: { kind: 'command', staff: as ?? null } } as const;
    const shown = await perform(app, { ...asked, preview: true });
    if (shown.kind === 'refused') return fail(shown.says);
    if (shown.kind !== 'preview') throw new Error(`not shown: ${shown.kind}`);
    if (dryRun) {
      if (json) return printJson(shown.preview);
      print('Nothing was written. It would come to this:');
      for (const { says } of shown.preview.changes) printSentence(says);
      return;
    }
    if (!json) for (const { says } of shown.preview.changes) printSentence(says);
    const asks = !yes && !json && process.stdin.isTTY && process.stdout.isTTY;
    if (asks && !(await confirmed(`Start ${kind}?`))) return print('It stands still.');
    const done = await perform(app, { ...asked, expect: shown.preview.fingerprint });
    if (done.kind === 'refused') return fail(done.says);
    if (done.kind !== 'done') return fail('What follows has changed meanwhile; nothing was started. Try again.');
    await planned[kind](app);
    if (json) printJson(done.done);
    else print(`${kind} was started. \`npx postern schedule stop ${kind}\` lets it stand still again.`);
  });
}

export function scheduleCommands(program: Command): void {
  const kind = () => new Argument('<kind>').choices(scheduleKinds);
  const group = program
    .command('schedule')
    .description('what runs when, and next: letters on a schedule, and every job of the clock')
    .option('--json', 'one line of JSON a kind and a job')
    .action(list);
  comesTo(
    group
      .command('start')
      .addArgument(kind())
      .description(startSchedule.does)
      .option('--dry-run', 'say how many letters go to whom, change nothing')
      .option('--yes', 'do not ask')
      .option('--as <address>', 'the member of staff for whom it is done')
      .option('--json', 'as JSON')
      .action(start),
    startSchedule,
  );
  actCommand(group, stopSchedule, { name: 'stop', arguments: ['<kind>'], read: ([name]) => ({ kind: name }) });
}
