/** Acts that only a mail asks for, in every state there is: what they may give, and when they are refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Given, MailAct } from '../../../src/acts/act.ts';
import { ownCase } from '../../../src/acts/cases/own-case.ts';
import { givePin } from '../../../src/acts/mail/give-pin.ts';
import { type CodeRecord, codeRefused, useCode } from '../../../src/acts/pins/use-code.ts';
import type { By } from '../../../src/changes/by.ts';
import { mailOutcomes, waitingFor } from '../../../src/changes/outcome.ts';
import { caseNumber, contactId, letterId, mailId, siteId } from '../../../src/foundation/ids.ts';
import { policy } from '../../support/world.ts';

const by: By = { kind: 'contact', contact: contactId('11'), mail: mailId('20') };
const given = { by, now: '2026-05-13T10:00:00Z', desk: policy.desk, policy };
const letter = letterId('61');
const filed = {
  kind: 'mail-filed',
  mail: mailId('20'),
  case: caseNumber('100050'),
  id: '9',
  at: given.now,
  by,
} as const;
const opened = { outcome: 'case-opened', case: caseNumber('100050'), reason: 'so it is', changes: [filed] } as const;
const admitted = {
  kind: 'sender-admitted',
  case: caseNumber('100050'),
  address: 'x@y.example',
  at: given.now,
  by,
} as const;
const confirmed = { outcome: 'answer-settled', reason: 'so it is', changes: [admitted] } as const;
const lapsed = { outcome: 'support-lapsed', case: null, reason: 'it has ended', changes: [] } as const;

const onAs = (...outcomes: readonly (string | null)[]) =>
  fc.record({
    id: fc.constant(mailId('7')),
    outcome: fc.constantFrom(...outcomes),
    case: fc.constantFrom(null, caseNumber('100001')),
  });
const on = onAs(...mailOutcomes, null);
const person = fc.record({
  address: fc.constantFrom('ada@aldous.example', 'max@aldous.example'),
  contact: fc.constantFrom(null, contactId('11'), contactId('12')),
  admitted: fc.boolean(),
});
const sites = fc.subarray([siteId('1'), siteId('2')]);
const code: fc.Arbitrary<CodeRecord> = fc.record({
  letter: fc.constantFrom(letter, letterId('62')),
  matches: fc.boolean(),
  expired: fc.boolean(),
  wrong: fc.nat({ max: 5 }),
  most: fc.constant(5),
  closed: fc.constantFrom(null, 'used' as const, 'wrong' as const),
});
/** What it comes to, which is nothing that it does not name. */
function comesTo<I, S>(act: MailAct<I, S>, input: I, seen: S, how: Given = given): readonly string[] | string {
  const judged = act.judge(input, seen, how);
  if (judged.kind === 'refused') return judged.why;
  for (const { kind } of judged.changes) expect(act.gives.changes).toContain(kind);
  return judged.changes.map((change) => change.kind);
}
const run = <T>(state: fc.Arbitrary<T>, look: (state: T) => void) =>
  fc.assert(
    fc.property(state, (one) => void look(one)),
    { numRuns: 1_000 },
  );

describe('an act that only a mail asks for', () => {
  it('give-pin lets a mail become what it comes to where it waits for a PIN and both are contacts of the site', () => {
    const reached = new Set<string>();
    run(fc.record({ on, sites, becomes: fc.constantFrom(opened, lapsed) }), (state) => {
      const kinds = comesTo(givePin, { mail: '7', site: '1' }, { ...state, letter });
      reached.add(typeof kinds === 'string' ? kinds : state.becomes.outcome);
      const waits = state.on.case === null && waitingFor('pin').some((one) => one === state.on.outcome);
      if (!waits) return expect(kinds).toBe('conflict');
      if (!state.sites.includes(siteId('1'))) return expect(kinds).toBe('no-right');
      expect(kinds).toEqual([...state.becomes.changes.map(({ kind }) => kind), 'mail-decided-anew', 'mail-settled']);
    });
    expect([...reached].toSorted()).toEqual(['case-opened', 'conflict', 'no-right', 'support-lapsed']);
  });

  it('own-case takes a mail off for who wrote it, by whichever address on record, while it is there', () => {
    const reached = new Set<string>();
    const state = fc.record({
      on: onAs('case-updated', 'case-opened', null),
      writer: person,
      asking: person,
      becomes: fc.constantFrom(opened, null),
    });
    run(state, ({ on: of, ...seen }) => {
      const kinds = comesTo(ownCase, { mail: '7' }, { on: of, caseId: '9', letter, ...seen });
      reached.add(`${kinds}`);
      const { writer, asking, becomes } = seen;
      if (of.case === null || of.outcome !== 'case-updated') return expect(kinds).toBe('conflict');
      const same = writer.address === asking.address || (writer.contact !== null && writer.contact === asking.contact);
      if (!same || !writer.admitted || !asking.admitted) return expect(kinds).toBe('no-right');
      expect(kinds).toEqual(becomes ? ['mail-filed', 'mail-decided-anew', 'mail-taken-off'] : []);
    });
    expect([...reached].toSorted()).toEqual([
      '',
      'conflict',
      'mail-filed,mail-decided-anew,mail-taken-off',
      'no-right',
    ]);
  });

  it('use-code does what was asked for once, counts a wrong code, and closes the question with the last', () => {
    const reached = new Set<string>();
    run(code, (one) => {
      const seen = { code: one, original: mailId('7'), becomes: confirmed };
      const kinds = comesTo(useCode, { letter: '61' }, seen);
      reached.add(`${kinds}`);
      if (one.letter !== letter) return expect(kinds).toBe('not-found');
      if (one.closed !== null || one.expired) return expect(kinds).toBe('conflict');
      if (one.matches) return expect(kinds).toEqual(['mail-decided-anew', 'code-used', 'sender-admitted']);
      const closes = one.wrong >= 4;
      expect(useCode.judge({ letter: '61' }, seen, given)).toMatchObject({
        changes: [{ kind: 'code-wrong', wrong: one.wrong + 1, closes }],
      });
      expect(codeRefused(one)).toBe(closes ? 'code-closed' : 'code-wrong');
    });
    expect(reached.size).toBe(4);
  });

  it('comes from no call and no clock', () => {
    const good = { letter, matches: true, expired: false, wrong: 0, most: 5, closed: null };
    for (const by of [{ kind: 'api', staff: null }, { kind: 'clock' }] as const) {
      const seen = { code: good, original: mailId('7'), becomes: confirmed };
      expect(comesTo(useCode, { letter }, seen, { ...given, by })).toBe('not-found');
    }
  });
});
