/** `postern …`. Exit 0 done, 1 failed, 2 wrong use. */
import { Command, CommanderError } from 'commander';
import { isFailure } from '../foundation/failure.ts';
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
import { print } from './terminal.ts';
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
    command.exitOverride().showHelpAfterError('(--help says more)');
    command.commands.forEach(strict);
  };
  strict(program);
  return program;
}

try {
  await build().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = 1;
    const said = isFailure(error)
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
    process.stderr.write(
      isFailure(error, 'settings-unusable')
        ? `These settings cannot be used:\n${said.replace(/^/gm, '  ')}\n`
        : `${said}\n`,
    );
  }
}
