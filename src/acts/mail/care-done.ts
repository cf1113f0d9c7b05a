import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { mail, theMail } from './held.ts';

const input = z.strictObject({ mail });
type CareDone = z.infer<typeof input>;

/** POLICY §3.r13a: client care has answered by telephone, or from a mailbox of its own. */
export const careDone: Act<CareDone> = {
  name: 'care-done',
  input,
  right: 'mail: settle',
  does: 'client care has answered this mail another way: its clock stops',
  gives: { changes: ['care-clock-stopped'], letters: [] },
  needs: (asked) => ({ mails: [asked.mail] }),
  judge(asked, records, { by, now: at }) {
    const on = theMail(records, asked.mail);
    if (!on?.careRuns) return refused('conflict', `No answer of client care to mail ${asked.mail} is waited for.`);
    return { kind: 'done', changes: [{ kind: 'care-clock-stopped', mail: on.id, at, by }], letters: [] };
  },
};
