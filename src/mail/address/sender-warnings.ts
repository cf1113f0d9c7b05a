/** What in the name of a sender may mislead a person who reads it before the address. */
import type { FromHeader } from '../parsed-mail.ts';

export type SenderWarning =
  /** The name shows an address that is not the one it comes from. */
  | { readonly kind: 'name-is-address'; readonly shown: string }
  /** The name is that of one of our people, and the address is none of theirs. */
  | { readonly kind: 'name-is-staff'; readonly person: string }
  /** The name or the domain looks like ours. */
  | { readonly kind: 'looks-like-ours'; readonly domain: string };

type Ours = {
  readonly addresses: readonly string[];
  readonly people: readonly { readonly name: string; readonly email: string }[];
};

/** Letters of other scripts, and signs, that read like these. */
const alike: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    х: 'x',
    у: 'y',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    т: 't',
    н: 'h',
    в: 'b',
    ѕ: 's',
    ԁ: 'd',
  },
  ...{ α: 'a', ε: 'e', ο: 'o', ρ: 'p', χ: 'x', υ: 'u', ι: 'i', κ: 'k', ν: 'v', τ: 't' },
  ...{ '0': 'o', '1': 'l', '3': 'e', '5': 's', '@': 'a', $: 's', ı: 'i', ł: 'l', ø: 'o', ß: 's' },
};

/** As an eye in a hurry takes it: small letters without marks, and what only looks like one of them. */
const skeleton = (text: string): string =>
  Array.from(
    text
      .normalize('NFKD')
      .replace(/\p{M}|\p{Cf}/gu, '')
      .toLowerCase(),
  )
    .map((letter) => alike[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('i', 'l');

/** Words in any order: "Oster, Kim" is Kim Oster. */
const wordsOf = (name: string): string[] => skeleton(name).match(/[\p{L}\p{N}]+/gu) ?? [];

function staffNamed(name: string, address: string, { people }: Ours): string | null {
  const words = new Set(wordsOf(name));
  const found = people.find((one) => {
    const own = wordsOf(one.name);
    // One word alone is the name of many.
    return own.length > 1 && own.every((word) => words.has(word));
  });
  return found === undefined || people.some(({ email, name: other }) => email === address && other === found.name)
    ? null
    : found.name;
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** A domain that is not ours and reads like one that is, or holds it. */
function domainLike(address: string, { addresses }: Ours): string | null {
  const domain = domainOf(address);
  const own = [...new Set(addresses.map(domainOf))];
  if (own.some((one) => domain === one || domain.endsWith(`.${one}`))) return null;
  const looks = (one: string) =>
    skeleton(domain) === skeleton(one) || domain.startsWith(`${one}.`) || domain.startsWith(`${one}-`);
  return own.some(looks) ? domain : null;
}

/** In the order in which they are shown; of a mail without a single plain sender there is nothing to be said. */
export function senderWarnings(from: FromHeader, ours: Ours): SenderWarning[] {
  if (from.kind !== 'one') return [];
  const { name, address } = from;
  const found: SenderWarning[] = [];
  const shown = name.normalize('NFKC').match(/[^\s<>()"',;]+@[^\s<>()"',;]+\.[^\s<>()"',;]+/u)?.[0];
  if (shown !== undefined && shown.toLowerCase() !== address.toLowerCase())
    found.push({ kind: 'name-is-address', shown });
  const person = staffNamed(name, address, ours);
  if (person !== null) found.push({ kind: 'name-is-staff', person });
  const domain = domainLike(address, ours);
  if (domain !== null) found.push({ kind: 'looks-like-ours', domain });
  return found;
}
