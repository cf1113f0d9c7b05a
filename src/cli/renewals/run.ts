/** `postern renewals run`: what the clock does each minute, at once. */
import type { Command } from 'commander';
import { openRenewals } from '../../flows/renewals/list-renewals.ts';
import { planRenewals, runRenewals } from '../../flows/renewals/run-renewals.ts';
import { dueRenewals, sitesToPlan } from '../../store/renewals/due.ts';
import { renewalSchedule } from '../../store/renewals/records.ts';
import { withApp } from '../open.ts';
import { print, printJson, progress } from '../output/terminal.ts';

const all = 1_000_000;

async function run({ dryRun, json }: { dryRun?: boolean; json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const { running, pausedAt } = await renewalSchedule(app.database);
    if (!running || pausedAt !== null) {
      const what = running
        ? 'paused: `npx postern renewals resume`'
        : 'standing still: `npx postern schedule start renewals`';
      process.stderr.write(`Renewals are ${what}.\n`);
      process.exitCode = 1;
      return;
    }
    if (dryRun) {
      const due = await dueRenewals(app.database, all);
      const shown = await Promise.all(due.map((id) => openRenewals(app).one(id)));
      if (json) for (const one of shown) printJson(one);
      else {
        print(`Nothing was written. ${due.length === 1 ? '1 letter is' : `${due.length} letters are`} due.`);
        for (const one of shown) if (one) print(`  ${one.id}: site ${one.site}, ${one.to ?? 'nobody there'}`);
      }
      return;
    }
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
