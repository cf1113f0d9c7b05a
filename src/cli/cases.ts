import { type Command, InvalidArgumentError } from 'commander';
import { searchWords } from '../cases/search-words.ts';
import { type CaseDetail, openReports } from '../flows/reports/reports.ts';
import { isSiteNumber } from '../registry/site.ts';
import type { App } from '../runtime/app.ts';
import { siteThere } from '../store/reports/site-there.ts';
import { caseActCommands } from './case-acts.ts';
import { withApp } from './open.ts';
import { printCase } from './output/case-lines.ts';
import { print, printJson, table } from './output/terminal.ts';
import { utcOr } from './output/times.ts';
import { wordOf } from './output/words.ts';

function siteNumber(given: string): string {
  if (!isSiteNumber(given)) throw new InvalidArgumentError('a site number has seven digits, such as 1000345.');
  return given;
}

const severityWord = wordOf('severity', ['1', '2', '3', '4']);

function moment(given: string): string {
  if (Number.isNaN(Date.parse(given))) throw new InvalidArgumentError('write it such as 2026-03-31T10:00Z.');
  return new Date(given).toISOString();
}

function words(given: string): string {
  if (searchWords(given).length === 0) throw new InvalidArgumentError('it holds no word.');
  return given;
}

const reportsOf = ({ database, settings }: App) => openReports(database, settings.policy.publicHolidays);

type Filter = { site?: string; status?: string; owner?: string; severity?: number; dueBefore?: string; q?: string };

/** The newest 200. */
async function list({ json, ...options }: Filter & { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const { items } = await reportsOf(app).listCases({ ...options, before: null, limit: 200 });
    const rows = items.map(({ id: _, ...row }) => row);
    if (json) for (const row of rows) printJson(row);
    else if (rows.length > 0)
      print(
        table(
          ['case', 'site', 'sev', 'status', 'clock', 'due', 'title'],
          rows.map((row) => [
            row.number,
            row.site,
            String(row.severity),
            row.status,
            clockWord(row),
            utcOr(row.due, ''),
            row.title,
          ]),
        ),
      );
    else if (options.site !== undefined && !(await siteThere(app.database, options.site))) {
      process.stderr.write(`There is no site ${options.site}.\n`);
      process.exitCode = 1;
    } else
      print(`No ${options.status ? `${options.status} ` : ''}cases${options.site ? ` of site ${options.site}` : ''}.`);
  });
}

const clockWord = ({ status, clock }: Pick<CaseDetail, 'status' | 'clock'>): string => {
  if (status === 'closed') return '';
  if (clock.waiting) return 'waits';
  if (clock.state === 'met') return 'answered';
  return clock.state === 'running' && clock.breachedAt ? 'overdue' : clock.state;
};

async function show(number: string, options: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const found = await reportsOf(app).findCase(number);
    if (!found) {
      process.stderr.write(`There is no case ${number}.\n`);
      process.exitCode = 1;
      return;
    }
    if (options.json) {
      const { id: _, ...rest } = found;
      return printJson(rest);
    }
    printCase(found);
  });
}

export function caseCommands(program: Command): void {
  program
    .command('cases')
    .option('--site <number>', 'of one site', siteNumber)
    .option('--status <status>', 'open or closed', wordOf('status', ['open', 'closed']))
    .option('--owner <address>', 'of one of our people')
    .option('--severity <number>', '1 to 4', (given) => Number(severityWord(given)))
    .option('--due-before <time>', 'the first response is owed before then', moment)
    .option('--q <words>', 'words in number, title, requester, site or messages; the last may be a beginning', words)
    .option('--json', 'one line of JSON a case')
    .description('cases, newest first')
    .action(list);
  const one = program.command('case').description('one case: show it, or work on it');
  one
    .command('show', { isDefault: true })
    .argument('<number>')
    .option('--json', 'as JSON')
    .description('one case with its messages and events')
    .action(show);
  caseActCommands(one);
}
