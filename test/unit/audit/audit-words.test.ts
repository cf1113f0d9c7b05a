import { describe, expect, it } from 'vitest';
import { detailWords, plainWords, shownActor } from '../../../src/audit/audit-words.ts';
import { actorOf, type By } from '../../../src/changes/by.ts';
import { contactId, letterId, mailId } from '../../../src/foundation/ids.ts';

describe('who did it', () => {
  const kim = 'kim@desk.example';
  const cases: readonly (readonly [By, Partial<ReturnType<typeof shownActor>>])[] = [
    [
      { kind: 'console', staff: kim },
      { way: 'console', staff: kim, says: `${kim} by the console` },
    ],
    [
      { kind: 'api', staff: kim },
      { way: 'api', staff: kim },
    ],
    [
      { kind: 'api', staff: null },
      { way: 'api', staff: null, says: 'the API' },
    ],
    [
      { kind: 'command', staff: null },
      { way: 'command', says: 'a command' },
    ],
    [
      { kind: 'staff', staff: kim, mail: mailId('7') },
      { way: 'mail', staff: kim, mail: '7' },
    ],
    [
      { kind: 'mail', mail: mailId('7') },
      { way: 'mail', mail: '7', says: 'mail 7' },
    ],
    [
      { kind: 'page', letter: letterId('9') },
      { way: 'page', letter: '9' },
    ],
    [
      { kind: 'preferences', contact: contactId('5') },
      { way: 'page', contact: '5' },
    ],
    [{ kind: 'clock' }, { way: 'itself', says: 'the clock' }],
    [{ kind: 'outbound' }, { way: 'itself' }],
    [{ kind: 'intake' }, { way: 'itself' }],
  ];
  it('is read back from what every way writes down', () => {
    for (const [by, expected] of cases) expect(shownActor(actorOf(by))).toMatchObject(expected);
  });
  it('is shown as it stands where nobody knows the form', () => {
    expect(shownActor('something else')).toMatchObject({ way: 'itself', says: 'something else' });
  });
});

it('shows details as pairs, and covers what should never have been there', () => {
  expect(detailWords({ response: 'refused: code 7KQ2-M9XW', wasOwner: null, count: 3, more: { a: 1 } })).toEqual([
    ['response', 'refused: code ••••-••••'],
    ['count', '3'],
    ['more', 'a 1'],
  ]);
});

it('says names of programs in words, and leaves addresses and numbers as they are', () => {
  expect(plainWords('handed-over (by clock, why no-such-licence), held-unauthenticated')).toBe(
    'handed over (by clock, why no such licence), held unauthenticated',
  );
  for (const text of ['ann-marie@a-b.example', '2026-11-29', 'release-3', '/a-b/c-d', 'https://x-y.example'])
    expect(plainWords(text)).toBe(text);
});

it('says what is nested in words', () => {
  const steps = [{ at: '2026-11-29T17:19:00Z', by: 'clock', why: 'no-such-licence', kind: 'handed-over' }];
  expect(
    detailWords({ steps, to: ['kim@desk.example', 'robin@desk.example'], wasOpen: true, left: [{ kind: 'sent' }] }),
  ).toEqual([
    ['steps', 'handed-over (by clock, why no-such-licence)'],
    ['to', 'kim@desk.example, robin@desk.example'],
    ['was open', 'yes'],
    ['left', 'sent'],
  ]);
});
