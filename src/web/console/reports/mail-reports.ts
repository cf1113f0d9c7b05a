/** Why mail was held, and what customers were asked more than once. */
import { html } from 'hono/html';
import type { WeekCount } from '../../../flows/reports/report-pages.ts';
import type { Html } from '../../html.ts';
import { empty } from '../frame/parts.ts';
import { spark } from '../overview/spark.ts';
import { weeksOf } from './asked.ts';
import { bar, figuresOf, type Shown, table, weekChart } from './parts.ts';
import { exact, heldSays, percent, questionSays } from './words.ts';

export type MailReportShown = Shown & { readonly counts: readonly WeekCount[] };

type Kind = {
  readonly what: string;
  readonly count: number;
  readonly again: number;
  readonly weekly: readonly number[];
};

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** Most of all first. */
function kindsOf({ counts, filter }: MailReportShown, of: 'count' | 'again'): Kind[] {
  const weeks = weeksOf(filter);
  const names = [...new Set(counts.map(({ what }) => what))];
  return names
    .map((what) => {
      const own = counts.filter((one) => one.what === what);
      const weekly = weeks.map((week) => sum(own.filter((one) => one.week === week).map((one) => one[of])));
      return { what, count: sum(own.map(({ count }) => count)), again: sum(own.map(({ again }) => again)), weekly };
    })
    .toSorted((a, b) => b[of] - a[of] || b.count - a.count || (a.what < b.what ? -1 : 1));
}
const weekSums = ({ counts, filter }: MailReportShown, of: 'count' | 'again'): number[] =>
  weeksOf(filter).map((week) => sum(counts.filter((one) => one.week === week).map((one) => one[of])));

export function heldBody(shown: MailReportShown): Html {
  const kinds = kindsOf(shown, 'count');
  const all = sum(kinds.map(({ count }) => count));
  if (all === 0) return empty('No mail was held in this time.');
  const spam = kinds.find(({ what }) => what === 'spam')?.count ?? 0;
  return html`${figuresOf([
    { says: 'Held', figure: exact(all), below: `${exact(kinds.length)} ${kinds.length === 1 ? 'reason' : 'reasons'}` },
    { says: 'For a person', figure: exact(all - spam), below: `${exact(spam)} as spam` },
  ])}
${weekChart(weeksOf(shown.filter), [{ says: 'Held', colour: '--accent', values: weekSums(shown, 'count') }])}
${table(
  `Mail that was held from ${shown.filter.from} to ${shown.filter.to}, each once, by why`,
  [{ says: 'Reason' }, { says: 'Mails' }, { says: 'Share' }, { says: 'By week' }],
  kinds.map(({ what, count, weekly }) => ({
    head: html`<a href="/held?reason=${encodeURIComponent(what)}">${heldSays(what)}</a>`,
    cells: [exact(count), html`${bar(count / all)}${percent(count, all)}`, spark(weekly)],
  })),
)}`;
}

export function questionsBody(shown: MailReportShown): Html {
  const kinds = kindsOf(shown, 'again');
  const [asked, again] = [sum(kinds.map(({ count }) => count)), sum(kinds.map((one) => one.again))];
  if (asked === 0) return empty('No letter asked a customer for anything in this time.');
  return html`${figuresOf([
    { says: 'Questions', figure: exact(asked), below: 'in letters to people on record' },
    { says: 'Asked again', figure: exact(again), below: `${percent(again, asked)} of them` },
  ])}
${weekChart(weeksOf(shown.filter), [
  { says: 'Questions', colour: '--accent', values: weekSums(shown, 'count') },
  { says: 'Asked again', colour: '--warn', values: weekSums(shown, 'again') },
])}
${table(
  `Again: the same person, about the same matter, within 90 days. ${shown.filter.from} to ${shown.filter.to}`,
  [{ says: 'Asked' }, { says: 'Letters' }, { says: 'Again' }, { says: 'Share' }, { says: 'Again, by week' }],
  kinds.map(({ what, count, again: more, weekly }) => ({
    head: questionSays(what),
    cells: [exact(count), exact(more), html`${bar(more / count, 'bad')}${percent(more, count)}`, spark(weekly)],
  })),
)}`;
}

type Row = readonly (string | number)[];
export const heldCsv = ({ counts }: Pick<MailReportShown, 'counts'>): Row[] => [
  ['week', 'reason', 'mails'],
  ...counts.map(({ week, what, count }): Row => [week, what, count]),
];
export const questionsCsv = ({ counts }: Pick<MailReportShown, 'counts'>): Row[] => [
  ['week', 'question', 'asked', 'again'],
  ...counts.map(({ week, what, count, again }): Row => [week, what, count, again]),
];
