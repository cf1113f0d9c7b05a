/** The languages of the pages for customers: those of the letters that lead to them. */
const languages = ['en', 'de', 'fr', 'es', 'ja'] as const;
export type PageLanguage = (typeof languages)[number];

/** The first that we have, of a language or of an Accept-Language header. */
export function pageLanguage(wanted: string): PageLanguage {
  const bases = wanted.split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  for (const base of bases) {
    const known = languages.find((one) => one === base);
    if (known) return known;
  }
  return 'en';
}

/** British days for English: a day, a month, a year, as in the letters. */
export const dayIn = (iso: string, language: PageLanguage, timeZone = 'UTC'): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone }).format(
    Date.parse(iso),
  );
