import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutTable, width, wrap } from '../../../src/cli/output/table-layout.ts';

const rows = [
  [
    '9',
    'stranger-on-case (asked)',
    'rex@integrator.example',
    'Re: Workflow\nA reply to case 100003 from somebody who takes no part in it.',
  ],
];

describe('a table', () => {
  it.each([80, 100, 120])('fits %i columns and keeps the whole of its last column', (room) => {
    const lines = layoutTable(['mail', 'held', 'from', 'why'], rows, room, 50);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(room);
    const text = lines.join(' ').replace(/\s+/g, ' ');
    for (const word of 'A reply to case 100003 from somebody who takes no part in it.'.split(' '))
      expect(text).toContain(word);
  });
  it('loses no word of its last column, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zäß日本]{1,30}$/), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 40, max: 140 }),
        (words, room) => {
          const lines = layoutTable(['a', 'b', 'c'], [['1', 'x'.repeat(60), words.join(' ')]], room);
          expect(lines.every((line) => width(line) <= room)).toBe(true);
          const text = lines.join('').replace(/\s/g, '');
          expect(text).toContain(words.join('').slice(0, 12));
          expect([...text].filter((one) => one !== 'x').length).toBeGreaterThanOrEqual(
            [...words.join('')].filter((one) => one !== 'x').length,
          );
        },
      ),
    );
  });
  it('cuts no other column either: an address that does not fit goes on below', () => {
    const address = 'somebody.else.with.a.long.name@elsewhere-industries.example';
    for (const last of ['Re: Workflow\nwhy', '']) {
      const lines = layoutTable(
        ['mail', 'arrived (UTC)', 'held', 'from', 'why'],
        [['2', '2026-11-28 17:52', 'unregistered', address, last]],
        80,
      );
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
      const from = lines[0]?.indexOf('from') ?? 0;
      expect(lines.map((line) => line.slice(from).split('  ')[0]).join('')).toContain(address);
    }
  });
  it('breaks a word that is longer than a line, and counts letters of East Asia as two', () => {
    expect(wrap('aaaaaaaaaa', 4)).toEqual(['aaaa', 'aaaa', 'aa']);
    expect(wrap('日本語日本語', 6).every((line) => width(line) <= 6)).toBe(true);
  });
});
