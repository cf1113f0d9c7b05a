import { z } from 'zod';
import type { Act } from '../act.ts';

const input = z.strictObject({
  days: z.int().min(1).describe('how long a mail may be held'),
  spam: z.boolean().describe('only what was marked as spam'),
});
export type ExpireHeld = z.infer<typeof input>;

/** POLICY §3 "Held mail": what nobody has decided about in its time is refused. Handed in by the clock. */
export const expireHeld: Act<ExpireHeld> = {
  name: 'expire-held',
  input,
  right: 'none',
  does: 'refuses held mail at the end of its time',
  needs: (heldFor) => ({ heldFor }),
  judge({ days, spam }, { due = [] }, { by, now: at }) {
    const reason = spam
      ? `It was marked as spam, and nobody decided about it within ${days} days (spam).`
      : `Nobody decided about the mail within ${days} days.`;
    const refusals = due.map(({ id, was }) => ({ kind: 'mail-refused', mail: id, was, reason, at, by }) as const);
    const lapse = refusals.length > 0 && !spam ? [{ kind: 'questions-lapsed', at, by } as const] : [];
    return { kind: 'done', changes: [...refusals, ...lapse], letters: [] };
  },
};
