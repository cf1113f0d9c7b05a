/** How mail programs say above a quote whose it is, in the languages of the templates. */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'ja';

/** From, sent, to, subject, as Outlook copies a header. */
export const headerLabels: Readonly<Record<Language, readonly [string, string, string, string]>> = {
  en: ['From', 'Sent', 'To', 'Subject'],
  de: ['Von', 'Gesendet', 'An', 'Betreff'],
  fr: ['De', 'Envoyé', 'À', 'Objet'],
  es: ['De', 'Enviado', 'Para', 'Asunto'],
  ja: ['差出人', '送信日時', '宛先', '件名'],
};

const locale: Readonly<Record<Language, string>> = { en: 'en-US', de: 'de-DE', fr: 'fr-FR', es: 'es-ES', ja: 'ja-JP' };

const shown = (at: Date, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale[language], { timeZone: 'Europe/London', ...options })
    .format(at)
    .replace(/\u202f/g, ' ');

export const longDate = (at: Date, language: Language): string =>
  shown(at, language, { dateStyle: 'full', timeStyle: 'short' });

/** One who is quoted. */
export type Quoted = { readonly name: string; readonly address: string; readonly at: Date };

/** As Gmail on the web has it. */
export function gmailLine({ name, address, at }: Quoted, language: Language): string {
  const day = shown(at, language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const time = shown(at, language, { hour: 'numeric', minute: '2-digit' });
  const lines: Readonly<Record<Language, string>> = {
    en: `On ${day} at ${time} ${name} <${address}> wrote:`,
    de: `Am ${day} um ${time} Uhr schrieb ${name} <${address}>:`,
    fr: `Le ${day} à ${time}, ${name} <${address}> a écrit :`,
    es: `El ${day} a las ${time}, ${name} (<${address}>) escribió:`,
    ja: `${day} ${time} ${name} <${address}>:`,
  };
  return lines[language];
}

/** As Apple Mail and the iPhone have it. */
export function appleLine({ name, address, at }: Quoted, language: Language): string {
  const day = shown(
    at,
    language,
    language === 'de' ? { dateStyle: 'medium' } : { day: 'numeric', month: 'short', year: 'numeric' },
  );
  const time = shown(at, language, { hour: '2-digit', minute: '2-digit' });
  const lines: Readonly<Record<Language, string>> = {
    en: `On ${day}, at ${time}, ${name} <${address}> wrote:`,
    de: `Am ${day} um ${time} schrieb ${name} <${address}>:`,
    fr: `Le ${day} à ${time}, ${name} <${address}> a écrit :`,
    es: `El ${day}, a las ${time}, ${name} <${address}> escribió:`,
    ja: `${day} ${time}、${name} <${address}>のメール:`,
  };
  return lines[language];
}

/** As Thunderbird has it, without the address. */
export function thunderbirdLine({ name, at }: Quoted, language: Language): string {
  const day = shown(at, language, { dateStyle: 'short' });
  const time = shown(at, language, { timeStyle: 'short' });
  const lines: Readonly<Record<Language, string>> = {
    en: `On ${day} ${time}, ${name} wrote:`,
    de: `Am ${day} um ${time} schrieb ${name}:`,
    fr: `Le ${day} à ${time}, ${name} a écrit :`,
    es: `El ${day} a las ${time}, ${name} escribió:`,
    ja: `On ${day} ${time}, ${name} wrote:`,
  };
  return lines[language];
}

/** K-9 Mail, with the seconds and the zone. */
export function k9Line({ name, address, at }: Quoted, language: Language): string {
  const day = shown(at, language, { dateStyle: 'long' });
  const time = shown(at, language, { timeStyle: 'long' });
  const lines: Readonly<Record<Language, string>> = {
    en: `On ${day} ${time}, ${name} <${address}> wrote:`,
    de: `Am ${day} ${time} schrieb ${name} <${address}>:`,
    fr: `Le ${day} ${time}, ${name} <${address}> a écrit :`,
    es: `El ${day} ${time}, ${name} <${address}> escribió:`,
    ja: `${day} ${time}、${name} <${address}>のメール:`,
  };
  return lines[language];
}

export const deviceLines: Readonly<
  Record<'iphone' | 'outlook-ios' | 'k9' | 'gmail-android', Readonly<Record<Language, string>>>
> = {
  iphone: {
    en: 'Sent from my iPhone',
    de: 'Von meinem iPhone gesendet',
    fr: 'Envoyé de mon iPhone',
    es: 'Enviado desde mi iPhone',
    ja: 'iPhoneから送信',
  },
  'outlook-ios': {
    en: 'Get Outlook for iOS<https://aka.ms/o0ukef>',
    de: 'Holen Sie sich Outlook für iOS<https://aka.ms/o0ukef>',
    fr: 'Obtenez Outlook pour iOS<https://aka.ms/o0ukef>',
    es: 'Obtener Outlook para iOS<https://aka.ms/o0ukef>',
    ja: 'Outlook for iOS を入手する<https://aka.ms/o0ukef>',
  },
  k9: {
    en: 'Sent from my Android device with K-9 Mail. Please excuse my brevity.',
    de: 'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
    fr: 'Envoyé de mon appareil Android avec K-9 Mail. Veuillez excuser ma brièveté.',
    es: 'Enviado desde mi dispositivo Android con K-9 Mail. Por favor, disculpa mi brevedad.',
    ja: 'Androidデバイスから K-9 Mail で送信',
  },
  'gmail-android': { en: '', de: '', fr: '', es: '', ja: '' },
};
