/**
 * The contract was renewed: mails of the time without one become cases in their order, with their times of arrival (POLICY §2.5).
 * Found in rows at every tick, by whatever hand or file the registry was changed, also where a contract begins later than it was
 * entered. The letter that says so is a summary (run-summaries.ts).
 */
import { mailId, siteId } from '../foundation/ids.ts';
import { decide } from '../intake/decide.ts';
import type { Admission, MailAtHand } from '../intake/facts.ts';
import { type LapsedMail, lapsedMails, putBackLapsed } from '../store/renewed.ts';
import { storedMail } from '../store/replay.ts';
import { askFacts } from './ask-facts.ts';
import { decideAdmitted, type IntakeDeps, readClaimed } from './process-intake.ts';

const mostAtOnce = 50;

/** Where the next look begins; looks go round, so that what comes to nothing keeps nothing else from being seen. */
type Place = { after: LapsedMail | null };

/**
 * Returns how many were decided again. Those that would come to nothing new stay as they are, without a word; one that cannot be
 * read keeps no other from being looked at.
 */
export async function renewLapsed(deps: IntakeDeps, place: Place = { after: null }): Promise<number> {
  const ready: { id: string; admitted: Admission }[] = [];
  const { heldDays, trialDays } = deps.policy;
  const found = await lapsedMails(deps.database, { heldDays, trialDays, after: place.after, most: mostAtOnce });
  place.after = found.length < mostAtOnce ? null : (found.at(-1) ?? null);
  for (const one of found) {
    try {
      const admitted = await becomesCase(deps, one);
      if (admitted) ready.push({ id: one.id, admitted });
    } catch (error) {
      deps.log.warn(
        { mail: one.id, error: String(error) },
        'a mail of the time without a contract could not be looked at',
      );
    }
  }
  if (ready.length === 0) return 0;
  const back = await deps.database.transaction((tx) => putBackLapsed(tx, ready, 'scheduler'));
  await decideAdmitted(deps, back);
  return back.length;
}

/** With what it is let in, where it would be a case by the contract of today. Whoever was let in by a person stays so. */
async function becomesCase(deps: IntakeDeps, { id, site }: LapsedMail): Promise<Admission | null> {
  const stored = await storedMail(deps.database, id);
  if (!stored || stored.raw === null) return null;
  const admitted: Admission = { ...(stored.admitted ?? { by: 'renewal', site: siteId(site) }), renewed: true };
  const read: MailAtHand = { ...(await readClaimed(deps, { ...stored, id: mailId(id) })), admitted };
  const { mail, loaded } = await askFacts(deps.lanes.facts, read, deps.vault);
  const { facts, now } = loaded;
  return decide(mail, facts, deps.policy, now).outcome === 'case-opened' ? admitted : null;
}
