/**
 * `postmaster` of every domain of ours is ours as well, and so is the one without a domain, which can only be that of whoever is asked
 * (RFC 5321 §4.5.1).
 */
import { normaliseAddress } from './address.ts';

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The address in its plain form; null where it is no postmaster of ours. `ours` in their plain form, best first. */
export function ourPostmaster(address: string, ours: readonly (string | null)[]): string | null {
  const domains = ours.flatMap((one) => (one === null ? [] : [domainOf(one)]));
  if (/^"?postmaster"?$/i.test(address.trim())) return domains[0] === undefined ? null : `postmaster@${domains[0]}`;
  const normal = /postmaster/i.test(address) ? normaliseAddress(address) : null;
  if (normal === null) return null;
  const [local, domain] = [normal.slice(0, normal.lastIndexOf('@')), domainOf(normal)];
  return (local === 'postmaster' || local.startsWith('postmaster+')) && domains.includes(domain)
    ? `postmaster@${domain}`
    : null;
}
