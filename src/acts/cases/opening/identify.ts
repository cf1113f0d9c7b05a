/** Whether whoever calls is of the site (POLICY §4.4). */
import { goodPin } from '../../../registry/pin.ts';
import { type Given, type Refusal, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import type { CallerRecords } from './records.ts';

/** How it was found, or why it was not. */
export function identifiedBy(
  {
    site,
    pin,
    identified,
  }: { readonly site: string; readonly pin?: string | undefined; readonly identified?: string | undefined },
  { of, pins }: NonNullable<CallerRecords['caller']>,
  given: Given,
): string | Refusal {
  if (pin !== undefined) {
    const good = goodPin(pins, given.now, given.policy);
    if (good?.pin.siteId === of.site.id) return 'PIN';
    const own = pins.find(({ siteId }) => siteId === of.site.id);
    // Of the PINs of others nothing is told, as in §3 "Guessing".
    return refused(
      'conflict',
      own ? `That PIN of site ${site} was replaced.` : `That PIN is not the one of site ${site}.`,
    );
  }
  if (identified === undefined)
    return refused('bad-input', 'Give the PIN of the caller, or say how else a manager has identified them.');
  const who = staffFor(given, 'callers: identify');
  if (isRefusal(who)) return who;
  if (who === null)
    return refused('bad-input', 'Without a PIN a manager has to be named: `by` in a call, `--as` on a command.');
  return identified;
}
