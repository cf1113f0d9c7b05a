/** How well returned and automatic mail is told from people's, over a corpus with labels: `node test/corpus/bounces.ts [folder] [--show]`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BounceInput, readBounce } from '../../src/mail/bounce.ts';
import { classify } from '../../src/mail/classify.ts';
import type { HeaderLine } from '../../src/mail/header-line.ts';

type Expected = { status: string; hard: boolean; reason: string };
export type BounceFigures = {
  labelled: number;
  recognised: number;
  kinds: number;
  kindsAgree: number;
  statuses: number;
  statusesAgree: number;
  addresses: number;
  addressesAgree: number;
  others: number;
  wronglyBounces: number;
  automatic: number;
  automaticFound: number;
  lines: string[];
};

function decode(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
const words = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, way: string, text: string) =>
      decode(way.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quoted(text.replace(/_/g, ' ')), charset),
    );
const quoted = (text: string) =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

function head(raw: string): { headers: HeaderLine[]; body: string } {
  const end = /\n[ \t]*\n/.exec(raw);
  const top = end ? raw.slice(0, end.index) : raw;
  const headers: HeaderLine[] = [];
  for (const line of top.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const field = /^([\w-]+)[ \t]*:(.*)$/.exec(line);
    if (field) headers.push({ name: (field[1] ?? '').toLowerCase(), value: words((field[2] ?? '').trim()) });
  }
  return { headers, body: end ? raw.slice(end.index + end[0].length) : '' };
}

function leaves(headers: HeaderLine[], body: string, depth: number, out: { type: string; content: string }[]): void {
  const value = (name: string) => headers.find((line) => line.name === name)?.value ?? '';
  const type = value('content-type').split(';')[0]?.trim().toLowerCase() || 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(value('content-type'))?.[1]?.trim();
  if (type.startsWith('multipart/') && boundary !== undefined && depth < 10) {
    for (const piece of `\n${body}`.split(`\n--${boundary}`).slice(1)) {
      if (piece.startsWith('--')) break;
      const part = head(
        /^[^\n]*\n\s*\n/.test(piece)
          ? `x-none: 1\n${piece.slice(piece.indexOf('\n'))}`
          : piece.slice(piece.indexOf('\n') + 1),
      );
      leaves(part.headers, part.body, depth + 1, out);
    }
    return;
  }
  const way = value('content-transfer-encoding').trim().toLowerCase();
  const bytes =
    way === 'base64'
      ? Buffer.from(body, 'base64')
      : way === 'quoted-printable'
        ? quoted(body)
        : Buffer.from(body, 'latin1');
  out.push({ type, content: decode(bytes, /charset="?([^";\s]+)/i.exec(value('content-type'))?.[1] ?? 'utf-8') });
}

function inputOf(bytes: Buffer): BounceInput {
  const raw = bytes
    .toString('latin1')
    .replace(/\r\n?/g, '\n')
    .replace(/^From [^\n]*\n/, '')
    .replace(/^\n+/, '');
  const { headers, body } = head(raw);
  const value = (name: string) => headers.find((line) => line.name === name)?.value ?? '';
  const parts: { type: string; content: string }[] = [];
  leaves(headers, body, 0, parts);
  const plain = parts.filter((part) => part.type === 'text/plain');
  const text = (plain.length > 0 ? plain : parts.filter((part) => part.type === 'text/html'))
    .map((part) => part.content.replace(part.type === 'text/html' ? /<[^<>]*>/g : /$^/, ' '))
    .join('\n');
  const from = /[^\s<>"(),]+@[^\s<>"(),]+/.exec(value('from'))?.[0]?.toLowerCase() ?? null;
  return {
    headers,
    returnPath: null,
    fromAddress: from ?? (/mailer-daemon/i.test(value('from')) ? 'mailer-daemon' : null),
    subject: value('subject'),
    text,
    parts,
    contentType: value('content-type').toLowerCase(),
  };
}

const unquote = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

export function measureBounces(folder: string): BounceFigures {
  const f: BounceFigures = {
    labelled: 0,
    recognised: 0,
    kinds: 0,
    kindsAgree: 0,
    statuses: 0,
    statusesAgree: 0,
    addresses: 0,
    addressesAgree: 0,
    others: 0,
    wronglyBounces: 0,
    automatic: 0,
    automaticFound: 0,
    lines: [],
  };
  for (const row of readFileSync(join(folder, 'labels.tsv'), 'utf8').split(/\r?\n/).slice(1)) {
    const [source = '', file = '', label = '', expects = '', facts = ''] = row.split('\t').map(unquote);
    const path = join(folder, source, file);
    if (source === '' || label.includes('-body') || !existsSync(path)) continue;
    const input = inputOf(readFileSync(path));
    const bounce = readBounce(input);
    const name = `${source}/${file}`;
    if (!/bounce\/DSN|(?:^|,)arf\(/.test(label)) {
      f.others += 1;
      if (bounce) f.wronglyBounces += 1;
      if (bounce) f.lines.push(`called a bounce: ${name} [${label}]`);
      if (/auto-reply|auto-generated|auto-replied|mdn/.test(label)) {
        f.automatic += 1;
        const found = classify({ ...input, ourAddresses: [], lists: [], receivedCount: 0, bounce });
        if (found.machine) f.automaticFound += 1;
        else f.lines.push(`not called automatic: ${name} [${label}] ${input.subject}`);
      }
      continue;
    }
    f.labelled += 1;
    if (!bounce) {
      f.lines.push(`missed: ${name} | ${input.fromAddress} | ${input.subject}`);
      continue;
    }
    f.recognised += 1;
    const told: Expected | undefined = expects.startsWith('{') ? JSON.parse(expects).sisimai?.[0] : undefined;
    const first = bounce.recipients.find((one) => one.action === 'failed') ?? bounce.recipients[0];
    const finals: string[] = facts.startsWith('{') ? (JSON.parse(facts).final_recipient ?? []) : [];
    if (finals.length > 0) {
      f.addresses += 1;
      if (
        finals.some((one) =>
          bounce.recipients.some((other) => other.address !== '' && one.toLowerCase().includes(other.address)),
        )
      )
        f.addressesAgree += 1;
      else f.lines.push(`address: ${name} ${finals.join()} got ${bounce.recipients.map((one) => one.address).join()}`);
    } else if (bounce.kind === 'bounce' && !first) f.lines.push(`nobody named: ${name}`);
    if (!told || bounce.kind === 'complaint' || told.reason === 'feedback') continue;
    f.kinds += 1;
    if ((first?.kind === 'hard') === told.hard) f.kindsAgree += 1;
    else
      f.lines.push(
        `kind: ${name} ${told.reason} ${told.status} got ${first?.kind} ${first?.status} | ${first?.diagnostic.slice(0, 160)}`,
      );
    if (told.status !== '' && !/\.0\.9\d\d$/.test(told.status)) {
      f.statuses += 1;
      if (told.status === first?.status) f.statusesAgree += 1;
      else f.lines.push(`status: ${name} ${told.status} got ${first?.status}`);
    }
  }
  return f;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv.slice(2).find((one) => !one.startsWith('--')) ?? process.env.CORPUS ?? '../shared/corpus';
  const { lines, ...figures } = measureBounces(folder);
  if (process.argv.includes('--show')) for (const line of lines) console.log(line);
  console.log(figures);
}
