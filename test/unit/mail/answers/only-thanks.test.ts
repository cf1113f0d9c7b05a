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
    'Thanks, the problem is solved.',
    'Works well now, thank you!',
    'It is working again, cheers',
    'The issue is fixed. Thanks a lot for your help!',
    'Hi Kim,\n\nthat solved the problem, thanks!\n\nBo',
    'Danke, das Problem ist behoben.',
    'Vielen Dank, es funktioniert jetzt wieder!',
    'Ist gelöst, danke',
    'Das Problem ist gelöst. Vielen Dank für die Hilfe!',
    'Merci, le problème est résolu.',
    "C'est réglé, merci beaucoup",
    'Gracias, el problema está resuelto.',
    'Ya está solucionado, muchas gracias',
    'ありがとうございます。正常に動作しています。',
    '問題は解決しました。ありがとうございました。',
    '動くようになりました。',
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
    'Please close the case, thanks.',
    'Bitte den Fall schließen, danke',
    'Vous pouvez clore le dossier, merci',
    'Pueden cerrar el caso, gracias',
    'クローズしてください。',
    'The problem is solved on one machine only',
    'Das Problem ist nicht behoben',
    'Le problème est résolu ?',
    'No está solucionado',
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
