/** How changes of support PINs are written. */
import type { PinIssued, PinTried } from '../../changes/pin.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';
import { recordTries } from '../pin-tries.ts';
import { goodUntil, pinOfSite } from '../pins.ts';
import { putPins } from '../registry-put.ts';

/** The caller holds the registry's lock and has drawn it there. */
export async function writePinIssued(tx: Tx, change: PinIssued): Promise<PinIssued> {
  const { pin, siteId, site, before, graceDays } = change;
  if (pin === null) throw new Error('a PIN is drawn before it is written');
  if ((await pinOfSite(tx, site))?.pin !== before)
    throw new Failure('facts-stale', `site ${site} has got another PIN meanwhile`);
  await putPins(tx, [{ site: siteId, pin }]);
  return { ...change, beforeGoodUntil: before === null ? null : await goodUntil(tx, graceDays) };
}

export const writePinTried = (tx: Tx, change: PinTried): Promise<void> =>
  recordTries(tx, change.mail, change.at, change);
