/** How a case stands, as its customer sees it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseKinds } from '../../../src/cases/case.ts';
import { casePageDays, type StandingFacts, standingOf } from '../../../src/cases/pages/standing.ts';

const now = '2026-05-13T10:00:00Z';
const due = '2026-05-13T12:00:00Z';
const open: StandingFacts = {
  kind: 'incident',
  status: 'open',
  closedAt: null,
  answeredAt: null,
  proposedAt: null,
  clock: { state: 'running', due, breachedAt: null, waiting: null },
};
const clock = (more: Partial<StandingFacts['clock']>): Partial<StandingFacts> => ({
  clock: { ...open.clock, ...more },
});
const waiting = { since: '2026-05-13T09:00:00Z', until: null };

describe('how a case stands', () => {
  it.each<[string, Partial<StandingFacts>, ReturnType<typeof standingOf>]>([
    ['promised', {}, { kind: 'promised', due }],
    ['late since its deadline', clock({ due: now, breachedAt: now }), { kind: 'late', due: now }],
    ['of a preview: nothing is promised', { kind: 'preview' }, { kind: 'open' }],
    ['stopped: nothing is promised', clock({ state: 'stopped', due: null }), { kind: 'open' }],
    ['answered', { answeredAt: now }, { kind: 'answered', at: now }],
    ['waiting', clock({ waiting }), { kind: 'waits', ...waiting, answered: false }],
    [
      'waiting once answered',
      { answeredAt: now, ...clock({ waiting }) },
      { kind: 'waits', ...waiting, answered: true },
    ],
    ['proposed before waiting', { proposedAt: now, ...clock({ waiting }) }, { kind: 'proposed', at: now }],
    [
      'closed, for thirty days more',
      { status: 'closed', closedAt: now },
      { kind: 'closed', at: now, until: '2026-06-12T10:00:00Z' },
    ],
    [
      'closed to the second',
      { status: 'closed', closedAt: '2026-04-13T10:00:00Z' },
      expect.objectContaining({ kind: 'closed' }),
    ],
    ['over', { status: 'closed', closedAt: '2026-04-13T09:59:59Z' }, null],
  ])('%s', (_, given, stands) => {
    expect(standingOf({ ...open, ...given }, now)).toEqual(stands);
  });

  it('is over for closed cases only, and never before its time', () => {
    const moment = fc.integer({ min: 0, max: 4e8 }).map((s) => new Date(1.7e12 + s * 1000).toISOString());
    const maybe = fc.option(moment, { nil: null });
    const facts = fc.record({
      kind: fc.constantFrom(...caseKinds),
      answeredAt: maybe,
      proposedAt: maybe,
      closedAt: maybe,
      clock: fc.record({
        state: fc.constantFrom('running', 'paused', 'stopped', 'met'),
        ...{
          due: maybe,
          breachedAt: maybe,
          waiting: fc.option(fc.record({ since: moment, until: maybe }), { nil: null }),
        },
      }),
    });
    fc.assert(
      fc.property(facts, moment, (given, at) => {
        const status = given.closedAt === null ? 'open' : 'closed';
        const stands = standingOf({ ...given, status } as StandingFacts, at);
        const over = given.closedAt !== null && Date.parse(at) > Date.parse(given.closedAt) + casePageDays * 86_400_000;
        expect(stands === null).toBe(over);
        if (stands && 'due' in stands) expect(given.answeredAt).toBeNull();
      }),
    );
  });
});
