import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JobRecord, recordsOf, rowsOf } from '../../../src/queues/packs.ts';
import { slots } from '../../../src/queues/slots.ts';
import { defaultTuning } from '../../../src/queues/tuning.ts';

const rows = (count: number, from = 1) => Array.from({ length: count }, (_, i) => ({ row: `${from + i}`, fence: '1' }));
const packed = (count: number, from = 1) => recordsOf('intake', rows(count, from), defaultTuning);
const unpacked = (record: JobRecord) => rowsOf('intake', record.name, record.data as Record<string, unknown>);

describe('what is added to a queue at once', () => {
  it('comes out again whole and in its order, eight in a job at the most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), (count) => {
        const records = packed(count);
        expect(records.flatMap(unpacked)).toEqual(rows(count));
        for (const record of records) expect(unpacked(record).length).toBeLessThanOrEqual(8);
        expect(new Set(records.map((one) => one.opts.jobId)).size).toBe(records.length);
      }),
    );
  });

  it('stays a job of its own where it is little', () => {
    expect(packed(5).map((one) => one.opts.jobId)).toEqual([
      'mail-1-1',
      'mail-2-1',
      'mail-3-1',
      'mail-4-1',
      'mail-5-1',
    ]);
  });

  it('has the id of all that is in it', () => {
    const ids = [packed(6), packed(7), packed(6, 2)].map(([first]) => first?.opts.jobId);
    expect(new Set(ids).size).toBe(3);
    expect(packed(6)[0]?.opts.jobId).toBe(ids[0]);
    for (const id of ids) expect(id).toMatch(/^mails-[0-9a-f]{32}$/);
  });

  it.each([
    ['mails', {}],
    ['mails', { rows: [] }],
    ['mails', { rows: [['1']] }],
    ['mails', { rows: 'all' }],
    ['mail', { mail: 1, fence: '1' }],
    ['letters', { rows: [['1', '1']] }],
  ])('is refused as %s %j', (name, data) => {
    expect(() => rowsOf('intake', name, data)).toThrow('no known shape');
  });
});

describe('seats', () => {
  it('let in so many at once, the others in their order, and nobody once they are closed', async () => {
    const at = slots(2);
    const begun: number[] = [];
    const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const all = ends.map((end, i) =>
      at.take(async () => {
        begun.push(i);
        await end.promise;
        return i;
      }),
    );
    const settled = Promise.allSettled(all);
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    ends[1]?.resolve();
    await all[1];
    await new Promise(setImmediate);
    expect(begun).toEqual([0, 1, 2]);
    at.close(() => new Error('closed'));
    await expect(at.take(async () => 9)).rejects.toThrow('closed');
    for (const end of ends) end.resolve();
    expect((await settled).map((end) => end.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(begun).toEqual([0, 1, 2]);
  });
});
