import { describe, expect, test } from 'vitest';
import { onlyThanks, withoutWriter } from '../../../../src/mail/answers/only-thanks.ts';

describe('a reply that only says thanks', () => {
  test.each([
    'Thanks!',
    'Thank you very much for your help.',
    'Thanks, it works now.',
    'OK',
    'Ok, thanks',
    'Hi Anna,\n\nperfect, thank you!\n\nBest regards,\nBo Lund',
    'Great, that did the trick. Thanks again!',
    '👍',
    'Thanks 🙏',
    'Vielen Dank!',
    'Danke, funktioniert jetzt wieder.',
    'Hallo Frau Berg,\n\nherzlichen Dank für die schnelle Hilfe!\n\nViele Grüße\nBo',
    'Merci beaucoup pour votre aide !',
    'Parfait, merci',
    'Muchas gracias, ya funciona.',
    'Muito obrigado!',
    'Grazie mille, ora funziona.',
    'Bedankt, het werkt weer.',
    'Mange tak for hjælpen!',
    'Tusen takk, det fungerer nå.',
    'Tack så mycket för hjälpen!',
    'Kiitos, nyt toimii.',
    'Dziękuję za pomoc, już działa.',
    'Děkuji, vše funguje.',
    'Спасибо большое, всё работает!',
    '谢谢，问题解决了。',
    '好的，谢谢！',
    'ありがとうございました。解決しました。',
  ])('is heard in %j', (text) => {
    expect(onlyThanks(text)).toBe(true);
  });

  test.each([
    '',
    'Thanks, but it still fails.',
    'Thanks. When will it be delivered?',
    'It does not work',
    'not ok',
    'Works now?',
    'Thanks, please also check pump 4.',
    'Hello',
    'Hi Anna,\n\nBo',
    'Danke, funktioniert aber nicht.',
    'Vielen Dank, leider geht es noch nicht.',
    'Merci, mais ça ne marche pas.',
    'Gracias, pero sigue fallando.',
    'Obrigado, mas não funciona.',
    'Grazie, ma non funziona.',
    'Bedankt, maar het werkt niet.',
    'Tak, men det virker ikke.',
    'Takk, men det fungerer ikke.',
    'Tack, men det fungerar inte.',
    'Kiitos, mutta ei toimi.',
    'Dziękuję, ale nie działa.',
    'Děkuji, ale nefunguje.',
    'Спасибо, но не работает.',
    '谢谢，但是还是不行。',
    'ありがとうございます。まだ動きません。',
    'CLOSE',
    `Thanks! ${'Thanks! '.repeat(60)}`,
  ])('is not heard in %j', (text) => {
    expect(onlyThanks(text)).toBe(false);
  });
});

describe('the writer’s own name below a text', () => {
  test('is none of it', () => {
    expect(withoutWriter('5\n\n森 健二\n', '森健二')).toBe('5');
    expect(onlyThanks(withoutWriter('ありがとうございます。\n片岡智子', '片岡智子'))).toBe(true);
  });
  test.each([
    ['ありがとうございます。\n再発', '片岡智子'],
    ['片岡智子', '片岡智子'],
    ['Thanks\n\nBo', ''],
  ])('is nothing else: %j by %j', (text, writer) => {
    expect(withoutWriter(text, writer)).toBe(text);
  });
});
