import { z } from 'zod';
import type { RenewalsPaused } from '../../changes/schedule/renewals.ts';
import { type Act, refused } from '../act.ts';

const input = z.strictObject({});

const switching = (name: string, does: string, kind: RenewalsPaused['kind']): Act<z.infer<typeof input>> => ({
  ...{ name, does, input, right: 'renewals: update' },
  gives: { changes: [kind], letters: [] },
  needs: () => ({ renewals: { schedule: true } }),
  judge(_, { renewals }, { now: at, by }) {
    const { running = false, pausedAt = null } = renewals?.schedule ?? {};
    if (!running)
      return refused('conflict', 'Renewals stand still: `npx postern schedule start renewals` lets them go out.');
    if ((pausedAt !== null) === (kind === 'renewals-paused'))
      return refused(
        'conflict',
        pausedAt === null ? 'Renewals are not paused.' : `Renewals are paused since ${pausedAt}.`,
      );
    return { kind: 'done', changes: [{ kind, at, by }], letters: [] };
  },
});

/** POLICY §10.5: all of them wait, and go on being planned. */
export const pauseRenewals = switching(
  'pause-renewals',
  'lets no letter about a renewal go out until they are resumed',
  'renewals-paused',
);
export const resumeRenewals = switching(
  'resume-renewals',
  'lets letters about renewals go out again',
  'renewals-resumed',
);
