/** A template as it stands in a file, and as somebody edits it. */
import { createHash } from 'node:crypto';
import { isPart, type LetterPart, type LetterTemplate, letterParts, letterTemplates } from '../letter.ts';
import type { Templates } from '../rendering/render.ts';

/** Letters, and the parts that stand in them. */
export type TemplateName = LetterTemplate | LetterPart;
export const templateNames: readonly TemplateName[] = [
  ...(Object.keys(letterTemplates) as LetterTemplate[]).toSorted(),
  ...letterParts,
];
export const isTemplateName = (name: string): name is TemplateName =>
  isPart(name) || Object.hasOwn(letterTemplates, name);

/** `subject` is null of a part. */
export type TemplateText = { readonly subject: string | null; readonly body: string };

/** Of the forms of BCP 47 those that we name folders by. */
export const languageForm = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** Lines end with LF, and the last one does, too. */
export const tidy = ({ subject, body }: TemplateText): TemplateText => ({
  subject,
  body: `${body.replaceAll(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd()}\n`,
});

/** Front matter of one line, `subject: "…"`, then the body; a part has none. Throws where there is none. */
export function readTemplate(name: TemplateName, source: string): TemplateText {
  const text = source.replaceAll('\r\n', '\n');
  if (isPart(name)) return { subject: null, body: text };
  const found = /^---\nsubject: (".*")\n---\n([\s\S]*)$/.exec(text);
  if (!found) throw new Error('it does not begin with "---", one line subject: "…", and "---"');
  return { subject: subjectOf(found[1] ?? ''), body: found[2] ?? '' };
}

function subjectOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new Error('its subject is not one string in double quotes, as in JSON: write \\" for a quotation mark');
  }
}

/** As it would stand in a file. */
export const fileOf = ({ subject, body }: TemplateText): string =>
  subject === null ? body : `---\nsubject: ${JSON.stringify(subject)}\n---\n${body}`;

const partsOf = (templates: Templates, part: LetterPart): Readonly<Record<string, string>> =>
  part === 'last-letter' ? templates.lastLetter : templates.howToLeave;

/** Null: there is none in this language. */
export function textOf(templates: Templates, language: string, name: TemplateName): TemplateText | null {
  if (!isPart(name)) return templates.letters[language]?.[name] ?? null;
  const body = partsOf(templates, name)[language];
  return body === undefined ? null : { subject: null, body };
}

/** The same templates with this one in its place. */
export function withText(
  templates: Templates,
  { language, name, text }: { readonly language: string; readonly name: TemplateName; readonly text: TemplateText },
): Templates {
  if (isPart(name)) {
    const made = { ...partsOf(templates, name), [language]: text.body };
    return name === 'last-letter' ? { ...templates, lastLetter: made } : { ...templates, howToLeave: made };
  }
  const ofLanguage = { ...templates.letters[language], [name]: { subject: text.subject ?? '', body: text.body } };
  return { ...templates, letters: { ...templates.letters, [language]: ofLanguage } };
}

/** Every language in which there is a template, English first. */
export const languagesOf = ({ letters, lastLetter, howToLeave }: Templates): readonly string[] =>
  [...new Set([...Object.keys(letters), ...Object.keys(lastLetter), ...Object.keys(howToLeave)])].toSorted((a, b) =>
    a === 'en' ? -1 : b === 'en' ? 1 : a < b ? -1 : 1,
  );

/** By which it is known whether the shipped template is still the one that a changed one was written beside; null: there is none. */
export const hashOf = (text: TemplateText | null): string | null =>
  text === null ? null : createHash('sha256').update(fileOf(text)).digest('hex').slice(0, 32);
