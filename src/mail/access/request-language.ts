/** In which language of the templates somebody asks for access, where their mail program does not say it: by words that no other has. */
import { fold } from '../fold-width.ts';

const words = {
  en: 'access please request the and country role for name hello reason user regards',
  de: 'zugang zugriff bitte anfrage antrag ich und rolle land begrundung fur guten gruße gruss name benutzer',
  fr: 'acces demande merci je et pays role motif pour bonjour cordialement nom utilisateur site',
  es: 'acceso solicitud solicito por favor y pais rol motivo para hola gracias saludos nombre usuario sede',
} as const;
const ofWord = new Map<string, string[]>();
for (const [language, list] of Object.entries(words))
  for (const word of list.split(' ')) ofWord.set(word, [...(ofWord.get(word) ?? []), language]);

const longest = 4_000;

/** Null where no language has more of its words than each other one. */
export function languageAsked({
  subject,
  newText,
}: {
  readonly subject: string;
  readonly newText: string;
}): string | null {
  const text = `${subject}\n${newText}`.slice(0, longest);
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  const counts = new Map<string, number>();
  for (const [word] of fold(text).matchAll(/\p{L}+/gu))
    for (const language of ofWord.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}
