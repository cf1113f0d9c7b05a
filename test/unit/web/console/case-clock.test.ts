/** The clock of a case as it is drawn and said: golden, and the same in every width. */
import { describe, expect, it } from 'vitest';
import { rate, type ToRate } from '../../../../src/cases/rating.ts';
import type { ClockEvent } from '../../../../src/cases/response-clock.ts';
import { clockLine } from '../../../../src/cases/shown/clock-line.ts';
import { clockDrawn, clockSays, clockShown, clockTold } from '../../../../src/web/console/case/clock.ts';
import { defaultCasesPolicy as policy } from '../../../support/default-policies.ts';

const site: ToRate = { severity: 3, plan: 'standard', base: 'standard', timezone: 'Europe/London', country: 'GB' };
const none = () => () => false;
const rating = (severity: ToRate['severity']) => rate({ ...site, severity }, policy);
const at = (time: string) => `2026-03-24T${time}:00Z`;
const lineOf = (events: readonly ClockEvent[], now: string) => {
  const line = clockLine([{ type: 'started', at: at('09:00'), rating: rating(3) }, ...events], { now }, none);
  if (!line) throw new Error('it never started');
  return line;
};
const zones = (now: string) => ({ viewer: { zone: 'Europe/Berlin' }, siteZone: 'Europe/London', now });
const day = [
  { type: 'paused', at: at('10:00') },
  { type: 'resumed', at: at('11:00') },
  { type: 're-rated', at: at('11:15'), rating: rating(2) },
  { type: 'met', at: at('11:45') },
] as const satisfies readonly ClockEvent[];

describe('the clock of a case', () => {
  it('is drawn in shares of the width', async () => {
    const now = at('15:00');
    expect(String(await clockDrawn(lineOf(day, now), zones(now)))).toMatchInlineSnapshot();
  });
  it('is said in sentences, in the zone of whoever looks with that of the site beside what is promised', () => {
    const now = at('15:00');
    const line = lineOf(day, now);
    expect(clockTold(line, zones(now)).map(({ says }) => says)).toMatchInlineSnapshot();
    expect(clockSays(line, now)).toMatchInlineSnapshot();
  });
  it.each([
    ['runs', [], at('10:00')],
    ['waits', [day[0]], at('12:00')],
    ['is overdue', [], at('14:00')],
    ['was answered too late', [{ type: 'met', at: at('14:00') }], at('15:00')],
    ['stands', [{ type: 'stopped', at: at('10:00') }], at('15:00')],
  ] as const)('says in one sentence that it %s', (_, events, now) => {
    expect(clockSays(lineOf(events, now), now)).toMatchSnapshot();
  });
  it('says that it never ran', async () =>
    expect(String(await clockShown(null, zones(at('10:00'))))).toContain('never ran'));
});
