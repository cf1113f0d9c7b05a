import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { unlessOwn } from './own-or-manager.ts';

const input = z.strictObject({ passkey: z.string().min(1).max(1400).describe('its id') });

export const removePasskey: Act<z.infer<typeof input>> = {
  name: 'remove-passkey',
  input,
  right: 'console: view',
  does: 'takes a passkey off, so that it signs nobody in any more; who is signed in stays so',
  gives: { changes: ['passkey-removed'], letters: [] },
  needs: ({ passkey }) => ({ passkey }),
  judge({ passkey }, { passkey: found }, given) {
    if (!found) return refused('not-found', 'There is no such passkey; it may have been removed already.');
    const barred = unlessOwn(given, found.staff);
    if (barred) return barred;
    const { staff, name } = found;
    const { by, now: at } = given;
    return { kind: 'done', changes: [{ kind: 'passkey-removed', passkey, staff, name, at, by }], letters: [] };
  },
};
