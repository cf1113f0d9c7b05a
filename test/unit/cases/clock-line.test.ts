/** The line that a clock is drawn as: what it counted, waited and promised, without a gap and without two things at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../src/cases/case.ts';
import { type Holidays, rate, type ToRate } from '../../../src/cases/rating.ts';
import { type ClockEvent, foldClock } from '../../../src/cases/response-clock.ts';
import { type ClockLine, clockLine } from '../../../src/cases/shown/clock-line.ts';
import { defaultCasesPolicy as policy } from '../../support/default-policies.ts';

const none: Holidays = () => () => false;
const site: ToRate = { severity: 3, plan: 'standard', base: 'standard', timezone: 'Europe/Berlin', country: 'DE' };
const rating = (severity: Severity = 3) => rate({ ...site, severity }, policy);
const at = (time: string, day = '24') => `2026-03-${day}T${time}:00+01:00`;
const instant = (iso: string) => Temporal.Instant.from(iso).toString();
const started: ClockEvent = { type: 'started', at: at('10:00'), rating: rating() };

function line(events: readonly ClockEvent[], now: string, ended = false): ClockLine {
  const found = clockLine([started, ...events], { now, ended }, none);
  if (!found) throw new Error('it never started');
  return found;
}
const drawn = ({ spans }: ClockLine) =>
  spans.map(({ kind, from, to }) => `${kind} ${instant(from).slice(8, 16)}-${instant(to).slice(8, 16)}`);
const told = ({ marks }: ClockLine) =>
  marks.map(({ type, due, before }) => [
    type,
    due === null ? null : instant(due).slice(8, 16),
    ...(before === null ? [] : [`not ${instant(before).slice(8, 16)}`]),
  ]);

describe('the line of a clock', () => {
  it('counts until now, with what is promised at its end', () => {
    const running = line([], at('11:00'));
    expect(drawn(running)).toEqual(['counting 24T09:00-24T10:00']);
    expect(running).toMatchObject({ state: 'running', breachedAt: null, counted: 60, paused: 0 });
    expect(instant(running.to)).toBe(instant(at('14:00')));
  });
  it('has its pauses, and what was promised anew behind each', () => {
    const paused = line(
      [
        { type: 'paused', at: at('11:00') },
        { type: 'resumed', at: at('12:30') },
        { type: 'met', at: at('13:00') },
      ],
      at('17:00'),
    );
    expect(drawn(paused)).toEqual([
      'counting 24T09:00-24T10:00',
      'paused 24T10:00-24T11:30',
      'counting 24T11:30-24T12:00',
    ]);
    expect(told(paused)).toEqual([
      ['started', '24T13:00'],
      ['paused', null],
      ['resumed', '24T14:30', 'not 24T13:00'],
      ['met', '24T14:30'],
    ]);
    expect(paused).toMatchObject({ state: 'met', counted: 90, paused: 90, now: null, breachedAt: null });
  });
  it('counts a pause that was answered straight from', () => {
    const answered = line(
      [
        { type: 'paused', at: at('11:00') },
        { type: 'met', at: at('12:00') },
      ],
      at('17:00'),
    );
    expect(drawn(answered)).toEqual(['counting 24T09:00-24T11:00']);
    expect(answered).toMatchObject({ state: 'met', counted: 120, paused: 0 });
  });
  it('is late behind the deadline that passed, also where nobody has seen it yet', () => {
    const late = line([], at('15:00'));
    expect(drawn(late)).toEqual(['counting 24T09:00-24T13:00', 'late 24T13:00-24T14:00']);
    expect(instant(late.breachedAt ?? '')).toBe(instant(at('14:00')));
    const met = line(
      [
        { type: 'breached', at: at('14:00') },
        { type: 'met', at: at('16:00') },
      ],
      at('17:00'),
    );
    expect(drawn(met)).toEqual(['counting 24T09:00-24T13:00', 'late 24T13:00-24T15:00']);
  });
  it('is never late where nothing is promised', () => {
    const preview: ClockEvent = {
      type: 'started',
      at: at('10:00'),
      rating: rate({ ...site, bestEffort: true }, policy),
    };
    const found = clockLine([preview], { now: at('12:00', '31') }, none);
    expect(found?.spans.map(({ kind }) => kind)).toEqual(['counting']);
    expect(found?.breachedAt).toBeNull();
  });
  it('says both deadlines of a new rating, and of a case that was merged into it', () => {
    const rated = line([{ type: 're-rated', at: at('11:00'), rating: rating(2) }], at('11:30'));
    expect(told(rated)).toEqual([
      ['started', '24T13:00'],
      ['re-rated', '24T11:00', 'not 24T13:00'],
    ]);
    const joined = line([{ type: 'joined', at: at('11:00'), of: '100042', due: at('12:00') }], at('11:30'));
    expect(told(joined).at(-1)).toEqual(['joined', '24T11:00', 'not 24T13:00']);
    expect(joined.marks.at(-1)?.of).toBe('100042');
    // One that moves no deadline is a mark of its own moment, too.
    const later = line([{ type: 'joined', at: at('11:00'), of: '100042', due: at('16:00') }], at('11:30'));
    expect(instant(later.marks.at(-1)?.at ?? '')).toBe(instant(at('11:00')));
  });
  it('ends where a case was closed without an answer, and goes on where support has only ended', () => {
    const stopped: ClockEvent[] = [{ type: 'stopped', at: at('11:00') }];
    expect(drawn(line(stopped, at('15:00'), true))).toEqual(['counting 24T09:00-24T10:00']);
    expect(drawn(line(stopped, at('15:00')))).toEqual(['counting 24T09:00-24T10:00', 'stopped 24T10:00-24T14:00']);
  });
  it('leaves out what changed nothing', () => {
    const twice = line(
      [
        { type: 'paused', at: at('11:00') },
        { type: 'paused', at: at('11:30') },
      ],
      at('12:00'),
    );
    expect(told(twice)).toHaveLength(2);
    expect(clockLine([], { now: at('12:00') }, none)).toBeNull();
  });

  const minutesOf = fc.integer({ min: 0, max: 60 * 24 * 4 });
  const step = fc.record({
    type: fc.constantFrom('paused', 'resumed', 'stopped', 're-rated', 'breached', 'met', 'joined', 'parted'),
    minutes: minutesOf,
    severity: fc.constantFrom<Severity>(1, 2, 3, 4),
  });
  it('holds for every sequence of events: spans touch, never overlap, and are as long as the time itself', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), minutesOf, fc.boolean(), (steps, more, ended) => {
        let now = Temporal.Instant.from(at('10:00'));
        const events = steps.map(({ type, minutes, severity }): ClockEvent => {
          now = now.add({ minutes });
          const when = now.toString();
          if (type === 're-rated') return { type, at: when, rating: rating(severity) };
          if (type === 'joined') return { type, at: when, of: '7', due: now.add({ minutes: 30 }).toString() };
          return type === 'parted' ? { type, at: when, of: '7' } : { type, at: when };
        });
        const found = line(events, now.add({ minutes: more }).toString(), ended);
        const clock = foldClock([started, ...events], none);
        const end = found.now ?? clock?.metAt ?? clock?.since ?? '';
        const ms = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
        const { spans } = found;
        for (const [i, span] of spans.entries()) {
          expect(ms(span.from)).toBeLessThan(ms(span.to));
          const next = spans[i + 1];
          if (next) expect(ms(next.from)).toBe(ms(span.to));
          if (next) expect(next.kind).not.toBe(span.kind);
        }
        const length = spans.reduce((sum, span) => sum + ms(span.to) - ms(span.from), 0);
        expect(length).toBe(ms(end) - ms(found.from));
        const paused = spans.filter(({ kind }) => kind === 'paused');
        const waited = paused.reduce((sum, span) => sum + ms(span.to) - ms(span.from), 0);
        expect(Math.abs(Math.floor(waited / 60_000) - found.paused)).toBeLessThanOrEqual(1);
        expect(ms(found.to)).toBeGreaterThanOrEqual(ms(end));
      }),
      { numRuns: 300 },
    );
  });
});
