/** What acts on held mail have to see beside rows: what a mail would be decided. */
import type { LapsedRecord, MailNeeds, MailRecords, Place, Trial } from '../../acts/mail/records.ts';
import { mailId, siteId } from '../../foundation/ids.ts';
import type { Admission } from '../../intake/facts.ts';
import { storedMail } from '../../store/intake/replay.ts';
import { lapsedMails } from '../../store/mail/lapsed-mail.ts';
import type { IntakeDeps } from '../intake/process-intake.ts';
import { releaseRecord } from './release-record.ts';
import { trialInWords, tryMail } from './trial.ts';

const mostLapsed = 50;

/** What would be decided of a mail that has no case, is decided or given up, and is kept. */
async function replayRecord(deps: IntakeDeps, id: string): Promise<Trial | null> {
  const stored = await storedMail(deps.database, id);
  if (!stored?.raw || stored.case || stored.state === 'new') return null;
  return trialInWords(await tryMail(deps, stored));
}

/** One that cannot be read keeps no other from being looked at. Whoever was let in by a person stays so. */
async function lapsedRecords(deps: IntakeDeps, after: Place | null): Promise<MailRecords['lapsed'] & object> {
  const { heldDays, trialDays } = deps.policy;
  const mails = await lapsedMails(deps.database, { heldDays, trialDays, after, most: mostLapsed });
  const found: LapsedRecord[] = [];
  for (const { id, site, fence } of mails) {
    try {
      const stored = await storedMail(deps.database, id);
      if (!stored?.raw) continue;
      const letIn: Admission = stored.admitted ?? { by: 'renewal', site: siteId(site) };
      const admitted = { ...letIn, renewed: true } as const;
      const trial = trialInWords(await tryMail(deps, stored, admitted));
      found.push({ mail: mailId(id), fence, admitted, trial });
    } catch (error) {
      const what = 'a mail of the time without a contract could not be looked at';
      deps.log.warn({ mail: id, error: String(error) }, what);
    }
  }
  const last = mails.length < mostLapsed ? undefined : mails.at(-1);
  return { found, next: last ? { id: last.id, arrivedAt: last.arrivedAt } : null };
}

/** `intake` opens what reads mails, and is asked only where one is to be read. */
export async function triedRecords(intake: () => IntakeDeps, needs: MailNeeds): Promise<MailRecords> {
  const { release, replay, lapsed } = needs;
  return {
    ...(release && { release: await releaseRecord(intake(), release) }),
    ...(replay !== undefined && { replay: await replayRecord(intake(), replay) }),
    ...(lapsed && { lapsed: await lapsedRecords(intake(), lapsed.after) }),
  };
}
