/** A proposed solution that the customer says nothing about (POLICY §6.1): asked again, and closed where the operator has turned that on. */
import type { Given } from '../../../act.ts';
import { toPeople } from '../../case-letters.ts';
import { closingLetters } from '../../closing/closing-letters.ts';
import { standing } from '../../on-case.ts';
import type { WorkedCase } from '../../records.ts';
import type { CaseTimer } from '../timer.ts';
import { businessDaysFrom, later, nextOfSilence } from './silence.ts';

/** Business days of silence, in their order, after which something is done; the close, where there is one, is the last. */
function steps({ solutionReminderDays, closeAfterBusinessDays }: Given['policy']): readonly number[] {
  if (closeAfterBusinessDays === null) return solutionReminderDays;
  return [...solutionReminderDays.filter((days) => days < closeAfterBusinessDays), closeAfterBusinessDays];
}

type Next = { readonly at: string; readonly does: 'remind' | 'close'; readonly time: number };

function nextStep(on: WorkedCase, given: Given): Next | null {
  if (on.status === 'closed' || on.proposedAt === null) return null;
  const { policy } = given;
  const days = steps(policy);
  // Thanks break the silence, too: whoever writes them is not asked the day after.
  const word = on.messages.findLast(({ direction, automatic }) => direction === 'in' && !automatic)?.at;
  const silentSince = word === undefined ? on.proposedAt : later(on.proposedAt, word);
  const next = nextOfSilence(on, { by: 'solution-proposed', again: 'solution-reminded', silentSince, days }, given);
  const closes = policy.closeAfterBusinessDays !== null && next?.time === days.length;
  return next && { ...next, does: closes ? 'close' : 'remind' };
}

/** The day of the close, where it is what comes next after this reminder. */
function closesOn(on: WorkedCase, time: number, given: Given): string | null {
  const { policy, now } = given;
  const all = steps(policy);
  const [days, before] = [all[time], all[time - 1]];
  if (policy.closeAfterBusinessDays === null || days === undefined || time !== all.length - 1) return null;
  return businessDaysFrom(on, now, days - (before ?? 0), given);
}

export const unconfirmedSolution: CaseTimer = {
  name: 'unconfirmed-solution',
  gives: { changes: ['solution-reminded', 'case-closed'], letters: ['solution-reminder', 'case-closed'] },
  dueAt: (on, given) => nextStep(on, given)?.at ?? null,
  runOut(on, given) {
    const next = nextStep(on, given);
    const { number, title, proposedAt } = on;
    if (next === null || proposedAt === null) return { changes: [], letters: [] };
    if (next.does === 'close')
      return {
        changes: [{ kind: 'case-closed', ...standing(on, given), title }],
        letters: closingLetters(on, { how: 'silence' }, given),
      };
    const { timezone } = on.of.site;
    const values = { number, title, proposedAt, closes: closesOn(on, next.time, given), timezone };
    const asks = { kind: 'solved', case: number, yesCounts: true } as const;
    return {
      changes: [{ kind: 'solution-reminded', ...standing(on, given), time: next.time }],
      letters: toPeople(on, { template: 'solution-reminder', values }, { asks, matter: `reminder:${number}` }),
    };
  },
};
