/** POLICY §4.5, §4.6, §5.2: previews and licensing count by rules of their own, and so does a case that becomes one, or is one no more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { setKind } from '../../../src/acts/cases/working/set-kind.ts';
import { type CaseKind, caseKinds, type Severity } from '../../../src/cases/case.ts';
import type { ClockEvent } from '../../../src/cases/response-clock.ts';
import { foldClock, timesAt } from '../../../src/cases/response-clock.ts';
import { eventsOf } from '../../../src/changes/change.ts';
import { givenAt, opened, workedCase } from '../../support/clock/clocked-case.ts';

const at = (time: string, day = '02') => `2026-03-${day}T${time}:00Z`;
const becomes = (on: WorkedCase, kind: CaseKind, now: string) => {
  const given = givenAt(now);
  const judged = setKind.judge(
    setKind.input.parse({ case: on.number, kind }),
    { cases: [], letters: [], worked: [on] },
    {
      ...given,
      by: { kind: 'api', staff: null },
    },
  );
  if (judged.kind === 'refused') throw new Error(judged.says);
  return judged;
};
/** The case once that was written. */
function standing(before: WorkedCase, { changes }: ReturnType<typeof becomes>): WorkedCase {
  const events = [...before.events];
  const clock: ClockEvent[] = [...before.clock];
  let { severity } = before;
  for (const change of changes) {
    events.push(...eventsOf(change).map(({ kind, at: when, detail }) => ({ kind, at: when, detail })));
    if (change.kind === 'severity-set') severity = change.to;
    if ('rating' in change) clock.push({ type: 're-rated', at: change.at, rating: change.rating });
  }
  const kind = changes.flatMap((one) => (one.kind === 'kind-set' ? [one.to.kind] : []))[0] ?? before.kind;
  return { ...before, kind, severity, events, clock };
}

describe('a case that becomes a preview', () => {
  it('has severity 3 and no promised time, and the customer hears why', () => {
    const { changes, letters } = becomes(workedCase({ severity: 2 }), 'preview', at('10:00'));
    expect(changes).toMatchObject([
      { kind: 'kind-set' },
      {
        kind: 'severity-set',
        from: 2,
        to: 3,
        before: '2026-03-02T11:00:00+00:00',
        due: '2026-03-02T13:00:00+00:00',
        rating: { bestEffort: true, counts: 'business' },
      },
    ]);
    expect(letters).toMatchObject([
      { template: 'severity-set', to: 'ada@aldous.example', values: { byUs: true, kept: 'preview', preview: true } },
    ]);
  });

  it('is rated anew without a letter where its severity stays', () => {
    expect(becomes(workedCase(), 'preview', at('10:00'))).toMatchObject({
      changes: [
        { kind: 'kind-set' },
        { kind: 'clock-re-rated', why: ['kind', 'target'], rating: { bestEffort: true } },
      ],
      letters: [],
    });
  });

  it('has its severity back, with what was counted, where it was none after all', () => {
    const on = workedCase({ severity: 2 });
    const preview = standing(on, becomes(on, 'preview', at('09:30')));
    expect(becomes(preview, 'incident', at('10:00'))).toMatchObject({
      changes: [
        { kind: 'kind-set' },
        { kind: 'severity-set', from: 3, to: 2, before: '2026-03-02T13:00:00+00:00', due: '2026-03-02T11:00:00+00:00' },
      ],
      letters: [{ template: 'severity-set', values: { severity: 2, kept: null, preview: false } }],
    });
    const mere = standing(workedCase(), becomes(workedCase(), 'preview', at('09:30')));
    expect(becomes(mere, 'defect', at('10:00')).changes).toMatchObject([
      { kind: 'kind-set' },
      { kind: 'clock-re-rated', due: '2026-03-02T13:00:00+00:00' },
    ]);
  });

  it('has no second deadline once it was answered, or waits', () => {
    const answered = workedCase({ severity: 2, answeredAt: at('09:20') });
    expect(becomes(answered, 'preview', at('10:00')).changes[1]).toMatchObject({ to: 3, before: null, due: null });
    expect(becomes(workedCase({ answeredAt: at('09:20') }), 'preview', at('10:00')).changes).toHaveLength(1);
    const { clock } = workedCase();
    const waits = workedCase({ clock: [...clock, { type: 'paused', at: at('09:30') }] });
    expect(becomes(waits, 'preview', at('10:00')).changes[1]).toMatchObject({ before: null, due: null });
  });
});

describe('a case that becomes one about licences', () => {
  it('is due a day after its mail, and as before once it is none', () => {
    const on = workedCase({ severity: 2 });
    const judged = becomes(on, 'licensing', at('10:00'));
    // One hour is counted in business hours, the rest round the clock.
    expect(judged).toMatchObject({
      changes: [
        { kind: 'kind-set' },
        {
          kind: 'clock-re-rated',
          why: ['kind', 'target', 'calendar'],
          before: '2026-03-02T11:00:00+00:00',
          due: '2026-03-03T09:00:00+00:00',
        },
      ],
      letters: [],
    });
    expect(becomes(standing(on, judged), 'incident', at('10:30')).changes[1]).toMatchObject({
      before: '2026-03-03T09:00:00+00:00',
      due: '2026-03-02T11:00:00+00:00',
    });
  });

  it.each(['question', 'defect', 'enhancement', 'feedback'] as const)(
    'is none by becoming %s: nothing is rated',
    (kind) => {
      expect(becomes(workedCase(), kind, at('10:00')).changes).toHaveLength(1);
    },
  );
});

describe('a severity that is proposed as the case becomes another kind (POLICY §4.2)', () => {
  const proposal = { to: 2, by: 'staff', until: at('10:00', '04') } as const;
  const ended = { kind: 'proposal-ended', why: 'kind', proposal };

  it.each(['preview', 'licensing'] as const)('is dropped with %s, and the customer hears so', (kind) => {
    const { changes, letters } = becomes(workedCase({ proposal }), kind, at('10:00'));
    expect(changes).toMatchObject([{ kind: 'kind-set' }, { kind: 'clock-re-rated' }, ended]);
    expect(letters).toMatchObject([
      { template: 'severity-proposal', to: 'ada@aldous.example', values: { how: 'kind', from: 3, to: 2, phone: null } },
    ]);
  });

  it('is dropped where nothing is left to be rated', () => {
    const answered = workedCase({ proposal, answeredAt: at('09:20') });
    expect(becomes(answered, 'preview', at('10:00'))).toMatchObject({
      changes: [{ kind: 'kind-set' }, ended],
      letters: [{ template: 'severity-proposal' }],
    });
  });

  it('is dropped with one letter where that says which severity such a case has', () => {
    const { changes, letters } = becomes(
      workedCase({ severity: 2, proposal: { ...proposal, to: 1 } }),
      'preview',
      at('10:00'),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['kind-set', 'severity-set', 'proposal-ended']);
    expect(letters).toMatchObject([{ template: 'severity-set', values: { kept: 'preview' } }]);
  });

  it('stands where the new kind counts as the old one did', () => {
    const { changes, letters } = becomes(workedCase({ proposal }), 'defect', at('10:00'));
    expect(changes.map(({ kind }) => kind)).toEqual(['kind-set']);
    expect(letters).toEqual([]);
  });
});

it('no order of kinds and pauses loses a minute, and the first kind again has the first severity', () => {
  const steps = fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 900 }),
      to: fc.constantFrom<CaseKind | 'paused' | 'resumed'>(...caseKinds, 'paused', 'resumed'),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(steps, fc.constantFrom<Severity>(1, 2, 3, 4), (given, severity) => {
      let now = Temporal.Instant.from(opened);
      let on = workedCase({ severity });
      for (const { after: minutes, to } of given) {
        now = now.add({ minutes });
        if (to === 'paused' || to === 'resumed') on = { ...on, clock: [...on.clock, { type: to, at: now.toString() }] };
        else if (to !== on.kind) on = standing(on, becomes(on, to, now.toString()));
        expect(on.severity).toBe(on.kind === 'preview' ? 3 : severity);
        const clock = foldClock(on.clock, givenAt(opened).policy.publicHolidays);
        if (clock === null) throw new Error('it has started');
        expect(clock.rating.bestEffort ?? false).toBe(on.kind === 'preview');
        const { elapsed, outOfHours, paused, stopped } = timesAt(
          clock,
          givenAt(opened).policy.publicHolidays,
          now.toString(),
        );
        expect(elapsed + outOfHours + paused + stopped).toBeCloseTo(now.since(opened).total('minutes'), 6);
        expect(Math.min(elapsed, outOfHours, paused)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 200 },
  );
});
