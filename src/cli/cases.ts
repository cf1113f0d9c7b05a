import type { Command } from 'commander';
import { caseRows, oneCase } from '../store/case-list.ts';
import { closeCase } from '../store/cases.ts';
import { withHouse } from './open.ts';
import { paint, print, printJson, table } from './terminal.ts';

const short = (iso: string | null): string => (iso ? iso.slice(0, 16).replace('T', ' ') : '');

async function list(options: { site?: string; status?: string; json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    const rows = await caseRows(house.database, options);
    if (options.json) for (const row of rows) printJson(row);
    else if (rows.length === 0) print('No cases.');
    else
      print(
        table(
          ['case', 'site', 'sev', 'status', 'due (UTC)', 'title'],
          rows.map((row) => [row.number, row.site, String(row.severity), row.status, short(row.due), row.title]),
        ),
      );
  });
}

async function show(number: string, options: { json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    const found = await oneCase(house.database, number);
    if (!found) {
      process.stderr.write(`There is no case ${number}.\n`);
      process.exitCode = 1;
      return;
    }
    if (options.json) return printJson(found);
    print(`${paint('bold', `Case ${found.number}`)}  ${found.title}`);
    print(
      `  site ${found.site} · severity ${found.severity} · ${found.kind} · ${found.status} · opened ${short(found.openedAt)} · due ${short(found.due)}`,
    );
    for (const message of found.messages) {
      print(
        `\n${paint(message.direction === 'in' ? 'cyan' : 'green', message.direction === 'in' ? '→' : '←')} ${message.from}  ${paint('dim', short(message.at))}`,
      );
      print(message.text.trimEnd().replace(/^/gm, '  '));
    }
  });
}

async function close(number: string): Promise<void> {
  await withHouse(async (house) => {
    const result = await closeCase(house.database, number, 'command');
    if (result === 'closed') return print(`Case ${number} is closed.`);
    process.stderr.write(
      result === 'not-found' ? `There is no case ${number}.\n` : `Case ${number} was closed before.\n`,
    );
    process.exitCode = 1;
  });
}

export function caseCommands(program: Command): void {
  program
    .command('cases')
    .option('--site <number>', 'of one site')
    .option('--status <status>', 'open or closed')
    .option('--json', 'one line of JSON a case')
    .description('cases, newest first')
    .action(list);
  const one = program.command('case').description('one case: show it, or close it');
  one
    .command('show', { isDefault: true })
    .argument('<number>')
    .option('--json', 'as JSON')
    .description('one case with its messages')
    .action(show);
  one.command('close').argument('<number>').description('close a case').action(close);
}
