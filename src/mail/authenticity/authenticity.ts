/** The grade of a mail (POLICY §11.1) from the verdicts of the operator's own mail server (RFC 8601). Why so: decision 0008. */
import { domainOf, normaliseAddress } from '../address/address.ts';
import { registeredDomain, sameOrganisation } from '../address/organisation.ts';
import type { HeaderLine } from '../mime/header-line.ts';
import { allValues } from '../mime/raw-headers.ts';
import type { FromHeader, Grade, MailFacts } from '../parsed-mail.ts';
import { type DmarcPolicy, policyWritten } from './dmarc-policy.ts';

export type GradeResult = { readonly grade: Grade; readonly reason: string };

/** What is left to be found out is in `unjudged`, null where our mail server has said all that there is to know. */
type Heard = GradeResult & { readonly unjudged: NonNullable<MailFacts['unjudged']> | null };

type Statement = { readonly words: string[]; readonly comments: string[] };

type Verdict = {
  readonly method: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly comments: readonly string[];
};

/** Splits at `;` and white space outside quotes; comments are kept apart, so that nothing within them counts as a verdict. */
function readResults(value: string): Statement[] | null {
  const statements: Statement[] = [{ words: [], comments: [] }];
  let word = '';
  const endWord = () => {
    if (word !== '') statements.at(-1)?.words.push(word);
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
      const start = i;
      for (; i < value.length; i++) {
        if (value[i] === '\\') i++;
        else if (value[i] === '(') depth++;
        else if (value[i] === ')' && --depth === 0) break;
      }
      if (i >= value.length) return null;
      endWord();
      statements.at(-1)?.comments.push(value.slice(start + 1, i));
    } else if (c === ';') {
      endWord();
      statements.push({ words: [], comments: [] });
    } else if (/\s/.test(c)) endWord();
    else word += c;
  }
  endWord();
  return statements;
}

const lower = (value: string): string => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function readVerdict({ words, comments }: Statement): Verdict | null {
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
  return { method: found[1] ?? '', result: found[2] ?? '', properties, comments };
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
function isOf(authservId: string, statements: readonly Statement[]): boolean {
  const [name = '', version = '1', ...more] = statements[0]?.words ?? [];
  return lower(name) === lower(authservId) && version === '1' && more.length === 0;
}

/**
 * `verified`: DMARC passed, or a DKIM signature aligned with From did. `failed`: DMARC failed and the domain asks for quarantine or
 * reject, or there is not exactly one plain From. Only the topmost header of our own server is believed, whole; SPF alone and
 * ARC never count.
 * @param authservId the name our server signs its verdicts with; null believes none
 */
export function gradeOf(from: FromHeader, lines: readonly HeaderLine[], authservId: string | null): Heard {
  if (from.kind !== 'one') return { grade: 'failed', reason: `no single plain From (${from.kind})`, unjudged: null };
  // A signature that would count, where our mail server has not looked at it.
  const signed = alignedSigners(lines, from).length > 0;
  const unheard = (reason: string): Heard => ({ grade: 'unverified', reason, unjudged: signed ? 'signature' : null });
  if (authservId === null) return unheard('no mail server is believed');
  // One that cannot be read may be ours: what stands below it is not believed in its place.
  const ours = allValues(lines, 'authentication-results')
    .map(readResults)
    .find((statements) => statements === null || isOf(authservId, statements));
  if (!ours) return unheard('our mail server gave no verdict that can be read');
  const verdicts = ours.slice(1).flatMap((statement) => readVerdict(statement) ?? []);
  return gradeByVerdicts(verdicts, domainOf(from.address), signed);
}

function gradeByVerdicts(verdicts: readonly Verdict[], fromDomain: string, signed: boolean): Heard {
  const of = (method: string) => verdicts.filter((one) => one.method === method);
  const aboutFrom = ({ properties }: Verdict): boolean => {
    const named = properties.get('header.from');
    return named === undefined || namesFrom(asDomain(named), fromDomain);
  };
  const dmarc = of('dmarc');
  const failed = dmarc.filter((one) => one.result === 'fail');
  if (failed.length > 0) {
    const below = registeredDomain(fromDomain) !== fromDomain;
    // A verdict about another From says nothing of this domain's policy.
    return dmarcFailed(failed.map((one) => (aboutFrom(one) ? policyWritten({ ...one, below }) : null)));
  }
  if (dmarc.length === 1 && dmarc.every((one) => one.result === 'pass' && aboutFrom(one)))
    return { grade: 'verified', reason: 'DMARC passed', unjudged: null };
  const passed = of('dkim').some(({ result, properties }) => {
    const signer = asDomain(properties.get('header.d') ?? properties.get('header.i'));
    return result === 'pass' && signer !== null && sameOrganisation(signer, fromDomain);
  });
  if (passed) return { grade: 'verified', reason: 'an aligned DKIM signature passed', unjudged: null };
  const judged = dmarc.length > 0 || of('dkim').length > 0;
  const bySpf = of('spf').some(({ result, properties }) => {
    const sender = asDomain(properties.get('smtp.mailfrom'));
    return result === 'pass' && sender !== null && sameOrganisation(sender, fromDomain);
  });
  return {
    grade: 'unverified',
    reason: 'neither DMARC nor an aligned DKIM signature passed',
    unjudged: judged || !signed ? null : bySpf ? 'signature-beside-spf' : 'signature',
  };
}

/** Of several verdicts that failed the strictest counts; what none of them says the name server is asked. */
function dmarcFailed(policies: readonly (DmarcPolicy | null)[]): Heard {
  if (policies.includes('enforce')) return { grade: 'failed', reason: enforced, unjudged: null };
  return policies.includes(null)
    ? { grade: 'unverified', reason: 'DMARC failed, and the policy of the domain is not known', unjudged: 'policy' }
    : { grade: 'unverified', reason: unenforced, unjudged: null };
}

export const enforced = 'DMARC failed, and the domain asks for quarantine or reject';
export const unenforced = 'DMARC failed, but the domain asks for nothing (p=none, or no policy)';

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
