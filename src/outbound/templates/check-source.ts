/**
 * What is wrong with a template before anything is rendered by it: what it must say is held against the shipped one of its language, and where
 * there is none against the English one (decision 0080).
 */
import { Liquid } from 'liquidjs';
import MarkdownIt, { type Token } from 'markdown-it';
import { didYouMean } from '../../foundation/nearest-word.ts';
import { isPart, letterTemplates } from '../letter.ts';
import { strayLinks } from '../rendering/check-templates.ts';
import type { Templates } from '../rendering/render.ts';
import { instructionsOf, lineAt, pathsIn, type Scanned, scan } from './scan.ts';
import { languagesOf, type TemplateName, type TemplateText, textOf } from './text.ts';
import { viewsOf } from './views.ts';

export type TemplateFault = {
  readonly in: 'subject' | 'text';
  /** Of the text; null where it is about all of it. */
  readonly line: number | null;
  /** A sentence. */
  readonly says: string;
};

export type ToCheck = {
  readonly shipped: Templates;
  readonly language: string;
  readonly name: TemplateName;
  readonly text: TemplateText;
};

const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
const mostCharacters = 40_000;
const tooLong = `It is longer than ${mostCharacters.toLocaleString('en-GB')} characters.`;
const mostWithin = 3;
const noValue = 'is no value of this letter';

const inText = (line: number | null, says: string): TemplateFault => ({ in: 'text', line, says });
const inSubject = (says: string): TemplateFault => ({ in: 'subject', line: null, says });

/** What it is held against. */
const standardOf = ({ shipped, language, name }: Omit<ToCheck, 'text'>): TemplateText | null =>
  textOf(shipped, language, name) ?? textOf(shipped, language.split('-')[0] ?? '', name) ?? textOf(shipped, 'en', name);

const hidden =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uE000-\uF8FF\uFEFF]/;
const codePoint = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function ofCharacters({ text: { subject, body } }: ToCheck): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const says = (sign: string) => `There is a character that cannot be seen (${codePoint(sign)}): delete it.`;
  const [inHead] = hidden.exec(subject?.replaceAll(/[\r\n]/g, '') ?? '') ?? [];
  if (inHead !== undefined) faults.push(inSubject(says(inHead)));
  const found = hidden.exec(body);
  if (found) faults.push(inText(lineAt(body, found.index), says(found[0])));
  return faults;
}

function ofSize({ name, text: { subject, body } }: ToCheck): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (!isPart(name)) {
    if ((subject ?? '').trim() === '') faults.push(inSubject('It has no subject.'));
    if (/[\r\n]/.test(subject ?? '')) faults.push(inSubject('The subject has a line break; a header is one line.'));
  } else if (subject !== null && subject !== '')
    faults.push(inSubject('A part of letters has no subject of its own: leave it empty.'));
  if (body.trim() === '') faults.push(inText(null, 'It has no text.'));
  if ((subject?.length ?? 0) + body.length > mostCharacters) faults.push(inText(null, tooLong));
  return faults;
}

/** `tag "if" not closed, line:2, col:1` as a person reads it. */
function liquidFault(source: string, where: 'subject' | 'text'): TemplateFault[] {
  try {
    liquid.parse(source);
    return [];
  } catch (error) {
    return [saidOfLiquid(error, where)];
  }
}

export function saidOfLiquid(error: unknown, where: 'subject' | 'text'): TemplateFault {
  const [first = ''] = (error as Error).message.split('\n');
  const line = Number(/, line:(\d+)/.exec(first)?.[1] ?? 0);
  const plain = first.replace(/, line:\d+(?:, col:\d+)?/, '').replaceAll(/"([^"]*)"/g, '“$1”');
  const says = /^undefined variable/.test(plain)
    ? `There is no value by this name: ${plain.replace(/^undefined variable:?\s*/, '')}`
    : `What stands in braces cannot be read: ${plain}`;
  return { in: where, line: where === 'text' && line > 0 ? line : null, says: `${says.replace(/\.$/, '')}.` };
}

const tagsUsed = ['if', 'elsif', 'else', 'endif', 'unless', 'endunless', 'case', 'when', 'endcase', 'for', 'endfor'];
const filtersUsed = ['default', 'join'];

const deepest = (tags: Scanned['tags']): number => {
  let [now, most] = [0, 0];
  for (const { tag } of tags) {
    if (tag === 'for') now += 1;
    if (tag === 'endfor') now -= 1;
    most = Math.max(most, now);
  }
  return most;
};

function ofForm({ tags, filters, ranges }: Scanned, where: 'subject' | 'text'): TemplateFault[] {
  const at = (line: number) => ({ in: where, line: where === 'text' ? line : null });
  return [
    ...tags
      .filter(({ tag }) => !tagsUsed.includes(tag))
      .map(({ tag, line }) => ({
        ...at(line),
        says: `{% ${tag} %} is not used in letters; there are if, unless, case and for.`,
      })),
    ...filters
      .filter(({ filter }) => !filtersUsed.includes(filter))
      .map(({ filter, line }) => ({
        ...at(line),
        says: `The filter “${filter}” is not used in letters: values stand as they are.`,
      })),
    ...(deepest(tags) > mostWithin
      ? [{ in: where, line: null, says: `Loops stand within each other at most ${mostWithin} deep.` }]
      : []),
    ...ranges.map(({ line }) => ({ ...at(line), says: 'A loop goes over a list of values, not over numbers.' })),
  ];
}

/** What every shipped template of this letter asks for, and what its examples hold. */
function knownOf({ shipped, name }: ToCheck): {
  readonly values: ReadonlySet<string>;
  readonly cases: ReadonlySet<string>;
} {
  const values = new Set(viewsOf(name).flatMap((view) => pathsIn(view)));
  const cases = new Set<string>();
  for (const language of languagesOf(shipped)) {
    const text = textOf(shipped, language, name);
    if (text === null) continue;
    const found = scan(`${text.subject ?? ''}\n${text.body}`);
    for (const one of [...found.values.keys(), ...found.asked.keys()]) values.add(one);
    for (const one of found.cases.keys()) cases.add(one);
  }
  return { values, cases };
}

const shownPath = (path: string): string => path.replaceAll('[]', '');

function ofValues(given: ToCheck, standard: TemplateText): TemplateFault[] {
  const { subject, body } = given.text;
  const [head, text] = [scan(subject ?? ''), scan(body)];
  const known = knownOf(given);
  const faults: TemplateFault[] = [];
  for (const [found, where] of [
    [head, 'subject'],
    [text, 'text'],
  ] as const) {
    const at = (line: number) => ({ in: where, line: where === 'text' ? line : null });
    for (const [path, { line }] of new Map([...found.values, ...found.asked])) {
      if (known.values.has(path)) continue;
      const near = didYouMean([...known.values].map(shownPath), shownPath(path)).replace(/^; d/, ' D');
      faults.push({ ...at(line), says: `{{ ${shownPath(path)} }} ${noValue}.${near}` });
    }
    for (const [one, { line }] of found.cases) {
      const [of = '', value = ''] = one.split(' = ');
      const others = [...known.cases].filter((other) => other.startsWith(`${of} = `));
      if (value === '' || others.length === 0 || known.cases.has(one)) continue;
      const near = didYouMean(
        others.map((other) => other.slice(of.length + 3)),
        value,
      ).replace(/^; d/, ' D');
      faults.push({ ...at(line), says: `${shownPath(of)} is never “${value}”.${near}` });
    }
  }
  const wanted = scan(`${standard.subject ?? ''}\n${standard.body}`);
  const said = new Set([...head.values.keys(), ...text.values.keys()]);
  for (const path of wanted.values.keys())
    if (!said.has(path)) faults.push(inText(null, `{{ ${shownPath(path)} }} is missing: the letter has to say it.`));
  const treated = new Set([...head.cases.keys(), ...text.cases.keys()]);
  for (const one of wanted.cases.keys()) {
    const [of = '', value = ''] = one.split(' = ');
    if (!treated.has(one) && value !== '')
      faults.push(inText(null, `It says nothing of the case that ${shownPath(of)} is “${value}”.`));
  }
  return faults;
}

const withoutLiquid = (text: string): string => text.replaceAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, '');
const caseMark = /\[Case \{\{/;

/** What intake reads in an answer, or a person has to do, stays whatever else is said. */
function ofInstructions({ name, text: { subject, body } }: ToCheck, standard: TemplateText): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const said = instructionsOf(body);
  for (const word of instructionsOf(standard.body).keys())
    if (!said.has(word))
      faults.push(inText(null, `The instruction \`${word}\` is missing: that is the word which is read in an answer.`));
  if (/^>/m.test(standard.body) && !/^>/m.test(body))
    faults.push(
      inText(null, 'The box is missing (lines that begin with >): it holds what counts, or what is to be done.'),
    );
  if (/\bPIN\b/.test(withoutLiquid(standard.body)) && !/\bPIN\b/.test(withoutLiquid(body)))
    faults.push(inText(null, 'It does not say PIN any more: that is the word which is read in a subject.'));
  if (caseMark.test(standard.subject ?? '') && !caseMark.test(subject ?? ''))
    faults.push(inSubject('[Case {{ … }}] is missing: by it answers find their case.'));
  if (name === 'announcement' && !body.includes('{{ body }}'))
    faults.push(inText(null, 'It has no place for the text: {{ body }}, written like this.'));
  const paragraphs = body.trimEnd().lastIndexOf('\n\n') >= 1;
  if (!isPart(name) && letterTemplates[name].autoSubmitted === 'auto-replied' && !paragraphs)
    faults.push(
      inText(
        null,
        'It is one paragraph: what a last letter says besides goes before the closing words, which are one of their own.',
      ),
    );
  return faults;
}

const markup: Readonly<Record<string, string>> = {
  fence: 'A block of code is not shown by our letters; write commands in `backticks`.',
  ordered_list_open: 'A numbered list is not shown by our letters; write one with hyphens.',
  table_open: 'A table is not shown by our letters; write a list with hyphens.',
  image: 'A picture is not sent with letters, and most programs hide it: write a link to it.',
  s_open: 'Text that is crossed out is not shown by our letters.',
};

function ofMarkup({ text: { body } }: ToCheck): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const walk = (tokens: readonly Token[], at: number | null): void => {
    for (const token of tokens) {
      const line = token.map ? token.map[0] + 1 : at;
      const says = markup[token.type];
      if (says !== undefined) faults.push(inText(line, says));
      if (token.type === 'heading_open' && token.tag !== 'h2')
        faults.push(inText(line, 'Headings are written with ##.'));
      const href = token.type === 'link_open' ? String(token.attrGet('href') ?? '') : 'VALUE';
      if (!/^(?:https:|mailto:|tel:|VALUE)/.test(href))
        faults.push(inText(line, `The link to ${href} is neither https:, mailto: nor tel:.`));
      if (token.children) walk(token.children, line);
    }
  };
  // Lines stay where they are.
  const blanks = (found: string) => found.replaceAll(/[^\n]/g, '');
  const plain = body.replaceAll(/\{\{[\s\S]*?\}\}/g, 'VALUE').replaceAll(/\{%[\s\S]*?%\}/g, blanks);
  walk(markdown.parse(plain, {}), null);
  const written = plain.replaceAll(/`[^`\n]*`/g, '').replaceAll(/<(?:https?|mailto):[^>\s]*>/gi, '');
  const tag = /<\/?[a-z][^>\n]{0,200}>|<!--/i.exec(written);
  if (tag) faults.push(inText(lineAt(written, tag.index), 'HTML is shown as it is typed; write Markdown.'));
  for (const value of strayLinks(body))
    faults.push(inText(null, `A link leads to {{ ${value} }}: that comes from a mail.`));
  return faults;
}

const once = (faults: readonly TemplateFault[]): TemplateFault[] => [
  ...new Map(faults.map((one) => [JSON.stringify(one), one])).values(),
];

export type CheckedSource = {
  /** All at once; an empty list where nothing is wrong. */
  readonly faults: readonly TemplateFault[];
  /** Letters can be written by it, and none takes long. */
  readonly readable: boolean;
};

export function checkSource(given: ToCheck): CheckedSource {
  const { subject, body } = given.text;
  const plain = [...ofSize(given), ...ofCharacters(given)];
  const form = [...ofForm(scan(subject ?? ''), 'subject'), ...ofForm(scan(body), 'text')];
  const read = [...liquidFault(subject ?? '', 'subject'), ...liquidFault(body, 'text')];
  const standard = standardOf(given);
  const readable = form.length === 0 && read.length === 0 && !plain.some(({ says }) => says === tooLong);
  if (standard === null) return { faults: once([...plain, ...form, ...read]), readable: false };
  // Where the form is wrong, what it says cannot be told.
  const meaning = read.length > 0 ? [] : [...ofValues(given, standard), ...ofMarkup(given)];
  const faults = once([...plain, ...form, ...read, ...meaning, ...ofInstructions(given, standard)]);
  // Every letter would say once more that a value is none.
  return { faults, readable: readable && !meaning.some(({ says }) => says.includes(noValue)) };
}
