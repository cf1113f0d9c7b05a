/** The switch of all letters (MAIL.md §4), for the command and the console alike: no act, a switch of the system with its audit line. */
import { actorOf, type By } from '../../changes/by.ts';
import { pauseFollows, resumeFollows, type SendingState } from '../../outbound/sending-words.ts';
import type { Database } from '../../store/database.ts';
import { sweepLetters } from '../../store/letters/delivery-attempts.ts';
import { resumeLetters as resume, sendingState as stateOf, stopLetters } from '../../store/letters/sending-pause.ts';
import type { Relay } from '../upkeep/relay-outbox.ts';

type PauseDeps = { readonly database: Database; readonly relay: Pick<Relay, 'wake'> };

export const sendingState = (database: Database): Promise<SendingState> => stateOf(database);

/** What would follow, in sentences; nothing is written. */
export async function pausePreview(database: Database, word: 'pause' | 'resume'): Promise<readonly string[]> {
  const state = await stateOf(database);
  return word === 'pause' ? pauseFollows(state) : resumeFollows(state);
}

/** False where they were paused already: the new reason counts. */
export const pauseLetters = (
  { database }: Pick<PauseDeps, 'database'>,
  { reason, by }: { readonly reason: string; readonly by: By },
): Promise<boolean> => stopLetters(database, reason, actorOf(by));

/** Null where nobody had paused them; else how many that waited are on their way. */
export async function resumeLetters(
  { database, relay }: PauseDeps,
  { by }: { readonly by: By },
): Promise<number | null> {
  if (!(await resume(database, actorOf(by)))) return null;
  const back = await sweepLetters(database);
  relay.wake();
  return back;
}
