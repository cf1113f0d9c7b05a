import { describe, expect, it } from 'vitest';
import type { AnyAct, Given } from '../../../src/acts/act.ts';
import { closeCase } from '../../../src/acts/cases/close-case.ts';
import { giveSatisfaction } from '../../../src/acts/cases/closing/give-satisfaction.ts';
import { othersTold } from '../../../src/acts/cases/closing/others-told.ts';
import { solveCase } from '../../../src/acts/cases/closing/solve-case.ts';
import type { CaseMessage, WorkedCase } from '../../../src/acts/cases/records.ts';
import { unansweredWait } from '../../../src/acts/cases/timers/reminders/unanswered-wait.ts';
import { unconfirmedSolution } from '../../../src/acts/cases/timers/reminders/unconfirmed-solution.ts';
import type { By } from '../../../src/changes/by.ts';
import { caseNumber, contactId, letterId } from '../../../src/foundation/ids.ts';
import { givenFor, said, workedCase } from '../../support/worked-case.ts';

const by: By = { kind: 'api', staff: 'kim@desk.example' };
// London; Monday the second of March 2026.
const now = '2026-03-02T10:00:00Z';
const given = (at: string, more: Partial<Given['policy']> = {}): Given => givenFor(by, { now: at, policy: more });

const on = workedCase({
  owner: 'kim@desk.example',
  participants: [
    { address: 'ada@aldous.example', contact: contactId('11') },
    { address: 'max@aldous.example', contact: contactId('12') },
    { address: 'eve@elsewhere.example', contact: null },
  ],
});
const standing = (one: Partial<WorkedCase> = {}): WorkedCase => ({
  ...on,
  proposedAt: now,
  events: [{ kind: 'solution-proposed', at: now, detail: {} }],
  ...one,
});
const judge = (act: AnyAct, input: object, one: WorkedCase, how = given(now)) =>
  act.judge({ case: '100042', ...input }, { cases: [one], worked: [one], letters: [] }, how);
const done = (...asked: Parameters<typeof judge>) => {
  const judged = judge(...asked);
  if (judged.kind !== 'done') throw new Error(judged.says);
  return judged;
};

describe('solve-case', () => {
  it('asks the requester and those on record who take part whether it is solved', () => {
    const { changes, letters } = done(solveCase, { text: 'Please install 11.6.' }, on);
    expect(changes).toMatchObject([
      { kind: 'solution-proposed', at: now },
      { kind: 'message-written', direction: 'out', author: 'kim@desk.example', text: 'Please install 11.6.' },
      { kind: 'clock-met' },
      { kind: 'clock-paused', until: null },
    ]);
    expect(letters.map(({ to }) => to)).toEqual(['ada@aldous.example', 'max@aldous.example']);
    expect(letters[0]).toMatchObject({
      template: 'solution-proposed',
      values: { text: 'Please install 11.6.', name: 'Kim Oster' },
      asks: { kind: 'solved', case: '100042', yesCounts: true },
    });
  });

  it('answers once, and waits until they write, whatever was set before', () => {
    const kinds = (one: Partial<WorkedCase>) => done(solveCase, {}, { ...on, ...one }).changes.map(({ kind }) => kind);
    const paused = (until: string | null) => ({ events: [{ kind: 'clock-paused', at: now, detail: { until } }] });
    expect(kinds({ answeredAt: now, ...paused(null) })).toEqual(['solution-proposed']);
    expect(kinds({ answeredAt: now, owner: null, ...paused(null) })).toEqual(['solution-proposed', 'owner-set']);
    expect(kinds({ answeredAt: now, ...paused('2026-03-04T10:00:00Z') })).toEqual([
      'solution-proposed',
      'clock-paused',
    ]);
  });

  it('takes no bare yes where the text asks something of its own', () => {
    for (const text of ['Try 11.6. Shall we send it?', '11.6 を入れてみてください。お送りしましょうか。'])
      expect(done(solveCase, { text }, on).letters[0]).toMatchObject({ asks: { yesCounts: false } });
    expect(done(solveCase, {}, on).letters[0]).toMatchObject({ asks: { yesCounts: true } });
  });

  it('is done by somebody, on an open case', () => {
    expect(judge(solveCase, {}, { ...on, status: 'closed' })).toMatchObject({ kind: 'refused', why: 'conflict' });
    const nobody = { ...given(now), by: { kind: 'api', staff: null } as const };
    expect(judge(solveCase, {}, on, nobody)).toMatchObject({ kind: 'refused', why: 'bad-input' });
  });
});

describe('close-case by our people', () => {
  it('says so to everybody, and asks the requester how it was', () => {
    const { changes, letters } = done(closeCase, {}, on);
    expect(changes).toMatchObject([{ kind: 'case-closed' }]);
    expect(letters).toMatchObject([
      {
        to: 'ada@aldous.example',
        template: 'case-closed',
        values: { how: 'ours', link: expect.stringContaining('/rate/') },
        asks: { kind: 'satisfaction' },
      },
      { to: 'max@aldous.example', values: { how: 'ours', link: null }, asks: null },
    ]);
  });

  it('says what was decided, and that the customer has found it solved', () => {
    expect(done(closeCase, { text: 'It comes with 12.0.', solved: true }, on).letters[0]).toMatchObject({
      values: { how: 'solved', text: 'It comes with 12.0.' },
    });
  });

  it('wants to know what was decided of an enhancement', () => {
    const enhancement = { ...on, kind: 'enhancement' } as const;
    expect(judge(closeCase, {}, enhancement)).toMatchObject({ kind: 'refused', why: 'bad-input' });
    expect(judge(closeCase, { text: 'It comes with 12.0.' }, enhancement)).toMatchObject({ kind: 'done' });
    expect(judge(closeCase, {}, { ...enhancement, resolvedIn: '12.0' })).toMatchObject({ kind: 'done' });
  });
});

describe('§6.1: a proposed solution that nobody answers', () => {
  const due = (one: WorkedCase, more: Partial<Given['policy']> = {}) =>
    unconfirmedSolution.dueAt(one, given(now, more));
  const reminded = (...at: string[]) => [
    ...standing().events,
    ...at.map((moment, i) => ({ kind: 'solution-reminded', at: moment, detail: { time: i + 1 } })),
  ];

  it('is asked for after 3 and 7 business days of the site, and then no more', () => {
    expect(due(on)).toBeNull();
    expect(due(standing({ status: 'closed' }))).toBeNull();
    expect(due(standing())).toBe('2026-03-05T10:00:00+00:00');
    expect(due(standing({ events: reminded('2026-03-05T10:00:01Z') }))).toBe('2026-03-11T10:00:01+00:00');
    expect(due(standing({ events: reminded('2026-03-05T10:00:00Z', '2026-03-11T10:00:00Z') }))).toBeNull();
  });

  it('counts from the last word of the customer, which only said thanks, and from a new proposal', () => {
    const thanks = { direction: 'in', automatic: false, at: '2026-03-03T12:00:00Z' } as CaseMessage;
    expect(due(standing({ messages: [thanks] }))).toBe('2026-03-06T12:00:00+00:00');
    expect(due(standing({ messages: [{ ...thanks, automatic: true }] }))).toBe('2026-03-05T10:00:00+00:00');
    const anew = [
      ...reminded('2026-03-05T10:00:00Z'),
      { kind: 'solution-proposed', at: '2026-03-06T10:00:00Z', detail: {} },
    ];
    expect(due(standing({ proposedAt: '2026-03-06T10:00:00Z', events: anew }))).toBe('2026-03-11T10:00:00+00:00');
  });

  it('keeps the distance between two that are late', () => {
    expect(due(standing({ events: reminded('2026-03-12T10:00:00Z') }))).toBe('2026-03-18T10:00:00+00:00');
  });

  it('asks again whether it is solved', () => {
    expect(unconfirmedSolution.runOut(standing(), given('2026-03-05T10:00:00Z'))).toMatchObject({
      changes: [{ kind: 'solution-reminded', time: 1 }],
      letters: [
        {
          to: 'ada@aldous.example',
          template: 'solution-reminder',
          values: { closes: null },
          asks: { kind: 'solved', yesCounts: true },
        },
        { to: 'max@aldous.example' },
      ],
    });
  });

  it('is closed where the operator has turned that on, and the last reminder says when', () => {
    const on10 = { closeAfterBusinessDays: 10 };
    const both = reminded('2026-03-05T10:00:00Z', '2026-03-11T10:00:00Z');
    expect(unconfirmedSolution.runOut(standing(), given('2026-03-05T10:00:00Z', on10)).letters).toMatchObject([
      { values: { closes: null } },
      {},
    ]);
    const second = unconfirmedSolution.runOut(
      standing({ events: reminded('2026-03-05T10:00:00Z') }),
      given('2026-03-11T10:00:00Z', on10),
    );
    expect(second.letters[0]).toMatchObject({ values: { closes: '2026-03-16T10:00:00+00:00' } });
    expect(due(standing({ events: both }), on10)).toBe('2026-03-16T10:00:00+00:00');
    expect(unconfirmedSolution.runOut(standing({ events: both }), given('2026-03-16T10:00:00Z', on10))).toMatchObject({
      changes: [{ kind: 'case-closed' }],
      letters: [{ template: 'case-closed', values: { how: 'silence' } }, { values: { link: null } }],
    });
    // No reminder behind the close.
    expect(due(standing({ events: reminded('2026-03-05T10:00:00Z') }), { closeAfterBusinessDays: 5 })).toBe(
      '2026-03-09T10:00:00+00:00',
    );
  });
});

describe('§6.1, §6.2: what one of the customer makes of a case', () => {
  const people = [
    { address: 'ada@aldous.example', contact: contactId('11'), name: 'Ada Byron' },
    { address: 'max@aldous.example', contact: contactId('12'), name: 'Max Born' },
    { address: 'max.born@aldous.example', contact: contactId('12'), name: 'Max Born' },
    { address: 'eve@elsewhere.example', contact: null },
  ];
  const asked = { id: contactId('11'), name: 'Ada Byron', phone: null };
  const having = (kind: string, contact: string | null, more: object = {}, status: WorkedCase['status'] = 'closed') =>
    workedCase({
      ...{ contact: asked, participants: people, status },
      events: [{ kind, at: now, detail: { ...(contact && { contact }), ...more } }],
    });
  const told = (one: WorkedCase) =>
    othersTold.runOut(one, given(now)).letters.map(({ to, template, values }) => ({ to, template, values }));

  it('is told to the others who take part, and never to whoever has done it, by any address of theirs', () => {
    const closed = having('closed', '12');
    expect(othersTold.dueAt(closed, given(now))).toBe(now);
    expect(told(closed)).toMatchObject([
      {
        to: 'ada@aldous.example',
        template: 'case-closed',
        values: { how: 'asked-by', who: 'Max Born', link: null },
      },
    ]);
    expect(told(having('closed', '11', { solved: true }))).toMatchObject([
      { to: 'max@aldous.example', values: { how: 'solved-by', who: 'Ada Byron' } },
      { to: 'max.born@aldous.example' },
    ]);
    expect(
      told(having('reopened', '11', {}, 'open')).map(({ to, template, values }) => [to, template, values]),
    ).toEqual(
      ['max@aldous.example', 'max.born@aldous.example'].map((to) => [
        to,
        'command-changed',
        { number: '100042', title: on.title, now: 'reopened-by', who: 'Ada Byron', days: 30 },
      ]),
    );
  });

  it('names nobody who is on record no more', () => {
    expect(told(having('closed', '99'))).toMatchObject([{ values: { who: null } }, {}, {}]);
  });

  it('is told once, not where our people have done it or it stands otherwise by now, and not of what was before', () => {
    const at = (one: WorkedCase) => othersTold.dueAt(one, given(now));
    const closed = having('closed', '12');
    const { changes } = othersTold.runOut(closed, given(now));
    expect(changes).toMatchObject([{ kind: 'others-told', case: '100042' }]);
    expect(at({ ...closed, events: [...closed.events, { kind: 'others-told', at: now, detail: {} }] })).toBeNull();
    expect(at(having('closed', null, { by: 'api' }))).toBeNull();
    expect(at(having('closed', null, { by: 'customer' }))).toBeNull();
    expect(at({ ...closed, status: 'open' })).toBeNull();
  });
});

describe('§6.1: what a case waits for, and nobody answers', () => {
  const paused = (until: string | null = null, at = now) => ({ kind: 'clock-paused', at, detail: { until } });
  const again = (...at: string[]) => at.map((moment) => ({ kind: 'wait-reminded', at: moment, detail: {} }));
  const waits = (one: Partial<WorkedCase> = {}): WorkedCase => ({ ...on, events: [paused()], ...one });
  const due = (one: WorkedCase, more: Partial<Given['policy']> = {}) => unansweredWait.dueAt(one, given(now, more));
  const asked = (one: Partial<CaseMessage> = {}) =>
    said({ direction: 'out', author: 'kim@desk.example', text: 'Which version? The PIN is 345.', at: now, ...one });

  it('is asked for after 3 and 7 business days of the site, and then no more', () => {
    expect(due(on)).toBeNull();
    expect(due(waits())).toBe('2026-03-05T10:00:00+00:00');
    expect(due(waits({ events: [paused(), ...again('2026-03-05T10:00:01Z')] }))).toBe('2026-03-11T10:00:01+00:00');
    const both = again('2026-03-05T10:00:00Z', '2026-03-11T10:00:00Z');
    expect(due(waits({ events: [paused(), ...both] }))).toBeNull();
    expect(due(waits(), { waitReminderDays: [1] })).toBe('2026-03-03T10:00:00+00:00');
    expect(due(waits(), { waitReminderDays: [] })).toBeNull();
  });

  it('ends with their word, a close, and a solution that is proposed; a time of our own is waited for without', () => {
    const ended = (kind: string) => ({ kind, at: now, detail: {} });
    expect(due(waits({ events: [paused(), ended('clock-resumed')] }))).toBeNull();
    expect(due(waits({ status: 'closed', events: [paused(), ended('closed')] }))).toBeNull();
    expect(due(waits({ proposedAt: now }))).toBeNull();
    expect(due(waits({ events: [paused('2026-04-01T08:00:00Z')] }))).toBeNull();
  });

  it('counts from the last word of either side, and anew from another wait', () => {
    expect(due(waits({ messages: [asked({ at: '2026-03-03T12:00:00Z' })] }))).toBe('2026-03-06T12:00:00+00:00');
    const thanks = said({ at: '2026-03-03T12:00:00Z' });
    expect(due(waits({ messages: [thanks] }))).toBe('2026-03-06T12:00:00+00:00');
    for (const none of [{ ...thanks, automatic: true }, asked({ direction: 'note', at: '2026-03-03T12:00:00Z' })])
      expect(due(waits({ messages: [none] }))).toBe('2026-03-05T10:00:00+00:00');
    const anew = [paused(), ...again('2026-03-05T10:00:00Z'), paused(null, '2026-03-06T10:00:00Z')];
    expect(due(waits({ events: anew }))).toBe('2026-03-11T10:00:00+00:00');
  });

  it('is what our people wrote last, by their name and without a PIN', () => {
    const notes = asked({ direction: 'note', text: 'They are slow.' });
    expect(unansweredWait.runOut(waits({ messages: [asked(), notes] }), given('2026-03-05T10:00:00Z'))).toMatchObject({
      changes: [{ kind: 'wait-reminded', time: 1 }],
      letters: [
        {
          to: 'ada@aldous.example',
          template: 'wait-reminder',
          values: { text: expect.stringMatching(/^Which version\? The PIN is (?!345)/), name: 'Kim Oster', since: now },
        },
        { to: 'max@aldous.example' },
      ],
    });
    const second = waits({ events: [paused(), ...again('2026-03-05T10:00:00Z')] });
    expect(unansweredWait.runOut(second, given('2026-03-11T10:00:00Z'))).toMatchObject({
      changes: [{ time: 2 }],
      letters: [{ values: { text: null, name: null, since: now } }, {}],
    });
  });
});

describe('give-satisfaction', () => {
  const record = {
    letter: letterId('7'),
    case: caseNumber('100042'),
    id: '1',
    language: 'en',
    askedAt: '2026-02-20T10:00:00Z',
    answers: [],
  };
  const page: By = { kind: 'page', letter: letterId('7') };
  const give = (one: object | null, who: By = page) =>
    giveSatisfaction.judge(
      { letter: '7', score: 4 },
      { cases: [], letters: [], satisfaction: one === null ? null : { ...record, ...one } },
      { ...given(now), by: who },
    );

  it('is taken from the page for 30 days, by mail at any time, and not where no letter asks', () => {
    expect(give({})).toMatchObject({ changes: [{ kind: 'satisfaction-given', score: 4, case: '100042' }] });
    const old = { askedAt: '2026-01-20T10:00:00Z' };
    expect(give(old)).toMatchObject({ kind: 'refused' });
    expect(give(old, { kind: 'contact', contact: contactId('11'), mail: '1' as never })).toMatchObject({
      kind: 'done',
    });
    expect(give(null)).toMatchObject({ why: 'not-found' });
  });

  it('stands after a day, and after many', () => {
    const answer = (at: string) => ({ score: 4 as const, at, by: 'page' as const });
    expect(give({ answers: [answer('2026-03-01T09:59:59Z')] })).toMatchObject({ kind: 'refused' });
    expect(give({ answers: [answer('2026-03-01T10:00:00Z')] })).toMatchObject({ kind: 'done' });
    expect(give({ answers: Array.from({ length: 20 }, () => answer(now)) })).toMatchObject({ kind: 'refused' });
  });
});
