/** The clock of a case as a line: drawn for the eye, and the same as a list of sentences beside it. */
import { html } from 'hono/html';
import type { ClockLine, ClockMark, SpanKind } from '../../../cases/shown/clock-line.ts';
import type { Html } from '../../html.ts';
import { relativeTo, timeIn } from '../frame/times.ts';
import { spanSays } from '../mails/words.ts';
import type { Viewer } from '../viewer.ts';

type Zones = { readonly viewer: Pick<Viewer, 'zone'>; readonly siteZone: string; readonly now: string };

const city = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const sameThere = (at: Date, a: string, b: string): boolean => timeIn(a, at, at) === timeIn(b, at, at);

/** In the viewer's zone, and where it is promised: `14:07 · 13:07 London`. */
export function promisedAt(iso: string, { viewer, siteZone, now }: Zones): string {
  const at = new Date(iso);
  const here = timeIn(viewer.zone, at, new Date(now));
  return sameThere(at, viewer.zone, siteZone)
    ? here
    : `${here} · ${timeIn(siteZone, at, new Date(now))} ${city(siteZone)}`;
}

export const promised = (iso: string, zones: Zones): Html =>
  html`<time datetime="${new Date(iso).toISOString()}" title="${relativeTo(Date.parse(zones.now), Date.parse(iso))} · ${new Date(iso).toISOString()}">${promisedAt(iso, zones)}</time>`;

const minutes = (count: number): string => spanSays(count * 60_000);

function targetSays({ rating }: ClockLine): string {
  const { target, counts } = rating;
  if ('businessDays' in target) return `${target.businessDays} business day${target.businessDays === 1 ? '' : 's'}`;
  return `${minutes(target.minutes)} ${counts === 'business' ? 'of business hours' : 'round the clock'}`;
}

type Deadline = Pick<ClockLine, 'state' | 'due' | 'metAt' | 'breachedAt' | 'rating'>;

/** The deadline that counts, where it has passed: the one of every list, and not an earlier one that it took the place of. */
export function lateSince({ state, due, rating }: Deadline, now: string): string | null {
  return state === 'running' && due !== null && !rating.bestEffort && Date.parse(due) < Date.parse(now) ? due : null;
}

/** Closed too late and opened again, or rated anew: another deadline counts by now. */
const earlierSays = ({ due, breachedAt }: Deadline): string =>
  breachedAt !== null && due !== null && Date.parse(breachedAt) !== Date.parse(due)
    ? ' · an earlier deadline had passed'
    : '';

/** Where it stands, in one sentence. */
export function clockSays(line: ClockLine, now: string): string {
  const { state, metAt, breachedAt, due, counted, paused, rating } = line;
  const first = rating.bestEffort
    ? 'First answer: nothing is promised, it is a preview'
    : `First answer within ${targetSays(line)}`;
  const waited = paused > 0 ? ` · ${minutes(paused)} waiting for the customer` : '';
  const was = `${counted === 0 ? 'less than a minute' : minutes(counted)}${waited}`;
  if (metAt !== null)
    return `${first}: given ${counted === 0 ? `within a minute${waited}` : `after ${was}`}${breachedAt === null ? '' : ', too late'}`;
  const late = lateSince(line, now);
  if (late !== null)
    return `${first}: overdue for ${spanSays(Date.parse(now) - Date.parse(late))}${waited}${earlierSays(line)}`;
  if (state === 'paused')
    return `${first}: paused after ${minutes(counted)}, waiting for the customer for ${minutes(paused)}`;
  if (state === 'stopped') return `${first}: the clock stands, ${was} so far`;
  const left = due === null || rating.bestEffort ? '' : `, due ${relativeTo(Date.parse(now), Date.parse(due))}`;
  // It was asked outside of the hours that count.
  const begun = counted > 0 || line.outOfHours === 0 ? `${was} so far` : `the hours that count have not begun${waited}`;
  return `${first}: ${begun}${left}${earlierSays(line)}`;
}

const spanWords: Readonly<Record<SpanKind, string>> = {
  counting: 'counting',
  late: 'counting, behind the deadline',
  paused: 'waiting for the customer',
  stopped: 'standing still',
};

function markSays(mark: ClockMark, zones: Zones, line: ClockLine): string {
  const until = mark.due === null || line.rating.bestEffort ? '' : `, promised by ${promisedAt(mark.due, zones)}`;
  const instead = mark.before === null ? '' : ` instead of ${promisedAt(mark.before, zones)}`;
  switch (mark.type) {
    case 'started':
      return `The clock starts${until}`;
    case 'paused':
      return 'It waits for the customer';
    case 'resumed':
      return `It runs again${until}${instead}`;
    case 'stopped':
      return 'It stands still';
    case 're-rated':
      return `Rated anew${until}${instead}`;
    case 'joined':
      return `Case ${mark.of ?? ''} was merged into this one${until}${instead}`;
    case 'parted':
      return `Case ${mark.of ?? ''} is a case of its own again${until}${instead}`;
    case 'breached':
      return 'We were told that the deadline has passed';
    case 'met':
      return 'The first answer is given';
    default:
      return mark.type satisfies never;
  }
}

type Told = { readonly at: string; readonly type: ClockMark['type'] | 'due' | 'passed'; readonly says: string };

/** All that happened to it, with the deadline where it stands: what the list says and the line shows. */
export function clockTold(line: ClockLine, zones: Zones): Told[] {
  const told: Told[] = line.marks
    .filter(({ type }) => type !== 'breached')
    .map((mark) => ({ at: mark.at, type: mark.type, says: markSays(mark, zones, line) }));
  const { breachedAt, due, metAt, rating } = line;
  if (breachedAt !== null) told.push({ at: breachedAt, type: 'passed', says: 'The deadline passes' });
  else if (due !== null && !rating.bestEffort)
    told.push({ at: due, type: 'due', says: metAt === null ? 'The first answer is due' : 'It would have been due' });
  return told.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const round = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** Percentages of the width, so that it fits every screen and what is round stays round. */
export function clockDrawn(line: ClockLine, zones: Zones): Html {
  const [from, to] = [Date.parse(line.from), Date.parse(line.to)];
  const whole = Math.max(1, to - from);
  const x = (at: string): string => round(2 + (96 * (Date.parse(at) - from)) / whole);
  const spans = line.spans.map(
    ({ kind, from: a, to: b }) =>
      html`<line class="span ${kind}" x1="${x(a)}" x2="${x(b)}" y1="20" y2="20"><title>${spanWords[kind]}, ${spanSays(Date.parse(b) - Date.parse(a))}</title></line>`,
  );
  const marks = clockTold(line, zones).map(({ at, type, says }) => {
    const title = html`<title>${timeIn(zones.viewer.zone, new Date(at), new Date(zones.now))}: ${says}</title>`;
    if (type === 'due' || type === 'passed')
      return html`<line class="mark ${type}" x1="${x(at)}" x2="${x(at)}" y1="6" y2="34">${title}</line>`;
    return html`<circle class="mark ${type}" cx="${x(at)}" cy="20" r="${type === 'met' ? 7 : 5}">${title}</circle>`;
  });
  const here =
    line.now === null
      ? ''
      : html`<line class="mark now" x1="${x(line.now)}" x2="${x(line.now)}" y1="12" y2="28"><title>now</title></line>`;
  // Its words are the sentence above and the list below.
  return html`<svg class="clock-line" height="40" width="100%" aria-hidden="true" focusable="false"><line class="track" x1="2%" x2="98%" y1="20" y2="20"></line>${spans}${marks}${here}</svg>`;
}

const tone: Partial<Record<Told['type'], string>> = { met: 'good', passed: 'bad', due: 'warn', paused: 'warn' };

export function clockShown(line: ClockLine | null, zones: Zones, id = 'clock'): Html {
  if (line === null)
    return html`<section class="card clock" aria-labelledby="${id}"><h2 id="${id}">The clock of the first answer never ran.</h2></section>`;
  const told = clockTold(line, zones);
  const at = (iso: string) =>
    html`<time datetime="${new Date(iso).toISOString()}" title="${new Date(iso).toISOString()}">${timeIn(zones.viewer.zone, new Date(iso), new Date(zones.now))}</time>`;
  const late = line.breachedAt !== null;
  return html`<section class="card clock" aria-labelledby="${id}"><h2 id="${id}"${late ? html` class="bad"` : ''}>${clockSays(line, zones.now)}</h2>
${clockDrawn(line, zones)}
<details${told.length <= 4 ? html` open` : ''}><summary>What was promised, and when</summary><ol class="clock-list">${told.map(
    ({ at: when, type, says }) =>
      html`<li><i class="glyph ${type}"></i>${at(when)} <span${tone[type] ? html` class="${tone[type]}"` : ''}>${says}</span></li>`,
  )}</ol></details></section>`;
}
