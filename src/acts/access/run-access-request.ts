import { z } from 'zod';
import { dueOf } from '../../access/due.ts';
import { decisionOf, type HandedOver, type RequestStep, stateOf } from '../../access/request.ts';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { OwnChange } from '../../changes/change.ts';
import type { Site } from '../../registry/site.ts';
import type { Act, ActLetter, Given } from '../act.ts';
import { numberTried } from '../pins/number-tried.ts';
import {
  callerLetter,
  decidedLetter,
  firstHears,
  questionLetters,
  settledLetter,
  verifyLetter,
} from './access-letters.ts';
import { added, removed } from './granted.ts';
import { askerAt, decidersAt, noRequest, registers, rightSite, stepped, timerAfter } from './on-request.ts';
import type { AccessRecord, AccessRecords } from './records.ts';
import { toCare } from './with-care.ts';

const input = z.strictObject({ request: z.string() });
type RunAccessRequest = z.infer<typeof input>;

type Follows = {
  readonly step: RequestStep;
  readonly more?: readonly RequestStep[];
  readonly changes?: readonly OwnChange[];
  readonly letters: readonly ActLetter[];
};

/** §8.3, once the address is verified: a caller with limits, and the deciders have it; or client care. */
function asks(on: AccessRecord, given: Given, site: Site | null): Follows {
  const by = 'clock';
  const { now: at, policy } = given;
  const handed = (why: HandedOver): RequestStep => ({ kind: 'handed-over', why, at, by });
  if (!site) return { step: handed('wrong-number'), ...toCare(on, given, 'wrong-number') };
  const callers = on.people.filter(({ role }) => role === 'provisional caller').length;
  const becomesCaller = !askerAt(on) && callers < policy.access.provisionalCallers;
  const caller = becomesCaller ? [added(on, site, given, { role: 'provisional caller' })] : [];
  const told = becomesCaller ? [callerLetter(on, site, given)] : [];
  const step = { kind: 'deciders-asked', at, by } as const;
  if (decidersAt(on, given).length > 0)
    return { step, changes: caller, letters: [...told, ...questionLetters(on, site, given, 'first')] };
  const care = toCare(on, given, 'no-decider');
  return {
    ...{ step, more: [handed('no-decider')], changes: [...caller, ...care.changes] },
    letters: [...told, ...questionLetters(on, site, given, 'first'), ...care.letters],
  };
}

/** §8.11: client care sees whose the licence is; nobody else is asked, and the asker hears nothing of it. */
function wantsToRegister(on: AccessRecord, given: Given, site: Site | null): Follows {
  const why = !site ? 'no-such-licence' : on.people.length > 0 ? 'site-has-people' : 'registration';
  const { changes, letters } = toCare(on, given, why);
  const { mail, address } = on;
  const { now: at, by, policy } = given;
  const wrong = why === 'no-such-licence' ? 1 : 0;
  const tried = mail === null ? [] : [numberTried(address, { mail, tried: 1, wrong, at, by }, policy.guessing)];
  return { step: { kind: 'handed-over', why, at, by: 'clock' }, changes: [...changes, ...tried], letters };
}

/** To whoever granted it, if they are there still. */
const toDecider = (on: AccessRecord, site: Site, given: Given, result: 'ends' | 'ended'): ActLetter[] => {
  const decider = on.people.find(({ id }) => decisionOf(on.steps)?.by === `contact ${id}`);
  return decider ? [settledLetter(on, site, given, { contact: decider, to: decider.email }, { result })] : [];
};

function tellsAsker(on: AccessRecord, given: Given, site: Site | null): Follows {
  const step = { kind: 'asker-told', at: given.now, by: 'clock' } as const;
  const decision = decisionOf(on.steps);
  if (!decision || (!site && decision.kind === 'granted')) return { step, letters: [] };
  // Whoever only named a licence hears nothing of its site.
  const of = registers(on) ? null : site;
  const letters = [decidedLetter(on, of, given, decision.kind), ...(of ? firstHears(on, of, given, decision) : [])];
  if (!of) return { step, letters };
  const asker = askerAt(on);
  // A denial takes nothing from whoever was put on record otherwise meanwhile.
  const goes = decision.kind === 'denied' && asker?.role === 'provisional caller';
  return { step, changes: goes ? removed(on, of, given) : [], letters };
}

/** Whoever else decides at the site; where nobody does client care is the second, by its clock. */
function asksSecond(on: AccessRecord, given: Given, site: Site | null): Follows {
  const own = { at: given.now, by: 'clock' } as const;
  const step = { kind: 'second-asked', ...own } as const;
  if (!site) return { step, letters: [] };
  const letters = questionLetters(on, site, given, 'second');
  if (letters.length > 0) return { step, letters };
  const care = toCare(on, given, 'second-decider');
  const handed = { kind: 'handed-over', why: 'second-decider', ...own } as const;
  const waiting = stateOf(on.steps) === 'waiting';
  return { step, more: waiting ? [handed] : [], changes: on.careRuns ? [] : care.changes, letters: care.letters };
}

function follows(on: AccessRecord, what: NonNullable<ReturnType<typeof dueOf>>['what'], given: Given): Follows {
  const site = rightSite(on);
  const own = { at: given.now, by: 'clock' } as const;
  switch (what) {
    case 'verify-sent':
      return { step: { kind: what, ...own }, letters: [verifyLetter(on, given)] };
    case 'deciders-asked':
      return asks(on, given, site);
    case 'second-asked':
      return asksSecond(on, given, site);
    case 'reminded':
      return { step: { kind: what, ...own }, letters: site ? questionLetters(on, site, given, 'reminder') : [] };
    case 'handed-over':
      if (registers(on)) return wantsToRegister(on, given, site);
      return { step: { kind: what, why: 'no-answer', ...own }, ...toCare(on, given, 'no-answer') };
    case 'asker-told':
      return tellsAsker(on, given, site);
    case 'end-told': {
      const letters = site ? [decidedLetter(on, site, given, 'ends'), ...toDecider(on, site, given, 'ends')] : [];
      return { step: { kind: what, ...own }, letters };
    }
    case 'ended': {
      const step = { kind: what, ...own };
      if (!site || stateOf(on.steps) !== 'granted') return { step, letters: [] };
      const letters = [decidedLetter(on, site, given, 'ended'), ...toDecider(on, site, given, 'ended')];
      return { step, changes: removed(on, site, given), letters };
    }
    default:
      return what satisfies never;
  }
}

/** §3 "Letters, how many": verifications have a pool of their own, and what does not fit goes later. */
const after = (at: string, time: { hours?: number; minutes?: number }): string =>
  Temporal.Instant.from(at).add(time).toString();

/** Null where there is room; else when to look again. To one address once a day, whatever it asks for. */
function fullUntil({ verifying }: AccessRecords, { now, policy: { access } }: Given): string | null {
  const { hour = 0, domainHour = 0, last = null } = verifying ?? {};
  const again = last === null ? now : after(last, { hours: access.verifyAgainHours });
  if (Date.parse(again) > Date.parse(now)) return again;
  const full = hour >= access.verifyPerHour || domainHour >= access.verifyPerHourPerDomain;
  return full ? after(now, { minutes: 5 }) : null;
}

/** Does what has become due on a request for access, and says when to look again. */
export const runAccessRequest: Act<RunAccessRequest> = {
  name: 'run-access-request',
  input,
  right: 'none',
  does: 'does what has become due on a request for access',
  gives: {
    changes: [
      ...(['request-stepped', 'request-timer-set', 'contact-added', 'contact-removed'] as const),
      ...(['care-clock-started', 'pin-tried'] as const),
    ],
    letters: [
      'access-verify',
      'access-caller',
      'access-question',
      'access-decided',
      'access-settled',
      'access-with-care',
    ],
  },
  byClock: ['access-requests'],
  needs: ({ request }) => ({ accessRequest: request }),
  judge({ request }, records, given) {
    const { accessRequest: on } = records;
    if (!on) return noRequest(request);
    const { now, by, policy } = given;
    const timer = (timerAt: string | null) =>
      ({ kind: 'request-timer-set', request: on.id, requestVersion: on.versionNo, timerAt, at: now, by }) as const;
    const due = dueOf(on.steps, placeCalendar(rightSite(on), policy, policy.publicHolidays), policy);
    if (!due || Temporal.Instant.compare(due.at, now) > 0)
      return { kind: 'done', changes: [timer(timerAfter(on, on.steps, given))], letters: [] };
    const full = due.what === 'verify-sent' ? fullUntil(records, given) : null;
    if (full !== null) return { kind: 'done', changes: [timer(full)], letters: [] };
    const { step, more = [], changes = [], letters } = follows(on, due.what, given);
    const made = stepped(on, [step, ...more], given);
    if (made.kind === 'not-taken') return { kind: 'done', changes: [timer(null)], letters: [] };
    return { kind: 'done', changes: [made.change, ...changes], letters };
  },
};
