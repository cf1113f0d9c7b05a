/** What the address of a report asks for, and what its figures come to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, askedReport, weeksOf } from '../../../../src/web/console/reports/asked.ts';
import { withEveryWeek } from '../../../../src/web/console/reports/case-reports.ts';
import { minutesSay, none, percent, scoreOf, summed } from '../../../../src/web/console/reports/words.ts';

const today = '2026-11-29';
const asked = (query: string) => {
  const given = new URLSearchParams(query);
  return askedReport((name) => given.get(name) ?? undefined, today);
};

describe('the address of a report', () => {
  it('is the last thirteen weeks where nothing is asked', () => {
    expect(asked('')).toEqual({
      by: 'week',
      filter: {
        from: '2026-08-31',
        to: '2026-11-29',
        severity: undefined,
        plan: undefined,
        engineer: undefined,
        site: undefined,
      },
      faults: [],
    });
    expect(weeksOf(asked('').filter)).toHaveLength(13);
  });

  it.each([
    ['from=2026-13-01', '"2026-13-01" is no day, such as 2026-11-29.'],
    ['from=2026-02-30', '"2026-02-30" is no day, such as 2026-11-29.'],
    ['from=2026-11-30', 'The time begins after it ends.'],
    ['from=1999-01-01', 'No more than 200 weeks are shown at once.'],
    ['severity=5', 'There is no severity "5".'],
    ['plan=gold', 'There is no plan "gold".'],
    ['by=moon', 'There is no by "moon".'],
    ["from='; drop table", '"\'; drop table" is no day, such as 2026-11-29.'],
  ])('%s is said, and the rest is shown', (query, says) => {
    const { faults, filter } = asked(query);
    expect(faults).toEqual([says]);
    expect(filter.from <= filter.to).toBe(true);
  });

  it('comes back as it was asked', () => {
    const day = fc.integer({ min: 0, max: 1_200 }).map((n) => {
      const date = new Date(Date.UTC(2023, 5, 1) + n * 86_400_000);
      return date.toISOString().slice(0, 10);
    });
    const query = fc.record(
      {
        from: day,
        to: day,
        severity: fc.constantFrom('1', '2', '3', '4'),
        plan: fc.constantFrom('standard', '24x7', 'premier'),
        engineer: fc.constantFrom('kim@desk.example', 'nobody'),
        site: fc.constantFrom('1000345', '7'),
        by: fc.constantFrom('week', 'severity', 'plan', 'site', 'engineer'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(query, (given) => {
        const first = asked(new URLSearchParams(given).toString());
        const address = addressOf('cases', first, { today });
        const again = asked(address.split('?')[1] ?? '');
        expect(again).toEqual({ ...first, faults: [] });
      }),
    );
  });
});

describe('figures', () => {
  it('have every week, also those without anything', () => {
    const { filter } = asked('from=2026-11-01&to=2026-11-29');
    const lines = withEveryWeek([{ ...none, opened: 3, key: '2026-11-09', name: null }], filter);
    expect(lines.map(({ key, opened }) => [key, opened])).toEqual([
      ['2026-10-26', 0],
      ['2026-11-02', 0],
      ['2026-11-09', 3],
      ['2026-11-16', 0],
      ['2026-11-23', 0],
    ]);
    expect(summed(lines).opened).toBe(3);
  });

  it('are said as people say them', () => {
    expect([percent(1, 3), percent(0, 0), minutesSay(35), minutesSay(200), minutesSay(240), minutesSay(6_000)]).toEqual(
      [...['33 %', '–', '35 min', '3 h 20 min', '4 h', '100 h']],
    );
    expect(scoreOf({ ...none, score_1: 1, score_5: 3 })).toEqual({ answers: 4, average: 4, good: 3 });
  });
});
