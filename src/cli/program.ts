/** Every command, with its help, and what is typed behind `postern`, from its words to its exit code. */
import { Command, CommanderError } from 'commander';
import type { AnyAct } from '../acts/act.ts';
import { acts } from '../acts/list.ts';
import { wantsDetails } from '../config/settings.ts';
import { isFailure } from '../foundation/failure.ts';
import { nearestWord } from '../foundation/nearest-word.ts';
import { withApp } from './open.ts';
import { print, terminalColumns } from './output/terminal.ts';
import { workCommands } from './work.ts';

/** In a list of commands: without `[options]`, which all of them have, and of acts the name alone, so that there is room for what it does. */
function subcommandTerm(command: Command): string {
  if (command.parent?.name() === 'act') return command.name();
  const words = command.registeredArguments.map((one) => {
    const name = one.variadic ? `${one.name()}...` : one.name();
    return one.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(' ');
}

/** The commands that come and go, and all that they load. */
async function passing(program: Command, acts: readonly AnyAct[]): Promise<void> {
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() => withApp(async () => print('The database is up to date.')));
  (await import('./doctor.ts')).doctorCommand(program);
  (await import('./registry.ts')).registryCommand(program);
  (await import('./pin.ts')).pinCommands(program);
  (await import('./policy.ts')).policyCommands(program);
  (await import('./mail/mail.ts')).mailCommands(program);
  (await import('./cases.ts')).caseCommands(program);
  (await import('./staff.ts')).staffCommands(program);
  (await import('./contacts/contacts.ts')).contactCommands(program);
  (await import('./schedule/schedule.ts')).scheduleCommands(program);
  (await import('./renewals/renewals.ts')).renewalCommands(program);
  (await import('./announcements/announcements.ts')).announcementCommands(program);
  (await import('./access/access.ts')).accessCommands(program);
  (await import('./mailbox.ts')).mailboxCommands(program);
  (await import('./vault.ts')).vaultCommands(program);
  (await import('./upkeep/retention.ts')).retentionCommands(program);
  (await import('./upkeep/queues.ts')).queueCommands(program);
  (await import('./letters.ts')).letterCommands(program);
  (await import('./templates/templates.ts')).templateCommands(program);
  (await import('./upkeep/audit.ts')).auditCommands(program);
  (await import('./webhooks/webhooks.ts')).webhookCommands(program);
  (await import('./mail/block.ts')).blockCommands(program);
  (await import('./acts/acts.ts')).actCommands(program, acts);
  (await import('./demo/demo.ts')).demoCommand(program);
}

/** `word`: the command that was typed. A worker stays for months, and holds the code of no other command. */
export async function build(acts: readonly AnyAct[], word?: string): Promise<Command> {
  const program = new Command('postern')
    .description('The gate for support mail: it reads, checks PIN, sender and contract, opens the case, answers.')
    .version('0.1.0');
  workCommands(program);
  if (!program.commands.some((one) => one.name() === word)) await passing(program, acts);
  const strict = (command: Command): void => {
    command
      .exitOverride()
      .showHelpAfterError('(--help says more)')
      .configureHelp({ helpWidth: terminalColumns(), minWidthToWrap: 20, subcommandTerm });
    command.commands.forEach(strict);
  };
  strict(program);
  return program;
}

/** What nobody expected: the message for a person; the place in the code is for whoever mends it. */
function surprise(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (wantsDetails()) return error.stack ?? error.message;
  return `Something went wrong that Postern did not expect: ${error.message}\nWith LOG_LEVEL=debug it says where.`;
}

/**
 * A word behind a group that is nearly one of its commands would else be an argument of the one that it has by default. Of the
 * first word commander itself says what is near, save where it begins like one or its letters have changed places.
 */
function mistyped(program: Command, [group = '', word = '']: string[]): string | null {
  const outer = [...program.commands.map((one) => one.name()), 'help'];
  if (group !== '' && !group.startsWith('-') && !outer.includes(group)) {
    const near = nearestWord(outer, group);
    return `error: there is no command "${group}"${near ? `; did you mean "${near}"?` : ''}`;
  }
  const inner = program.commands.find((one) => one.name() === group)?.commands.map((one) => one.name()) ?? [];
  if (inner.length === 0 || word === '' || /^[-\d]/.test(word) || [...inner, 'help'].includes(word)) return null;
  const near = nearestWord(inner, word);
  return near && `error: there is no "${group} ${word}"; did you mean "${group} ${near}"?`;
}

/** Sets the exit code of the process: 0 done, 1 failed, 2 wrong use. What went wrong is said on stderr. */
export async function run(words: readonly string[]): Promise<void> {
  try {
    const program = await build(acts, words[0]);
    const wrong = mistyped(program, [...words]);
    if (wrong !== null) program.error(wrong);
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      process.exitCode = 1;
      const said = isFailure(error) ? error.message : surprise(error);
      process.stderr.write(
        isFailure(error, 'settings-unusable')
          ? `These settings cannot be used:\n${said.replace(/^/gm, '  ')}\n`
          : `${said}\n`,
      );
    }
  }
}
