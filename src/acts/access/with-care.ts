/** Client care has a request (POLICY §8.6): its letters, and its clock of one business day, which runs for the mail that asked. */
import type { HandedOver } from '../../access/request.ts';
import { clockOfDays } from '../../cases/rating.ts';
import type { CareClockStarted, CareClockStopped } from '../../changes/care.ts';
import type { ActLetter, Given } from '../act.ts';
import { careLetters } from './access-letters.ts';
import { rightSite } from './on-request.ts';
import type { AccessRecord } from './records.ts';

export type WhyCare = HandedOver | 'taken-back';

/** `taken-back`: it is with client care once more, by a clock of its own. */
export function toCare(
  on: AccessRecord,
  given: Given,
  why: WhyCare,
): { readonly changes: readonly CareClockStarted[]; readonly letters: readonly ActLetter[] } {
  const { now: at, by, policy } = given;
  const site = rightSite(on);
  const due = clockOfDays(at, policy.careBusinessDays, site, policy, policy.publicHolidays);
  const again = why === 'taken-back' ? { again: true as const } : {};
  const clock: CareClockStarted[] =
    on.mail === null ? [] : [{ kind: 'care-clock-started', mail: on.mail, due, at, by, ...again }];
  return { changes: clock, letters: careLetters(on, given, { why, due, timezone: site?.timezone ?? 'UTC' }) };
}

/** Somebody has decided, of client care or not: no answer is owed any more. */
export const careDone = (on: AccessRecord, { now: at, by }: Given): readonly CareClockStopped[] =>
  on.careRuns && on.mail !== null ? [{ kind: 'care-clock-stopped', mail: on.mail, at, by }] : [];
