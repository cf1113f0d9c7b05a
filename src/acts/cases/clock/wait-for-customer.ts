import { z } from 'zod';
import { clockOfDays } from '../../../cases/rating.ts';
import { type Act, type Given, refused, refusedWork } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { caseField, standing, theOpenCase, workedOf } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import { waitOf } from './clock-of.ts';

const waitInput = z.strictObject({
  case: caseField,
  until: z
    .union([z.iso.datetime({ offset: true }), z.iso.date()])
    .optional()
    .describe('the moment, or the day where the customer is, from which it is ours again'),
  days: z.int().min(1).max(250).optional().describe('business days of the customer, in place of `until`'),
});
type WaitForCustomer = z.infer<typeof waitInput>;

function untilOf(
  { until, days }: WaitForCustomer,
  { of: { site } }: WorkedCase,
  { now, policy }: Given,
): string | null {
  if (days !== undefined) return clockOfDays(now, days, site, policy, policy.publicHolidays);
  if (until === undefined) return null;
  const moment =
    until.length === 10 ? Temporal.PlainDate.from(until).toZonedDateTime(site.timezone).toInstant() : until;
  return Temporal.Instant.from(moment.toString()).toString();
}

/** POLICY §4.6, `WAIT`: the clock is paused until the customer writes, or until a moment. Asked again, it is that moment which changes. */
export const waitForCustomer: Act<WaitForCustomer> = {
  name: 'wait-for-customer',
  input: waitInput,
  right: 'cases: work',
  does: 'waits for the customer: the clock of the case is paused',
  gives: { changes: ['clock-paused'], letters: [] },
  byMail: '`WAIT [days]`',
  needs: workedOf,
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    if (asked.until !== undefined && asked.days !== undefined)
      return refused('bad-input', 'Say until when, or for how many days, and not both.');
    const until = untilOf(asked, on, given);
    if (until !== null && Temporal.Instant.compare(until, given.now) <= 0)
      return refused('bad-input', `${asked.until} is over.`);
    const waits = waitOf(on);
    if (waits && waits.until === until)
      return refusedWork({ why: 'waits-already' }, 'conflict', `Case ${on.number} waits for the customer already.`);
    const how = { ...(on.answeredAt !== null && { answered: true as const }), ...(waits && { again: true as const }) };
    return { kind: 'done', changes: [{ kind: 'clock-paused', ...standing(on, given), until, ...how }], letters: [] };
  },
};
