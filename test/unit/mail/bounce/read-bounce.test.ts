import { describe, expect, it, test } from 'vitest';
import type { BounceInput } from '../../../../src/mail/bounce/input.ts';
import { readBounce } from '../../../../src/mail/bounce/read-bounce.ts';
import { kindOf } from '../../../../src/mail/bounce/verdict.ts';

const mail = (over: Partial<BounceInput>): BounceInput => ({
  headers: [],
  returnPath: null,
  fromAddress: 'mailer-daemon@mx.example',
  fromName: '',
  subject: 'failure notice',
  text: '',
  parts: [],
  contentType: 'text/plain',
  ...over,
});
const report = (content: string, returned = 'Message-ID: <a1@desk.example>\nTo: ann@acme.example\n\nHello') =>
  mail({
    contentType: 'multipart/report; report-type=delivery-status',
    parts: [
      { type: 'message/delivery-status', content },
      { type: 'message/rfc822', content: returned },
    ],
  });

test('a standard report names recipient, action, status, kind and the mail that came back', () => {
  const bounce = readBounce(
    report(
      'Reporting-MTA: dns; mx.example\nOriginal-Envelope-Id: L77\n\nFinal-Recipient: rfc822; Ann@acme.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n',
    ),
  );
  expect(bounce).toMatchObject({ kind: 'bounce', originalMessageId: '<a1@desk.example>', originalEnvelopeId: 'L77' });
  expect(bounce?.recipients).toEqual([
    {
      address: 'ann@acme.example',
      action: 'failed',
      status: '5.1.1',
      kind: 'hard',
      diagnostic: '550 5.1.1 User unknown',
    },
  ]);
});

test('a report without Final-Recipient takes the recipient of the mail that came back', () => {
  expect(readBounce(report('Action: failed\nStatus: 5.2.2\n'))?.recipients).toMatchObject([
    { address: 'ann@acme.example', kind: 'soft' },
  ]);
});

test('a delay is no failure', () => {
  const bounce = readBounce(report('Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1\n'));
  expect(bounce?.recipients[0]?.kind).toBe('delayed');
});

test.each([
  [
    'qmail',
    'Hi. This is the qmail-send program at mx.example.\n\n<bob@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n',
    'hard',
    '5.1.1',
  ],
  [
    'exim',
    'This message was created automatically by mail delivery software.\n\n  bob@acme.example\n    550 5.2.2 mailbox full\n',
    'soft',
    '5.2.2',
  ],
  [
    'gmail',
    'Delivery to the following recipient failed permanently:\n\n     bob@acme.example\n\n550 5.1.1 User unknown\n',
    'hard',
    '5.1.1',
  ],
  [
    'exim, late',
    'The address to which the message has not yet been delivered is:\n\n  bob@acme.example\n    Delay reason: refused\n\nDelivery attempts will continue\n',
    'delayed',
    '',
  ],
])('the prose of %s is read', (_, text, kind, status) => {
  expect(readBounce(mail({ text }))?.recipients).toMatchObject([{ address: 'bob@acme.example', kind, status }]);
});

test('an abuse report is a complaint', () => {
  const bounce = readBounce(
    mail({
      fromAddress: 'fbl@provider.example',
      contentType: 'multipart/report; report-type=feedback-report',
      parts: [
        { type: 'message/feedback-report', content: 'Feedback-Type: abuse\nOriginal-Rcpt-To: <ann@acme.example>\n' },
      ],
    }),
  );
  expect(bounce).toMatchObject({ kind: 'complaint', recipients: [{ address: 'ann@acme.example' }] });
});

test.each([
  [
    'a question about bounces',
    {
      fromAddress: 'ann@acme.example',
      subject: 'Mail delivery failed: returning message to sender',
      text: 'PIN 1234\nour users get this:\nThis message was created automatically by mail delivery software.',
    },
  ],
  [
    'a forwarded report',
    {
      fromAddress: 'ann@acme.example',
      subject: 'Fwd: failure notice',
      contentType: 'multipart/mixed',
      parts: [{ type: 'message/delivery-status', content: 'Action: failed' }],
    },
  ],
  [
    'a postmaster with a question',
    {
      fromAddress: 'postmaster@acme.example',
      subject: 'Delivery of licence',
      text: 'Hello, our licence has not come.',
    },
  ],
  [
    'an absence',
    {
      fromAddress: 'ann@acme.example',
      subject: 'Automatic reply: hello',
      headers: [{ name: 'return-path', value: '<>' }],
      text: 'Your message was not read, I am away.',
    },
  ],
  ['a read receipt', { contentType: 'multipart/report; report-type=disposition-notification' }],
])('%s is no bounce', (_, over) => {
  expect(readBounce(mail(over))).toBeNull();
});

describe('hard or soft, as servers of other languages say it', () => {
  it.each([
    'la dirección no existe',
    'Utilisateur inconnu',
    'cette adresse n’existe pas',
    'Die Adresse existiert nicht.',
    'onbekende gebruiker',
    'casella inesistente',
    'Usuário desconhecido',
    'Użytkownik nie istnieje',
  ])('hard: %j', (words) => expect(kindOf('failed', '', words)).toBe('hard'));
  it.each([
    'buzón lleno',
    'boîte aux lettres pleine',
    'Das Postfach ist voll',
    'postvak vol',
    'contiene un allegato non consentito',
  ])('soft: %j', (words) => expect(kindOf('failed', '', words)).toBe('soft'));
});
