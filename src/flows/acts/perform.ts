/** An act with all that belongs to it: the records of every subject, and what follows once its changes stand. */
import type { Needs } from '../../acts/act.ts';
import { loadRecords } from '../../store/records.ts';
import { followChanges, type IntakeDeps } from '../intake/process-intake.ts';
import { triedRecords } from '../mail/records.ts';
import { privilegedRecords } from '../pins/privileged-pins.ts';
import { senderRecords } from '../senders/question-record.ts';
import { type TemplateDeps, templateRecords } from '../templates/records.ts';
import { type ActDeps, type ActRequest, type CommitOutcome, commit, type LoadedRecords } from './commit.ts';
import { ownRecords } from './own-records.ts';

export type PerformDeps = ActDeps &
  TemplateDeps & {
    /** Opens what reads and decides mails: asked only by acts that need it. */
    readonly intake: () => IntakeDeps;
    /** Called where our people have become others. */
    readonly refreshStaff?: () => Promise<void>;
  };

export const loadAll = async (
  {
    database,
    intake,
    policy,
    vault,
    templates,
    letterValues,
  }: Pick<PerformDeps, 'database' | 'intake' | 'policy' | 'vault' | keyof TemplateDeps>,
  needs: Needs,
): Promise<LoadedRecords> => ({
  ...(await loadRecords(database, needs, policy)),
  ...(await triedRecords(intake, needs)),
  ...(await senderRecords(intake, needs)),
  ...(await ownRecords({ database, policy }, needs)),
  ...(await templateRecords(
    { database, ...(templates && { templates }), ...(letterValues && { letterValues }) },
    needs,
  )),
  ...(await privilegedRecords({ database, ...(vault && { vault }) }, needs)),
});

export async function perform<Name extends string>(deps: PerformDeps, asked: ActRequest<Name>): Promise<CommitOutcome> {
  const outcome = await commit(deps, { load: (needs, database) => loadAll({ ...deps, database }, needs), ...asked });
  if (outcome.kind === 'done') {
    await followChanges(deps.intake, outcome.made);
    if (outcome.made.some(({ kind }) => kind === 'staff-added' || kind === 'staff-removed'))
      await deps.refreshStaff?.();
    if (outcome.made.some(({ kind }) => kind === 'template-put' || kind === 'template-restored'))
      await deps.templates?.refresh();
  }
  return outcome;
}
