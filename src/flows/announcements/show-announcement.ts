/** One announcement as our people see it before it goes out: to whom, and how its letter reads (POLICY §10.6). */
import type { Audience } from '../../acts/announcements/records.ts';
import { letterTo } from '../../acts/announcements/send-announcement.ts';
import { announcementNamed } from '../../acts/announcements/turn-announcement.ts';
import type { AnnouncementState } from '../../notices/announcement.ts';
import { announcementRecords } from '../../store/announcements/announcement-records.ts';
import type { LetterDeps } from '../letters/send.ts';

export type ShownAnnouncement = {
  readonly id: string;
  readonly name: string;
  readonly state: AnnouncementState;
  /** It goes out by itself then; null: a person starts it. */
  readonly dueAt: string | null;
  /** As everything stands. */
  readonly audience: Omit<Audience, 'unknownProducts'>;
  readonly letter: { readonly subject: string; readonly text: string };
};

/** Nobody: its link leads to nobody's letters. */
const nobody = '0';

/** By id or name; null: there is none. The letter is in the first language of the announcement. */
export async function showAnnouncement(
  { database, letterBuilder, policy }: Pick<LetterDeps, 'database' | 'letterBuilder' | 'policy'>,
  given: string,
): Promise<ShownAnnouncement | null> {
  const named = announcementNamed(given);
  const { announcement: on, audience } = await announcementRecords(
    database,
    { announcement: named, audience: named },
    policy,
  );
  if (!on || !audience) return null;
  const { language } = on.content.texts[0];
  const person = { id: nobody, email: '', role: 'primary', types: [] } as const;
  const recipient = { address: `nobody@${nobody}.invalid`, language, cases: [], person, others: [] };
  const { desk } = policy;
  const { subject, text } = await letterBuilder.finish(letterTo(on, recipient, person, { desk }), {
    ...{ id: nobody, at: '1970-01-01T00:00:00Z' },
  });
  const { unknownProducts: _, ...told } = audience;
  const { id, state, dueAt } = on;
  return { id, name: on.content.name, state, dueAt, audience: told, letter: { subject, text } };
}
