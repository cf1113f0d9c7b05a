/** The letters about what ends, and what was renewed (POLICY §10.1–4). */
import type { RenewalContract } from '../../changes/schedule/renewals.ts';
import { graceOf, lossesOf } from '../../notices/renewals/losses.ts';
import type { EndingContract } from '../../notices/renewals/contracts.ts';
import type { LetterAttachment } from '../../outbound/letter.ts';
import type { CalendarEntry, RenewalItem, RenewalReader } from '../../outbound/letters/renewals.ts';
import { withRole } from '../../staff/staff.ts';
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

/** Who looks after renewals, where that is one person. */
function representativeOf({ people }: ActDesk): string | null {
  const [one, ...more] = withRole(people, 'renewal representative');
  return one && more.length === 0 ? one.name : null;
}

const renewalsAddress = ({ addresses }: ActDesk): string => addresses.renewals ?? addresses.support;

/** One entry a site and group: whatever is sent later takes its place. */
export const entryOf = (
  { of: { site } }: RenewalSite,
  group: string,
  { sequence, cancelled, items, organiser }: { sequence: number; cancelled: boolean; items: readonly RenewalContract[]; organiser: string },
): CalendarEntry => ({
  ...{ uid: `renewal-${site.number}-${group}`, sequence, cancelled, organiser },
  day: items[0]?.to ?? group,
  lines: items.map((item) => `${tableRow(item).slice(1, 3).filter(Boolean).join(' ')}: ${item.to}`),
});

/** The next one of what was sent for the group before. */
export const nextSequence = (site: RenewalSite, group: string): number =>
  1 +
  Math.max(
    -1,
    ...site.steps
      .filter((one) => one.group === group)
      .flatMap(({ letters }) => letters.map(({ sequence }) => sequence ?? -1)),
  );

type Notice = {
  readonly site: RenewalSite;
  readonly step: RenewalStep;
  /** By their end. */
  readonly items: readonly EndingContract[];
  readonly today: string;
};

/** To whoever is told, and the copies. Null: nobody there is left to be told. */
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
    ...{ representative: representativeOf(desk), words: step.words, quote: step.quote?.filename ?? null },
  };
  const attempt = step.letters.filter(({ role }) => role === 'notice').length;
  const key = `renewal:${step.group}:${step.step}:${attempt}`;
  const attachments = quoteOf(step);
  return readers.map(([to, reader]) => {
    const letter = siteLetter(
      { site: of.site },
      to,
      {
        template: 'renewal-notice',
        values: { ...values, reader, calendar: calendar && reader !== 'billing' },
      },
      key,
    );
    return {
      ...letter,
      ...(attachments.length > 0 && { attachments }),
      asks: { kind: 'renewal', step: step.id },
      table: { filename: `renewals-${of.site.number}.csv`, rows: [[...tableHead], ...items.map(tableRow)] },
      ...(calendar &&
        reader !== 'billing' && {
          calendar: entryOf(site, step.group, {
            ...{ sequence: nextSequence(site, step.group), cancelled: false, items, organiser: renewals },
          }),
        }),
    } as ActLetter;
  });
}

const quoteOf = ({ quote }: RenewalStep): LetterAttachment[] =>
  quote?.content ? [{ filename: quote.filename, type: quote.type, bytes: Buffer.from(quote.content, 'base64') }] : [];

/** All of what the last letter named is renewed: whoever has the day in a calendar hears of it, and it is taken out there. */
export function settledNotice(
  site: RenewalSite,
  { step, items, until, calendar }: { step: RenewalStep; items: readonly RenewalContract[]; until: (item: RenewalContract) => string | null; calendar: boolean },
  to: string,
  { desk }: Given,
): ActLetter {
  const { of } = site;
  const renewals = renewalsAddress(desk);
  const values = {
    ...{ siteName: of.site.name, site: of.site.number, endsOn: items[0]?.to ?? step.group, renewals, calendar },
    items: items.slice(0, mostShown).map((item) => ({ ...shownItem(item), until: until(item) })),
    more: Math.max(0, items.length - mostShown),
  };
  const sequence = nextSequence(site, step.group);
  const letter = siteLetter(
    { site: of.site },
    { email: to },
    { template: 'renewal-settled', values },
    `renewed:${step.group}:${sequence}`,
  );
  return {
    ...letter,
    asks: { kind: 'renewal', step: step.id },
    ...(calendar && {
      calendar: entryOf(site, step.group, { sequence, cancelled: true, items, organiser: renewals }),
    }),
  } as ActLetter;
}
