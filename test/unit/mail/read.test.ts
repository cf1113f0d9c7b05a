import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../../src/mail/parsed-mail.ts';
import { cutAttachment, readHeadersOnly, readMail } from '../../../src/mail/read.ts';
import { messageIdFor, plusAddressFor } from '../../../src/mail/subject/thread-token.ts';
import { cpuTime } from '../../support/cpu-time.ts';
import { readingWith } from '../../support/mails/reading.ts';

const options = readingWith({
  addresses: { support: 'support@own.example', access: 'access@own.example', bounces: 'bounces@own.example' },
  authservId: 'mx.own.example',
});
const imap: Arrival = { mailFrom: null, rcptTo: [] };
const bytes = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1');
const read = (...lines: string[]) => readMail(bytes(...lines), imap, options);
const head = ['From: Ann <ann@example.com>', 'To: support@own.example', 'Message-ID: <1@example.com>'];

describe('reading a mail', () => {
  it('brings out sender, recipient, PIN, title and text', async () => {
    const facts = await read(...head, 'Subject: Re: PIN 345 It stopped', '', 'It stopped.', 'Product: Pump');
    expect(facts).toMatchObject({
      class: 'person',
      unreadable: null,
      from: { kind: 'one', address: 'ann@example.com', name: 'Ann' },
      recipient: { address: 'support@own.example', role: 'support' },
      pins: ['345'],
      title: 'It stopped',
      report: { product: 'Pump' },
      grade: 'unverified',
      messageId: '<1@example.com>',
    });
    expect(facts.newText).toContain('It stopped.');
  });
  it('takes text without charset for UTF-8 where it is, else for Windows-1252', async () => {
    expect((await read(...head, '', 'K\xe4se')).text.trim()).toBe('Käse');
    expect((await read(...head, '', 'K\xc3\xa4se')).text.trim()).toBe('Käse');
    const declared = await read(...head, 'Content-Type: text/plain; charset=koi8-r', '', '\xf0\xd2\xc9');
    expect(declared.text.trim()).toBe('При');
    const unknown = await read(...head, 'Content-Type: text/plain; charset=x-nowhere', '', 'K\xe4se');
    expect(unknown.text.trim()).toBe('Käse');
  });
  it('prefers the plain alternative, and reads HTML where it says nothing', async () => {
    const mail = (plain: string) =>
      read(
        ...[
          ...head,
          'Content-Type: multipart/alternative; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain',
          '',
          plain,
        ],
        ...['--b', 'Content-Type: text/html', '', '<p>From HTML</p><blockquote>old</blockquote>', '--b--', ''],
      );
    expect((await mail('From plain')).text.trim()).toBe('From plain');
    const html = await mail(' ');
    expect(html.text).toContain('From HTML');
    expect(html.text).toContain('> old');
  });
  it('believes no parser about two From lines', async () => {
    const facts = await read(
      ...head,
      'From: boss@corp.example',
      'Authentication-Results: mx.own.example; dmarc=pass',
      '',
      'x',
    );
    expect(facts).toMatchObject({ from: { kind: 'several' }, grade: 'failed' });
    expect((await read(...head, 'From : boss@corp.example', '', 'x')).from.kind).toBe('several');
    expect((await read(...head, 'X-A: a\rFrom: boss@corp.example', '', 'x')).from.kind).toBe('several');
  });
  it('names a case by its bare number last of all', async () => {
    const id = messageIdFor('7', '100042', 'own.example', 'k');
    const by = async (...lines: string[]) =>
      (await read('From: a@b.example', 'To: support@own.example', ...lines, '', 'x')).threads.map((hint) => hint.by);
    expect(await by('Subject: Case 100044: x')).toEqual(['case-number']);
    expect(await by('Subject: [Case 100042] Case 100044: x')).toEqual(['case-tag']);
    expect(await by(`In-Reply-To: ${id}`, 'Subject: Case 100044: x')).toEqual(['message-id']);
    expect(await by('Subject: like case 100044')).toEqual([]);
  });
  it('finds its threads: signed Message-IDs, signed plus address, case tag', async () => {
    const id = messageIdFor('7', '100042', 'own.example', 'k');
    const plus = plusAddressFor('support@own.example', '100043', 'k');
    const facts = await read(
      `From: a@b.example`,
      `To: ${plus}`,
      `In-Reply-To: ${id}`,
      'Subject: [Case 100044] x',
      '',
      'x',
    );
    expect(facts.threads.map((hint) => [hint.by, hint.case])).toEqual([
      ['message-id', '100042'],
      ['plus-address', '100043'],
      ['case-tag', '100044'],
    ]);
    expect(facts.recipient?.role).toBe('support');
  });
  it('believes the envelope before any header about who was written to', async () => {
    const arrival = { mailFrom: 'ann@example.com', rcptTo: ['Access@own.example'] };
    expect((await readMail(bytes(...head, '', 'x'), arrival, options)).recipient?.role).toBe('access');
  });
  it('lists attachments and cuts them from the raw mail', async () => {
    const raw = bytes(
      ...[...head, 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'see there', '--b'],
      ...['Content-Type: image/png; name="../../x.png"', 'Content-Transfer-Encoding: base64', '', 'AAEC', '--b--', ''],
    );
    const facts = await readMail(raw, imap, options);
    expect(facts.attachments).toMatchObject([{ name: 'x.png', type: 'image/png', size: 3, inline: false }]);
    expect((await cutAttachment(raw, 0))?.content).toEqual(Buffer.from([0, 1, 2]));
    expect(await cutAttachment(raw, 1)).toBeNull();
  });
  it('names what it cannot read', async () => {
    const sealed = await read(
      ...[...head, 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m'],
      ...['Content-Transfer-Encoding: base64', '', 'AAEC'],
    );
    expect(sealed).toMatchObject({ unreadable: null, unreadParts: ['encrypted'] });
  });
});

describe('a mail that is not readable', () => {
  it('is told from an empty one', async () => {
    const lost = await read(...head, 'Content-Type: multipart/mixed; boundary=b', '', 'text without any boundary');
    expect(lost).toMatchObject({ class: 'unreadable', unreadable: 'empty-result' });
    expect(lost.text).toContain('text without any boundary');
    expect((await read(...head, '', '')).unreadable).toBeNull();
  });
  it.each([
    ['header-too-large', [...head, `X-A: ${'a'.repeat(300_000)}`, '', 'x']],
    ['too-many-addresses', [...head, `Cc: ${'a@b.example, '.repeat(201)}`, '', 'x']],
    [
      'too-many-parts',
      [...head, 'Content-Type: multipart/mixed; boundary=b', '', ...Array(101).fill('--b\r\n\r\nx'), '--b--'],
    ],
    [
      'too-deep',
      [
        ...head,
        ...Array.from({ length: 22 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`),
        '',
        'x',
      ],
    ],
    ['too-large', [...head, '', 'x'.repeat(35 * 1024 * 1024)]],
  ])('is %s before a parser sees it, with its sender', async (reason, lines) => {
    const start = cpuTime();
    expect(await read(...lines)).toMatchObject({ unreadable: reason, from: { kind: 'one' }, text: '' });
    expect(cpuTime() - start).toBeLessThan(2000);
  });
  it('keeps sender and subject where only the header was read', () => {
    const facts = readHeadersOnly(bytes(...head, 'Subject: PIN 345 x', '', 'x'), imap, options, 'parser-overrun');
    expect(facts).toMatchObject({ class: 'unreadable', unreadable: 'parser-overrun', title: 'x', pins: ['345'] });
  });
});

describe('facts', () => {
  const storable = (text: string) => !text.includes('\\u0000') && !/\\ud[89a-f]/.test(text);
  it('can be stored, whatever the bytes', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'From: a@b.example',
        'Subject: =?utf-8?q?=00x?=',
        'Subject: =?utf-16?B?2AA=?=',
        '',
        '--b',
        'x\u0000',
      ),
      fc.constantFrom(
        'Content-Type: multipart/mixed; boundary=b',
        'Content-Type: text/html',
        'Content-Transfer-Encoding: base64',
      ),
      fc.string({ maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (lines) => {
        const facts = await readMail(Buffer.from(lines.join('\n')), imap, options);
        const text = JSON.stringify(facts);
        expect(storable(text)).toBe(true);
        expect(JSON.parse(text)).toEqual(facts);
      }),
      { numRuns: 200 },
    );
  });
  it('have the same content hash for two copies that came by different ways', async () => {
    const body = ['Subject: x', '', 'same'];
    const one = await read('Received: by a', ...head, ...body);
    const other = await read('Received: by b', 'Delivered-To: access@own.example', ...head, ...body);
    expect(one.contentHash).toBe(other.contentHash);
    expect((await read(...head, 'Subject: x', '', 'other')).contentHash).not.toBe(one.contentHash);
  });
});
