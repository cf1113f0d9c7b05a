/** `postern …`. Exit 0 done, 1 failed, 2 wrong use. */
import { Command, CommanderError } from 'commander';
import { wantsDetails } from '../config/settings.ts';
import { isFailure } from '../foundation/failure.ts';
import { nearestWord } from '../foundation/nearest-word.ts';
import { blockCommands } from './block.ts';
import { caseCommands } from './cases.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { letterCommands } from './letters.ts';
import { mailCommands } from './mail.ts';
import { mailboxCommands } from './mailbox.ts';
import { withHouse } from './open.ts';
import { pinCommands } from './pin.ts';
import { policyCommands } from './policy.ts';
import { registryCommand } from './registry.ts';
import { columns, print } from './terminal.ts';
import { vaultCommands } from './vault.ts';
import { workCommands } from './work.ts';

function build(): Command {
  const program = new Command('postern')
    .description('The gate for support mail: it reads, checks PIN, sender and contract, opens the case, answers.')
    .version('0.1.0');
  workCommands(program);
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() => withHouse(async () => print('The database is up to date.')));
  doctorCommand(program);
  registryCommand(program);
  pinCommands(program);
  policyCommands(program);
  mailCommands(program);
  caseCommands(program);
  mailboxCommands(program);
  vaultCommands(program);
  letterCommands(program);
  blockCommands(program);
  demoCommand(program);
  const strict = (command: Command): void => {
    command
      .exitOverride()
      .showHelpAfterError('(--help says more)')
      .configureHelp({ helpWidth: columns(), minWidthToWrap: 20 });
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

try {
  const program = build();
  const wrong = mistyped(program, process.argv.slice(2));
  if (wrong !== null) program.error(wrong);
  await program.parseAsync(process.argv);
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
