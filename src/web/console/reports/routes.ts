/** The routes of the reports. Nothing is done here. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ReportPages } from '../../../flows/reports/report-pages.ts';
import type { Html } from '../../html.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { empty, when } from '../frame/parts.ts';
import type { ConsoleContext, ConsoleEnv } from '../viewer.ts';
import { addressOf, askedReport, pathOf, type ReportName } from './asked.ts';
import { answersBody, answersCsv, satisfactionBody, satisfactionCsv, withEveryWeek } from './case-reports.ts';
import { heldBody, heldCsv, questionsBody, questionsCsv } from './mail-reports.ts';
import { faultsOf, filtersOf, reportTabs, type Shown } from './parts.ts';

type Deps = { readonly reports: ReportPages };
type Rows = readonly (readonly (string | number)[])[];
type Told = { readonly body: () => Html; readonly csv: () => Rows };

async function casesTold({ reports }: Deps, shown: Shown): Promise<Told> {
  const { by, filter } = shown;
  const weeks = reports.cases('week', filter);
  const [lines, weekly] = await Promise.all([by === 'week' ? weeks : reports.cases(by, filter), weeks]);
  const all = withEveryWeek(weekly, filter);
  const told = { ...shown, weekly: all, lines: by === 'week' ? all.toReversed() : lines };
  return shown.name === 'cases'
    ? { body: () => answersBody(told), csv: () => answersCsv(told) }
    : { body: () => satisfactionBody(told), csv: () => satisfactionCsv(told) };
}

async function toldOf(deps: Deps, shown: Shown): Promise<Told> {
  if (shown.name === 'cases' || shown.name === 'satisfaction') return casesTold(deps, shown);
  const { reports } = deps;
  const counts = await (shown.name === 'held' ? reports.held(shown.filter) : reports.questions(shown.filter));
  const told = { ...shown, counts };
  return shown.name === 'held'
    ? { body: () => heldBody(told), csv: () => heldCsv(told) }
    : { body: () => questionsBody(told), csv: () => questionsCsv(told) };
}

const titles: Readonly<Record<ReportName, string>> = {
  cases: 'First answers',
  held: 'Why mail was held',
  questions: 'What customers are asked again',
  satisfaction: 'How it was',
};

export function reportRoutes(deps: Deps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const { reports } = deps;
  const asked = (c: ConsoleContext, name: ReportName): Omit<Shown, 'engineers'> => {
    const today = reports.today();
    return { name, today, ...askedReport((key) => c.req.query(key), today) };
  };

  const page = async (c: ConsoleContext, name: ReportName): Promise<Response> => {
    const { faults, ...given } = asked(c, name);
    const { filter, today } = given;
    const [engineers, counted] = await Promise.all([reports.engineers(filter), reports.countedTo(filter.site)]);
    const noSite = filter.site !== undefined && counted.site === null;
    const shown: Shown = {
      ...{ ...given, engineers },
      faults: noSite ? [...faults, `There is no site ${filter.site?.slice(0, 40)}.`] : faults,
    };
    const { body } = await toldOf(deps, shown);
    const of = counted.site === null ? '' : html`<p class="lead">${counted.site}, site ${filter.site}</p>`;
    const to =
      counted.at === null
        ? empty('Nothing has been counted yet; the clock does so every 30 seconds.')
        : html`${body()}<p class="hint upto">Counted up to ${when(counted.at, c.get('viewer'))}${counted.behind ? '; there is more to count, which waits while mail is coming in' : ''}.</p>`;
    return consolePage(c, {
      title: titles[name],
      place: '/reports',
      assets: ['overview.css', 'reports.css', 'uplot.css', 'uplot.js', 'chart.js'],
      tools: html`<a class="btn" href="${addressOf(name, shown, { today, csv: true })}" download>CSV</a>`,
      body: html`${reportTabs(shown)}${faultsOf(shown)}${filtersOf(shown)}${of}${to}`,
    });
  };
  const csv = async (c: ConsoleContext, name: ReportName): Promise<Response> => {
    const shown = { ...asked(c, name), engineers: [] };
    if (shown.faults.length > 0)
      return faultPage(c, { status: 400, says: shown.faults.join(' '), toDo: 'Go back and change the filter.' });
    const told = await toldOf(deps, shown);
    return c.body(reports.csv(told.csv()), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}-${shown.filter.from}-${shown.filter.to}.csv"`,
    });
  };
  for (const name of Object.keys(titles) as ReportName[]) {
    app.get(pathOf(name), (c) => page(c, name));
    app.get(pathOf(name, true), (c) => csv(c, name));
  }
  return app;
}
