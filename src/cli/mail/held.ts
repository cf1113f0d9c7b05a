/** Held mail in the hands of a person (POLICY §3 "Held mail"). */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { answerMail } from '../../acts/mail/answer-mail.ts';
import { careDone } from '../../acts/mail/care-done.ts';
import { holdAgain } from '../../acts/mail/hold-again.ts';
import { refuseMail } from '../../acts/mail/refuse-mail.ts';
import { releaseMail } from '../../acts/mail/release-mail.ts';
import type { Change } from '../../changes/change.ts';
import { heldAs, isHeld, outcomeNames } from '../../changes/outcome.ts';
import { settledMail } from '../../flows/mail/settled.ts';
import { reasonCodes } from '../../intake/decision.ts';
import { type Role, roles } from '../../registry/site.ts';
import type { App } from '../../runtime/app.ts';
import { careRunning } from '../../store/mail/care-clocks.ts';
import { heldMails } from '../../store/mail/held-mail.ts';
import { actCommand } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { whyUnread } from '../output/files.ts';
import { paint, print, printJson, table } from '../output/terminal.ts';
import { utc } from '../output/times.ts';
import { wordOf } from '../output/words.ts';

/** Kinds of holding, and the reasons within them that are looked for by themselves. */
const kinds = [...outcomeNames.filter(isHeld).map(heldAs), ...reasonCodes];
const kindOf = wordOf('kind of held mail', kinds);

async function list(options: { reason?: string; json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const reason = options.reason ? `held-${options.reason}` : null;
    const rows = await heldMails(app.database, reason);
    if (options.json) for (const row of rows) printJson(row);
    else if (rows.length === 0) print(reason === null ? 'No mail is held.' : `No mail is held as ${options.reason}.`);
    else
      print(
        table(
          ['mail', 'arrived', 'held', 'from', 'subject and why'],
          rows.map((row) => [
            row.id,
            utc(row.arrivedAt),
            `${heldAs(row.outcome)}${row.asked ? ' (asked)' : ''}`,
            row.from ?? '',
            `${row.subject || '(no subject)'}\n${row.reason}`,
          ]),
        ),
      );
  });
}

/** What became of the mail once it, and what was let in with it, is decided. */
async function settled(app: App, { made }: { made: readonly Change[] }, { mail }: { mail: string }) {
  const json = await settledMail(app.database, mail, made);
  const { id, before, after, case: on, reason } = json;
  return {
    json,
    says: `Mail ${id} was ${before} and is ${paint('cyan', after)}${on ? `, case ${on}` : ''}. ${reason}`,
  };
}

type Release = { site?: string; pin?: string; register?: boolean; name?: string; role?: Role };

function readRelease([mail]: readonly string[], { site, pin, register, name, role }: Release, command: Command) {
  if (!register && (name !== undefined || role !== undefined))
    command.error('error: --name and --role say how the sender is registered: give --register too');
  return { mail, site, pin, register: register ? { name, role } : undefined };
}

/** Null where the text cannot be read. */
async function readAnswer([mail]: readonly string[], options: { textFile: string; language?: string }) {
  const { textFile, language } = options;
  try {
    return { mail, language, text: await readFile(textFile === '-' ? '/dev/stdin' : textFile, 'utf8') };
  } catch (error) {
    process.stderr.write(`${whyUnread(textFile, error)}\n`);
    process.exitCode = 1;
    return null;
  }
}

async function care(options: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const rows = await app.database.ask((db) => careRunning(db, 5000));
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
    .command('held')
    .option('--reason <kind>', `one kind only: ${kinds.join(', ')}`, (given) => kindOf(given.replace(/^held-/, '')))
    .option('--json', 'one line of JSON a mail')
    .description('mail that waits for a person, oldest first')
    .action(list);
  const ids = { arguments: ['<id>'], read: ([id]: readonly string[]) => ({ mail: id }) };
  actCommand(mail, careDone, {
    ...ids,
    name: 'done',
    tell: async (_, __, { mail: id }) => ({
      json: { id, done: true },
      says: `Mail ${id} is answered: its clock has stopped.`,
    }),
  });
  actCommand(mail, releaseMail, {
    name: 'release',
    arguments: ['<id>'],
    options: [
      new Option('--site <number>', 'the site that it is for, where it names none itself'),
      new Option('--pin <pin>', 'a PIN of that site, in place of its number'),
      new Option('--register', 'make its sender a contact of the site'),
      new Option('--name <name>', 'the name to register, instead of the one in the mail'),
      new Option('--role <role>', 'the role to register (default: authorized user)').choices([...roles]),
    ],
    read: readRelease,
    tell: settled,
  });
  actCommand(mail, refuseMail, {
    name: 'refuse',
    arguments: ['<id>'],
    options: [new Option('--reason <text>', 'why, for whoever looks later; its sender is told nothing')],
    read: ([id]: readonly string[], { reason }: { reason?: string }) => ({ mail: id, reason }),
    tell: settled,
  });
  actCommand(mail, holdAgain, {
    ...ids,
    name: 'hold',
    tell: async (_, __, { mail: id }) => ({ json: { id, held: true }, says: `Mail ${id} waits for a person again.` }),
  });
  actCommand(mail, answerMail, {
    name: 'answer',
    arguments: ['<id>'],
    options: [
      new Option('--text-file <file>', 'what to write; - reads it from the terminal').makeOptionMandatory(),
      new Option('--language <code>', 'of the subject; default: that of the sender, else of the neutral receipt'),
    ],
    read: readAnswer,
    tell: async (_, { made, wrote: [letter = ''] }, { mail: id }) => {
      const to = made.flatMap((change) => (change.kind === 'mail-answered' ? [change.to] : []))[0] ?? '';
      const says = `Letter ${letter} goes to ${to}; a held mail stays held until it is released or refused.`;
      return { json: { id, letter, to }, says };
    },
  });
}
