/**
 * Every mail of the corpus through the parser pool: what was read, what was held and why, what was slow, and whether the facts
 * can be stored. `CORPUS` names the folder, `CORPUS_LIST=1` prints every mail that disagrees with its label.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../../src/foundation/log.ts';
import { normaliseAddress } from '../../src/mail/address/address.ts';
import type { MailFacts } from '../../src/mail/parsed-mail.ts';
import { openParserPool } from '../../src/runtime/parser/parser-pool.ts';
import { readingWith } from '../support/mails/reading.ts';

const corpus = process.env.CORPUS ?? process.argv[2] ?? '../shared/corpus';
const options = readingWith({ addresses: { support: 'support@postern.test' }, keys: ['corpus'] });

type Row = { readonly source: string; readonly file: string; readonly kind: string; readonly expected: Expected };
type Expected = { readonly subject?: string; readonly from?: unknown; readonly to?: unknown };

const unquote = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

function readLabels(): Row[] {
  const [, ...rows] = readFileSync(join(corpus, 'labels.tsv'), 'utf8').trimEnd().split('\n');
  return rows.flatMap((row) => {
    const [source = '', file = '', kind = '', expected = ''] = row.split('\t').map(unquote);
    if (/reply-body|expectation/.test(kind)) return [];
    return [{ source, file, kind, expected: expected === '' ? {} : JSON.parse(expected) }];
  });
}

/** Null where PostgreSQL would take the facts as jsonb, else what is wrong. */
function unstorable(facts: MailFacts): string | null {
  const text = JSON.stringify(facts);
  if (text.includes('\\u0000')) return 'NUL';
  if (/\\ud[89a-f]/.test(text) || !text.isWellFormed()) return 'lone surrogate';
  return JSON.stringify(JSON.parse(text)) === text ? null : 'not plain data';
}

const addresses = (value: unknown): string[] =>
  [...JSON.stringify(value ?? '').matchAll(/[^\s"'<>,;:()[\]\\]+@[^\s"'<>,;:()[\]\\]+/g)].flatMap(
    (match) => normaliseAddress(match[0]) ?? [],
  );

function disagreements(facts: MailFacts, expected: Expected): string[] {
  const out: string[] = [];
  const same = (a: string, b: string) => a.replace(/\s+/g, '') === b.replace(/\s+/g, '');
  if (typeof expected.subject === 'string' && !same(expected.subject, facts.subject)) {
    out.push(`subject ${JSON.stringify(facts.subject)} instead of ${JSON.stringify(expected.subject)}`);
  }
  const [from] = addresses(expected.from);
  if (from !== undefined && (facts.from.kind !== 'one' || facts.from.address !== from)) {
    out.push(`from ${JSON.stringify(facts.from)} instead of ${from}`);
  }
  const missing = addresses(expected.to).filter((one) => !facts.to.some((to) => to.address === one));
  if (missing.length > 0) out.push(`to lacks ${missing.join(', ')}`);
  return out;
}

const rows = readLabels();
const pool = openParserPool({ threads: 2, log: silentLog });
await pool.read(Buffer.from('Subject: warm\r\n\r\nwarm\r\n'), { mailFrom: null, rcptTo: [] }, options);
const times: { name: string; milliseconds: number }[] = [];
const held: string[] = [];
const broken: string[] = [];
const differing: string[] = [];
const classes = new Map<string, number>();
const froms = new Map<string, number>();
let labelled = 0;
let empty = 0;

for (const row of rows) {
  const name = `${row.source}/${row.file}`;
  const raw = readFileSync(join(corpus, name));
  const start = performance.now();
  try {
    const facts = await pool.read(raw, { mailFrom: null, rcptTo: [] }, options);
    times.push({ name, milliseconds: performance.now() - start });
    classes.set(facts.class, (classes.get(facts.class) ?? 0) + 1);
    froms.set(facts.from.kind, (froms.get(facts.from.kind) ?? 0) + 1);
    if (facts.unreadable) held.push(`${facts.unreadable}\t${raw.length} bytes\t${name}`);
    const wrong = unstorable(facts);
    if (wrong) broken.push(`${wrong}\t${name}`);
    if (facts.text.trim() === '' && facts.attachments.length === 0 && !facts.unreadable) empty++;
    const { subject, from, to } = row.expected;
    if (subject !== undefined || from !== undefined || to !== undefined) labelled++;
    const found = disagreements(facts, row.expected);
    if (found.length > 0) differing.push(`${name}\t${found.join(' · ')}`);
  } catch (error) {
    broken.push(`${String(error)}\t${name}`);
  }
}
await pool.close();

const list = (title: string, entries: readonly string[]) => {
  console.log(`${title}: ${entries.length}`);
  for (const entry of entries) console.log(`  ${entry}`);
};
console.log(`mails: ${rows.length}`, Object.fromEntries(classes), 'From:', Object.fromEntries(froms));
list('held as unreadable', held);
list('crashed or not storable', broken);
console.log(`without text and attachment, though read: ${empty}`);
console.log(`with an expected subject, from or to: ${labelled}, of them differing: ${differing.length}`);
if (process.env.CORPUS_LIST !== undefined) for (const entry of differing) console.log(`  ${entry}`);
times.sort((a, b) => b.milliseconds - a.milliseconds);
list(
  'slowest',
  times.slice(0, 5).map((one) => `${one.milliseconds.toFixed(0)} ms\t${one.name}`),
);
process.exitCode = broken.length > 0 ? 1 : 0;
