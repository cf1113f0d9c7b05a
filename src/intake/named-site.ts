/** Which site a mail names (POLICY §3 "The PIN in the subject"). It routes and never authorises (§11.3). */
import type { SiteId } from '../foundation/ids.ts';
import { goodPin } from '../registry/pin.ts';
import type { Facts } from './facts.ts';
import type { Policy } from './policy.ts';

export type NamedSite =
  | { readonly kind: 'site'; readonly site: SiteId; readonly by: 'pin' | 'licence' | 'release' | 'renewal' }
  /** More than one PIN, or licence numbers of several sites. */
  | { readonly kind: 'several' }
  | { readonly kind: 'unknown' | 'retired' }
  | { readonly kind: 'none' };

/** A privileged PIN counts as none here. A licence number or service tag counts only where there is no PIN. */
export function namedSite(
  pins: readonly string[],
  licences: readonly string[],
  facts: Pick<Facts, 'pins' | 'licences'>,
  arrivedAt: string,
  policy: Policy,
): NamedSite {
  const supportPins = pins.filter((pin) => /^[0-9]{3,10}$/.test(pin));
  if (supportPins.length > 1) return { kind: 'several' };
  const [pin] = supportPins;
  if (pin !== undefined) {
    const known = facts.pins.filter((one) => one.pin === pin);
    const good = goodPin(known, arrivedAt, policy);
    if (good) return { kind: 'site', site: good.pin.siteId, by: 'pin' };
    return { kind: known.length > 0 ? 'retired' : 'unknown' };
  }
  const sites = new Set(
    facts.licences.filter((licence) => licences.includes(licence.number)).map((licence) => licence.site),
  );
  const [site] = sites;
  if (site === undefined) return { kind: 'none' };
  return sites.size === 1 ? { kind: 'site', site, by: 'licence' } : { kind: 'several' };
}
