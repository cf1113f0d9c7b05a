/** What names an erased person is emptied behind the act that erased them (POLICY §11.5): by the clock, or by the command that waits for it. */
import type { Log } from '../../foundation/log.ts';
import { errorWord } from '../../queues/server/error-word.ts';
import type { Database } from '../../store/database.ts';
import { erasureStep, openErasures } from '../../store/upkeep/erasure/run.ts';
import type { Sealer } from '../../vault/seal.ts';

type Deps = {
  readonly database: Database;
  readonly vault: Pick<Sealer, 'seal'>;
  readonly log: Pick<Log, 'error'>;
};

/** Of one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const stepsATick = 300;

type Steps = { left: number };
async function finishOne({ database, vault }: Deps, id: string, steps: Steps): Promise<boolean> {
  let step = await erasureStep(database, vault, id);
  for (; step === 'more' && steps.left > 0; steps.left -= 1) step = await erasureStep(database, vault, id);
  return step === 'done';
}

/** Returns how many are done; those that wait for a mail or letter in hand come again. One that fails keeps no other from its turn. */
export async function finishErasures(deps: Deps, most = stepsATick): Promise<number> {
  const steps: Steps = { left: most };
  const failures: unknown[] = [];
  let done = 0;
  for (const id of await openErasures(deps.database)) {
    try {
      if (await finishOne(deps, id, steps)) done += 1;
    } catch (error) {
      deps.log.error({ erasure: id, error: errorWord(error) }, 'what names an erased person was not emptied');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/** How many people are not emptied to the end. */
export const erasuresLeft = async ({ database }: Pick<Deps, 'database'>): Promise<number> =>
  (await openErasures(database)).length;
