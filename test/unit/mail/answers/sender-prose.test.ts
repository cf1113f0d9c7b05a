import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meantAsAnswer, proseAnswer } from '../../../../src/mail/answers/sender-prose.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

describe('§3.r10, §3.r16: what somebody says of a sender in a sentence', () => {
  it.each([
    'Yes, that is my new colleague!',
    "Yes, that's our new colleague Rick.",
    'Yes. She works with us.',
    'Yes please',
    'Yes, thanks!',
    'Sure!',
    'Of course, he is in my team.',
    "That's one of our people, please let him in",
    'He is my colleague',
    'Hi Kim,\n\nyes, that is my colleague from the Leeds office.\n\nBest regards\nAda',
    'Correct, Rick is our new intern',
    'Yes, go ahead',
    'Yes, fine with me',
    'No problem, let her in',
    'I confirm that he works for us',
    'Ja, das ist mein neuer Kollege!',
    'Ja, die Kollegin ist neu bei uns.',
    'Klar, er gehört zu uns',
    'Genau, das ist unsere neue Mitarbeiterin.',
    'Ja bitte',
    'Kein Problem, bitte zulassen',
    'Guten Tag,\nja, Herr Blau arbeitet bei uns.\nViele Grüße\nJürgen',
    "Oui, c'est ma nouvelle collègue !",
    'Oui, il travaille chez nous.',
    'Bien sûr, c’est mon collègue',
    'Oui, merci',
    "Bonjour,\n\nOui, c'est bien un de nos collaborateurs.\n\nCordialement",
    'Sí, es mi nuevo compañero.',
    'Sí, trabaja con nosotros',
    'Claro, es una compañera nueva',
    'Sí, gracias',
    'Si, es nuestro empleado',
    'はい、新しい同僚です。',
    'はい、弊社の社員です。',
    'はい、お願いします。',
    'そうです。うちの新人です',
    'はい、私の部下です。よろしくお願いします。',
    'Yes, Rick is a new member of my team.',
    "yes he's ours",
    "That's right, Nora is my assistant.",
    'Yep, my colleague',
    'I know Rick, he is my colleague',
    "Yes, that's our new guy in accounting",
    'Rick is one of our engineers',
    'He belongs to us.',
    'Yes, please allow him.',
    "He's with us",
    'She is part of our company',
    'Ja, Herr Rick ist seit Montag bei uns beschäftigt.',
    'Ja, Nora gehört zum Team',
    'Ja, das passt, sie ist unsere Werkstudentin',
    'Ja, ist ein Kollege von mir',
    'Das ist mein neuer Kollege',
    'Jep, Kollege',
    'Ja klar, bitte freischalten',
    'Oui, Nora fait partie de notre équipe',
    "Oui oui, c'est une collègue",
    "Oui, vous pouvez l'accepter",
    "C'est bien un collègue",
    'Sí, Nora es de nuestro departamento',
    'Sí, puede escribir',
    'Sí, correcto, es de los nuestros',
    'Así es, es mi jefe',
    'はい、間違いありません。同僚の佐藤です。',
    'はい、当社の社員ですのでお願いします',
    'そうです、新しく入った者です',
    'はい、同じ部署の者です。',
  ])('lets in, beyond doubt: %s', (text) => {
    expect(proseAnswer(text)).toBe('yes');
  });

  it.each([
    'No, I do not know this person',
    'Never heard of him.',
    'No, not one of ours.',
    "We don't know her",
    'Nein, den kenne ich nicht.',
    'Nein, gehört nicht zu uns',
    'Non, je ne connais pas cette personne.',
    'Non, elle ne travaille pas chez nous',
    'No, no lo conozco.',
    'No, no trabaja aquí',
    'いいえ、知りません。',
    '弊社の者ではありません。',
    'Kein Kollege von mir',
    'Ya no trabaja con nosotros',
  ])('keeps out: %s', (text) => {
    expect(proseAnswer(text)).toBe('no');
  });

  it.each([
    ['Yes, please register her', 'contact'],
    ['Yes, add him as a contact', 'contact'],
    ['Ja, bitte als Kontakt aufnehmen', 'contact'],
    ['Oui, comme contact', 'contact'],
    ['Sí, como contacto', 'contact'],
    ['はい、登録してください', 'contact'],
    ['Yes, just this once', 'once'],
    ['Yes, only for this case', 'once'],
    ['Ja, nur für diesen Fall', 'once'],
    ['Oui, cette fois seulement', 'once'],
    ['Sí, solo esta vez', 'once'],
    ['はい、今回だけお願いします', 'once'],
  ])('says for what: %s', (text, word) => {
    expect(proseAnswer(text)).toBe(word);
  });

  it.each([
    'yes, I got your mail, but I do not know this person',
    'Yes, I got your mail.',
    'Yes?',
    'Yes, he was my colleague until March.',
    'Yes, but she left last year',
    'I think he is a colleague',
    'Maybe. Is he a colleague?',
    'Yes, if she is the one from Leeds',
    'Yes, let me check with him first',
    'Is that the new colleague?',
    'No problem, she sits next to me. Who asked?',
    'Who is that?',
    'Yes, I know that there is a problem',
    'Yes, wait until tomorrow',
    'He is a former colleague',
    'My colleague asked who that is',
    'Yes, the server is down again',
    'Ja, Ihre Mail ist angekommen, aber die Person kenne ich nicht.',
    'Ja, ich habe Ihre Mail bekommen.',
    'Ja, er war mal mein Kollege',
    'Vielleicht ein Kollege',
    'Ich glaube, das ist eine Kollegin',
    "Oui, j'ai bien reçu votre message, mais je ne connais pas cette personne.",
    "Oui, c'était mon collègue",
    "Je crois que c'est un collègue",
    "Ce n'est pas mon collègue",
    'Sí, recibí su correo, pero no conozco a esta persona.',
    'Creo que es un compañero',
    'Sí, era mi compañero',
    'はい、メールは受け取りましたが、この人は知りません。',
    'たぶん同僚だと思います。',
    '元同僚です。',
    '同僚でしょうか？',
    'はい、確認します。',
    'Please do not',
    'Thanks',
    'Yes, and by the way our printer is broken',
    'a customer of ours, yes',
    'Yes, that is a colleague of one of our customers',
    "She's new here, but please",
    'Yes, but only this time',
    'Yes, just this once and register her',
    'Yes, my colleague. Contact me if you need more.',
    'Yes, I will find out',
    'Yes that is strange',
    'Yes, please tell me who that is',
    'Yes, please do not let him in',
    'Yes, he claims to be a colleague',
    'A colleague of mine will answer you.',
    'My colleague is on vacation, I will answer tomorrow.',
    'My colleague Max handles this.',
    'Please ask my colleague Ada.',
    'Yes, my colleague will handle it',
    'My colleague told me about the outage',
    "I'm a colleague of Ada",
    'Our team has the same problem',
    'Yes, the team is on it',
    'Yes, please call me',
    'Yes, we work with them',
    'Yes, this is Ada.',
    "OK, thanks for the info, I'll look into it",
    'OK, I will ask around',
    'Ok but not today',
    'Sure, what do you need?',
    'Ja, ich kümmere mich darum',
    'Mein Kollege kümmert sich darum',
    'Ja, bitte rufen Sie mich an',
    'Mein Kollege meldet sich',
    'Ja, mein Kollege meldet sich bei Ihnen',
    "Oui, je m'en occupe",
    'Mon collègue vous répondra',
    'Oui, rappelez-moi',
    'Sí, me encargo',
    'Mi compañero le contestará',
    'はい、担当者に伝えます',
    '同僚が返信します',
    'はい、承知しました。社内で調べます。',
    'Please register the licence too',
    'Please add the logs',
    "Yes, our customer's colleague",
    'Not sure, maybe someone from accounting',
    'Yes, former employee',
    'Yes, the new colleague has left already',
    'OK',
    'OK, thanks',
    'All is good now, thanks',
    'That is our problem',
  ])('is no answer, and is asked back: %s', (text) => {
    expect(proseAnswer(text)).toBeNull();
  });

  it('is told from what somebody writes of the case', () => {
    for (const text of ['Yes, once and on record', 'I think she is a colleague', 'Ich kenne ihn nicht', 'はい、たぶん'])
      expect(meantAsAnswer(text), text).toBe(true);
    for (const text of [
      'The log of last night is on the share.',
      'Das Band steht wieder.',
      `Yes ${'and more '.repeat(40)}`,
    ])
      expect(meantAsAnswer(text), text).toBe(false);
  });

  it('takes any text, in time linear in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => void proseAnswer(text)));
    for (const hostile of ['ne n ', 'do not ', 'as a ', 'kenne a ', '"'])
      for (const size of [100, 100_000]) {
        const started = cpuTime();
        proseAnswer(hostile.repeat(size));
        expect(cpuTime() - started).toBeLessThan(200);
      }
  });
});

describe('a yes, a no or a once with nothing but manners beside it', () => {
  it.each([
    'Yep, that’s her',
    'Yes, that is him',
    'Yes she is',
    'Yes, of course',
    'Oui bien sûr',
    'Oui, c’est bien elle.',
    'Ja, natürlich',
    'Ja, das ist sie.',
    'Sí, claro',
    'はい、本人です。',
    'She is also one of our engineers, yes.\n\nI know Nora, she is fine',
  ])('is a yes: %j', (text) => expect(proseAnswer(text)).toBe('yes'));
  it.each(['No', 'Nope', 'No thanks', 'No way!', 'Nein danke', 'Non merci', 'No, gracias', 'いいえ、お願いします'])(
    'is a no: %j',
    (text) => expect(proseAnswer(text)).toBe('no'),
  );
  it.each(['only this once please', 'nur dieses Mal bitte', 'seulement cette fois, merci', '今回だけお願いします'])(
    'is a once: %j',
    (text) => expect(proseAnswer(text)).toBe('once'),
  );
  it.each([
    ...['No problem', 'No idea', 'Not sure', 'Not yet', 'No? Why not', 'No, she is ok', 'No, he is', 'No, wait'],
    ...['Yes she is not', 'Yes he is on holiday', 'Yes, that is her boss who asked', 'She is', 'That’s her', 'Yes?'],
    ...['Ja, sie ist es nicht', 'Oui bien sûr que non', 'Sí claro que no', 'Only this once? no', 'Not only this once'],
  ])('is none: %j', (text) => expect(proseAnswer(text)).toBeNull());
});
