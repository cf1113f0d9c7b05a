/** What somebody typed to find a customer: words, and `key:value` where one word could mean several things. */
import { readSearch, type SearchPart } from '../../foundation/search-query.ts';
import { normaliseAddress } from '../../mail/address/address.ts';
import type { SiteSought } from '../../store/registry/site-list.ts';

const keys = ['site', 'name', 'pin', 'from', 'licence'] as const;
type Key = (typeof keys)[number];

export type CustomerSearch = {
  readonly sought: readonly SiteSought[];
  /** Each part, as it was understood. */
  readonly understood: readonly string[];
  readonly faults: readonly string[];
};

type How = {
  readonly graceDays: number;
  /** A PIN opens cases: whoever may not have one is not told whose it is. */
  readonly pins: boolean;
};
type Read = { readonly sought: SiteSought; readonly says: string } | { readonly fault: string };

const isDigits = (value: string, least: number, most: number): boolean =>
  /^\d+$/.test(value) && value.length >= least && value.length <= most;

/** From an `@` on it is everybody of that domain. */
function addressOf(value: string): Read {
  const small = value.toLowerCase();
  if (/^@[^\s@]+$/.test(small)) return { sought: { address: small }, says: `somebody of ${small.slice(1)}` };
  const address = normaliseAddress(value);
  return address === null
    ? { fault: `“${value}” is no address.` }
    : { sought: { address }, says: `somebody with the address ${address}` };
}

function ofKey(key: Key, value: string, { graceDays, pins }: How): Read {
  switch (key) {
    case 'site':
      return isDigits(value, 7, 7)
        ? { sought: { number: value }, says: `site ${value}` }
        : { fault: `“${value}” is no number of a site: it has 7 digits.` };
    case 'name':
      return { sought: { name: value }, says: `“${value}” in the name` };
    case 'pin':
      if (!pins) return { fault: 'Whoever may not have a PIN does not look for one.' };
      return isDigits(value, 3, 10)
        ? { sought: { pin: { digits: value, graceDays } }, says: `PIN ${value}` }
        : { fault: `“${value}” is no PIN: it has 3 to 10 digits.` };
    case 'from':
      return addressOf(value);
    case 'licence':
      return { sought: { licence: value }, says: `licence or service tag ${value}` };
    default:
      return key satisfies never;
  }
}

/** A word is looked for wherever it may stand. */
function ofWord({ value, phrase }: SearchPart, how: How): Read {
  if (!phrase && value.includes('@')) return addressOf(value);
  const { graceDays, pins } = how;
  const number = isDigits(value, 7, 7) ? { number: value } : {};
  const pin = pins && isDigits(value, 3, 10) ? { pin: { digits: value, graceDays } } : {};
  return { sought: { name: value, licence: value, ...number, ...pin }, says: `“${value}”` };
}

export function customerSearch(q: string, how: How): CustomerSearch {
  const read = readSearch(q, keys).map((part) =>
    part.key === null ? ofWord(part, how) : ofKey(part.key as Key, part.value, how),
  );
  return {
    sought: read.flatMap((one) => ('sought' in one ? [one.sought] : [])),
    understood: read.flatMap((one) => ('says' in one ? [one.says] : [])),
    faults: read.flatMap((one) => ('fault' in one ? [one.fault] : [])),
  };
}
