/** What acts on held mail have to see beside rows: what a mail would be decided. */
import { isHeld } from '../../acts/mail/held.ts';
import type {
  LapsedRecord,
  MailNeeds,
  MailRecords,
  Place,
  ReleaseAsked,
  ReleaseRecord,
  SiteKey,
  Trial,
} from '../../acts/mail/records.ts';
import { contactId, mailId, siteId } from '../../foundation/ids.ts';
import { decide } from '../../intake/decide.ts';
import type { Admission } from '../../intake/facts.ts';
import type { Contact, Role } from '../../registry/site.ts';
import { siteByNumber, siteOfPin } from '../../store/held.ts';
import { lapsedMails } from '../../store/renewed.ts';
import { storedMail } from '../../store/replay.ts';
import type { IntakeDeps } from '../process-intake.ts';
import { inWords, type Tried, tryMail } from './trial.ts';

const mostLapsed = 50;

async function siteFor(deps: IntakeDeps, how: ReleaseAsked): Promise<SiteKey | { readonly fault: string } | null> {
  const named = how.site === undefined ? null : await siteByNumber(deps.database, how.site);
  if (how.site !== undefined && !named) return { fault: `there is no site ${how.site}` };
  if (how.pin === undefined) return named;
  const found = await siteOfPin(deps.database, how.pin, deps.policy.pinGraceDays);
  if (!found) return { fault: 'no site has this PIN' };
  return named && named.id !== found.id ? { fault: `the PIN is not that of site ${how.site}` } : found;
}

/** As if the sender were on record already. */
function asContact(
  deps: IntakeDeps,
  { mail, facts, now }: Tried,
  person: Omit<Contact, 'id' | 'aliases' | 'types'>,
): Tried {
  const known = facts.contacts.some((one) => one.siteId === person.siteId);
  const contact = { ...person, id: contactId('0'), aliases: [], types: [] };
  const then = known ? facts : { ...facts, contacts: [...facts.contacts, contact] };
  return { mail, facts: then, now, decision: decide(mail, then, deps.policy, now) };
}

async function releaseRecord(
  deps: IntakeDeps,
  asked: ReleaseAsked,
): Promise<ReleaseRecord | { readonly fault: string } | null> {
  const stored = await storedMail(deps.database, asked.mail);
  if (!stored?.raw || !isHeld(stored.outcome) || stored.outcome === 'held-unreadable') return null;
  const site = await siteFor(deps, asked);
  if (site && 'fault' in site) return site;
  // Only that somebody has let it in counts, not who.
  const tried = await tryMail(deps, stored, { by: 'release', site: site?.id ?? null });
  const { decision, mail } = tried;
  const named = decision.evidence.site;
  const at = site ?? (named === null ? null : await siteByNumber(deps.database, named));
  const from = mail.facts.from.kind === 'one' ? mail.facts.from : null;
  const role = (asked.register?.role ?? 'authorized user') as Role;
  const person = asked.register && at && from ? { siteId: at.id, name: from.name, email: from.address, role } : null;
  const record: ReleaseRecord = {
    site,
    at,
    from: from && { address: from.address, name: from.name },
    onCase: decision.outcome === 'held-stranger-on-case' ? decision.case : null,
    trial: inWords(person ? asContact(deps, tried, person) : tried),
  };
  return record;
}

/** What would be decided of a mail that has no case, is decided or given up, and is kept. */
async function replayRecord(deps: IntakeDeps, id: string): Promise<Trial | null> {
  const stored = await storedMail(deps.database, id);
  if (!stored?.raw || stored.case || stored.state === 'new') return null;
  return inWords(await tryMail(deps, stored));
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
      const trial = inWords(await tryMail(deps, stored, admitted));
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
