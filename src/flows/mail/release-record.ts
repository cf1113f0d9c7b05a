/** A held mail as it would be decided with its sender let in, or registered. */

import type { ReleaseAsked, ReleaseRecord, SiteKey, Trial } from '../../acts/mail/records.ts';
import { canBe, isHeld } from '../../changes/outcome.ts';
import { contactId } from '../../foundation/ids.ts';
import { decide } from '../../intake/decide.ts';
import { changeOf } from '../../intake/decision.ts';
import type { Facts } from '../../intake/facts.ts';
import type { Contact, Role } from '../../registry/site.ts';
import { storedMail } from '../../store/intake/replay.ts';
import { heldOf, siteByNumber, siteOfPin } from '../../store/mail/held-mail.ts';
import { readRegistryWhole } from '../../store/registry/registry.ts';
import type { IntakeDeps } from '../intake/process-intake.ts';
import { type TrialDecision, trialInWords, tryMail } from './trial.ts';

type Fault = { readonly fault: string };
type Person = Pick<Contact, 'siteId' | 'name' | 'email' | 'role'>;

async function siteFor(deps: IntakeDeps, how: ReleaseAsked): Promise<SiteKey | Fault | null> {
  const named = how.site === undefined ? null : await siteByNumber(deps.database, how.site);
  if (how.site !== undefined && !named) return { fault: `there is no site ${how.site}` };
  if (how.pin === undefined) return named;
  const found = await siteOfPin(deps.database, how.pin, deps.policy.pinGraceDays);
  if (!found) return { fault: 'no site has this PIN' };
  return named && named.id !== found.id ? { fault: `the PIN is not that of site ${how.site}` } : found;
}

type LetIn = (facts: Facts) => Facts;

/** As if the sender were on record already. */
export const asContact =
  (person: Person): LetIn =>
  (facts) => {
    if (facts.contacts.some((one) => one.siteId === person.siteId)) return facts;
    return { ...facts, contacts: [...facts.contacts, { ...person, id: contactId('0'), aliases: [], types: [] }] };
  };

function decideAs(deps: IntakeDeps, { mail, facts, now }: TrialDecision, letIn: LetIn): Trial {
  return trialInWords({ mail, decision: decide(mail, letIn(facts), deps.policy, now) });
}

/** So many decisions are read by a person; the rest is a number. */
const mostListed = 50;

/** What held mails of a sender would be decided, were they let in. */
export async function othersOf(
  deps: IntakeDeps,
  of: Parameters<typeof heldOf>[1],
  letIn: LetIn,
): Promise<Pick<ReleaseRecord, 'others' | 'more'>> {
  const ids = await heldOf(deps.database, of);
  const others: ReleaseRecord['others'][number][] = [];
  for (const id of ids.slice(0, mostListed - (of.except ? 1 : 0))) {
    const stored = await storedMail(deps.database, id);
    if (stored?.raw) others.push(decideAs(deps, await tryMail(deps, stored), letIn));
  }
  return { others, more: ids.length - others.length };
}

/** Null where it is not held, or there is nothing to read it by. */
export async function releaseRecord(deps: IntakeDeps, asked: ReleaseAsked): Promise<ReleaseRecord | Fault | null> {
  const stored = await storedMail(deps.database, asked.mail);
  if (!stored?.raw || !canBe(stored.outcome).includes('release')) return null;
  const site = await siteFor(deps, asked);
  if (site && 'fault' in site) return site;
  // That somebody has let it in counts, not who.
  const tried = await tryMail(deps, stored, { by: 'release', site: site?.id ?? null });
  const { decision, mail } = tried;
  const named = decision.evidence.site;
  const at = site ?? (named === null ? null : await siteByNumber(deps.database, named));
  const from = mail.facts.from.kind === 'one' ? mail.facts.from : null;
  const role = (asked.register?.role ?? 'authorized user') as Role;
  const person = asked.register && at && from ? { siteId: at.id, name: from.name, email: from.address, role } : null;
  return {
    site,
    at,
    from: from && { address: from.address, name: from.name },
    // It is held again, and belongs to that case.
    onCase: isHeld(decision.outcome) ? (changeOf(decision, 'mail-filed')?.case ?? null) : null,
    trial: person ? decideAs(deps, tried, asContact(person)) : trialInWords(tried),
    ...(person && at && { registry: await readRegistryWhole(deps.database, [at.number]) }),
    ...(person
      ? await othersOf(deps, { site: person.siteId, address: person.email, except: mail.id }, asContact(person))
      : { others: [], more: 0 }),
  };
}
