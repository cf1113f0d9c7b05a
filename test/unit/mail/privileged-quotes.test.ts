import { describe, expect, it } from 'vitest';
import { mailId } from '../../../src/foundation/ids.ts';
import { maskPrivilegedPins, privilegedPinOf, quotedPrivilegedPins } from '../../../src/foundation/pin-form.ts';
import type { Facts } from '../../../src/intake/facts.ts';
import { maskSecrets } from '../../../src/intake/mask-secrets.ts';
import { findPinAlone, findPins } from '../../../src/mail/pin-reader/pin-reader.ts';
import { readMail } from '../../../src/mail/read.ts';
import { cpuTime } from '../../support/cpu-time.ts';
import { readOptions } from '../../support/world.ts';

const pin = 'p7KQ2M9XWY';
const wide = 'ｐ７ＫＱ２Ｍ９ＸＷＹ';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const head = (more = '') =>
  `From: Ada Byron <ada@aldous.example>\nTo: Support <support@desk.example>\nMessage-ID: <m@aldous.example>\nMIME-Version: 1.0\n${more}`;
const plain = (subject: string, body: string, more = '') =>
  `${head(more)}Subject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;
const parts = (kind: string, ...each: string[]) =>
  `${head()}Subject: Hello\nContent-Type: multipart/${kind}; boundary=x\n\n${each.map((part) => `--x\n${part}\n`).join('')}--x--\n`;
const text = 'Content-Type: text/plain; charset=utf-8\n\nPlease have a look.';

/** Where somebody may write one, or a program put it. */
const places: Readonly<Record<string, string>> = {
  'the subject': plain(`PIN ${pin}`, 'x'),
  'a coded subject': plain(`=?utf-8?b?${base64(`Hier ist sie: ${pin}`)}?=`, 'x'),
  'the text': plain('Hello', `I was given ${pin.toLowerCase()}.`),
  'the quoted text': plain('Re: Hello', `Thanks!\n\n> Here it is:\n> ${pin}`),
  'the text in full-width letters': plain('Hello', `これです：${wide}`),
  'the text, right behind the word': plain('Hello', `PIN${pin}`),
  'the text with what nobody sees in it': plain('Hello', 'Use p7KQ2\u200bM9X\u00adWY now'),
  'the name of the sender': plain('Hello', 'x').replace('Ada Byron', `"Ada ${pin}"`),
  'the name of somebody in copy': plain('Hello', 'x', `Cc: "${pin}" <max@aldous.example>\n`),
  'a header that nobody reads': plain('Hello', 'x', `X-Note: use ${pin}\n`),
  'a coded header that nobody reads': plain('Hello', 'x', `Comments: =?utf-8?q?use_${pin}?=\n`),
  'the HTML beside the text': parts('alternative', text, `Content-Type: text/html\n\n<p>Use ${pin}</p>`),
  'the HTML beside the text, in pieces': parts(
    'alternative',
    text,
    'Content-Type: text/html\n\n<p>Use p7KQ<b>2M9</b>&#88;WY</p>',
  ),
  'the coded HTML beside the text': parts(
    'alternative',
    text,
    `Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n${base64(`<p>${pin}</p>`)}`,
  ),
  'the name of an attachment': parts(
    'mixed',
    text,
    `Content-Type: image/png; name="${pin}.png"\nContent-Disposition: attachment; filename="${pin}.png"\nContent-Transfer-Encoding: base64\n\niVBORw0=`,
  ),
  'an attached text': parts(
    'mixed',
    text,
    `Content-Type: text/csv\nContent-Disposition: attachment; filename=pins.csv\nContent-Transfer-Encoding: base64\n\n${base64(`case,pin\n100042,${pin}\n`)}`,
  ),
  'an attached mail': parts(
    'mixed',
    text,
    `Content-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: a@b.example\nSubject: Your privileged PIN\n\n${pin}`,
  ),
  'a mail that is too deep to be read, in its subject': `${head()}Subject: PIN ${pin}\nContent-Type: multipart/mixed; boundary=b0\n\n${Array.from({ length: 30 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join('')}`,
};

const read = (raw: string) =>
  readMail(Buffer.from(raw.replaceAll('\n', '\r\n')), { mailFrom: null, rcptTo: [] }, readOptions);
const nothing = { confirmations: [], letters: [] } as unknown as Facts;
const concealed = async (raw: string) => {
  const facts = await read(raw);
  const mail = { id: mailId('1'), arrivedAt: '2026-05-13T10:00:00Z', mustWait: false, facts };
  return maskSecrets(mail, nothing, () => []);
};

describe('I9 a privileged PIN in a mail', () => {
  it.each(Object.entries(places))('is masked where it is stored, and the bytes are sealed: in %s', async (_, raw) => {
    const { seal, mail } = await concealed(raw);
    expect(seal).toBe(true);
    const stored = JSON.stringify(mail)
      .normalize('NFKC')
      .replace(/[\u00ad\u200b]/g, '')
      .toUpperCase();
    expect(stored).not.toContain(pin.toUpperCase());
    // The name is covered, the address stays: it is to be answered.
    expect(mail.facts.from).toMatchObject({ kind: 'one', address: 'ada@aldous.example' });
  });
  it('seals nothing where only something like it stands', async () => {
    for (const raw of [
      plain('PIN 345 Permission processing', 'preference, p123456789, p7KQ2M9XWX, xp7KQ2M9XWY, postscript'),
      parts('alternative', text, 'Content-Type: text/html\n\n<img src="https://x.example/p7KQ2M9XWX.png">'),
      // What nobody has written: a signature, and a picture as text.
      plain('Hello', 'x', `DKIM-Signature: v=1; b=abc/${pin}+def\n`),
      parts(
        'alternative',
        text,
        `Content-Type: text/html\n\n<img src="data:image/png;base64,${'iVBOR/w0'.repeat(5)}/${pin}/${'iVBOR/w0'.repeat(5)}">`,
      ),
    ]) {
      const { seal, mail } = await concealed(raw);
      expect([seal, mail.facts.quotesPrivilegedPin]).toEqual([false, undefined]);
    }
  });
  it('is told in the form it is known by, however it is written, and masked as long as it was', () => {
    expect(quotedPrivilegedPins(`${wide} p7kq2m9xwy PINP7KQ2M9XWY`)).toEqual([pin]);
    const masked = maskPrivilegedPins(`a ${wide}, PIN${pin}.`);
    expect(masked).toBe('a p*********, PINp*********.');
  });
  it('is taken from the first line of what somebody wrote, and not out of a quote that was kept', () => {
    expect(findPinAlone(`${pin}\nGo ahead`)).toBe(pin);
    expect(findPinAlone(`PIN ${pin}\nGo ahead`)).toBe(pin);
    expect([
      findPinAlone(`Our PIN is ${pin}`),
      findPinAlone(`Our PIN ${pin}`),
      findPinAlone(`Support PIN ${pin}.`),
    ]).toEqual([null, null, null]);
    expect([findPinAlone(pin, false), findPinAlone(`PIN ${pin}`, false), findPinAlone('PIN 345', false)]).toEqual([
      null,
      null,
      '345',
    ]);
  });
  it('is a word where it holds none of the digits that stand for no letter: none is issued that does not', () => {
    const words = ['ABCDEFGH', 'ABCDEFGJ', 'ABCDEFGK'].flatMap((body) => privilegedPinOf(body) ?? []);
    expect(words).not.toEqual([]);
    for (const word of words) {
      expect([findPins(`PIN ${word}`), findPinAlone(word), quotedPrivilegedPins(word)]).toEqual([[], null, []]);
    }
  });
  it('is looked for in a time that grows with the text only', () => {
    for (const hostile of ['p'.repeat(1_000_000), '<'.repeat(1_000_000), 'p7KQ2M9XW\u200b'.repeat(100_000)]) {
      const started = cpuTime();
      quotedPrivilegedPins(hostile);
      expect(cpuTime() - started).toBeLessThan(2_000);
    }
  });
});
