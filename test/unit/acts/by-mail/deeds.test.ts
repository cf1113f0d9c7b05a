/** POLICY §5.4: what the commands of one mail come to, each judged on what those before it have made. */
import { describe, expect, it } from 'vitest';
import { judgeDeeds } from '../../../../src/acts/cases/by-mail/deeds.ts';
import { sendAnswers } from '../../../../src/acts/cases/by-mail/send-answers.ts';
import type { WorkedCase } from '../../../../src/acts/cases/records.ts';
import type { By } from '../../../../src/changes/by.ts';
import { mailId } from '../../../../src/foundation/ids.ts';
import { givenFor, kim, lea, workedCase } from '../../../support/worked-case.ts';

const mail = mailId('4000');
const by: By = { kind: 'staff', staff: lea.email, mail };
const open = workedCase({ owner: lea.email, answeredAt: '2026-05-11T09:30:00Z' });
const deed = (act: string, more: object = {}) => ({ act, input: { case: open.number, ...more } });
const large = [{ place: 0, name: 'dump.bin', type: 'application/octet-stream', size: 40 * 2 ** 20 }];

function asked(on: WorkedCase, ...deeds: ReturnType<typeof deed>[]) {
  const judged = judgeDeeds(on, deeds, givenFor(by), { mail, enclosed: [] });
  return judged.kind === 'refused' ? judged.toStaff : judged.changes.map(({ kind }) => kind);
}

describe('several commands of one mail', () => {
  it('go by the severity and the proposal that the one before has made', () => {
    const proposed = workedCase({ ...open, proposal: { to: 2, by: 'customer', until: '2026-05-13T10:00:00Z' } });
    expect(asked(proposed, deed('set-severity', { severity: 2 }), deed('set-severity', { severity: 2 }))).toEqual([
      'severity-set',
    ]);
    expect(asked(proposed, deed('set-severity', { severity: 2 }), deed('set-severity', { severity: 1 }))).toEqual([
      'severity-set',
      'severity-proposed',
    ]);
    expect(asked(open, deed('set-severity', { severity: 2 }), deed('set-severity', { severity: 2 }))).toMatchObject({
      why: 'severity-proposed',
    });
  });

  it('go by the kind', () => {
    const preview = deed('set-kind', { kind: 'preview' });
    expect(asked(open, preview, deed('set-severity', { severity: 2 }))).toMatchObject({
      why: 'severity-not-allowed',
      more: 'preview',
    });
    expect(asked(open, preview, deed('escalate-case'))).toMatchObject({ why: 'preview-not-escalated' });
    // It has severity 3 by what stands above.
    const grave = workedCase({ ...open, severity: 2 });
    expect(asked(grave, preview, deed('set-severity', { severity: 3 }))).toEqual(['kind-set', 'severity-set']);
    // And had it before: as if it was asked for alone.
    expect(asked(open, deed('set-severity', { severity: 3 }))).toMatchObject({ why: 'severity-is-so' });
  });

  it('go by the owner, the escalation, the first answer and what is waited for', () => {
    const free = workedCase({ ...open, owner: null, answeredAt: null });
    const text = { text: 'Please restart it.' };
    expect(asked(free, deed('assign-case', { to: kim.email }), deed('write-on-case', text))).toEqual([
      'owner-set',
      'message-written',
      'clock-met',
    ]);
    expect(asked(free, deed('write-on-case', text), deed('solve-case'))).toEqual([
      'message-written',
      'clock-met',
      'owner-set',
      'solution-proposed',
      'clock-paused',
    ]);
    expect(asked(open, deed('solve-case'), deed('wait-for-customer'))).toEqual(['solution-proposed', 'clock-paused']);
    expect(asked(open, deed('escalate-case'), deed('escalate-case'), deed('escalate-case'))).toMatchObject({
      why: 'escalated-already',
    });
    expect(asked(open, deed('close-case'), deed('escalate-case'))).toMatchObject({ why: 'case-closed' });
  });

  it('are refused where what is enclosed is too large', () => {
    const judged = judgeDeeds(open, [deed('solve-case')], givenFor(by), { mail, enclosed: large });
    expect(judged).toMatchObject({ kind: 'refused', toStaff: { why: 'too-large' } });
  });
});

it('a text that waits does not go out where what is enclosed has become too large', () => {
  const answer = {
    ...{ mail, staff: lea.email, at: '2026-05-11T09:59:00Z', dueAt: '2026-05-11T10:00:00Z' },
    state: 'waiting' as const,
    deeds: [deed('write-on-case', { text: 'Please restart it.' })],
  } as const;
  const run = (size: number) => {
    const enclosed = large.map((one) => ({ ...one, size }));
    return sendAnswers.runOut({ ...open, answers: [{ ...answer, enclosed }] }, givenFor({ kind: 'clock' }));
  };
  expect(run(1).changes.map(({ kind }) => kind)).toEqual(['message-written', 'staff-answer-settled']);
  expect(run(40 * 2 ** 20)).toMatchObject({
    changes: [{ kind: 'staff-answer-settled', state: 'refused' }],
    letters: [{ template: 'staff-answer', values: { refusal: { why: 'too-large' }, send: null } }],
  });
});
