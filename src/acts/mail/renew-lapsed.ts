import { z } from 'zod';
import type { Act } from '../act.ts';

const place = z.strictObject({ id: z.string(), arrivedAt: z.string() });
const input = z.strictObject({ after: place.nullable().describe('where the look begins; null is the first') });
type RenewLapsed = z.infer<typeof input>;

/** POLICY §2.5: what would be a case by the contract of today is decided again. Handed in by the clock. */
export const renewLapsed: Act<RenewLapsed> = {
  name: 'renew-lapsed',
  input,
  right: 'none',
  does: 'decides mails of the time without a contract again once there is one',
  gives: { changes: ['mail-renewed'], letters: [] },
  byClock: ['contracts-renewed'],
  needs: (lapsed) => ({ lapsed }),
  judge(_, { lapsed }, { by, now: at }) {
    const ready = (lapsed?.found ?? []).filter((one) => one.trial.outcome === 'case-opened');
    return {
      kind: 'done',
      changes: ready.map(
        ({ mail, fence, admitted }) =>
          ({ kind: 'mail-renewed', mail, fence, was: 'support-lapsed', admitted, at, by }) as const,
      ),
      letters: [],
      decisions: ready.map((one) => one.trial),
    };
  },
};
