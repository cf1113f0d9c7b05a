/** A month of letters about renewals: how many go out on each day, how many are held, and how many were told. A list on a phone. */
import { html } from 'hono/html';
import type { RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import type { ConsoleContext } from '../viewer.ts';
import { scheduleShown, tabsOf } from './list-page.ts';
import { daySaid, listAddress } from './words.ts';

const monthWords = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const monthSaid = (month: Temporal.PlainYearMonth): string => monthWords.format(new Date(`${month}-01T00:00:00Z`));
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

type Counts = Readonly<Record<string, number>>;
/** What of a day counts, in the order in which somebody wants to know it. */
const lines = [
  ['planned', 'planned', ''],
  ['held', 'held', 'warn'],
  ['nobody', 'reached nobody', 'bad'],
  ['sent', 'told', 'good'],
  ['skipped', 'skipped', 'dim'],
] as const;

function cell(day: Temporal.PlainDate, counts: Counts | undefined, today: string): Html {
  const text = day.toString();
  const isToday = text === today;
  const number = html`<span class="n">${isToday ? html`<b>${day.day}</b> today` : day.day}</span><span class="on-phone">${daySaid(text)}</span>`;
  const classes = [counts ? '' : 'none', isToday ? 'today' : ''].filter(Boolean).join(' ');
  if (!counts) return html`<li class="${classes}">${number}</li>`;
  const told = lines.filter(([state]) => (counts[state] ?? 0) > 0);
  return html`<li class="${classes}" data-row><a href="${listAddress({ view: 'all', day: text })}" data-main aria-label="${daySaid(text)}: ${told
    .map(([state, says]) => `${counts[state]} ${says}`)
    .join(', ')}">${number}${told.map(
    ([state, says, tone]) => html`<span class="${tone}">${counts[state]} ${says}</span>`,
  )}</a></li>`;
}

export async function calendarPage(
  c: ConsoleContext,
  { renewals }: { readonly renewals: RenewalDesk },
): Promise<Response> {
  const viewer = c.get('viewer');
  const schedule = await renewals.schedule();
  const today = Temporal.Instant.from(schedule.now).toZonedDateTimeISO(viewer.zone).toPlainDate();
  const asked = c.req.query('month') ?? '';
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/.test(asked)
    ? Temporal.PlainYearMonth.from(asked)
    : today.toPlainYearMonth();
  const first = month.toPlainDate({ day: 1 });
  const last = month.toPlainDate({ day: month.daysInMonth });
  const [found, counts] = await Promise.all([renewals.byDay(first.toString(), last.toString(), viewer.zone), renewals.counts()]);
  const days = new Map(
    [...Map.groupBy(found, ({ day }) => day)].map(([day, some]) => [
      day,
      Object.fromEntries(some.map(({ state, count }) => [state, count])),
    ]),
  );
  const sums = lines.map(([state, says]) => {
    const sum = found.filter((one) => one.state === state).reduce((all, { count }) => all + count, 0);
    return sum === 0 ? null : `${sum} ${says}`;
  });
  const told = sums.filter((one) => one !== null).join(', ');
  const of = (other: Temporal.PlainYearMonth): string => `/renewals/calendar?month=${other}`;
  const [before, after] = [month.subtract({ months: 1 }), month.add({ months: 1 })];
  return consolePage(c, {
    ...{ title: `Renewals, ${monthSaid(month)}`, place: '/renewals', assets: ['notices.css'] },
    tools: html`<a class="btn" href="${of(before)}" rel="prev">${monthSaid(before)}</a><a class="btn" href="/renewals/calendar">This month</a><a class="btn" href="${of(after)}" rel="next">${monthSaid(after)}</a>`,
    body: html`${scheduleShown(schedule, viewer)}
${tabsOf('calendar', counts, schedule)}
<p class="lead">${told === '' ? 'No letter about a renewal has its day in this month.' : `In this month: ${told}.`}</p>
<div class="weekdays" aria-hidden="true">${weekdays.map((one) => html`<span>${one}</span>`)}</div>
<ol class="month from-${first.dayOfWeek}" aria-label="${monthSaid(month)}">${Array.from(
      { length: month.daysInMonth },
      (_, i) => {
        const day = first.add({ days: i });
        return cell(day, days.get(day.toString()), today.toString());
      },
    )}</ol>`,
  });
}
