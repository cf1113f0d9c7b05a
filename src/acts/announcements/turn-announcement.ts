import { z } from 'zod';
import type { AnnouncementTurned } from '../../changes/announcements/announcements.ts';
import { type Act, type Given, type Judged, refused } from '../act.ts';
import type { AnnouncementRecord } from './records.ts';

const ofAnnouncement = z.strictObject({
  id: z.string().max(1_000).describe('the id of the announcement, or its name'),
});
export type OfAnnouncement = z.infer<typeof ofAnnouncement>;

export const announcementNamed = (id: string) => (/^\d{1,18}$/.test(id) ? { id } : { name: id });
export const noSuch = (id: string) => refused('not-found', `There is no announcement ${id}.`);

export const turned = (
  { id: announcement, state: from, content: { name }, counts }: AnnouncementRecord,
  to: AnnouncementTurned['to'],
  { now: at, by }: Pick<Given, 'now' | 'by'>,
  bounced: number | null = null,
): Judged => {
  if (counts === null) throw new Error(`the recipients of ${name} were not counted`);
  const turned = { announcement, name, to, from: from as AnnouncementTurned['from'], bounced, counts, at, by };
  return { kind: 'done', changes: [{ kind: 'announcement-turned', ...turned }], letters: [] };
};

/** POLICY §10.6: it is counted once more whom it goes to; nobody is written to before this. */
export const startAnnouncement: Act<OfAnnouncement> = {
  name: 'start-announcement',
  input: ofAnnouncement,
  right: 'announcements: send',
  does: 'lets an announcement go out; says first how many get it',
  gives: { changes: ['announcement-started'], letters: [] },
  needs: ({ id }) => ({ announcement: announcementNamed(id), audience: announcementNamed(id) }),
  judge({ id }, { announcement: on, audience }, { now: at, by }) {
    if (!on) return noSuch(id);
    const { name } = on.content;
    if (on.state !== 'ready') return refused('conflict', `${name} was started already; it is ${on.state}.`);
    if (!audience) throw new Error('whom it goes to was not counted');
    if (audience.recipients === 0)
      return refused('conflict', `${name} would go to nobody: look at products, versions and contactTypes.`);
    const { unknownProducts: _, ...told } = audience;
    const of = { announcement: on.id, name } as const;
    return { kind: 'done', changes: [{ kind: 'announcement-started', ...of, audience: told, at, by }], letters: [] };
  },
};

const turning = (
  given: Pick<Act<OfAnnouncement>, 'name' | 'does'> & {
    readonly from: readonly AnnouncementRecord['state'][];
    readonly to: AnnouncementTurned['to'];
  },
): Act<OfAnnouncement> => ({
  name: given.name,
  input: ofAnnouncement,
  right: 'announcements: send',
  does: given.does,
  gives: { changes: ['announcement-turned'], letters: [] },
  needs: ({ id }) => ({ announcement: announcementNamed(id) }),
  judge({ id }, { announcement: on }, around) {
    if (!on) return noSuch(id);
    if (given.from.includes(on.state)) return turned(on, given.to, around);
    return refused(
      'conflict',
      `${on.content.name} is ${on.state}; that cannot be ${given.to === 'running' ? 'resumed' : given.to}.`,
    );
  },
});

export const pauseAnnouncement = turning({
  name: 'pause-announcement',
  does: 'lets an announcement stand still; letters that are written already go out',
  from: ['running'],
  to: 'paused',
});
export const resumeAnnouncement = turning({
  name: 'resume-announcement',
  does: 'lets an announcement go on where it paused: nobody gets it twice',
  from: ['paused'],
  to: 'running',
});
export const cancelAnnouncement = turning({
  name: 'cancel-announcement',
  does: 'ends an announcement: whoever was not written to is not',
  from: ['ready', 'running', 'paused'],
  to: 'cancelled',
});
