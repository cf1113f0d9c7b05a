/** `postern renewals run`: what the clock does each minute, at once. */
import type { Command } from 'commander';
import { planRenewals, renewalsDue, runRenewals } from '../../flows/renewals/run-renewals.ts';
import type { App } from '../../runtime/app.ts';
import { dueRenewals, sitesToPlan } from '../../store/renewals/due.ts';
import { renewalSchedule } from '../../store/renewals/records.ts';
import { withApp } from '../open.ts';
import { fail, print, printJson, progress } from '../output/terminal.ts';
import { printSentence } from '../output/times.ts';

const all = 1_000_000;

/** What would go out now, and what would not and why, as the clock would judge it in this moment. */
async function dry(app: App, json = false): Promise<void> {
  const toPlan = (await sitesToPlan(app.database, all)).length;
  let [due, letters] = [0, 0];
  if (!json) print('Nothing was written. It would come to this:');
  for await (const one of renewalsDue(app)) {
    due += 1;
    letters += one.to.length;
    if (json) printJson(one);
    else for (const says of one.says) printSentence(`${one.renewal}: ${says}`);
  }
  if (json) return;
  const to = letters === 1 ? '1 person' : `${letters} people`;
  print(`${due === 1 ? '1 letter is' : `${due} letters are`} due, to ${to}.`);
  if (toPlan > 0)
    print(
      `${toPlan === 1 ? '1 site is' : `${toPlan} sites are`} looked at before that; what their contracts bring about now comes on top.`,
    );
}

async function run({ dryRun, json }: { dryRun?: boolean; json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const { running, pausedAt } = await renewalSchedule(app.database);
    if (!running || pausedAt !== null) {
      const what = running
        ? 'paused: `npx postern renewals resume`'
        : 'standing still: `npx postern schedule start renewals`';
      return fail(`Renewals are ${what}.`);
    }
    if (dryRun) return dry(app, json);
    const sites = progress((await sitesToPlan(app.database, all)).length, 'sites');
    const planned = await planRenewals(app, { most: all, step: sites.step });
    sites.done();
    const letters = progress((await dueRenewals(app.database, all)).length, 'letters');
    const judged = await runRenewals(app, { most: all, step: letters.step });
    letters.done();
    app.relay.wake();
    await app.relay.idle();
    if (json) printJson({ planned, judged });
    else
      print(
        `${planned === 1 ? '1 site was' : `${planned} sites were`} looked at, ${judged === 1 ? '1 letter' : `${judged} letters`} due.`,
      );
  });
}

export const runCommand = (group: Command): Command =>
  group
    .command('run')
    .description('plan and send what is due, as the clock does each minute')
    .option('--dry-run', 'say what is due, change nothing')
    .option('--json', 'as JSON')
    .action(run);
