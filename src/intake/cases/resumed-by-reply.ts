/** A case that waits for its customer goes on by their own words (POLICY §4.6): not by thanks, nor by mail that nobody wrote. */
import { foldClock } from '../../cases/response-clock.ts';
import { standsFor } from '../../cases/waiting.ts';
import type { Context } from '../context.ts';
import type { CaseFacts } from '../facts.ts';

/** With the deadline from here on, null where the first response was given; null as a whole: it goes on already, or waits on. */
export type Resumed = { readonly due: string | null } | null;

/** The clock of the case from the mail on, should it have stood. */
export const resumedClock = ({ mail }: Context, on: Pick<CaseFacts, 'clock'>): CaseFacts['clock'] => [
  ...on.clock,
  { type: 'resumed', at: mail.arrivedAt },
];

/** The files that were asked for are an answer without a word. */
export function resumedByReply(context: Context, on: CaseFacts): Resumed {
  const { onlyThanks, nothingOwn, attachments } = context.mail.facts;
  const says = !onlyThanks && (!nothingOwn || attachments.length > 0);
  if (!says || on.status === 'closed' || standsFor(on.clock) === null) return null;
  const { due = null } = foldClock(resumedClock(context, on), context.policy.publicHolidays) ?? {};
  return { due: on.answered ? null : due };
}
