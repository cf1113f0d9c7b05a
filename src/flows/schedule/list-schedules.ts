/** What goes out on a schedule, and when next. */
import type { UnansweredSite } from '../../acts/schedule/records.ts';
import type { NoticesPolicy } from '../../notices/policy.ts';
import { turnKinds } from '../../notices/turns.ts';
import { supportEndStanding } from '../../store/announcements/support-ends.ts';
import type { Database } from '../../store/database.ts';
import { renewalStanding } from '../../store/renewals/list.ts';
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

/** `90, 60 and 30 days before, on the day of, 7 days after`. */
function stepsInWords(steps: readonly number[]): string {
  const days = (some: readonly number[], word: string) =>
    some.length === 0
      ? []
      : [`${some.map(Math.abs).join(', ')} ${some.every((one) => Math.abs(one) === 1) ? 'day' : 'days'} ${word}`];
  const onTheDay = steps.includes(0) ? ['on the day of'] : [];
  return [
    ...days(
      steps.filter((one) => one < 0),
      'before',
    ),
    ...onTheDay,
    ...days(
      steps.filter((one) => one > 0),
      'after',
    ),
  ].join(', ');
}

const rhythms = {
  'contact-lists': ({ contactLists: { businessDay, at } }: NoticesPolicy) =>
    `on the ${ordinal(businessDay)}business day of a month, ${at} where the site is`,
  're-attestation': ({ reAttestation: { businessDay, at } }: NoticesPolicy) =>
    `on the ${ordinal(businessDay)}business day of a quarter, ${at} where the site is`,
  welcome: () => 'once a site, where an import or a call has asked for it',
  'end-of-support': ({ endOfSupport: { steps, at } }: NoticesPolicy) =>
    `${stepsInWords(steps)} full support of a version ends, ${at} at the desk`,
  renewals: ({ renewals: { steps, at } }: NoticesPolicy) => `${stepsInWords(steps)} what ends, ${at} where the site is`,
};

const mostUnanswered = 10_000;

export async function listSchedules({
  database,
  policy,
}: {
  readonly database: Database;
  readonly policy: NoticesPolicy;
}): Promise<ListedSchedule[]> {
  const standings = [
    ...(await scheduleStandings(database, turnKinds)),
    await supportEndStanding(database),
    await renewalStanding(database),
  ];
  const open = await unansweredSites(database, { told: true, most: mostUnanswered });
  return standings.map((one) => ({
    ...one,
    rhythm: rhythms[one.kind](policy),
    unanswered: one.kind === 're-attestation' ? open.map(({ site: _, ...site }) => site) : [],
  }));
}
