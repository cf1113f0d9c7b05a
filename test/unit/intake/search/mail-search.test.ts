import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailOutcomes } from '../../../../src/changes/outcome.ts';
import { mailSearch } from '../../../../src/intake/search/mail-search.ts';

/** A Wednesday, two minutes past midnight in Berlin. */
const at = { now: '2026-05-12T22:02:00Z', zone: 'Europe/Berlin' };
const filters = (said: string) => mailSearch(said, at).filters;

describe('a search for mails', () => {
  it.each([
    ['from:Ada@Aldous.example', [{ kind: 'from', address: 'ada@aldous.example' }]],
    ['from:@aldous.example', [{ kind: 'from-part', part: '@aldous.example' }]],
    ['to:security', [{ kind: 'to', part: 'security' }]],
    [
      'site:1000345 case:#100042 mail:7',
      [
        { kind: 'site', number: '1000345' },
        { kind: 'case', number: '100042' },
        { kind: 'mail', id: '7' },
      ],
    ],
    ['outcome:held-unknown', [{ kind: 'outcome', outcome: 'held-unknown' }]],
    ['outcome:pin-needed', [{ kind: 'outcome', outcome: 'held-pin-needed' }]],
    ['outcome:"case opened"', [{ kind: 'outcome', outcome: 'case-opened' }]],
    ['outcome:"held: failed check"', [{ kind: 'outcome', outcome: 'held-unauthenticated' }]],
    ['is:held state:dead', [{ kind: 'held' }, { kind: 'state', state: 'dead' }]],
    ['ada@aldous.example', [{ kind: 'address-or-message-id', address: 'ada@aldous.example' }]],
    ['<a-1@aldous.example>', [{ kind: 'message-id', messageId: '<a-1@aldous.example>' }]],
    ['message-id:a-1@aldous.example', [{ kind: 'message-id', messageId: '<a-1@aldous.example>' }]],
    [
      '"lease lost" arm',
      [
        { kind: 'words', text: 'lease lost' },
        { kind: 'words', text: 'arm' },
      ],
    ],
    ['since:2026-05-01', [{ kind: 'since', at: '2026-04-30T22:00:00Z' }]],
    ['since:today', [{ kind: 'since', at: '2026-05-12T22:00:00Z' }]],
    [
      'since:tuesday until:wednesday',
      [
        { kind: 'since', at: '2026-05-11T22:00:00Z' },
        { kind: 'until', at: '2026-05-12T22:00:00Z' },
      ],
    ],
    ['since:thursday', [{ kind: 'since', at: '2026-05-06T22:00:00Z' }]],
    ['since:3d', [{ kind: 'since', at: '2026-05-09T22:02:00Z' }]],
    ['since:12h', [{ kind: 'since', at: '2026-05-12T10:02:00Z' }]],
  ])('%s', (said, expected) => expect(filters(said)).toEqual(expected));

  it('says what cannot be used, and looks for the rest', () => {
    const { filters: found, faults } = mailSearch('outcome:unregisterd since:soon site:x is:lost arm', at);
    expect(found).toEqual([{ kind: 'words', text: 'arm' }]);
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatch(/did you mean/);
  });

  it('says that a key was mistyped, and looks for what stands there', () => {
    expect(mailSearch('form:ada', at)).toMatchObject({
      filters: [{ kind: 'words', text: 'form:ada' }],
      faults: [expect.stringMatching(/did you mean from:/)],
    });
  });

  it('knows every outcome by its name and by its words', () => {
    for (const outcome of mailOutcomes) expect(filters(`outcome:${outcome}`)).toEqual([{ kind: 'outcome', outcome }]);
  });

  it('gives for each part what would be typed without it', () => {
    expect(
      mailSearch('from:ada@aldous.example "lease lost" is:held', at).understood.map(({ without }) => without),
    ).toEqual(['"lease lost" is:held', 'from:ada@aldous.example is:held', 'from:ada@aldous.example "lease lost"']);
  });

  it('never fails, and understands or refuses each part', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'from:',
        'since:',
        'outcome:',
        'site:',
        'is:',
        '"',
        '<',
        '>',
        '@',
        ' ',
        '2026-02-30',
        '9999w',
        '99999-01-01',
        '-1d',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { filters: found, understood } = mailSearch(pieces.join(''), at);
        expect(understood).toHaveLength(found.length);
        for (const one of found) if ('at' in one) expect(Number.isNaN(Date.parse(one.at))).toBe(false);
      }),
    );
  });
});
