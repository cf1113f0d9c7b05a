/** Letters on a schedule (POLICY §8.10, §9): what is planned and due is found in rows, and each turn is an act of its own. */
import { placeCalendar } from '../../calendar/place-calendar.ts';
import { nextTurn } from '../../notices/turns.ts';
import { contactsToAskAbout, dueTurns, planTurns, turnsToPlan } from '../../store/schedule/turns.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const plannedAtOnce = 1_000;
/** Of one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const mostTurns = 1_000;
const readAtOnce = 100;
const by = { kind: 'clock' } as const;

/** Plans the next turn of every site of the kinds that were started. */
export async function planSchedules({ database, policy }: Pick<ActDeps, 'database' | 'policy'>): Promise<number> {
  let planned = 0;
  for (;;) {
    const { now, sites } = await turnsToPlan(database, plannedAtOnce);
    const turns = sites.flatMap(({ site, kind, place }) => {
      const turn = nextTurn(kind, placeCalendar(place, policy, policy.publicHolidays), now, policy);
      return turn ? [{ ...turn, site, kind }] : [];
    });
    await planTurns(database, turns);
    planned += turns.length;
    // What has no turn in its calendar would be found again and again.
    if (sites.length < plannedAtOnce || turns.length === 0) return planned;
  }
}

/** Returns how many turns were taken. Read some at a time, so that memory stays flat however many there are. */
export async function runSchedules(deps: ActDeps): Promise<number> {
  await planSchedules(deps);
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
