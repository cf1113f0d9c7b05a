/** Moments as people read them: in their zone, or by how far away they are. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Viewer } from '../viewer.ts';

const spans = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
const short = { day: 'd', hour: 'h', minute: 'min' } as const;

/** `in 11 min`, `3 h 20 min ago`, `now`. */
export function relativeTo(now: number, at: number): string {
  const seconds = Math.round(Math.abs(at - now) / 1000);
  if (seconds < 60) return at > now ? 'in a moment' : 'just now';
  const parts: string[] = [];
  let rest = seconds;
  for (const [name, size] of spans) {
    // Minutes beside days are noise.
    if (name === 'minute' && seconds >= 86_400) break;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${short[name]}`);
    // Two units say enough, and one that is large.
    if (parts.length === 2 || count >= 10) break;
  }
  const said = parts.join(' ');
  return at > now ? `in ${said}` : `${said} ago`;
}

const asDay = (zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
const formats = new Map<string, { time: Intl.DateTimeFormat; day: Intl.DateTimeFormat }>();
function formatsOf(zone: string) {
  const known = formats.get(zone);
  if (known) return known;
  const made = {
    time: new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: asDay(zone),
  };
  formats.set(zone, made);
  return made;
}

/** `09:02` today, `28 Nov 09:02` this year, `28 Nov 2025 09:02` before. */
export function timeIn(zone: string, at: Date, now: Date): string {
  const { time, day } = formatsOf(zone);
  const on = day.format(at);
  const today = day.format(now);
  if (on === today) return time.format(at);
  const [year] = today.split(' ').slice(-1);
  return `${year && on.endsWith(` ${year}`) ? on.slice(0, -5) : on} ${time.format(at)}`;
}

/** A sentence in which moments stand as programs write them, with each as a person reads it. */
export const timesSaid = (text: string, zone: string, now = new Date()): string =>
  text.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)/g, (iso) => {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? iso : timeIn(zone, at, now);
  });

/** A moment in the viewer's zone; `relative` says how far away it is, with the time itself in the title; console.js goes on with it. */
export function when(iso: string, viewer: Pick<Viewer, 'zone'>, { relative = false } = {}): Html {
  const at = new Date(iso);
  const now = new Date();
  const said = relative ? relativeTo(now.getTime(), at.getTime()) : timeIn(viewer.zone, at, now);
  const title = relative ? `${timeIn(viewer.zone, at, now)} · ${at.toISOString()}` : at.toISOString();
  return html`<time datetime="${at.toISOString()}" title="${title}"${relative ? html` data-far` : ''}>${said}</time>`;
}
