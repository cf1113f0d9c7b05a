import { z } from 'zod';
import { dueOf } from '../../../cases/rating.ts';
import { mailId } from '../../../foundation/ids.ts';
import { type Act, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { clockOf } from '../clock/clock-of.ts';
import { caseField, standing, theOpenCase, workedOf } from '../on-case.ts';

const input = z.strictObject({
  case: caseField,
  mails: z
    .array(z.string().regex(/^\d{1,18}$/, 'the id of a mail has digits only'))
    .min(1)
    .max(20)
    .describe('the ids of those that are about something else, among the last twenty messages'),
  title: z.string().trim().min(1).max(200).describe('of the new case'),
});

/** POLICY §5.1: a unique number for every request. Whoever wrote the first of them asks for the new case, and is told of it by its timer. */
export const splitCase: Act<z.infer<typeof input>> = {
  name: 'split-case',
  input,
  right: 'cases: work',
  does: 'makes some mails of a case a case of their own, and tells whoever wrote them',
  gives: { changes: ['case-split'], letters: [] },
  needs: workedOf,
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    const { publicHolidays } = given.policy;
    const mails = [...new Set(asked.mails)];
    const written = on.messages.filter(({ direction, automatic }) => direction === 'in' && !automatic);
    const moved = written.filter(({ mail }) => mail !== null && mails.includes(mail));
    const [first] = moved;
    if (!first || moved.length < mails.length) {
      const other = mails.find((id) => !moved.some(({ mail }) => mail === id));
      return refused('bad-input', `Mail ${other} is none of those that a person wrote on case ${on.number} lately.`);
    }
    if (moved.length === written.length)
      return refused('bad-input', `Nothing of what was written would be left on case ${on.number}.`);
    const rating = on.lapsed ? null : (clockOf(on, given)?.rating ?? null);
    return {
      kind: 'done',
      changes: [
        {
          kind: 'case-split',
          ...standing(on, given),
          mails: mails.map(mailId),
          title: asked.title,
          openedAt: first.at,
          clock: rating && { rating, due: dueOf(rating, publicHolidays, first.at) },
        },
      ],
      letters: [],
    };
  },
};
