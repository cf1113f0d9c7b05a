/** An act with all that belongs to it: the records of every subject, its letters, and what follows once its changes stand. */
import type { AnyAct, Needs } from '../../acts/act.ts';
import { answerMail } from '../../acts/mail/answer-mail.ts';
import type { Database } from '../../store/database.ts';
import { loadRecords } from '../../store/records.ts';
import { answerLetter } from '../mail/answer-letter.ts';
import { triedRecords } from '../mail/records.ts';
import { followChanges, type IntakeDeps } from '../process-intake.ts';
import { type Asked, commit, type Loaded, type Outcome, type Prepare } from './commit.ts';

export type PerformDeps = {
  readonly database: Database;
  /** Opens what reads and decides mails: asked only by acts that need it. */
  readonly intake: () => IntakeDeps;
};

export const loadAll = async ({ database, intake }: PerformDeps, needs: Needs): Promise<Loaded> => ({
  ...(await loadRecords(database, needs)),
  ...(await triedRecords(intake, needs)),
});

/** Letters that go by no rule of intake. */
const letters: Readonly<Record<string, (deps: IntakeDeps, asked: Asked<never>) => Prepare>> = {
  [answerMail.name]: answerLetter,
};

export async function perform<Input>(deps: PerformDeps, asked: Asked<Input>): Promise<Outcome> {
  const { act } = asked as Asked<unknown> & { act: AnyAct };
  const prepare = asked.prepare ?? letters[act.name]?.(deps.intake(), asked as Asked<never>);
  const outcome = await commit(deps.database, { load: (needs) => loadAll(deps, needs), ...asked, prepare });
  if (outcome.kind === 'done') {
    if (outcome.wrote.length > 0) deps.intake().relay.ring();
    await followChanges(deps.intake, outcome.made);
  }
  return outcome;
}
