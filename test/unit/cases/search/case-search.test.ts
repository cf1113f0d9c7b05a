/** What somebody types into the search of cases, and what of it is understood. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForMails, caseSearch } from '../../../../src/cases/search/case-search.ts';
import { dueSaid } from '../../../../src/cases/search/due-said.ts';

const at = { now: '2026-11-23T10:00:00Z', zone: 'Europe/Berlin' };
const read = (said: string) => {
  const { understood, faults } = caseSearch(said, at);
  return [...understood.map(({ says }) => says), ...faults.map((one) => `! ${one}`)];
};

describe('what is typed', () => {
  it.each([
    ['robot arm', ['“robot”', '“arm”']],
    ['"robot arm" drifts', ['“robot arm” as it stands', '“drifts”']],
    ['site:2000512 severity:1', ['site 2000512', 'severity 1']],
    ['site:aldous', ['a site with “aldous” in its name']],
    ['severity:1-2 owner:me', ['severity 1 or 2', 'yours']],
    ['severity<=2', ['severity 1 or 2']],
    ['severity<2', ['severity 1']],
    ['severity:<3', ['severity 1 or 2']],
    ['severity>2', ['severity 3 or 4']],
    ['severity>=2', ['severity 2 or 3 or 4']],
    ['severity<1', ['! No severity is <1: there are 1 to 4.']],
    ['severity<9', ['! After severity: stands 1, 2, 3 or 4, or several: 1,2.']],
    ['owner:none is:open', ['nobody has it', 'open']],
    ['due<2h', ['first answer owed within 2h']],
    ['due:30min', ['first answer owed within 30min']],
    ['due:<1d', ['first answer owed within 1d']],
    ['due<=today', ['first answer owed within today']],
    ['due<tomorrow', ['first answer owed before tomorrow']],
    ['due>2h', ['first answer owed in 2h or later']],
    ['due:>=today', ['first answer owed from today']],
    ['due>2026-12-01', ['first answer owed after 2026-12-01']],
    ['status:waiting', ['waits for the customer']],
    ['kind:defects', ['kind defect']],
    ['from:ada@aldous.example', ['from ada@aldous.example']],
    ['case:#100417', ['case 100417']],
    ['is:mine', ['yours']],
    ['起動しません', ['“起動しません”']],
    ['', []],
    ['"', []],
    ['"a quote that stays open', ['“a quote that stays open” as it stands']],
    ['…', ['! “…” holds no letter and no digit, and was left out.']],
    ['severity:9', ['! After severity: stands 1, 2, 3 or 4, or several: 1,2.']],
    [
      'due<soon',
      ['! After due< stands how soon, such as 30min, 2h or 3d, or today, tomorrow, or a day such as 2026-11-30.'],
    ],
    [
      'is:opne',
      [
        '! A case is not “opne”; did you mean "open"? There are open, closed, any, unanswered, late, waiting, proposed, lapsed.',
      ],
    ],
    ['kind:incidnt', ['! There is no kind of case “incidnt”; did you mean "incident"?']],
    ['sevrity:1', ['“sevrity:1”', '! “sevrity:1” was looked for as it stands; did you mean severity:?']],
  ])('%j is understood', (said, understood) => expect(read(said)).toEqual(understood));

  it.each([
    ['due<tomorrow', { kind: 'due', before: '2026-11-23T23:00:00Z' }],
    ['due<=tomorrow', { kind: 'due', before: '2026-11-24T23:00:00Z' }],
    ['due:tomorrow', { kind: 'due', before: '2026-11-24T23:00:00Z' }],
    ['due>=tomorrow', { kind: 'due-from', from: '2026-11-23T23:00:00Z' }],
    ['due>tomorrow', { kind: 'due-from', from: '2026-11-24T23:00:00Z' }],
    ['due>2h', { kind: 'due-from', from: '2026-11-23T12:00:00Z' }],
  ])('%s is asked as it is written', (said, filter) => expect(caseSearch(said, at).filters).toEqual([filter]));
  it('says how it would be typed without a part', () => {
    const { understood } = caseSearch('robot owner:me "arm drifts"', at);
    expect(understood.map(({ without }) => without)).toEqual([
      'owner:me "arm drifts"',
      'robot "arm drifts"',
      'robot owner:me',
    ]);
  });
  it('is read whatever it is, and says all that it did not use', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (said) => {
        const { filters, terms, understood, faults } = caseSearch(said, at);
        if (understood.length === 0) expect(filters.length + terms.length).toBe(0);
        else expect(filters.length + terms.length).toBeGreaterThan(0);
        for (const one of faults) expect(one.length).toBeGreaterThan(0);
      }),
    ));
  it('is known to be asked of mails where only mails have it', () => {
    expect(['outcome:case-opened', 'is:held x', 'mail:7'].map(asksForMails)).toEqual([true, true, true]);
    expect(['is:open', 'robot', 'from:ada'].map(asksForMails)).toEqual([false, false, false]);
  });
});

describe('how soon', () => {
  it.each([
    ['2h', '2026-11-23T12:00:00Z'],
    ['30min', '2026-11-23T10:30:00Z'],
    ['3', '2026-11-23T13:00:00Z'],
    ['1W', '2026-11-30T10:00:00Z'],
    // The end of the day, where the viewer is.
    ['today', '2026-11-23T23:00:00Z'],
    ['tomorrow', '2026-11-24T23:00:00Z'],
    ['2026-12-01', '2026-12-01T23:00:00Z'],
    ['2026-02-30', null],
    ['soon', null],
    ['9999999h', null],
  ])('%s', (said, expected) => expect(dueSaid(said, at)).toBe(expected));
});
