import { describe, expect, test } from 'vitest';
import { isAbsence } from '../../../../src/mail/automatic/absence.ts';

describe('somebody is away, by the text alone', () => {
  test.each([
    'I am out of the office until 25 May and will reply when I return.',
    'Hello,\n\nthank you for your message. I am on annual leave from 11 to 22 May 2026.\n\nIn urgent cases please call +44 20 7946 0123.\n\nMerry greetings from the sea!\n\nKim Oster',
    'This is an automatic reply. I am travelling this week.',
    'Ich bin derzeit nicht im Büro und ab dem 25. Mai wieder erreichbar. Ihre E-Mail wird nicht weitergeleitet.',
    'Vielen Dank für Ihre E-Mail. Ich bin bis zum 22.05. abwesend. In dringenden Fällen hilft Ihnen meine Vertretung Jan Vos.',
    "Bonjour,\n\nje suis en congés jusqu'au 22 mai inclus. Pour toute urgence, merci de contacter Jan Vos.",
    'Estoy de vacaciones hasta el 22 de mayo. Para urgencias, póngase en contacto con Jan Vos.',
    'お世話になっております。\n5月22日まで休暇をいただいております。\nご返信は25日以降になります。',
    '※このメールは自動返信です。\n担当者は不在にしております。',
  ])('%s', (text) => {
    expect(isAbsence(text)).toBe(true);
  });
});

describe('somebody answers', () => {
  test.each([
    'Please empty the queue and start step three again. I am out of the office tomorrow, Jan will help you then.',
    'We have found the cause. The queue was full. I am away until Monday, please contact Jan.',
    'The server is back on line until we update it. Please contact us if it stops.',
    'Is the fax out of office hours, too?',
    'Der Fehler tritt auf, wenn der Benutzer abwesend ist. Das beheben wir mit 11.6.2, bitte spielen Sie die Version ein.',
    'Le serveur est de retour. Contactez-nous en cas de problème.',
    'Ya hemos vuelto a arrancar el servicio. Contacte con nosotros si falla.',
    '不在通知の設定は画面右上にあります。三番目の項目を選び、保存してください。',
    'We have registered your request under number D-4711.',
    '',
  ])('%s', (text) => {
    expect(isAbsence(text)).toBe(false);
  });
});
