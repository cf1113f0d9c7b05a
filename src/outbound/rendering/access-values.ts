/** The values of letters about access, written out in their language (POLICY §8). */
import { cleanLine } from '../../foundation/clean-text.ts';
import type { AccessLetter, FirstTold } from '../letters/access.ts';
import { privilegesIn } from './privilege-words.ts';

const roleWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: {
    ...{ primary: 'Hauptansprechperson', secondary: 'Zweitkontakt', 'technical contact': 'technischer Kontakt' },
    ...{ 'authorized user': 'berechtigter Benutzer', 'licence user': 'Lizenzbenutzer' },
    'provisional caller': 'vorläufiger Anrufer',
  },
  fr: {
    ...{ primary: 'contact principal', secondary: 'contact secondaire', 'technical contact': 'contact technique' },
    ...{ 'authorized user': 'utilisateur autorisé', 'licence user': 'utilisateur de licences' },
    'provisional caller': 'appelant provisoire',
  },
  es: {
    ...{ primary: 'contacto principal', secondary: 'contacto secundario', 'technical contact': 'contacto técnico' },
    ...{ 'authorized user': 'usuario autorizado', 'licence user': 'usuario de licencias' },
    'provisional caller': 'llamante provisional',
  },
  ja: {
    ...{ primary: '主担当者', secondary: '副担当', 'technical contact': '技術担当', 'authorized user': '認定ユーザー' },
    ...{ 'licence user': 'ライセンスユーザー', 'provisional caller': '仮の連絡者' },
  },
};
const base = (language: string): string => language.split('-')[0] ?? language;
export const roleIn = (role: string | null, language: string): string | null =>
  role === null ? null : (roleWords[base(language)]?.[role] ?? role);

export function countryIn(code: string | null, language: string): string | null {
  if (code === null) return null;
  return new Intl.DisplayNames([language, 'en'], { type: 'region', fallback: 'code' }).of(code) ?? code;
}

type Written = {
  readonly day: (iso: string | null, language: string) => string | null;
  readonly time: (iso: string, timezone: string, language: string) => string;
};

const shown = (text: string | null, most: number): string | null => (text === null ? null : cleanLine(text, most));

/** All that a second confirms; its day is written by each for itself. */
export const termsIn = ({ who, role, privileges, reason, corrects }: FirstTold, language: string) => ({
  ...{ who: shown(who, 120), role: roleIn(role, language), privileges: privilegesIn(privileges, language) },
  reason: shown(reason, 1_000),
  corrects: corrects.length === 0 ? null : cleanLine(corrects.join(' · '), 200),
});

export function accessValues(
  letter: AccessLetter,
  language: string,
  { day, time }: Written,
): Readonly<Record<string, unknown>> {
  switch (letter.template) {
    case 'access-verify':
    case 'access-next':
    case 'access-caller':
      return letter.values;
    case 'access-question':
    case 'access-with-care': {
      const { asker } = letter.values;
      const told = {
        ...{ ...asker, name: shown(asker.name, 120), justification: shown(asker.justification, 1_000) },
        ...{ role: roleIn(asker.role, language), phone: shown(asker.phone, 60) },
      };
      const had = letter.values.first;
      const first = had && { ...termsIn(had, language), until: day(had.until, language) };
      if (letter.template === 'access-question')
        return { ...letter.values, first, asker: told, country: countryIn(letter.values.country, language) };
      const { due, timezone, countryNamed } = letter.values;
      return {
        ...{ ...letter.values, first, asker: told, due: time(due, timezone, language) },
        countryNamed: countryIn(countryNamed, language),
      };
    }
    case 'access-settled':
      return {
        ...letter.values,
        ...{ name: shown(letter.values.name, 120), said: shown(letter.values.said, 200) },
        ...{ role: roleIn(letter.values.role, language), until: day(letter.values.until, language) },
      };
    case 'access-decided':
      return {
        ...letter.values,
        ...{ role: roleIn(letter.values.role, language), until: day(letter.values.until, language) },
        words: shown(letter.values.words, 500),
      };
    default:
      return letter satisfies never;
  }
}
