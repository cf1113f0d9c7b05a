/** The pause switch of the way out (MAIL.md §4), and the letters that were not sent (POLICY §3 "Letters, how many"). */
import { type Command, InvalidArgumentError } from 'commander';
import { markLetter, unmarkLetter } from '../acts/letters/mark-letter.ts';
import { sendLetterAgain } from '../acts/letters/send-again.ts';
import { releaseLetter, suppressLetter } from '../acts/letters/waiting-letter.ts';
import type { letterMarks } from '../changes/letter.ts';
import { pauseLetters, pausePreview, resumeLetters } from '../flows/letters/pause-letters.ts';
import { normaliseAddress } from '../mail/address/address.ts';
import type { App } from '../runtime/app.ts';
import { listLetters } from '../store/letters/letter-list.ts';
import { backlog } from '../store/upkeep/backlog.ts';
import { maskPins } from '../web/mask.ts';
import { actCommand } from './acts/act-command.ts';
import { withApp } from './open.ts';
import { print, printJson, table } from './output/terminal.ts';
import { readableTimes, utc } from './output/times.ts';

const mostListed = 1_000;

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > mostListed)
    throw new InvalidArgumentError(`It has to be a number from 1 to ${mostListed}.`);
  return number;
}

type Switching = { dryRun?: boolean; as?: string };

const by = ({ as }: Switching) => ({ kind: 'command', staff: as ?? null }) as const;

/** True where only that was asked for. */
async function onlyPreviewed(app: App, word: 'pause' | 'resume', { dryRun }: Switching): Promise<boolean> {
  if (!dryRun) return false;
  print('Nothing was written. It would come to this:');
  for (const says of await pausePreview(app.database, word)) print(`  ${readableTimes(says)}`);
  return true;
}

async function pause(reason: string[], options: Switching): Promise<void> {
  await withApp(async (app) => {
    if (await onlyPreviewed(app, 'pause', options)) return;
    const now = await pauseLetters(app, { reason: reason.join(' '), by: by(options) });
    print(
      now
        ? 'No letter goes out until: postern letters resume. What is being handed over just now is finished.'
        : 'They were paused already; the reason is the new one.',
    );
  });
}

async function resume(options: Switching): Promise<void> {
  await withApp(async (app) => {
    if (await onlyPreviewed(app, 'resume', options)) return;
    const back = await resumeLetters(app, { by: by(options) });
    if (back === null) {
      print('They were not paused.');
      return;
    }
    await app.relay.idle();
    print(`Letters go out again${back > 0 ? `; ${back} that waited are on their way` : ''}.`);
  });
}

type Listing = { suppressed?: boolean; to?: string; limit: number; json?: boolean };

/** Newest first, each with its reason. */
async function suppressed(options: Listing): Promise<void> {
  await withApp(async (app) => {
    const to = options.to === undefined ? undefined : (normaliseAddress(options.to) ?? options.to);
    const { items, next } = await listLetters(app.database, {
      state: 'suppressed',
      to,
      before: null,
      limit: options.limit,
    });
    if (options.json) {
      for (const one of items) printJson({ ...one, subject: maskPins(one.subject) });
      return;
    }
    if (items.length === 0) {
      print(to === undefined ? 'No letter is suppressed.' : `No letter to ${to} is suppressed.`);
      return;
    }
    print(
      table(
        ['letter', 'written', 'kind', 'to', 'mail', 'case', 'why'],
        items.map((one) => [
          one.id,
          utc(one.createdAt),
          one.template,
          one.to,
          one.causedBy ?? '',
          one.case ?? '',
          one.stateReason ?? '',
        ]),
      ),
    );
    if (next !== null) print(`There are more; --limit shows up to ${mostListed}.`);
  });
}

async function status(options: Listing): Promise<void> {
  if (options.suppressed) return suppressed(options);
  await withApp(async (app) => {
    const { stopped, restSeconds, restReason, held, waiting } = await backlog(app.database);
    if (options.json)
      return printJson({
        state: stopped ? 'paused' : restSeconds > 0 ? 'resting' : 'going',
        since: stopped?.at ?? null,
        by: stopped?.by ?? null,
        reason: stopped ? stopped.reason || null : restSeconds > 0 ? restReason : null,
        restSeconds: Math.ceil(restSeconds),
        held,
        waiting,
      });
    if (stopped) print(`Paused since ${utc(stopped.at)} by ${stopped.by}: ${stopped.reason || 'no reason given'}`);
    else if (restSeconds > 0) print(`The way out rests for another ${Math.ceil(restSeconds)} s: ${restReason ?? ''}`);
    else print('Letters go out.');
    if (held > 0) print(`${held} are held back by the rate, a rest or the pause.`);
    if (waiting > 0) print(`${waiting} to mail that was old when first seen wait to be released.`);
  });
}

export function letterCommands(program: Command): void {
  const letters = program.command('letters').description('whether letters go out, and which were not sent');
  letters
    .command('status', { isDefault: true })
    .description('whether letters go out, and why not')
    .option('--suppressed', 'list the letters that were not sent, each with its reason')
    .option('--to <address>', 'with --suppressed: only letters to this address')
    .option('--limit <number>', 'with --suppressed: at most so many, the newest', count, 50)
    .option('--json', 'as JSON; with --suppressed one line each')
    .action(status);
  letters
    .command('pause')
    .argument('[reason...]', 'shown by doctor and /readyz')
    .description('let no letter out; they are written and wait')
    .option('--dry-run', 'only say what would follow')
    .option('--as <address>', 'the member of staff for whom it is done')
    .action(pause);
  for (const [name, act] of [
    ['release', releaseLetter],
    ['suppress', suppressLetter],
    ['send-again', sendLetterAgain],
    ['unmark', unmarkLetter],
  ] as const)
    actCommand(letters, act, { name, arguments: ['<id>'], read: ([id = '']) => ({ letter: id }) });
  actCommand(letters, markLetter, {
    name: 'mark',
    arguments: ['<id>', '<reached|not-needed>'],
    read: ([id = '', as = '']) => ({ letter: id, as: as as (typeof letterMarks)[number] }),
  });
  letters
    .command('resume')
    .description('let them out again')
    .option('--dry-run', 'only say what would follow')
    .option('--as <address>', 'the member of staff for whom it is done')
    .action(resume);
}
