import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobId } from '../../../src/queues/job-id.ts';
import { isOutOfStep } from '../../../src/queues/ticks.ts';

describe('the id of a job', () => {
  it('is made of kind, row and fencing number', () => {
    expect(jobId('intake', '12', '3')).toBe('mail-12-3');
    expect(jobId('outbound', '0198c0de-0000-7000-8000-000000000001', '1')).toBe(
      'letter-0198c0de-0000-7000-8000-000000000001-1',
    );
  });

  it('has no colon and is never digits only, whatever the row', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (row, fence) => {
        let id = '';
        try {
          id = jobId('intake', row, fence);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
          return;
        }
        expect(id).not.toContain(':');
        expect(id).not.toMatch(/^\d+$/);
      }),
    );
  });
});

describe('a tick', () => {
  const now = 1_800_000_000_000;

  it('is left alone while its next time is near, a little late or not', () => {
    for (const next of [now - 60_000, now, now + 30_000, now + 60_000])
      expect(isOutOfStep({ next, every: 30_000 }, 30_000, now)).toBe(false);
  });

  it('is astray when it is missing, of another pace, long overdue, or far ahead as after a clock set back', () => {
    expect(isOutOfStep(undefined, 30_000, now)).toBe(true);
    expect(isOutOfStep({ next: undefined, every: 30_000 }, 30_000, now)).toBe(true);
    expect(isOutOfStep({ next: now, every: 60_000 }, 30_000, now)).toBe(true);
    expect(isOutOfStep({ next: now - 61_000, every: 30_000 }, 30_000, now)).toBe(true);
    expect(isOutOfStep({ next: now + 3_600_000, every: 30_000 }, 30_000, now)).toBe(true);
  });
});
