/** What is typed behind `postern`, from its words to its exit code. */
import { type Command, CommanderError } from 'commander';
import { acts } from '../acts/list.ts';
import { wantsDetails } from '../config/settings.ts';
import { isFailure } from '../foundation/failure.ts';
import { nearestWord } from '../foundation/nearest-word.ts';
import { build } from './program.ts';

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
