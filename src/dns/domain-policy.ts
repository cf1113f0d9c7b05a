/** What a domain asks to be done with mail in its name that fails (RFC 9989, RFC 7489 §6.6.3), as the name server says. */
import type { DmarcPolicy } from '../mail/authenticity/dmarc-policy.ts';
import type { Resolve } from './resolver.ts';

/** `unknown`: nobody answered. Of a subdomain without a record of its own `sp=` counts; `pct=0` and `t=y` ask for one step less. */
export async function domainPolicy(domain: string, resolve: Resolve): Promise<DmarcPolicy | 'unknown'> {
  const { dmarc } = await import('mailauth/lib/dmarc/index.js');
  // Without any identifier nothing passes, and what is left is the policy.
  const said = await dmarc({ headerFrom: [`x@${domain}`], spfDomains: [], dkimDomains: [], resolver: askBy(resolve) });
  if (said === false) return 'none';
  if (said.status.result === 'temperror') return 'unknown';
  if (said.status.result !== 'fail') return 'none';
  const policy = String(said.policy);
  const onTrial = /(?:^|;)\s*pct\s*=\s*0+\s*(?:;|$)/i.test(said.rr ?? '');
  return policy === 'reject' || (policy === 'quarantine' && !onTrial) ? 'enforce' : 'none';
}

/** The look-ups of the DMARC library in the form of ours. */
export const askBy =
  (resolve: Resolve): ((name: string, type: string) => Promise<string[] | string[][]>) =>
  (name, type) =>
    resolve(name, type === 'A' || type === 'CNAME' ? type : 'TXT');
