import { domainOf, foldPlus } from '../mail/address.ts';

/** `a+x@` is counted as `a@`. An `@` in front tells the domain from an address. */
export const guessKeys = (sender: string): readonly [address: string, domain: string] => [
  foldPlus(sender),
  `@${domainOf(sender)}`,
];
