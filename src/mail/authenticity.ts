/** The grade of a mail (POLICY §11.1) from the verdicts of the operator's own mail server (RFC 8601). Why so: decision 0008. */
import { domainOf, normaliseAddress } from './address.ts';
import type { HeaderLine } from './header-line.ts';
import { sameOrganisation } from './organisation.ts';
import type { FromHeader, Grade } from './parsed-mail.ts';
import { allValues } from './raw-headers.ts';

export type GradeResult = { readonly grade: Grade; readonly reason: string };

/** `judged`: our mail server has spoken about DMARC or DKIM, whatever it said; nobody need check again. */
export type Heard = GradeResult & { readonly judged: boolean };

type Verdict = { readonly method: string; readonly result: string; readonly properties: ReadonlyMap<string, string> };

/** Splits at `;` and white space outside quotes; comments are dropped, so that nothing within them counts. */
function readResults(value: string): string[][] | null {
  const statements: string[][] = [[]];
  let word = '';
  const endWord = () => {
    if (word !== '') statements.at(-1)?.push(word);
    word = '';
  };
  for (let i = 0; i < value.length; i++) {
    const c = value.charAt(i);
    if (c === '"') {
      const start = i;
      for (i++; i < value.length && value[i] !== '"'; i++) if (value[i] === '\\') i++;
      if (i >= value.length) return null;
      const inner = value.slice(start + 1, i);
      // A plain word may be quoted. Anything else keeps its quotes: it never equals a domain, whatever it says.
      word += /^[\w.@-]+$/.test(inner) ? inner : value.slice(start, i + 1).replace(/[;\s]/g, '_');
    } else if (c === '(') {
      let depth = 0;
      for (; i < value.length; i++) {
        if (value[i] === '\\') i++;
        else if (value[i] === '(') depth++;
        else if (value[i] === ')' && --depth === 0) break;
      }
      if (i >= value.length) return null;
      endWord();
    } else if (c === ';') {
      endWord();
      statements.push([]);
    } else if (/\s/.test(c)) endWord();
    else word += c;
  }
  endWord();
  return statements;
}

const lower = (value: string): string => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function readVerdict(words: readonly string[]): Verdict | null {
  // `dkim = pass` is allowed by the grammar.
  const joined = words.join(' ').replace(/ ?= ?/g, '=').split(' ');
  const [head = '', ...rest] = joined;
  const found = /^([a-z0-9-]+)(?:\/\d+)?=([a-z]+)$/.exec(lower(head));
  if (!found) return null;
  const properties = new Map<string, string>();
  for (const word of rest) {
    const at = word.indexOf('=');
    const name = lower(word.slice(0, at));
    // The first counts; whoever adds a second hopes for the last.
    if (at > 0 && !properties.has(name)) properties.set(name, lower(word.slice(at + 1)));
  }
  return { method: found[1] ?? '', result: found[2] ?? '', properties };
}

const asDomain = (value: string | undefined): string | null => {
  if (value === undefined) return null;
  const address = normaliseAddress(`x@${value.slice(value.lastIndexOf('@') + 1)}`);
  return address === null ? null : domainOf(address);
};

/** `header.from` is the domain of From (RFC 8601 §2.7.2); some servers write the one above it that the policy came from. */
const namesFrom = (named: string | null, fromDomain: string): boolean =>
  named !== null && (fromDomain === named || (fromDomain.endsWith(`.${named}`) && sameOrganisation(named, fromDomain)));

/** `authserv-id [version]`, of which there is one (RFC 8601 §2.2); a header of another version says nothing we know. */
function isOf(authservId: string, statements: readonly (readonly string[])[]): boolean {
  const [name = '', version = '1', ...more] = statements[0] ?? [];
  return lower(name) === lower(authservId) && version === '1' && more.length === 0;
}

/**
 * `verified`: DMARC passed, or a DKIM signature aligned with From did. `failed`: DMARC failed, or there is not exactly one plain
 * From. Only the topmost header of our own server is believed, whole; SPF alone and ARC never count.
 * @param authservId the name our server signs its verdicts with; null believes none
 */
export function gradeOf(from: FromHeader, lines: readonly HeaderLine[], authservId: string | null): Heard {
  if (from.kind !== 'one') return { grade: 'failed', reason: `no single plain From (${from.kind})`, judged: true };
  if (authservId === null) return { grade: 'unverified', reason: 'no mail server is believed', judged: false };
  // One that cannot be read may be ours: what stands below it is not believed in its place.
  const ours = allValues(lines, 'authentication-results')
    .map(readResults)
    .find((statements) => statements === null || isOf(authservId, statements));
  if (!ours) {
    return { grade: 'unverified', reason: 'our mail server gave no verdict that can be read', judged: false };
  }
  const verdicts = ours.slice(1).flatMap((words) => readVerdict(words) ?? []);
  const judged = verdicts.some((one) => one.method === 'dmarc' || one.method === 'dkim');
  return { ...gradeByVerdicts(verdicts, domainOf(from.address)), judged };
}

function gradeByVerdicts(verdicts: readonly Verdict[], fromDomain: string): GradeResult {
  const dmarc = verdicts.filter((one) => one.method === 'dmarc');
  if (dmarc.some((one) => one.result === 'fail')) return { grade: 'failed', reason: 'DMARC failed' };
  const passed = ({ result, properties }: Verdict): boolean => {
    const named = properties.get('header.from');
    return result === 'pass' && (named === undefined || namesFrom(asDomain(named), fromDomain));
  };
  if (dmarc.length === 1 && dmarc.every(passed)) return { grade: 'verified', reason: 'DMARC passed' };
  const signed = verdicts.some(({ method, result, properties }) => {
    if (method !== 'dkim' || result !== 'pass') return false;
    const signer = asDomain(properties.get('header.d') ?? properties.get('header.i'));
    return signer !== null && sameOrganisation(signer, fromDomain);
  });
  if (signed) return { grade: 'verified', reason: 'an aligned DKIM signature passed' };
  return { grade: 'unverified', reason: 'neither DMARC nor an aligned DKIM signature passed' };
}

/** Signers that a DKIM-Signature line of the mail names and that would count for this From; no line costs nothing. */
export function alignedSigners(lines: readonly HeaderLine[], from: FromHeader): string[] {
  if (from.kind !== 'one') return [];
  const fromDomain = domainOf(from.address);
  return allValues(lines, 'dkim-signature').flatMap((value) => {
    const named = /(?:^|;)[ \t]{0,80}d[ \t]{0,80}=[ \t]{0,80}([^;\s]{1,253})/.exec(value)?.[1];
    const signer = asDomain(named);
    return signer !== null && sameOrganisation(signer, fromDomain) ? [signer] : [];
  });
}
