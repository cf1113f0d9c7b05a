/** The words of the page that shows how a case stands. */
import type { Standing } from '../../../cases/pages/standing.ts';
import type { PageLanguage } from '../languages.ts';

type Words = {
  title(number: string): string;
  readonly kicker: string;
  readonly states: Readonly<Record<Standing['kind'], string>>;
  merged(asked: string, number: string): string;
  readonly way: readonly [received: string, answer: string, solution: string, closed: string];
  readonly due: string;
  readonly wasDue: string;
  readonly answered: string;
  readonly since: string;
  readonly until: string;
  readonly proposed: string;
  readonly closed: string;
  readonly opened: string;
  readonly now: string;
  readonly foot: string;
  readonly endsLater: string;
  ends(day: string): string;
  readonly overTitle: string;
  readonly over: string;
};

const en: Words = {
  title: (number) => `Case ${number}`,
  kicker: 'How your case stands',
  states: {
    promised: 'Open: it waits for our first answer.',
    late: 'Open: our first answer is later than promised.',
    open: 'Open: it waits for our first answer.',
    answered: 'Open: we have answered, and are working on it.',
    waits: 'Open: we wait for your answer.',
    proposed: 'Open: we have sent you what should solve it, and wait for your word.',
    closed: 'Closed.',
  },
  merged: (asked, number) => `Case ${asked} was merged into case ${number}, which goes on in its place.`,
  way: ['Received', 'First answer', 'Solution', 'Closed'],
  due: 'First answer by',
  wasDue: 'First answer was due',
  answered: 'First answer',
  since: 'Waiting since',
  until: 'We wait until',
  proposed: 'Sent',
  closed: 'Closed',
  opened: 'Opened',
  now: 'As of',
  foot: 'This page shows how the case stands, and nothing of what was written. To add anything, reply to one of our letters about it.',
  endsLater: 'It can be opened until 30 days after the close.',
  ends: (day) => `It can be opened until ${day}.`,
  overTitle: 'This page is not open',
  over: 'The link is not complete, or its time is over. To hear how a case stands, reply to one of our letters about it with STATUS in the first line.',
};
const de: Words = {
  title: (number) => `Fall ${number}`,
  kicker: 'Stand Ihres Falls',
  states: {
    promised: 'Offen: Er wartet auf unsere erste Antwort.',
    late: 'Offen: Unsere erste Antwort kommt später als zugesagt.',
    open: 'Offen: Er wartet auf unsere erste Antwort.',
    answered: 'Offen: Wir haben geantwortet und arbeiten daran.',
    waits: 'Offen: Wir warten auf Ihre Antwort.',
    proposed: 'Offen: Wir haben Ihnen einen Lösungsvorschlag gesendet und warten auf Ihr Wort.',
    closed: 'Abgeschlossen.',
  },
  merged: (asked, number) => `Fall ${asked} wurde mit Fall ${number} zusammengeführt, der an seiner Stelle weitergeht.`,
  way: ['Eingegangen', 'Erste Antwort', 'Lösung', 'Abgeschlossen'],
  due: 'Erste Antwort bis',
  wasDue: 'Erste Antwort zugesagt bis',
  answered: 'Erste Antwort',
  since: 'Wir warten seit',
  until: 'Wir warten bis',
  proposed: 'Gesendet',
  closed: 'Abgeschlossen',
  opened: 'Eröffnet',
  now: 'Stand',
  foot: 'Diese Seite zeigt, wie der Fall steht, und nichts von dem, was geschrieben wurde. Wenn Sie etwas ergänzen möchten, antworten Sie auf eine unserer Nachrichten dazu.',
  endsLater: 'Sie lässt sich bis 30 Tage nach dem Abschluss öffnen.',
  ends: (day) => `Sie lässt sich bis zum ${day} öffnen.`,
  overTitle: 'Diese Seite ist nicht offen',
  over: 'Der Link ist unvollständig, oder seine Zeit ist um. Um zu erfahren, wie ein Fall steht, antworten Sie auf eine unserer Nachrichten dazu mit STATUS in der ersten Zeile.',
};
const fr: Words = {
  title: (number) => `Dossier ${number}`,
  kicker: 'Où en est votre dossier',
  states: {
    promised: 'Ouvert : il attend notre première réponse.',
    late: 'Ouvert : notre première réponse arrive plus tard que promis.',
    open: 'Ouvert : il attend notre première réponse.',
    answered: 'Ouvert : nous avons répondu et nous y travaillons.',
    waits: 'Ouvert : nous attendons votre réponse.',
    proposed: 'Ouvert : nous vous avons envoyé une solution et attendons votre avis.',
    closed: 'Clos.',
  },
  merged: (asked, number) =>
    `Le dossier ${asked} a été fusionné avec le dossier ${number}, qui se poursuit à sa place.`,
  way: ['Reçu', 'Première réponse', 'Solution', 'Clos'],
  due: 'Première réponse avant',
  wasDue: 'Première réponse promise avant',
  answered: 'Première réponse',
  since: 'Nous attendons depuis',
  until: 'Nous attendons jusqu’à',
  proposed: 'Envoyée',
  closed: 'Clos',
  opened: 'Ouvert',
  now: 'État au',
  foot: 'Cette page montre où en est le dossier, et rien de ce qui a été écrit. Pour ajouter quoi que ce soit, répondez à l’un de nos courriels à son sujet.',
  endsLater: 'Elle peut être ouverte jusqu’à 30 jours après la clôture.',
  ends: (day) => `Elle peut être ouverte jusqu’au ${day}.`,
  overTitle: 'Cette page n’est pas ouverte',
  over: 'Le lien est incomplet ou n’est plus valable. Pour savoir où en est un dossier, répondez à l’un de nos courriels à son sujet avec STATUT sur la première ligne.',
};
const es: Words = {
  title: (number) => `Caso ${number}`,
  kicker: 'Cómo está su caso',
  states: {
    promised: 'Abierto: espera nuestra primera respuesta.',
    late: 'Abierto: nuestra primera respuesta llega más tarde de lo prometido.',
    open: 'Abierto: espera nuestra primera respuesta.',
    answered: 'Abierto: hemos respondido y trabajamos en ello.',
    waits: 'Abierto: esperamos su respuesta.',
    proposed: 'Abierto: le hemos enviado una solución y esperamos su palabra.',
    closed: 'Cerrado.',
  },
  merged: (asked, number) => `El caso ${asked} se unió al caso ${number}, que continúa en su lugar.`,
  way: ['Recibido', 'Primera respuesta', 'Solución', 'Cerrado'],
  due: 'Primera respuesta antes de',
  wasDue: 'Primera respuesta prometida antes de',
  answered: 'Primera respuesta',
  since: 'Esperamos desde',
  until: 'Esperamos hasta',
  proposed: 'Enviada',
  closed: 'Cerrado',
  opened: 'Abierto',
  now: 'Situación a',
  foot: 'Esta página muestra cómo está el caso y nada de lo que se ha escrito. Si desea añadir algo, responda a uno de nuestros mensajes sobre él.',
  endsLater: 'Puede abrirse hasta 30 días después del cierre.',
  ends: (day) => `Puede abrirse hasta el ${day}.`,
  overTitle: 'Esta página no está abierta',
  over: 'El enlace está incompleto o ha caducado. Para saber cómo está un caso, responda a uno de nuestros mensajes sobre él con ESTADO en la primera línea.',
};
const ja: Words = {
  title: (number) => `ケース ${number}`,
  kicker: 'ケースの状況',
  states: {
    promised: '対応中：初回の回答をお待ちいただいております。',
    late: '対応中：初回の回答がお約束の時刻より遅れております。',
    open: '対応中：初回の回答をお待ちいただいております。',
    answered: '対応中：回答を差し上げ、引き続き対応しております。',
    waits: '対応中：お客様からのご返信をお待ちしております。',
    proposed: '対応中：解決策をお送りし、ご確認をお待ちしております。',
    closed: '終了いたしました。',
  },
  merged: (asked, number) =>
    `ケース ${asked} はケース ${number} に統合いたしました。以後はケース ${number} で対応しております。`,
  way: ['受付', '初回の回答', '解決策', '終了'],
  due: '初回の回答期限',
  wasDue: '初回の回答期限（超過）',
  answered: '初回の回答',
  since: 'お待ちしている期間の開始',
  until: 'お待ちする期限',
  proposed: '送信日時',
  closed: '終了日時',
  opened: '作成日時',
  now: '現在',
  foot: 'このページはケースの状況のみを示し、やり取りの内容は表示いたしません。補足がございましたら、このケースについてのメールにご返信ください。',
  endsLater: '終了から 30 日後までご覧いただけます。',
  ends: (day) => `${day}までご覧いただけます。`,
  overTitle: 'このページはご利用いただけません',
  over: 'リンクが不完全であるか、有効期限が過ぎています。ケースの状況は、そのケースについてのメールの一行目に 状況 と書いてご返信いただければお知らせいたします。',
};

const all = { en, de, fr, es, ja } as const satisfies Record<PageLanguage, Words>;
export const caseWords = (language: PageLanguage): Words => all[language];
