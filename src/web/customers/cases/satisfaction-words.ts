/** The words of the page that asks how it was. */
import type { PageLanguage } from '../languages.ts';

const en = {
  title: 'How was it?',
  lead: (number: string) => `Your case ${number} is closed. How satisfied are you with our support?`,
  scores: ['very poor', 'poor', 'fair', 'good', 'very good'],
  thanks: (score: number) => `Thank you. You have chosen ${score} of 5.`,
  change: 'You can choose another number within a day.',
  overTitle: 'This page is not open',
  over: 'The link is not complete, or its time is over. Whatever you want to tell us, simply reply to our letter.',
};
type Words = typeof en;

const de: Words = {
  title: 'Wie war es?',
  lead: (number) => `Ihr Fall ${number} ist abgeschlossen. Wie zufrieden sind Sie mit unserem Support?`,
  scores: ['sehr schlecht', 'schlecht', 'mittel', 'gut', 'sehr gut'],
  thanks: (score) => `Vielen Dank. Sie haben ${score} von 5 gewählt.`,
  change: 'Innerhalb eines Tages können Sie eine andere Zahl wählen.',
  overTitle: 'Diese Seite ist nicht offen',
  over: 'Der Link ist unvollständig, oder seine Zeit ist um. Was Sie uns sagen möchten, können Sie uns einfach als Antwort auf unsere Nachricht schreiben.',
};
const fr: Words = {
  title: 'Comment cela s’est-il passé ?',
  lead: (number) => `Votre dossier ${number} est clos. Êtes-vous satisfait de notre assistance ?`,
  scores: ['très mauvais', 'mauvais', 'moyen', 'bon', 'très bon'],
  thanks: (score) => `Merci. Vous avez choisi ${score} sur 5.`,
  change: 'Vous pouvez choisir un autre chiffre pendant un jour.',
  overTitle: 'Cette page n’est pas ouverte',
  over: 'Le lien est incomplet ou n’est plus valable. Pour nous dire quoi que ce soit, il vous suffit de répondre à notre courriel.',
};
const es: Words = {
  title: '¿Qué le ha parecido?',
  lead: (number) => `Su caso ${number} está cerrado. ¿Está satisfecho con nuestro soporte?`,
  scores: ['muy mal', 'mal', 'regular', 'bien', 'muy bien'],
  thanks: (score) => `Gracias. Ha elegido ${score} de 5.`,
  change: 'Puede elegir otro número durante un día.',
  overTitle: 'Esta página no está abierta',
  over: 'El enlace está incompleto o ha caducado. Si desea decirnos algo, basta con responder a nuestro mensaje.',
};
const ja: Words = {
  title: '対応はいかがでしたでしょうか',
  lead: (number) => `ケース ${number} は終了いたしました。サポートの対応にどの程度ご満足いただけましたか。`,
  scores: ['大変不満', '不満', '普通', '満足', '大変満足'],
  thanks: (score) => `ありがとうございます。5 段階の ${score} を選択されました。`,
  change: '1 日以内であれば選び直すことができます。',
  overTitle: 'このページはご利用いただけません',
  over: 'リンクが不完全であるか、有効期限が過ぎています。ご意見は、メールへの返信でお寄せください。',
};

const all = { en, de, fr, es, ja } as const satisfies Record<PageLanguage, Words>;
export const satisfactionWords = (language: PageLanguage): Words => all[language];
