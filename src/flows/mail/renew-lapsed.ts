/**
 * The contract was renewed: mails of the time without one become cases in their order, with their times of arrival (POLICY §2.5).
 * Found in rows at every tick, by whatever hand or file the registry was changed, also where a contract begins later than it was
 * entered. The letter that says so is a summary (run-summaries.ts).
 */
import type { Needs } from '../../acts/act.ts';
import type { Place } from '../../acts/mail/records.ts';
import { loadAll, perform } from '../acts/perform.ts';
import type { IntakeDeps } from '../intake/process-intake.ts';

/**
 * Returns how many were decided again. Those that would come to nothing new stay as they are, without a word. `place` says where the
 * next look begins; looks go round, so that what comes to nothing keeps nothing else from being seen.
 */
export async function renewLapsedMails(
  deps: IntakeDeps,
  place: { after: Place | null } = { after: null },
): Promise<number> {
  const doing = { ...deps, intake: () => deps };
  const load = async (needs: Needs) => {
    const loaded = await loadAll(doing, needs);
    place.after = loaded.lapsed?.next ?? null;
    return loaded;
  };
  const input = { after: place.after };
  const outcome = await perform(doing, { act: 'renew-lapsed', input, by: { kind: 'clock' }, load });
  return outcome.kind === 'done' ? outcome.made.length : 0;
}
