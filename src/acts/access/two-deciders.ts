/** Where two have to decide (decision record 0055): what the second confirms, and what is the first grant. */
import { type FirstGrant, firstGrantOf } from '../../access/request.ts';
import { needsTwo } from '../../access/two-deciders.ts';
import { contactOf } from '../../changes/by.ts';
import { type Granted, inTableOrder } from '../../registry/contacts/privileges.ts';
import type { Given, Refusal } from '../act.ts';
import type { Grant } from './granted.ts';
import { decidersAt, refusedTo, samePerson } from './on-request.ts';
import type { AccessRecord } from './records.ts';

/** Of a grant as it is asked for. */
type Said = { readonly [name in 'role' | 'until' | 'justification' | 'name' | 'phone']?: string | undefined } & {
  readonly privileges?: Granted | undefined;
  readonly now?: boolean | undefined;
  readonly confirms?: number | null | undefined;
};

/** What the first of two has granted, as long as they decide still; our own people stand by their address. */
function firstGrantAt(on: AccessRecord, given: Given): FirstGrant | null {
  const first = firstGrantOf(on.steps);
  const gone =
    first?.by.startsWith('contact ') && !decidersAt(on, given).some(({ id }) => first.by === `contact ${id}`);
  return gone ? null : first;
}

/** Nobody at a site confirms what the letter or the page before them did not show. Our own people look it up, so that a bare word of theirs is the grant that stands. */
function wasShown(on: AccessRecord, { confirms }: Said, first: FirstGrant, given: Given): boolean {
  if (confirms === undefined) return contactOf(given.by) === null;
  return confirms === on.steps.indexOf(first);
}

/** Nothing else is said than what the first of two has granted: it is confirmed as it stands. */
export function confirmed<Asked extends Said>(on: AccessRecord, asked: Asked, given: Given): Asked {
  const first = firstGrantAt(on, given);
  if (!first || asked.privileges !== undefined || !wasShown(on, asked, first, given)) return asked;
  const { role = first.role, until = first.until ?? undefined, justification = first.justification } = asked;
  if (role !== first.role || (until ?? null) !== first.until) return asked;
  const privileges = Object.keys(first.privileges).length > 0 ? first.privileges : undefined;
  const { name = first.name, phone = first.phone, now = first.atOnce } = asked;
  return { ...asked, role, until, justification, privileges, name, phone, now };
}

const sameTerms = (first: FirstGrant, { role, until, privileges }: Grant): boolean =>
  first.role === role &&
  first.until === until &&
  JSON.stringify(inTableOrder(first.privileges)) === JSON.stringify(inTableOrder(privileges));

/** The step that makes it the first grant, or null where one is enough, or a second confirms it. */
export function asFirst(on: AccessRecord, grant: Grant, who: string, given: Given): FirstGrant | Refusal | null {
  const { role, privileges, until, justification, atOnce, name, phone } = grant;
  if (!needsTwo(role, privileges, given.policy)) return null;
  const first = firstGrantAt(on, given);
  const same = first !== null && sameTerms(first, grant);
  const own = first !== null && samePerson(on, first.by, who);
  if (same && !own) return null;
  if (same)
    return refusedTo('conflict', 'You have granted this, and it waits for a second person who decides.', 'first-waits');
  const corrects = { ...(name !== null && { name }), ...(phone !== null && { phone }) };
  return { kind: 'first-granted', role, privileges, until, justification, atOnce, ...corrects, at: given.now, by: who };
}
