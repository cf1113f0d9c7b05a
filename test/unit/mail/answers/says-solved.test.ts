import { describe, expect, test } from 'vitest';
import { saysSolved, saysYes } from '../../../../src/mail/answers/only-thanks.ts';

describe('whoever was asked whether it is solved', () => {
  test.each([
    'It works now.',
    'It works now, thank you!',
    'SOLVED',
    'Hi Kim,\n\nyes, that fixed it. Thanks a lot!\n\nBest regards,\nAda',
    'Great, problem solved.',
    'Thanks, you can close the case.',
    'Please close it. Thank you',
    'Gelöst',
    'Danke, es funktioniert jetzt wieder.',
    'Vielen Dank, der Fall kann geschlossen werden.',
    'Merci, ça marche maintenant.',
    'Le problème est résolu, merci beaucoup',
    'Resuelto, muchas gracias.',
    'Ahora sí funciona',
    'ありがとうございます。解決しました。',
    'はい、動きました',
    'クローズしてください。',
    '谢谢，问题解决了。',
  ])('has said so in %j', (text) => {
    expect(saysSolved(text, { yesCounts: false })).toBe(true);
  });

  test.each(['Yes', 'Yes, thanks', 'Ja!', 'Oui, merci', 'Sí', 'はい'])(
    'says so by %j where nothing else was asked',
    (text) => {
      expect(saysSolved(text, { yesCounts: true })).toBe(true);
      expect(saysSolved(text, { yesCounts: false })).toBe(false);
    },
  );

  test.each([
    '',
    'Thanks!',
    'Thank you for your help.',
    'OK, thanks',
    'Great',
    'Got it',
    'That helped',
    '👍',
    'Yes, but it fails on the second machine.',
    'Yes and no',
    'Yes please',
    'It works, except for printing.',
    'It works on one machine only',
    'It works now. One more question: how do I move the data?',
    'It works now?',
    'Works now, until I restart it',
    'not solved',
    'Not fixed yet',
    'Nothing works',
    'It does not work',
    "It doesn't work",
    'It is almost fixed',
    'Solved? No.',
    'No, it works again only after a restart',
    'Please do not close the case',
    "Please don't close it",
    'You can close it once the release is out',
    'I think it works now',
    'It worked for an hour',
    'It would be solved if you sent the patch',
    'Funktioniert nicht',
    'Es funktioniert jetzt, aber nur lokal',
    'Ja, aber langsam',
    'Noch nicht gelöst',
    'Bitte nicht schließen',
    'Ça ne marche pas',
    'Ça marche presque',
    'Oui mais non',
    'No funciona',
    'Ya no funciona',
    'No está resuelto',
    'まだ解決していません',
    '解決しましたか',
    'はい、しかし動きません',
    '没解决',
    '问题解决了吗',
  ])('has not said so in %j', (text) => {
    expect(saysSolved(text, { yesCounts: true })).toBe(false);
  });
});

describe('whoever was asked to agree', () => {
  test.each([
    ...['Yes', 'Yes, thanks', 'Yep', 'Yeah', 'I agree', 'Agreed.', 'OK', 'Yes please'],
    ...[
      'Ja',
      'Ja, bitte',
      'Jawohl',
      'Einverstanden',
      'In Ordnung, danke',
      'Oui',
      "D'accord, merci",
      'Sí',
      'De acuerdo, gracias',
    ],
    ...['はい', 'はい、お願いします', '同意します', '承知しました。'],
  ])('does so in %j', (text) => {
    expect(saysYes(text)).toBe(true);
  });

  test.each([
    ...[
      '',
      'Thanks',
      'Yes?',
      'Yes, but only tomorrow',
      'No',
      'I do not agree',
      'Ja, aber nicht heute',
      'Nein',
      'Oui mais',
      'No estoy de acuerdo',
    ],
    ...['いいえ', 'はい、しかし困ります', '同意しません', 'It works now'],
  ])('does not in %j', (text) => {
    expect(saysYes(text)).toBe(false);
  });
});
