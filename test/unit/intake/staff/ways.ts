/**
 * Ways in which engineers answer notifications, in the languages of the templates. The first twenty were written down before there
 * was a rule; `later.ts` has what was written after the rules were done.
 */
import { notification, notificationJa } from '../../../support/mails/notification.ts';

export type Way = {
  readonly name: string;
  /** The text of the mail as it is read from its parts. */
  readonly text: string;
  readonly ja?: true;
  readonly expected: Readonly<Record<string, unknown>>;
};

export const quoted = (text: string, mark = '> '): string =>
  text
    .split('\n')
    .map((line) => `${mark}${line}`.trimEnd())
    .join('\n');

const outlook = (from: string, sent: string, to: string, subject: string, text: string): string =>
  `${from}\n${sent}\n${to}\n${subject}\n\n${text}`;
export const outlookEn = outlook(
  'From: Example Support <support@desk.example>',
  'Sent: Wednesday, May 13, 2026 11:21 AM',
  'To: Kim Oster <kim@desk.example>',
  'Subject: [Case 100042] Workflow stopped',
  notification,
);
export const outlookDe = outlook(
  'Von: Example Support <support@desk.example>',
  'Gesendet: Mittwoch, 13. Mai 2026 11:21',
  'An: Kim Oster <kim@desk.example>',
  'Betreff: [Case 100042] Workflow stopped',
  notification,
);
export const gmailEn = `On Wed, May 13, 2026 at 11:21 AM Example Support <support@desk.example> wrote:\n\n${quoted(notification)}`;
const gmailFr = `Le mer. 13 mai 2026 à 11:21, Example Support <support@desk.example> a écrit :\n\n${quoted(notification)}`;
const gmailEs = `El mié, 13 may 2026 a las 11:21, Example Support (<support@desk.example>) escribió:\n\n${quoted(notification)}`;
const gmailJa = `2026年5月13日(水) 11:21 Example Support <support@desk.example>:\n\n${quoted(notificationJa)}`;
const appleDe = `Am 13.05.2026 um 11:21 schrieb Example Support <support@desk.example>:\n\n${quoted(notification)}`;

/** Both answers below the line they belong to; what follows in the notification is deleted. */
export function answeredInline(history: string, [first, second]: readonly [string, string]): string {
  const lines = history.split('\n');
  const one = lines.findIndex((line) => line.includes('queue full'));
  const two = lines.findIndex((line) => line.includes('Which version do we need'));
  return [...lines.slice(0, one + 1), '', first, '', ...lines.slice(one + 1, two + 1), '', second].join('\n');
}

export const firstTwenty: readonly Way[] = [
  {
    name: 'English, Outlook: a plain answer with a block of contact data',
    text: `Hi Ada,\n\nplease update to 11.6.2 and start the workflow again.\n\nBest regards\n\nKim Oster\nSupport Engineer\nT: +44 20 7946 0123\n\n${outlookEn}`,
    expected: { kind: 'answer', text: 'Hi Ada,\n\nplease update to 11.6.2 and start the workflow again.' },
  },
  {
    name: 'English, Gmail: TAKE alone',
    text: `TAKE\n\n${gmailEn}`,
    expected: { kind: 'command', commands: [{ name: 'TAKE' }], rest: '' },
  },
  {
    name: 'English, iPhone: take in small letters with a full stop, and the line of the phone',
    text: `Take.\n\nSent from my iPhone\n\n> On 13 May 2026, at 11:21, Example Support <support@desk.example> wrote:\n> \n${quoted(notification)}`,
    expected: { kind: 'command', commands: [{ name: 'TAKE' }], rest: '' },
  },
  {
    name: 'English: two commands and a note',
    text: `take\nnote:\nLooks like the fork again. Ask Jan.\n\nKim\n\n${gmailEn}`,
    expected: {
      kind: 'command',
      commands: [{ name: 'TAKE' }, { name: 'NOTE' }],
      rest: 'Looks like the fork again. Ask Jan.',
      restIs: 'note',
    },
  },
  {
    name: 'English: a sentence that begins with a command word is asked back',
    text: `Solved it by restarting the queue on our side.\n\n${gmailEn}`,
    expected: { kind: 'mistyped', line: 'Solved it by restarting the queue on our side.', near: 'SOLVED' },
  },
  {
    name: 'German, Outlook: an answer with a footer of the company',
    text: `Hallo Frau Byron,\n\nbitte spielen Sie 11.6.2 ein.\n\nMit freundlichen Grüßen\nKim Oster\n\nDesk GmbH · Hafenstr. 1 · 20457 Hamburg\nSitz der Gesellschaft: Hamburg · Registergericht: Amtsgericht Hamburg, HRB 12345 · Geschäftsführer: Max Muster\n\nDiese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt.\n\n${outlookDe}`,
    expected: { kind: 'answer', text: 'Hallo Frau Byron,\n\nbitte spielen Sie 11.6.2 ein.' },
  },
  {
    name: 'German: a note in the own language',
    text: `Notiz\n\nKunde ist verärgert, bitte vorsichtig.\n\nGruß\nKim\n\n${appleDe}`,
    expected: {
      kind: 'command',
      commands: [{ name: 'NOTE' }],
      rest: 'Kunde ist verärgert, bitte vorsichtig.',
      restIs: 'note',
    },
  },
  {
    name: 'German: solved, and the rest goes to the customer',
    text: `GELÖST\n\nGuten Tag,\n\nder Dienst läuft wieder.\n\nVon meinem iPhone gesendet\n\n${appleDe}`,
    expected: {
      kind: 'command',
      commands: [{ name: 'SOLVED' }],
      rest: 'Guten Tag,\n\nder Dienst läuft wieder.',
      restIs: 'answer',
    },
  },
  {
    name: 'German: three days of waiting',
    text: `Warten 3 Tage\n\n${outlookDe}`,
    expected: { kind: 'command', commands: [{ name: 'WAIT', days: 3 }], rest: '' },
  },
  {
    name: 'French, Gmail: an answer inline',
    text: `Bonjour,\n\nmes réponses ci-dessous.\n\n${answeredInline(gmailFr, ["La file est pleine, nous l'avons vidée.", 'La 11.6.2, et oui.'])}\n\nCordialement,\nKim Oster`,
    expected: {
      kind: 'answer',
      text: `Bonjour,\n\nmes réponses ci-dessous.\n\n> Since this morning the nightly workflow stops after the third step.\n> The log says "queue full".\n\nLa file est pleine, nous l'avons vidée.\n\n> Which version do we need, and can we run it by hand until then?\n\nLa 11.6.2, et oui.`,
    },
  },
  {
    name: 'French: severity',
    text: `GRAVITÉ 3\n\n${gmailFr}`,
    expected: { kind: 'command', commands: [{ name: 'SEVERITY', severity: 3 }], rest: '' },
  },
  {
    name: 'French: out of office without any header',
    text: `Bonjour,\n\nJe suis absent du bureau jusqu'au 25 mai et n'ai qu'un accès limité à ma messagerie. En cas d'urgence, veuillez contacter Jan Vos (jan@desk.example).\n\nCordialement,\nKim Oster\n\n${gmailFr}`,
    expected: { kind: 'automatic' },
  },
  {
    name: 'French: the word with a letter too few',
    text: `RÉSLU\n\nLe service est reparti.\n\n${gmailFr}`,
    expected: { kind: 'mistyped', line: 'RÉSLU', near: 'SOLVED' },
  },
  {
    name: 'Spanish, Gmail: an answer with a legal notice behind the history',
    text: `Hola Ada:\n\nActualice a la 11.6.2, por favor.\n\nUn saludo,\nKim\n\n${gmailEs}\n\nAVISO LEGAL: Este mensaje y sus archivos adjuntos van dirigidos exclusivamente a su destinatario y pueden contener información confidencial. Si usted no es el destinatario, notifíquelo y bórrelo.`,
    expected: { kind: 'answer', text: 'Hola Ada:\n\nActualice a la 11.6.2, por favor.' },
  },
  {
    name: 'Spanish: assign to a colleague with the preposition',
    text: `Asignar a Jan Vos\n\nJan, ¿puedes verlo tú?\n\n${gmailEs}`,
    expected: {
      kind: 'command',
      commands: [{ name: 'ASSIGN', to: 'Jan Vos' }],
      rest: 'Jan, ¿puedes verlo tú?',
      restIs: 'note',
    },
  },
  {
    name: 'Spanish: cancel',
    text: `CANCELAR\n\nEnviado desde mi Samsung Galaxy\n\n${gmailEs}`,
    expected: { kind: 'command', commands: [{ name: 'CANCEL' }], rest: '' },
  },
  {
    name: 'Japanese, Gmail: an answer with a framed signature',
    text: `片岡様\n\nお世話になっております。\n11.6.2 に更新してください。\n\n━━━━━━━━━━━━━━\n株式会社デスク サポート部\n押田 キム\nTEL: 03-1234-5678\nkim@desk.example\n━━━━━━━━━━━━━━\n\n${gmailJa}`,
    ja: true,
    expected: { kind: 'answer', text: '片岡様\n\nお世話になっております。\n11.6.2 に更新してください。' },
  },
  {
    name: 'Japanese: full-width letters',
    text: `ＳＥＶＥＲＩＴＹ　２\n\n${gmailJa}`,
    ja: true,
    expected: { kind: 'command', commands: [{ name: 'SEVERITY', severity: 2 }], rest: '' },
  },
  {
    name: 'Japanese: a note for us only',
    text: `メモ：\n営業に確認中です。\n\n${gmailJa}`,
    ja: true,
    expected: { kind: 'command', commands: [{ name: 'NOTE' }], rest: '営業に確認中です。', restIs: 'note' },
  },
  {
    name: 'English: our own note pasted into the answer is not sent',
    text: `Hi Ada,\n\nSales talks to them on Friday, so not a word about the price until then.\n\nKim\n\n${gmailEn}`,
    expected: { kind: 'holds-notification' },
  },
];
