import { describe, expect, test } from 'vitest';
import { replyText } from '../../../../src/mail/reply-text/reply-text.ts';

type Golden = readonly [title: string, text: string, newText: string];

const answer = 'Die Pumpe läuft wieder.\n\nWir beobachten sie bis Freitag.';

const quotedBelow = (header: string): string => `${answer}\n\n${header}\n\n> Läuft die Pumpe?\n>\n> Gruß\n`;
const bareBelow = (header: string): string => `${answer}\n\n${header}\n\nLäuft die Pumpe?\n\nGruß\n`;

/** As Gmail, Apple Mail, Thunderbird, Yahoo and telephones write it. */
const attributions: readonly (readonly [language: string, header: string])[] = [
  ['English, Gmail', 'On Mon, Mar 4, 2024 at 9:15 AM Anna Berg <anna.berg@example.com> wrote:'],
  [
    'English, Gmail wrapped',
    'On Mon, Mar 4, 2024 at 9:15 AM Anna Katharina Berg-Lindqvist <\nanna.berg@example.com> wrote:',
  ],
  ['English, Apple Mail', 'On 4 Mar 2024, at 09:15, Anna Berg <anna.berg@example.com> wrote:'],
  ['English, Yahoo', 'On Monday, March 4, 2024, 09:15:22 AM GMT+1, Anna Berg <anna.berg@example.com> wrote:'],
  ['English, Zoho', '---- On Mon, 04 Mar 2024 09:15:22 +0100 Anna Berg <anna.berg@example.com> wrote ----'],
  ['German, Gmail', 'Am Mo., 4. März 2024 um 09:15 Uhr schrieb Anna Berg <anna.berg@example.com>:'],
  ['German, Apple Mail', 'Am 04.03.2024 um 09:15 schrieb Anna Berg <anna.berg@example.com>:'],
  ['German, Thunderbird without address', 'Am 04.03.24 um 09:15 schrieb Anna Berg:'],
  ['German, name first', 'Anna Berg <anna.berg@example.com> schrieb am Mo., 4. März 2024, 09:15:'],
  ['German, Gmail wrapped', 'Am Mo., 4. März 2024 um 09:15 Uhr schrieb Anna Katharina Berg <\nanna.berg@example.com>:'],
  ['French, Gmail', 'Le lun. 4 mars 2024 à 09:15, Anna Berg <anna.berg@example.com> a écrit :'],
  ['French, Apple Mail', 'Le 4 mars 2024 à 09:15, Anna Berg <anna.berg@example.com> a écrit :'],
  ['French, wrapped', 'Le lun. 4 mars 2024 à 09:15, Anna Katharina Berg <anna.berg@example.com> a\nécrit :'],
  ['Spanish, Gmail', 'El lun, 4 mar 2024 a las 9:15, Anna Berg (<anna.berg@example.com>) escribió:'],
  ['Spanish, Apple Mail', 'El 4 mar 2024, a las 9:15, Anna Berg <anna.berg@example.com> escribió:'],
  ['Portuguese, Gmail', 'Em seg., 4 de mar. de 2024 às 09:15, Anna Berg <anna.berg@example.com> escreveu:'],
  ['Portuguese, Portugal', 'Anna Berg <anna.berg@example.com> escreveu (segunda, 4/03/2024 à(s) 09:15):'],
  ['Italian, Gmail', 'Il giorno lun 4 mar 2024 alle ore 09:15 Anna Berg <anna.berg@example.com> ha scritto:'],
  ['Italian, Apple Mail', 'Il giorno 4 mar 2024, alle ore 09:15, Anna Berg <anna.berg@example.com> ha scritto:'],
  ['Dutch, Gmail', 'Op ma 4 mrt 2024 om 09:15 schreef Anna Berg <anna.berg@example.com>:'],
  ['Dutch, Apple Mail', 'Op 4 mrt. 2024, om 09:15 heeft Anna Berg <anna.berg@example.com> het volgende geschreven:'],
  ['Danish, Gmail', 'Den man. 4. mar. 2024 kl. 09.15 skrev Anna Berg <anna.berg@example.com>:'],
  ['Danish, Apple Mail', 'Den 4. mar. 2024 kl. 09.15 skrev Anna Berg <anna.berg@example.com>:'],
  ['Swedish, Gmail', 'Den mån 4 mars 2024 kl 09:15 skrev Anna Berg <anna.berg@example.com>:'],
  ['Swedish, Apple Mail', '4 mars 2024 kl. 09:15 skrev Anna Berg <anna.berg@example.com>:'],
  ['Norwegian, Gmail', 'man. 4. mars 2024 kl. 09:15 skrev Anna Berg <anna.berg@example.com>:'],
  ['Norwegian, Apple Mail', 'Den 4. mars 2024 kl. 09:15 skrev Anna Berg <anna.berg@example.com>:'],
  ['Finnish, Gmail', 'ma 4. maalisk. 2024 klo 9.15 Anna Berg (anna.berg@example.com) kirjoitti:'],
  ['Finnish, Apple Mail', 'Anna Berg <anna.berg@example.com> kirjoitti 4.3.2024 kello 9.15:'],
  ['Polish, Gmail', 'pon., 4 mar 2024 o 09:15 Anna Berg <anna.berg@example.com> napisał(a):'],
  ['Polish, Thunderbird', 'W dniu 4.03.2024 o 09:15, Anna Berg pisze:'],
  [
    'Polish, Apple Mail',
    'Wiadomość napisana przez Anna Berg <anna.berg@example.com> w dniu 4 mar 2024, o godz. 09:15:',
  ],
  ['Czech, Gmail', 'po 4. 3. 2024 v 9:15 odesílatel Anna Berg <anna.berg@example.com> napsal:'],
  ['Czech, Thunderbird', 'Dne 04.03.2024 v 9:15 Anna Berg napsal(a):'],
  ['Russian, Gmail', 'пн, 4 мар. 2024 г. в 09:15, Anna Berg <anna.berg@example.com>:'],
  ['Russian, Thunderbird', '04.03.2024 09:15, Anna Berg пишет:'],
  ['Russian, Yandex', '04.03.2024, 09:15, "Anna Berg" <anna.berg@example.com>:'],
  ['Russian, Mail.ru', 'Понедельник, 4 марта 2024, 9:15 +03:00 от Anna Berg <anna.berg@example.com>:'],
  ['Russian, Apple Mail', '4 марта 2024 г., в 9:15, Anna Berg <anna.berg@example.com> написал(а):'],
  ['Chinese, Gmail', 'Anna Berg <anna.berg@example.com> 于2024年3月4日周一 09:15写道：'],
  ['Chinese, Apple Mail', '在 2024年3月4日，09:15，Anna Berg <anna.berg@example.com> 写道：'],
  ['Chinese, traditional', 'Anna Berg <anna.berg@example.com> 於 2024年3月4日 週一 上午9:15寫道：'],
  ['Japanese, Gmail', '2024年3月4日(月) 9:15 Anna Berg <anna.berg@example.com>:'],
  ['Japanese, Apple Mail', '2024/03/04 9:15、Anna Berg <anna.berg@example.com>のメール:'],
  ['Japanese, Thunderbird', 'On 2024/03/04 9:15, Anna Berg wrote:'],
];

describe('the line above a quote', () => {
  test.each(attributions)('%s: what stands above it is the answer', (_language, header) => {
    expect(replyText(quotedBelow(header))).toMatchObject({ newText: answer, own: true });
  });
  test.each(attributions)('%s: the quote needs no marks', (_language, header) => {
    expect(replyText(bareBelow(header)).newText).toBe(answer);
  });
  test.each(attributions)('%s: an answer below the quote is kept', (_language, header) => {
    expect(replyText(`${header}\n> Läuft die Pumpe?\n\n${answer}\n`)).toMatchObject({ newText: answer, own: true });
  });
  test.each(attributions)('%s: a quote alone is a blank reply', (_language, header) => {
    expect(replyText(`${header}\n> Läuft die Pumpe?\n`)).toMatchObject({ newText: '', own: false });
  });
});

const from = 'Anna Berg <anna.berg@example.com>';
const to = 'Support <support@example.com>';

const blocks: readonly (readonly [language: string, block: string])[] = [
  ['English', `From: ${from}\nSent: Monday, March 4, 2024 9:15 AM\nTo: ${to}\nSubject: Pump`],
  ['English, bold', `*From:* ${from}\n*Sent:* Monday, March 4, 2024 9:15 AM\n*To:* ${to}\n*Subject:* Pump`],
  ['English, bold twice', `**From:** ${from}\n**Sent:** Monday, 4 March\n**To:** ${to}\n**Subject:** Pump`],
  ['English, below a rule', `________________________________\nFrom: ${from}\nSent: Monday\nTo: ${to}\nSubject: Pump`],
  ['English, original message', `-----Original Message-----\nFrom: ${from}\nSent: Monday\nTo: ${to}\nSubject: Pump`],
  [
    'English, wrapped',
    `From: ${from}\nSent: Monday\nTo: ${to};\n  Second <second@example.com>; Third\n <third@example.com>\nSubject: Pump`,
  ],
  [
    'English, Hotmail order',
    `Date: Mon, 4 Mar 2024 09:15:00 +0100\nSubject: Pump\nFrom: anna@example.com\nTo: x@example.com`,
  ],
  ['German', `Von: ${from}\nGesendet: Montag, 4. März 2024 09:15\nAn: ${to}\nBetreff: Pumpe`],
  [
    'German, original message',
    `-----Ursprüngliche Nachricht-----\nVon: ${from}\nGesendet: Montag\nAn: ${to}\nBetreff: Pumpe`,
  ],
  [
    'German, telephone',
    `-------- Originalnachricht --------\nVon: ${from}\nDatum: 04.03.24 09:15 (GMT+01:00)\nAn: ${to}\nBetreff: Pumpe`,
  ],
  ['French', `De : ${from}\nEnvoyé : lundi 4 mars 2024 09:15\nÀ : ${to}\nObjet : Pompe`],
  ['French, original message', `-----Message d'origine-----\nDe : ${from}\nEnvoyé : lundi\nÀ : ${to}\nObjet : Pompe`],
  ['Spanish', `De: ${from}\nEnviado el: lunes, 4 de marzo de 2024 9:15\nPara: ${to}\nAsunto: Bomba`],
  ['Portuguese', `De: ${from}\nEnviada em: segunda-feira, 4 de março de 2024 09:15\nPara: ${to}\nAssunto: Bomba`],
  ['Italian', `Da: ${from}\nInviato: lunedì 4 marzo 2024 09:15\nA: ${to}\nOggetto: Pompa`],
  ['Dutch', `Van: ${from}\nVerzonden: maandag 4 maart 2024 09:15\nAan: ${to}\nOnderwerp: Pomp`],
  ['Danish', `Fra: ${from}\nSendt: 4. marts 2024 09:15\nTil: ${to}\nEmne: Pumpe`],
  ['Swedish', `Från: ${from}\nSkickat: den 4 mars 2024 09:15\nTill: ${to}\nÄmne: Pump`],
  ['Norwegian', `Fra: ${from}\nSendt: mandag 4. mars 2024 09:15\nTil: ${to}\nEmne: Pumpe`],
  ['Finnish', `Lähettäjä: ${from}\nLähetetty: maanantai 4. maaliskuuta 2024 9.15\nVastaanottaja: ${to}\nAihe: Pumppu`],
  ['Polish', `Od: ${from}\nWysłano: poniedziałek, 4 marca 2024 09:15\nDo: ${to}\nTemat: Pompa`],
  ['Czech', `Od: ${from}\nOdesláno: pondělí 4. března 2024 9:15\nKomu: ${to}\nPředmět: Čerpadlo`],
  ['Russian', `От: ${from}\nОтправлено: 4 марта 2024 г. 9:15\nКому: ${to}\nТема: Насос`],
  ['Chinese', `发件人: ${from}\n发送时间: 2024年3月4日 9:15\n收件人: ${to}\n主题: 泵`],
  [
    'Chinese, QQ',
    `------------------ 原始邮件 ------------------\n发件人: "Anna" <anna@example.com>;\n发送时间: 2024年3月4日\n收件人: "Support";\n主题: 泵`,
  ],
  ['Japanese', `差出人: ${from}\n送信日時: 2024年3月4日 9:15\n宛先: ${to}\n件名: ポンプ`],
  ['Lotus Notes', 'Anna Berg/Pumps/Example\n04/03/2024 09:15\n\nTo\nSupport/Example\ncc\n\nSubject\nPump'],
];

describe('a copied header', () => {
  test.each(blocks)('%s: what stands above it is the answer', (_language, block) => {
    expect(replyText(bareBelow(block))).toMatchObject({ newText: answer, own: true });
  });
  test.each(blocks)(
    '%s: with nothing above it, all of it counts and none of it is the sender’s own',
    (_language, block) => {
      const text = `${block}\n\nLäuft die Pumpe?`;
      expect(replyText(text)).toMatchObject({ newText: text, own: false });
    },
  );
});

const devices: readonly string[] = [
  'Sent from my iPhone',
  'Sent from my Samsung Galaxy smartphone.',
  'Sent from Outlook for Android<https://aka.ms/AAb9ysg>',
  'Get Outlook for iOS<https://aka.ms/o0ukef>',
  'Sent from Yahoo Mail for iPhone',
  'Sent from Mail for Windows 10',
  'Von meinem iPhone gesendet',
  'Von meinem Samsung Galaxy Smartphone gesendet.',
  'Gesendet von Outlook für Android',
  'Gesendet mit der GMX Mail App',
  'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.',
  'Envoyé de mon iPhone',
  'Envoyé depuis mon téléphone Samsung',
  'Enviado desde mi iPhone',
  'Enviado do meu iPhone',
  'Inviato da iPhone',
  'Verstuurd vanaf mijn iPhone',
  'Sendt fra min iPhone',
  'Skickat från min iPhone',
  'Lähetetty iPhonesta',
  'Wysłane z iPhone’a',
  'Odesláno z iPhonu',
  'Отправлено с iPhone',
  '发自我的iPhone',
  '從我的 iPhone 傳送',
  'iPhoneから送信',
];

describe('a signature', () => {
  test.each(devices)('%s is no part of the answer', (line) => {
    expect(replyText(`${answer}\n\n${line}\n`)).toMatchObject({ newText: answer, signature: line });
  });
  test.each(devices)('%s alone is nothing', (line) => {
    expect(replyText(`${line}\n`).newText).toBe('');
  });

  const golden: readonly Golden[] = [
    ['below two dashes and a blank', `${answer}\n\n-- \nAnna Berg\nExample GmbH`, answer],
    ['below two dashes whose blank was lost', `${answer}\n--\nAnna Berg\nExample GmbH`, answer],
    ['below a long dash', `${answer}\n\n—\nAnna Berg`, answer],
    ['below a rule, with a telephone', `${answer}\n\n__________\nAnna Berg\nTel. +49 30 123456`, answer],
    [
      'of a formula, a name and a telephone',
      `${answer}\n\nMit freundlichen Grüßen\n\nAnna Berg\nExample GmbH\nTel: +49 30 1234567\nwww.example.com`,
      answer,
    ],
    ['in English', `It fails again.\n\nBest regards,\nAnna Berg\nanna.berg@example.com`, 'It fails again.'],
    ['in French', `Cela échoue.\n\nCordialement,\n\nAnna Berg\nTél. : +33 1 23 45 67 89`, 'Cela échoue.'],
    ['in Russian', `Не работает.\n\nС уважением,\nАнна Берг\n+7 495 123-45-67`, 'Не работает.'],
    [
      'after thanks, which stay',
      `It works.\n\nThanks,\nAnna Berg\n+49 30 1234567\nwww.example.com`,
      'It works.\n\nThanks,',
    ],
    [
      'above a quote',
      `${answer}\n\n-- \nAnna Berg\n\nOn 4 Mar 2024, at 09:15, Bo <bo@example.com> wrote:\n> Hm?`,
      answer,
    ],
    ['below the quote', `On 4 Mar 2024, at 09:15, Bo <bo@example.com> wrote:\n> Hm?\n\n${answer}\n\n-- \nAnna`, answer],
    [
      'of a lawyer',
      `${answer}\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you are not the\nintended recipient, please delete it.`,
      answer,
    ],
    [
      'of a lawyer, in German',
      `${answer}\n\nDiese E-Mail enthält vertrauliche und rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind,\ninformieren Sie bitte sofort den Absender.`,
      answer,
    ],
    ['of a mailing list', `${answer}\n\n_______________\nPumps mailing list\npumps@lists.example.com`, answer],
  ];
  test.each(golden)('%s is taken off', (_title, text, expected) => {
    expect(replyText(text).newText).toBe(expected);
  });

  const kept: readonly Golden[] = [
    ['a formula and a name', `${answer}\n\nBest regards,\nAnna`, `${answer}\n\nBest regards,\nAnna`],
    ['a name and a telephone that were announced', 'Please call:\n\nBo Lund\n+45 12 34 56 78\nbo@example.com', ''],
    [
      'a form that was filled in',
      'It fails.\n\nRegards,\nAnna\n\nProduct: Pump 3\nSeverity: 2\nPhone: +49 30 123456',
      '',
    ],
    ['dashes in the middle of a line', 'The pump -- not the valve -- fails.', ''],
    ['a list with dashes', 'It fails when:\n-- it is cold\n-- it is dark', ''],
    ['what was sent from somewhere', 'Sent from the wrong account, sorry: it still fails.', ''],
    ['a rule of Markdown', '# Log\n----\nfails at 3\n\n----\nfails at 4', ''],
    ['code', 'Look:\n\n```\n--\nSELECT 1\n> prompt\n```\n\nIt fails.', ''],
  ];
  test.each(kept)('%s stays', (_title, text, expected) => {
    expect(replyText(text).newText).toBe(expected === '' ? text : expected);
  });
});

describe('new text', () => {
  test('keeps every answer between quotes, in order', () => {
    const text =
      'Hello,\n\nOn 4 Mar 2024, at 09:15, Bo <bo@example.com> wrote:\n> Which pump?\n\nThe third.\n\n> Since when?\n\nSince Monday.\n\n> Bo\n\n-- \nAnna';
    expect(replyText(text)).toMatchObject({
      newText: 'Hello,\n\nThe third.\n\nSince Monday.',
      signature: '--\nAnna',
      own: true,
    });
  });

  test('takes a mail passed on with a word above it for that word', () => {
    const forward = `---------- Forwarded message ---------\nFrom: ${from}\nDate: Mon, 4 Mar 2024\nSubject: Pump\nTo: ${to}\n\nIt fails.`;
    expect(replyText(`Please see below.\n\n${forward}`)).toMatchObject({ newText: 'Please see below.', own: true });
    expect(replyText(forward)).toMatchObject({ newText: forward, own: false });
    expect(replyText(`Sent from my iPhone\n\n${forward}`).own).toBe(false);
  });

  test.each([
    'Begin forwarded message:',
    'Anfang der weitergeleiteten Nachricht:',
    'Début du message réexpédié :',
    'Inicio del mensaje reenviado:',
    'Inizio messaggio inoltrato:',
    'Begin doorgestuurd bericht:',
    '-------- Пересылаемое сообщение --------',
    '---------- Weitergeleitete Nachricht ----------',
    '---------- 转发的邮件 ----------',
  ])('ends at “%s”', (line) => {
    const text = `Please see below.\n\n${line}\n\n> From: ${from}\n> Subject: Pump\n>\n> It fails.`;
    expect(replyText(text).newText).toBe('Please see below.');
  });

  test('ends at the line of a help desk that asks for answers above it', () => {
    const text = 'It fails.\n\n##- Please type your reply above this line -##\n\nYour case 17 was updated.';
    expect(replyText(text).newText).toBe('It fails.');
  });

  test.each([
    'On Monday, 4 March 2024 we started it at 9:15 and then:\n\nsmoke.',
    'On the third day I wrote:\n\n"it fails".',
    'From: the pump\nTo: the valve\n\nnothing flows.',
    'Am 4. März 2024 um 9:15 schrieb ich Ihnen:\n\nkeine Antwort.',
    'The steps:\n\n1. On\n2. Off',
    'Version 3 of 2024:\n\nfails.',
    'Name: Bo\nFrom: Berlin\nTo: Paris\nDate: Monday',
    'Hello,\n\n2024-03-04 10:00:01 ERROR user <a@example.com>:\nfailed to log in',
    'Get Outlook working again, please.',
  ])('is not cut where a person writes %j', (text) => {
    expect(replyText(text)).toMatchObject({ newText: text, own: true });
  });

  test('keeps a line that begins like the one above the quote and stands right above it', () => {
    const header = 'On 4 Mar 2024, at 09:15, Bo <bo@example.com> wrote:';
    expect(replyText(`On the second day it failed\n${header}\n> Which pump?`).newText).toBe(
      'On the second day it failed',
    );
  });

  test('is everything where only quoted lines are there and nobody says whose', () => {
    expect(replyText('> It fails.')).toMatchObject({ newText: '> It fails.', own: false });
  });

  test('is doubtful where an unmarked quote has nothing above it', () => {
    const header = 'On 4 Mar 2024, at 09:15, Bo <bo@example.com> wrote:';
    expect(replyText(`${header}\n\nWhich pump?`)).toMatchObject({ newText: 'Which pump?', own: false });
  });

  test('is empty for nothing', () => {
    expect(replyText('')).toEqual({ newText: '', context: '', quoted: '', signature: '', own: false });
    expect(replyText(' \n\t\n').newText).toBe('');
  });
});
