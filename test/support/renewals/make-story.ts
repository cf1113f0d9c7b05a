/** A site with what becomes of its contracts over three years, drawn from a seed. */
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { type Draw, drawFrom } from './draw.ts';
import { type Edit, type Fate, livesOf } from './lives.ts';
import type { Happening, OnRecord, Story } from './story.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monToFri = [1, 2, 3, 4, 5];

export const places = [
  { timezone: 'Europe/London', country: 'GB', weekdays: monToFri },
  { timezone: 'Europe/Berlin', country: 'DE', weekdays: monToFri },
  { timezone: 'America/New_York', country: 'US', weekdays: monToFri },
  { timezone: 'America/St_Johns', country: 'CA', weekdays: monToFri },
  { timezone: 'America/Sao_Paulo', country: 'BR', weekdays: monToFri },
  { timezone: 'America/Los_Angeles', country: 'US', weekdays: [1, 2, 3, 4] },
  { timezone: 'Africa/Cairo', country: 'EG', weekdays: [7, 1, 2, 3, 4] },
  { timezone: 'Asia/Dubai', country: 'AE', weekdays: monToFri },
  { timezone: 'Asia/Kathmandu', country: 'NP', weekdays: [7, 1, 2, 3, 4, 5] },
  { timezone: 'Asia/Tokyo', country: 'JP', weekdays: monToFri },
  { timezone: 'Australia/Lord_Howe', country: 'AU', weekdays: monToFri },
  { timezone: 'Pacific/Auckland', country: 'NZ', weekdays: [1, 2, 3, 4, 5, 6] },
] as const;

export const counted = ['downtimes', 'clocks moved', 'dead addresses', 'merges'] as const;
export type Counted = Fate | (typeof counted)[number];

/** Where the clock of the scheduler jumps: over a downtime, on, or back. */
function jumpsFrom(draw: Draw, begin: number, days: number, count: (what: Counted) => void) {
  const jumps: { at: number; by: number }[] = [];
  for (let n = draw.upTo(4); n > 0; n -= 1) {
    const down = draw.oneOf([5 * hourMs, 20 * hourMs, 2 * dayMs, 6 * dayMs, 9 * dayMs, 35 * dayMs]);
    const moved = draw.oneOf([-2 * dayMs, -3 * hourMs, -hourMs, -hourMs, hourMs, 5 * hourMs]);
    const isDown = draw.chance(0.6);
    jumps.push({ at: begin + draw.between(10, days) * dayMs + draw.upTo(dayMs), by: isDown ? down : moved });
    count(isDown ? 'downtimes' : 'clocks moved');
  }
  return jumps.sort((a, b) => a.at - b.at);
}

/** Runs from the start to the end, cut at each change; a change during a downtime lies between two runs. */
function inOrder(edits: readonly Edit[], start: number, end: number, jumps: readonly { at: number; by: number }[]) {
  const happenings: Happening[] = [];
  let record: OnRecord = { licences: [], plans: [], people: [] };
  const left = [...edits].sort((a, b) => a.at - b.at);
  const applyUntil = (until: number, from: number | null): number => {
    let at = from ?? until;
    for (let edit = left[0]; edit && edit.at < until; edit = left[0]) {
      left.shift();
      // The clock was moved back over it: it came before.
      const now = from === null ? edit.at : Math.max(edit.at, at);
      if (from !== null && now > at) happenings.push({ kind: 'run', from: at, to: now });
      record = edit.apply(record);
      happenings.push({ kind: 'change', at: now, ...record });
      at = now;
    }
    return at;
  };
  applyUntil(start, null);
  let at = start;
  for (const jump of [...jumps.filter((one) => one.at > start + dayMs && one.at < end), { at: end, by: 0 }]) {
    if (jump.at <= at) continue;
    const last = applyUntil(jump.at, at);
    if (last < jump.at) happenings.push({ kind: 'run', from: last, to: jump.at });
    at = jump.at + jump.by;
    if (jump.by > 0) applyUntil(at, null);
  }
  return happenings;
}

export function makeStory(seed: number, count: (what: Counted) => void = () => undefined): Story {
  const draw = drawFrom(seed);
  const place = places[seed % places.length] ?? places[0];
  const begin = Date.UTC(2026, 0, 1);
  const days = 3 * 365;
  const { edits, people } = livesOf(draw, { begin: '2026-01-01', days }, count);
  const startedAt = begin + draw.upTo(40 * dayMs);
  const deadFrom: Record<string, number> = {};
  for (const { id } of people)
    if (draw.chance(0.15)) {
      deadFrom[id] = begin + draw.upTo(days * dayMs);
      count('dead addresses');
    }
  const jumps = jumpsFrom(draw, begin, days, count);
  const { timezone, weekdays, country } = place;
  return {
    ...{ timezone, weekdays, startedAt, deadFrom, isHoliday: holidaysOf(country) },
    happenings: inOrder(edits, startedAt, begin + days * dayMs, jumps),
  };
}
