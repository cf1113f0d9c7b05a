/** Customers in words: days, where their support stands, states of what belongs to them. */
import type { PrivilegedShown } from '../../../flows/registry/customers.ts';
import { contractAsItStood } from '../../../intake/explain.ts';
import type { Entitlement } from '../../../registry/entitlement.ts';
import { isServed, type Standing } from '../../../registry/licences/time-line.ts';
import { listOf } from '../acts/list-of.ts';
import type { Tone } from '../frame/parts.ts';

const dayForm = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
const monthForm = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' });
/** `31 Dec 2026`; a day has no zone of its own. */
export const dayShown = (day: string): string => dayForm.format(new Date(`${day}T00:00:00Z`));
/** In a sentence that is written elsewhere, for programs as well. */
export const daysShown = (says: string): string => says.replaceAll(/\b\d{4}-\d\d-\d\d\b/g, dayShown);
export const monthShown = (day: string): string => monthForm.format(new Date(`${day}T00:00:00Z`));

export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

export const capital = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());

type Pill = { readonly says: string; readonly tone?: Tone };

/** Of a list: in two or three words. Amber is what somebody will have to look at. */
export function standingPill({ judged, until }: Standing): Pill {
  switch (judged.kind) {
    case 'under-covered':
      return { says: until === null ? 'under-covered' : `under-covered, ends ${dayShown(until)}`, tone: 'warn' };
    case 'grace':
      return { says: `in grace, ended ${dayShown(judged.endedOn)}`, tone: 'warn' };
    case 'lapsed':
      return { says: judged.endedOn === null ? 'no support' : `support ended ${dayShown(judged.endedOn)}` };
    case 'entitled':
    case 'trial':
      return until === null
        ? { says: judged.kind === 'trial' ? 'trial' : `entitled, ${judged.plan}`, tone: 'good' }
        : { says: `${judged.kind === 'trial' ? 'trial' : judged.plan} ends ${dayShown(until)}`, tone: 'warn' };
    default:
      return judged satisfies never;
  }
}

const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`);

/** Whether the site is entitled now, as a decision about a mail would say it, and when that ends. */
export function entitledSays({ judged, until }: Standing): string {
  const now = daysShown(capital(contractAsItStood(judged)));
  if (!isServed(judged) || until === null) return `${now}.`;
  return `${now}. It ends on ${dayShown(until)}, ${inDays(daysBetween(judged.day, until))}.`;
}

/** What a stretch of the time line is, without its days. */
export function coverSays(judged: Entitlement): string {
  switch (judged.kind) {
    case 'entitled':
      return `entitled, plan ${judged.plan}`;
    case 'under-covered':
      return `under-covered, plan ${judged.plan}: ${judged.support} support licences for ${judged.users} user licences of ${judged.coveredBy}`;
    case 'trial':
      return `trial of ${judged.coveredBy}`;
    case 'grace':
      return `grace for severity ${listOf(Object.keys(judged.untilDay))}`;
    case 'lapsed':
      return 'no support';
    default:
      return judged satisfies never;
  }
}

export const privilegedStates: Readonly<Record<PrivilegedShown['state'], Pill>> = {
  good: { says: 'not used yet' },
  open: { says: 'window open', tone: 'warn' },
  used: { says: 'used' },
  expired: { says: 'expired unused' },
  revoked: { says: 'revoked' },
  'no-right': { says: 'good no more: role or address changed' },
};

/** `30 days before the end`, `on the day`, `7 days after`. */
export const stepSays = (step: number): string =>
  step === 0 ? 'on the day of the end' : `${counted(Math.abs(step), 'day')} ${step < 0 ? 'before' : 'after'} the end`;
