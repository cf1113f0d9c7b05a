import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { dkimFaults, signLetter } from '../../../src/outbound/sign.ts';

const rsa = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
const privateKey = rsa(2048);
const good = { domain: 'desk.example', selector: 's1', key: privateKey };

it('puts a DKIM signature in front and leaves the letter as it is', async () => {
  const raw = Buffer.from(
    'From: Support <support@desk.example>\r\nTo: ada@aldous.example\r\nSubject: Hello\r\n\r\nHello\r\n',
  );
  const signed = Buffer.from(await signLetter(raw, good)).toString();
  expect(signed).toMatch(/^DKIM-Signature: [\s\S]*d=desk\.example[\s\S]*s=s1/);
  expect(signed.endsWith(raw.toString())).toBe(true);
});

describe('a key that cannot sign', () => {
  const { privateKey: edwards } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  it.each([
    ['is no key at all', { key: 'hunter2-not-a-key' }, 'key', /no private key in PEM form/],
    ['is of another kind', { key: edwards }, 'key', /ed25519.*RSA/],
    ['is too short for receivers', { key: rsa(768) }, 'key', /768 bits/],
    ['has a domain that is none', { domain: 'desk example' }, 'domain', /no domain name/],
    ['has a selector with a line break', { selector: 's1\r\nX: y' }, 'selector', /selector/],
  ] as const)('%s: it is named, and no word of it is said', (_, more, name, says) => {
    const faults = dkimFaults({ ...good, ...more });
    expect(faults).toEqual([{ name, says: expect.stringMatching(says) }]);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('is found at the start, by the name of its setting', () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-dkim-'));
    const env = { SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: 'x'.repeat(32) };
    const write = (file: string) =>
      writeFileSync(
        join(folder, 'postern.yaml'),
        `dkim: { domain: desk.example, selector: s1, key: { file: ${file} } }\n`,
      );
    writeFileSync(join(folder, 'bad.pem'), '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----\n');
    writeFileSync(join(folder, 'good.pem'), privateKey);
    write('bad.pem');
    expect(() => readSettings('start', { env, folder })).toThrow(/^dkim\.key: is no private key in PEM form/);
    write('none.pem');
    expect(() => readSettings('start', { env, folder })).toThrow(/^dkim\.key: the file none\.pem cannot be read$/);
    write('good.pem');
    expect(readSettings('start', { env, folder }).dkim).toMatchObject({ domain: 'desk.example', selector: 's1' });
    rmSync(folder, { recursive: true });
  });
});
