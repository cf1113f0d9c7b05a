import { describe, expect, test } from 'vitest';
import { withoutClosing } from '../../../../src/mail/reply-text/closing.ts';
import { withoutBanner, withoutFooter } from '../../../../src/mail/reply-text/company-lines.ts';

const said = ['Hi Ada,', '', 'please update to 11.6.2.'];
const below = (text: string): readonly string[] => [...said, '', ...text.split('\n')];

describe('what companies put below a mail', () => {
  test.each([
    'CONFIDENTIALITY NOTICE: This message is for the named person only.',
    'This e-mail and any attachments are confidential and intended solely for the addressee.\n\nDesk Ltd\nwww.desk.example',
    'If you have received this message in error, please delete it.',
    '--\nThis e-mail is confidential and intended solely for the addressee.',
    '________________\n\nIf you have received this message in error, please delete it.',
    'Please consider the environment before printing this e-mail.',
    'Registered in England No. 1234567. Registered office: 1 Harbour Street, London',
    'Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, vernichten Sie sie bitte.',
    'Sitz der Gesellschaft: Hamburg\nRegistergericht: Hamburg, HRB 4711\nGeschäftsführer: Max Muster',
    "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de ses destinataires.",
    "Pensez à l'environnement avant d'imprimer ce message.",
    'AVISO LEGAL: Este correo es confidencial.\n\nDe conformidad con el Reglamento (UE) 2016/679 (RGPD), le informamos de que sus datos son tratados por Desk.',
    'Este mensaje es confidencial y va dirigido únicamente a su destinatario.',
    '本メールには機密情報が含まれており、宛先以外の方のご利用を禁じます。',
    '免責事項：本メールの内容について責任を負いません。',
  ])('%s', (text) => {
    expect(withoutFooter(below(text))).toEqual(said);
  });
  test.each([
    'Disclaimer: this is a workaround, and not tested on Windows.',
    'Please send the confidential log by mail to the recipient I named.',
    'Wichtiger Hinweis: Bitte starten Sie den Mail-Dienst neu.',
    'The message says "confidential". Is it intended for us?',
    'ご注意：更新前にバックアップをお取りください。',
  ])('is not this: %s', (text) => {
    expect(withoutFooter(below(text))).toEqual(below(text));
  });
  test('only what ends the text', () => {
    const lines = below(
      'This message is confidential and for the recipient only.\n\nThat is what the mail says, and we do not know why.',
    );
    expect(withoutFooter(lines)).toEqual(lines);
  });
});

describe('what mail servers put above one', () => {
  test.each([
    'CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender.',
    '[EXTERNAL] This message came from outside Desk.',
    "You don't often get email from kim@desk.example. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>",
    'Achtung: Externe E-Mail! Keine Anhänge öffnen.',
    "ATTENTION : ce courriel provient de l'extérieur. Ne cliquez pas sur les liens.",
    'Precaución: correo externo. No abra adjuntos.',
    '【社外メール】送信者をご確認ください。',
  ])('%s', (banner) => {
    expect(withoutBanner([banner, '', ...said])).toEqual(said);
    expect(withoutBanner([banner, ...said])).toEqual(said);
  });
  test.each([
    'The external sender is not on the list.',
    'External email is not delivered because the queue is full.',
    'Warning: do not click Cancel while the update runs.',
    'Attention: restart it twice.',
    'Achtung: der externe Dienst startet erst nach fünf Minuten.',
    '社外メールが届かない件ですが、設定を変更しました。',
  ])('is not a sentence such as: %s', (line) => {
    expect(withoutBanner([line, '', ...said])).toEqual([line, '', ...said]);
  });
});

describe('the end of a text under another name', () => {
  test.each([
    'Kind regards,\nKim',
    'Best, Kim',
    'Mit freundlichen Grüßen / Best regards\n\nKim Oster\nDesk GmbH',
    'Vielen Dank und viele Grüße\nKim',
    'Bien cordialement,\n\nKim OSTER\nIngénieur support',
    'Un saludo,\nKim',
    '- Kim',
    'Kim Oster | Support | Desk Ltd\n+44 20 7946 0123',
    '==========\n株式会社デスク\n押田 キム\nTEL 03-1234-5678\n==========',
  ])('%s', (closing) => {
    expect(withoutClosing(below(closing), 'Kim Oster')).toEqual(said);
  });
  test.each([
    'Thanks',
    'Ask for:\nKim Oster',
    'よろしくお願いいたします。',
    'Regards to your team, they were quick.',
    'Grüße bitte nicht in das Feld schreiben.',
  ])('keeps %s', (text) => {
    expect(withoutClosing(below(text), 'Kim Oster')).toEqual(below(text));
  });
  test('thanks stay, the name below them goes', () => {
    expect(withoutClosing(below('Many thanks,\n\nKim'), 'Kim Oster')).toEqual(below('Many thanks,'));
  });
});
