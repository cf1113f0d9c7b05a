/** New support PINs, drawn so that nobody can foresee them (POLICY §1). */
import { randomInt } from 'node:crypto';
import type { OwnChange } from '../../changes/change.ts';
import { Failure } from '../../foundation/failure.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { Tx } from '../../store/database.ts';
import { goodUntil, takenPins } from '../../store/pins/pins.ts';

/** Digits that somebody gave up are not given to another for a year: letters with them lie about for longer than the days of grace. */
const restDays = 365;

/** Each free PIN is as likely as the next; null where none is free. */
function drawPin(digits: number, taken: ReadonlySet<string>): string | null {
  const all = 10 ** digits;
  const written = (number: number) => String(number).padStart(digits, '0');
  if (taken.size >= all) return null;
  // With half of them free or more, trying again ends soon; else the free ones are few enough to count.
  if (taken.size < all / 2) {
    let pin = written(randomInt(all));
    while (taken.has(pin)) pin = written(randomInt(all));
    return pin;
  }
  const free = Array.from({ length: all }, (_, number) => written(number)).filter((pin) => !taken.has(pin));
  return free[randomInt(free.length)] ?? null;
}

/** Under the lock of the registry: nobody draws what another is about to write. Fails with `conflict` where every PIN of that many digits is taken. */
export async function withDrawnPins(
  tx: Tx,
  changes: readonly OwnChange[],
  { pinDigits, pinGraceDays }: Pick<RegistryPolicy, 'pinDigits' | 'pinGraceDays'>,
): Promise<readonly OwnChange[]> {
  if (!changes.some(({ kind }) => kind === 'pin-issued')) return changes;
  const taken = await takenPins(tx, pinDigits, Math.max(restDays, pinGraceDays));
  const until = await goodUntil(tx, pinGraceDays);
  return changes.map((change) => {
    if (change.kind !== 'pin-issued') return change;
    const pin = drawPin(pinDigits, taken);
    if (pin === null)
      throw new Failure('conflict', `Every PIN of ${pinDigits} digits is taken; set pinDigits in the policy to more.`);
    taken.add(pin);
    return { ...change, pin, beforeGoodUntil: change.before === null ? null : until };
  });
}
