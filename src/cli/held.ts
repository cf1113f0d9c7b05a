/** Held mail in the hands of a person (POLICY §3 "Held mail"). */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { answerHeld, careDone, type HeldResult, refuseHeldMail, releaseHeld } from '../flows/held-mail.ts';
import { isFailure } from '../foundation/failure.ts';
import { outcomes, reasonCodes } from '../intake/decision.ts';
import { type Role, roles } from '../registry/site.ts';
import type { House } from '../runtime/house.ts';
import { careRunning } from '../store/care-clocks.ts';
import { heldMails } from '../store/held.ts';
import { whyUnread } from './files.ts';
import { withHouse } from './open.ts';
import { paint, print, printJson, table } from './terminal.ts';
import { utc } from './times.ts';
import { oneOf } from './words.ts';

const actor = 'command';

/** Kinds of holding, and the reasons within them that are looked for by themselves. */
const kinds = [
  ...outcomes.flatMap((one) => (one.startsWith('held-') ? [one.slice('held-'.length)] : [])),
  ...reasonCodes,
];
const kindOf = oneOf('kind of held mail', kinds);

async function list(options: { reason?: string; json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    const reason = options.reason ? `held-${options.reason}` : null;
    const rows = await heldMails(house.database, reason);
    if (options.json) for (const row of rows) printJson(row);
    else if (rows.length === 0) print(reason === null ? 'No mail is held.' : `No mail is held as ${options.reason}.`);
    else
      print(
        table(
          ['mail', 'arrived', 'held', 'from', 'subject and why'],
          rows.map((row) => [
            row.id,
            utc(row.arrivedAt),
            `${row.outcome.slice('held-'.length)}${row.asked ? ' (asked)' : ''}`,
            row.from ?? '',
            `${row.subject || '(no subject)'}\n${row.reason}`,
          ]),
        ),
      );
  });
}

/** Exit 1 with the reason where it cannot be done. */
async function said<T>(work: (house: House) => Promise<T>, tell: (done: T) => void): Promise<void> {
  await withHouse(async (house) => {
    try {
      tell(await work(house));
    } catch (error) {
      if (!isFailure(error, 'conflict') && !isFailure(error, 'not-found') && !isFailure(error, 'bad-input'))
        throw error;
      process.stderr.write(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}\n`);
      process.exitCode = 1;
    }
    await house.relay.settled();
  });
}

const settled = (json: boolean | undefined) => (done: HeldResult) => {
  if (json) return printJson(done);
  const on = done.case ? `, case ${done.case}` : '';
  print(`Mail ${done.id} was ${done.before} and is ${paint('cyan', done.after)}${on}. ${done.reason}`);
};

type ReleaseOptions = {
  site?: string;
  pin?: string;
  register?: boolean;
  name?: string;
  role?: Role;
  json?: boolean;
};

function release(id: string, options: ReleaseOptions, command: Command): Promise<void> {
  const { site, pin, name, role } = options;
  if (!options.register && (name !== undefined || role !== undefined))
    command.error('error: --name and --role say how the sender is registered: give --register too');
  const register = options.register ? { name, role } : undefined;
  return said((house) => releaseHeld(house.intake(), id, { site, pin, register }, actor), settled(options.json));
}

const refuse = (id: string, options: { json?: boolean }): Promise<void> =>
  said((house) => refuseHeldMail(house.intake(), id, actor), settled(options.json));

async function answer(id: string, options: { textFile: string; language?: string; json?: boolean }): Promise<void> {
  const { textFile, language } = options;
  let text: string;
  try {
    text = await readFile(textFile === '-' ? '/dev/stdin' : textFile, 'utf8');
  } catch (error) {
    process.stderr.write(`${whyUnread(textFile, error)}\n`);
    process.exitCode = 1;
    return;
  }
  await said(
    (house) => answerHeld(house.intake(), id, { text, language }, actor),
    (done) =>
      options.json
        ? printJson(done)
        : print(`Letter ${done.letter} goes to ${done.to}; a held mail stays held until it is released or refused.`),
  );
}

const done = (id: string, options: { json?: boolean }): Promise<void> =>
  said(
    (house) => careDone(house.intake(), id, actor),
    () => (options.json ? printJson({ id, done: true }) : print(`Mail ${id} is answered: its clock has stopped.`)),
  );

async function care(options: { json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    const rows = await house.database.ask((db) => careRunning(db, 5000));
    if (options.json) for (const row of rows) printJson(row);
    else if (rows.length === 0) print('Client care owes no answer.');
    else
      print(
        table(
          ['mail', 'due', 'from', 'subject'],
          rows.map((row) => [row.id, `${utc(row.due)}${row.over ? ' (over)' : ''}`, row.from ?? '', row.subject ?? '']),
        ),
      );
  });
}

export function heldCommands(mail: Command): void {
  mail
    .command('care')
    .option('--json', 'one line of JSON a mail')
    .description('mail to client care that waits for an answer, the first that is due first')
    .action(care);
  mail
    .command('done')
    .argument('<id>')
    .option('--json', 'as JSON')
    .description('client care has answered this mail another way: its clock stops')
    .action(done);
  mail
    .command('held')
    .option('--reason <kind>', `one kind only: ${kinds.join(', ')}`, (given) => kindOf(given.replace(/^held-/, '')))
    .option('--json', 'one line of JSON a mail')
    .description('mail that waits for a person, oldest first')
    .action(list);
  mail
    .command('release')
    .argument('<id>')
    .option('--site <number>', 'the site that it is for, where it names none itself')
    .option('--pin <pin>', 'a PIN of that site, in place of its number')
    .option('--register', 'make its sender a contact of the site')
    .option('--name <name>', 'the name to register, instead of the one in the mail')
    .addOption(new Option('--role <role>', 'the role to register (default: authorized user)').choices([...roles]))
    .option('--json', 'as JSON')
    .description('decide a held mail as if its sender had been let in')
    .action(release);
  mail
    .command('refuse')
    .argument('<id>')
    .option('--json', 'as JSON')
    .description('end the holding of a mail; its sender is told nothing')
    .action(refuse);
  mail
    .command('answer')
    .argument('<id>')
    .requiredOption('--text-file <file>', 'what to write; - reads it from the terminal')
    .option('--language <code>', 'of the subject; default: that of the sender, else of the neutral receipt')
    .option('--json', 'as JSON')
    .description('write to the sender of a held mail, which stays held, or of one to client care')
    .action(answer);
}
