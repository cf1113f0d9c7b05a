/** What somebody looks for among mails: typed words and `key:value` as filters, each with the words in which it was understood. */

import { heldAs, mailOutcomes } from '../../changes/outcome.ts';
import { didYouMean } from '../../foundation/nearest-word.ts';
import { keyMeant, readSearch, type SearchPart, searchText } from '../../foundation/search-query.ts';
import { datesMeant, momentSaid } from './dates-said.ts';
import { outcomeWords } from './outcome-words.ts';

export type MailFilter =
  | { readonly kind: 'from'; readonly address: string }
  /** A part of the sender's address, such as their domain. */
  | { readonly kind: 'from-part'; readonly part: string }
  | { readonly kind: 'to'; readonly part: string }
  /** With angle brackets. */
  | { readonly kind: 'message-id'; readonly messageId: string }
  /** Typed without a key: one of the two. */
  | { readonly kind: 'address-or-message-id'; readonly address: string }
  | { readonly kind: 'case'; readonly number: string }
  | { readonly kind: 'mail'; readonly id: string }
  | { readonly kind: 'site'; readonly number: string }
  | { readonly kind: 'outcome'; readonly outcome: string }
  | { readonly kind: 'state'; readonly state: 'new' | 'decided' | 'dead' }
  | { readonly kind: 'held' }
  | { readonly kind: 'since' | 'until'; readonly at: string }
  /** Stands in the subject or the sender's address. */
  | { readonly kind: 'words'; readonly text: string };

export type Understood = {
  /** Such as "from ada@aldous.example". */
  readonly says: string;
  /** What would be typed without it. */
  readonly without: string;
};

export type MailSearch = {
  readonly filters: readonly MailFilter[];
  readonly understood: readonly Understood[];
  /** What cannot be used as it was typed, in sentences; the rest counts. */
  readonly faults: readonly string[];
};

const mailSearchKeys = [
  'from',
  'to',
  'site',
  'case',
  'outcome',
  'state',
  'is',
  'since',
  'until',
  'message-id',
  'mail',
] as const;
type Key = (typeof mailSearchKeys)[number];
type Read = { readonly filter: MailFilter; readonly says: string } | { readonly fault: string };
export type SearchedAt = { readonly now: string; readonly zone: string };

const isAddress = (text: string): boolean => /^[^\s<>@"]+@[^\s<>@"]+\.[^\s<>@".]+$/u.test(text);
/** A to Z alone are folded, as addresses are compared. */
const folded = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const bracketed = (text: string): string => `<${text.replace(/^<|>$/g, '')}>`;

const states = { new: 'not decided yet', decided: 'decided', dead: 'given up' } as const;

const hyphens = (text: string): string => text.replaceAll(/[:,]?[\s_]+/g, '-');
const outcomeNames = [...mailOutcomes, ...mailOutcomes.map(heldAs)];

function outcomeOf(value: string): Read {
  const said = hyphens(value.toLowerCase());
  const found = mailOutcomes.find(
    (one) => one === said || one === `held-${said}` || hyphens(outcomeWords[one]) === said,
  );
  if (!found) return { fault: `There is no outcome “${value}”${didYouMean(outcomeNames, said)}.` };
  return { filter: { kind: 'outcome', outcome: found }, says: outcomeWords[found] };
}

function numberOf(value: string, what: string, filter: (digits: string) => MailFilter): Read {
  const digits = value.replace(/^#/, '');
  return /^\d{1,18}$/.test(digits)
    ? { filter: filter(digits), says: `${what} ${digits}` }
    : { fault: `“${value}” is no number of a ${what}: it has digits only.` };
}

function isWhat(value: string): Read {
  const said = value.toLowerCase();
  if (said === 'held') return { filter: { kind: 'held' }, says: 'held' };
  if (said === 'new' || said === 'dead') return { filter: { kind: 'state', state: said }, says: states[said] };
  return { fault: `After is: stands held, new or dead${didYouMean(['held', 'new', 'dead'], said)}.` };
}

function moment(kind: 'since' | 'until', value: string, at: SearchedAt): Read {
  const read = momentSaid(value, at);
  return read === null
    ? { fault: `After ${kind}: stands ${datesMeant}.` }
    : { filter: { kind, at: read }, says: `${kind === 'since' ? 'since' : 'before'} ${value}` };
}

function keyed(key: Key, value: string, at: SearchedAt): Read {
  switch (key) {
    case 'from':
      return isAddress(value)
        ? { filter: { kind: 'from', address: folded(value) }, says: `from ${folded(value)}` }
        : { filter: { kind: 'from-part', part: folded(value) }, says: `from an address with ${folded(value)}` };
    case 'to':
      return { filter: { kind: 'to', part: folded(value) }, says: `to ${folded(value)}` };
    case 'site':
      return numberOf(value, 'site', (number) => ({ kind: 'site', number }));
    case 'case':
      return numberOf(value, 'case', (number) => ({ kind: 'case', number }));
    case 'mail':
      return numberOf(value, 'mail', (id) => ({ kind: 'mail', id }));
    case 'message-id':
      return { filter: { kind: 'message-id', messageId: bracketed(value) }, says: `Message-ID ${bracketed(value)}` };
    case 'outcome':
      return outcomeOf(value);
    case 'state': {
      const said = value.toLowerCase();
      if (Object.hasOwn(states, said)) {
        const state = said as keyof typeof states;
        return { filter: { kind: 'state', state }, says: states[state] };
      }
      return {
        fault: `There is no state “${value}”${didYouMean(Object.keys(states), said)}: new, decided and dead are.`,
      };
    }
    case 'is':
      return isWhat(value);
    case 'since':
    case 'until':
      return moment(key, value, at);
    default:
      return key satisfies never;
  }
}

function bare({ value, phrase }: SearchPart): Read {
  if (!phrase && /^<[^\s<>]+@[^\s<>]+>$/u.test(value))
    return { filter: { kind: 'message-id', messageId: value }, says: `Message-ID ${value}` };
  if (!phrase && isAddress(value)) {
    const address = folded(value);
    return {
      filter: { kind: 'address-or-message-id', address: value },
      says: `from ${address}, or with it as Message-ID`,
    };
  }
  return { filter: { kind: 'words', text: value }, says: `“${value}” in the subject or the sender’s address` };
}

/** Every text is understood somehow. */
export function mailSearch(said: string, at: SearchedAt): MailSearch {
  const parts = readSearch(said, mailSearchKeys);
  const without = (part: SearchPart) =>
    searchText(
      parts.filter((one) => one !== part),
      mailSearchKeys,
    );
  const filters: MailFilter[] = [];
  const understood: Understood[] = [];
  const faults: string[] = [];
  for (const part of parts) {
    const read = part.key === null ? bare(part) : keyed(part.key as Key, part.value, at);
    if ('fault' in read) {
      faults.push(read.fault);
      continue;
    }
    filters.push(read.filter);
    understood.push({ says: read.says, without: without(part) });
    const meant = part.key === null && !part.phrase ? keyMeant(part.value, mailSearchKeys) : null;
    if (meant !== null) faults.push(`“${part.value}” was looked for as it stands; did you mean ${meant}:?`);
  }
  return { filters, understood, faults };
}
