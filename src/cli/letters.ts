/** The pause switch of the way out (MAIL.md §4). */
import type { Command } from 'commander';
import { backlog } from '../store/backlog.ts';
import { resumeLetters, stopLetters } from '../store/channel.ts';
import { sweepLetters } from '../store/letter-tries.ts';
import { withHouse } from './open.ts';
import { print, printJson } from './terminal.ts';

const actor = 'command';
const readable = (iso: string): string => `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

async function pause(reason: string[]): Promise<void> {
  await withHouse(async (house) => {
    const now = await stopLetters(house.database, reason.join(' '), actor);
    print(
      now
        ? 'No letter goes out until: postern letters resume. What is being handed over just now is finished.'
        : 'They were paused already; the reason is the new one.',
    );
  });
}

async function resume(): Promise<void> {
  await withHouse(async (house) => {
    if (!(await resumeLetters(house.database, actor))) {
      print('They were not paused.');
      return;
    }
    const back = await sweepLetters(house.database);
    house.relay.ring();
    await house.relay.settled();
    print(`Letters go out again${back > 0 ? `; ${back} that waited are on their way` : ''}.`);
  });
}

async function status(options: { json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    const { stopped, restSeconds, restReason, held, waiting } = await backlog(house.database);
    if (options.json)
      return printJson({
        state: stopped ? 'paused' : restSeconds > 0 ? 'resting' : 'going',
        since: stopped?.at ?? null,
        by: stopped?.by ?? null,
        reason: stopped ? stopped.reason || null : restSeconds > 0 ? restReason : null,
        restSeconds: Math.ceil(restSeconds),
        held,
        waiting,
      });
    if (stopped) print(`Paused since ${readable(stopped.at)} by ${stopped.by}: ${stopped.reason || 'no reason given'}`);
    else if (restSeconds > 0) print(`The way out rests for another ${Math.ceil(restSeconds)} s: ${restReason ?? ''}`);
    else print('Letters go out.');
    if (held > 0) print(`${held} are held back by the rate, a rest or the pause.`);
    if (waiting > 0) print(`${waiting} to mail that was old when first seen wait to be released.`);
  });
}

export function letterCommands(program: Command): void {
  const letters = program.command('letters').description('whether letters go out');
  letters
    .command('status', { isDefault: true })
    .option('--json', 'as JSON')
    .description('whether letters go out, and why not')
    .action(status);
  letters
    .command('pause')
    .argument('[reason...]', 'shown by doctor and /readyz')
    .description('let no letter out; they are written and wait')
    .action(pause);
  letters.command('resume').description('let them out again').action(resume);
}
