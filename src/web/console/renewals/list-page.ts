/** Letters about renewals, day by day: what goes out, what is held, who was told with the answer of the mail server. */
import { html } from 'hono/html';
import {
  isAhead,
  type ListedRenewal,
  type PreviewedRenewal,
  type RenewalCounts,
  type RenewalDesk,
  type RenewalView,
  renewalViews,
} from '../../../flows/renewals/renewal-desk.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import { alert, empty, fault, field, filters, pill, row, rows, tabs, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { manyForm } from './many.ts';
import {
  type Asked,
  aboutOf,
  dayOf,
  daySaid,
  endOf,
  endsSaid,
  listAddress,
  noticeOf,
  reasonSaid,
  states,
  stepSaid,
  views,
} from './words.ts';

const perPage = 50;

/** `2026-02-31` is none. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function askedOf(query: (name: string) => string | undefined): { asked: Asked; faults: readonly string[] } {
  const faults: string[] = [];
  const given = (name: string) => query(name)?.trim().replaceAll('\0', '') || undefined;
  const [wanted, site, day, after] = [given('view'), given('site'), given('day'), given('after')];
  const known = renewalViews.find((one) => one === wanted);
  if (wanted !== undefined && known === undefined) faults.push(`There is no list "${wanted.slice(0, 40)}".`);
  if (site !== undefined && !/^\d{7}$/.test(site)) faults.push('A site number has seven digits, such as 1000345.');
  if (day !== undefined && !isDay(day)) faults.push(`"${day.slice(0, 40)}" is no day, such as 2026-11-29.`);
  const goodSite = site !== undefined && /^\d{7}$/.test(site) ? site : undefined;
  const goodDay = day !== undefined && isDay(day) ? day : undefined;
  return {
    asked: {
      view: known ?? (goodSite || goodDay ? 'all' : 'week'),
      ...{ site: goodSite, day: goodDay },
      after: after !== undefined && /^\d{1,18}$/.test(after) ? after : undefined,
    },
    faults,
  };
}

type Schedule = Awaited<ReturnType<RenewalDesk['schedule']>>;
const isPlanned = (view: RenewalView): boolean => view === 'week' || view === 'planned';

/** Of every page about renewals. */
export function tabsOf(
  current: RenewalView | 'calendar' | 'not-told' | 'ends',
  counts: RenewalCounts,
  { running, pausedAt, site, day }: Pick<Schedule, 'running' | 'pausedAt'> & Pick<Asked, 'site' | 'day'>,
): Html {
  const paused = pausedAt !== null;
  const one = (view: RenewalView) => {
    // While they stand still nothing is planned, and what would go out is not counted.
    const known = view in counts && (running || !isPlanned(view));
    const count = known ? counts[view as keyof RenewalCounts] : undefined;
    return {
      ...{ href: listAddress({ view, site, day }), says: views[view].tab, current: current === view },
      ...(count !== undefined && { count: countShown(count), figure: `renewals.${view}` }),
      hot: view === 'nobody' && (count ?? 0) > 0,
    };
  };
  return tabs(
    [
      ...(['week', 'planned', 'held'] as const).map(one),
      ...(paused || current === 'paused' ? [one('paused')] : []),
      ...(['sent', 'answered', 'skipped'] as const).map(one),
      one('nobody'),
      { href: '/renewals/ends', says: 'Ends', current: current === 'ends' },
      { href: '/renewals/not-told', says: 'Accounts not told', current: current === 'not-told' },
      { href: '/renewals/calendar', says: 'Calendar', current: current === 'calendar' },
      ...(current === 'all' ? [one('all')] : []),
    ],
    'Letters about renewals',
  );
}

/** A stop is what nobody must overlook; while letters go, one line says so. */
export function scheduleShown({ running, pausedAt }: Schedule, viewer: Viewer): Html {
  const way = (says: string) => html`<a class="btn" href="/renewals/all">${says}</a>`;
  if (!running)
    return alert(
      'Renewals stand still: no account is told that something ends.',
      html`They were not started, or were stopped. <a href="${listAddress({ view: 'planned' })}">What would go out</a> can be looked at before.`,
      way('Start them'),
      'warn',
    );
  if (pausedAt !== null)
    return alert(
      html`Renewals are paused since ${when(pausedAt, viewer)}: no account is told that something ends.`,
      'They are planned on; what becomes too late meanwhile is skipped.',
      way('Let them go again'),
    );
  return html`<p class="lead">Letters about renewals go out on their days. <a href="/renewals/all">Pause all of them</a></p>`;
}

export function renewalRow(one: ListedRenewal, viewer: Viewer, from: Asked, choosable = true): Html {
  const { says, tone } = states[one.state];
  const told = noticeOf(one);
  const why = one.state === 'skipped' || one.state === 'nobody' ? reasonSaid(one.reason) : null;
  const isOver = one.state !== 'planned' && one.state !== 'held';
  return row({
    href: `/renewals/${one.id}?from=${from.view}`,
    says: html`${one.site} ${one.siteName} ${isOver || one.state === 'held' ? pill(says, tone) : ''}`,
    about: html`${stepSaid(one.step)}, ${endsSaid(endOf(one), viewer)}: ${aboutOf(one)}${one.to ? html` · to ${one.to}` : isOver ? '' : html` · <span class="bad">nobody can be written to</span>`}${
      why ? html` · ${why}` : ''
    }${told?.response ? html`<br><small class="mono">${told.response}</small>` : ''}`,
    side: when(told?.sentAt ?? one.dueAt, viewer),
    ...(choosable &&
      !isOver && {
        choose: { name: 'renewal', value: one.id, label: `Choose the letter to site ${one.site}`, form: 'many' },
      }),
  });
}

function byDays<T>(items: readonly T[], dayOf: (one: T) => string, shown: (one: T) => Html): Html {
  return html`${[...Map.groupBy(items, dayOf)].map(
    ([day, some]) =>
      html`<section class="day"><h2>${daySaid(day)} <span class="dim">${some.length === 1 ? '1 letter' : `${some.length} letters`}</span></h2>${rows(
        some.map(shown),
        `Letters of ${daySaid(day)}`,
      )}</section>`,
  )}`;
}

/** While they stand still: no letter is on record yet, so that a row leads to its account. */
export const wouldGoRow = (one: PreviewedRenewal, viewer: Viewer): Html =>
  row({
    href: `/customers/${one.site}`,
    says: html`${one.site} ${one.siteName}`,
    about: html`${stepSaid(one.step)}, ${endsSaid(endOf(one), viewer)}: ${aboutOf(one)}${one.to ? html` · to ${one.to}` : html` · <span class="bad">nobody can be written to</span>`}`,
    side: when(one.dueAt, viewer),
  });

const weekDays = 7;
/** The first letter about an end goes 90 days before: whatever is behind the next ones is not far. */
const wouldGoDays = 100;
const mostWouldGo = 200;

async function wouldGoShown({ renewals }: Desk, { view, site, day }: Asked, viewer: Viewer): Promise<Html> {
  const days = view === 'week' ? weekDays : wouldGoDays;
  const all = await renewals.wouldGo(days);
  const items = all.filter((one) => (site === undefined || one.site === site) && (day === undefined || one.day === day));
  if (items.length === 0)
    return empty(`Nothing goes out while renewals stand still, and started now none would within ${days} days.`);
  const more = items.length - mostWouldGo;
  return html`<p class="lead">Nothing of this goes out yet. Were renewals started now, ${items.length === 1 ? 'one letter' : `${items.length} letters`} would go out within ${days} days:</p>
${byDays(
  items.slice(0, mostWouldGo),
  (one) => one.day,
  (one) => wouldGoRow(one, viewer),
)}${more > 0 ? html`<p class="hint">And ${more} more, which <code>npx postern renewals preview --days ${days} --json</code> lists.</p>` : ''}`;
}

type Desk = { readonly renewals: RenewalDesk };

export async function listPage(c: ConsoleContext, { renewals }: Desk): Promise<Response> {
  const viewer = c.get('viewer');
  const { asked, faults } = askedOf((name) => c.req.query(name));
  const { view, site, day, after } = asked;
  const [{ items, next }, counts, schedule] = await Promise.all([
    renewals.list({ view, site, day, zone: viewer.zone, after: after ?? null, limit: perPage }),
    renewals.counts(),
    renewals.schedule(),
  ]);
  const filtered = site !== undefined || day !== undefined;
  const none = filtered ? 'No letter is like this. Take a filter away to see more.' : views[view].none;
  const ahead = isAhead(view) || (filtered && view !== 'sent');
  const still = !schedule.running && isPlanned(view);
  const shown = still
    ? await wouldGoShown({ renewals }, asked, viewer)
    : items.length === 0
      ? empty(none)
      : byDays(
          items,
          (one) => dayOf(one, viewer),
          (one) => renewalRow(one, viewer, asked),
        );
  return consolePage(c, {
    ...{ title: 'Renewals', place: '/renewals', assets: ['notices.css'] },
    keys: [
      ['space', 'Choose, among many'],
      ['h', 'Hold those chosen'],
      ['x', 'Skip those chosen'],
    ],
    body: html`${scheduleShown(schedule, viewer)}
${faults.map((says) => fault(says, 'This filter was left out.'))}
${tabsOf(view, counts, { ...schedule, site, day })}
${filters(html`${view === 'week' ? '' : html`<input type="hidden" name="view" value="${view}">`}
${field({ name: 'site', label: 'Site', value: site ?? '', type: 'search' })}
${field({ name: 'day', label: 'Day', value: day ?? '', type: 'date' })}`)}
${view === 'sent' ? html`<p class="hint"><a href="/renewals/told.csv" download>Save who was told</a>, with the answers of the mail servers, of the last 31 days.</p>` : ''}
${shown}
${
  !still && (after || next)
    ? html`<nav class="pager" aria-label="Pages">${after ? html`<a class="btn" href="${listAddress({ ...asked, after: undefined })}">Back to the beginning</a>` : ''}${
        next
          ? html`<a class="btn" href="${listAddress({ ...asked, after: next })}" rel="next">${ahead ? 'Further' : 'Older'}</a>`
          : ''
      }</nav>`
    : ''
}
${!still && items.some(({ state }) => state === 'planned' || state === 'held') ? manyForm(listAddress(asked)) : ''}`,
  });
}
