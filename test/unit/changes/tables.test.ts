/** What is said and written of a change stands in tables over the union: a place that lacks a member is an error of the compiler. */
import { expect, it } from 'vitest';
import type { CaseClosed } from '../../../src/changes/case.ts';
import { auditOf, type BatchedKind, type Change, type ChangeOf, changeRows } from '../../../src/changes/change.ts';
import { type Outcome, outcomes } from '../../../src/changes/outcome.ts';
import type { ChangeRow } from '../../../src/changes/row.ts';
import type { Decision } from '../../../src/intake/decision.ts';
import { batchedRowsOf } from '../../../src/store/changes/batched.ts';

type Equal<A, B> = [A, B] extends [B, A] ? true : false;

it('names the cell that a change lacks', () => {
  const { audit, event, says, topic, batched } = changeRows['case-closed'];
  const whole: ChangeRow<CaseClosed> = { audit, event, says, topic, batched };
  const lacks: ChangeRow<CaseClosed>[] = [
    // @ts-expect-error audit
    { event, says, topic, batched },
    // @ts-expect-error event
    { audit, says, topic, batched },
    // @ts-expect-error sentence
    { audit, event, topic, batched },
    // @ts-expect-error topic of the webhook
    { audit, event, says, batched },
    // @ts-expect-error whether it goes by the batched statement
    { audit, event, says, topic },
  ];
  expect([whole, ...lacks]).toHaveLength(6);
});

it('names the change that lacks its row', () => {
  type Rows = { [kind in Change['kind']]: ChangeRow<ChangeOf<kind>> };
  const { 'case-closed': closed, ...others } = changeRows;
  // @ts-expect-error 'case-closed'
  const rows: Rows = others;
  expect({ ...rows, 'case-closed': closed }).toEqual(changeRows);
});

it('knows by the column of the table which changes need rows in the batched statement', () => {
  const opened: BatchedKind = 'case-opened';
  // @ts-expect-error it has a statement of its own
  const closed: BatchedKind = 'case-closed';
  expect([changeRows[opened].batched, changeRows[closed as Change['kind']].batched]).toEqual([true, false]);
});

it('has a row for every outcome that a decision can have, and for no other', () => {
  const same: Equal<Outcome, Decision['outcome']> = true;
  expect(same && Object.keys(outcomes)).toHaveLength(28);
});

it('looks at the version of a case once, however many changes it has', () => {
  const of = { case: '100001', id: '7', versionNo: 3, at: '2026-05-13T10:00:00Z', by: { kind: 'mail', mail: '5' } };
  const changes = [
    { kind: 'case-updated', ...of, fillsIn: { version: '12' } },
    { kind: 'clock-stopped', ...of, why: 'support has ended' },
    { kind: 'case-closed', ...of, title: 'Workflow stopped' },
  ] as unknown as Change[];
  const rows = batchedRowsOf(changes, () => {
    throw new Error('no mail is shown');
  });
  expect(rows.changes).toEqual([
    { number: '100001', versionNo: 3, reopen: false, lapse: true, fillsIn: { version: '12' } },
  ]);
  // The event and the audit row of `case-closed` are written beside its own statement.
  expect(rows.events.map((one) => one.kind)).toEqual(['updated', 'clock-stopped']);
  expect(rows.audit).toEqual([{ actor: 'mail:5', action: 'case-updated', subjectKind: 'case', subjectId: '100001' }]);
  expect(changes.map((change) => auditOf(change)?.action)).toEqual(['case-updated', undefined, 'case-closed']);
});
