/** An act with all that belongs to it: the records of every subject, and what follows once its changes stand. */
import type { Needs } from '../../acts/act.ts';
import { loadRecords } from '../../store/records.ts';
import type { LetterDeps } from '../letters/send.ts';
import { triedRecords } from '../mail/records.ts';
import { followChanges, type IntakeDeps } from '../process-intake.ts';
import { type Asked, commit, type Loaded, type Outcome } from './commit.ts';

export type PerformDeps = LetterDeps & {
  /** Opens what reads and decides mails: asked only by acts that need it. */
  readonly intake: () => IntakeDeps;
};

export const loadAll = async ({ database, intake }: PerformDeps, needs: Needs): Promise<Loaded> => ({
  ...(await loadRecords(database, needs)),
  ...(await triedRecords(intake, needs)),
});

export async function perform<Input>(deps: PerformDeps, asked: Asked<Input>): Promise<Outcome> {
  const outcome = await commit(deps, { load: (needs) => loadAll(deps, needs), ...asked });
  if (outcome.kind === 'done') await followChanges(deps.intake, outcome.made);
  return outcome;
}
