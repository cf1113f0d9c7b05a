/** An act as a command: `--dry-run` says what would follow, `--as` for whom it is done. */
import type { Command, Option } from 'commander';
import type { Act, AnyAct } from '../../acts/act.ts';
import type { CommitOutcome } from '../../flows/acts/commit.ts';
import { perform } from '../../flows/acts/perform.ts';
import type { App } from '../../runtime/app.ts';
import { withApp } from '../open.ts';
import { print, printJson, terminalColumns, wrap } from '../output/terminal.ts';
import { readableTimes } from '../output/times.ts';

type Options = { dryRun?: boolean; as?: string; json?: boolean };
type Done = Extract<CommitOutcome, { kind: 'done' }>;
/** What is told of it once it is done, where that is not the list of what followed: as JSON, and as a line. */
type Tell<Input> = (app: App, done: Done, input: Input) => Promise<{ readonly json: unknown; readonly says: string }>;

const line = (text: string, indent: string): void => {
  for (const part of wrap(readableTimes(text), terminalColumns() - indent.length)) print(`${indent}${part}`);
};

/** On the command line a sentence begins like one. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

async function run<Input>(
  act: Act<Input>,
  input: Input,
  options: Options,
  { tell, acts }: { readonly tell?: Tell<Input>; readonly acts?: readonly AnyAct[] },
): Promise<void> {
  await withApp(async (app) => {
    const by = { kind: 'command', staff: options.as ?? null } as const;
    const outcome = await perform(app, { act: act.name, input, by, preview: options.dryRun });
    if (outcome.kind === 'refused') {
      process.stderr.write(`${sentence(outcome.says)}\n`);
      process.exitCode = 1;
      return;
    }
    if (outcome.kind === 'done' && tell) {
      const told = await tell(app, outcome, input);
      if (options.json) printJson(told.json);
      else print(told.says);
    } else {
      const followed = outcome.kind === 'done' ? outcome.done : outcome.preview;
      if (options.json) return printJson(followed);
      const indent = options.dryRun ? '  ' : '';
      if (options.dryRun) print('Nothing was written. It would come to this:');
      for (const { says } of followed.changes) line(says, indent);
      for (const { template, to, subject, heldBack } of followed.letters)
        line(
          `Letter ${template} to ${to}: ${subject}.${heldBack === null ? '' : ` It is held back: ${heldBack}.`}`,
          indent,
        );
      for (const { mail, outcome: becomes, reason, changes, letters } of followed.decisions ?? []) {
        line(`Mail ${mail} becomes ${becomes}. ${reason}`, indent);
        for (const one of [...changes, ...letters]) line(one, `${indent}  `);
      }
      if (followed.more) line(`${followed.more} more mails are decided again.`, indent);
    }
    app.relay.wake();
    await app.relay.idle();
  }, acts);
}

const actsOf = new WeakMap<Command, readonly AnyAct[]>();
/** What a command comes to; one that is wired by hand says so by `comesTo`. */
export const actsOfCommand = (command: Command): readonly AnyAct[] => actsOf.get(command) ?? [];
export function comesTo(command: Command, ...acts: readonly AnyAct[]): Command {
  actsOf.set(command, acts);
  return command;
}

/** Names the field: a message of the schema does not. */
function wrongField({ path, message }: { path: readonly PropertyKey[]; message: string }, asked: unknown): string {
  const [field] = path;
  if (field === undefined) return message;
  const given = (asked as Readonly<Record<PropertyKey, unknown>> | undefined)?.[field];
  return given === undefined ? `${String(field)} is needed` : `${path.map(String).join('.')}: ${message}`;
}

/** `read` makes the input of the act of the arguments and options of the command; null: it has told what is wrong with them. */
export function actCommand<Input>(
  group: Command,
  act: Act<Input>,
  given: {
    readonly name: string;
    /** Where the command is a part of what the act does. */
    readonly does?: string;
    readonly arguments: readonly string[];
    readonly options?: readonly Option[];
    readonly read: (args: readonly string[], options: never, command: Command) => unknown;
    readonly tell?: Tell<Input>;
    /** The list that it stands in, where that is another. */
    readonly acts?: readonly AnyAct[];
  },
): Command {
  const command = group
    .command(given.name)
    .description(given.does ?? act.does)
    .option('--dry-run', 'say what would follow, change nothing')
    .option('--as <address>', 'the member of staff for whom it is done')
    .option('--json', 'as JSON');
  comesTo(command, act);
  for (const one of given.arguments) command.argument(one);
  for (const one of given.options ?? []) command.addOption(one);
  return command.action(async (...all: unknown[]) => {
    const args = all
      .slice(0, given.arguments.length)
      .flat()
      .filter((one) => one !== undefined)
      .map(String);
    const asked = await given.read(args, command.opts() as never, command);
    if (asked === null) return;
    const parsed = act.input.safeParse(asked);
    if (!parsed.success)
      command.error(`error: ${parsed.error.issues.map((issue) => wrongField(issue, asked)).join('; ')}`);
    else await run(act, parsed.data, command.opts<Options>(), given);
  });
}
