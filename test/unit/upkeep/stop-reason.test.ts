import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestReason, stopReasonOf } from '../../../src/upkeep/stop-reason.ts';

describe('why something is stopped for everybody', () => {
  it('is said in words, on one line', () => {
    expect(stopReasonOf('  a new\nparser  comes ')).toEqual({ reason: 'a new parser comes' });
    for (const typed of ['', ' \n ', '?', '12345', 'x', '\u202e'])
      expect(stopReasonOf(typed)).toEqual({ fault: expect.stringMatching(/^Say why/) });
  });
  it('ends within its limit, or is not taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (typed) => {
        const why = stopReasonOf(typed);
        if ('reason' in why) expect(why.reason.length).toBeLessThanOrEqual(longestReason);
        else expect(why.fault).not.toBe('');
      }),
    );
    expect(stopReasonOf('why '.repeat(76))).toEqual({ fault: 'Say why in at most 300 characters.' });
  });
});
