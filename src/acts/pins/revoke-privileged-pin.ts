import { type Act, refused } from '../act.ts';
import { type ByPin, byPin, noSuchPin, whyOver } from './use-privileged-pin.ts';

/** POLICY §1: at once, before its use or after it; a window that is open is closed. */
export const revokePrivilegedPin: Act<ByPin> = {
  name: 'revoke-privileged-pin',
  input: byPin,
  right: 'privileged PINs: revoke',
  does: 'ends a privileged PIN at once, used or not',
  gives: { changes: ['privileged-pin-revoked'], letters: [] },
  needs: ({ pin }) => ({ privilegedPin: pin }),
  judge(_, { privilegedPin: on }, { by, now: at }) {
    if (!on) return noSuchPin;
    // One whose person has lost role or address can be revoked all the same.
    if (on.state === 'used' || on.state === 'expired' || on.state === 'revoked')
      return refused('conflict', whyOver[on.state]);
    const { id: pin, case: number, caseId, contact } = on;
    return {
      kind: 'done',
      changes: [{ kind: 'privileged-pin-revoked', pin, case: number, caseId, contact, at, by }],
      letters: [],
    };
  },
};
