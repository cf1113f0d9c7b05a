import { z } from 'zod';
import { type Act, refused } from '../act.ts';

export const pinRow = z.strictObject({
  pin: z
    .string()
    .regex(/^\d{1,18}$/, 'a privileged PIN is known by the id of its row')
    .describe('the id of the row of the privileged PIN: itself it stands nowhere'),
});
export type OnPrivilegedPin = z.infer<typeof pinRow>;

/** Why it can be used no more. */
export const whyOver = {
  open: 'This privileged PIN has been used.',
  used: 'This privileged PIN has been used.',
  expired: 'This privileged PIN has expired.',
  revoked: 'This privileged PIN was revoked.',
  'no-right': 'The person this privileged PIN was issued to has another role or another address now.',
} as const;

export const noSuchPin = 'There is no such privileged PIN.';

/** POLICY §1: once, while it is good; the primary contact is told. */
export const usePrivilegedPin: Act<OnPrivilegedPin> = {
  name: 'use-privileged-pin',
  input: pinRow,
  right: 'privileged PINs: use',
  does: 'uses a privileged PIN; the primary contact is told',
  gives: { changes: ['privileged-pin-used'], letters: [] },
  needs: ({ pin }) => ({ privilegedPins: [pin] }),
  judge({ pin }, { privilegedPins }, { by, now }) {
    const on = privilegedPins?.find((one) => one.id === pin);
    if (!on) return refused('not-found', noSuchPin);
    if (on.state !== 'good') return refused('conflict', whyOver[on.state]);
    const { case: number, caseId, contact } = on;
    const used = { kind: 'privileged-pin-used', pin, case: number, caseId, contact, at: now, by } as const;
    // The primary contact is told by whoever hands the act in.
    return { kind: 'done', changes: [used], letters: [] };
  },
};
