/** For a browser that asked for an address where nothing is: whoever came by a letter is told what to do, and nobody what else is here. */
import type { Html } from '../html.ts';
import { customerPage } from './frame.ts';
import { type PageLanguage, pageLanguage } from './languages.ts';

const all: Readonly<Record<PageLanguage, readonly [title: string, lead: string]>> = {
  en: [
    'There is nothing here',
    'No page has this address. If a letter of ours led you here, open its link once more, or simply reply to the letter.',
  ],
  de: [
    'Hier ist nichts',
    'Keine Seite hat diese Adresse. Wenn eine Nachricht von uns Sie hierher geführt hat, öffnen Sie den Link bitte noch einmal, oder antworten Sie einfach auf die Nachricht.',
  ],
  fr: [
    'Il n’y a rien ici',
    'Aucune page n’a cette adresse. Si l’un de nos courriels vous a conduit ici, ouvrez de nouveau son lien ou répondez simplement au courriel.',
  ],
  es: [
    'Aquí no hay nada',
    'Ninguna página tiene esta dirección. Si le ha traído aquí un mensaje nuestro, abra de nuevo su enlace o responda simplemente al mensaje.',
  ],
  ja: [
    'ページが見つかりません',
    'このアドレスのページはございません。弊社からのメールのリンクを開かれた場合は、もう一度お開きいただくか、そのメールにご返信ください。',
  ],
};

export function notFoundPage(accepted: string): Html {
  const language = pageLanguage(accepted);
  const [title, lead] = all[language];
  return customerPage(language, { title, lead });
}
