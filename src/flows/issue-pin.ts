/** A new support PIN for a site, drawn so that nobody can foresee it (POLICY §1). */
import { randomInt } from 'node:crypto';
import { Failure } from '../foundation/failure.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { goodUntil, pinOfSite, takenPins } from '../store/pins.ts';
import { lockRegistry } from '../store/registry.ts';
import { putPins } from '../store/registry-put.ts';

export type IssuedPin = {
  readonly site: string;
  readonly pin: string;
  /** The PIN until now and the moment (ISO 8601) until which it is good; null where the site had none. */
  readonly before: string | null;
  readonly beforeGoodUntil: string | null;
};

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

/** Fails with `not-found` where there is no such site, with `conflict` where every PIN of that many digits is taken. */
export async function issuePin(
  database: Database,
  site: string,
  actor: string,
  policy: Pick<RegistryPolicy, 'pinDigits' | 'pinGraceDays'>,
): Promise<IssuedPin> {
  return database.transaction(async (tx) => {
    // Imports and issuers wait for each other: nobody draws what another is about to write.
    await lockRegistry(tx);
    const known = await pinOfSite(tx, site);
    if (!known) throw new Failure('not-found', `there is no site ${site}`);
    const { pinDigits, pinGraceDays } = policy;
    const pin = drawPin(pinDigits, await takenPins(tx, pinDigits, Math.max(restDays, pinGraceDays)));
    if (pin === null)
      throw new Failure('conflict', `every PIN of ${pinDigits} digits is taken; set pinDigits in the policy to more`);
    await putPins(tx, [{ site: known.id, pin }]);
    const before = known.pin;
    const beforeGoodUntil = before === null ? null : await goodUntil(tx, pinGraceDays);
    const detail = { pin, before, beforeGoodUntil };
    await writeAudit(tx, [{ actor, action: 'pin-issued', subjectKind: 'site', subjectId: site, detail }]);
    return { site, ...detail };
  });
}
