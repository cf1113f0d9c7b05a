/** What becomes of letters about renewals (POLICY §10): planned, sent, held, skipped, answered, and settled by a renewal. */
import type { ContactId, MailId, SiteId } from '../../foundation/ids.ts';
import type { EndingLicence, EndingPlan } from '../../notices/renewals/contracts.ts';
import type { By } from '../by.ts';
import { type AuditCell, type ChangeRow, coveredBy, none } from '../row.ts';

type Common = { readonly at: string; readonly by: By };
type OfSite = Common & { readonly site: SiteId; readonly siteNumber: string };

/** What a letter names: a contract with its end. */
export type RenewalContract = Omit<EndingLicence, 'knownAt'> | Omit<EndingPlan, 'knownAt'>;

export type PlannedStep = {
  readonly group: string;
  readonly step: number;
  readonly day: string;
  readonly dueAt: string;
  readonly items: readonly RenewalContract[];
  readonly state: 'planned' | 'held' | 'skipped';
  readonly reason: string | null;
  /** It lies behind, and does not come any more. */
  readonly settled: boolean;
};
export type RenewalsPlanned = OfSite & {
  readonly kind: 'renewals-planned';
  /** The site as it was judged: where it is another, nothing is written. */
  readonly siteVersion: number;
  /** All ends on record (`id|day`). Which of them are new is found as it is written: they are known from then on. */
  readonly known: readonly string[];
  /** Those that are otherwise than before. */
  readonly steps: readonly PlannedStep[];
};

type OfStep = OfSite & {
  /** The id of its row, and the version that was judged. */
  readonly renewal: string;
  readonly stepVersion: number;
  readonly group: string;
  readonly step: number;
};
/** A letter goes out; where `instead`, because the one before came back. */
export type RenewalSent = OfStep & {
  readonly kind: 'renewal-sent';
  readonly contact: ContactId;
  readonly to: string;
  readonly instead: boolean;
  /** Contacts who get a copy. */
  readonly copies: readonly ContactId[];
  readonly items: readonly RenewalContract[];
  /** The group whose entry for the calendar it goes on with, and its number; null where none goes along. */
  readonly entry: string;
  readonly sequence: number | null;
  /** The site as it was judged: where it is another, nothing goes out. */
  readonly siteVersion: number;
};
/** Nobody there could be written to, or every letter came back. */
export type RenewalMissed = OfStep & { readonly kind: 'renewal-missed'; readonly why: 'no-contact' | 'bounced' };
/** What becomes of a step whose letters were stopped: some of it still ends, and it is written anew; somebody has it already; or it is over. */
export type StoppedStep = 'again' | 'sent' | 'renewed' | 'gone';
/** Its letters that had not left yet never do. */
export type RenewalStopped = OfStep & {
  readonly kind: 'renewal-stopped';
  readonly siteVersion: number;
  readonly letters: readonly string[];
  readonly becomes: StoppedStep;
};
/** Somebody who had been told hears that all of it is renewed. */
export type RenewalSettled = OfStep & {
  readonly kind: 'renewal-settled';
  readonly siteVersion: number;
  readonly to: readonly string[];
  readonly entry: string;
  readonly sequence: number;
};
export type RenewalHandled = OfStep & {
  readonly kind: 'renewal-handled';
  readonly what: 'held' | 'released' | 'skipped' | 'edited';
  readonly words: string | null;
};
export type RenewalQuoted = OfStep & {
  readonly kind: 'renewal-quoted';
  readonly filename: string;
  readonly type: string;
  /** Base64. */
  readonly content: string;
};
/** A mail answers a letter, and stays with it (§10.4). */
export type RenewalAnswered = Common & {
  readonly kind: 'renewal-answered';
  readonly renewal: string;
  readonly mail: MailId;
};
export type RenewalsPaused = Common & { readonly kind: 'renewals-paused' | 'renewals-resumed' };
/** The renewal team has the list of the week. */
export type RenewalsTold = Common & { readonly kind: 'renewals-told'; readonly day: string };

export type RenewalChange =
  | RenewalsPlanned
  | RenewalSent
  | RenewalMissed
  | RenewalStopped
  | RenewalSettled
  | RenewalHandled
  | RenewalQuoted
  | RenewalAnswered
  | RenewalsPaused
  | RenewalsTold;

const common = { event: none('it is about a site, and no case changes'), batched: false } as const;

const about = (action: string, { siteNumber, renewal, group, step }: OfStep, more: object = {}): AuditCell => ({
  ...{ action, subjectKind: 'site', subjectId: siteNumber },
  detail: { renewal, group, step, ...more },
});
/** `30 days before`, `on the day`. */
function daysFrom(step: number): string {
  if (step === 0) return 'on the day';
  const days = Math.abs(step) === 1 ? '1 day' : `${Math.abs(step)} days`;
  return `${days} ${step < 0 ? 'before' : 'after'}`;
}
const named = ({ siteNumber, group, step }: Pick<OfStep, 'siteNumber' | 'group' | 'step'>): string =>
  `The letter ${daysFrom(step)} to site ${siteNumber}, for what ends on ${group},`;

const plannedIn = ({ siteNumber, steps }: RenewalsPlanned): string => {
  const of = (state: PlannedStep['state']) => steps.filter((one) => one.state === state);
  const [first] = of('planned').toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));
  const parts = [
    ...(first ? [`${of('planned').length} planned, the first at ${first.dueAt}`] : []),
    ...[...Map.groupBy(of('skipped'), ({ reason }) => reason ?? '')].map(
      ([why, all]) => `${all.length} skipped (${why})`,
    ),
    ...(of('held').length > 0 ? [`${of('held').length} held`] : []),
  ];
  return parts.length === 0
    ? `What ends at site ${siteNumber} is on record.`
    : `Letters about renewals of site ${siteNumber}: ${parts.join(', ')}.`;
};

const stopped: Readonly<Record<StoppedStep, string>> = {
  again: 'had not left yet and does not: it is written anew, for part of it is over',
  sent: 'has gone out; copies that had not left yet do not, for part of it is over',
  renewed: 'had not left yet and does not: it is renewed',
  gone: 'had not left yet and does not: what it names is on record no more',
};
const handled: Readonly<Record<RenewalHandled['what'], string>> = {
  held: 'is held until it is released or sent',
  released: 'goes out on its day',
  skipped: 'does not go out',
  edited: 'has a paragraph of its own at its top',
};
const handledIn = (change: RenewalHandled): string =>
  `${named(change)} ${change.what === 'edited' && change.words === null ? 'goes out as its template has it, without a paragraph of its own' : handled[change.what]}.`;

export const renewalChanges = {
  'renewals-planned': {
    ...common,
    audit: ({ siteNumber, steps }) => ({
      action: 'renewals-planned',
      subjectKind: 'site',
      subjectId: siteNumber,
      detail: { steps: steps.map(({ group, step, state, reason }) => ({ group, step, state, reason })) },
    }),
    says: plannedIn,
    topic: none('each letter is its own'),
  },
  'renewal-sent': {
    ...common,
    audit: (change) => about('renewal-sent', change, { contact: change.contact, copies: change.copies }),
    says: (change) =>
      `${named(change)} is sent to ${change.to}${change.instead ? ', for the one before came back' : ''}.`,
    topic: 'renewal.sent',
  },
  'renewal-missed': {
    ...common,
    audit: (change) => about('renewal-missed', change, { why: change.why }),
    says: (change) =>
      `${named(change)} reaches nobody: ${change.why === 'bounced' ? 'every letter came back' : 'there is nobody who can be written to'}.`,
    topic: 'renewal.missed',
  },
  'renewal-stopped': {
    ...common,
    audit: (change) => about('renewal-stopped', change, { letters: change.letters, becomes: change.becomes }),
    says: (change) => `${named(change)} ${stopped[change.becomes]}.`,
    topic: none('site.changed has said it'),
  },
  'renewal-settled': {
    ...common,
    audit: (change) => about('renewal-settled', change),
    says: ({ siteNumber, entry, to }) =>
      `What ends on ${entry} at site ${siteNumber} is renewed; ${to.join(', ')} ${to.length === 1 ? 'hears' : 'hear'} of it.`,
    topic: none('site.changed has said it'),
  },
  'renewal-handled': {
    ...common,
    audit: (change) => about(`renewal-${change.what}`, change),
    says: handledIn,
    topic: 'renewal.changed',
  },
  'renewal-quoted': {
    ...common,
    audit: (change) => about('renewal-quoted', change, { filename: change.filename }),
    says: (change) => `${named(change)} has ${change.filename} attached; billing contacts get a copy.`,
    topic: 'renewal.changed',
  },
  'renewal-answered': {
    ...common,
    audit: coveredBy('mail-decided'),
    says: ({ renewal }) => `The answer stays with renewal ${renewal}.`,
    topic: 'renewal.answered',
  },
  'renewals-paused': {
    ...common,
    audit: () => ({ action: 'renewals-paused', subjectKind: 'schedule', subjectId: 'renewals' }),
    says: () =>
      'No letter about a renewal goes out until they are resumed, nor one that is written and has not left; what becomes too late meanwhile is skipped.',
    topic: 'schedule.paused',
  },
  'renewals-resumed': {
    ...common,
    audit: () => ({ action: 'renewals-resumed', subjectKind: 'schedule', subjectId: 'renewals' }),
    says: () => 'Letters about renewals go out again; of what became due meanwhile the newest of each site.',
    topic: 'schedule.resumed',
  },
  'renewals-told': {
    ...common,
    audit: ({ day }) => ({
      ...{ action: 'renewals-told', subjectKind: 'schedule', subjectId: 'renewals' },
      detail: { day },
    }),
    says: ({ day }) => `The renewal team has the list of ${day}.`,
    topic: none('the team is told'),
  },
} as const satisfies { [kind in RenewalChange['kind']]: ChangeRow<Extract<RenewalChange, { kind: kind }>> };
