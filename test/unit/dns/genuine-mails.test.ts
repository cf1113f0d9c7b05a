import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { expect, it } from 'vitest';
import { checkBy, gradeMail, namesOf } from './grading.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ed = generateKeyPairSync('ed25519');
const pem = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsaKey = `v=DKIM1; k=rsa; p=${rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
const edKey = `v=DKIM1; k=ed25519; p=${ed.publicKey.export({ type: 'spki', format: 'der' }).subarray(12).toString('base64')}`;

const domains = ['aldous.example', 'shop.co.uk', 'mail.bergwerk.example', 'xn--bcher-kva.example', 'a.b.c.example.org'];
const records = Object.fromEntries(
  domains.flatMap((domain) => [
    [`r._domainkey.${domain}`, rsaKey],
    [`e._domainkey.${domain}`, edKey],
    [`_dmarc.${domain}`, 'v=DMARC1; p=reject'],
  ]),
);
const canons = ['relaxed/relaxed', 'relaxed/simple', 'simple/relaxed', 'simple/simple'];
const texts: readonly (readonly [charset: string, encoding: string, body: Buffer])[] = [
  ['utf-8', '8bit', Buffer.from('Der Drucker hält nach jeder Seite.\r\n\r\nGrüße\r\n')],
  ['iso-8859-1', '8bit', Buffer.from('L\xe9a  \r\n tr\xe8s lent \r\n\r\n\r\n', 'latin1')],
  ['us-ascii', '7bit', Buffer.from('It stops.\r\n')],
  ['utf-8', 'base64', Buffer.from(`${Buffer.from('印刷が止まります。').toString('base64')}\r\n`)],
  ['utf-8', 'quoted-printable', Buffer.from('Stra=C3=9Fe ist =\r\nlang\r\n')],
];

const cut = (mail: Buffer) => {
  const at = mail.indexOf('\r\n\r\n');
  return [mail.subarray(0, at).toString('latin1'), mail.subarray(at).toString('latin1')] as const;
};
const headed = (change: (head: string) => string) => (mail: Buffer) => {
  const [head, body] = cut(mail);
  return Buffer.from(change(head) + body, 'latin1');
};
const bodied = (change: (body: string) => string) => (mail: Buffer) => {
  const [head, body] = cut(mail);
  return Buffer.from(head + change(body), 'latin1');
};
const before = (lines: string) => headed((head) => `${lines}\r\n${head}`);
const arc =
  'ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example; s=r; t=1; b=AAAA\r\n' +
  'ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=lists.example; s=r; h=from:to; bh=AAAA; b=AAAA\r\n' +
  'ARC-Authentication-Results: i=1; lists.example; dkim=pass header.d=aldous.example';

/** What happens to mails on their way; whether signatures in relaxed form have to hold all the same. */
const ways: Readonly<Record<string, { readonly change: (mail: Buffer) => Buffer; readonly holds: boolean }>> = {
  straight: { change: (mail) => mail, holds: true },
  forwarded: {
    change: before('Received: from a by b; Wed, 13 May 2026 09:00:00 +0000\r\nDelivered-To: x@b'),
    holds: true,
  },
  'forwarded with ARC': { change: before(arc), holds: true },
  'from a list': {
    change: before('List-Id: <l.lists.example>\r\nPrecedence: list\r\nSender: l@lists.example'),
    holds: true,
  },
  'with a tag in the subject': {
    change: headed((head) => head.replace(/^Subject: /m, 'Subject: [list] ')),
    holds: false,
  },
  'marked as coming from outside': {
    change: headed((head) => head.replace(/^(Subject: .*)$/m, '$1 (EXTERNAL)')),
    holds: false,
  },
  'with a mark in its signature': {
    change: headed((head) => head.replace(/\bTo:|To\b/, '[list] To')),
    holds: false,
  },
  'with another sender’s name in a list': {
    change: headed(
      (head) =>
        `List-Id: <l.lists.example>\r\n${head.replace(/^From: .*? </m, 'From: J via list <').replace(/^(To: .*)$/m, '$1, l@lists.example')}`,
    ),
    holds: false,
  },
  'with a footer': { change: bodied((body) => `${body}______\r\nlist mailing list\r\n`), holds: false },
  'wrapped anew': { change: headed((head) => head.replace('To: support', 'To:\r\n support')), holds: true },
  'with its header in another order': {
    change: headed((head) => head.replace(/\r\n(Date: [^\r]*)(\r\n.*)$/s, '$2\r\n$1')),
    holds: true,
  },
  'with another encoding': {
    change: headed((head) => head.replace(/Content-Transfer-Encoding: \S+/, 'Content-Transfer-Encoding: binary')),
    holds: true,
  },
  'with spaces lost at line ends': { change: bodied((body) => body.replace(/[ \t]+\r\n/g, '\r\n')), holds: true },
};

it('fail none of a thousand genuine mails, whatever lists and forwards did to them, and verify those that are whole', async () => {
  const check = checkBy(namesOf(records));
  const names = Object.keys(ways);
  const tally: Record<string, number> = {};
  const wrong: string[] = [];
  for (let i = 0; i < 1000; i += 1) {
    const way = names[i % names.length] ?? '';
    const round = Math.floor(i / names.length);
    const domain = domains[round % domains.length] ?? '';
    const canon = canons[Math.floor(round / 5) % canons.length] ?? '';
    const isEd = Math.floor(round / 20) % 2 === 1;
    const [charset, encoding, body] = texts[(round + i) % texts.length] ?? ['', '', Buffer.alloc(0)];
    const head = [
      `From: =?utf-8?Q?J=C3=BCrgen?= <j.${i}@${domain}>`,
      `To: support@own.example${i % 3 === 0 ? `, max@${domain}` : ''}`,
      `Subject: PIN 345 Mail ${i}`,
      `Date: Wed, 13 May 2026 09:00:00 +0000`,
      `Message-ID: <${i}@${domain}>`,
      'MIME-Version: 1.0',
      `Content-Type: text/plain; charset=${charset}`,
      `Content-Transfer-Encoding: ${encoding}`,
    ].join('\r\n');
    const mail = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
    const signed = await dkimSign(mail, {
      canonicalization: canon,
      headerList: ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version'],
      signingDomain: domain,
      selector: isEd ? 'e' : 'r',
      privateKey: pem(isEd ? ed.privateKey : rsa.privateKey),
      signatureData: [
        { signingDomain: domain, selector: isEd ? 'e' : 'r', privateKey: pem(isEd ? ed.privateKey : rsa.privateKey) },
      ],
    });
    const whole = ways[way]?.change(Buffer.concat([Buffer.from(signed.signatures), mail])) ?? mail;
    const { grade, gradeReason } = await gradeMail(whole, check);
    tally[grade] = (tally[grade] ?? 0) + 1;
    const mustHold = way === 'straight' || (ways[way]?.holds === true && canon === 'relaxed/relaxed');
    if (
      grade === 'failed' ||
      (mustHold && grade !== 'verified') ||
      (ways[way]?.holds === false && grade === 'verified')
    )
      wrong.push(`${i} ${way}, ${canon}, ${domain}: ${grade}, ${gradeReason}`);
  }
  expect(wrong).toEqual([]);
  expect(tally.failed ?? 0).toBe(0);
  expect(tally.verified).toBeGreaterThan(400);
}, 60_000);
