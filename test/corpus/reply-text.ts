/**
 * How well new text is told from quotes and signatures: `node test/corpus/reply-text.ts [folder] [--show]`. Figures are given for
 * each half of the corpus; disagreements are listed for the worked half only (halves.ts).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cleanText } from '../../src/foundation/clean-text.ts';
import { htmlToPlain } from '../../src/mail/html/html-text.ts';
import { readText } from '../../src/mail/mime/body-text.ts';
import { parseBody } from '../../src/mail/mime/parse.ts';
import { replyText } from '../../src/mail/reply-text/reply-text.ts';
import { type Half, halfOf } from './halves.ts';
import { writtenLines } from './reply-text-lines.ts';

type Pair = { readonly name: string; readonly half: Half; readonly text: string; readonly expected: string };
export type Disagreement = { readonly name: string; readonly expected: string; readonly found: string };
export type Agreement = {
  readonly source: string;
  readonly half: Half;
  readonly pairs: number;
  readonly exact: number;
  /** Equal but for white space. */
  readonly loose: number;
  readonly disagreements: readonly Disagreement[];
};

const read = (...path: string[]): string => cleanText(readFileSync(join(...path), 'utf8'));
const half = (...path: string[]): Half => halfOf(readFileSync(join(...path)));
const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

function discourse(folder: string): Pair[] {
  const test = join(folder, 'email_reply_trimmer-discourse/test');
  return list(join(test, 'emails'))
    .filter((name) => existsSync(join(test, 'trimmed', name)))
    .map((name) => ({
      name,
      half: half(test, 'emails', name),
      text: read(test, 'emails', name),
      expected: read(test, 'trimmed', name),
    }));
}

function byLines(folder: string, source: string, under: string): Pair[] {
  return list(join(folder, source, under)).flatMap((name) => {
    const stretches = writtenLines[source]?.[name];
    if (stretches === undefined) return [];
    const text = read(folder, source, under, name);
    const lines = text.split('\n');
    const expected: string[] = [];
    for (let i = 0; i < stretches.length; i += 2) {
      expected.push(lines.slice((stretches[i] ?? 1) - 1, stretches[i + 1]).join('\n'));
    }
    return [{ name, half: half(folder, source, under, name), text, expected: expected.join('\n\n') }];
  });
}

/** The half kept back, by the lines that somebody has told who has seen no rule (kept-lines.tsv: first to last line of each stretch). */
function blind(folder: string): Pair[] {
  const labels = readFileSync(join(import.meta.dirname, 'kept-lines.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  return labels.flatMap((row) => {
    const [name = '', ranges = ''] = row.split('\t');
    if (name.endsWith('.html') || !existsSync(join(folder, name))) return [];
    const text = read(folder, name).replaceAll('#sig#', '');
    const lines = text.split('\n');
    const stretches = [...ranges.matchAll(/(\d+)(?:-(\d+))?/g)].map((found) =>
      lines.slice(Number(found[1]) - 1, Number(found[2] ?? found[1])).join('\n'),
    );
    return [{ name, half: half(folder, name), text, expected: stretches.join('\n\n') }];
  });
}

/** Its tests expect the same answer of every mail program. */
async function talon(folder: string): Promise<Pair[]> {
  const fixtures = join(folder, 'talon/tests/fixtures');
  const pairs: Pair[] = [];
  for (const name of list(join(fixtures, 'standard_replies')).filter((one) => one.endsWith('.eml'))) {
    const text = readText(await parseBody(readFileSync(join(fixtures, 'standard_replies', name))));
    pairs.push({ name, half: half(fixtures, 'standard_replies', name), text, expected: 'Hello' });
  }
  for (const name of list(join(fixtures, 'html_replies'))) {
    const text = cleanText(htmlToPlain(readFileSync(join(fixtures, 'html_replies', name), 'utf8')));
    const expected = 'Hi. I am fine.\n\nThanks,\nAlex';
    pairs.push({ name, half: half(fixtures, 'html_replies', name), text, expected });
  }
  return pairs;
}

/** A body and the signature in it, by its own rule. */
function talonSignatures(folder: string): Pair[] {
  const stripped = join(folder, 'talon/tests/fixtures/signature/emails/stripped');
  return list(stripped)
    .filter((name) => name.endsWith('_body') && existsSync(join(stripped, name.replace('_body', '_signature'))))
    .map((name) => {
      const text = read(stripped, name).replaceAll('#sig#', '');
      const signature = read(stripped, name.replace('_body', '_signature')).replaceAll('#sig#', '').trim();
      const at = signature === '' ? text.length : text.lastIndexOf(signature);
      return { name, half: half(stripped, name), text, expected: text.slice(0, at < 0 ? text.length : at) };
    });
}

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();

const halves: readonly Half[] = ['worked', 'kept'];

const measure = (source: string, pairs: readonly Pair[]): Agreement[] =>
  halves.map((one) =>
    measureHalf(
      source,
      one,
      pairs.filter((pair) => pair.half === one),
    ),
  );

function measureHalf(source: string, part: Half, pairs: readonly Pair[]): Agreement {
  let exact = 0;
  const disagreements: Disagreement[] = [];
  for (const { name, text, expected } of pairs) {
    const found = replyText(text).newText;
    if (found === trimmed(expected)) exact++;
    if (found.replace(/\s+/g, '') !== expected.replace(/\s+/g, '')) disagreements.push({ name, expected, found });
  }
  const loose = pairs.length - disagreements.length;
  // What disagrees in the half that is kept back is nobody's to read.
  return {
    source,
    half: part,
    pairs: pairs.length,
    exact,
    loose,
    disagreements: part === 'worked' ? disagreements : [],
  };
}

/** Agreement with each half of each source that is in the folder. */
export async function measureReplyText(folder: string): Promise<Agreement[]> {
  return [
    measure('email_reply_trimmer-discourse', discourse(folder)),
    measure('talon', await talon(folder)),
    measure('talon signatures', talonSignatures(folder)),
    measure('email-reply-parser-crisp', byLines(folder, 'email-reply-parser-crisp', 'test/fixtures')),
    measure('email-reply-parser-zapier', byLines(folder, 'email-reply-parser-zapier', 'test/emails')),
    measure('email_reply_parser-github', byLines(folder, 'email_reply_parser-github', 'test/emails')),
    measure('labelled by somebody who has seen no rule', blind(folder)),
  ]
    .flat()
    .filter(({ pairs }) => pairs > 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [given] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const show = process.argv.includes('--show');
  for (const { source, half: part, pairs, exact, loose, disagreements } of await measureReplyText(
    given ?? process.env.CORPUS ?? '../shared/corpus',
  )) {
    process.stdout.write(`${source}, ${part}: ${pairs} pairs, exact ${exact}, but for white space ${loose}\n`);
    for (const one of show ? disagreements : []) {
      process.stdout.write(`--- ${one.name}\n${one.found.slice(-600)}\n--- expected\n${one.expected.slice(-600)}\n`);
    }
  }
}
