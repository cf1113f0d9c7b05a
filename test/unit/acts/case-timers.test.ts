import { describe, expect, it } from 'vitest';
import type { WorkedCase } from '../../../src/acts/cases/records.ts';
import { caseTimersAct } from '../../../src/acts/cases/timers/run-case-timers.ts';
import type { CaseTimer } from '../../../src/acts/cases/timers/timer.ts';
import { policy } from '../../support/world.ts';

const now = '2026-03-02T10:00:00Z';
const given = { by: { kind: 'clock' }, now, desk: policy.desk, policy } as const;
const on = { id: '1', number: '100042', versionNo: 1, status: 'open', silentUntil: null } as WorkedCase;
const open = { ...on, clock: [], events: [] } as unknown as WorkedCase;
const timer = (at: string | null): CaseTimer => ({
  name: 'a timer',
  gives: { changes: ['case-closed'], letters: [] },
  dueAt: () => at,
  runOut: ({ id, number, versionNo }) => ({
    changes: [{ kind: 'case-closed', id, case: number, versionNo, title: '', at: now, by: given.by }],
    letters: [],
  }),
});
const judged = (...timers: CaseTimer[]) => {
  const done = caseTimersAct(timers).judge({ case: '100042' }, { cases: [], letters: [], worked: [open] }, given);
  return done.kind === 'done' ? done.changes : done.says;
};

describe('the timers of a case', () => {
  it('do what is due, and are looked at again at once', () => {
    expect(judged(timer('2026-03-02T10:00:00Z'), timer('2026-03-02T11:00:00Z'))).toMatchObject([
      { kind: 'case-closed' },
      { kind: 'timer-set', timerAt: now },
    ]);
  });

  it('do one thing at a time, the longest due first: what it leaves is what the next is judged on', () => {
    const first = timer('2026-03-02T09:00:00Z');
    const both = judged(timer('2026-03-02T10:00:00Z'), { ...first, runOut: () => ({ changes: [], letters: [] }) });
    expect(both).toMatchObject([{ kind: 'timer-set', timerAt: now }]);
  });

  it('wait for the earliest, whatever their zones', () => {
    const changes = judged(timer('2026-03-02T13:00:00+01:00'), timer('2026-03-02T11:30:00Z'), timer(null));
    expect(changes).toMatchObject([{ kind: 'timer-set', timerAt: '2026-03-02T11:30:00Z' }]);
  });

  it('end where nothing is to come', () => {
    expect(judged(timer(null))).toMatchObject([{ kind: 'timer-set', timerAt: null }]);
  });

  it('say which changes and letters they may give', () => {
    expect(caseTimersAct([timer(null)]).gives.changes).toEqual(['case-closed', 'timer-set']);
  });
});
