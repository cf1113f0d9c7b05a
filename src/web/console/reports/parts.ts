/** What reports are made of: tabs, filters, a chart with the table that says the same, and bars that need no script. */
import { html } from 'hono/html';
import type { Dimension } from '../../../flows/reports/report-pages.ts';
import { dimensions } from '../../../flows/reports/report-pages.ts';
import type { Html } from '../../html.ts';
import { fault, field, filters, select, tabs } from '../frame/parts.ts';
import { type AskedReport, addressOf, type ReportName } from './asked.ts';
import { dimensionWords } from './words.ts';

export type Shown = AskedReport & {
  readonly name: ReportName;
  readonly today: string;
  readonly engineers: readonly string[];
};

const reports: readonly (readonly [ReportName, string])[] = [
  ['cases', 'First answers'],
  ['held', 'Held mail'],
  ['questions', 'Asked again'],
  ['satisfaction', 'Satisfaction'],
];

export const reportTabs = (shown: Shown): Html =>
  tabs(
    reports.map(([name, says]) => ({ href: addressOf(name, shown, shown), says, current: name === shown.name })),
    'Reports',
  );

export function filtersOf({ name, filter, engineers, by }: Shown): Html {
  const { from, to, severity, plan, engineer, site } = filter;
  const ofCases = name === 'cases' || name === 'satisfaction';
  const any = ['', 'any'] as const;
  const owners = [...new Set([...engineers, ...(engineer ? [engineer] : [])])];
  return filters(
    html`${field({ name: 'from', label: 'From', value: from, type: 'date' })}
${field({ name: 'to', label: 'To, and with', value: to, type: 'date' })}${
  ofCases
    ? html`
${select('severity', 'Severity', [any, ...['1', '2', '3', '4'].map((one) => [one, one] as const)], severity === undefined ? '' : String(severity))}
${select('plan', 'Plan', [any, ['standard', 'standard'], ['24x7', '24x7'], ['premier', 'premier']], plan ?? '')}
${select('engineer', 'Engineer', [any, ['nobody', 'nobody'], ...owners.map((one) => [one, one] as const)], engineer === '' ? 'nobody' : (engineer ?? ''))}
${field({ name: 'site', label: 'Site number', value: site ?? '', type: 'search' })}
${by === 'week' ? '' : html`<input type="hidden" name="by" value="${by}">`}`
    : ''
}`,
    'Show',
  );
}

export const byTabs = (shown: Shown): Html =>
  html`<nav class="by" aria-label="By">By ${dimensions.map(
    (one: Dimension) =>
      html`<a href="${addressOf(shown.name, { ...shown, by: one }, shown)}"${one === shown.by ? html` aria-current="page"` : ''}>${dimensionWords[one].toLowerCase()}</a>`,
  )}</nav>`;

export const faultsOf = ({ faults }: Pick<Shown, 'faults'>): Html =>
  faults.length === 0 ? html`` : fault(faults.join(' '), 'What could be used of the address is shown below.');

/** Each series has a name and a colour of the tokens; a later one stands before an earlier one. */
export type Series = {
  readonly says: string;
  readonly colour: '--accent' | '--bad' | '--warn' | '--good';
  readonly values: readonly number[];
};
export const weekChart = (weeks: readonly string[], series: readonly Series[]): Html => {
  const columns = [weeks.map((week) => Date.parse(`${week}T00:00:00Z`) / 1000), ...series.map(({ values }) => values)];
  const names = series.map(({ says, colour }) => [says, colour]);
  return html`<figure class="chart" data-chart="${JSON.stringify(columns)}" data-series="${JSON.stringify(names)}" data-kind="bars" data-zone="UTC" aria-hidden="true"></figure>`;
};

/** A share as a bar: no script, and no style in the page. */
export const bar = (share: number, tone: 'good' | 'bad' | 'even' = 'even'): Html => {
  const width = Math.max(0, Math.min(100, share * 100)).toFixed(1);
  return html`<svg class="bar ${tone}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="6"/><rect width="${width}" height="6"/></svg>`;
};

export type Column = { readonly says: string; readonly title?: string };
export type Line = { readonly head: Html | string; readonly cells: readonly (Html | string)[] };

/** On a phone each line is a block: the name of a column stands before its figure. */
export function table(caption: string, columns: readonly Column[], lines: readonly Line[], foot?: Line): Html {
  const [first, ...rest] = columns;
  const row = ({ head, cells }: Line) =>
    html`<tr><th scope="row">${head}</th>${cells.map((cell, i) => html`<td data-says="${rest[i]?.says ?? ''}">${cell}</td>`)}</tr>`;
  return html`<table class="figures report"><caption>${caption}</caption><thead><tr>${[first, ...rest].map(
    (one) => html`<th scope="col"${one?.title ? html` title="${one.title}"` : ''}>${one?.says ?? ''}</th>`,
  )}</tr></thead><tbody>${lines.map(row)}</tbody>${foot ? html`<tfoot>${row(foot)}</tfoot>` : ''}</table>`;
}

export type Figure = {
  readonly says: string;
  readonly figure: string;
  readonly below?: string;
  readonly tone?: 'good' | 'bad';
};
export const figuresOf = (figures: readonly Figure[]): Html =>
  html`<div class="tiles">${figures.map(
    ({ says, figure, below, tone }) =>
      html`<div class="tile"><span>${says}</span><strong>${figure}</strong>${below ? html`<em${tone ? html` class="${tone}"` : ''}>${below}</em>` : ''}</div>`,
  )}</div>`;
