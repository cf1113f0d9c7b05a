/** Letters about renewals, in every variant. */
import { siteNumber } from '../../foundation/ids.ts';
import type { Loss } from '../../notices/renewals/losses.ts';
import { planKinds } from '../../registry/site.ts';
import type { Letter } from '../letter.ts';
import { isCopy, notToldReasons, type RenewalItem, type RenewalReader, renewalReaders } from '../letters/renewals.ts';

const at = { siteName: 'Aldous Robotics', site: siteNumber('1000345') };
const day = (of: number): string => `2027-06-${String(of).padStart(2, '0')}`;
const licence = (number: string, endsOn: string): RenewalItem => ({
  ...{ kind: 'support', product: '77', plan: null, number, quantity: 50, endsOn },
});
const plans = planKinds.map(
  (plan, i): RenewalItem => ({ kind: 'plan', product: null, plan, number: null, quantity: null, endsOn: day(30 - i) }),
);
const items = [licence('S-1001', day(30)), ...plans];
const all: Loss = { from: '2027-07-01', what: 'all', product: null, plan: null };
const losses: readonly Loss[] = [
  { ...all, from: day(20), what: 'fewer', product: '77' },
  { ...all, from: day(25), what: 'product', product: '77' },
  ...planKinds.map((plan): Loss => ({ ...all, from: day(28), what: 'plan', plan })),
];
const grace = { severities: [1, 2], until: '2027-07-14' };
const notice = {
  ...{ ...at, endsOn: day(30), days: 30, items: items.slice(0, 2), more: 0, losses: [all], grace },
  ...{ renewals: 'renewals@desk.example', representative: '77', words: null, quote: null },
  ...{ reader: 'renewal' as RenewalReader, calendar: true },
};

export const renewalLetters: readonly Letter[] = [
  ...[30, 1, 0, -1, -7].map(
    (days): Letter => ({ template: 'renewal-notice', values: { ...notice, days, calendar: days >= 0 } }),
  ),
  { template: 'renewal-notice', values: { ...notice, items, losses, grace: null, more: 1 } },
  {
    template: 'renewal-notice',
    values: {
      ...{ ...notice, items, losses: [], grace: null, more: 7, representative: null, calendar: false },
      ...{ words: '77\n77\n\n77', quote: '77' },
    },
  },
  { template: 'renewal-notice', values: { ...notice, days: -7, losses, grace: null } },
  { template: 'renewal-notice', values: { ...notice, days: -7, grace: null } },
  ...renewalReaders.map(
    (reader): Letter => ({
      template: 'renewal-notice',
      values: { ...notice, reader, quote: isCopy(reader) ? '77' : null, calendar: !isCopy(reader) },
    }),
  ),
  ...[0, 1, 7].map(
    (more): Letter => ({
      template: 'renewal-settled',
      values: {
        ...{ ...at, endsOn: day(30), more, renewals: 'renewals@desk.example', calendar: more !== 1 },
        items: items.map((one, i) => ({ ...one, until: i === 1 ? null : '2028-06-30' })),
      },
    }),
  ),
  ...[0, 1, 9].map(
    (n): Letter => ({
      template: 'renewal-digest',
      values: {
        ...{ from: '2027-06-07', to: '2027-06-20', paused: n === 9, more: n === 9 ? 40 : 0, moreNotTold: n },
        command: 'npx postern renewals --help',
        lines: (['planned', 'held'] as const).slice(0, n).map((state, i) => ({
          ...{ ...at, siteName: '77', step: `${17 + i}`, day: day(8 + i), endsOn: day(30), state },
          to: i === 0 ? 'ada@aldous.example' : null,
        })),
        notTold: (n === 0 ? [] : notToldReasons.slice(0, n)).map((why) => ({
          ...at,
          siteName: '77',
          endsOn: day(5),
          why,
        })),
      },
    }),
  ),
];
