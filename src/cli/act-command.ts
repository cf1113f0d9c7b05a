/** An act as a command: `--dry-run` says what would follow, `--as` for whom it is done. */
import type { Command } from 'commander';
import type { Act } from '../acts/act.ts';
import { commit } from '../flows/acts/commit.ts';
import { withHouse } from './open.ts';
import { columns, print, printJson, wrap } from './terminal.ts';
import { readableTimes } from './times.ts';

type Options = { dryRun?: boolean; as?: string; json?: boolean };

const line = (text: string, indent: string): void => {
  for (const part of wrap(readableTimes(text), columns() - indent.length)) print(`${indent}${part}`);
};

async function run<Input>(act: Act<Input>, input: Input, options: Options): Promise<void> {
  await withHouse(async (house) => {
    const { database, shop, relay, vault, settings } = house;
    const deps = { database, shop, relay, vault, policy: settings.policy };
    const outcome = await commit(deps, {
      act,
      input,
      by: { kind: 'command', staff: options.as ?? null },
      preview: options.dryRun,
    });
    if (outcome.kind === 'refused') {
      process.stderr.write(`${outcome.says}\n`);
      process.exitCode = 1;
      return;
    }
    const followed = outcome.kind === 'done' ? outcome.done : outcome.preview;
    if (options.json) return printJson(followed);
    if (options.dryRun) print('Nothing was written. It would come to this:');
    for (const { says } of followed.changes) line(says, options.dryRun ? '  ' : '');
    for (const { template, to, subject, heldBack } of followed.letters)
      line(
        `Letter ${template} to ${to}: ${subject}.${heldBack === null ? '' : ` It is held back: ${heldBack}.`}`,
        options.dryRun ? '  ' : '',
      );
    await house.relay.settled();
  });
}

/** `read` makes the input of the act of the arguments of the command. */
export function actCommand<Input>(
  group: Command,
  act: Act<Input>,
  given: { name: string; arguments: readonly string[]; read: (args: readonly string[]) => Input },
): void {
  const command = group
    .command(given.name)
    .description(act.does)
    .option('--dry-run', 'say what would follow, change nothing')
    .option('--as <address>', 'the member of staff for whom it is done')
    .option('--json', 'as JSON');
  for (const one of given.arguments) command.argument(one);
  command.action((...all: unknown[]) => {
    const args = all.slice(0, given.arguments.length).map(String);
    const parsed = act.input.safeParse(given.read(args));
    if (!parsed.success) command.error(`error: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
    else return run(act, parsed.data, command.opts<Options>());
  });
}
