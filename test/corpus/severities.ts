/**
 * Severities that are read out of real mail, by half: `node test/corpus/severities.ts [folder] [--show]`. Nobody reports anything to us in
 * the corpus, so each severity 1 is a false alarm. Files of the half that is kept are counted, and never named.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cleanText } from '../../src/foundation/clean-text.ts';
import { readMail } from '../../src/mail/read.ts';
import { replyText } from '../../src/mail/reply-text/reply-text.ts';
import { readReport } from '../../src/mail/report/report-fields.ts';
import { readingWith } from '../support/mails/reading.ts';
import { type Half, halfOf } from './halves.ts';

const folder = process.argv[2] ?? '../shared/corpus';
const show = process.argv.includes('--show');
const options = readingWith();

function* filesOf(under: string): Generator<string> {
  for (const name of readdirSync(under).toSorted()) {
    const path = join(under, name);
    if (statSync(path).isDirectory()) yield* filesOf(path);
    else if (!/\.(?:md|tsv|json|xml|py|rb|php|ts|js)$/.test(name)) yield path;
  }
}

/** A header line opens it: else it is the text of a reply alone. */
const isMail = (raw: Buffer): boolean => /^(?:From |[A-Za-z-]{2,40}:)/.test(raw.toString('latin1', 0, 200));

async function severityOf(raw: Buffer): Promise<string | null> {
  if (isMail(raw)) return (await readMail(raw, { mailFrom: null, rcptTo: [] }, options)).report.severity ?? null;
  return readReport(replyText(cleanText(raw.toString('utf8'))).newText, '').severity ?? null;
}

if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
const counts: Record<Half, Record<string, number>> = { worked: {}, kept: {} };
for (const file of filesOf(folder)) {
  const raw = readFileSync(file);
  if (raw.length > 2_000_000) continue;
  const half = halfOf(raw);
  const severity = (await severityOf(raw)) ?? 'none';
  counts[half][severity] = (counts[half][severity] ?? 0) + 1;
  if (show && half === 'worked' && severity !== 'none') console.log(`severity ${severity}: ${relative(folder, file)}`);
}
for (const half of ['worked', 'kept'] as const) console.log(`${half}: ${JSON.stringify(counts[half])}`);
