/** Letters about what ends: `postern renewals preview|list|show|run|hold|release|skip|edit|quote|send|pause|resume|not-told` (POLICY §10). */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Act } from '../../acts/act.ts';
import {
  editRenewal,
  holdRenewal,
  quoteRenewal,
  releaseRenewal,
  sendRenewal,
  skipRenewal,
} from '../../acts/renewals/by-hand.ts';
import { pauseRenewals, resumeRenewals } from '../../acts/renewals/pause-renewals.ts';
import type { OfRenewal } from '../../acts/renewals/run-renewal.ts';
import {
  type ListedRenewal,
  openRenewals,
  type PreviewedRenewal,
  renewalShown,
} from '../../flows/renewals/list-renewals.ts';
import { actCommand } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { print, printJson, table } from '../output/terminal.ts';
import { utc } from '../output/times.ts';
import { wordOf } from '../output/words.ts';
import { runCommand } from './run.ts';

/** A terminal is shown so many; --json has all of them. */
const mostShown = 200;
const mostListed = 50_000;

const days = (text: string): number => {
  const count = Number(text);
  if (!/^\d{1,4}$/.test(text) || count < 1 || count > 1_000)
    throw new InvalidArgumentError('It has to be a number of days from 1 to 1000.');
  return count;
};
const isoDay = (text: string): string => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('It has to be a day such as 2027-06-30.');
  return text;
};

const stepOf = (step: number): string => (step === 0 ? 'on the day' : step < 0 ? `${-step} before` : `${step} after`);
const aboutOf = (items: ListedRenewal['items']): string =>
  items.map((one) => (one.kind === 'plan' ? one.plan : `${one.product} ${one.number}`)).join(', ');
const endOf = ({ items, group }: Pick<ListedRenewal, 'items' | 'group'>): string => items[0]?.to ?? group;
const why = ({ state, reason }: ListedRenewal): string =>
  reason === null || reason === state ? state : `${state}: ${reason}`;

function shownOf<T>(all: readonly T[]): readonly T[] {
  return all.slice(0, mostShown);
}
const more = (count: number): void => {
  if (count > mostShown) print(`… and ${count - mostShown} more; --json has all of them.`);
};

async function preview({ days: within, json }: { days: number; json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const { running, pausedAt, items } = await openRenewals(app).preview(within);
    if (json) for (const one of items) printJson(one);
    else {
      if (items.length === 0) print(`Within ${within} days no letter about a renewal goes out.`);
      else print(table(previewHead, shownOf(items).map(line)));
      more(items.length);
      if (!running)
        print('Renewals stand still: nothing of this goes out before `npx postern schedule start renewals`.');
      if (pausedAt !== null) print(`They are paused since ${utc(pausedAt)}: \`npx postern renewals resume\`.`);
    }
  });
}
const previewHead = ['no.', 'goes out', 'to', 'site', 'ends', 'step', 'representative', 'about'];
const line = (one: PreviewedRenewal): string[] => [
  ...[one.id ?? '', `${utc(one.dueAt)}${one.state === 'held' ? ', held' : ''}`, one.to ?? 'nobody there'],
  ...[`${one.site} ${one.siteName}`, endOf(one), stepOf(one.step)],
  ...[one.representative ?? 'the team', aboutOf(one.items)],
];

type ListFlags = { from?: string; to?: string; state?: ListedRenewal['state']; site?: string; json?: boolean };
async function list({ json, ...filter }: ListFlags): Promise<void> {
  await withApp(async (app) => {
    const items = await openRenewals(app).list({ ...filter, limit: mostListed });
    if (json) for (const one of items) printJson(one);
    else if (items.length === 0) print('There is no such letter about a renewal.');
    else {
      print(
        table(
          ['no.', 'day', 'site', 'ends', 'step', 'to', 'state', 'answers'],
          shownOf(items).map((one) => [
            ...[one.id, one.day, `${one.site} ${one.siteName}`, endOf(one), stepOf(one.step), one.to ?? '', why(one)],
            one.answers.length === 0 ? '' : one.answers.join(', '),
          ]),
        ),
      );
      more(items.length);
    }
  });
}

async function show(id: string, { json }: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const renewals = openRenewals(app);
    const one = /^\d{1,18}$/.test(id) ? await renewals.one(id) : null;
    if (!one) {
      process.stderr.write(`There is no renewal ${id}; \`npx postern renewals list\` has their numbers.\n`);
      process.exitCode = 1;
      return;
    }
    const letter = await renewals.text(id);
    if (json) return printJson({ ...one, letter });
    print(`Renewal ${one.id}, ${stepOf(one.step)}: ${one.site} ${one.siteName}, ends ${endOf(one)}; ${why(one)}.`);
    if (one.quote) print(`Attached: ${one.quote}`);
    for (const { id: sent, role, to, state } of one.letters) print(`Letter ${sent} (${role}) to ${to}: ${state}`);
    for (const mail of one.answers) print(`Answered by mail ${mail}: npx postern mail show ${mail}`);
    if (!letter) return print('Nobody is told of it any more.');
    print(`\nTo: ${one.to ?? 'nobody there can be written to'}\nSubject: ${letter.subject}\n\n${letter.text}`);
  });
}

async function notTold({ json, csv }: { json?: boolean; csv?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const found = await openRenewals(app).notTold();
    if (csv) process.stdout.write(found.csv);
    else if (json) for (const one of found.items) printJson(one);
    else if (!found.running)
      print('Nobody is told of what ends: renewals stand still. `npx postern schedule start renewals` starts them.');
    else if (found.items.length === 0)
      print('Nobody is missing: of every letter that was due since renewals were started somebody was told.');
    else {
      print(
        table(
          ['site', 'name', 'ends', 'step', 'why', 'no.'],
          shownOf(found.items).map((one) => [
            ...[one.site, one.siteName, one.endsOn, stepOf(one.step), one.why, one.renewal],
          ]),
        ),
      );
      more(found.items.length);
    }
  });
}

/** Null: what was wrong has been told. */
async function quoteFile(renewal: string, path: string, command: Command): Promise<unknown> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return command.error(`error: ${path} cannot be read`);
  return { renewal, filename: basename(path), content: bytes.toString('base64') };
}

export function renewalCommands(program: Command): void {
  const group = program.command('renewals').description('letters about licences and plans that end');
  group
    .command('preview')
    .description('what goes out, to whom, when')
    .addOption(new Option('--days <number>', 'within so many days').default(30).argParser(days))
    .option('--json', 'one line of JSON a letter')
    .action(preview);
  group
    .command('list')
    .description('letters about renewals, and what became of them')
    .addOption(new Option('--from <day>', 'that go out on this day or later').argParser(isoDay))
    .addOption(new Option('--to <day>', 'that go out on this day or before').argParser(isoDay))
    .option('--state <state>', renewalShown.join(', '), wordOf('state', renewalShown))
    .option('--site <number>', 'of one site')
    .option('--json', 'one line of JSON a letter')
    .action(list);
  group.command('show <id>').description('one letter, as it reads now').option('--json', 'as JSON').action(show);
  runCommand(group);
  const one = (name: string, act: Act<OfRenewal>) =>
    actCommand(group, act, { name, arguments: ['<id>'], read: ([renewal]) => ({ renewal }) });
  one('hold', holdRenewal);
  one('release', releaseRenewal);
  one('skip', skipRenewal);
  one('send', sendRenewal);
  actCommand(group, editRenewal, {
    name: 'edit',
    arguments: ['<id>', '[text...]'],
    read: ([renewal, ...words]) => ({ renewal, text: words.join(' ') }),
  });
  actCommand(group, quoteRenewal, {
    name: 'quote',
    arguments: ['<id>', '<file>'],
    read: ([renewal = '', path = ''], _: never, command) => quoteFile(renewal, path, command),
  });
  actCommand(group, pauseRenewals, { name: 'pause', arguments: [], read: () => ({}) });
  actCommand(group, resumeRenewals, { name: 'resume', arguments: [], read: () => ({}) });
  group
    .command('not-told')
    .description('accounts that were not told of what ends, and why')
    .option('--csv', 'as a table')
    .option('--json', 'one line of JSON an account')
    .action(notTold);
}
