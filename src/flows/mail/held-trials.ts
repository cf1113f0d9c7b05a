/**
 * The cause of a holding is mended somewhere: somebody is put on record, a PIN is issued, a site corrected, by whatever way. Held mails that
 * the registry may let in now are decided as a trial, each once for what the registry has of it; a person is then offered those that would
 * go on. Nothing is let in by itself.
 */
import { isHeld } from '../../changes/outcome.ts';
import { storedMail } from '../../store/intake/replay.ts';
import { dropOldTrials, type HeldToTry, type HeldTrial, heldToTry, keepTrials } from '../../store/mail/held-trials.ts';
import type { IntakeDeps } from '../intake/process-intake.ts';
import { tryMail } from './trial.ts';

/** So many at once; the next look goes on. */
export const mostTried = 50;

/** One that cannot be read stays what it is, and keeps no other from being looked at. */
async function triedAs(deps: IntakeDeps, due: HeldToTry): Promise<HeldTrial> {
  try {
    const stored = await storedMail(deps.database, due.id);
    const outcome = stored?.raw ? (await tryMail(deps, stored)).decision.outcome : null;
    return { ...due, outcome: outcome ?? stored?.outcome ?? '', letsIn: outcome !== null && !isHeld(outcome) };
  } catch (error) {
    deps.log.warn({ mail: due.id, error: String(error) }, 'a held mail could not be looked at again');
    return { ...due, outcome: '', letsIn: false };
  }
}

/** Returns how many were tried; as many as `most` where there may be more. */
export async function tryHeld(deps: IntakeDeps, most = mostTried): Promise<number> {
  const due = await heldToTry(deps.database, most);
  const tried: HeldTrial[] = [];
  for (const one of due) tried.push(await triedAs(deps, one));
  await keepTrials(deps.database, tried);
  return tried.length;
}

/** By the clock, also what is kept of mails that are held no more goes. Returns how many would be let in of those that were looked at. */
export async function tryHeldByClock(deps: IntakeDeps): Promise<number> {
  await dropOldTrials(deps.database);
  return tryHeld(deps);
}
