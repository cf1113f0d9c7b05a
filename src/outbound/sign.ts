/** DKIM (RFC 6376) on finished letters, where the operator gives a key. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import Dkim from 'nodemailer/lib/dkim';

export type DkimKey = { readonly domain: string; readonly selector: string; readonly key: string };

/** The letter with its DKIM-Signature in front. */
export async function signLetter(raw: Uint8Array, dkim: DkimKey): Promise<Uint8Array> {
  const signer = new Dkim({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.key });
  const chunks: Buffer[] = [];
  for await (const chunk of signer.sign(Buffer.from(raw))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?$/i;
const isName = (name: string): boolean => name.split('.').every((part) => label.test(part));

function keyFault(pem: string): string | null {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return 'is no private key in PEM form without a password; make one with: openssl genrsa 2048';
  }
  if (key.asymmetricKeyType !== 'rsa') return `is a key of the kind ${key.asymmetricKeyType}; it has to be RSA`;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < 1024 ? `has ${bits} bits; receivers pass over keys below 1024 (RFC 8301), take 2048` : null;
}

/** What would keep letters from being signed, each with the name of its setting; no word of the key itself. */
export function dkimFaults(dkim: DkimKey): { readonly name: 'domain' | 'selector' | 'key'; readonly says: string }[] {
  const faults: { name: 'domain' | 'selector' | 'key'; says: string }[] = [];
  if (!isName(dkim.domain) || !dkim.domain.includes('.'))
    faults.push({ name: 'domain', says: `"${dkim.domain}" is no domain name` });
  if (!isName(dkim.selector)) faults.push({ name: 'selector', says: `"${dkim.selector}" is no name of a selector` });
  const says = keyFault(dkim.key);
  if (says !== null) faults.push({ name: 'key', says });
  return faults;
}
