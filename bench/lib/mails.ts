/**
 * The mails of the bench: the same ones for the same number. Each subject carries a word `kNNNNNNN` that is its own, so that the
 * acknowledgement can be told apart. 200 people write, ten at each of 20 sites, and each names the PIN of their site.
 */
export const people = 200;
export const sites = 20;
export const support = 'support@bench.test';
export type Kind = 'small' | 'large';

export const siteOf = (i: number): number => (i % people) % sites;
export const addressOf = (i: number): string =>
  `person${String(i % people).padStart(3, '0')}@customer${siteOf(i)}.test`;
export const pinOf = (site: number): string => String(70_000 + site * 137);
export const tokenOf = (i: number): string => `k${String(i).padStart(7, '0')}`;
/** Finds the number of a mail in a letter that answers it. */
export const tokenPattern = /k\d{7}/;

const words = (
  'workflow export engine licence screen cable server folder archive backup restore report table column value node queue index ' +
  'printer account window restart update crash error broken slow late wrong missing please could would should before after since ' +
  'morning yesterday again still never always often customer office second third step input output path permission timeout'
).split(' ');

/** xorshift; chance that is the same for the same seed. */
function chance(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}

function prose(random: () => number, bytes: number): string {
  const lines: string[] = [];
  let line = '';
  let size = 0;
  while (size < bytes) {
    const word = words[Math.floor(random() * words.length)] ?? '';
    if (line.length + word.length > 72) {
      lines.push(line);
      size += line.length + 2;
      line = '';
      if (random() < 0.12) lines.push('');
    }
    line += (line === '' ? '' : ' ') + word;
  }
  return `${lines.join('\r\n')}\r\n`;
}

const begun = Date.now().toString(36);

function head(i: number, random: () => number): string[] {
  const from = addressOf(i);
  const host = from.slice(from.indexOf('@') + 1);
  const date = new Date().toUTCString().replace('GMT', '+0000');
  const title = Array.from({ length: 3 }, () => words[Math.floor(random() * words.length)]).join(' ');
  return [
    `Return-Path: <${from}>`,
    `Received: from mail.${host} (mail.${host} [192.0.2.${1 + (i % 250)}])\r\n\tby mx.bench.test with ESMTP id ${tokenOf(i)}; ${date}`,
    `Received: from [10.0.0.${1 + (i % 250)}] by mail.${host} with ESMTPSA id x${i}; ${date}`,
    `From: Person ${i % people} <${from}>`,
    `To: ${support}`,
    `Subject: PIN ${pinOf(siteOf(i))} ${title} ${tokenOf(i)}`,
    `Date: ${date}`,
    `Message-ID: <${tokenOf(i)}.${begun}.${Math.floor(random() * 1e9)}@${host}>`,
    'MIME-Version: 1.0',
    'User-Agent: Mozilla Thunderbird',
  ];
}

const plain = ['Content-Type: text/plain; charset=UTF-8; format=flowed', 'Content-Transfer-Encoding: 7bit'];

/** Plain text, 2 to 5 KB. */
function small(i: number): Buffer {
  const random = chance(i);
  return Buffer.from([...head(i, random), ...plain, '', prose(random, 1_500 + random() * 2_800)].join('\r\n'));
}

/** Text, HTML and an attachment of 100 KB: 143 KB as it travels. */
function large(i: number): Buffer {
  const random = chance(i);
  const text = prose(random, 2_500);
  const html = `<html><head><meta charset="utf-8"></head><body>${text
    .split('\r\n\r\n')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('\r\n')}<div><b>Person ${i % people}</b></div></body></html>\r\n`;
  const data = Buffer.alloc(100 * 1024);
  for (let at = 0; at < data.length; at += 4) data.writeUInt32LE(Math.floor(random() * 4_294_967_296), at);
  const mixed = `=_m${tokenOf(i)}`;
  const alternative = `=_a${tokenOf(i)}`;
  return Buffer.from(
    [
      ...head(i, random),
      `Content-Type: multipart/mixed; boundary="${mixed}"`,
      '',
      `--${mixed}`,
      `Content-Type: multipart/alternative; boundary="${alternative}"`,
      '',
      `--${alternative}`,
      ...plain,
      '',
      text,
      `--${alternative}`,
      'Content-Type: text/html; charset=UTF-8',
      'Content-Transfer-Encoding: 7bit',
      '',
      html,
      `--${alternative}--`,
      '',
      `--${mixed}`,
      `Content-Type: application/octet-stream; name="log-${i}.bin"`,
      `Content-Disposition: attachment; filename="log-${i}.bin"`,
      'Content-Transfer-Encoding: base64',
      '',
      data.toString('base64').replace(/.{76}/g, '$&\r\n'),
      `--${mixed}--`,
      '',
    ].join('\r\n'),
  );
}

export const mailOf = (kind: Kind, i: number): Buffer => (kind === 'small' ? small(i) : large(i));

/** Some hundred mails a second are more than any run brings, so that runs one after the other have none in common. */
let used = (Math.floor(Date.now() / 1000) * 300) % 9_000_000;
/** Mails that no run before had, not even one on a store that is kept; duplicates would not become cases. */
export function freshMails(kind: Kind, n: number): { mails: Buffer[]; tokens: string[] } {
  const from = used;
  used += n;
  const numbers = Array.from({ length: n }, (_, k) => from + k);
  return { mails: numbers.map((i) => mailOf(kind, i)), tokens: numbers.map(tokenOf) };
}
