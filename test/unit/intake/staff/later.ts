/** Written after the rules were done. Every second one was kept aside: looked at once, for the figures of docs/decisions/0033. */
import { notification } from '../../../support/mails/notification.ts';
import { answeredInline, gmailEn, outlookDe, outlookEn, quoted, type Way } from './ways.ts';

const appleEn = `> On 13 May 2026, at 11:21, Example Support <support@desk.example> wrote:\n> \n${quoted(notification)}`;
const gmailDe = `Am Mi., 13. Mai 2026 um 11:21 Uhr schrieb Example Support <support@desk.example>:\n\n${quoted(notification)}`;
const gmailFr = `Le mer. 13 mai 2026 à 11:21, Example Support <support@desk.example> a écrit :\n\n${quoted(notification)}`;
const gmailEs = `El mié, 13 may 2026 a las 11:21, Example Support (<support@desk.example>) escribió:\n\n${quoted(notification)}`;
const outlookFr = outlookEn
  .replace('From:', 'De :')
  .replace('Sent:', 'Envoyé :')
  .replace('To:', 'À :')
  .replace('Subject:', 'Objet :');
const outlookEs = outlookEn
  .replace('From:', 'De:')
  .replace('Sent:', 'Enviado:')
  .replace('To:', 'Para:')
  .replace('Subject:', 'Asunto:');
const outlookJa = outlookEn
  .replace('From:', '差出人:')
  .replace('Sent:', '送信日時:')
  .replace('To:', '宛先:')
  .replace('Subject:', '件名:');
const gmailJa = `2026年5月13日(水) 11:21 Example Support <support@desk.example>:\n\n${quoted(notification)}`;

const answer = (text: string) => ({ kind: 'answer', text });
const command = (commands: unknown[], rest = '', restIs = 'answer') => ({ kind: 'command', commands, rest, restIs });
const mistyped = (near: string | null) => ({ kind: 'mistyped', near });

export const later: readonly Way[] = [
  {
    name: 'en: a name with a dash',
    text: `Hi Ada,\nthis is fixed in 11.6.2.\n\n- Kim\n\n${gmailEn}`,
    expected: answer('Hi Ada,\nthis is fixed in 11.6.2.'),
  },
  {
    name: 'en: thanks and a full card',
    text: `Hello Ada,\n\nplease send us the log of step three.\n\nMany thanks,\n\nKim Oster\nSenior Support Engineer\nDesk Ltd | 1 Harbour Street | London\n\n${outlookEn}`,
    expected: answer('Hello Ada,\n\nplease send us the log of step three.\n\nMany thanks,'),
  },
  { name: 'en: bold command', text: `*TAKE*\n\n${gmailEn}`, expected: command([{ name: 'TAKE' }]) },
  {
    name: 'en: wait three business days',
    text: `Wait 3 business days.\n\nCheers\nKim\n\n${outlookEn}`,
    expected: command([{ name: 'WAIT', days: 3 }]),
  },
  {
    name: 'en: severity with an equals sign',
    text: `severity=2\n\n${gmailEn}`,
    expected: command([{ name: 'SEVERITY', severity: 2 }]),
  },
  {
    name: 'en: sev2 in one',
    text: `Sev2\n\nHi Ada, shall we call it a two?\n\n${outlookEn}`,
    expected: command([{ name: 'SEVERITY', severity: 2 }], 'Hi Ada, shall we call it a two?'),
  },
  {
    name: 'en: assign with to',
    text: `assign to kim\n\n${gmailEn}`,
    expected: command([{ name: 'ASSIGN', to: 'kim' }], '', 'note'),
  },
  {
    name: 'en: assign to somebody with the address in brackets',
    text: `ASSIGN Jan Vos <jan@desk.example>\n\n${outlookEn}`,
    expected: command([{ name: 'ASSIGN', to: 'jan@desk.example' }], '', 'note'),
  },
  {
    name: 'en: assign the licence',
    text: `Assign the licence to the new server and restart it.\n\n${gmailEn}`,
    expected: mistyped('ASSIGN'),
  },
  {
    name: 'en: kind of a question',
    text: `KIND: question\n\nSent from my iPhone\n\n${appleEn}`,
    expected: command([{ name: 'KIND', caseKind: 'question', id: null }]),
  },
  {
    name: 'en: kind of strange',
    text: `Kind of strange, I have never seen that.\n\n${gmailEn}`,
    expected: mistyped('KIND'),
  },
  {
    name: 'en: an answer that begins with Taking',
    text: `Taking the queue down first will help.\n\n${gmailEn}`,
    expected: answer('Taking the queue down first will help.'),
  },
  {
    name: 'en: Not',
    text: `Not yet, we are working on it.\n\n${outlookEn}`,
    expected: answer('Not yet, we are working on it.'),
  },
  { name: 'en: Closed', text: `Closed\n\n${gmailEn}`, expected: mistyped('CLOSE') },
  {
    name: 'en: out of office, short',
    text: `I'm on vacation until June 2nd. Jan Vos is covering for me.\n\n${gmailEn}`,
    expected: { kind: 'automatic' },
  },
  {
    name: 'en: away in a real answer',
    text: `Hi Ada,\n\nI have looked at your log: step three waits for the queue, which is full. Please empty it and run step three again. I am out of the office tomorrow, Jan will help you then.\n\nKim\n\n${gmailEn}`,
    expected: answer(
      'Hi Ada,\n\nI have looked at your log: step three waits for the queue, which is full. Please empty it and run step three again. I am out of the office tomorrow, Jan will help you then.',
    ),
  },
  {
    name: 'en: code in the answer',
    text: `Hi Ada,\n\nrun this:\n\n  queue --drain\n  workflow start --step 3\n\nRegards,\nKim\n\n${outlookEn}`,
    expected: answer('Hi Ada,\n\nrun this:\n\n  queue --drain\n  workflow start --step 3'),
  },
  {
    name: 'en: numbered steps',
    text: `1. Stop the service\n2. Update\n3. Start it\n\nBR,\nKim\n\n${gmailEn}`,
    expected: answer('1. Stop the service\n2. Update\n3. Start it'),
  },
  {
    name: 'en: the line of the notification in the answer',
    text: `##- Please write your answer above this line -##\n\n${gmailEn}`,
    expected: { kind: 'empty' },
  },
  {
    name: 'en: bare notification above the answer',
    text: `${notification}\n\n11.6.2, and yes.\n\nKim`,
    expected: answer('11.6.2, and yes.'),
  },
  {
    name: 'en: NOTE in two languages of habit',
    text: `Note\nTake care with this customer\n\n${gmailEn}`,
    expected: command([{ name: 'NOTE' }], 'Take care with this customer', 'note'),
  },
  {
    name: 'en: escalate with a reason on the line',
    text: `ESCALATE because they want a manager\n\n${outlookEn}`,
    expected: mistyped('ESCALATE'),
  },
  {
    name: 'de: Danke und Name',
    text: `Hallo Frau Byron,\n\nkönnten Sie uns bitte das Log schicken?\n\nDanke und viele Grüße\nKim\n\n${gmailDe}`,
    expected: answer('Hallo Frau Byron,\n\nkönnten Sie uns bitte das Log schicken?'),
  },
  {
    name: 'de: LG in einer Zeile',
    text: `Läuft mit 11.6.2 wieder.\n\nLG Kim\n\n${gmailDe}`,
    expected: answer('Läuft mit 11.6.2 wieder.'),
  },
  {
    name: 'de: Schweregrad mit Doppelpunkt',
    text: `Schweregrad: 1\n\nSteht die Produktion?\n\nGruß, Kim\n\n${outlookDe}`,
    expected: command([{ name: 'SEVERITY', severity: 1 }], 'Steht die Produktion?'),
  },
  {
    name: 'de: zuweisen',
    text: `Zuweisen an Jan Vos\n\nKannst du das übernehmen?\n\n${outlookDe}`,
    expected: command([{ name: 'ASSIGN', to: 'Jan Vos' }], 'Kannst du das übernehmen?', 'note'),
  },
  { name: 'de: Schliessen Sie', text: `Schließen Sie bitte das Fenster.\n\n${gmailDe}`, expected: mistyped('CLOSE') },
  { name: 'de: vertippt', text: `NOTZI\n\nKunde ist verärgert.\n\n${outlookDe}`, expected: mistyped('NOTE') },
  {
    name: 'de: abwesend ohne Kopfzeile',
    text: `Sehr geehrte Damen und Herren,\n\nich bin vom 11.05. bis 22.05.2026 im Urlaub. Bitte wenden Sie sich an meine Kollegin Jana Voss.\n\nMit freundlichen Grüßen\nKim Oster\n\n${outlookDe}`,
    expected: { kind: 'automatic' },
  },
  {
    name: 'de: Warnung oben',
    text: `Achtung: Externe E-Mail. Bitte öffnen Sie keine Anhänge von unbekannten Absendern.\n\nHallo,\n\nbitte 11.6.2 einspielen.\n\n${outlookDe}`,
    expected: answer('Hallo,\n\nbitte 11.6.2 einspielen.'),
  },
  { name: 'fr: prendre', text: `Prendre\n\n${outlookFr}`, expected: command([{ name: 'TAKE' }]) },
  {
    name: 'fr: résolu et réponse',
    text: `RÉSOLU :\n\nBonjour,\n\nle service fonctionne à nouveau.\n\nBien à vous,\nKim Oster\nIngénieur support\n01 23 45 67 89\n\n${outlookFr}`,
    expected: command([{ name: 'SOLVED' }], 'Bonjour,\n\nle service fonctionne à nouveau.'),
  },
  {
    name: 'fr: attendre cinq jours',
    text: `Attendre 5 jours ouvrés\n\n${gmailFr}`,
    expected: command([{ name: 'WAIT', days: 5 }]),
  },
  {
    name: 'fr: veuillez fermer',
    text: `Veuillez fermer la fenêtre et relancer.\n\nCdt,\nKim\n\n${gmailFr}`,
    expected: answer('Veuillez fermer la fenêtre et relancer.'),
  },
  { name: 'fr: note en une ligne', text: `Note : client mécontent\n\n${gmailFr}`, expected: mistyped('NOTE') },
  {
    name: 'fr: mention de confidentialité',
    text: `Bonjour,\n\nla 11.6.2 corrige cela.\n\nCe message et ses pièces jointes sont confidentiels et établis à l'intention exclusive de leurs destinataires.\n\n${outlookFr}`,
    expected: answer('Bonjour,\n\nla 11.6.2 corrige cela.'),
  },
  {
    name: 'fr: réponses entre les lignes',
    text: `${answeredInline(gmailFr, ['Nous avons vidé la file.', 'La 11.6.2.'])}\n\nMerci,\nKim`,
    expected: answer(
      `> Since this morning the nightly workflow stops after the third step.\n> The log says "queue full".\n\nNous avons vidé la file.\n\n> Which version do we need, and can we run it by hand until then?\n\nLa 11.6.2.\n\nMerci,`,
    ),
  },
  {
    name: 'es: nota',
    text: `NOTA\n\nEl cliente está molesto.\n\nSaludos\n\n${gmailEs}`,
    expected: command([{ name: 'NOTE' }], 'El cliente está molesto.', 'note'),
  },
  {
    name: 'es: cerrar',
    text: `cerrar\n\nEnviado desde mi iPhone\n\n${outlookEs}`,
    expected: command([{ name: 'CLOSE' }]),
  },
  {
    name: 'es: solucionado con texto',
    text: `Solucionado en la versión 11.6.2.\n\n${gmailEs}`,
    expected: mistyped('SOLVED'),
  },
  {
    name: 'es: respuesta con despedida',
    text: `Buenos días, Ada:\n\n¿Podría enviarnos el registro?\n\nQuedo a la espera.\nSaludos cordiales,\nKim Oster\nSoporte técnico\n\n${outlookEs}`,
    expected: answer('Buenos días, Ada:\n\n¿Podría enviarnos el registro?\n\nQuedo a la espera.'),
  },
  {
    name: 'es: ausencia',
    text: `Gracias por su mensaje. Me encuentro de vacaciones hasta el 22 de mayo. Si es urgente, escriba a jan@desk.example.\n\n${gmailEs}`,
    expected: { kind: 'automatic' },
  },
  {
    name: 'es: tipo',
    text: `TIPO defecto D-12\n\n${gmailEs}`,
    expected: command([{ name: 'KIND', caseKind: 'defect', id: 'D-12' }]),
  },
  {
    name: 'ja: 担当変更',
    text: `担当変更 田中さん\n\nお願いします。\n\n${gmailJa}`,
    expected: command([{ name: 'ASSIGN', to: '田中' }], 'お願いします。', 'note'),
  },
  { name: 'ja: 待機3日', text: `待機3日\n\n${outlookJa}`, expected: command([{ name: 'WAIT', days: 3 }]) },
  {
    name: 'ja: メモリ',
    text: `メモリ使用量を確認してください。\n\n${gmailJa}`,
    expected: answer('メモリ使用量を確認してください。'),
  },
  {
    name: 'ja: 以上',
    text: `片岡様\n\nいつもお世話になっております。\n11.6.2 で修正されています。\n\n以上、よろしくお願いいたします。\n\n押田\n\n${outlookJa}`,
    expected: answer(
      '片岡様\n\nいつもお世話になっております。\n11.6.2 で修正されています。\n\n以上、よろしくお願いいたします。',
    ),
  },
  {
    name: 'ja: 不在',
    text: `お世話になっております。\n本日は終日不在にしております。5月14日以降に返信いたします。\n\n${gmailJa}`,
    expected: { kind: 'automatic' },
  },
];

export const worked = later.filter((_, i) => i % 2 === 0);
export const kept = later.filter((_, i) => i % 2 === 1);
