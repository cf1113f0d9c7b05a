import { z } from 'zod';
import type { MailId } from '../../foundation/ids.ts';
import type { StaffNotice } from '../../outbound/letter.ts';
import { staffLetters } from '../../outbound/staff-letters.ts';
import type { Act } from '../act.ts';

/** The letter names the first ones; the rest is counted. */
const mostNamed = 50;
const input = z.strictObject({});

/** POLICY §8.10: nobody has answered, and nothing changes; client care gets one list. */
export const listUnanswered: Act<z.infer<typeof input>> = {
  name: 'list-unanswered',
  input,
  right: 'none',
  does: 'tells client care which sites have not said who may open cases',
  gives: { changes: ['unanswered-listed'], letters: ['staff-notice'] },
  byClock: ['schedules'],
  needs: () => ({ unanswered: true }),
  judge(_, { unanswered = [] }, { now: at, by, desk }) {
    const [first] = unanswered;
    if (!first) return { kind: 'done', changes: [], letters: [] };
    const sites = unanswered.map(({ siteNumber, siteName, open }) => ({ site: siteNumber, siteName, open }));
    const values: StaffNotice = {
      kind: 'attestation-unanswered',
      ...{ sites: sites.slice(0, mostNamed), more: Math.max(0, sites.length - mostNamed) },
      ...{ mail: '' as MailId, command: 'npx postern schedule' },
    };
    const matter = `unanswered:${first.siteNumber}:${first.period}`;
    return {
      kind: 'done',
      changes: [{ kind: 'unanswered-listed', sites: unanswered.map(({ site }) => site), at, by }],
      letters: staffLetters(values, { told: desk.care, matter, desk }),
    };
  },
};
