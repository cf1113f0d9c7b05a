/**
 * A day as people write it, with its year, in the languages of the templates: `2026-12-31`, `31.12.2026`, `31 December 2026`,
 * `Dec 31, 2026`, `31 de diciembre de 2026`, `2026年12月31日`. What could be two days (`03/04/2026`) is none.
 */
import { fold } from '../fold-width.ts';

const months = [
  'january|jan|januar|jaenner|janner|janvier|janv|enero|ene',
  'february|feb|februar|fevrier|fevr|febrero',
  'march|mar|marz|maerz|mrz|mars|marzo',
  'april|apr|avril|avr|abril|abr',
  'may|mai|mayo',
  'june|jun|juni|juin|junio',
  'july|jul|juli|juillet|juil|julio',
  'august|aug|aout|agosto|ago',
  'september|sept|sep|septembre|septiembre|setiembre',
  'october|oct|oktober|okt|octobre|octubre',
  'november|nov|novembre|noviembre',
  'december|dec|dezember|dez|decembre|diciembre|dic',
].map((names) => names.split('|'));
const monthOf = new Map(months.flatMap((names, at) => names.map((name) => [name, at + 1] as const)));
const month = [...monthOf.keys()].toSorted((a, b) => b.length - a.length).join('|');

/** Each without what stands around it; the names say which part is which. */
const forms = [
  '(?<y>20\\d\\d)[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})',
  '(?<d>\\d{1,2})\\. ?(?<m>\\d{1,2})\\. ?(?<y>20\\d\\d|\\d\\d)',
  '(?<a>\\d{1,2})[-/](?<b>\\d{1,2})[-/](?<y>20\\d\\d)',
  `(?<d>\\d{1,2})(?:st|nd|rd|th|er|o|\\.)?(?: of| de)?[ -](?<n>${month})\\.?,?(?: de| del)?[ -](?<y>20\\d\\d)`,
  `(?<n>${month})\\.? (?<d>\\d{1,2})(?:st|nd|rd|th)?,? (?<y>20\\d\\d)`,
  '(?<y>20\\d\\d) ?年 ?(?<m>\\d{1,2}) ?月 ?(?<d>\\d{1,2}) ?日',
];
const anyForm = forms.map(
  (form) => new RegExp(`(?<![\\d\\p{Script=Latin}./-])${form}(?![\\d\\p{Script=Latin}/-]|\\.\\d)`, 'u'),
);

/** Two numbers of which one has to be the day. */
function dayFirst(a: number, b: number): readonly [day: number, month: number] | null {
  if (a === b) return [a, b];
  if (a > 12) return [a, b];
  return b > 12 ? [b, a] : null;
}

export type DayNamed = { readonly day: string; readonly from: number; readonly to: number };

/** The first one; places are those of the folded text. */
export function findDay(text: string): DayNamed | null {
  const folded = fold(text.normalize('NFKC'));
  for (const form of anyForm) {
    const found = form.exec(folded);
    if (!found?.groups) continue;
    const { y = '', m, d, n, a, b } = found.groups;
    const named =
      a === undefined
        ? [Number(d), n === undefined ? Number(m) : (monthOf.get(n) ?? 0)]
        : dayFirst(Number(a), Number(b));
    if (!named) return null;
    const [day = 0, inMonth = 0] = named;
    const year = Number(y.length === 2 ? `20${y}` : y);
    try {
      const iso = Temporal.PlainDate.from({ year, month: inMonth, day }, { overflow: 'reject' }).toString();
      return { day: iso, from: found.index, to: found.index + found[0].length };
    } catch {
      return null;
    }
  }
  return null;
}

/** The value of a line: a day, with the weekday or an article beside it, and nothing else. ISO 8601. */
export function dayNamed(text: string): string | null {
  const found = findDay(text);
  if (!found) return null;
  const folded = fold(text.normalize('NFKC'));
  const beside = `${folded.slice(0, found.from)} ${folded.slice(found.to)}`;
  return weekday.test(beside) ? found.day : null;
}

const weekday =
  /^[\s.,()]*(?:(?:the|den|dem|zum|am|le|au|el|al|including|inclusive|einschliesslich|einschließlich|inclus|incluido|inclusive|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo|[月火水木金土日](?:曜日?)?|まで)[\s.,()]*)*$/u;
