/** How changes of support PINs are written. */
import type { PinIssued, PinTried } from '../../changes/pins/pin.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';
import { recordTries } from '../pins/pin-tries.ts';
import { pinOfSite } from '../pins/pins.ts';
import { putPins } from '../registry/write-registry.ts';

/** It is drawn, and the registry's lock is held since then. */
export async function writePinIssued(tx: Tx, { pin, siteId, site, before }: PinIssued): Promise<void> {
  if (pin === null) throw new Error('a PIN is drawn before it is written');
  if ((await pinOfSite(tx, site))?.pin !== before)
    throw new Failure('facts-stale', `site ${site} has got another PIN meanwhile`);
  await putPins(tx, [{ site: siteId, pin }]);
}

export const writePinTried = (tx: Tx, change: PinTried): Promise<void> =>
  recordTries(tx, change.mail, change.at, change);
