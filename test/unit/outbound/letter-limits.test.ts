import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fateOf, type History, lastOf, mayBeAsked, overLimit, type Past } from '../../../src/outbound/letter-limits.ts';
import { defaultLetterPolicy } from '../../support/default-policies.ts';

const now = '2026-11-23T12:00:00Z';
const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const past = (more: Partial<Past> = {}): Past => ({
  template: 'acknowledgement',
  matter: 'case:1',
  at: ago(10),
  followsOwn: false,
  suppressed: false,
  ...more,
});
const history = (letters: Past[] = [], more: Partial<History> = {}): History => ({
  letters,
  strangersHour: 0,
  strangersDay: 0,
  ...more,
});
type About = Parameters<typeof fateOf>[0];
const letter = (more: Partial<About> = {}): About => ({
  template: 'acknowledgement',
  to: 'ada@aldous.example',
  audience: 'contact',
  language: 'en',
  matter: 'case:2',
  case: null,
  answers: null,
  followsOwn: false,
  ...more,
});
const fate = (about: About, of: History) => fateOf(about, of, defaultLetterPolicy, now);
const times = (count: number, one: Past): Past[] => Array.from({ length: count }, () => one);

describe('to an address not on record', () => {
  const receipt = letter({ template: 'neutral-receipt', audience: 'stranger', matter: 'receipt' });
  const had = past({ template: 'neutral-receipt', matter: 'receipt', at: ago(23 * 60) });
  it('the neutral receipt goes once a day', () => {
    expect(fate(receipt, history()).kind).toBe('send');
    expect(fate(receipt, history([had])).kind).toBe('suppress');
    expect(fate(receipt, history([{ ...had, suppressed: true }])).kind).toBe('send');
  });
  it('no more than 20 an hour and 200 a day go to all of them together', () => {
    expect(fate(receipt, history([], { strangersHour: 19, strangersDay: 199 })).kind).toBe('send');
    expect(fate(receipt, history([], { strangersHour: 20 })).kind).toBe('suppress');
    expect(fate(receipt, history([], { strangersDay: 200 })).kind).toBe('suppress');
  });
});

describe('no number of letters holds back', () => {
  it.each([
    letter({ template: 'opened-summary' }),
    letter({ template: 'held-answer' }),
    letter({ template: 'alert', audience: 'staff' }),
    letter({ template: 'test-letter', audience: 'staff' }),
  ])('$template', (one) => {
    const full = history(times(400, past({ template: one.template, matter: one.matter })));
    expect(fate(one, full).kind).toBe('send');
    const other = { ...one, template: one.audience === 'staff' ? 'staff-notice' : 'command-status' } as const;
    expect(fate(other, history(times(400, past({ ...other })))).kind).toBe('suppress');
  });
});

describe('to a contact', () => {
  it('every opened case is acknowledged, up to 60 an hour', () => {
    expect(fate(letter(), history(times(59, past()))).kind).toBe('send');
    expect(fate(letter(), history(times(60, past())))).toEqual(overLimit);
    expect(fate(letter(), history(times(60, past({ at: ago(61) })))).kind).toBe('send');
  });
  it('and up to 300 a day', () => {
    expect(fate(letter(), history(times(299, past({ at: ago(90) })))).kind).toBe('send');
    expect(fate(letter(), history(times(300, past({ at: ago(90) })))).kind).toBe('suppress');
  });
  it('one letter of a kind about one matter goes an hour', () => {
    const about = letter({ template: 'support-lapsed', matter: 'lapsed:1' });
    const had = past({ template: 'support-lapsed', matter: 'lapsed:1' });
    expect(fate(about, history([had])).kind).toBe('suppress');
    expect(fate(about, history([{ ...had, at: ago(60) }])).kind).toBe('send');
    expect(fate(about, history([{ ...had, matter: 'lapsed:2' }])).kind).toBe('send');
    expect(fate(about, history([{ ...had, template: 'pin-needed' }])).kind).toBe('send');
  });
  it('what strangers got does not count', () => {
    expect(fate(letter(), history([], { strangersHour: 500, strangersDay: 5_000 })).kind).toBe('send');
  });
});

it('§3 questions to a decider go out once an hour and ten times a day', () => {
  const asked = (minutes: number, more: Partial<Past> = {}) =>
    past({ template: 'sender-question', at: ago(minutes), ...more });
  const may = (letters: Past[]) => mayBeAsked(letters, defaultLetterPolicy, now);
  expect(may([])).toBe(true);
  expect(may([asked(59)])).toBe(false);
  expect(may([asked(60)])).toBe(true);
  expect(may([asked(59, { suppressed: true }), past({ at: ago(1) })])).toBe(true);
  expect(may(times(9, asked(90)))).toBe(true);
  expect(may(times(10, asked(90)))).toBe(false);
});

describe('a notice that a site is under-covered', () => {
  const notice = letter({ template: 'staff-notice', audience: 'staff', matter: 'under-covered:1000345:2026-05-13' });
  it('goes out once a site and day', () => {
    const today = past({ template: 'staff-notice', matter: notice.matter, at: ago(600) });
    expect(fate(notice, history([])).kind).toBe('send');
    expect(fate(notice, history([today])).kind).toBe('suppress');
    expect(fate(notice, history([{ ...today, suppressed: true }])).kind).toBe('send');
    expect(fate(notice, history([{ ...today, matter: 'under-covered:1000345:2026-05-12' }])).kind).toBe('send');
    expect(fate(notice, history([{ ...today, matter: 'under-covered:1000512:2026-05-13' }])).kind).toBe('send');
  });
});

describe('questions about one missing PIN', () => {
  const about = letter({ template: 'pin-needed', matter: 'mail:1' });
  const had = (minutes: number, more: Partial<Past> = {}) =>
    past({ template: 'pin-needed', matter: 'mail:1', at: ago(minutes), ...more });
  const last = (of: Past[]) => lastOf(about, false, history(of), defaultLetterPolicy, now);
  it('are asked three times an hour', () => {
    expect(fate(about, history([had(50), had(10)])).kind).toBe('send');
    expect(fate(about, history([had(50), had(10), had(1)])).kind).toBe('suppress');
    expect(fate(about, history([had(60), had(10), had(1)])).kind).toBe('send');
    expect(fate(about, history(times(3, had(10, { matter: 'mail:2' })))).kind).toBe('send');
  });
  it('and five times a day', () => {
    expect(fate(about, history(times(4, had(90)))).kind).toBe('send');
    expect(fate(about, history(times(5, had(90)))).kind).toBe('suppress');
    expect(fate(about, history(times(5, had(90, { suppressed: true })))).kind).toBe('send');
  });
  it('and the last one of the hour or the day says so', () => {
    expect(last([])).toBeNull();
    expect(last([had(10)])).toBeNull();
    expect(last([had(50), had(10)])).toBe('hour');
    expect(last([had(90), had(90), had(90), had(80)])).toBe('day');
  });
});

describe('§3.r16a an answer without what was asked for is asked back', () => {
  const about = letter({ template: 'answer-not-understood', matter: 'question:code:1' });
  const had = (minutes: number, more: Partial<Past> = {}) =>
    past({ template: 'answer-not-understood', matter: 'question:code:1', at: ago(minutes), ...more });
  it('three times an hour and five times a day a question', () => {
    expect(fate(about, history([had(5), had(10)])).kind).toBe('send');
    expect(fate(about, history([had(5), had(10), had(59)])).kind).toBe('suppress');
    expect(fate(about, history([61, 122, 183, 244].map((one) => had(one)))).kind).toBe('send');
    expect(fate(about, history([61, 122, 183, 244, 305].map((one) => had(one)))).kind).toBe('suppress');
  });
  it('whatever went out about other questions, or was suppressed', () => {
    expect(fate(about, history(times(9, had(5, { matter: 'question:code:2' })))).kind).toBe('send');
    expect(fate(about, history(times(9, had(5, { suppressed: true })))).kind).toBe('send');
  });
  it('together with the letter that asked for the PIN first', () => {
    const again = letter({ template: 'answer-not-understood', matter: 'mail:1' });
    const first = past({ template: 'pin-needed', matter: 'mail:1', at: ago(20) });
    const asked = past({ template: 'answer-not-understood', matter: 'mail:1', at: ago(10) });
    expect(fate(again, history([first, asked])).kind).toBe('send');
    expect(fate(again, history([first, asked, asked])).kind).toBe('suppress');
  });
});

describe('in a loop', () => {
  const any = past({ at: ago(600) });
  it('there is silence after 3 letters of one kind in a day', () => {
    expect(fate(letter({ followsOwn: true }), history(times(2, any))).kind).toBe('send');
    expect(fate(letter({ followsOwn: true }), history(times(3, any))).kind).toBe('suppress');
    expect(fate(letter({ followsOwn: true }), history(times(3, { ...any, template: 'pin-needed' }))).kind).toBe('send');
    expect(fate(letter({ followsOwn: true }), history(times(3, { ...any, suppressed: true }))).kind).toBe('send');
    expect(fate(letter(), history(times(3, any))).kind).toBe('send');
  });
  it('letters about what has been settled since do not count', () => {
    expect(fate(letter({ followsOwn: true }), history(times(3, { ...any, settled: true }))).kind).toBe('send');
    expect(fate(letter({ followsOwn: true }), history([...times(9, { ...any, settled: true }), any])).kind).toBe(
      'send',
    );
  });
  it('our own people are told all the same', () => {
    const notice = letter({ template: 'staff-notice', audience: 'staff', followsOwn: true });
    expect(fate(notice, history(times(9, past()))).kind).toBe('send');
  });
  it('the third letter says that it is the last, where silence may follow', () => {
    const last = (of: About, repeats: boolean, letters: Past[]) =>
      lastOf(of, repeats, history(letters), defaultLetterPolicy, now);
    expect(last(letter({ followsOwn: true }), false, times(2, any))).toBe('day');
    expect(last(letter({ followsOwn: true }), false, times(1, any))).toBeNull();
    // An acknowledgement of something new is followed by others.
    expect(last(letter(), false, times(2, any))).toBeNull();
    const lapsed = letter({ template: 'support-lapsed', matter: 'lapsed:1' });
    expect(last(lapsed, true, times(2, { ...any, template: 'support-lapsed' }))).toBe('day');
    expect(
      last({ ...lapsed, audience: 'stranger' }, true, times(2, { ...any, template: 'support-lapsed' })),
    ).toBeNull();
  });
});

it('a letter is never sent for having more letters before it', () => {
  const one = fc.record({
    template: fc.constantFrom('acknowledgement', 'neutral-receipt', 'pin-needed', 'answer-not-understood'),
    matter: fc.constantFrom('a', 'b'),
    at: fc.integer({ min: 0, max: 1439 }).map(ago),
    followsOwn: fc.boolean(),
    suppressed: fc.boolean(),
  });
  const about = fc.record({
    template: fc.constantFrom(
      'acknowledgement' as const,
      'neutral-receipt' as const,
      'pin-needed' as const,
      'answer-not-understood' as const,
    ),
    audience: fc.constantFrom('contact' as const, 'stranger' as const, 'staff' as const),
    matter: fc.constantFrom('a', 'b'),
    followsOwn: fc.boolean(),
  });
  fc.assert(
    fc.property(about, fc.array(one, { maxLength: 80 }), one, (what, letters, further) => {
      const before = fate(letter(what), history(letters)).kind;
      const after = fate(letter(what), history([...letters, further])).kind;
      expect(before === 'suppress' && after === 'send').toBe(false);
    }),
  );
});
