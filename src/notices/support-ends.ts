/** The end of full support of a version (POLICY §10.6): when the sites that have it are told. Pure: versions and time are handed in. */
import type { WorkingCalendar } from '../calendar/open-days.ts';
import { dayAt } from '../registry/entitlement.ts';
import type { ProductVersion } from '../registry/site.ts';
import type { Announcement } from './announcement.ts';
import type { NoticesPolicy } from './policy.ts';
import { type StepDay, stepDays } from './renewals/step-days.ts';
import { isTooLate } from './turns.ts';

/** A version whose last day of full support is on record. */
export type EndingVersion = Omit<ProductVersion, 'fullUntil'> & {
  readonly fullUntil: string;
  /** The instant since which it is on record with this day. */
  readonly knownAt: string;
};

export const supportEndSkips = [
  /** Its day was before the end was on record. */
  'not-known',
  /** Its moment was before these letters were started. */
  'not-started',
  /** A later step goes out on the same day. */
  'same-day',
  /** A later step is due: only the newest goes out. */
  'missed',
  /** §11.6: it could not go out for too long. */
  'too-late',
] as const;
type SupportEndSkip = (typeof supportEndSkips)[number];

export type SupportEndStep = StepDay & {
  /** Of the announcement: the key of the step, which is never used twice. */
  readonly name: string;
  readonly of: EndingVersion;
} & ({ readonly state: 'planned' | 'due' } | { readonly state: 'skipped'; readonly reason: SupportEndSkip });

/** Whatever is no letter of ASCII or digit by its number, so that two products never come to one name. */
const spelled = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/[\s_-]+/g, '-')
    .replace(/[^a-z0-9.-]/g, (one) => `_${one.codePointAt(0)?.toString(16)}`);

const nameOf = ({ product, version, fullUntil }: EndingVersion, step: number): string =>
  `end-of-${spelled(product)}-${spelled(version)}-${fullUntil}-${-step}d`;

const isAfter = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) > 0;

type Standing = {
  readonly versions: readonly EndingVersion[];
  readonly calendar: WorkingCalendar;
  /** Since when these letters run; null: they stand still. */
  readonly startedAt: string | null;
  readonly now: string;
  readonly policy: NoticesPolicy;
};

/** Every step of every version that has full support still, by version and step. */
export function supportEndSteps({ versions, calendar, startedAt, now, policy }: Standing): SupportEndStep[] {
  return versions
    .filter(({ stage, preview }) => stage === 'full' && !preview)
    .flatMap((of): SupportEndStep[] => {
      const days = stepDays(calendar, of.fullUntil, policy.endOfSupport);
      const knownOn = dayAt(of.knownAt, calendar.timezone);
      const newest = days.findLast(({ dueAt }) => !isAfter(dueAt, now));
      const reasonOf = ({ step, day, dueAt }: StepDay): SupportEndSkip | null => {
        if (day < knownOn) return 'not-known';
        if (isAfter(startedAt ?? now, dueAt)) return 'not-started';
        if (days.some((other) => other.step > step && other.day === day)) return 'same-day';
        if (isAfter(dueAt, now)) return null;
        if (newest && newest.step > step) return 'missed';
        return isTooLate(dueAt, now, policy) ? 'too-late' : null;
      };
      return days.map((day): SupportEndStep => {
        const reason = reasonOf(day);
        const common = { ...day, name: nameOf(of, day.step), of };
        if (reason !== null) return { ...common, state: 'skipped', reason };
        return { ...common, state: isAfter(day.dueAt, now) ? 'planned' : 'due' };
      });
    });
}

/** What goes out: to the sites that have named the version, by the rules of every announcement of this kind. */
export const supportEndAnnouncement = (name: string, { product, version, fullUntil }: EndingVersion): Announcement => ({
  ...{ name, kind: 'end-of-support', products: [product], versions: [version], contactTypes: [], resolves: [] },
  // For lists; the letter is a template, in every language that there are letters in.
  texts: [{ language: 'en', subject: `Full support of ${product} ${version} ends on ${fullUntil}`, body: '' }],
  supportEnd: { product, version, fullUntil },
});
