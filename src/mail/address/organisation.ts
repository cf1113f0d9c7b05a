/**
 * Whether two domains belong to one organisation, by the list of public suffixes (RFC 7489 §3.2, relaxed alignment). The list is
 * loaded when two names that differ are first compared: most signers are the domain of From itself.
 */
import { createRequire } from 'node:module';
import type * as Suffixes from 'tldts';

const require = createRequire(import.meta.url);

/** Null where the domain is a public suffix itself: whoever signs as `github.io` or `co.uk` signs for nobody below it. */
function organisation(domain: string): string | null {
  const suffixes = require('tldts') as typeof Suffixes;
  return suffixes.getDomain(domain, { allowPrivateDomains: true, validateHostname: false });
}

/** What one registration covers, subdomains and all: the organisation, or the domain itself where it is a public suffix. As A-labels in lower case. */
export const registeredDomain = (domain: string): string => organisation(domain) ?? domain;

/** Both as A-labels in lower case. */
export function sameOrganisation(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = a.length < b.length ? a : b;
  // Without a common end there is nothing to look up: signers of newsletters and lists are mostly this.
  const end = shorter.split('.').slice(-2).join('.');
  if (!a.endsWith(end) || !b.endsWith(end)) return false;
  const own = organisation(a);
  return own !== null && own === organisation(b);
}
