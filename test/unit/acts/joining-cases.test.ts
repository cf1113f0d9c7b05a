/** Cases that become one, one that becomes two, and two that have to do with each other (POLICY §5). */
import { describe, expect, it } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import { linkCase } from '../../../src/acts/cases/joining/link-case.ts';
import { mergeCase } from '../../../src/acts/cases/joining/merge-case.ts';
import { splitCase } from '../../../src/acts/cases/joining/split-case.ts';
import { unmergeCase } from '../../../src/acts/cases/joining/unmerge-case.ts';
import type { CaseMessage, WorkedCase } from '../../../src/acts/cases/records.ts';
import { splitTold } from '../../../src/acts/cases/timers/split-told.ts';
import { takeCase } from '../../../src/acts/cases/working/take-case.ts';
import { rate } from '../../../src/cases/rating.ts';
import { caseNumber } from '../../../src/foundation/ids.ts';
import { asking, givenFor, lea, now, rita, workedCase } from '../../support/worked-case.ts';
import { policy, sites } from '../../support/world.ts';

const rating = rate(
  { severity: 3, plan: 'standard', base: 'standard', timezone: 'Europe/London', country: 'GB' },
  policy,
);
const started = [{ type: 'started', at: '2026-05-11T08:00:00Z', rating }] as const;
const on = (more: Partial<WorkedCase> = {}) => workedCase({ clock: started, ...more });
const other = (more: Partial<WorkedCase> = {}) =>
  workedCase({ id: '8', number: caseNumber('100050'), title: 'The safe does not open', ...more });

const judge = (act: AnyAct, input: object, cases: readonly WorkedCase[], by = asking('kim@desk.example')) =>
  act.judge(act.input.parse({ case: '100042', ...input }), { cases: [], letters: [], worked: cases }, givenFor(by));
const says = (judged: ReturnType<typeof judge>) => (judged.kind === 'refused' ? judged.says : judged.changes);

describe('merge-case', () => {
  const into = { into: '100050' };
  it('sends what is written to one to the other, keeps the deadline, and tells who asked for it', () => {
    const participants = [{ address: 'max@aldous.example', contact: '2' as never }];
    const judged = judge(mergeCase, into, [on({ participants }), other()]);
    expect(says(judged)).toMatchObject([
      { kind: 'case-merged', case: '100042', into: { case: '100050', id: '8' }, due: '2026-05-11T13:00:00+01:00' },
    ]);
    expect(judged.kind === 'done' && judged.letters).toMatchObject(
      ['ada@aldous.example', 'max@aldous.example'].map((to) => ({
        template: 'case-merged',
        to,
        case: '100050',
        values: { number: '100050', other: '100042', undone: false },
      })),
    );
  });

  it('says which of both deadlines counts from then on, as their clocks show it', () => {
    const urgent = rate(
      { severity: 2, plan: 'standard', base: 'standard', timezone: 'Europe/London', country: 'GB' },
      policy,
    );
    const sooner = other({ clock: [{ type: 'started', at: '2026-05-11T08:00:00Z', rating: urgent }] });
    const stays = '2026-05-11T11:00:00+01:00';
    expect(says(judge(mergeCase, into, [on(), sooner]))).toMatchObject([{ due: '2026-05-11T13:00:00+01:00', stays }]);
    expect(says(judge(mergeCase, { case: '100050', into: '100042' }, [on(), sooner]))).toMatchObject([{ stays }]);
    expect(says(judge(mergeCase, into, [on(), other({ answeredAt: now, clock: started })]))).toMatchObject([
      { stays: null },
    ]);
  });

  it('brings no deadline where the case was answered, or waits for the customer', () => {
    expect(says(judge(mergeCase, into, [on({ answeredAt: now }), other()]))).toMatchObject([{ due: null }]);
    const clock = [...started, { type: 'paused', at: '2026-05-11T09:00:00Z' } as const];
    expect(says(judge(mergeCase, into, [on({ clock }), other()]))).toMatchObject([{ due: null }]);
  });

  it.each([
    ['into itself', { into: '100042' }, [on()], /itself/],
    ['a case of another site', into, [on(), other({ of: sites[1] as WorkedCase['of'] })], /of two sites/],
    ['a closed case', into, [on({ status: 'closed' }), other()], /100042 is closed/],
    ['into a closed case', into, [on(), other({ status: 'closed' })], /100050 is closed/],
    [
      'one that was merged before',
      into,
      [on({ status: 'closed', mergedInto: caseNumber('100060') }), other()],
      /was merged into case 100060/,
    ],
    ['a case that is not there', into, [on()], /no case 100050/],
  ])('is refused: %s', (_, input, cases, why) => {
    expect(says(judge(mergeCase, input, cases))).toMatch(why);
  });

  it('is not for everybody, and a merged case is worked on no more', () => {
    expect(says(judge(mergeCase, into, [on(), other()], asking(rita.email)))).toMatch(/may not/);
    const merged = on({ status: 'closed', mergedInto: caseNumber('100060') });
    expect(says(judge(takeCase, {}, [merged], asking(lea.email)))).toMatch(/was merged into case 100060/);
  });
});

describe('unmerge-case', () => {
  const from = { from: '100050' };
  const merged = (at: string) =>
    on({ status: 'closed', mergedInto: caseNumber('100050'), events: [{ kind: 'merged', at, detail: {} }] });

  it('is done within a day, and told', () => {
    const at = '2026-05-10T10:00:00Z';
    const judged = judge(unmergeCase, from, [merged(at), other()]);
    expect(says(judged)).toMatchObject([{ kind: 'case-unmerged', from: { case: '100050', id: '8' }, joinedAt: at }]);
    expect(judged.kind === 'done' && judged.letters).toMatchObject([
      { to: 'ada@aldous.example', case: '100042', values: { number: '100042', other: '100050', undone: true } },
    ]);
  });

  it('is refused later, and where there was no merge', () => {
    expect(says(judge(unmergeCase, from, [merged('2026-05-10T09:59:00Z'), other()]))).toMatch(/more than 24 hours/);
    expect(says(judge(unmergeCase, from, [on(), other()]))).toMatch(/not merged into case 100050/);
  });
});

describe('link-case', () => {
  it('notes it on both, once', () => {
    expect(says(judge(linkCase, { to: '100050' }, [on(), other()]))).toMatchObject([
      { kind: 'case-linked', case: '100042', to: { case: '100050', id: '8', mail: null } },
    ]);
    const linked = on({ events: [{ kind: 'linked', at: now, detail: { case: '100050' } }] });
    expect(says(judge(linkCase, { to: '100050' }, [linked, other()]))).toMatch(/linked already/);
  });
});

describe('split-case', () => {
  const message = (mail: string, more: Partial<CaseMessage> = {}) =>
    ({ id: mail, mail, direction: 'in', automatic: false, at: `2026-05-11T09:0${mail}:00Z`, ...more }) as CaseMessage;
  const messages = [message('1'), message('2'), message('3', { automatic: true }), message('4', { direction: 'out' })];
  const split = (mails: readonly string[], more: Partial<WorkedCase> = {}) =>
    says(judge(splitCase, { mails, title: 'The printer' }, [on({ messages, ...more })]));

  it('makes a case of its mails, whose clock runs from the first of them', () => {
    expect(split(['2', '2'])).toMatchObject([
      {
        kind: 'case-split',
        mails: ['2'],
        title: 'The printer',
        openedAt: '2026-05-11T09:02:00Z',
        clock: { rating, due: '2026-05-11T14:02:00+01:00' },
      },
    ]);
    expect(split(['2'], { lapsed: true })).toMatchObject([{ clock: null }]);
  });

  it.each([
    ['a mail of another case', ['2', '9'], /Mail 9 is none of those/],
    ['an automatic one', ['3'], /Mail 3 is none of those/],
    ['all there is', ['1', '2'], /Nothing .* would be left/],
  ])('is refused for %s', (_, mails, why) => {
    expect(split(mails)).toMatch(why);
  });

  it('is told to whoever wrote them once the new case has its number, and once', () => {
    const given = givenFor({ kind: 'clock' });
    const from = { kind: 'split-from', at: now, detail: { case: '100007' } };
    const made = on({ events: [from] });
    expect(splitTold.dueAt(made, given)).toBe(now);
    expect(splitTold.runOut(made, given)).toMatchObject({
      changes: [{ kind: 'split-told', from: '100007' }],
      letters: [{ template: 'case-split', to: 'ada@aldous.example', values: { number: '100042', from: '100007' } }],
    });
    expect(splitTold.dueAt(on({ events: [from, { ...from, kind: 'split-told' }] }), given)).toBeNull();
  });
});
