import { expect, test } from 'vitest';
import { type ClassifyInput, classify } from '../../../../src/mail/automatic/classify.ts';

const mail = (over: Partial<ClassifyInput>): ClassifyInput => ({
  headers: [],
  returnPath: 'ann@acme.example',
  fromAddress: 'ann@acme.example',
  subject: 'Server is down',
  ourAddresses: ['support@desk.example'],
  lists: [],
  receivedCount: 3,
  bounce: null,
  ...over,
});
const header = (name: string, value: string) => ({ headers: [{ name, value }] });

test.each([
  [header('auto-submitted', 'auto-replied (vacation)'), 'auto-submitted'],
  [header('auto-submitted', 'no'), null],
  [header('x-postern-loop', '1'), 'own-loop-mark'],
  [header('content-type', 'multipart/report; report-type=disposition-notification'), 'read-receipt'],
  [{ receivedCount: 26 }, 'too-many-received'],
  [{ receivedCount: 25 }, null],
  [{ fromAddress: 'mailer-daemon@mx.example' }, 'daemon'],
  [{ fromAddress: 'support@desk.example' }, 'ourselves'],
  [{ fromAddress: 'do-not-reply@shop.example' }, 'no-reply'],
  [{ fromAddress: 'noreplyman@shop.example' }, null],
  ...[
    'Automatic reply: Server',
    'Out of Office',
    'Abwesenheitsnotiz: x',
    'Réponse automatique : x',
    'Respuesta automática: x',
    'Resposta automática: x',
    'Risposta automatica: x',
    'Automatisch antwoord: x',
    'Autosvar: x',
    'Automatiskt svar: x',
    'Automatisk svar: x',
    'Automaattinen vastaus: x',
    'Automatyczna odpowiedź: x',
    'Automatická odpověď: x',
    'Автоматический ответ: x',
    '自动答复: x',
    '自動応答: x',
  ].map((subject) => [{ subject }, 'out-of-office-subject'] as const),
  ...[
    'Out of office calendar is empty',
    'Re: Automatic reply: Server',
    'Automatic reply does not work',
    'Question on Abwesenheitsnotiz',
  ].map((subject) => [{ subject }, null] as const),
] as [Partial<ClassifyInput>, string | null][])('%j is machine mail: %s', (over, reason) => {
  expect(classify(mail(over)).machine).toBe(reason);
});

test('a list is decided but not answered, our own list is answered', () => {
  const over = {
    headers: [
      { name: 'list-id', value: 'Help <help.acme.example>' },
      { name: 'precedence', value: 'list' },
    ],
  };
  expect(classify(mail(over)).unanswerable).toBe('list');
  expect(classify(mail({ ...over, lists: ['help@acme.example'] })).unanswerable).toBeNull();
});

test.each([
  [header('precedence', 'bulk'), 'precedence'],
  [header('x-auto-response-suppress', 'All'), 'suppress-header'],
  [{ returnPath: '' }, 'null-return-path'],
  [{ returnPath: null }, null],
] as [Partial<ClassifyInput>, string | null][])('%j is not to be answered: %s', (over, reason) => {
  expect(classify(mail(over)).unanswerable).toBe(reason);
});
