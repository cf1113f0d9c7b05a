/** Cases in words: how one stands, and when its first answer is owed. */
import { html } from 'hono/html';
import { riskHours } from '../../../cases/clock-shown.ts';
import type { CaseLine, PresentNamed } from '../../../flows/cases/listed/case-lists.ts';
import type { Html } from '../../html.ts';
import { pill, type Tone } from '../frame/parts.ts';
import { relativeTo, timeIn } from '../frame/times.ts';
import type { Viewer } from '../viewer.ts';

export type Standing = { readonly says: string; readonly tone?: Tone };

/** In a word or two. What a colour says the word says, too. */
export function standingOf(line: CaseLine, now: number): Standing {
  const { status, mergedInto, lapsed, proposedAt, clockRuns, due, last, owner, answeredAt } = line;
  if (mergedInto !== null) return { says: `merged into ${mergedInto}` };
  if (status === 'closed') return { says: 'closed' };
  if (lapsed) return { says: 'support has ended', tone: 'warn' };
  if (proposedAt !== null) return { says: 'solution proposed' };
  if (!clockRuns) return { says: 'waits for the customer' };
  if (due !== null) {
    const left = Date.parse(due) - now;
    if (left < 0) return { says: 'answer late', tone: 'bad' };
    return left < riskHours * 3_600_000 ? { says: 'answer owed', tone: 'warn' } : { says: 'answer owed' };
  }
  if (owner === null && answeredAt === null) return { says: 'new', tone: 'warn' };
  return last?.by === 'customer' ? { says: 'customer wrote', tone: 'warn' } : { says: 'in work' };
}

/** `in 11 min`, `20 min late`; the time itself in the title. */
export function dueShown(due: string, { zone }: Pick<Viewer, 'zone'>, now: number): Html {
  const at = new Date(due);
  const said = relativeTo(now, at.getTime()).replace(/ ago$/, ' late').replace('just now', 'now');
  const title = `First answer owed ${timeIn(zone, at, new Date(now))} (${zone}) · ${at.toISOString()}`;
  return html`<time datetime="${at.toISOString()}" title="${title}" data-far="late">${said}</time>`;
}

/** `Kim Oster looks · Robin Hale types`. */
export const presentShown = (present: readonly PresentNamed[]): string =>
  present.map(({ name, typing }) => `${name} ${typing ? 'types' : 'looks'}`).join(' · ');

const tones: Readonly<Record<number, Tone>> = { 1: 'bad', 2: 'warn' };
export const severityPill = (severity: number): Html => pill(`Sev ${severity}`, tones[severity]);

export const orderWords = {
  urgent: 'Severity, then deadline',
  due: 'Deadline',
  newest: 'Newest first',
  oldest: 'Oldest first',
} as const;
