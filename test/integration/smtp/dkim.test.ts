/** A signed letter as it comes out at a real listener, verified by another library than the one that signed it. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import type { Addressed, Letter } from '../../../src/outbound/letter.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { createLetterBuilder } from '../../../src/runtime/letter-builder.ts';
import { loadTemplates } from '../../../src/runtime/templates.ts';
import { openSender, type Sender } from '../../../src/smtp/send.ts';
import { type SmtpSink, startSmtpSink } from '../../support/servers/smtp-sink.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const published = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
const templates = await loadTemplates();
const letterBuilder = createLetterBuilder({
  templates: () => templates,
  support: 'support@desk.example',
  bounces: 'bounces@desk.example',
  languages: Object.keys(templates.letters),
  key: 'k'.repeat(32),
  dkim: { domain: 'desk.example', selector: 's1', key: privateKey },
});
const to = 'ada@aldous.example';
const asked: string[] = [];

async function verdict(raw: Uint8Array): Promise<string[]> {
  const { results } = await dkimVerify(Buffer.from(raw), {
    resolver: async (name: string, kind: string) => {
      asked.push(`${kind} ${name}`);
      return [[`v=DKIM1; k=rsa; p=${published}`]];
    },
  });
  return results.map(({ status, signingDomain }) => `${status.result} ${signingDomain}`);
}

let sink: SmtpSink;
let sender: Sender;
beforeAll(async () => {
  sink = await startSmtpSink();
  sender = openSender({ url: sink.url, log: silentLog });
});
afterAll(async () => {
  await sender.close();
  await sink.stop();
});

let id = 0;
async function arrived(letter: Letter, language: string): Promise<Uint8Array> {
  const addressed: Addressed = {
    to,
    audience: 'contact',
    language,
    matter: 'x',
    case: null,
    answers: { messageId: '<a@aldous.example>', references: [] },
    followsOwn: false,
  };
  id += 1;
  const { raw, envelopeFrom } = await letterBuilder.finish(
    { ...letter, ...addressed },
    { id: String(id), at: '2026-11-23T09:30:00Z' },
  );
  const outcome = await sender.send({ envelopeFrom, to, raw });
  expect(outcome.kind).toBe('sent');
  return sink.letters.at(-1)?.raw ?? new Uint8Array();
}

describe('a signed letter, as it arrives', () => {
  it.each(Object.keys(templates.letters))(
    'verifies in every variant, in %s, and keeps every rule',
    async (language) => {
      for (const letter of sampleLetters) {
        const raw = await arrived(letter, language);
        expect(await verdict(raw), `${language}/${letter.template}`).toEqual(['pass desk.example']);
        expect(brokenRules(raw, { to, from: 'support@desk.example' })).toEqual([]);
      }
      expect(new Set(asked)).toEqual(new Set(['TXT s1._domainkey.desk.example']));
    },
  );

  it.each([
    'Größe stimmt nicht, 数が合わない, très étrange : « oui » 🙂',
    '夜間のワークフローが三時に停止したまま再開しません'.repeat(6),
    `.dots\r\n.and . more ${'é'.repeat(200)}`,
  ])('verifies with a subject like %s', async (title) => {
    const [sample] = sampleLetters;
    if (sample?.template !== 'acknowledgement') throw new Error('the first sample is the acknowledgement');
    const raw = await arrived({ ...sample, values: { ...sample.values, title } }, 'ja');
    expect(await verdict(raw)).toEqual(['pass desk.example']);
    expect((await simpleParser(Buffer.from(raw))).subject).toContain(
      [...title.replace(/\s+/g, ' ')].slice(0, 20).join(''),
    );
  });

  it('does not verify once a word, a header or the subject was changed on the way', async () => {
    const [sample] = sampleLetters;
    const raw = Buffer.from(await arrived(sample as Letter, 'en')).toString('latin1');
    for (const changed of [
      raw.replace('Kind regards', 'Kind regard'),
      raw.replace('Subject: Re:', 'Subject: Fw:'),
      raw.replace('In-Reply-To: <a@', 'In-Reply-To: <b@'),
      raw.replace(`To: ${to}`, 'To: max@aldous.example'),
    ]) {
      expect(changed).not.toBe(raw);
      expect((await verdict(Buffer.from(changed, 'latin1')))[0]).toMatch(/^(?:fail|neutral|none)/);
    }
  });
});
