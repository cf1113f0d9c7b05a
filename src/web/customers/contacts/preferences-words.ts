/** The words of the page of preferences. Each kind has its name, and what it is. */
import type { OptionalKind } from '../../../notices/kinds.ts';
import type { PageLanguage } from '../languages.ts';

type Words = {
  readonly title: string;
  lead(address: string): string;
  readonly kinds: Readonly<Record<OptionalKind, readonly [name: string, says: string]>>;
  readonly wanted: string;
  readonly ended: string;
  readonly closed: string;
  readonly end: string;
  readonly begin: string;
  readonly endAll: string;
  readonly saidEnd: string;
  readonly saidBegin: string;
  readonly others: string;
  readonly nothing: string;
  readonly overTitle: string;
  readonly over: string;
  readonly gone: string;
};

const en: Words = {
  title: 'Which letters you get',
  lead: (address) =>
    `What we send to ${address} without being asked. Each kind can be ended, and comes again whenever you like.`,
  kinds: {
    announcements: ['Announcements', 'news about our products and our support'],
    releases: ['Releases', 'new versions, and what they resolve'],
    media: ['Media', 'shipments and downloads'],
    'end-of-support': ['End of support', 'versions that leave full support'],
  },
  wanted: 'You get these letters.',
  ended: 'You do not get these letters.',
  closed: 'Your privileges do not include these letters.',
  end: 'End',
  begin: 'Send them again',
  endAll: 'End all of them',
  saidEnd: 'Done. These letters have ended.',
  saidBegin: 'Done. These letters come again.',
  others:
    'Answers about your cases, security notices, and letters that your site needs are not among them: they go on.',
  nothing: 'This address is not on record with us any more. None of these letters go there.',
  overTitle: 'This page is not open',
  over: 'The link is not complete. To end letters, reply to one of them with UNSUBSCRIBE in the first line.',
  gone: 'The person this link was made for is not on record with us any more, so it can end nothing. To end letters, reply to one of them with UNSUBSCRIBE in the first line.',
};
const de: Words = {
  title: 'Welche Nachrichten Sie erhalten',
  lead: (address) =>
    `Was wir ohne Anfrage an ${address} senden. Jede Art können Sie beenden und jederzeit wieder erhalten.`,
  kinds: {
    announcements: ['Ankündigungen', 'Neues über unsere Produkte und unseren Support'],
    releases: ['Versionen', 'neue Versionen, und was sie beheben'],
    media: ['Medien', 'Versand und Downloads'],
    'end-of-support': ['Supportende', 'Versionen, deren voller Support endet'],
  },
  wanted: 'Sie erhalten diese Nachrichten.',
  ended: 'Sie erhalten diese Nachrichten nicht.',
  closed: 'Ihre Berechtigungen umfassen diese Nachrichten nicht.',
  end: 'Beenden',
  begin: 'Wieder erhalten',
  endAll: 'Alle beenden',
  saidEnd: 'Erledigt. Diese Nachrichten sind beendet.',
  saidBegin: 'Erledigt. Diese Nachrichten kommen wieder.',
  others:
    'Antworten zu Ihren Fällen, Sicherheitshinweise und was Ihr Standort braucht, gehören nicht dazu: Sie kommen weiterhin.',
  nothing: 'Diese Adresse ist bei uns nicht mehr eingetragen. Keine dieser Nachrichten geht dorthin.',
  overTitle: 'Diese Seite ist nicht offen',
  over: 'Der Link ist unvollständig. Um Nachrichten zu beenden, antworten Sie auf eine davon mit ABBESTELLEN in der ersten Zeile.',
  gone: 'Die Person, für die dieser Link gemacht wurde, ist bei uns nicht mehr eingetragen; beenden kann er daher nichts. Um Nachrichten zu beenden, antworten Sie auf eine davon mit ABBESTELLEN in der ersten Zeile.',
};
const fr: Words = {
  title: 'Les courriels que vous recevez',
  lead: (address) =>
    `Ce que nous envoyons à ${address} sans demande de votre part. Chaque catégorie peut être arrêtée, puis rétablie quand vous le voulez.`,
  kinds: {
    announcements: ['Annonces', 'nouvelles de nos produits et de notre assistance'],
    releases: ['Versions', 'nouvelles versions et ce qu’elles corrigent'],
    media: ['Supports', 'envois et téléchargements'],
    'end-of-support': ['Fin de support', 'versions dont l’assistance complète prend fin'],
  },
  wanted: 'Vous recevez ces courriels.',
  ended: 'Vous ne recevez pas ces courriels.',
  closed: 'Vos droits n’incluent pas ces courriels.',
  end: 'Arrêter',
  begin: 'Recevoir de nouveau',
  endAll: 'Tout arrêter',
  saidEnd: 'C’est fait. Ces courriels sont arrêtés.',
  saidBegin: 'C’est fait. Vous recevrez de nouveau ces courriels.',
  others:
    'Les réponses sur vos dossiers, les avis de sécurité et ce dont votre site a besoin n’en font pas partie : ils continuent.',
  nothing: 'Cette adresse n’est plus enregistrée chez nous. Aucun de ces courriels n’y est envoyé.',
  overTitle: 'Cette page n’est pas ouverte',
  over: 'Le lien est incomplet. Pour arrêter des courriels, répondez à l’un d’eux avec DÉSABONNER sur la première ligne.',
  gone: 'La personne pour qui ce lien a été créé n’est plus enregistrée chez nous : il ne peut donc rien arrêter. Pour arrêter des courriels, répondez à l’un d’eux avec DÉSABONNER sur la première ligne.',
};
const es: Words = {
  title: 'Los mensajes que recibe',
  lead: (address) =>
    `Lo que enviamos a ${address} sin que lo pida. Puede poner fin a cada clase y volver a recibirla cuando quiera.`,
  kinds: {
    announcements: ['Anuncios', 'novedades de nuestros productos y de nuestro soporte'],
    releases: ['Versiones', 'versiones nuevas y lo que resuelven'],
    media: ['Medios', 'envíos y descargas'],
    'end-of-support': ['Fin de soporte', 'versiones cuyo soporte completo termina'],
  },
  wanted: 'Recibe estos mensajes.',
  ended: 'No recibe estos mensajes.',
  closed: 'Sus permisos no incluyen estos mensajes.',
  end: 'Poner fin',
  begin: 'Volver a recibir',
  endAll: 'Poner fin a todos',
  saidEnd: 'Hecho. Ya no recibirá estos mensajes.',
  saidBegin: 'Hecho. Volverá a recibir estos mensajes.',
  others:
    'Las respuestas sobre sus casos, los avisos de seguridad y lo que su sede necesita no están entre ellos: continúan.',
  nothing: 'Esta dirección ya no está registrada. No se envía a ella ninguno de estos mensajes.',
  overTitle: 'Esta página no está abierta',
  over: 'El enlace está incompleto. Para poner fin a los mensajes, responda a uno de ellos con BAJA en la primera línea.',
  gone: 'La persona para la que se creó este enlace ya no está registrada, así que no puede poner fin a nada. Para poner fin a los mensajes, responda a uno de ellos con BAJA en la primera línea.',
};
const ja: Words = {
  title: '配信しているメール',
  lead: (address) =>
    `${address} 宛てに、お問い合わせによらずお送りしているメールです。種類ごとに停止でき、いつでも再開できます。`,
  kinds: {
    announcements: ['お知らせ', '製品とサポートについて'],
    releases: ['リリース', '新しいバージョンと修正された内容'],
    media: ['メディア', '発送とダウンロード'],
    'end-of-support': ['サポート終了', '完全なサポートが終わるバージョン'],
  },
  wanted: 'お送りしております。',
  ended: 'お送りしておりません。',
  closed: 'お客様の権限に含まれておりません。',
  end: '停止する',
  begin: '再開する',
  endAll: 'すべて停止する',
  saidEnd: '配信を停止いたしました。',
  saidBegin: '配信を再開いたしました。',
  others:
    'ケースについての回答、セキュリティのお知らせ、貴社に必要なご連絡はこれに含まれず、引き続きお送りいたします。',
  nothing: 'このアドレスは登録されておりません。これらのメールはお送りしておりません。',
  overTitle: 'このページはご利用いただけません',
  over: 'リンクが不完全です。配信を停止するには、メールの一行目に 配信停止 と書いてご返信ください。',
  gone: 'このリンクの対象の方は登録されておりませんので、ここからは停止できません。配信を停止するには、メールの一行目に 配信停止 と書いてご返信ください。',
};

const all = { en, de, fr, es, ja } as const satisfies Record<PageLanguage, Words>;
export const preferencesWords = (language: PageLanguage): Words => all[language];
