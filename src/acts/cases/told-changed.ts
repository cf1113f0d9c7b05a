/** A case closed or reopened by a contact (POLICY §6.1, §6.2), who is told; our own people see it in what follows. */
import type { OwnChange } from '../../changes/change.ts';
import { type CaseRecord, type Given, type Judged, type Records, type Refusal, refused } from '../act.ts';
import type { OwnRecord } from '../self-service/records.ts';
import { letterTo, noRight } from '../self-service/telling.ts';
import { takesPart } from './own-cases.ts';

const says = {
  closed: 'was closed by the customer',
  'was-closed': 'is closed already',
  reopened: 'was reopened by the customer',
  'was-open': 'is open already',
} as const;

/** Whoever asks, where that is a contact: or why they may not. Others' cases are a licence user's to answer, and not to close. */
export function ownOf(
  command: string,
  on: CaseRecord,
  { own = null }: Records,
  given: Given,
): OwnRecord | Refusal | null {
  if (given.by.kind !== 'contact' || own === null) return null;
  const { contact } = own;
  const no = noRight('cases: update', command, contact.role, given);
  if (no || contact.role !== 'licence user' || takesPart(on, contact)) return no ?? own;
  return refused('no-right', `Case ${on.number} is not one of the licence user's own.`, 'no-right');
}

export const toldChanged = (
  { number, title }: CaseRecord,
  own: OwnRecord,
  now: keyof typeof says,
  { policy }: Given,
  changes: readonly OwnChange[] = [],
): Judged => ({
  kind: 'done',
  changes,
  letters: [
    letterTo(
      own,
      { template: 'command-changed', values: { number, title, now, days: policy.reopenDays } },
      `${now}:${number}`,
      number,
    ),
  ],
  says: `Case ${number} ${says[now]}.`,
});
