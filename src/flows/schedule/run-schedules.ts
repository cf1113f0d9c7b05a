/** Letters on a schedule (POLICY §8.10, §9): what is planned and due is found in rows, and each turn is an act of its own. */
import { placeCalendar } from '../../calendar/place-calendar.ts';
import { nextTurn } from '../../notices/turns.ts';
import { contactsToAskAbout, dueTurns, planTurns, turnsStanding, turnsToPlan } from '../../store/schedule/turns.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const plannedAtOnce = 1_000;
/** Of one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const mostTurns = 1_000;
const readAtOnce = 100;
const by = { kind: 'clock' } as const;

/**
 * Up to which site all were looked through, since which start, and until when that is believed. Sites come on record one import after
 * the other, so that a new one has the greatest id; what a calendar of no such day has left without a turn is found once an hour.
 */
export type LookedThrough = { after: string; since: string | null; until: string };
export const notLooked = (): LookedThrough => ({ after: '0', since: null, until: '' });
const believed = { minutes: 60 };

/** Plans the next turn of every site of the kinds that were started; with `looked` only of those that are new since. */
export async function planSchedules(
  { database, policy }: Pick<ActDeps, 'database' | 'policy'>,
  looked: LookedThrough = notLooked(),
): Promise<number> {
  const { now, since, last } = await turnsStanding(database);
  if (since === null) return 0;
  const isFresh = since === looked.since && Temporal.Instant.compare(now, looked.until) < 0;
  const after = isFresh ? looked.after : '0';
  const { until } = isFresh ? looked : { until: Temporal.Instant.from(now).add(believed).toString() };
  let planned = 0;
  for (;;) {
    const sites = await turnsToPlan(database, after, plannedAtOnce);
    const turns = sites.flatMap(({ site, kind, place }) => {
      const turn = nextTurn(kind, placeCalendar(place, policy, policy.publicHolidays), now, policy);
      return turn ? [{ ...turn, site, kind }] : [];
    });
    await planTurns(database, turns);
    planned += turns.length;
    // What has no turn in its calendar would be found again and again.
    if (sites.length < plannedAtOnce || turns.length === 0) break;
  }
  Object.assign(looked, { after: last, since, until });
  return planned;
}

/** Returns how many turns were taken. Read some at a time, so that memory stays flat however many there are. */
export async function runSchedules(deps: ActDeps, looked: LookedThrough = notLooked()): Promise<number> {
  await planSchedules(deps, looked);
  let failures: readonly unknown[] = [];
  let taken = 0;
  while (taken < mostTurns && failures.length === 0) {
    const turns = await dueTurns(deps.database, readAtOnce);
    failures = await inTurn(turns, ({ site, kind }) =>
      kind === 'welcome'
        ? commit(deps, { act: 'welcome-site', input: { site }, by })
        : commit(deps, { act: 'run-schedule', input: { site, kind }, by }),
    );
    taken += turns.length;
    if (turns.length < readAtOnce) break;
  }
  await commit(deps, { act: 'list-unanswered', input: {}, by });
  throwFirst(failures);
  return taken;
}

/** POLICY §9: the primary is asked about an address that came back. */
export async function askAboutContacts(deps: ActDeps): Promise<number> {
  const found = await contactsToAskAbout(deps.database, readAtOnce);
  throwFirst(await inTurn(found, (input) => commit(deps, { act: 'ask-about-contact', input, by })));
  return found.length;
}
