import { domainOf, foldPlus } from './address.ts';
import { registeredDomain } from './organisation.ts';

/**
 * `a+x@` is counted as `a@`, and `a.b.example` as `b.example`: whoever has a domain has as many names below it as they like.
 * An `@` in front tells the domain from an address.
 */
export const guessKeys = (sender: string): readonly [address: string, domain: string] => [
  foldPlus(sender),
  `@${registeredDomain(domainOf(sender))}`,
];

/** What a block may be written under: the address, its domain, and every domain above that. */
export function blockKeys(sender: string): string[] {
  const labels = domainOf(sender).split('.');
  return [foldPlus(sender), ...labels.slice(0, -1).map((_, n) => `@${labels.slice(n).join('.')}`)];
}
