/** The table of test/fixtures/deadlines: each deadline was worked out by the program beside it, which shares no code with ours. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { withOwnHolidays } from '../../../src/calendar/own-holidays.ts';
import { workingMinutesBetween } from '../../../src/calendar/working-time.ts';
import { casesPolicySchema } from '../../../src/cases/policy.ts';
import { responseDue } from '../../../src/cases/rating.ts';

type Calendar = {
  readonly timezone: string;
  readonly country: string;
  readonly state?: string;
  readonly businessHours: unknown;
  readonly holidays?: unknown;
};

const text = (name: string): string =>
  readFileSync(new URL(`../../fixtures/deadlines/${name}`, import.meta.url), 'utf8');
const calendars: Readonly<Record<string, Calendar>> = JSON.parse(text('calendars.json'));
const rows = text('deadlines.tsv').trimEnd().split('\n').slice(1);

const worked = rows.map((line) => {
  const [name = '', arrivedAt = '', add = '', story = '', due = ''] = line.split('\t');
  const [count, unit] = add.split(' ');
  const calendar = calendars[name];
  if (!calendar) throw new Error(`no calendar ${name}`);
  const target = unit === 'days' ? { businessDays: Number(count) } : { minutes: Number(count) };
  return { title: `${name}, ${arrivedAt}, ${add}: ${story}`, calendar, arrivedAt, target, due };
});

describe('a deadline worked out by a second program', () => {
  it('stands in the table for a hundred mails and more, of six countries', () => {
    expect(worked.length).toBeGreaterThan(150);
    const countries = new Set(worked.map(({ calendar }) => calendar.country));
    expect(countries).toEqual(new Set(['DE', 'GB', 'US', 'JP', 'FR', 'AU', 'XX']));
  });

  it.each(worked)('$title', ({ calendar, arrivedAt, target, due }) => {
    const { timezone, country, state, businessHours, holidays } = calendar;
    const all = { 1: target, 2: target, 3: target, 4: target };
    const policy = casesPolicySchema.parse({
      businessHours,
      ...(holidays === undefined ? {} : { holidays }),
      response: { standard: all, '24x7': all, premier: all },
    });
    const site = { severity: 3, plan: 'standard', base: 'standard', timezone, country, state } as const;
    expect(responseDue({ ...site, arrivedAt, policy, publicHolidays: holidaysOf }).due).toBe(due);
    if (!('minutes' in target)) return;
    const isHoliday = withOwnHolidays(holidaysOf(country, state), [policy.holidays]);
    const counted = workingMinutesBetween({ timezone, hours: policy.businessHours, isHoliday }, arrivedAt, due);
    expect(counted).toBe(target.minutes);
  });
});
