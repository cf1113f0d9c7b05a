/** Labelled lines of a good report (POLICY §3, "A good report"). The labels are in report-labels.ts. */
import { cleanLine, cleanText } from '../../foundation/clean-text.ts';
import { foldWidth } from '../fold-width.ts';
import type { ReportField } from '../parsed-mail.ts';
import { mayName, severityInSubject, severityInText } from '../severity/severity-named.ts';
import { readSeverity } from '../severity/severity-value.ts';
import { reportFieldOf } from './report-labels.ts';

type Labelled = { readonly field: ReportField; readonly value: string };

/** A row of a table that was drawn with bars: `| Severity | 2 |`. */
function readRow(line: string): Labelled | null {
  const [label, value, ...more] = line
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  if (label === undefined || value === undefined || more.length > 0) return null;
  const field = reportFieldOf(label);
  return field === null ? null : { field, value: cleanLine(value.replace(/^[*_]+|[*_]+$/g, ''), 500) };
}

function readLabel(line: string): Labelled | null {
  if (/^\s{0,8}\|/.test(line)) return readRow(line);
  const colon = foldWidth(line).search(/[:=]/);
  if (colon <= 0 || colon > 60) return null;
  const field = reportFieldOf(line.slice(0, colon));
  return field === null ? null : { field, value: cleanLine(line.slice(colon + 1).replace(/^[\s*_>]+/, ''), 500) };
}

const longestPlain = 80;
const plainValue = /^(?:(?:sev|s|p|prio)? ?[1-4](?:\/4)?(?: ?\(.*\))?|(?!question|frage)\p{L}+(?: ?\(.*\))?)[.!]*$/iu;

const isPlain = (line: string): boolean => line.length <= longestPlain && plainValue.test(foldWidth(line).trim());

/** A whole line that names it without a colon: `Severity - 1`, `Schweregrad hoch`. */
function readPlainSeverity(line: string): string | null {
  if (line.length > longestPlain || !mayName(line)) return null;
  const words = foldWidth(line)
    .replace(/(?<=\])(?=[^ ])/, ' ')
    .trim()
    .split(/[ |]+/);
  for (let n = 1; n <= 3 && n < words.length; n++) {
    if (reportFieldOf(words.slice(0, n).join(' ')) !== 'severity') continue;
    const value = words
      .slice(n)
      .join(' ')
      .replace(/^(?:[-=>→は]+ ?)+/u, '');
    if (plainValue.test(value)) return readSeverity(value);
  }
  return null;
}

/** The head of a mail that somebody has copied: its `Priority: urgent` is that of the mail. */
const mailHead =
  /^[\s>*_]*(?:from|sent|to|cc|subject|date|x-mailer|reply-to|von|gesendet|an|betreff|datum|de|envoyé|à|objet|para|enviado|asunto|fecha|差出人|送信日時|宛先|件名)[*_]* ?[:：]/iu;

/** Fields that people go on writing about on the next lines. */
const long: ReadonlySet<ReportField> = new Set(['symptoms', 'impact', 'changed']);

/** Reads the first 400 lines of the new text; the first line of a field counts, severity as `1` to `4`. */
function readLines(newText: string): Partial<Record<ReportField, string>> {
  const report: Partial<Record<ReportField, string>> = {};
  const lines = newText.split('\n', 400).map((line) => line.slice(0, 2000));
  let open: ReportField | null = null;
  /** The last line on which the value may stand of a `Severity` that is alone on its line or in its paragraph. */
  let below: number | null = null;
  for (const [i, line] of lines.entries()) {
    const found = readLabel(line);
    if (found === null) {
      if (line.trim() === '') open = null;
      else if (below !== null && i <= below && isPlain(line)) {
        const value = readSeverity(line);
        if (value !== null) report.severity ??= value;
        below = null;
      } else if (open === 'severity') {
        // The label stood alone, its value on the line below.
        const value = readSeverity(line);
        if (value !== null && line.trim().length <= longestPlain) report.severity ??= value;
        open = null;
      } else if (open !== null)
        report[open] = cleanText(`${report[open] ?? ''}\n${line.trim()}`.trim())
          .slice(0, 2000)
          .toWellFormed();
      else if (report.severity === undefined) {
        const plain = readPlainSeverity(line);
        if (plain !== null) report.severity = plain;
        else if (mayName(line) && reportFieldOf(line) === 'severity') below = i + 2;
      }
      continue;
    }
    open = null;
    if (report[found.field] !== undefined) continue;
    if (long.has(found.field)) open = found.field;
    if (found.field !== 'severity') {
      if (found.value !== '') report[found.field] = found.value;
      continue;
    }
    if (found.value === '') {
      open = 'severity';
      below = i + 2;
    } else if (/[1-4]/.test(found.value) || ![lines[i - 1], lines[i + 1]].some((one) => mailHead.test(one ?? ''))) {
      const value = readSeverity(found.value);
      if (value !== null) report.severity = value;
    }
  }
  return report;
}

/** In the sender's own words: a labelled line, else a sentence that says it (POLICY §4.2). */
export function severityInReply(newText: string): string | null {
  return readLines(newText).severity ?? severityInText(newText);
}

export function readReport(newText: string, subject: string): Partial<Record<ReportField, string>> {
  const report = readLines(newText);
  const named = report.severity ?? severityInSubject(subject) ?? severityInText(newText);
  if (named !== null) report.severity = named;
  return report;
}

/** Licence numbers and service tags from labelled lines, upper case, without their explanation; each once, at most ten. */
export function readLicenceNumbers(newText: string): string[] {
  const out = new Set<string>();
  for (const line of newText.split('\n', 400)) {
    const found = readLabel(line.slice(0, 2000));
    if (found === null || (found.field !== 'licence' && found.field !== 'serviceTag')) continue;
    for (const word of foldWidth(found.value).split(/[ ,;/]+/)) {
      if (/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/.test(word) && /[0-9]/.test(word)) out.add(word.toUpperCase());
    }
  }
  return [...out].slice(0, 10);
}
