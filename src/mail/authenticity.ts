/** The grade of a mail (POLICY §11.1) from the verdicts of the operator's own mail server (RFC 8601). */
import { domainOf, normaliseAddress } from './address.ts';
import type { HeaderLine } from './header-line.ts';
import type { FromHeader, Grade } from './parsed-mail.ts';
import { allValues } from './raw-headers.ts';

export type GradeResult = { readonly grade: Grade; readonly reason: string };

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
      // A quoted value keeps its quotes: it never equals a domain, whatever it says.
      word += value.slice(start, i + 1).replace(/[;\s]/g, '_');
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

/**
 * The signer is the domain of From or one above it. A signer below it (`d=mail.example.com` for `example.com`) would need the
 * list of public suffixes: on `github.io` it is somebody else.
 */
const aligned = (signer: string | null, fromDomain: string): boolean =>
  signer !== null && (fromDomain === signer || fromDomain.endsWith(`.${signer}`));

/**
 * `verified`: DMARC passed, or a DKIM signature aligned with From did. `failed`: DMARC failed, or there is not exactly one plain
 * From. Only the topmost header of our own server is believed, whole; SPF alone and ARC never count.
 * @param authservId the name our server signs its verdicts with; null believes none
 */
export function gradeOf(from: FromHeader, lines: readonly HeaderLine[], authservId: string | null): GradeResult {
  if (from.kind !== 'one') {
    return { grade: 'failed', reason: `no single plain From (${from.kind})` };
  }
  if (authservId === null) return { grade: 'unverified', reason: 'no mail server is believed' };
  const fromDomain = domainOf(from.address);
  // One that cannot be read may be ours: what stands below it is not believed in its place.
  const ours = allValues(lines, 'authentication-results')
    .map(readResults)
    .find((statements) => statements === null || lower(statements[0]?.[0] ?? '') === lower(authservId));
  if (!ours) return { grade: 'unverified', reason: 'our mail server gave no verdict that can be read' };
  const verdicts = ours.slice(1).flatMap((words) => readVerdict(words) ?? []);
  const dmarc = verdicts.filter((one) => one.method === 'dmarc');
  if (dmarc.some((one) => one.result === 'fail')) return { grade: 'failed', reason: 'DMARC failed' };
  const dmarcFrom = (one: Verdict) => one.properties.get('header.from');
  if (
    dmarc.length === 1 &&
    dmarc.every(
      (one) => one.result === 'pass' && (dmarcFrom(one) === undefined || aligned(asDomain(dmarcFrom(one)), fromDomain)),
    )
  ) {
    return { grade: 'verified', reason: 'DMARC passed' };
  }
  const signed = verdicts.some(
    (one) =>
      one.method === 'dkim' &&
      one.result === 'pass' &&
      aligned(asDomain(one.properties.get('header.d') ?? one.properties.get('header.i')), fromDomain),
  );
  if (signed) return { grade: 'verified', reason: 'an aligned DKIM signature passed' };
  return { grade: 'unverified', reason: 'neither DMARC nor an aligned DKIM signature passed' };
}
