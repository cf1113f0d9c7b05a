/** Every command, with its help. */
import { Command } from 'commander';
import type { AnyAct } from '../acts/act.ts';
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
  (await import('./mailbox.ts')).mailboxCommands(program);
  (await import('./vault.ts')).vaultCommands(program);
  (await import('./letters.ts')).letterCommands(program);
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
