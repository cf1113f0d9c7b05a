/** DKIM (RFC 6376) on finished letters, where the operator gives a key. */
import Dkim from 'nodemailer/lib/dkim';

export type DkimKey = { readonly domain: string; readonly selector: string; readonly key: string };

/** The letter with its DKIM-Signature in front. */
export async function signLetter(raw: Uint8Array, dkim: DkimKey): Promise<Uint8Array> {
  const signer = new Dkim({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.key });
  const chunks: Buffer[] = [];
  for await (const chunk of signer.sign(Buffer.from(raw))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
