/** Letters about renewals (POLICY §10.1–5): what is planned and due is found in rows, and each is an act of its own. */
import { crashPoint } from '../../foundation/crash-point.ts';
import { dayAt } from '../../registry/entitlement.ts';
import { dueRenewals, notePlanned, renewalsToldOn, type SiteToPlan, sitesToPlan } from '../../store/renewals/due.ts';
import { type ActDeps, commit } from '../acts/commit.ts';
import { inTurn, throwFirst } from '../acts/in-turn.ts';

const by = { kind: 'clock' } as const;
const atOnce = 100;
/** Of one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const mostSites = 200;
const mostLetters = 1_000;

/** Hears of each that is done. */
type Step = () => void;

/** Plans sites whose contracts have changed, or that were not looked at for a day. Returns how many. */
export async function planRenewals(
  deps: ActDeps,
  { most = mostSites, step }: { most?: number; step?: Step } = {},
): Promise<number> {
  let planned = 0;
  const failures: unknown[] = [];
  while (planned < most) {
    const sites = await sitesToPlan(deps.database, atOnce);
    const done: SiteToPlan[] = [];
    const failed = await inTurn(sites, async (one) => {
      await commit(deps, { act: 'plan-renewals', input: { site: one.site }, by });
      done.push(one);
      step?.();
    });
    failures.push(...failed);
    await notePlanned(deps.database, done);
    // One that fails keeps no other from its turn.
    await notePlanned(
      deps.database,
      sites.filter((one) => !done.includes(one)),
      { soon: true },
    );
    planned += sites.length;
    if (sites.length < atOnce) break;
  }
  throwFirst(failures);
  return planned;
}

async function runOne(deps: ActDeps, renewal: string): Promise<void> {
  await commit(deps, { act: 'run-renewal', input: { renewal }, by });
  crashPoint('notice inserted');
}

/** Sends what is due, and to the next what came back; goes on behind what fails. Returns how many were judged. */
export async function runRenewals(
  deps: ActDeps,
  { most = mostLetters, batch = atOnce, step }: { most?: number; batch?: number; step?: Step } = {},
): Promise<number> {
  const seen: string[] = [];
  const failures: unknown[] = [];
  while (seen.length < most) {
    const due = await dueRenewals(deps.database, batch, seen);
    const failed = await inTurn(due, async (renewal) => {
      await runOne(deps, renewal);
      step?.();
    });
    failures.push(...failed);
    seen.push(...due);
    if (due.length < batch) break;
  }
  throwFirst(failures);
  return seen.length;
}

/** What each letter that is due would come to, one by one: nothing is written. */
export async function* renewalsDue(deps: ActDeps): AsyncGenerator<RenewalDue> {
  const seen: string[] = [];
  for (;;) {
    const due = await dueRenewals(deps.database, atOnce, seen);
    for (const renewal of due) {
      const outcome = await commit(deps, { act: 'run-renewal', input: { renewal }, by, preview: true });
      if (outcome.kind !== 'preview') continue;
      const { changes, letters } = outcome.preview;
      yield { renewal, says: changes.map(({ says }) => says), to: letters.map(({ to }) => to) };
    }
    seen.push(...due);
    if (due.length < atOnce) return;
  }
}
/** `to`: who would be written to. */
export type RenewalDue = { readonly renewal: string; readonly says: readonly string[]; readonly to: readonly string[] };

/** §10.5: on Mondays at the hour of the letters, where the desk is; a Monday that was missed is made up for until the next. */
export async function tellRenewals(deps: ActDeps): Promise<boolean> {
  const { timezone } = deps.policy.desk;
  const standing = await renewalsToldOn(deps.database);
  if (!standing) return false;
  const today = Temporal.PlainDate.from(dayAt(standing.now, timezone));
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const at = monday.toZonedDateTime({ timeZone: timezone, plainTime: deps.policy.renewals.at }).toInstant();
  const isDue = Temporal.Instant.compare(at, standing.now) <= 0 && Temporal.Instant.compare(standing.since, at) <= 0;
  if (!isDue || standing.toldOn === monday.toString()) return false;
  await commit(deps, { act: 'tell-renewals', input: { day: monday.toString() }, by });
  return true;
}
