/**
 * What a decider answers to an access request (POLICY §8.4, §8.5): `GRANT`, `DENY 2`, `UNDO`, with what stands on the same line or in
 * lines below. A grant gives rights, so every word of its line has to be understood, and nothing beside it may take any of it back: in
 * doubt there is no decision, and it is asked back with what could not be read. Linear in the text.
 */
import { cleanLine } from '../../foundation/clean-text.ts';
import { withoutWriter } from '../answers/only-thanks.ts';
import { withoutManners } from '../answers/sender-prose.ts';
import { fold } from '../fold-width.ts';
import { roleNamed } from './access-words.ts';
import { fieldsOf } from './decision-fields.ts';
import { readDeny, wordsFrom } from './decision-line.ts';
import { type Collected, granted, take } from './decision-parts.ts';
import { type Asker, type DecisionSaid, longestReason, type NotClear, unclear } from './decision-said.ts';

const mostLines = 40;
const longestLine = 400;
/** The decision stands near the top. */
const lookedAt = 10;

type Line = { readonly text: string; readonly folded: string };

function linesOf(newText: string, writer: string): Line[] {
  const text = newText
    .slice(0, 16_000)
    .normalize('NFKC')
    .replace(/[’‘`´]/g, "'");
  return withoutManners(withoutWriter(text, writer))
    .split('\n')
    .slice(0, mostLines)
    .map((line) =>
      line
        .slice(0, longestLine)
        .replace(/^[\s*•#-]+|[*_]/g, '')
        .trim(),
    )
    .filter((line) => line !== '' && !/^[>|»]/.test(line))
    .map((line) => {
      const folded = fold(line);
      return folded.length === line.length ? { text: line, folded } : { text: folded, folded };
    });
}

/** Words of an asker that may stand beside a decision: `Grant Max access`. */
function namesOf({ name, address }: Asker): ReadonlySet<string> {
  return new Set(
    [...fold(name.normalize('NFKC')).split(/[^\p{L}\p{N}.-]+/u), fold(address)].filter((word) => word !== ''),
  );
}

function read(lines: readonly Line[], asker: Asker): DecisionSaid | null {
  const names = namesOf(asker);
  const into: Collected = {
    ...{ roles: [], days: [], privileges: [], justifications: [], corrects: {}, free: [] },
    atOnce: false,
  };
  let decided: { readonly kind: 'grant' | 'undo'; readonly line: string } | DecisionSaid | null = null;
  let inReason = false;
  for (const [i, { text, folded }] of lines.entries()) {
    const first = wordsFrom(folded, names);
    const refuses = first.kinds.has('deny');
    const { before, fields } = refuses ? { before: text, fields: [] } : fieldsOf(text, folded);
    const words = before === text ? first : wordsFrom(folded.slice(0, before.length), names);
    const verbs = (['grant', 'deny', 'undo'] as const).filter((kind) => words.kinds.has(kind));
    if (verbs.length > 0 && (decided !== null || verbs.length > 1)) return unclear('two', text);
    const [verb] = verbs;
    if (verb !== undefined && i >= lookedAt) return null;
    if (verb === 'deny') {
      decided = readDeny(text, folded, words.end);
      continue;
    }
    const rest = before.slice(words.end).trim();
    if (verb !== undefined) {
      if (/[?？]/.test(before)) return unclear('condition', text);
      if (rest !== '' && (!words.parted || verb === 'undo')) return unclear('words', rest);
      if (words.days.length > 0 !== words.kinds.has('until')) return unclear('until', before);
      decided = { kind: verb, line: text };
    } else if (inReason && fields.length === 0 && rest !== '') {
      into.justifications = [cleanLine(`${into.justifications.join(' ')} ${text}`, longestReason)];
      continue;
    }
    const own = verb !== undefined || rest === '';
    if (own) {
      into.roles.push(...words.roles.flatMap((word) => roleNamed(word) ?? []));
      into.days.push(...words.days);
      into.atOnce ||= words.kinds.has('now');
    }
    if (rest !== '') into.free.push(own ? rest : before.trim());
    const wrong = fields.reduce<NotClear | null>((before, field) => before ?? take(into, field, asker), null);
    if (wrong) return wrong;
    inReason = fields.at(-1)?.field === 'justification';
  }
  if (decided === null) return null;
  if (!('line' in decided)) return decided;
  if (decided.kind === 'undo') return { kind: 'undo' };
  return granted(into, decided.line);
}

/** Null where the text is no decision and was not meant as one. `newText` is the decider's own; `writer` their name. */
export const readDecision = (
  newText: string,
  { asker, writer }: { readonly asker: Asker; readonly writer: string },
): DecisionSaid | null => read(linesOf(newText, writer), asker);
