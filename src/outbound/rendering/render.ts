/**
 * A letter becomes subject, text and HTML. Values go into the tree after the Markdown is parsed, as text, never before: while
 * the template is filled in, marks stand for them, so that nothing a customer wrote is ever read as Markdown, Liquid or HTML.
 */
import { Liquid } from 'liquidjs';
import MarkdownIt, { type Token } from 'markdown-it';
import { cleanLine, cleanText } from '../../foundation/clean-text.ts';
import type { Closing, Letter, LetterTemplate } from '../letter.ts';
import { asTemplate } from './announcement-body.ts';
import { quoteMark, withInlineStyles } from './inline-styles.ts';
import { plainText } from './plain-text.ts';
import { type View, viewOf } from './values-for-text.ts';

export type Template = { readonly subject: string; readonly body: string };

/** As `runtime/templates.ts` hands them down: language, letter, template; languages as the folders are named. */
export type Templates = {
  readonly frame: string;
  readonly letters: Readonly<Record<string, Readonly<Partial<Record<LetterTemplate, Template>>>>>;
  /** By language: what a letter that is the last one for a while says above its closing words. */
  readonly lastLetter: Readonly<Record<string, string>>;
  /** By language: below a letter to somebody who takes part in a case that another has asked for. */
  readonly howToLeave: Readonly<Record<string, string>>;
};

export type RenderedLetter = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of the templates that were used, in order. */
  readonly languages: readonly string[];
};

/** Private-use characters, which nobody can send us in a template; values are put in last and never looked at again. */
const marked = /\uE000([0-9]+)\uE001/g;

const strict = { strictVariables: true, strictFilters: true, ownPropertyOnly: true } as const;
const plain = new Liquid(strict);
const framed = new Liquid({ ...strict, outputEscape: 'escape' });
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
// Marks in link targets have to be found again after parsing.
markdown.normalizeLink = (url) => url;

/** `de-AT`, then `de`, then English. */
function pickLanguage(templates: Templates, template: LetterTemplate, wanted: string): string {
  const has = (language: string) => templates.letters[language]?.[template] !== undefined;
  const [base = ''] = wanted.split('-');
  return [wanted, base.toLowerCase()].find(has) ?? 'en';
}

type Filled = { readonly subject: string; readonly source: string; readonly values: readonly string[] };

/** A template is parsed once; what stands for the values is collected anew each time. */
function filler(template: Template): (view: View) => Filled {
  let values: string[] = [];
  const marking = new Liquid({
    ...strict,
    outputEscape: (value: unknown) => `\uE000${values.push(cleanText(String(value ?? ''))) - 1}\uE001`,
  });
  const subject = plain.parse(template.subject);
  const body = marking.parse(template.body);
  return (view) => {
    values = [];
    const source = marking.renderSync(body, view) as string;
    return { subject: cleanLine(plain.renderSync(subject, view) as string, 400), source, values };
  };
}

let fillers = new WeakMap<Template, (view: View) => Filled>();

/** What a filled-in template is while marks stand for its values: the same for every letter that takes the same branches. */
type Shape = { readonly tokens: readonly Token[]; readonly html: string };

const shapes = new Map<string, Shape>();
/** Lists have as many shapes as they have lengths: the oldest one makes room. */
const mostShapes = 100;

function shapeOf(source: string): Shape {
  const known = shapes.get(source);
  if (known) return known;
  const tokens = markdown.parse(source, {});
  // The marks of a quote are taken out of the HTML only; few letters have any.
  const forHtml = source.includes(`\\${quoteMark}`) ? markdown.parse(source, {}) : tokens;
  const shape = { tokens, html: withInlineStyles(markdown, forHtml) };
  const [oldest] = shapes.keys();
  if (shapes.size >= mostShapes && oldest !== undefined) shapes.delete(oldest);
  shapes.set(source, shape);
  return shape;
}

/**
 * Drops what is kept of templates and shapes; it is made again when a letter asks for it. The check at the start renders every letter in every
 * language, and most desks write a few of them.
 */
export function forgetRendered(): void {
  fillers = new WeakMap();
  withLast = new WeakMap();
  withHowToLeave = new WeakMap();
  announced.clear();
  shapes.clear();
}

const { escapeHtml } = markdown.utils;

/** `as` keeps a value from being read as anything but text where it is put. */
const put = (text: string, values: readonly string[], as: (value: string) => string): string =>
  text.replace(marked, (_, index: string) => as(values[Number(index)] ?? ''));

/** With the part that it was made with, which is another one once that was changed. */
type Joined = { readonly part: string; readonly made: Template };

let withLast = new WeakMap<Template, Joined>();

/** The closing words are the last paragraph of every letter. */
function saysLast(template: Template, part: string): Template {
  const known = withLast.get(template);
  if (known?.part === part) return known.made;
  const body = template.body.trimEnd();
  const at = body.lastIndexOf('\n\n');
  const made = { ...template, body: `${body.slice(0, at)}\n\n${part.trim()}${body.slice(at)}\n` };
  withLast.set(template, { part, made });
  return made;
}

let withHowToLeave = new WeakMap<Template, Joined>();

/** Below everything. */
function saysHowToLeave(template: Template, part: string): Template {
  const known = withHowToLeave.get(template);
  if (known?.part === part) return known.made;
  const made = { ...template, body: `${template.body.trimEnd()}\n\n${part.trim()}\n` };
  withHowToLeave.set(template, { part, made });
  return made;
}

/** Texts of announcements, each with the template that it is put in; the oldest one makes room. */
const announced = new Map<string, Template>();
const mostAnnounced = 20;

/** What an operator has written to many stands in the place that the template leaves for it. */
function saysOf(template: Template, text: string): Template {
  const key = `${template.body}\n${text}`;
  const known = announced.get(key);
  if (known) return known;
  const made = { ...template, body: asTemplate(text, template.body) };
  const [oldest] = announced.keys();
  if (announced.size >= mostAnnounced && oldest !== undefined) announced.delete(oldest);
  announced.set(key, made);
  return made;
}

function closingView({ last, phone }: Closing): View {
  return { last, callUs: phone, callUsLink: phone === null ? null : phone.replace(/[^+0-9]/g, '') };
}

function fill(template: Template, view: View): { subject: string; text: string; html: string } {
  const known = fillers.get(template) ?? filler(template);
  fillers.set(template, known);
  const { subject, source, values } = known(view);
  const { tokens, html } = shapeOf(source);
  return {
    subject,
    text: plainText(tokens, (text) => put(text, values, (value) => value)),
    html: put(html, values, escapeHtml),
  };
}

const frames = new WeakMap<Templates, Map<string, string>>();

/** The frame for these languages, with marks for the bodies in their order and one behind them for the subject. */
function frameFor(templates: Templates, languages: readonly string[]): string {
  const known = frames.get(templates) ?? new Map<string, string>();
  frames.set(templates, known);
  const key = languages.join();
  const made =
    known.get(key) ??
    (framed.parseAndRenderSync(templates.frame, {
      language: languages[0] ?? 'en',
      subject: `\uE000${languages.length}\uE001`,
      bodies: languages.map((language, at) => ({ language, html: `\uE000${at}\uE001` })),
    }) as string);
  known.set(key, made);
  return made;
}

/**
 * In the language wished for; a letter that goes out in several (the neutral receipt) holds one below the other, with the
 * subject of the first. Throws where a template uses a name that is not there: `checkTemplates` finds that before the start.
 */
export function renderLetter(
  templates: Templates,
  letter: Letter & { readonly closing?: Closing; readonly howToLeave?: true },
  wanted: readonly string[],
): RenderedLetter {
  const { closing, howToLeave } = letter;
  const languages = [...new Set(wanted.map((language) => pickLanguage(templates, letter.template, language)))];
  const parts = languages.map((language) => {
    const template = templates.letters[language]?.[letter.template];
    if (!template) throw new Error(`no template ${language}/${letter.template}`);
    const written = wanted.find((one) => one.startsWith(`${language}-`)) ?? language;
    const view = viewOf(letter, written);
    const own = letter.template === 'announcement' ? saysOf(template, letter.values.body) : template;
    const part = (of: Templates['howToLeave']) => of[language] ?? of.en ?? '';
    const last = closing ? saysLast(own, part(templates.lastLetter)) : own;
    const whole = howToLeave ? saysHowToLeave(last, part(templates.howToLeave)) : last;
    return fill(whole, closing ? { ...view, ...closingView(closing) } : view);
  });
  const subject = parts[0]?.subject ?? '';
  const inFrame = [...parts.map((part) => part.html), escapeHtml(subject)];
  return {
    subject,
    text: parts.map((part) => part.text).join('\n-----\n\n'),
    html: put(frameFor(templates, languages), inFrame, (html) => html),
    languages,
  };
}
