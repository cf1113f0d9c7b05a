/** Letters on a schedule: kinds that are started and stopped, and what the turn of a site came to (POLICY §8.10, §9, §11.6). */
import type { ContactId, SiteId } from '../../foundation/ids.ts';
import type { ScheduleKind, Turn, TurnKind } from '../../notices/turns.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type Common = { readonly at: string; readonly by: By };
export type ScheduleStarted = Common & {
  readonly kind: 'schedule-started';
  readonly name: ScheduleKind;
  /** How many letters its first round writes. */
  readonly letters: number;
  /** Sites where nobody can be written to. */
  readonly nobody: number;
  /** When the first of them goes out. */
  readonly first: string | null;
  /** Some of those who get one. */
  readonly some: readonly { readonly site: string; readonly to: string; readonly dueAt: string }[];
};
export type ScheduleStopped = Common & {
  readonly kind: 'schedule-stopped';
  readonly name: ScheduleKind;
};

type OfTurn = Common & { readonly site: SiteId; readonly siteNumber: string };
export const turnResults = ['sent', 'reminded', 'settled', 'nobody', 'skipped', 'for-care'] as const;
export type TurnResult = (typeof turnResults)[number];
export type TurnTaken = OfTurn & {
  readonly kind: 'turn-taken';
  readonly name: TurnKind;
  /** As it was judged: where it has moved on, nothing is written. */
  readonly turn: Pick<Turn, 'period' | 'step'>;
  readonly result: TurnResult;
  /** To whom; empty where nobody was written to. */
  readonly to: readonly string[];
  readonly next: Turn | null;
};
/** These are asked about. */
export type AttestationAsked = OfTurn & {
  readonly kind: 'attestation-asked';
  readonly period: string;
  readonly contacts: readonly ContactId[];
};
/** These stay as they are: somebody who decides has said so. */
export type AttestationAnswered = OfTurn & {
  readonly kind: 'attestation-answered';
  readonly period: string;
  readonly contacts: readonly ContactId[];
};
/** Client care has the list of sites that have not answered. */
export type UnansweredListed = Common & { readonly kind: 'unanswered-listed'; readonly sites: readonly SiteId[] };
/** Their address came back, and somebody of the site is asked whether it is right; null: there is nobody to ask. */
export type ContactAskedAbout = OfTurn & {
  readonly kind: 'contact-asked-about';
  readonly contact: ContactId;
  readonly address: string;
  readonly to: string | null;
};
/** Somebody of the site has said that the address on record is right. */
export type ContactReachable = OfTurn & {
  readonly kind: 'contact-reachable';
  readonly contact: ContactId;
  readonly address: string;
};
/** By their numbers. */
export type WelcomeDue = Common & { readonly kind: 'welcome-due'; readonly sites: readonly string[] };

export type ScheduleChange =
  | ScheduleStarted
  | ScheduleStopped
  | TurnTaken
  | AttestationAsked
  | AttestationAnswered
  | UnansweredListed
  | ContactAskedAbout
  | ContactReachable
  | WelcomeDue;

const common = { event: none('it is about a site, and no case changes'), batched: false } as const;

const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

const results: Readonly<Record<TurnResult, string>> = {
  sent: 'is sent',
  reminded: 'is sent again',
  settled: 'has nothing to ask',
  nobody: 'goes to nobody: no address there takes mail',
  skipped: 'is skipped: its day lies too far behind',
  'for-care': 'is not answered, and stands on the list for client care; nothing else changes',
};

/** As a sentence begins with them. */
const names: Readonly<Record<ScheduleKind, string>> = {
  'contact-lists': 'The monthly lists of contacts',
  're-attestation': 'The quarterly questions who may open cases',
  renewals: 'Letters about renewals',
  'end-of-support': 'Letters about the end of full support',
};

const startedIn = ({ name, letters, nobody, first, some }: ScheduleStarted): string => {
  const when = first === null ? '' : `, the first one at ${first}`;
  const shown = some.map(({ site, to, dueAt }) => `${to} (site ${site}) at ${dueAt}`).join(', ');
  const more = letters > some.length ? `, and ${letters - some.length} more` : '';
  const without =
    nobody === 0 ? '' : ` At ${counted(nobody, 'site', 'sites')} there is nobody who could be written to.`;
  return `${names[name]} start: the first round is ${counted(letters, 'letter', 'letters')}${when}${shown === '' ? '' : `, to ${shown}${more}`}.${without}`;
};

export const scheduleChanges = {
  'schedule-started': {
    ...common,
    audit: ({ name, letters, nobody }) => ({
      action: 'schedule-started',
      subjectKind: 'schedule',
      subjectId: name,
      detail: { letters, nobody },
    }),
    says: startedIn,
    topic: 'schedule.started',
  },
  'schedule-stopped': {
    ...common,
    audit: ({ name }) => ({ action: 'schedule-stopped', subjectKind: 'schedule', subjectId: name }),
    says: ({ name }) =>
      `${names[name]} stand still: no more go out until they are started anew, and what became due until then is left out.${name === 'end-of-support' ? ' What is under way pauses, and can be resumed.' : ''}`,
    topic: 'schedule.stopped',
  },
  'turn-taken': {
    ...common,
    audit: ({ name, turn, result, siteNumber }) => ({
      action: `schedule-${result}`,
      subjectKind: 'site',
      subjectId: siteNumber,
      detail: { schedule: name, ...turn },
    }),
    says: ({ name, turn, result, siteNumber, next }) =>
      `${name} ${turn.period} of site ${siteNumber} ${results[result]}${next === null ? '' : `; next at ${next.dueAt}`}.`,
    topic: none('the letter says it'),
  },
  'attestation-asked': {
    ...common,
    audit: ({ siteNumber, period, contacts }) => ({
      action: 'attestation-asked',
      subjectKind: 'site',
      subjectId: siteNumber,
      detail: { period, contacts },
    }),
    says: ({ siteNumber, contacts }) =>
      `Site ${siteNumber} is asked whether ${counted(contacts.length, 'person', 'people')} may still open cases.`,
    topic: none('the answer has one'),
  },
  'attestation-answered': {
    ...common,
    audit: ({ siteNumber, period, contacts }) => ({
      action: 'attestation-answered',
      subjectKind: 'site',
      subjectId: siteNumber,
      detail: { period, contacts },
    }),
    says: ({ siteNumber, contacts }) =>
      `At site ${siteNumber} ${counted(contacts.length, 'person', 'people')} may still open cases: that was confirmed.`,
    topic: 'contacts.attested',
  },
  'unanswered-listed': {
    ...common,
    audit: ({ sites }) => ({
      action: 'unanswered-listed',
      subjectKind: 'schedule',
      subjectId: 're-attestation' satisfies ScheduleKind,
      detail: { sites },
    }),
    says: ({ sites }) => `Client care hears of ${counted(sites.length, 'site', 'sites')} without an answer.`,
    topic: none('client care is told'),
  },
  'contact-asked-about': {
    ...common,
    audit: ({ contact, siteNumber, to }) => ({
      action: 'contact-asked-about',
      subjectKind: 'contact',
      subjectId: contact,
      detail: { site: siteNumber, asked: to !== null },
    }),
    says: ({ address, siteNumber, to }) =>
      to === null
        ? `Letters to ${address} of site ${siteNumber} come back, and nobody else there could be asked.`
        : `Letters to ${address} of site ${siteNumber} come back; ${to} is asked whether it is right.`,
    topic: none('contact.doubtful has said it'),
  },
  'contact-reachable': {
    ...common,
    audit: ({ contact, siteNumber }) => ({
      action: 'contact-reachable',
      subjectKind: 'contact',
      subjectId: contact,
      detail: { site: siteNumber },
    }),
    says: ({ address, siteNumber }) =>
      `The address ${address} of site ${siteNumber} is right, somebody there has said.`,
    topic: 'contact.changed',
  },
  'welcome-due': {
    ...common,
    audit: ({ sites }) => ({
      action: 'welcome-due',
      subjectKind: 'schedule',
      subjectId: 'welcome' satisfies TurnKind,
      detail: { sites: sites.length },
    }),
    says: ({ sites }) =>
      `${counted(sites.length, 'site is', 'sites are')} welcomed: the primary, and the technical contacts.`,
    topic: none('each letter is its own'),
  },
} as const satisfies { [kind in ScheduleChange['kind']]: ChangeRow<Extract<ScheduleChange, { kind: kind }>> };
