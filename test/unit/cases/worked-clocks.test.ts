/** The table clocks.tsv of test/fixtures/deadlines: each clock was worked out minute by minute by the program beside it, which shares no code with ours. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { ownHolidaysSchema } from '../../../src/calendar/own-holidays.ts';
import { workingHoursSchema } from '../../../src/calendar/working-hours.ts';
import type { Severity } from '../../../src/cases/case.ts';
import { rate, toRate } from '../../../src/cases/rating.ts';
import { ratingDiffers } from '../../../src/cases/rating-differs.ts';
import { type ClockEvent, foldClock, timesAt } from '../../../src/cases/response-clock.ts';
import { foldUpdates, nextUpdateDue, proposalDue, type UpdateEvent } from '../../../src/cases/update-clock.ts';
import { nextContractChange } from '../../../src/registry/contract-changes.ts';
import { judgeEntitlement } from '../../../src/registry/entitlement.ts';
import type { Licence, Plan, PlanKind, Site } from '../../../src/registry/site.ts';
import { defaultRegistryPolicy, defaultCasesPolicy as policy } from '../../support/default-policies.ts';

const text = (name: string): string =>
  readFileSync(new URL(`../../fixtures/deadlines/${name}`, import.meta.url), 'utf8');
type Calendar = Pick<Site, 'timezone' | 'country' | 'state'> & { businessHours: unknown; holidays?: unknown };
const calendars: Readonly<Record<string, Calendar>> = JSON.parse(text('calendars.json'));
const [head = '', ...lines] = text('clocks.tsv').trimEnd().split('\n');
const names = head.split('\t');
const rows = lines.map((line) => {
  const cells = line.split('\t');
  return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as Record<string, string>;
});

const covering: Licence[] = (['user', 'support'] as const).map((kind) => ({
  number: kind,
  product: 'Vault',
  kind,
  quantity: 1,
  from: '2025-01-01',
  to: '2027-12-31',
  registeredOn: null,
}));
const planOf = (words: readonly string[]): Plan => {
  const [from = '', to = ''] = (words[1] ?? '').split('..');
  return { kind: words[0] as PlanKind, from, to };
};
const instant = (at: string | null): number | null => (at === null || at === '-' ? null : Date.parse(at));

/** What our own code comes to: changes of plan are those that the contract says come next. */
function played(row: Record<string, string>) {
  const { businessHours, holidays, ...first } = calendars[row.place ?? ''] as Calendar;
  const siteOf = (calendar: Calendar) => ({
    timezone: calendar.timezone,
    country: calendar.country,
    state: calendar.state,
    businessHours: workingHoursSchema.parse(calendar.businessHours),
    holidays: calendar.holidays === undefined ? undefined : ownHolidaysSchema.parse(calendar.holidays),
  });
  let site = siteOf({ businessHours, holidays, ...first });
  let severity = Number(row.severity) as Severity;
  const plans = (row.plans ?? '').split(', ').map((one) => planOf(one.split(' ')));
  const events: UpdateEvent[] = [];
  let at = '';
  /** The last event, to which its time is counted. */
  let last = '';

  const material = () => ({ site, plans, licences: covering });
  const ratingAt = (when: string) => {
    const contract = judgeEntitlement(material(), when, null, defaultRegistryPolicy);
    return rate(toRate(site, contract, severity, false), policy);
  };
  const own = (): ClockEvent[] =>
    events.filter((one): one is ClockEvent => !['told', 'reached', 'relieved', 'relapsed'].includes(one.type));
  const clockNow = () => {
    const clock = foldClock(own(), holidaysOf);
    if (clock === null) throw new Error('it has started');
    return clock;
  };
  const rerate = (when: string) => {
    const rating = ratingAt(when);
    const before = events.findLast((one) => 'rating' in one);
    if (before && 'rating' in before && ratingDiffers(before.rating, rating).length > 0) {
      events.push({ type: 're-rated', at: when, rating });
      last = when;
    }
  };
  /** Changes of the contract up to an instant. */
  const contractUntil = (until: () => string | null) => {
    for (;;) {
      const next = nextContractChange(material(), at, null, defaultRegistryPolicy);
      const end = until();
      if (next === null || next.contract.kind === 'lapsed' || end === null || Date.parse(next.at) >= Date.parse(end))
        return;
      at = next.at;
      rerate(at);
    }
  };

  for (const story of (row.events ?? '').split(', ')) {
    const [when = '', type = '', ...words] = story.split(' ');
    if (type === 'started') events.push({ type, at: when, rating: ratingAt(when) });
    else contractUntil(() => when);
    at = when;
    last = when;
    if (type === 'severity') severity = Number(words[0]) as Severity;
    if (type === 'place') site = siteOf(calendars[words[0] ?? ''] as Calendar);
    if (type === 'upgrade') plans.push(planOf(words));
    if (['severity', 'place', 'upgrade'].includes(type)) rerate(when);
    else if (type !== 'started') events.push({ type, at: when } as UpdateEvent);
  }
  contractUntil(() => (clockNow().state === 'running' ? clockNow().due : null));

  const clock = clockNow();
  const updates = foldUpdates(events, holidaysOf);
  const { elapsed, outOfHours, paused, stopped } = timesAt(clock, holidaysOf, last);
  return {
    state: clock.state,
    due: instant(clock.due),
    times: [elapsed, outOfHours, paused, stopped],
    breached: instant(clock.breachedAt),
    changes: clock.changes.map(({ before, after }) => [instant(before), instant(after)]),
    update: instant(updates && nextUpdateDue(updates, holidaysOf, policy)),
    proposal: instant(updates && proposalDue(updates, holidaysOf, policy)),
  };
}

describe('a clock worked out by a second program', () => {
  it('stands in the table for seventy cases and more, of six countries, each told once', () => {
    expect(rows.length).toBeGreaterThan(75);
    expect(new Set(rows.map(({ story }) => story)).size).toBe(rows.length);
    expect(new Set(rows.map(({ place }) => calendars[place ?? '']?.country))).toEqual(
      new Set(['DE', 'GB', 'US', 'JP', 'FR', 'AU', 'XX']),
    );
  });

  it.each(rows.map((row) => ({ ...row, title: `${row.place}: ${row.story}` })))(
    '$title',
    (row: Record<string, string>) => {
      expect(played(row)).toEqual({
        state: row.state,
        due: instant(row.due ?? ''),
        times: [row.elapsed, row.out, row.paused, row.stopped].map(Number),
        breached: instant(row.breached ?? ''),
        changes: row.changes === '-' ? [] : (row.changes ?? '').split(', ').map((one) => one.split(' > ').map(instant)),
        update: instant(row.update ?? ''),
        proposal: instant(row.proposal ?? ''),
      });
    },
  );
});
