/** First answers and satisfaction: by week, severity, plan, site or engineer, as a chart, a table and rows for a spreadsheet. */
import { html } from 'hono/html';
import type { CaseSums, CaseSumsBy, Dimension } from '../../../flows/reports/report-pages.ts';
import type { Html } from '../../html.ts';
import { dayShown } from '../customers/words.ts';
import { empty } from '../frame/parts.ts';
import { addressOf, weeksOf } from './asked.ts';
import { bar, byTabs, type Column, figuresOf, type Line, type Shown, table, weekChart } from './parts.ts';
import {
  averageMinutes,
  dimensionWords,
  exact,
  inTime,
  keySays,
  minutesSay,
  none,
  percent,
  scoreOf,
  scoresOf,
  summed,
} from './words.ts';

export type CaseReportShown = Shown & { readonly lines: readonly CaseSumsBy[]; readonly weekly: readonly CaseSumsBy[] };

/** Weeks without anything are among them. */
export const withEveryWeek = (lines: readonly CaseSumsBy[], filter: Shown['filter']): CaseSumsBy[] =>
  weeksOf(filter).map((week) => lines.find(({ key }) => key === week) ?? { ...none, key: week, name: null });

const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

function narrowedTo(by: Dimension, key: string): Partial<Shown['filter']> {
  switch (by) {
    case 'week':
      return { from: key, to: dayAfter(key, 6) };
    case 'severity':
      return { severity: Number(key) };
    case 'plan':
      return { plan: key };
    case 'site':
      return { site: key };
    case 'engineer':
      return { engineer: key };
    default:
      return by satisfies never;
  }
}

/** Where a line leads: the same report of that line alone. */
function wayInto(shown: Shown, key: string): string {
  const { by, filter, name } = shown;
  const next: Dimension = by === 'week' ? 'severity' : 'week';
  return addressOf(name, { by: next, filter: { ...filter, ...narrowedTo(by, key) } }, shown);
}

function head(shown: Shown, { key, name }: CaseSumsBy): Html | string {
  const says = keySays(shown.by, key);
  if (shown.by === 'plan' && key === '') return says;
  const link = html`<a href="${wayInto(shown, key)}">${shown.by === 'site' ? (name ?? says) : says}</a>`;
  return shown.by === 'site' ? html`${link} <small>${key}</small>` : link;
}

const answerColumns = (by: Dimension): Column[] => [
  { says: dimensionWords[by] },
  { says: 'Opened' },
  { says: 'Answered' },
  {
    says: 'Not late',
    title: 'Of those that an answer was promised by a moment for: answered in time, or that moment is still to come',
  },
  { says: 'Late', title: 'The moment passed without an answer' },
  { says: 'To first answer', title: 'On average, in the hours in which the clock counts' },
];
function answerCells(sums: CaseSums): (Html | string)[] {
  const { opened, answered, promised, late } = sums;
  const average = averageMinutes(sums);
  return [
    exact(opened),
    exact(answered),
    promised === 0 ? '–' : html`${bar(inTime(sums) / promised, 'good')}${percent(inTime(sums), promised)}`,
    late === 0 ? '0' : html`<b class="bad">${exact(late)}</b>`,
    average === null ? '–' : minutesSay(average),
  ];
}

const scoreColumns = (by: Dimension): Column[] => [
  { says: dimensionWords[by] },
  { says: 'Answers' },
  { says: 'Average', title: 'Of 5' },
  { says: '4 or 5' },
  { says: '1 to 5', title: 'How many chose each number' },
];
function scoreCells(sums: CaseSums): (Html | string)[] {
  const { answers, average, good } = scoreOf(sums);
  return [
    exact(answers),
    average === null ? '–' : average.toFixed(1),
    answers === 0 ? '–' : html`${bar(good / answers, 'good')}${percent(good, answers)}`,
    scoresOf(sums).map(exact).join(' · '),
  ];
}

const caption = ({ by, filter }: Shown): string =>
  `By ${dimensionWords[by].toLowerCase()}, ${dayShown(filter.from)} to ${dayShown(filter.to)}${by === 'week' ? '; weeks begin on Monday' : ''}`;

export function answersBody(shown: CaseReportShown): Html {
  const { lines, weekly } = shown;
  const all = summed(weekly);
  const average = averageMinutes(all);
  if (all.opened === 0)
    return html`${byTabs(shown)}${empty('No case was opened in this time, or none that the filter lets through.')}`;
  return html`${figuresOf([
    { says: 'Opened', figure: exact(all.opened), below: `${exact(all.answered)} answered` },
    {
      says: 'Not late',
      figure: percent(inTime(all), all.promised),
      below: `of ${exact(all.promised)} with a promise: answered in time, or not due yet`,
    },
    {
      says: 'Late',
      figure: exact(all.late),
      ...(all.late > 0 ? { tone: 'bad' as const } : {}),
      below: percent(all.late, all.promised),
    },
    {
      says: 'To the first answer',
      figure: average === null ? '–' : minutesSay(average),
      below: 'on average, as the clock counts',
    },
  ])}
${weekChart(
  weekly.map(({ key }) => key),
  [
    { says: 'Opened', colour: '--accent', values: weekly.map(({ opened }) => opened) },
    { says: 'Late', colour: '--bad', values: weekly.map(({ late }) => late) },
  ],
)}
${byTabs(shown)}
${table(
  caption(shown),
  answerColumns(shown.by),
  lines.map((line): Line => ({ head: head(shown, line), cells: answerCells(line) })),
  { head: 'All', cells: answerCells(all) },
)}`;
}

export function satisfactionBody(shown: CaseReportShown): Html {
  const { lines, weekly } = shown;
  const all = summed(weekly);
  const { answers, average, good } = scoreOf(all);
  if (answers === 0)
    return html`${byTabs(shown)}${empty('Nobody said how it was in this time, or nobody whom the filter lets through. The letter after the close asks.')}`;
  const told = lines.filter((line) => scoreOf(line).answers > 0 || shown.by === 'week');
  return html`${figuresOf([
    {
      says: 'Average',
      figure: average === null ? '–' : average.toFixed(1),
      below: `of 5, ${exact(answers)} ${answers === 1 ? 'answer' : 'answers'}`,
    },
    { says: '4 or 5', figure: percent(good, answers), below: exact(good) },
    { says: '1 or 2', figure: percent(all.score_1 + all.score_2, answers), below: exact(all.score_1 + all.score_2) },
  ])}
${weekChart(
  weekly.map(({ key }) => key),
  [
    { says: 'Answers', colour: '--accent', values: weekly.map((one) => scoreOf(one).answers) },
    { says: '1 or 2', colour: '--bad', values: weekly.map((one) => one.score_1 + one.score_2) },
  ],
)}
${byTabs(shown)}
${table(
  caption(shown),
  scoreColumns(shown.by),
  told.map((line): Line => ({ head: head(shown, line), cells: scoreCells(line) })),
  { head: 'All', cells: scoreCells(all) },
)}`;
}

type Row = readonly (string | number)[];
const rounded = (value: number | null): string | number => (value === null ? '' : Math.round(value * 100) / 100);

export const answersCsv = ({ by, lines }: Pick<CaseReportShown, 'by' | 'lines'>): Row[] => [
  [
    by,
    ...(by === 'site' ? ['name'] : []),
    'opened',
    'promised',
    'answered',
    'in time',
    'late',
    'average minutes to the first answer',
  ],
  ...lines.map(
    (one): Row => [
      ...(by === 'site' ? [one.key, one.name ?? ''] : [one.key]),
      ...[one.opened, one.promised, one.answered, inTime(one), one.late, rounded(averageMinutes(one))],
    ],
  ),
];
export const satisfactionCsv = ({ by, lines }: Pick<CaseReportShown, 'by' | 'lines'>): Row[] => [
  [by, ...(by === 'site' ? ['name'] : []), 'answers', 'average', 'chose 1', 'chose 2', 'chose 3', 'chose 4', 'chose 5'],
  ...lines.map(
    (one): Row => [
      ...(by === 'site' ? [one.key, one.name ?? ''] : [one.key]),
      ...[scoreOf(one).answers, rounded(scoreOf(one).average), ...scoresOf(one)],
    ],
  ),
];
