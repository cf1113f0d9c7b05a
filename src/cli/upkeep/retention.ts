/** How long what is stored is kept: `postern retention`, `postern retention run` (POLICY §11.5). */
import type { Command } from 'commander';
import { listRetention, runRetention } from '../../flows/upkeep/retention.ts';
import type { App } from '../../runtime/app.ts';
import { withApp } from '../open.ts';
import { print, printJson, table } from '../output/terminal.ts';
import { readableTimes } from '../output/times.ts';

type Flags = { json?: boolean; dryRun?: boolean };

const depsOf = ({ database, settings: { retention }, log, meter }: App) => ({ database, retention, log, meter });
const dayOf = (at: string | null): string => (at === null ? '' : readableTimes(at));

async function list({ json }: Flags): Promise<void> {
  await withApp(async (app) => {
    const all = await listRetention(depsOf(app));
    if (json) {
      for (const one of all) printJson(one);
      return;
    }
    const rows = all.map((one) => [one.kind, one.kept, `${one.due}`, dayOf(one.next), `${one.gone}`, one.goes]);
    print(table(['kind', 'kept', 'would go now', 'next look', 'gone so far', 'what goes'], rows));
  });
}

async function run({ json, dryRun }: Flags): Promise<void> {
  await withApp(async (app) => {
    const before = await listRetention(depsOf(app));
    const due = before.filter((one) => one.due > 0);
    if (!dryRun) {
      await runRetention(depsOf(app), { actor: 'command', all: true });
    }
    const after = new Map((dryRun ? [] : await listRetention(depsOf(app))).map((one) => [one.kind, one.gone]));
    const told = (dryRun ? due : before).flatMap(({ kind, goes, due: count, gone }) => {
      const rows = dryRun ? count : (after.get(kind) ?? gone) - gone;
      return rows > 0 ? [{ kind, rows, goes }] : [];
    });
    if (json) {
      for (const one of told) printJson(one);
      return;
    }
    if (told.length === 0) return print('Nothing is past its time.');
    if (dryRun) print('Nothing was deleted. It would come to this:');
    for (const { kind, rows, goes } of told) print(`${dryRun ? '  ' : ''}${kind}: ${rows} (${goes})`);
  });
}

export function retentionCommands(program: Command): void {
  const group = program
    .command('retention')
    .description('how long what is stored is kept, and what is past its time')
    .option('--json', 'one line of JSON a kind')
    .action(list);
  group
    .command('run')
    .description('delete what is past its time now, and not only when its day comes round')
    .option('--dry-run', 'say how many rows of each kind would go, delete nothing')
    .option('--json', 'one line of JSON a kind')
    .action(run);
}
