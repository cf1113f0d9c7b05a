/** What all acts on a request for access have in common: who is who at its site, and how it goes on. */
import { z } from 'zod';
import { dueOf } from '../../access/due.ts';
import { type AccessRequest, decisionOf, type NotTaken, type RequestStep, takeStep } from '../../access/request.ts';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { RequestStepped } from '../../changes/access.ts';
import { actorOf, type By, contactOf, mailOf, staffOf } from '../../changes/by.ts';
import type { Grade } from '../../mail/parsed-mail.ts';
import type { AccessResult } from '../../outbound/letters/access.ts';
import { decidersOf } from '../../registry/permissions.ts';
import type { Contact, Site } from '../../registry/site.ts';
import { isErased } from '../../upkeep/erasure.ts';
import { type Given, type Refusal, refused } from '../act.ts';
import { nobodyNamed } from '../as-staff.ts';
import type { AccessRecord } from './records.ts';

export const requestId = z
  .string()
  .regex(/^\d{1,18}$/, 'the id of a request has digits only')
  .describe('the id of the request');

/** Of a licence, by somebody who is not on record (§8.11). */
export const registers = ({ said }: Pick<AccessRecord, 'said'>): boolean => (said.licence ?? null) !== null;

/** Of the mail that asked; of one from before it was kept nothing is known. */
export const gradeOf = ({ steps }: Pick<AccessRecord, 'steps'>): Grade =>
  steps.findLast((step) => step.kind === 'asked')?.grade ?? 'unverified';

/** Of a registration that of the licence. Else number and country are those of one site (§8.3); null where they are not, which the asker is never told. */
export const rightSite = ({ site, said }: AccessRecord): Site | null =>
  site && (registers({ said }) || said.country === site.country) ? site : null;

/** Known again when a decision is taken back, whatever way it comes by: one of our people by their address. */
export const whoDecides = (by: By): string => {
  const own = contactOf(by);
  return own === null ? (staffOf(by) ?? actorOf(by)) : `contact ${own}`;
};

/** One of our people who is on record at the site as well is one person, by whichever way they decide. */
export function samePerson({ people }: Pick<AccessRecord, 'people'>, one: string, other: string): boolean {
  const known = (who: string): string => {
    const own = people.find(({ email, aliases }) => [email, ...aliases].includes(who.toLowerCase()));
    return own ? `contact ${own.id}` : who.toLowerCase();
  };
  return known(one) === known(other);
}

/** The asker as somebody on record at the site. */
export const askerAt = ({ people, address }: AccessRecord): Contact | null =>
  people.find(({ email, aliases }) => email === address || aliases.includes(address)) ?? null;

export const decidersAt = ({ people, address }: AccessRecord, { policy }: Given): Contact[] =>
  decidersOf(people, policy).filter(({ email, aliases }) => email !== address && !aliases.includes(address));

export const primaryAt = ({ people }: AccessRecord): Contact | null =>
  people.find(({ role }) => role === 'primary') ?? null;

export const timerAfter = (on: AccessRecord, steps: AccessRequest, { policy }: Given): string | null =>
  dueOf(steps, placeCalendar(rightSite(on), policy, policy.publicHolidays), policy)?.at ?? null;

type Stepped =
  | { readonly kind: 'stepped'; readonly change: RequestStepped }
  | { readonly kind: 'not-taken'; readonly why: NotTaken };

/** All of the steps, or none. Where the asker is erased nothing goes on: what stands in their place is nobody's address. */
export function stepped(
  on: AccessRecord,
  steps: readonly [RequestStep, ...RequestStep[]],
  given: Given,
  more: Pick<RequestStepped, 'said' | 'ends'> = {},
): Stepped {
  if (isErased(on.address)) return { kind: 'not-taken', why: 'over' };
  let request = on.steps;
  for (const step of steps) {
    const taken = takeStep(request, step, given.policy.access);
    if (taken.kind === 'not-taken') return taken;
    request = taken.request;
  }
  const { id, versionNo, address } = on;
  const { by, now: at } = given;
  const timerAt = timerAfter(on, request, given);
  const change = {
    kind: 'request-stepped',
    request: id,
    requestVersion: versionNo,
    address,
    steps,
    timerAt,
    mail: mailOf(by),
    at,
    by,
  } as const;
  return { kind: 'stepped', change: { ...change, ...more } };
}

const says: Readonly<Record<NotTaken, string>> = {
  decided: 'This request was decided before, and the first decision counts.',
  'not-verified': 'The asker has not shown yet that the address is theirs; nobody decides before that.',
  'not-decided': 'This request is not decided.',
  over: 'This request has ended.',
  'too-late': 'The time in which this decision could be taken back is over.',
  'not-theirs': 'Only whoever decided takes the decision back.',
  'done-before': 'That was done before.',
};
const told: Readonly<Partial<Record<NotTaken, AccessResult>>> = {
  ...{ 'not-decided': 'not-decided', over: 'over', 'too-late': 'too-late', 'not-theirs': 'not-theirs' },
};
/** `decider`: what a decider is told who has asked for it by mail. */
export const refusedTo = (why: Refusal['why'], says: string, decider: AccessResult): Refusal => ({
  ...refused(why, says),
  decider,
});
/** §8.7: one of our people, or who decides at the site now. */
export function mayNotDecide(on: AccessRecord, given: Given): Refusal | null {
  const own = contactOf(given.by);
  if (own === null) return staffOf(given.by) === null ? nobodyNamed : null;
  return decidersAt(on, given).some(({ id }) => id === own)
    ? null
    : refusedTo('no-right', 'Whoever answered may not decide about access to this site.', 'no-right');
}

export function notTaken(why: NotTaken): Refusal {
  const decider = told[why];
  return decider === undefined ? refused('conflict', says[why]) : refusedTo('conflict', says[why], decider);
}
/** For our own people: who was faster, as they stand on record. A contact hears it in their letter. */
export function decidedBefore({ id, steps, people }: AccessRecord): Refusal {
  const decision = decisionOf(steps);
  const who = people.find((one) => decision?.by === `contact ${one.id}`)?.email ?? decision?.by ?? 'somebody';
  const how = decision?.kind === 'denied' ? 'denied' : 'granted';
  return refused('conflict', `Request ${id} was ${how} before, by ${who}, and the first decision counts.`);
}
export const noRequest = (id: string): Refusal => refused('not-found', `There is no access request ${id}.`);
