/** The same answer by every mail program, in five languages, with both bodies and with either alone. */
import { expect, test } from 'vitest';
import { readStaffAnswer } from '../../../../src/intake/staff/read-answer.ts';
import { readMail } from '../../../../src/mail/read.ts';
import { beside, besideJa } from '../../../support/mails/notification.ts';
import { readingWith } from '../../../support/mails/reading.ts';
import { clients } from '../../../support/mails/staff/clients.ts';
import { type Client, staffAnswer } from '../../../support/mails/staff/staff-answer.ts';

const card = 'Kim Oster\nSupport\n+44 20 7946 0123';
const answers = {
  en: { text: 'Hi Ada,\n\nplease update to 11.6.2.', signature: `Kind regards,\n${card}` },
  de: { text: 'Hallo Frau Byron,\n\nbitte spielen Sie 11.6.2 ein.', signature: `Mit freundlichen Grüßen\n${card}` },
  fr: { text: 'Bonjour,\n\nla 11.6.2 corrige cela.', signature: 'Cordialement,\nKim Oster' },
  es: { text: 'Hola Ada:\n\nactualice a la 11.6.2.', signature: 'Un saludo,\nKim Oster' },
  ja: { text: '片岡様\n\n11.6.2 に更新してください。', signature: `----------\n${card}\n----------` },
} as const;
type Language = keyof typeof answers;

const asked = (ja: boolean) =>
  ja
    ? 'どのバージョンが必要でしょうか。それまで手動で実行できますか。'
    : 'Which version do we need, and can we run it by hand until then?';
const flat = (text: string): string => text.replace(/\s+/g, ' ');

async function readBack(client: Client, language: Language, parts: 'both' | 'plain' | 'html', way: string) {
  const ja = language === 'ja';
  const besides = ja ? besideJa : beside;
  const { text, signature } = answers[language];
  const raw = staffAnswer({
    ...{ client, language, parts, signature, inReplyTo: '<letter@desk.example>', to: 'support@desk.example' },
    from: { name: 'Kim Oster', address: 'kim@desk.example' },
    subject: 'Re: [Case 100042] Workflow stopped',
    text: way === 'note' ? `NOTE\n\n${text}` : text,
    inline: way === 'inline' ? [{ below: asked(ja), text: 'The one I named.' }] : [],
    history: way === 'original-message' || way === 'bare' || way === 'none' ? way : 'header',
    quoted: {
      text: besides.notification,
      from: { name: 'Example Support', address: 'support@desk.example' },
      at: new Date('2026-05-13T10:21:00Z'),
    },
  });
  return readStaffAnswer(await readMail(raw, { mailFrom: 'kim@desk.example', rcptTo: [] }, readingWith()), besides);
}

const ways = (client: Client): string[] => [
  ...['top', 'inline', 'note'],
  ...(client.startsWith('outlook') ? ['original-message', 'bare', 'none'] : []),
];

test.each(Object.keys(clients) as Client[])('%s', async (client) => {
  for (const language of Object.keys(answers) as Language[])
    for (const parts of ['both', 'plain', 'html'] as const)
      for (const way of ways(client)) {
        const found = await readBack(client, language, parts, way);
        const { text } = answers[language];
        const answer = `> ${asked(language === 'ja')} The one I named.`;
        // Thunderbird has the text below the quote.
        const inline = client === 'thunderbird' ? `${answer} ${flat(text)}` : `${flat(text)} ${answer}`;
        const said = found.kind === 'answer' ? found.text : found.kind === 'command' ? found.rest : found.kind;
        expect([client, language, parts, way, flat(said)]).toEqual([
          ...[client, language, parts, way],
          way === 'inline' ? inline : flat(text),
        ]);
      }
});
