/** The letters about what ends, and what was renewed (POLICY §10.1–4). */
import type { RenewalContract } from '../../changes/schedule/renewals.ts';
import { type End, type EndingContract, sameEnd } from '../../notices/renewals/contracts.ts';
import { graceOf, lossesOf } from '../../notices/renewals/losses.ts';
import type { LetterAttachment } from '../../outbound/letter.ts';
import { type CalendarEntry, isCopy, type RenewalItem, type RenewalReader } from '../../outbound/letters/renewals.ts';
import { representativeNamed } from '../../staff/representative.ts';
import type { ActDesk, ActLetter, Given } from '../act.ts';
import { siteLetter } from '../schedule/turn-letters.ts';
import type { RenewalPerson, RenewalSite, RenewalStep } from './records.ts';

/** More would not be read; the table has all of them. */
const mostShown = 20;

export const shownItem = (item: RenewalContract): RenewalItem =>
  item.kind === 'plan'
    ? { kind: 'plan', product: null, plan: item.plan, number: null, quantity: null, endsOn: item.to }
    : {
        ...{ kind: 'support', product: item.product, plan: null, number: item.number, quantity: item.quantity },
        endsOn: item.to,
      };

export const tableHead = ['kind', 'name', 'number', 'quantity', 'from', 'to'] as const;
export const tableRow = (item: RenewalContract): string[] =>
  item.kind === 'plan'
    ? ['plan', item.plan, '', '', item.from, item.to]
    : ['support', item.product, item.number, `${item.quantity}`, item.from, item.to];

const renewalsAddress = ({ addresses }: ActDesk): string => addresses.renewals ?? addresses.support;

type Entry = Pick<CalendarEntry, 'sequence' | 'cancelled' | 'organiser'> & {
  readonly items: readonly RenewalContract[];
};

/** One entry a site and group: whatever is sent later takes its place. */
const entryFile = (
  { of: { site } }: RenewalSite,
  group: string,
  { sequence, cancelled, items, organiser }: Entry,
): CalendarEntry => ({
  ...{ uid: `renewal-${site.number}-${group}`, sequence, cancelled, organiser },
  day: items[0]?.to ?? group,
  lines: items.map((item) => `${tableRow(item).slice(1, 3).filter(Boolean).join(' ')}: ${item.to}`),
});

/**
 * A renewal of what ended first leaves a group of another day: what was told of in the letter before goes on with its entry, which so
 * moves to the new day. The same where all that a letter named has another end now, and nobody was told that it is renewed.
 */
export function entryOf({ steps }: RenewalSite, group: string, items: readonly End[]): string {
  const all = steps.flatMap(({ letters }) => letters);
  const settled = new Set(all.filter(({ role }) => role === 'settled').map(({ entry }) => entry));
  const isSame = (one: RenewalStep) => one.items.some((item) => items.some((other) => sameEnd(item, other)));
  const isMoved = (one: RenewalStep) =>
    one.items.length > 0 &&
    one.items.every((item) => items.some(({ id }) => id === item.id)) &&
    one.letters.every(({ entry }) => !settled.has(entry));
  const told = steps
    .filter((one) => isSame(one) || isMoved(one))
    .flatMap(({ letters }) => letters)
    .filter(({ role }) => role === 'notice')
    .toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)));
  return told.at(-1)?.entry ?? group;
}

/** The next number of an entry. */
export const nextSequence = ({ steps }: RenewalSite, entry: string): number =>
  1 +
  steps
    .flatMap(({ letters }) => letters)
    .filter((one) => one.entry === entry)
    .reduce((most, { sequence }) => Math.max(most, sequence ?? -1), -1);

type Notice = {
  readonly site: RenewalSite;
  readonly step: RenewalStep;
  /** By their end. */
  readonly items: readonly EndingContract[];
  readonly today: string;
};

/** To whoever is told, and the copies. */
export function renewalNotice(
  { site, step, items, today }: Notice,
  readers: readonly (readonly [RenewalPerson, RenewalReader])[],
  { desk, policy }: Given,
): ActLetter[] {
  const { of } = site;
  const endsOn = items[0]?.to ?? step.group;
  const days = Temporal.PlainDate.from(today).until(endsOn).days;
  const losses = lossesOf(of, items, policy);
  const all = losses.find(({ what }) => what === 'all');
  const calendar = days >= 0;
  const renewals = renewalsAddress(desk);
  const values = {
    ...{ siteName: of.site.name, site: of.site.number, endsOn, days, losses, renewals },
    ...{ items: items.slice(0, mostShown).map(shownItem), more: Math.max(0, items.length - mostShown) },
    grace: all ? graceOf(of, all.from, today, policy) : null,
    ...{ representative: representativeNamed(of.site.representative, desk), words: step.words, quote: step.quote?.filename ?? null },
  };
  const attempt = step.letters.filter(({ role }) => role === 'notice').length;
  const key = `renewal:${step.group}:${step.step}:${attempt}`;
  const attachments = quoteOf(step);
  const entry = entryOf(site, step.group, items);
  return readers.map(([to, reader]) => {
    const letter = siteLetter(
      { site: of.site },
      to,
      {
        template: 'renewal-notice',
        values: { ...values, reader, calendar: calendar && !isCopy(reader) },
      },
      key,
    );
    return {
      ...letter,
      ...(attachments.length > 0 && { attachments }),
      asks: { kind: 'renewal', step: step.id },
      table: { filename: `renewals-${of.site.number}.csv`, rows: [[...tableHead], ...items.map(tableRow)] },
      ...(calendar &&
        !isCopy(reader) && {
          calendar: entryFile(site, entry, {
            ...{ sequence: nextSequence(site, entry), cancelled: false, items, organiser: renewals },
          }),
        }),
    } as ActLetter;
  });
}

const quoteOf = ({ quote }: RenewalStep): LetterAttachment[] =>
  quote?.content ? [{ filename: quote.filename, type: quote.type, bytes: Buffer.from(quote.content, 'base64') }] : [];

type Settled = {
  /** The last one that was sent. */
  readonly step: RenewalStep;
  readonly entry: string;
  /** Until when what ended is covered now. */
  readonly until: (item: RenewalContract) => string | null;
  /** They have the day in their calendar. */
  readonly calendar: boolean;
};

/** All of what the last letter named is renewed: whoever has the day in a calendar hears of it, and it is taken out there. */
export function settledNotice(
  site: RenewalSite,
  { step, entry, until, calendar }: Settled,
  to: string,
  { desk }: Given,
): ActLetter {
  const { of } = site;
  const { items } = step;
  const renewals = renewalsAddress(desk);
  const values = {
    ...{ siteName: of.site.name, site: of.site.number, endsOn: items[0]?.to ?? step.group, renewals, calendar },
    items: items.slice(0, mostShown).map((item) => ({ ...shownItem(item), until: until(item) })),
    more: Math.max(0, items.length - mostShown),
  };
  const sequence = nextSequence(site, entry);
  const letter = siteLetter(
    { site: of.site },
    { email: to },
    { template: 'renewal-settled', values },
    `renewed:${entry}:${sequence}`,
  );
  return {
    ...letter,
    asks: { kind: 'renewal', step: step.id },
    ...(calendar && {
      calendar: entryFile(site, entry, { sequence, cancelled: true, items, organiser: renewals }),
    }),
  } as ActLetter;
}
