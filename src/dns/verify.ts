/**
 * Our own check of the sender (POLICY §11.1, decision 0008), for what our mail server has left open: a DKIM signature of the domain of
 * From that covers what Postern reads, and what a domain asks for whose mail failed DMARC. A signature that a list, a footer or a
 * gateway may have broken says nothing.
 */

import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { domainOf, foldPlus } from '../mail/address/address.ts';
import { sameOrganisation } from '../mail/address/organisation.ts';
import { alignedSigners, enforced, type GradeResult, unenforced } from '../mail/authenticity/authenticity.ts';
import type { HeaderLine } from '../mail/mime/header-line.ts';
import { allValues, readRawHeader } from '../mail/mime/raw-headers.ts';
import type { MailFacts } from '../mail/parsed-mail.ts';
import { type CheckedSignature, isForged } from './broken-signature.ts';
import { askBy, domainPolicy } from './domain-policy.ts';
import type { Resolve } from './resolver.ts';

/** What is to be found out, as `MailFacts.unjudged` says. */
type Open = NonNullable<MailFacts['unjudged']>;
export type SenderCheck = (
  raw: Uint8Array,
  facts: Pick<MailFacts, 'from' | 'to' | 'cc'>,
  open: Open,
) => Promise<GradeResult>;

type VerifierOptions = {
  readonly resolve: Resolve;
  /** Our addresses and those of lists in front of them: a signed mail that names none was not written to us. */
  readonly ours: readonly string[];
  /** For a whole mail, look-ups and all. */
  readonly milliseconds?: number;
  /** For expired signatures; the clock's where it is not given. */
  readonly now?: () => Date;
};

const mostSignatures = 10;
const pieceSize = 64 * 1024;
/** Twice in one mail, and only one of the two is what was signed: programs disagree which one they show. */
const once = [
  ...['subject', 'date', 'message-id', 'to', 'cc', 'reply-to', 'sender', 'in-reply-to', 'references'],
  ...['mime-version', 'content-type', 'content-transfer-encoding'],
];

const unverified = (reason: string): GradeResult => ({ grade: 'unverified', reason });
const late = unverified('the sender could not be checked in time');
const unanswered = unverified('the name servers gave no answer');
const policyUnknown = unverified('DMARC failed, and the name servers did not say what the domain asks for');

/** Never rejects, and a name server that fails makes nobody *failed*. */
export function openVerifier(options: VerifierOptions): SenderCheck {
  const ours = new Set(options.ours.map(foldPlus));
  const milliseconds = options.milliseconds ?? 2000;
  return async (raw, facts, open) => {
    const { from } = facts;
    if (from.kind !== 'one') return unverified('no single plain From');
    const domain = domainOf(from.address);
    if (open === 'policy') return inTime(milliseconds, policyUnknown, () => gradeByPolicy(domain, options.resolve));
    const { lines } = readRawHeader(raw);
    if (alignedSigners(lines, from).length === 0) return unverified('no aligned signature');
    const doubt = doubtOf(
      lines,
      [...facts.to, ...facts.cc].some((one) => ours.has(foldPlus(one.address))),
    );
    if (doubt !== null) return unverified(doubt);
    return inTime(milliseconds, late, (signal) =>
      checkSignatures({ raw, lines, domain, bySpf: open === 'signature-beside-spf' }, options, signal),
    );
  };
}

/** What comes to grief after the time is up is nobody's any more. */
async function inTime(
  milliseconds: number,
  otherwise: GradeResult,
  check: (signal: AbortSignal) => Promise<GradeResult>,
): Promise<GradeResult> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), milliseconds);
  try {
    const overrun = new Promise<GradeResult>((done) => {
      stop.signal.addEventListener('abort', () => done(otherwise));
    });
    const found = check(stop.signal);
    found.catch(() => {});
    return await Promise.race([found, overrun]);
  } catch {
    return otherwise === late ? unverified('the signature could not be read') : otherwise;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** Our mail server found that DMARC failed, and did not say under what policy. */
async function gradeByPolicy(domain: string, resolve: Resolve): Promise<GradeResult> {
  const policy = await domainPolicy(domain, resolve);
  switch (policy) {
    case 'enforce':
      return { grade: 'failed', reason: enforced };
    case 'none':
      return unverified(unenforced);
    case 'unknown':
      return policyUnknown;
    default:
      return policy satisfies never;
  }
}

function doubtOf(lines: readonly HeaderLine[], toUs: boolean): string | null {
  if (allValues(lines, 'dkim-signature').length > mostSignatures) return 'more signatures than are looked at';
  const twice = once.find((name) => allValues(lines, name).length > 1);
  if (twice !== undefined) return `the header has two lines ${twice}`;
  // A genuine mail to somebody else can be sent again to us by whoever has it.
  return toUs ? null : 'the signed mail is not addressed to us';
}

type Signature = CheckedSignature & {
  readonly signingDomain?: string;
  readonly status: { readonly underSized?: number };
};

type ToCheck = {
  readonly raw: Uint8Array;
  readonly lines: readonly HeaderLine[];
  /** Of From. */
  readonly domain: string;
  /** SPF passed for From: with a broken signature, too, DMARC would. */
  readonly bySpf: boolean;
};

async function checkSignatures(
  { raw, lines, domain: fromDomain, bySpf }: ToCheck,
  options: VerifierOptions,
  signal: AbortSignal,
): Promise<GradeResult> {
  // It takes 80 ms and 30 MB to load, and many desks never need it.
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
  const aligned = (domain: string | undefined) => sameOrganisation((domain ?? '').toLowerCase(), fromDomain);
  const silent = { is: false };
  const found = await dkimVerify(Readable.from(pieces(raw, signal)), {
    strict: true,
    minBitLength: 1024,
    ...(options.now ? { curTime: options.now() } : {}),
    // Keys of others, of ARC too, would tell us nothing and others that we looked.
    resolver: async (name, type) => {
      signal.throwIfAborted();
      const signer = name.slice(name.indexOf('._domainkey.') + '._domainkey.'.length);
      if (type !== 'TXT' || !aligned(signer)) throw Object.assign(new Error('not asked'), { code: 'ENOTFOUND' });
      return options.resolve(name, 'TXT').catch((error: unknown) => {
        if (!isAbsent(error)) silent.is = true;
        throw error;
      });
    },
  });
  const ofFrom = (found.results as readonly Signature[]).filter((one) => aligned(one.signingDomain));
  const good = ofFrom.filter(
    (one) =>
      one.status.result === 'pass' &&
      one.status.testing !== true &&
      // Whatever stands behind the signed length was added by anybody (RFC 6376 §8.2).
      !one.status.underSized &&
      coversWhatIsRead(one, lines),
  );
  const signers = good.flatMap((one) => one.signingDomain?.toLowerCase() ?? []);
  if (signers.includes(fromDomain)) return { grade: 'verified', reason: 'an aligned DKIM signature passed our check' };
  if (signers.length > 0) return relaxedAllowed(signers, fromDomain, options.resolve);
  if (silent.is) return unanswered;
  const broken = !bySpf && isForged(ofFrom, lines) && (await domainPolicy(fromDomain, options.resolve)) === 'enforce';
  return broken
    ? {
        grade: 'failed',
        reason: 'a signature of the domain is not of this header, and the domain asks for quarantine or reject',
      }
    : unverified('no aligned DKIM signature passed our check');
}

/** What decides a mail has to be signed where it is there: To for whom it was meant, Subject for PIN and case. */
function coversWhatIsRead(one: Signature, lines: readonly HeaderLine[]): boolean {
  const signed = (one.signingHeaders?.keys ?? '').toLowerCase().split(/[:\s]+/);
  return ['from', 'to', 'cc', 'subject'].every(
    (name) => signed.includes(name) || !lines.some((line) => line.name === name),
  );
}

/** A relative signed: fine, unless the domain of From asks for itself alone (`adkim=s`, RFC 7489 §6.3). */
async function relaxedAllowed(signers: readonly string[], fromDomain: string, resolve: Resolve): Promise<GradeResult> {
  const { dmarc } = await import('mailauth/lib/dmarc/index.js');
  const said = await dmarc({
    headerFrom: [`x@${fromDomain}`],
    spfDomains: [],
    dkimDomains: signers.map((domain) => ({ domain, aligned: domain })),
    resolver: askBy(resolve),
  });
  const result = said === false ? 'permerror' : said.status.result;
  if (result === 'pass' || result === 'none')
    return { grade: 'verified', reason: 'a DKIM signature of the same organisation passed our check' };
  return result === 'temperror' ? unanswered : unverified('the domain of From wants its own signature (adkim=s)');
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');

/** In pieces, with a turn for everybody else between them, and no further than the time allows. */
async function* pieces(raw: Uint8Array, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += pieceSize) {
    signal.throwIfAborted();
    if (at > 0) await turn();
    yield Buffer.from(raw.buffer, raw.byteOffset + at, Math.min(pieceSize, raw.length - at));
  }
}
