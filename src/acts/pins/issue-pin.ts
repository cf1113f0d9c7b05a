import { z } from 'zod';
import { type Act, refused } from '../act.ts';

export const siteNumber = z
  .string()
  .regex(/^\d{7}$/, 'a site number has 7 digits')
  .describe('the number of the site');
const input = z.strictObject({ site: siteNumber });
type IssuePin = z.infer<typeof input>;

/** POLICY §1: one active PIN a site. Which one is drawn as it is written, where nobody else draws: no preview shows it. */
export const issuePin: Act<IssuePin> = {
  name: 'issue-pin',
  input,
  right: 'pins: issue',
  does: 'draws a new PIN; the one before stays good for some days',
  gives: { changes: ['pin-issued'], letters: [] },
  lock: 'registry',
  needs: ({ site }) => ({ site }),
  judge(asked, { site: on }, { by, now: at }) {
    if (!on) return refused('not-found', `There is no site ${asked.site}.`);
    const { id: siteId, number: site, pin: before } = on;
    return {
      kind: 'done',
      changes: [{ kind: 'pin-issued', site, siteId, before, pin: null, beforeGoodUntil: null, at, by }],
      letters: [],
    };
  },
};
