import { z } from 'zod';
import { addressSchema } from '../../staff/staff.ts';
import { type Act, refused } from '../act.ts';
import { unlessOwn } from './own-or-manager.ts';

const id = z.string().regex(/^\d{1,18}$/, 'is no session');
const input = z.strictObject({
  email: addressSchema.describe('of ours'),
  session: id.optional().describe('this one alone; left out: all of them'),
  except: id.optional().describe('this one stays'),
});

/** Whoever lost a device, or a colleague: it is signed out at once. */
export const endSessions: Act<z.infer<typeof input>> = {
  name: 'end-sessions',
  input,
  right: 'console: view',
  does: 'signs somebody out of the console, on one device or on all',
  gives: { changes: ['session-ended'], letters: [] },
  needs: ({ email }) => ({ sessionsOf: email }),
  judge({ email, session, except }, { sessions = [] }, given) {
    const barred = unlessOwn(given, email);
    if (barred) return barred;
    const ends = sessions.filter(({ id }) => (session === undefined || id === session) && id !== except);
    if (ends.length === 0)
      return refused(
        'not-found',
        session === undefined
          ? `${email} is signed in nowhere${except ? ' else' : ''}.`
          : `That session of ${email} has ended already.`,
      );
    const { by, now: at } = given;
    return {
      kind: 'done',
      changes: ends.map(({ id, device }) => ({ kind: 'session-ended', session: id, staff: email, device, at, by })),
      letters: [],
    };
  },
};
