/** Whoever owns a case hears what its customer writes on it (POLICY §5.4); what comes within a minute is one letter. */
import { dutyOrAll } from '../../../staff/on-duty.ts';
import type { StaffMember } from '../../../staff/staff.ts';
import type { Given } from '../../act.ts';
import { toStaff } from '../case-letters.ts';
import type { WorkedCase } from '../records.ts';
import { ableOn, deskTime } from '../working/workers.ts';
import { wordsFrom } from './customer-words.ts';
import type { CaseTimer } from './timer.ts';

/** Events stand in the order in which they were written: what came before the owner did, was seen with the case. */
function untold(on: WorkedCase): WorkedCase['events'] {
  if (on.owner === null || on.status === 'closed') return [];
  const since = on.events.findLastIndex(({ kind }) => kind === 'owner-told' || kind === 'owner-set');
  // What came before a close was seen with it.
  const reopened = on.events.findLastIndex(({ kind }) => kind === 'reopened');
  // A call is told unless its owner has entered it.
  return wordsFrom(on, Math.max(since + 1, reopened)).filter(({ detail }) => detail.staff !== on.owner);
}

/** Its owner, or those on duty where that is none of our people any more. */
function toldOf(on: WorkedCase, { desk, now, policy }: Given): readonly StaffMember[] {
  const owner = desk.people.filter(({ email }) => email === on.owner);
  return owner.length > 0 ? owner : dutyOrAll(ableOn(on, desk), now, deskTime({ desk, policy }));
}

export const tellOwner: CaseTimer = {
  name: 'tell-owner',
  gives: { changes: ['owner-told'], letters: ['case-notice'] },
  dueAt(on, { policy }) {
    const [first] = untold(on);
    return first ? Temporal.Instant.from(first.at).add({ seconds: policy.ownerToldAfterSeconds }).toString() : null;
  },
  runOut(on, given) {
    const told = toldOf(on, given);
    const { id, number, versionNo } = on;
    const { now: at, by } = given;
    const to = told.map(({ email }) => email);
    const last = untold(on).at(-1);
    const once = `written:${number}:${last?.mail ?? last?.at}`;
    return {
      changes: [{ kind: 'owner-told', case: number, id, versionNo, at, by, to }],
      letters: toStaff(on, { why: 'written' }, told, given, { once }),
    };
  },
};
