/** Every command, with its help. */
import { Command } from 'commander';
import type { AnyAct } from '../acts/act.ts';
import { actCommands } from './acts/acts.ts';
import { caseCommands } from './cases.ts';
import { contactCommands } from './contacts/contacts.ts';
import { demoCommand } from './demo/demo.ts';
import { doctorCommand } from './doctor.ts';
import { letterCommands } from './letters.ts';
import { blockCommands } from './mail/block.ts';
import { mailCommands } from './mail/mail.ts';
import { mailboxCommands } from './mailbox.ts';
import { withApp } from './open.ts';
import { print, terminalColumns } from './output/terminal.ts';
import { pinCommands } from './pin.ts';
import { policyCommands } from './policy.ts';
import { registryCommand } from './registry.ts';
import { staffCommands } from './staff.ts';
import { vaultCommands } from './vault.ts';
import { workCommands } from './work.ts';

export function build(acts: readonly AnyAct[]): Command {
  const program = new Command('postern')
    .description('The gate for support mail: it reads, checks PIN, sender and contract, opens the case, answers.')
    .version('0.1.0');
  workCommands(program);
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() => withApp(async () => print('The database is up to date.')));
  doctorCommand(program);
  registryCommand(program);
  pinCommands(program);
  policyCommands(program);
  mailCommands(program);
  caseCommands(program);
  staffCommands(program);
  contactCommands(program);
  mailboxCommands(program);
  vaultCommands(program);
  letterCommands(program);
  blockCommands(program);
  actCommands(program, acts);
  demoCommand(program);
  const strict = (command: Command): void => {
    command
      .exitOverride()
      .showHelpAfterError('(--help says more)')
      .configureHelp({ helpWidth: terminalColumns(), minWidthToWrap: 20 });
    command.commands.forEach(strict);
  };
  strict(program);
  return program;
}
