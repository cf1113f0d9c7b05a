import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccessRequest,
  decisionOf,
  type NotTaken,
  type RequestStep,
  requestStates,
  stateOf,
  takeStep,
} from '../../../src/access/request.ts';

const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 2, 9, minutes)).toISOString();
const limits = { undoMinutes: 60 };

type Short = readonly [kind: RequestStep['kind'], minutes?: number, by?: string];
const step = ([kind, minutes = 0, by = 'contact 7']: Short): RequestStep =>
  ({
    kind,
    at: at(minutes),
    by,
    ...(kind === 'handed-over' && { why: 'no-answer' }),
    until: null,
    atOnce: false,
  }) as RequestStep;

/** Each has to be taken. */
function requestAfter(...steps: readonly Short[]): AccessRequest {
  return steps.reduce<AccessRequest>(
    (request, one) => {
      const taken = takeStep(request, step(one), limits);
      if (taken.kind === 'not-taken') throw new Error(`${one[0]} was not taken: ${taken.why}`);
      return taken.request;
    },
    [step(['asked'])],
  );
}
const whyNot = (request: AccessRequest, ...one: Short): NotTaken | null => {
  const taken = takeStep(request, step(one), limits);
  return taken.kind === 'not-taken' ? taken.why : null;
};

describe('§8 the states of an access request', () => {
  it.each([
    ['to-verify', []],
    ['waiting', ['verified']],
    ['to-verify', ['verify-sent', 'asked', 'verify-sent']],
    ['waiting', ['verified', 'deciders-asked', 'reminded', 'reminded']],
    ['with-client-care', ['verified', 'handed-over']],
    ['granted', ['verified', 'granted']],
    ['granted', ['verified', 'handed-over', 'granted', 'asker-told', 'end-told']],
    ['denied', ['verified', 'denied', 'asker-told']],
    ['waiting', ['verified', 'granted', 'taken-back']],
    ['with-client-care', ['verified', 'handed-over', 'denied', 'taken-back']],
    ['expired', ['verified', 'granted', 'asker-told', 'ended']],
    ['expired', ['ended']],
    ['expired', ['erased']],
    ['expired', ['verified', 'erased']],
    ['expired', ['verified', 'handed-over', 'erased']],
    ['expired', ['verified', 'granted', 'erased']],
    ['expired', ['verified', 'denied', 'erased']],
    ['expired', ['verified', 'denied', 'asker-told', 'erased']],
  ] as const)('is %s after %j', (state, kinds) => {
    expect(stateOf(requestAfter(...kinds.map((kind) => [kind] as const)))).toBe(state);
  });

  it('§8.5 keeps the first decision', () => {
    const granted = requestAfter(['verified'], ['granted']);
    expect(whyNot(granted, 'denied', 1, 'contact 8')).toBe('decided');
    expect(whyNot(granted, 'granted', 1)).toBe('decided');
    expect(whyNot(requestAfter(['verified'], ['denied']), 'granted', 1, 'contact 8')).toBe('decided');
  });

  it('§8.5 lets the same decider take it back within the hour, and nobody else', () => {
    const granted = requestAfter(['verified'], ['granted', 10]);
    expect(whyNot(granted, 'taken-back', 70)).toBe(null);
    expect(whyNot(granted, 'taken-back', 71)).toBe('too-late');
    expect(whyNot(granted, 'taken-back', 20, 'contact 8')).toBe('not-theirs');
  });

  it('§8.5 takes another decision once the first was taken back', () => {
    const denied = requestAfter(['verified'], ['granted'], ['taken-back', 5], ['denied', 6, 'contact 8']);
    expect(stateOf(denied)).toBe('denied');
    expect(decisionOf(denied)).toMatchObject({ kind: 'denied', by: 'contact 8' });
  });

  it('tells the asker of each decision once', () => {
    expect(whyNot(requestAfter(['verified'], ['granted'], ['asker-told']), 'asker-told')).toBe('done-before');
    const again = requestAfter(['verified'], ['granted'], ['asker-told'], ['taken-back'], ['granted']);
    expect(whyNot(again, 'asker-told')).toBe(null);
  });

  it.each([
    ['not-verified', [], 'granted'],
    ['not-decided', [['verified']], 'taken-back'],
    ['over', [['ended']], 'granted'],
    ['over', [['ended']], 'verified'],
  ] as const)('says %s after %j of %s', (why, steps, kind) => {
    expect(whyNot(requestAfter(...steps), kind)).toBe(why);
  });
});

const kinds: readonly RequestStep['kind'][] = [
  ...(['asked', 'verify-sent', 'verified', 'deciders-asked', 'reminded', 'handed-over', 'granted', 'denied'] as const),
  ...(['taken-back', 'asker-told', 'end-told', 'ended'] as const),
  ...(['first-granted', 'second-asked', 'first-withdrawn'] as const),
];
const anySteps = fc.array(
  fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 200 }), fc.constantFrom('contact 7', 'contact 8')),
  { maxLength: 25 },
);
/** Those that can be taken, in whatever order they come. */
const taken = (steps: readonly Short[]): AccessRequest =>
  steps.reduce<AccessRequest>(
    (request, one) => {
      const found = takeStep(request, step(one), limits);
      return found.kind === 'taken' ? found.request : request;
    },
    [step(['asked'])],
  );

describe('§8 whatever comes in whatever order', () => {
  it('is in one of its states, and no path grants without a decision that stands', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const request = taken(steps);
        const state = stateOf(request);
        expect(requestStates).toContain(state);
        expect(state === 'granted').toBe(decisionOf(request)?.kind === 'granted' && request.at(-1)?.kind !== 'ended');
        expect(state === 'denied').toBe(decisionOf(request)?.kind === 'denied');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is verified before anybody decides, and ends undecided only where it was never verified', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const request = taken(steps);
        const decided = request.findIndex(({ kind }) => kind === 'granted' || kind === 'denied');
        const verified = request.findIndex(({ kind }) => kind === 'verified');
        if (decided >= 0) expect(verified).toBeGreaterThanOrEqual(0);
        if (decided >= 0) expect(verified).toBeLessThan(decided);
        if (stateOf(request) === 'expired' && verified >= 0) expect(decisionOf(request)?.kind).toBe('granted');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has at most one decision between two that are taken back', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const told = taken(steps)
          .map(({ kind }) => (kind === 'taken-back' ? 'u' : kind === 'granted' || kind === 'denied' ? 'd' : ''))
          .join('');
        expect(told).toMatch(/^(?:du)*d?$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
