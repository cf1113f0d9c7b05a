/** What names an erased person is emptied behind the act that erased them (POLICY §11.5): by the clock, or by the command that waits for it. */
import type { Database } from '../../store/database.ts';
import { erasureStep, openErasures } from '../../store/upkeep/erasure/run.ts';
import type { Sealer } from '../../vault/seal.ts';

type Deps = { readonly database: Database; readonly vault: Pick<Sealer, 'seal'> };

/** Of one tick: the rest comes with the next, so that other jobs of the clock have their turn. */
const stepsATick = 300;

/** Returns how many are done; those that wait for a mail or letter in hand come again. */
export async function finishErasures({ database, vault }: Deps, most = stepsATick): Promise<number> {
  let [steps, done] = [0, 0];
  for (const id of await openErasures(database)) {
    let step = await erasureStep(database, vault, id);
    for (; step === 'more' && steps < most; steps += 1) step = await erasureStep(database, vault, id);
    if (step === 'done') done += 1;
  }
  return done;
}

/** How many people are not emptied to the end. */
export const erasuresLeft = async ({ database }: Pick<Deps, 'database'>): Promise<number> =>
  (await openErasures(database)).length;
