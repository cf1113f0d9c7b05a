/** What stands inside of something else: signed mail, winmail.dat, forwarded mails, and texts that broken MIME hides. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cutAttachment, readMail } from '../../../src/mail/read.ts';
import { decompress, rtfToText } from '../../../src/mail/unpack/rtf.ts';
import { readTnef } from '../../../src/mail/unpack/tnef.ts';
import { readingWith } from '../../support/mails/reading.ts';
import { plainRtf, winmail } from '../../support/mails/tnef.ts';

const options = readingWith();
const head = [
  'From: Ann <ann@customer.example>',
  'To: support@desk.example',
  'Message-ID: <1@customer.example>',
  'Subject: PIN 345 pump',
];
const bytes = (...lines: readonly string[]) => Buffer.from([...head, ...lines].join('\r\n'), 'latin1');
const read = (...lines: readonly string[]) => readMail(bytes(...lines), { mailFrom: null, rcptTo: [] }, options);
const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/enclosed/${name}`, import.meta.url), 'latin1').trimEnd();
const base64 = (content: Buffer) => content.toString('base64').replace(/.{76}/g, '$&\r\n');
const sealed = (type: string, name: string) => [
  `Content-Type: application/${type}; name=smime.p7m`,
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename=smime.p7m',
  '',
  fixture(name),
];

describe('S/MIME', () => {
  it.each([
    ['pkcs7-mime; smime-type=signed-data', 'signed-der.b64'],
    ['x-pkcs7-mime; smime-type=signed-data', 'signed-ber.b64'],
    ['pkcs7-mime', 'signed-der.b64'],
    ['octet-stream', 'signed-ber.b64'],
  ])('what %s encloses is read', async (type, name) => {
    const facts = await read(...sealed(type, name));
    expect(facts.newText.trim()).toBe('The pump stopped, Käse.');
    expect(facts.unreadParts).toEqual([]);
    expect(facts.attachments.map((one) => one.name)).toEqual(['smime.p7m', 'log.csv']);
    expect((await cutAttachment(bytes(...sealed(type, name)), 1))?.content.toString()).toBe('a;b');
  });
  it('what is encrypted is named, also where it calls itself signed', async () => {
    expect((await read(...sealed('pkcs7-mime; smime-type=enveloped-data', 'enveloped.b64'))).unreadParts).toEqual([
      'encrypted',
    ]);
    expect((await read(...sealed('pkcs7-mime', 'enveloped.b64'))).unreadParts).toEqual(['encrypted']);
    expect((await read(...sealed('pkcs7-mime; smime-type=signed-data', 'enveloped.b64'))).unreadParts).toEqual([
      'signed',
    ]);
  });
  it('broken at any byte it is named, and nothing is thrown', async () => {
    const whole = Buffer.from(fixture('signed-ber.b64'), 'base64');
    for (let at = 1; at < whole.length; at += 41) {
      const facts = await read(
        'Content-Type: application/pkcs7-mime; smime-type=signed-data',
        'Content-Transfer-Encoding: base64',
        '',
        base64(whole.subarray(0, at)),
      );
      expect(facts.class).toBe('person');
    }
  });
});

const packed = (content: Buffer) => [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: application/ms-tnef; name=winmail.dat',
  'Content-Transfer-Encoding: base64',
  '',
  base64(content),
  '--b--',
  '',
];

describe('winmail.dat', () => {
  it('gives its text and its files', async () => {
    const mail = packed(
      winmail({
        text: 'Die Pumpe steht.\r\nGrüße',
        files: [{ name: 'Protokoll März.txt', content: Buffer.from('x=1') }],
      }),
    );
    const facts = await read(...mail);
    expect(facts.text.trim()).toBe('Die Pumpe steht.\nGrüße');
    expect(facts.attachments.map((one) => [one.name, one.size])).toEqual([
      ['winmail.dat', expect.any(Number)],
      ['Protokoll März.txt', 3],
    ]);
    expect(facts.unreadParts).toEqual([]);
    expect((await cutAttachment(bytes(...mail), 1))?.content.toString()).toBe('x=1');
  });
  it('opens a mail within a mail, and stops at a depth', async () => {
    let content = winmail({ text: 'innermost', files: [] });
    for (let i = 0; i < 6; i++) content = winmail({ files: [{ name: 'winmail.dat', content }] });
    const facts = await read(...packed(content));
    expect(facts.attachments.length).toBeLessThan(6);
    expect(facts.unreadParts).toEqual(['winmail.dat']);
  });
  it('reads RTF where there is no other text', async () => {
    const rtf = plainRtf(
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 The pump\\par stopped, K\\'e4se \\u8364?.}",
    );
    expect((await read(...packed(winmail({ rtf })))).text).toBe('The pump\nstopped, Käse €.');
  });
  it('reads the HTML that RTF hides', () => {
    const rtf =
      '{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Hello\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag72 </p>}{\\*\\htmltag64 <p>}world{\\*\\htmltag72 </p>}}';
    expect(rtfToText(rtf).split('\n').filter(Boolean)).toEqual(['Hello', 'world']);
  });
  it('believes no length that is given', () => {
    const lies = Buffer.concat([
      Buffer.from([255, 255, 255, 127, 255, 255, 255, 127]),
      Buffer.from('LZFu'),
      Buffer.alloc(20),
    ]);
    expect(decompress(lies)).toBeNull();
    const whole = winmail({ text: 'text', files: [{ name: 'a.txt', content: Buffer.from('abc') }] });
    for (let at = 0; at < whole.length; at++) expect(() => readTnef(whole.subarray(0, at))).not.toThrow();
    for (let at = 6; at < whole.length; at++) {
      const broken = Buffer.from(whole);
      broken[at] = 255;
      expect(() => readTnef(broken)).not.toThrow();
    }
  });
  it('that is none is named as not read', async () => {
    expect((await read(...packed(Buffer.from('no tnef at all')))).unreadParts).toEqual(['winmail.dat']);
  });
});

describe('a forwarded mail', () => {
  const forwarded = (...inner: readonly string[]) =>
    read(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'See there.',
      '--b',
      'Content-Type: message/rfc822',
      '',
      ...inner,
      '--b--',
      '',
    );
  it('shows its sender, subject and first lines, and is nobody’s words', async () => {
    const facts = await forwarded(
      'From: =?utf-8?Q?J=C3=B6rg?= <j@other.example>',
      'Subject: Severity: 1',
      '',
      'PIN 4711',
      'Severity: 1',
    );
    expect(facts.forwarded).toEqual([
      { sender: 'Jörg <j@other.example>', subject: 'Severity: 1', text: 'PIN 4711\nSeverity: 1' },
    ]);
    expect(facts.newText.trim()).toBe('See there.');
    expect(facts.report).toEqual({});
    expect(facts.pins).toEqual(['345']);
  });
  it('is shown by its beginning', async () => {
    const facts = await forwarded('From: j@other.example', '', ...Array.from({ length: 60 }, (_, i) => `line ${i}`));
    expect(facts.forwarded?.[0]?.text.split('\n')).toHaveLength(21);
  });
  it('with a privileged PIN seals the mail that carries it', async () => {
    const facts = await forwarded(
      'From: j@other.example',
      'Content-Transfer-Encoding: base64',
      '',
      base64(Buffer.from('p7KQ2M9XWY')),
    );
    expect(facts.quotesPrivilegedPin).toBe(true);
  });
});

describe('MIME that hides its parts', () => {
  const parts = (delimiter: string) => [
    '',
    `--${delimiter}`,
    'Content-Type: text/plain',
    '',
    'The pump stopped.',
    `--${delimiter}--`,
    '',
  ];
  it.each([
    ['a boundary on a line that is not indented', ['Content-Type: multipart/mixed;', 'boundary="b"', ...parts('b')]],
    ['no boundary', ['Content-Type: multipart/mixed', ...parts('b')]],
    ['another boundary', ['Content-Type: multipart/mixed; boundary=a', ...parts('b')]],
    ['a quote that is not closed', ['Content-Type: multipart/mixed; boundary="b', ...parts('b')]],
    [
      'an empty line in the header',
      ['', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ...parts('b')],
    ],
    ['a text with a boundary', ['Content-Type: text/plain; boundary=b', ...parts('b')]],
    ['a type that is misspelt', ['Content-Type: text/plain>', '', 'The pump stopped.']],
    [
      'a disposition that is none',
      ['Content-Type: text/html', 'Content-Disposition: =?utf-8?Q?invalid?=', '', '<p>The pump stopped.</p>'],
    ],
  ])('%s', async (_, lines) => {
    expect((await read(...lines)).text.trim()).toBe('The pump stopped.');
  });
  it('leaves a mail that talks about MIME as it is', async () => {
    const said = [
      '',
      'Content-Type: what does it mean?',
      'boundary="x" stands in my header;',
      'boundary=y too',
      '--x',
      'Ann',
    ];
    expect((await read(...said)).text.trim().split('\n')).toHaveLength(5);
  });
});
