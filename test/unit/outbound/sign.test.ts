import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { signLetter } from '../../../src/outbound/sign.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

it('puts a DKIM signature in front and leaves the letter as it is', async () => {
  const raw = Buffer.from(
    'From: Support <support@desk.example>\r\nTo: ada@aldous.example\r\nSubject: Hello\r\n\r\nHello\r\n',
  );
  const signed = Buffer.from(
    await signLetter(raw, { domain: 'desk.example', selector: 's1', key: privateKey }),
  ).toString();
  expect(signed).toMatch(/^DKIM-Signature: [\s\S]*d=desk\.example[\s\S]*s=s1/);
  expect(signed.endsWith(raw.toString())).toBe(true);
});
