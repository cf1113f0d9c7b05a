import { z } from 'zod';
import { mailId } from '../../foundation/ids.ts';
import { staffLetters } from '../../outbound/staff-letters.ts';
import type { Act, ActDesk, ActLetter } from '../act.ts';
import type { DueRecord } from './records.ts';

const input = z.strictObject({
  days: z.int().min(1).describe('how long a mail may be held'),
  spam: z.boolean().describe('only what was marked as spam'),
});
export type ExpireHeld = z.infer<typeof input>;

/** The letter names the first ones; the rest is counted. */
const mostNamed = 50;

/** One letter a day. */
function listOf(due: readonly DueRecord[], days: number, now: string, desk: ActDesk): ActLetter[] {
  const [first] = due;
  if (!first) return [];
  const letters = staffLetters(
    {
      kind: 'held-refused',
      days,
      mails: due.slice(0, mostNamed),
      more: Math.max(0, due.length - mostNamed),
      mail: mailId(first.id),
      command: `npx postern mail show ${first.id}`,
    },
    { told: desk.staff, matter: `held-refused:${new Date(now).toISOString().slice(0, 10)}`, desk },
  );
  return letters.map((letter) => ({ ...letter, once: 'scheduler' }));
}

/** POLICY §3 "Held mail": what nobody has decided about in its time is refused. Handed in by the clock. */
export const expireHeld: Act<ExpireHeld> = {
  name: 'expire-held',
  input,
  right: 'none',
  does: 'refuses held mail at the end of its time',
  gives: { changes: ['mail-refused', 'questions-lapsed'], letters: ['staff-notice'] },
  byClock: ['held-expired', 'spam-expired'],
  needs: (heldFor) => ({ heldFor }),
  judge({ days, spam }, { due = [] }, { by, now: at, desk }) {
    const reason = spam
      ? `It was marked as spam, and nobody decided about it within ${days} days (spam).`
      : `Nobody decided about the mail within ${days} days.`;
    const refusals = due.map(({ id, was }) => ({ kind: 'mail-refused', mail: id, was, reason, at, by }) as const);
    const lapse = refusals.length > 0 && !spam ? [{ kind: 'questions-lapsed', at, by } as const] : [];
    return { kind: 'done', changes: [...refusals, ...lapse], letters: spam ? [] : listOf(due, days, at, desk) };
  },
};
