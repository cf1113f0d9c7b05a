/** What somebody looks for among cases: typed words and `key:value` as filters, each with the words in which it was understood. */
import { didYouMean } from '../../foundation/nearest-word.ts';
import { keyMeant, readSearch, type SearchPart, searchText } from '../../foundation/search-query.ts';
import { type CaseKind, caseKinds, type Severity } from '../case.ts';
import { dueSaid, isFromNow, spansMeant } from './due-said.ts';
import { senderTerm, type Term, termsOf } from './terms.ts';

export type CaseFilter =
  | { readonly kind: 'status'; readonly status: 'open' | 'closed' | 'any' }
  | { readonly kind: 'severity'; readonly severities: readonly Severity[] }
  /** An address or a part of a name; `me` and `none` are what they say. */
  | { readonly kind: 'owner'; readonly who: string }
  | { readonly kind: 'of-kind'; readonly of: CaseKind }
  /** By its number, or a part of its name. */
  | { readonly kind: 'site'; readonly number: string }
  | { readonly kind: 'site-named'; readonly part: string }
  /** The first answer is owed before then; ISO 8601. */
  | { readonly kind: 'due'; readonly before: string }
  /** Or then, or later. */
  | { readonly kind: 'due-from'; readonly from: string }
  | { readonly kind: 'case'; readonly number: string }
  | { readonly kind: Standing };

const standings = {
  unanswered: 'first answer owed',
  late: 'first answer late',
  waiting: 'waits for the customer',
  proposed: 'solution proposed',
  lapsed: 'support has ended',
} as const;
/** How an open case stands. */
type Standing = keyof typeof standings;

export type Understood = {
  /** Such as `owner kim`. */
  readonly says: string;
  /** What would be typed without it. */
  readonly without: string;
};

export type CaseSearch = {
  readonly filters: readonly CaseFilter[];
  readonly terms: readonly Term[];
  readonly understood: readonly Understood[];
  /** What cannot be used as it was typed, in sentences; the rest counts. */
  readonly faults: readonly string[];
};

export const caseSearchKeys = ['site', 'owner', 'severity', 'status', 'kind', 'due', 'from', 'is', 'case'] as const;
export type CaseSearchKey = (typeof caseSearchKeys)[number];
export type SearchedAt = { readonly now: string; readonly zone: string };
export type Read =
  | { readonly filter: CaseFilter; readonly says: string }
  | { readonly terms: readonly Term[]; readonly says: string }
  | { readonly fault: string };

/** With the end of the sentence. */
const nearest = (known: readonly string[], said: string): string => didYouMean(known, said) || '.';

const hyphens = (text: string): string => text.toLowerCase().replaceAll(/[\s_]+/g, '-');

/** As it is written: a severity below 2 is 1. */
const isSo = {
  '<': (one: number, than: number) => one < than,
  '<=': (one: number, than: number) => one <= than,
  '>': (one: number, than: number) => one > than,
  '>=': (one: number, than: number) => one >= than,
} as const;
type Sign = keyof typeof isSo;

/** `<2h`, `>= 3`: the sign in front, and what it compares with. */
function comparedBy(said: string): { readonly sign: Sign | null; readonly value: string } {
  const sign = /^[<>]=?/.exec(said)?.[0] ?? '';
  return { sign: sign === '' ? null : (sign as Sign), value: said.slice(sign.length).trim() };
}

function severityOf(value: string): Read {
  const said = value.replaceAll(/\s/g, '');
  if (!/^(?:[<>]=?[1-4]|[1-4]-[1-4]|[1-4](?:,[1-4])*)$/.test(said))
    return { fault: 'After severity: stands 1, 2, 3 or 4, or several: 1,2.' };
  const [low = 0, high = 0] = said.split('-').map(Number);
  const { sign, value: than } = comparedBy(said);
  const all = ([1, 2, 3, 4] as const).filter((one) => {
    if (sign !== null) return isSo[sign](one, Number(than));
    return said.includes('-') ? one >= low && one <= high : said.split(',').includes(`${one}`);
  });
  if (all.length === 0) return { fault: `No severity is ${value}: there are 1 to 4.` };
  return { filter: { kind: 'severity', severities: all }, says: `severity ${all.join(' or ')}` };
}

function ownerOf(value: string): Read {
  const who = value.toLowerCase();
  if (who === 'me') return { filter: { kind: 'owner', who }, says: 'yours' };
  if (who === 'none' || who === 'nobody') return { filter: { kind: 'owner', who: 'none' }, says: 'nobody has it' };
  return { filter: { kind: 'owner', who: value }, says: `owner ${value}` };
}

function siteOf(value: string): Read {
  if (/^#?\d{1,18}$/.test(value)) {
    const number = value.replace('#', '');
    return { filter: { kind: 'site', number }, says: `site ${number}` };
  }
  return { filter: { kind: 'site-named', part: value }, says: `a site with “${value}” in its name` };
}

function statusOf(value: string): Read {
  const said = hyphens(value);
  if (said === 'open' || said === 'closed' || said === 'any')
    return { filter: { kind: 'status', status: said }, says: said === 'any' ? 'open or closed' : said };
  if (Object.hasOwn(standings, said)) {
    const kind = said as Standing;
    return { filter: { kind }, says: standings[kind] };
  }
  const known = ['open', 'closed', 'any', ...Object.keys(standings)];
  return { fault: `A case is not “${value}”${nearest(known, said)} There are ${known.join(', ')}.` };
}

function kindOf(value: string): Read {
  const said = hyphens(value);
  const of = caseKinds.find((one) => one === said || `${one}s` === said);
  return of
    ? { filter: { kind: 'of-kind', of }, says: `kind ${of}` }
    : { fault: `There is no kind of case “${value}”${nearest(caseKinds, said)}` };
}

function isOf(value: string): Read {
  const said = hyphens(value);
  if (said === 'mine') return ownerOf('me');
  if (said === 'unowned' || said === 'nobodys') return ownerOf('none');
  return statusOf(said);
}

/** Of a day all of it counts, but where it says before it, or later. */
function dueOf(given: string, at: SearchedAt): Read {
  const { sign, value } = comparedBy(given);
  const when = dueSaid(value, at, sign === '<' || sign === '>=' ? 'begin' : 'end');
  if (when === null) return { fault: `After due${sign ?? '<'} stands ${spansMeant}.` };
  const said = value.toLowerCase();
  const owed = 'first answer owed';
  if (sign === '>' || sign === '>=')
    return {
      filter: { kind: 'due-from', from: when },
      says: isFromNow(said) ? `${owed} in ${said} or later` : `${owed} ${sign === '>' ? 'after' : 'from'} ${said}`,
    };
  return {
    filter: { kind: 'due', before: when },
    says: sign === '<' && !isFromNow(said) ? `${owed} before ${said}` : `${owed} within ${said}`,
  };
}

function senderOf(value: string): Read {
  const term = senderTerm(value);
  return term === null
    ? { fault: 'After from: stands an address, or a part of one.' }
    : { terms: [term], says: `from ${value}` };
}

export function keyed(key: CaseSearchKey, value: string, at: SearchedAt): Read {
  switch (key) {
    case 'site':
      return siteOf(value);
    case 'owner':
      return ownerOf(value);
    case 'severity':
      return severityOf(value);
    case 'status':
      return statusOf(value);
    case 'kind':
      return kindOf(value);
    case 'due':
      return dueOf(value, at);
    case 'from':
      return senderOf(value);
    case 'is':
      return isOf(value);
    case 'case':
      return /^#?\d{1,18}$/.test(value)
        ? { filter: { kind: 'case', number: value.replace('#', '') }, says: `case ${value.replace('#', '')}` }
        : { fault: `“${value}” is no number of a case: it has digits only.` };
    default:
      return key satisfies never;
  }
}

function bare({ value, phrase }: SearchPart, at: SearchedAt): Read {
  const compared = phrase ? null : /^(due|severity)([<>].+)$/iu.exec(value);
  if (compared) {
    const [, key = '', than = ''] = compared;
    return key.toLowerCase() === 'due' ? dueOf(than, at) : severityOf(than);
  }
  const terms = termsOf(value, { phrase });
  if (terms.length === 0) return { fault: `“${value}” holds no letter and no digit, and was left out.` };
  return { terms, says: phrase ? `“${value}” as it stands` : `“${value}”` };
}

/** Every text is understood somehow. */
export function caseSearch(said: string, at: SearchedAt): CaseSearch {
  const parts = readSearch(said, caseSearchKeys);
  const without = (part: SearchPart) =>
    searchText(
      parts.filter((one) => one !== part),
      caseSearchKeys,
    );
  const filters: CaseFilter[] = [];
  const terms: Term[] = [];
  const understood: Understood[] = [];
  const faults: string[] = [];
  for (const part of parts) {
    const read = part.key === null ? bare(part, at) : keyed(part.key as CaseSearchKey, part.value, at);
    if ('fault' in read) {
      faults.push(read.fault);
      continue;
    }
    if ('filter' in read) filters.push(read.filter);
    else terms.push(...read.terms);
    understood.push({ says: read.says, without: without(part) });
    const meant = part.key === null && !part.phrase ? keyMeant(part.value, caseSearchKeys) : null;
    if (meant !== null) faults.push(`“${part.value}” was looked for as it stands; did you mean ${meant}:?`);
  }
  return { filters, terms, understood, faults };
}

/** What only mails have: whoever looks for it is shown the way there. */
export const asksForMails = (said: string): boolean =>
  readSearch(said, ['outcome', 'message-id', 'mail', 'is']).some(
    ({ key, value }) => (key !== null && key !== 'is') || (key === 'is' && /^(held|new|dead)$/i.test(value)),
  );
