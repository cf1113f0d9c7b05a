/**
 * A request for access (POLICY §8.1): `ACCESS 1000345` in the subject, and who asks for what and why, in labelled lines or in sentences, in
 * the languages of the templates. Nothing of it is believed until a decider has decided; what cannot be read is left out. Linear in the text.
 */
import { cleanLine, cleanText } from '../../foundation/clean-text.ts';
import { withoutWriter } from '../answers/only-thanks.ts';
import { withoutManners } from '../answers/sender-prose.ts';
import { firstLine } from '../first-line.ts';
import { fold } from '../fold-width.ts';
import { stripPrefixes } from '../subject/subject.ts';
import { type AskedRole, isAskedRole, roleNamed, roleSpellings } from './access-words.ts';
import { countryIn, countryNamed } from './country-named.ts';
import { type Field, fieldsOf } from './decision-fields.ts';

type Text = { readonly subject: string; readonly newText: string };

const opening =
  "(?:(?:please|pls|i need|we need|i would like|i request|requesting|request|new|user|bitte|antrag|anfrage|beantrage|demande|je demande|merci|solicitud|solicito|por favor|サイト ?[0-9]{5,9} ?への)(?: (?:for|of|auf|um|an|de|d'|to))?[ :,]{0,3}){0,3}(?:d'|de )?(?:the )?";
const word = '(?:access|zugangsanfrage|zugangsantrag|zugang|zugriff|acces|acceso|アクセス)';
const beside =
  '(?:[ :#=,.-]|request(?:ed)?|rights?|to|for|the|at|site|account|customer|number|no|nr|zu|zum|auf|fur|den|dem|standort|kunde|kundennummer|nummer|anfrage|antrag|beantragen|demande|au|a|pour|le|la|du|compte|client|numero|n°|no|al|para|el|de|sitio|cuenta|cliente|権の|権限の|権|権限|申請|の|サイト|番号)';
const whole = new RegExp(`^${opening}${word}(?![a-z])${beside}{0,12}([0-9]{5,9})[ .!。]{0,3}$`, 'u');
const headed = new RegExp(`^${word}[ :#=-]{1,3}([0-9]{7})(?: ?[-–—:,;(]|$)`, 'u');
const behind = new RegExp(`^サイト ?([0-9]{5,9}) ?への${word}(?:${beside}){0,4}$`, 'u');

const longestSubject = 120;
/** All of them end in a number; in most mails none stands there, and the forms are long. */
const aNumber = /[0-9]{5}/;

export type AccessNamed = {
  /** As it was typed. */
  readonly site: string;
  /** Nothing else stands there: `ACCESS 1000345 - cannot log in` may be about something else. */
  readonly whole: boolean;
};

function namedIn(line: string): AccessNamed | null {
  if (line.length > longestSubject) return null;
  const said = fold(line.normalize('NFKC')).replace(/ {2,}/g, ' ').trim();
  if (!aNumber.test(said)) return null;
  const all = whole.exec(said)?.[1] ?? behind.exec(said)?.[1];
  if (all !== undefined) return { site: all, whole: true };
  const head = headed.exec(said)?.[1];
  return head === undefined ? null : { site: head, whole: false };
}

/** Null where the mail does not name access and a site number in its subject, or alone on its first line. */
export function accessNamed({ subject, newText }: Text): AccessNamed | null {
  const bySubject = namedIn(stripPrefixes(subject));
  if (bySubject) return bySubject;
  const byLine = namedIn(firstLine(newText.slice(0, 2_000)));
  return byLine?.whole ? byLine : null;
}

export type RequestSaid = {
  /** Digits, as they were typed; seven in a number that can be one. */
  readonly site: string | null;
  readonly name: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly role: AskedRole | null;
  readonly justification: string | null;
  readonly phone: string | null;
};

const longestReason = 1_000;

/** `Requested role`, `Wished role`, `Gewünschte Rolle`: whose it is, before a label. */
const wished =
  /(?<=^|[\s,;.(-])(?:requested|wished|desired|wanted|gewunschte|gewunschter|souhaite|demande|solicitado|deseado|希望(?:する)?|申請)[ ]?(?=role|rolle|rol|役割)/gu;

function withoutWished(line: string): string {
  const folded = fold(line);
  if (folded.length !== line.length) return line;
  return [...folded.matchAll(wished)].reduceRight(
    (text, { 0: found, index }) => text.slice(0, index) + text.slice(index + found.length),
    line,
  );
}

type Read = { readonly fields: ReadonlyMap<Field, string>; readonly prose: string };

/** The first value of a field counts; lines below `justification:` are part of it, up to an empty one. */
function readLines(newText: string, writer: string): Read {
  const fields = new Map<Field, string>();
  const prose: string[] = [];
  let open: Field | null = null;
  const text = withoutManners(
    withoutWriter(
      newText
        .slice(0, 16_000)
        .normalize('NFKC')
        .replace(/[’‘`´]/g, "'"),
      writer,
    ),
  );
  for (const raw of text.split('\n').slice(0, 200)) {
    const line = withoutWished(
      raw
        .slice(0, 1_000)
        .replace(/^[\s•>#-]+|[*_]/g, '')
        .trim(),
    );
    const folded = fold(line);
    const found = folded.length === line.length ? fieldsOf(line, folded) : { before: line, fields: [] };
    for (const { field, value } of found.fields) {
      if (!fields.has(field) && value !== '') fields.set(field, value);
      open = field;
    }
    if (found.fields.length > 0) {
      if (found.before.trim() !== '') prose.push(found.before.trim());
      continue;
    }
    if (line === '') open = null;
    else if (open === 'justification') fields.set(open, `${fields.get(open) ?? ''}\n${line}`.trim());
    else prose.push(line);
  }
  return { fields, prose: prose.join('\n') };
}

const oneName = "\\p{Lu}(?:\\.|[\\p{L}'-]{1,30})";
const names: readonly RegExp[] = [
  new RegExp(
    `(?:[Mm]y name is|[Tt]his is|[Mm]ein Name ist|[Ii]ch heiße|[Jj]e m'appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es) (${oneName}(?: ${oneName}){0,3})`,
    'u',
  ),
  new RegExp(`(?:I am|I'm|[Ii]ch bin|[Jj]e suis|[Ss]oy) (${oneName}(?: ${oneName}){1,3})`, 'u'),
  /(?:^|[\s。、,])(?:私は)?([\p{Script=Latin}\p{Script=Han}\p{Script=Katakana}][\p{Script=Latin}\p{Script=Han}\p{Script=Katakana}ー・ ]{1,30}?) ?(?:と申します|と言います|といいます)/u,
];
const nameIn = (prose: string): string | null =>
  names.flatMap((form) => form.exec(prose)?.[1]?.replace(/[.]$/, '') ?? [])[0] ?? null;

const besideRole =
  "(?:as|als|comme|como|role of|en tant que|en tant qu'|zum|zur|role|rolle)(?: (?:an?|the|eine?n?|der|die|une?|unas?|el|la))? ?";
/** A role that is named as one: in several words, or behind "as"; in Japanese before "as". */
function roleIn(prose: string): AskedRole | null {
  const folded = fold(prose.slice(0, 8_000));
  const spellings = [...roleSpellings.keys()].toSorted((a, b) => b.length - a.length);
  const cjk = spellings.filter((one) => !/[a-z]/.test(one));
  const latin = spellings.filter((one) => /[a-z]/.test(one));
  const forms = [
    new RegExp(`(?<![\\p{L}])${besideRole}(${latin.join('|')})(?![\\p{L}])`, 'gu'),
    new RegExp(`(?<![\\p{L}])(${latin.filter((one) => one.includes(' ')).join('|')})(?![\\p{L}])`, 'gu'),
    new RegExp(`(${cjk.join('|')})(?=として|の役割|権限)`, 'gu'),
  ];
  const found = new Set(
    forms.flatMap((form) => [...folded.matchAll(form)].flatMap(([, said = '']) => roleNamed(said) ?? [])),
  );
  const [role = null] = found;
  return found.size === 1 && isAskedRole(role) ? role : null;
}

/** One number of seven digits, and no part of a telephone number or of a longer one. */
function siteIn(prose: string): string | null {
  const found = new Set(
    [...prose.slice(0, 8_000).matchAll(/(?<![\p{L}\d+./-]|\+\d{1,3} )([0-9]{7})(?![\d/-]|[.,]\d)/gu)].map(
      ([, digits = '']) => digits,
    ),
  );
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

const isReason = (text: string): boolean =>
  text.split(/\s+/).length >= 4 || /[\p{Script=Han}\p{Script=Hiragana}]{6}/u.test(text);

/** In the answer to our letter, whose quote says nothing. */
export const siteAnswered = ({
  newText,
  nothingOwn,
}: {
  readonly newText: string;
  readonly nothingOwn?: true;
}): string | null => (nothingOwn ? null : readAccessRequest({ subject: '', newText, writer: '' }).site);

/** `writer` is the name of the sender, as the mail has it. */
export function readAccessRequest({ subject, newText, writer }: Text & { readonly writer: string }): RequestSaid {
  const { fields, prose } = readLines(newText, writer);
  const value = (field: Field): string => fields.get(field) ?? '';
  const role = roleNamed(value('role'));
  const reason = value('justification') || (isReason(prose) ? prose : '');
  return {
    site: accessNamed({ subject, newText })?.site ?? /[0-9]{5,9}/.exec(value('site'))?.[0] ?? siteIn(prose),
    name: cleanLine(value('name') || (nameIn(prose) ?? (writer.includes('@') ? '' : writer)), 120) || null,
    country: value('country') === '' ? countryIn(prose) : countryNamed(value('country')),
    role: fields.has('role') ? (isAskedRole(role) ? role : null) : roleIn(prose),
    justification: cleanText(reason).slice(0, longestReason).toWellFormed().trim() || null,
    phone: cleanLine(value('phone'), 60) || null,
  };
}
