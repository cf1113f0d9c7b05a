/**
 * The contract was renewed: mails of the time without one become cases in their order, with their times of arrival (POLICY §2.5).
 * Found in rows at every tick, by whatever hand or file the registry was changed, also where a contract begins later than it was
 * entered. The letter that says so is a summary (run-summaries.ts).
 */
import { mailId, siteId } from '../foundation/ids.ts';
import { decide } from '../intake/decide.ts';
import { type MailAtHand, questionOf } from '../intake/facts.ts';
import { lapsedMails, putBackLapsed } from '../store/renewed.ts';
import { storedMail } from '../store/replay.ts';
import { hashesOfCode } from './codes.ts';
import { hashesOfPin } from './privileged-secrets.ts';
import { decideAdmitted, type IntakeDeps, readClaimed } from './process-intake.ts';

const mostAtOnce = 200;

/** Returns how many were decided again. Those that would come to nothing new stay as they are, without a word. */
export async function renewLapsed(deps: IntakeDeps): Promise<number> {
  const ready: { id: string; admitted: NonNullable<MailAtHand['admitted']> }[] = [];
  for (const { id, site } of await lapsedMails(deps.database, deps.policy.heldDays, mostAtOnce)) {
    const stored = await storedMail(deps.database, id);
    if (!stored || stored.raw === null) continue;
    const admitted = { by: 'renewal', site: siteId(site), renewed: true } as const;
    const mail: MailAtHand = { ...(await readClaimed(deps, { ...stored, id: mailId(id) })), admitted };
    const { facts, now } = await deps.lanes.facts(questionOf(mail, hashesOfCode(deps.vault), hashesOfPin(deps.vault)));
    if (decide(mail, facts, deps.policy, now).outcome === 'case-opened') ready.push({ id, admitted });
  }
  if (ready.length === 0) return 0;
  const back = await deps.database.transaction((tx) => putBackLapsed(tx, ready, 'scheduler'));
  await decideAdmitted(deps, back);
  return back.length;
}
