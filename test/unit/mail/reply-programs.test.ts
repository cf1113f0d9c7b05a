/** Answers as mail programs, telephones, trackers and ticket systems lay them out, with what the person wrote in each. */
import { describe, expect, it } from 'vitest';
import { readSaid } from '../../../src/mail/answers/own-words.ts';
import { replyText } from '../../../src/mail/reply-text/reply-text.ts';

type Reply = readonly [title: string, lines: readonly string[], newText: string];

const twoAttributions: readonly Reply[] = [
  [
    'text between two quotes, and after them',
    [
      'On Thu, Mar 3, 2016 at 9:15 AM Anna Berg <anna@example.com> wrote:',
      '> Which version is it?',
      '',
      'It is 5.2.',
      '',
      'On Wed, Mar 2, 2016 at 8:00 AM Bo Lind <bo@example.com> wrote:',
      '> Does it happen every time?',
      '',
      'Yes, every time.',
    ],
    'It is 5.2.\n\nYes, every time.',
  ],
  [
    'text above, between and after, Thunderbird',
    [
      'Kurz dazu:',
      '',
      'Am 03.03.2016 um 09:15 schrieb Anna Berg:',
      '> Welche Version?',
      '',
      'Die 5.2.',
      '',
      'Am 02.03.2016 um 08:00 schrieb Bo Lind:',
      '> Tritt es immer auf?',
      '',
      'Ja, immer.',
    ],
    'Kurz dazu:\n\nDie 5.2.\n\nJa, immer.',
  ],
  [
    'two attributions, one under the other, without marks for the first',
    [
      'Wir probieren es heute Abend.',
      '',
      'Am 03.03.2016 um 09:15 schrieb Anna Berg:',
      '',
      '> Am 02.03.2016 um 08:00 schrieb Bo Lind:',
      '>> Läuft die Pumpe?',
      '> Bitte noch einmal.',
    ],
    'Wir probieren es heute Abend.',
  ],
  [
    'the second attribution within the answer to the first, French',
    [
      'Le jeu. 3 mars 2016 à 09:15, Anna Berg <anna@example.com> a écrit :',
      '> Quelle version ?',
      '',
      'La 5.2, comme je l’avais dit.',
      '',
      'Le mer. 2 mars 2016 à 08:00, Bo Lind <bo@example.com> a écrit :',
      '> Toujours ?',
      '',
      'Oui, à chaque fois.',
      '',
      'Merci',
    ],
    'La 5.2, comme je l’avais dit.\n\nOui, à chaque fois.\n\nMerci',
  ],
  [
    'a bare quote above an answer, a marked one below it',
    [
      'On 3 Mar 2016, at 09:15, Anna Berg <anna@example.com> wrote:',
      '> Can you call?',
      '',
      'Yes, at ten.',
      '',
      '2016-03-02 8:00 GMT+01:00 Bo Lind <bo@example.com>:',
      '> Is it urgent?',
      '',
      'Rather.',
    ],
    'Yes, at ten.\n\nRather.',
  ],
  [
    'Spanish, with a signature at the very end',
    [
      'El jue, 3 mar 2016 a las 9:15, Ana (<ana@example.com>) escribió:',
      '> ¿Qué versión?',
      'La 5.2.',
      'El mié, 2 mar 2016 a las 8:00, Blas (<blas@example.com>) escribió:',
      '> ¿Siempre?',
      'Sí.',
      '',
      '-- ',
      'Lucía',
    ],
    'La 5.2.\n\nSí.',
  ],
  [
    'Japanese',
    [
      '2016年3月3日(木) 9:15 Anna Berg <anna@example.com>:',
      '> バージョンは？',
      '',
      '5.2です。',
      '',
      '2016年3月2日(水) 8:00 Bo Lind <bo@example.com>:',
      '> 毎回ですか？',
      '',
      '毎回です。',
    ],
    '5.2です。\n\n毎回です。',
  ],
];

const moreOfTwo: readonly Reply[] = [
  [
    'the second without a mark below it',
    [
      'On Mon, Mar 4, 2024 at 9:15 AM Anna <anna@example.com> wrote:',
      '',
      '> Which version?',
      '',
      'It is 5.2.',
      '',
      'On Tue, Mar 5, 2024 at 9:15 AM Bo <bo@example.com> wrote:',
      '',
      'And please close it.',
    ],
    'It is 5.2.\n\nAnd please close it.',
  ],
  [
    'neither with a mark below it, and nothing above',
    [
      'Am Mo., 4. März 2024 um 09:15 Uhr schrieb Anna <anna@example.com>:',
      '',
      'Die 5.2.',
      '',
      'Am Di., 5. März 2024 um 09:15 Uhr schrieb Bo <bo@example.com>:',
      '',
      'Bitte schließen.',
    ],
    'Die 5.2.\n\nBitte schließen.',
  ],
];

const gmailOther = [
  '2016-03-03 17:21 GMT+01:00 some.one@example.com:',
  '2016-03-03 17:21 GMT+01:00 Some One <some.one@example.com>:',
  '2016-03-03 17:21 GMT+01:00 Some One:',
  '2016-03-03 17:21 GMT+01:00 Some One',
  '2016-03-03 17:21 GMT-05:00 Some O. One <\nsome.one@example.com>:',
  '2016-03-03 17:21 GMT Some One <some.one@example.com>:',
  '2016-03-03 17:21 GMT+09:00 鈴木 一郎 <suzuki@example.jp>:',
  '2016-03-03 17:21 GMT+01:00, Some One <some.one@example.com>:',
  '2016-03-03 5:21 PM GMT+01:00 Some One <some.one@example.com>:',
  '2016/03/03 17:21 GMT+09:00 Some One via Desk <desk@example.com>:',
  '03.03.2016 17:21 GMT+01:00 Some One <some.one@example.com>:',
  '03/03/2016 17:21 GMT+01:00 Jörg Groß:',
  '2016-03-03 17:21 UTC+02:00 Some One:',
  '2016-03-03 17:21 +0100 Some One <some.one@example.com>:',
];

const trackers: readonly Reply[] = [
  [
    'Mixmax',
    [
      'It works now.',
      '',
      'Sent with Mixmax [https://mixmax.com/s/abc]',
      '',
      'On Mon, Mar 4, 2024 at 9:15 AM Anna <anna@example.com> wrote:',
      '> Ok?',
    ],
    'It works now.',
  ],
  [
    'Mixmax, in brackets',
    ['It works now.', '', '[image: Mixmax] <https://mixmax.com/r/1>', 'Sent with Mixmax <https://mixmax.com/s/1>'],
    'It works now.',
  ],
  [
    'Streak',
    ['Passt so, danke.', '', 'ᐧ', '', 'Am Mo., 4. März 2024 um 09:15 Uhr schrieb Anna <anna@example.com>:', '> Ok?'],
    'Passt so, danke.',
  ],
  ['Streak at the very end', ['Works.', 'ᐧ'], 'Works.'],
  [
    'Boomerang',
    [
      'Sí, mañana.',
      '',
      '[image: beacon]',
      '',
      'El lun, 4 mar 2024 a las 9:15, Ana (<ana@example.com>) escribió:',
      '> ¿Mañana?',
    ],
    'Sí, mañana.',
  ],
  [
    'Mailtrack',
    [
      'Done.',
      '',
      '[image: Mailtrack] <https://mailtrack.io?utm_source=gmail> Sender notified by Mailtrack <https://mailtrack.io>',
      '04/03/24, 09:15:22',
    ],
    'Done.',
  ],
  [
    'Mailtrack, newer',
    ['Done.', '', 'Sender notified by', 'Mailtrack <https://mailtrack.io/x>', '04/03/24, 09:15:22 AM'],
    'Done.',
  ],
  [
    'Mailtrack, in German',
    ['Erledigt.', '', '[image: Mailtrack]', 'Absender benachrichtigt durch', 'Mailtrack <https://mailtrack.io/x>'],
    'Erledigt.',
  ],
  ['Yesware', ['Works.', '', '[image: Yesware] <https://t.yesware.com/tt/0a1b/ping>'], 'Works.'],
  [
    'HubSpot',
    ['Merci, c’est bon.', '', '[https://t.sidekickopen01.com/s3t/o/5/f18dQhb0S7ks8dDMPbW2n0x6l2B9gXrN7sKj6v5c8QKW7fK]'],
    'Merci, c’est bon.',
  ],
  [
    'HubSpot, angle',
    [
      'Merci.',
      '',
      '<https://t.sidekickopen.com/Cto/L0/abc123>',
      '',
      'Le lun. 4 mars 2024 à 09:15, Anna <anna@example.com> a écrit :',
      '> Bon ?',
    ],
    'Merci.',
  ],
  [
    'Superhuman',
    [
      'Fine with me.',
      '',
      'Sent via Superhuman ( https://sprh.mn/?vip=a@example.com )',
      '',
      'On Mon, Mar 04, 2024 at 9:15 AM, Anna < anna@example.com > wrote:',
      '> Ok?',
    ],
    'Fine with me.',
  ],
  [
    'Front',
    ['Fine.', '', 'Sent from Front', '[https://app.frontapp.com/api/1/noauth/companies/x/seen/msg_1/abc.gif]'],
    'Fine.',
  ],
  [
    'a bare pixel',
    ['Bitte schließen.', '', '[image: ]', '', 'Am 04.03.2024 um 09:15 schrieb Anna:', '> Ok?'],
    'Bitte schließen.',
  ],
  [
    'cid of a pixel',
    [
      'Please close it.',
      '[cid:pixel.gif@01DA6E1B]',
      '',
      'From: Anna <anna@example.com>',
      'Sent: Monday, March 4, 2024 9:15 AM',
      'To: Bo',
      'Subject: x',
      '',
      'Ok?',
    ],
    'Please close it.',
  ],
  [
    'Virus-free',
    [
      'Listo.',
      '',
      'Libre de virus.www.avast.com <https://www.avast.com/sig-email>',
      '<#DAB4FAD8-2DD7-40BB-A1B8-4E2AA1F9FDF2>',
    ],
    'Listo.',
  ],
  [
    'Virus-free, English',
    [
      'Done.',
      '',
      '<https://www.avast.com/sig-email?utm_medium=email>',
      'Virus-free.www.avast.com',
      '<https://www.avast.com/sig-email?utm_medium=email>',
      '<#DAB4FAD8-2DD7-40BB-A1B8-4E2AA1F9FDF2>',
    ],
    'Done.',
  ],
];

const moreTrackers: readonly Reply[] = [
  [
    'Newton, its link on a line of its own',
    ['Done.', '', 'Sent via Newton Mail', '[https://cloudmagic.com/k/d/mailapp?cv=9.8]'],
    'Done.',
  ],
  [
    'Mailspring',
    ['Fertig.', '', 'Sent from Mailspring (https://getmailspring.com/), the best free email app for work'],
    'Fertig.',
  ],
  ['a picture without a name', ['Listo.', '', '[Image] Sent with Mixmax'], 'Listo.'],
  ['the name of a tracker in brackets', ['Fait.', '', '[Mixmax]'], 'Fait.'],
  ['Streak, with its pixel', ['完了。', '', '[https://mailfoogae.appspot.com/t?sender=abc&guid=1]ᐧ'], '完了。'],
];

const programs: readonly Reply[] = [
  [
    'Outlook desktop, English, date before sender',
    [
      'Works.',
      '',
      '________________________________________',
      'From: Anna Berg',
      'Sent: 04 March 2024 09:15',
      'To: Bo',
      'Subject: Pump',
      '',
      'Ok?',
    ],
    'Works.',
  ],
  [
    'Outlook web, rule and bold labels',
    [
      'Geht.',
      '',
      '________________________________',
      '**Von:** Anna <anna@example.com>',
      '**Gesendet:** Montag, 4. März 2024 09:15',
      '**An:** Bo',
      '**Betreff:** Pumpe',
      '',
      'Ok?',
    ],
    'Geht.',
  ],
  [
    'Outlook for iOS, English',
    [
      'Works.',
      '',
      'Get Outlook for iOS<https://aka.ms/o0ukef>',
      '________________________________',
      'From: Anna <anna@example.com>',
      'Sent: Monday, March 4, 2024 9:15:00 AM',
      'To: Bo',
      'Subject: Pump',
      '',
      'Ok?',
    ],
    'Works.',
  ],
  [
    'Outlook for Android, Spanish',
    [
      'Vale.',
      '',
      'Obtener Outlook para Android<https://aka.ms/AAb9ysg>',
      '________________________________',
      'From: Ana <ana@example.com>',
      'Sent: Monday, March 4, 2024 9:15:00 AM',
      'To: Blas',
      'Subject: Bomba',
      '',
      '¿Ok?',
    ],
    'Vale.',
  ],
  [
    'Outlook for iOS, French',
    [
      'D’accord.',
      '',
      'Obtenir Outlook pour iOS<https://aka.ms/o0ukef>',
      '________________________________',
      'De : Anne <anne@example.com>',
      'Envoyé : lundi 4 mars 2024 09:15',
      'À : Bo',
      'Objet : Pompe',
      '',
      'Ok ?',
    ],
    'D’accord.',
  ],
  [
    'Outlook for iOS, Polish',
    [
      'Działa.',
      '',
      'Uzyskaj program Outlook dla systemu iOS<https://aka.ms/o0ukef>',
      '________________________________',
      'Od: Anna <anna@example.com>',
      'Wysłane: poniedziałek, 4 marca 2024 09:15',
      'Do: Bo',
      'Temat: Pompa',
      '',
      'Ok?',
    ],
    'Działa.',
  ],
  [
    'Outlook for iOS, Japanese',
    [
      '動きました。',
      '',
      'Outlook for iOS を入手<https://aka.ms/o0ukef>',
      '________________________________',
      '差出人: Anna <anna@example.com>',
      '送信日時: 2024年3月4日 9:15',
      '宛先: Bo',
      '件名: ポンプ',
      '',
      'どうですか',
    ],
    '動きました。',
  ],
  [
    'Outlook for iOS, Dutch',
    [
      'Werkt.',
      '',
      'Outlook voor iOS downloaden<https://aka.ms/o0ukef>',
      '________________________________',
      'Van: Anna <anna@example.com>',
      'Verzonden: maandag 4 maart 2024 09:15',
      'Aan: Bo',
      'Onderwerp: Pomp',
      '',
      'Ok?',
    ],
    'Werkt.',
  ],
  [
    'Outlook for iOS, Swedish',
    [
      'Fungerar.',
      '',
      'Hämta Outlook för iOS<https://aka.ms/o0ukef>',
      '________________________________',
      'Från: Anna <anna@example.com>',
      'Skickat: den 4 mars 2024 09:15',
      'Till: Bo',
      'Ämne: Pump',
      '',
      'Ok?',
    ],
    'Fungerar.',
  ],
  [
    'Apple Mail, forwarded header inside the quote',
    ['Merci !', '', '> Le 4 mars 2024 à 09:15, Anna <anna@example.com> a écrit :', '> ', '> Ok ?'],
    'Merci !',
  ],
  [
    'iPhone, German',
    [
      'Passt',
      '',
      'Von meinem iPhone gesendet',
      '',
      '> Am 04.03.2024 um 09:15 schrieb Anna <anna@example.com>:',
      '> ',
      '> Ok?',
    ],
    'Passt',
  ],
  [
    'iPhone, Portuguese',
    [
      'Funciona',
      '',
      'Enviado do meu iPhone',
      '',
      '> No dia 4 de mar. de 2024, às 09:15, Anna <anna@example.com> escreveu:',
      '> ',
      '> Ok?',
    ],
    'Funciona',
  ],
  [
    'iPhone, Italian',
    [
      'Va bene',
      '',
      'Inviato da iPhone',
      '',
      '> Il giorno 4 mar 2024, alle ore 09:15, Anna <anna@example.com> ha scritto:',
      '>',
      '> Ok?',
    ],
    'Va bene',
  ],
  [
    'iPhone, Chinese',
    ['可以了', '', '发自我的iPhone', '', '> 在 2024年3月4日，09:15，Anna <anna@example.com> 写道：', '> ', '> 好吗'],
    '可以了',
  ],
  [
    'Samsung, French',
    [
      'Ça marche',
      '',
      '',
      'Envoyé de mon Galaxy',
      '',
      '',
      '-------- Message d’origine --------',
      'De : Anna <anna@example.com>',
      'Date : 04/03/2024 09:15 (GMT+01:00)',
      'À : Bo',
      'Objet : Pompe',
      '',
      'Ok ?',
    ],
    'Ça marche',
  ],
  [
    'Samsung, Czech',
    [
      'Funguje',
      '',
      'Odesláno z mého zařízení Galaxy',
      '',
      '-------- Původní zpráva --------',
      'Od: Anna <anna@example.com>',
      'Datum: 04.03.24 9:15 (GMT+01:00)',
      'Komu: Bo',
      'Předmět: Čerpadlo',
      '',
      'Ok?',
    ],
    'Funguje',
  ],
  [
    'Yahoo for Android',
    [
      'Works.',
      '',
      'Yahoo Mail: Search, Organize, Conquer',
      ' ',
      '  On Mon, Mar 4, 2024 at 9:15 AM, Anna<anna@example.com> wrote:   Ok?',
    ],
    'Works.',
  ],
  [
    'Yahoo web, German',
    [
      'Geht.',
      '',
      '    Am Montag, 4. März 2024 um 09:15:22 MEZ hat Anna <anna@example.com> Folgendes geschrieben:  ',
      ' ',
      ' Ok?',
    ],
    'Geht.',
  ],
  [
    'Yahoo web, French',
    ['Ça va.', '', '    Le lundi 4 mars 2024 à 09:15:22 UTC+1, Anna <anna@example.com> a écrit :  ', ' ', ' Ok ?'],
    'Ça va.',
  ],
  [
    'Yahoo web, Spanish',
    ['Vale.', '', '    El lunes, 4 de marzo de 2024, 09:15:22 CET, Ana <ana@example.com> escribió:  ', ' ', ' ¿Ok?'],
    'Vale.',
  ],
  [
    'Yahoo web, Italian',
    [
      'Bene.',
      '',
      '    Il lunedì 4 marzo 2024 alle ore 09:15:22 CET, Anna <anna@example.com> ha scritto:  ',
      ' ',
      ' Ok?',
    ],
    'Bene.',
  ],
  [
    'GMX web',
    [
      'Geht wieder.',
      '',
      '-- ',
      'Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.',
      'Am 04.03.24, 09:15, Anna <anna@example.com> schrieb:',
      '> Ok?',
    ],
    'Geht wieder.',
  ],
  [
    'GMX, newer web',
    [
      'Geht wieder.',
      ' ',
      'Gesendet: Montag, 04. März 2024 um 09:15 Uhr',
      'Von: "Anna Berg" <anna@example.com>',
      'An: bo@example.com',
      'Betreff: Pumpe',
      'Ok?',
    ],
    'Geht wieder.',
  ],
  [
    'Lotus Notes, English',
    [
      'Works.',
      '',
      'From:   Anna Berg/Pumps/Example',
      'To:     Bo Lind/Pumps/Example@Example',
      'Date:   04/03/2024 09:15',
      'Subject:        Pump',
      '',
      'Ok?',
    ],
    'Works.',
  ],
  [
    'Lotus Notes, "---Anna/… wrote: ---"',
    [
      'Works.',
      '',
      '-----Anna Berg/Pumps/Example wrote: -----',
      'To: Bo Lind/Pumps/Example',
      'From: Anna Berg/Pumps/Example',
      'Date: 03/04/2024 09:15AM',
      'Subject: Pump',
      '',
      'Ok?',
    ],
    'Works.',
  ],
  [
    'HCL Notes, German',
    [
      'Geht.',
      '',
      '-----"Anna Berg" <anna@example.com> schrieb: -----',
      'An: "Bo Lind" <bo@example.com>',
      'Von: "Anna Berg" <anna@example.com>',
      'Datum: 04.03.2024 09:15',
      'Betreff: Pumpe',
      '',
      'Ok?',
    ],
    'Geht.',
  ],
  [
    'Zimbra, English',
    [
      'Works.',
      '',
      '----- Original Message -----',
      'From: "Anna Berg" <anna@example.com>',
      'To: "Bo" <bo@example.com>',
      'Sent: Monday, March 4, 2024 9:15:22 AM',
      'Subject: Pump',
      '',
      'Ok?',
    ],
    'Works.',
  ],
  [
    'Zimbra, French',
    [
      'Ça va.',
      '',
      '----- Mail original -----',
      'De: "Anna Berg" <anna@example.com>',
      'À: "Bo" <bo@example.com>',
      'Envoyé: Lundi 4 Mars 2024 09:15:22',
      'Objet: Pompe',
      '',
      'Ok ?',
    ],
    'Ça va.',
  ],
  [
    'Zimbra, German',
    [
      'Geht.',
      '',
      '----- Ursprüngliche Mail -----',
      'Von: "Anna Berg" <anna@example.com>',
      'An: "Bo" <bo@example.com>',
      'Gesendet: Montag, 4. März 2024 09:15:22',
      'Betreff: Pumpe',
      '',
      'Ok?',
    ],
    'Geht.',
  ],
  [
    'Zimbra, Spanish',
    [
      'Vale.',
      '',
      '----- Mensaje original -----',
      'De: "Ana" <ana@example.com>',
      'Para: "Blas" <blas@example.com>',
      'Enviados: Lunes, 4 de Marzo 2024 9:15:22',
      'Asunto: Bomba',
      '',
      '¿Ok?',
    ],
    'Vale.',
  ],
  [
    'Zimbra, Italian',
    [
      'Bene.',
      '',
      '----- Messaggio originale -----',
      'Da: "Anna" <anna@example.com>',
      'A: "Bo" <bo@example.com>',
      'Inviato: Lunedì, 4 marzo 2024 9:15:22',
      'Oggetto: Pompa',
      '',
      'Ok?',
    ],
    'Bene.',
  ],
  ['Roundcube, German', ['Geht.', '', 'Am 2024-03-04 09:15, schrieb Anna Berg:', '> Ok?'], 'Geht.'],
  ['Roundcube, French', ['Ça va.', '', 'Le 2024-03-04 09:15, Anna Berg a écrit :', '> Ok ?'], 'Ça va.'],
  ['Roundcube, Spanish', ['Vale.', '', 'El 2024-03-04 09:15, Ana Berg escribió:', '> ¿Ok?'], 'Vale.'],
  ['Roundcube, Polish', ['Działa.', '', 'W dniu 2024-03-04 09:15, Anna Berg napisał(a):', '> Ok?'], 'Działa.'],
  ['Evolution', ['Works.', '', 'On Mon, 2024-03-04 at 09:15 +0100, Anna Berg wrote:', '> Ok?'], 'Works.'],
  ['Evolution, German', ['Geht.', '', 'Am Montag, dem 04.03.2024 um 09:15 +0100 schrieb Anna Berg:', '> Ok?'], 'Geht.'],
  ['KMail, German', ['Geht.', '', 'Am Montag, 4. März 2024, 09:15:22 CET schrieb Anna Berg:', '> Ok?'], 'Geht.'],
  ['mutt', ['Works.', '', 'On Mon, Mar 04, 2024 at 09:15:22AM +0100, Anna Berg wrote:', '> Ok?'], 'Works.'],
  [
    'The Bat!, Russian',
    ['Работает.', '', 'Здравствуйте, Анна.', '', 'Вы писали 4 марта 2024 г., 9:15:22:', '> Всё хорошо?'],
    'Работает.\n\nЗдравствуйте, Анна.',
  ],
  [
    'Mail.ru, web',
    [
      'Работает.',
      '',
      ' ',
      '----------------',
      'Понедельник, 4 марта 2024, 9:15 +03:00 от Anna <anna@example.com>:',
      ' ',
      'Всё хорошо?',
    ],
    'Работает.',
  ],
  ['Yandex, web', ['Работает.', '', '04.03.2024, 09:15, "Anna" <anna@example.com>:', 'Всё хорошо?'], 'Работает.'],
  [
    'Foxmail',
    [
      '可以了。',
      '',
      '',
      '',
      'anna@example.com',
      ' ',
      '发件人： Anna',
      '发送时间： 2024-03-04 09:15',
      '收件人： bo',
      '主题： 泵',
      '好吗',
    ],
    '可以了。\n\n\n\nanna@example.com',
  ],
  [
    'QQ mail',
    [
      '可以了。',
      '',
      '------------------&nbsp;原始邮件&nbsp;------------------',
      '发件人: "Anna" <anna@example.com>;',
      '发送时间:&nbsp;2024年3月4日(星期一) 上午9:15',
      '收件人:&nbsp;"Bo"<bo@example.com>;',
      '主题:&nbsp;泵',
      '',
      '好吗',
    ],
    '可以了。',
  ],
  ['NetEase', ['可以了。', '', '', 'At 2024-03-04 09:15:22, "Anna" <anna@example.com> wrote:', '>好吗'], '可以了。'],
  [
    'Becky!, Japanese',
    [
      '動きました。',
      '',
      'On Mon, 4 Mar 2024 09:15:22 +0900',
      'Anna Berg <anna@example.com> wrote:',
      '',
      '> どうですか',
    ],
    '動きました。',
  ],
  ['Shuriken, Japanese', ['動きました。', '', 'Anna Berg さんは書きました:', '> どうですか'], '動きました。'],
  [
    'Outlook, Norwegian',
    [
      'Virker.',
      '',
      'Fra: Anna <anna@example.com>',
      'Sendt: mandag 4. mars 2024 09:15',
      'Til: Bo',
      'Emne: Pumpe',
      '',
      'Ok?',
    ],
    'Virker.',
  ],
  [
    'Outlook, Finnish',
    [
      'Toimii.',
      '',
      'Lähettäjä: Anna <anna@example.com>',
      'Lähetetty: maanantai 4. maaliskuuta 2024 9.15',
      'Vastaanottaja: Bo',
      'Aihe: Pumppu',
      '',
      'Ok?',
    ],
    'Toimii.',
  ],
  [
    'Proton Mail',
    [
      'Works.',
      '',
      'Sent with [Proton Mail](https://proton.me/) secure email.',
      '',
      '------- Original Message -------',
      'On Monday, March 4th, 2024 at 9:15 AM, Anna <anna@example.com> wrote:',
      '',
      '> Ok?',
    ],
    'Works.',
  ],
  [
    'Proton Mail, newer',
    ['Works.', '', 'On Monday, March 4th, 2024 at 09:15, Anna <anna@example.com> wrote:', '', '> Ok?'],
    'Works.',
  ],
  ['Fastmail', ['Works.', '', 'On Mon, 4 Mar 2024, at 9:15 AM, Anna Berg wrote:', '> Ok?'], 'Works.'],
  ['Hey', ['Works.', '', 'On March 4, 2024, Anna Berg <anna@example.com> wrote:', '> Ok?'], 'Works.'],
  ['Spark', ['Works.', '', 'On 4 Mar 2024 at 09:15 +0100, Anna <anna@example.com>, wrote:', '> Ok?'], 'Works.'],
  ['Airmail', ['Works.', '', 'On 4 March 2024 at 09:15:22, Anna Berg (anna@example.com) wrote:', '', 'Ok?'], 'Works.'],
  [
    'Open-Xchange',
    ['Geht.', '', 'Anna Berg <anna@example.com> hat am 04.03.2024 09:15 CET geschrieben:', ' ', ' ', 'Ok?'],
    'Geht.',
  ],
  [
    'Open-Xchange, English',
    ['Works.', '', 'On 03/04/2024 9:15 AM CET Anna Berg <anna@example.com> wrote:', ' ', 'Ok?'],
    'Works.',
  ],
  ['GroupWise', ['Works.', '', '>>> Anna Berg <anna@example.com> 03/04/24 9:15 AM >>>', 'Ok?'], 'Works.'],
  [
    'Zendesk',
    ['Works.', '', '##- Please type your reply above this line -##', '', 'Your request (1234) has been updated.'],
    'Works.',
  ],
  [
    'Freshdesk',
    ['Works.', '', 'On Mon, 4 Mar, 2024 at 9:15 AM , Support <support@example.com> wrote:', '', 'Dear Bo,'],
    'Works.',
  ],
  ['Jira', ['Geht.', '', '—-—-—-—', 'Antworten Sie oberhalb dieser Zeile.', '', 'Anna Berg hat kommentiert:'], 'Geht.'],
  [
    'Zoho',
    ['Works.', '', '', '---- On Mon, 04 Mar 2024 09:15:22 +0100 Anna <anna@example.com> wrote ---', '', 'Ok?'],
    'Works.',
  ],
  [
    'Intercom',
    [
      'Works.',
      '',
      'On Mon, Mar 4, 2024 at 09:15 AM, "Anna from Pumps" <anna@pumps.intercom-mail.com> wrote:',
      '',
      'Ok?',
    ],
    'Works.',
  ],
  [
    'BlackBerry',
    [
      'Works.',
      'Sent via BlackBerry from T-Mobile',
      '',
      '-----Original Message-----',
      'From: Anna',
      'Date: Mon, 4 Mar 2024 09:15:22',
      'To: Bo',
      'Subject: Pump',
      '',
      'Ok?',
    ],
    'Works.',
  ],
];

const kept: readonly Reply[] = [
  [
    'a date in a sentence',
    ['On 3 March 2016 at 17:21 the pump stopped, and it has not started again.'],
    'On 3 March 2016 at 17:21 the pump stopped, and it has not started again.',
  ],
  [
    'a log with zones',
    [
      'Here is the log:',
      '2016-03-03 17:21 GMT+01:00 Service started',
      '2016-03-03 17:22 GMT+01:00 Service stopped',
      'What now?',
    ],
    'Here is the log:\n2016-03-03 17:21 GMT+01:00 Service started\n2016-03-03 17:22 GMT+01:00 Service stopped\nWhat now?',
  ],
  [
    'a log line that ends in a colon',
    ['2016-03-03 17:21 GMT+01:00 Import failed:', 'file not found'],
    '2016-03-03 17:21 GMT+01:00 Import failed:\nfile not found',
  ],
  [
    'a picture that is spoken of',
    ['See the picture: [image: screen.png] and tell me.'],
    'See the picture: [image: screen.png] and tell me.',
  ],
  ['a link alone, which is the answer', ['https://files.example.com/log.zip'], 'https://files.example.com/log.zip'],
  [
    'a link as the last line',
    ['The log is here:', '', 'https://files.example.com/log.zip'],
    'The log is here:\n\nhttps://files.example.com/log.zip',
  ],
  [
    'Mixmax as a subject of talk',
    ['We write our mails with Mixmax, and they do not arrive.'],
    'We write our mails with Mixmax, and they do not arrive.',
  ],
  [
    'somebody else’s words in prose',
    ['Anna wrote on Monday that it works: it does not.'],
    'Anna wrote on Monday that it works: it does not.',
  ],
  ['a meeting', ['Am 04.03.2024 um 09:15 sind wir da.'], 'Am 04.03.2024 um 09:15 sind wir da.'],
  ['nothing but a quote', ['2016-03-03 17:21 GMT+01:00 Some One <some.one@example.com>:', '> Ok?'], ''],
  [
    'nothing but a quote and a tracker',
    [
      'Sent with Mixmax [https://mixmax.com/s/abc]',
      '',
      'On Mon, Mar 4, 2024 at 9:15 AM Anna <anna@example.com> wrote:',
      '> Ok?',
    ],
    '',
  ],
];

const leading: readonly Reply[] = [
  [
    'an old post, its head marked too',
    [
      '> From: "Anna Berg" <anna@example.com>',
      '>',
      '> > Does it stop?',
      '>',
      '> I do not know.',
      '',
      'It stops at night.',
    ],
    '> From: "Anna Berg" <anna@example.com>\n>\n> > Does it stop?\n>\n> I do not know.\n\nIt stops at night.',
  ],
  [
    'a message of the program that the text is about',
    ['> Fehler 17: Datei nicht gefunden', '', 'Das steht seit heute im Protokoll.', '', '-- ', 'Jürgen'],
    '> Fehler 17: Datei nicht gefunden\n\nDas steht seit heute im Protokoll.',
  ],
  ['Japanese', ['> 印刷できません', '', 'どうすればよいですか。'], '> 印刷できません\n\nどうすればよいですか。'],
];
const notLeading: readonly Reply[] = [
  [
    'the line above it says whose it is',
    ['Anna Berg schrieb am 04.03.2024 09:15:', '> Läuft sie?', '', 'Nein.'],
    'Nein.',
  ],
  [
    'a telephone has marked that line too',
    ['> Le 4 mars 2024 à 09:15, Anna <anna@example.com> a écrit :', '> ', '> Ok ?', '', 'Oui.'],
    'Oui.',
  ],
  ['it stands below text', ['Sí.', '', '> ¿Ok?', '', 'Mañana.'], 'Sí.\n\nMañana.'],
];

describe('a quote before the text that is part of it', () => {
  it.each(leading)('%s', (_title, lines, newText) => {
    const read = replyText(lines.join('\n'));
    expect(read).toMatchObject({ newText, own: true });
    expect(read.context).not.toBe('');
  });
  it.each(notLeading)('is none where %s', (_title, lines, newText) => {
    expect(replyText(lines.join('\n'))).toMatchObject({ newText, context: '', own: true });
  });
  it('is not there in an answer to a letter of ours, and nothing is read from it elsewhere', () => {
    const text = '> PIN 4711\n> Severity: 1\n\nSeverity: 3\nIt stops.';
    expect(readSaid(text, '', { answers: true }).newText).toBe('Severity: 3\nIt stops.');
    expect(readSaid(text, '', { answers: false })).toMatchObject({
      newText: text,
      pins: [],
      report: { severity: '3' },
      title: expect.not.stringContaining('4711'),
    });
  });
});

describe('two attributions in one mail', () => {
  it.each(twoAttributions)('%s', (_title, lines, newText) => {
    expect(replyText(lines.join('\n'))).toMatchObject({ newText, own: true });
  });
});

describe('two attributions, one of them without marks', () => {
  it.each(moreOfTwo)('%s', (_title, lines, newText) => {
    expect(replyText(lines.join('\n')).newText).toBe(newText);
  });
});

describe('the attribution of Gmail with a zone', () => {
  it.each(gmailOther)('%s: above a marked quote', (header) => {
    expect(replyText(`It is fixed.\n\n${header}\n\n> Is it?\n`)).toMatchObject({ newText: 'It is fixed.', own: true });
  });
  it.each(gmailOther)('%s: above a bare quote', (header) => {
    expect(replyText(`It is fixed.\n\n${header}\n\nIs it?\n`)).toMatchObject({ newText: 'It is fixed.', own: true });
  });
  it.each(gmailOther)('%s: with the answer below', (header) => {
    expect(replyText(`${header}\n> Is it?\n\nIt is fixed.\n`)).toMatchObject({ newText: 'It is fixed.', own: true });
  });
});

describe.each([
  ['what trackers add', [...trackers, ...moreTrackers]],
  ['what programs add', programs],
  ['what is kept, or empty', kept],
] as const)('%s', (_kind, replies) => {
  it.each(replies)('%s', (_title, lines, newText) => {
    expect(replyText(lines.join('\n')).newText).toBe(newText);
  });
});

describe('what trackers, scanners and safe mail programs leave below the text', () => {
  it.each([
    'Sent with Mailtrack <https://mailtrack.io> Remove <https://mailtrack.io/x>',
    'Enviado con Mailtrack <https://mailtrack.io> Eliminar <https://mailtrack.io/x>',
    'Sender notified by\nMailtrack 05/13/26, 10:00:00',
    '[image: Mailtrack] Sender notified by Mailtrack 05/13/26',
    'Secured by Tutanota',
    'Sicher versendet mit Tuta',
    '---\nThis email has been checked for viruses by Avast antivirus software.\nhttps://www.avast.com/antivirus',
    'Diese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.\nwww.avast.com',
    'L’absence de virus dans ce courrier électronique a été vérifiée par le logiciel antivirus Avast.',
    'El software de antivirus Avast ha analizado este correo electrónico en busca de virus.',
    'このメールはウイルス対策ソフトでスキャンされています。',
    '-----邮件原件-----\n发件人: Support <support@desk.example>\n发送时间: 2026年5月13日 9:00\n收件人: Ada\n主题: x\n\n你好',
  ])('is none of it: %j', (added) => expect(replyText(`It stopped.\n\n${added}\n`).newText).toBe('It stopped.'));
  it.each([
    'It stopped.\n\nSent with care by our carrier',
    'It stopped.\n\nProtected by a password',
    'It stopped.\n\nhttps://files.example/log.txt',
    'It stopped.\n\nWas this mail checked for viruses by you?',
    'This mail was scanned for viruses by your gateway and then lost.\n\nWhy?',
    'Diese Mail wurde geprüft.\n\nWas nun?',
  ])('is kept: %j', (text) => expect(replyText(text).newText).toBe(text));
});
