import { type Command, InvalidArgumentError } from 'commander';
import { searchWords } from '../cases/search-words.ts';
import { type CaseDetail, type CaseEvent, type CaseMessage, openReports } from '../flows/reports/reports.ts';
import { isSiteNumber } from '../registry/site.ts';
import type { App } from '../runtime/app.ts';
import { siteThere } from '../store/reports/site-there.ts';
import { caseActCommands } from './case-acts.ts';
import { withApp } from './open.ts';
import { paint, print, printJson, table, terminalColumns, wrap } from './output/terminal.ts';
import { printAttachments, printText } from './output/text-lines.ts';
import { utc, utcOr } from './output/times.ts';
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

type Shown = { readonly at: string; readonly lines: () => void };

const marks = { in: ['cyan', '→'], out: ['green', '←'], note: ['yellow', '✎'] } as const;

function messageLines(message: CaseMessage): void {
  const [color, mark] = marks[message.direction];
  const what = message.automatic && message.direction === 'in' ? '  automatic' : '';
  print(`\n${paint(color, mark)} ${message.from}  ${paint('dim', `${utc(message.at)}${what}`)}`);
  printText(message.text);
  printAttachments(message.attachments as { name?: string; type?: string; size?: number }[]);
  if (message.unreadParts.length > 0) aside(`[not read: ${message.unreadParts.join(', ')}]`);
}

function aside(text: string): void {
  for (const line of wrap(text, terminalColumns() - 2)) print(paint('dim', `  ${line}`));
}

const plain = (detail: unknown): string =>
  Object.entries((detail ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== null && value !== false && typeof value !== 'object')
    .map(([name, value]) => `${name} ${/^\d{4}-\d\d-\d\dT/.test(String(value)) ? utc(String(value)) : value}`)
    .join(', ');

function eventLine(event: CaseEvent): void {
  const more = [plain(event.detail), event.mail ? `mail ${event.mail}` : ''].filter(Boolean).join(', ');
  const says = `· ${event.kind.replaceAll('-', ' ')}${more ? ` (${more})` : ''}  ${utc(event.at)}`;
  print('');
  wrap(says, terminalColumns() - 2).forEach((line, i) => {
    print(paint('dim', i === 0 ? line : `  ${line}`));
  });
}

function head(found: CaseDetail): void {
  const name = `Case ${found.number}`;
  wrap(found.title, terminalColumns() - name.length - 2).forEach((line, i) => {
    print(`${i === 0 ? paint('bold', name) : ' '.repeat(name.length)}  ${line}`);
  });
  const facts = [
    `site ${found.site}`,
    `severity ${found.severity}`,
    found.kind,
    found.product && `${found.product} ${found.version ?? ''}`.trim(),
    found.status,
    found.provisional && 'provisional',
    found.underCovered && 'under-covered',
    found.owner && `owner ${found.owner}`,
    found.clock.waiting && `waits since ${utc(found.clock.waiting.since)}`,
    `opened ${utc(found.openedAt)}`,
    found.proposedAt && `solution proposed ${utc(found.proposedAt)}`,
    found.satisfaction && `found ${found.satisfaction.score} of 5`,
    found.closedAt ? `closed ${utc(found.closedAt)}` : found.due && `due ${utc(found.due)}`,
    found.participants.length > 0 && `with ${found.participants.join(', ')}`,
    ...found.links.map((link) => `${link.kind.replaceAll('-', ' ')} ${link.case}`),
  ];
  for (const line of wrap(facts.filter(Boolean).join(' · '), terminalColumns() - 2)) print(`  ${line}`);
  print(paint('dim', '  → from the customer  ← from us  ✎ note  · event'));
}

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
    head(found);
    const all: Shown[] = [
      ...found.events.map((event) => ({ at: event.at, lines: () => eventLine(event) })),
      ...found.messages.map((message) => ({ at: message.at, lines: () => messageLines(message) })),
    ];
    for (const one of all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) one.lines();
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
