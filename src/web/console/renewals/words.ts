/** Letters about renewals in words: their states and steps, why somebody was not told, and the address of a list of them. */
import type { ListedRenewal, RenewalView } from '../../../flows/renewals/renewal-desk.ts';
import type { Tone } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';

export const states: Readonly<Record<ListedRenewal['state'], { readonly says: string; readonly tone?: Tone }>> = {
  planned: { says: 'planned' },
  held: { says: 'held', tone: 'warn' },
  sent: { says: 'sent', tone: 'good' },
  answered: { says: 'answered', tone: 'good' },
  bounced: { says: 'came back', tone: 'bad' },
  nobody: { says: 'reached nobody', tone: 'bad' },
  skipped: { says: 'skipped' },
  renewed: { says: 'renewed', tone: 'good' },
};

const reasons: Readonly<Record<string, string>> = {
  renewed: 'all of it is renewed',
  'not-known': 'its day was before the contract was on record',
  'not-started': 'its day was before renewals were started',
  told: 'it was told in the letter of another group',
  'same-day': 'a later step goes out on the same day',
  missed: 'a later step was due by then',
  'too-late': 'it could not go out for too long',
  paused: 'renewals were paused',
  'by-hand': 'somebody has skipped it',
  gone: 'what it names is on record no more',
  'no-contact': 'nobody there can be written to',
  bounced: 'every letter came back',
};
export const reasonSaid = (reason: string | null): string | null =>
  reason === null ? null : (reasons[reason] ?? reason.replaceAll('-', ' '));

/** Why an account was not told. */
export const whyNotTold: Readonly<Record<string, string>> = {
  'no-contact': 'Nobody there can be written to.',
  bounced: 'Every letter came back.',
  held: 'It was held until its day was over.',
  paused: 'Renewals were paused.',
  downtime: 'It could not go out for too long.',
  'known-late': 'The contract came on record after the day of the letter.',
  'by-hand': 'Somebody has skipped it.',
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
export const stepSaid = (step: number): string =>
  step === 0 ? 'on the day' : `${plural(Math.abs(step), 'day', 'days')} ${step < 0 ? 'before' : 'after'}`;

export const endOf = ({ items, group }: Pick<ListedRenewal, 'items' | 'group'>): string => items[0]?.to ?? group;
export const aboutOf = ({ items }: Pick<ListedRenewal, 'items'>): string =>
  items.map((one) => (one.kind === 'plan' ? `${one.plan} plan` : `${one.product} ${one.number}`)).join(', ') ||
  'nothing that ends still';

const dayWords = new Intl.DateTimeFormat('en-GB', {
  ...({ timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const),
});
/** `Mon 30 Nov 2026`. */
export const daySaid = (day: string): string => dayWords.format(new Date(`${day}T00:00:00Z`)).replace(',', '');

const dayIn = (at: string, { zone }: Pick<Viewer, 'zone'>): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
const hasEnded = (day: string, { zone }: Pick<Viewer, 'zone'>): boolean =>
  day < Temporal.Now.plainDateISO(zone).toString();
export const endWord = (day: string, viewer: Pick<Viewer, 'zone'>) => (hasEnded(day, viewer) ? 'Ended' : 'Ends');
/** `ends Tue 1 Dec 2026`, `ended Tue 24 Nov 2026`. */
export const endsSaid = (day: string, viewer: Pick<Viewer, 'zone'>): string =>
  `${endWord(day, viewer).toLowerCase()} ${daySaid(day)}`;

/** The last letter to whoever is told. */
export const noticeOf = ({ letters }: Pick<ListedRenewal, 'letters'>) =>
  letters.findLast(({ role }) => role === 'notice');

const wasSent: readonly ListedRenewal['state'][] = ['sent', 'answered', 'bounced'];
export const isSent = ({ state }: Pick<ListedRenewal, 'state'>): boolean => wasSent.includes(state);
/** On which it stands: what went by hand has gone before the day of the letter. */
export const dayOf = (one: Pick<ListedRenewal, 'state' | 'settledAt' | 'day'>, viewer: Pick<Viewer, 'zone'>): string =>
  isSent(one) && one.settledAt !== null ? dayIn(one.settledAt, viewer) : one.day;

export const views: Readonly<Record<RenewalView, { readonly tab: string; readonly none: string }>> = {
  week: { tab: 'This week', none: 'No letter about a renewal goes out within seven days.' },
  planned: { tab: 'Planned', none: 'No letter about a renewal is planned: of what ends on record nothing is left to be told.' },
  held: { tab: 'Held', none: 'No letter about a renewal is held.' },
  paused: {
    tab: 'Kept back by a pause',
    none: 'No letter is kept back: none was due while renewals were paused.',
  },
  sent: { tab: 'Told', none: 'Nobody was told of a renewal yet.' },
  answered: { tab: 'Answered', none: 'No letter about a renewal was answered yet.' },
  nobody: { tab: 'Reached nobody', none: 'Every letter that was due had somebody to go to.' },
  skipped: { tab: 'Skipped', none: 'No letter about a renewal was skipped.' },
  all: { tab: 'All', none: 'There is no letter about a renewal.' },
};

export type Asked = {
  readonly view: RenewalView;
  readonly site?: string | undefined;
  readonly day?: string | undefined;
  readonly after?: string | undefined;
};
export function listAddress({ view, site, day, after }: Asked): string {
  const query = new URLSearchParams({
    ...(view !== 'week' && { view }),
    ...(site && { site }),
    ...(day && { day }),
    ...(after && { after }),
  }).toString();
  return query === '' ? '/renewals' : `/renewals?${query}`;
}
