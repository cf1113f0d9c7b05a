import { type Act, refused } from '../act.ts';
import { noSuchPin, type OnPrivilegedPin, pinRow, whyOver } from './use-privileged-pin.ts';

/** POLICY §1: at once, before its use or after it; a window that is open is closed. */
export const revokePrivilegedPin: Act<OnPrivilegedPin> = {
  name: 'revoke-privileged-pin',
  input: pinRow,
  right: 'privileged PINs: revoke',
  does: 'ends a privileged PIN at once, used or not',
  gives: { changes: ['privileged-pin-revoked'], letters: [] },
  needs: ({ pin }) => ({ privilegedPins: [pin] }),
  judge({ pin }, { privilegedPins }, { by, now }) {
    const on = privilegedPins?.find((one) => one.id === pin);
    if (!on) return refused('not-found', noSuchPin);
    // One whose person has lost role or address can be revoked all the same.
    if (on.state === 'used' || on.state === 'expired' || on.state === 'revoked')
      return refused('conflict', whyOver[on.state]);
    const { case: number, caseId, contact } = on;
    return {
      kind: 'done',
      changes: [{ kind: 'privileged-pin-revoked', pin, case: number, caseId, contact, at: now, by }],
      letters: [],
    };
  },
};
