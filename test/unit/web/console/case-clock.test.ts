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
    expect(String(await clockDrawn(lineOf(day, now), zones(now)))).toMatchInlineSnapshot(
      `"<svg class="clock-line" height="40" width="100%" aria-hidden="true" focusable="false"><line class="track" x1="2%" x2="98%" y1="20" y2="20"></line><line class="span counting" x1="2%" x2="34%" y1="20" y2="20"><title>counting, 1 h</title></line><line class="span paused" x1="34%" x2="66%" y1="20" y2="20"><title>waiting for the customer, 1 h</title></line><line class="span counting" x1="66%" x2="90%" y1="20" y2="20"><title>counting, 45 min</title></line><circle class="mark started" cx="2%" cy="20" r="5"><title>10:00: The clock starts, promised by 14:00 · 13:00 London</title></circle><circle class="mark paused" cx="34%" cy="20" r="5"><title>11:00: It waits for the customer</title></circle><circle class="mark resumed" cx="66%" cy="20" r="5"><title>12:00: It runs again, promised by 15:00 · 14:00 London instead of 14:00 · 13:00 London</title></circle><circle class="mark re-rated" cx="74%" cy="20" r="5"><title>12:15: Rated anew, promised by 13:00 · 12:00 London instead of 15:00 · 14:00 London</title></circle><circle class="mark met" cx="90%" cy="20" r="7"><title>12:45: The first answer is given</title></circle><line class="mark due" x1="98%" x2="98%" y1="6" y2="34"><title>13:00: It would have been due</title></line></svg>"`,
    );
  });
  it('is said in sentences, in the zone of whoever looks with that of the site beside what is promised', () => {
    const now = at('15:00');
    const line = lineOf(day, now);
    expect(clockTold(line, zones(now)).map(({ says }) => says)).toMatchInlineSnapshot(`
      [
        "The clock starts, promised by 14:00 · 13:00 London",
        "It waits for the customer",
        "It runs again, promised by 15:00 · 14:00 London instead of 14:00 · 13:00 London",
        "Rated anew, promised by 13:00 · 12:00 London instead of 15:00 · 14:00 London",
        "The first answer is given",
        "It would have been due",
      ]
    `);
    expect(clockSays(line, now)).toMatchInlineSnapshot(
      `"First answer within 2 h of business hours: given after 1 h 45 min · 1 h waiting for the customer"`,
    );
  });
  it.each([
    ['runs', [], at('10:00'), '1 h so far, due in 3 h'],
    ['waits', [day[0]], at('12:00'), 'paused after 1 h, waiting for the customer for 2 h'],
    ['is overdue', [], at('14:00'), 'overdue for 1 h'],
    [
      'is overdue again, by the deadline that counts now',
      [
        { type: 'stopped', at: at('14:00') },
        { type: 'resumed', at: at('16:00') },
      ],
      at('16:30'),
      'overdue for 30 min · an earlier deadline had passed',
    ],
    ['was answered too late', [{ type: 'met', at: at('14:00') }], at('15:00'), 'given after 5 h, too late'],
    ['stands', [{ type: 'stopped', at: at('10:00') }], at('15:00'), 'the clock stands, 1 h so far'],
  ] as const)('says in one sentence that it %s', (_, events, now, says) => {
    expect(clockSays(lineOf(events, now), now)).toBe(`First answer within 4 h of business hours: ${says}`);
  });
  it('says what was answered at once, and what was asked before the hours begin, as people do', () => {
    expect(clockSays(lineOf([{ type: 'met', at: at('09:00') }], at('15:00')), at('15:00'))).toMatch(
      /: given within a minute$/,
    );
    const early = clockLine([{ type: 'started', at: at('05:00'), rating: rating(3) }], { now: at('06:00') }, none);
    expect(early && clockSays(early, at('06:00'))).toMatch(/: the hours that count have not begun, due in 7 h$/);
  });
  it('says that it never ran', async () =>
    expect(String(await clockShown(null, zones(at('10:00'))))).toContain('never ran'));
});
