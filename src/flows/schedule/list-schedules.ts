/** What goes out on a schedule, and when next. */
import type { UnansweredSite } from '../../acts/schedule/records.ts';
import type { NoticesPolicy } from '../../notices/policy.ts';
import { turnKinds } from '../../notices/turns.ts';
import type { Database } from '../../store/database.ts';
import { unansweredSites } from '../../store/schedule/schedule-records.ts';
import { type ScheduleStanding, scheduleStandings } from '../../store/schedule/turns.ts';

export type ListedSchedule = ScheduleStanding & {
  /** When it comes round, in words. */
  readonly rhythm: string;
  /** Sites that were asked, reminded, and have not answered (§8.10). */
  readonly unanswered: readonly Omit<UnansweredSite, 'site'>[];
};

const ordinals = ['', 'first ', 'second ', 'third '];
const ordinal = (n: number): string => ordinals[n] ?? `${n}th `;

const rhythms = {
  'contact-lists': ({ contactLists: { businessDay, at } }: NoticesPolicy) =>
    `on the ${ordinal(businessDay)}business day of a month, ${at} where the site is`,
  're-attestation': ({ reAttestation: { businessDay, at } }: NoticesPolicy) =>
    `on the ${ordinal(businessDay)}business day of a quarter, ${at} where the site is`,
  welcome: () => 'once a site, where an import or a call has asked for it',
};

const mostUnanswered = 10_000;

export async function listSchedules({
  database,
  policy,
}: {
  readonly database: Database;
  readonly policy: NoticesPolicy;
}): Promise<ListedSchedule[]> {
  const standings = await scheduleStandings(database, turnKinds);
  const open = await unansweredSites(database, { told: true, most: mostUnanswered });
  return standings.map((one) => ({
    ...one,
    rhythm: rhythms[one.kind](policy),
    unanswered: one.kind === 're-attestation' ? open.map(({ site: _, ...site }) => site) : [],
  }));
}
