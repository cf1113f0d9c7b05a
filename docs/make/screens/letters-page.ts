/** docs/letters.md: the letters there are, and a few of them as people see them. `npm run screens -- --gallery` writes it. */
import { cleanLine } from '../../../src/foundation/clean-text.ts';
import { type LetterTemplate, letterTemplates } from '../../../src/outbound/letter.ts';
import { renderLetter, type Templates } from '../../../src/outbound/rendering/render.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import type { View } from './pieces.ts';

type Picture = { readonly piece: string; readonly language: string; readonly view: View; readonly says: string };

/** In pairs, as they stand beside each other. At most thirty-six. */
export const gallery: readonly Picture[] = [
  { piece: 'acknowledgement-1', language: 'en', view: 'light', says: 'A case is opened' },
  { piece: 'acknowledgement-1', language: 'en', view: 'dark', says: 'The same in the dark' },
  { piece: 'acknowledgement-2', language: 'de', view: 'light', says: 'At severity 1, in German' },
  { piece: 'acknowledgement-1', language: 'en', view: 'plain', says: 'As plain text' },
  { piece: 'case-notice-1', language: 'en', view: 'light', says: 'What an engineer gets, and answers by mail' },
  { piece: 'case-notice-1', language: 'en', view: 'phone-dark', says: 'The same on a phone at night' },
  { piece: 'confirm-code-1', language: 'es', view: 'phone', says: 'A code to confirm by, in Spanish' },
  { piece: 'pin-needed-1', language: 'ja', view: 'phone', says: 'A PIN is missing, in Japanese' },
  { piece: 'case-closed-3', language: 'fr', view: 'light', says: 'A case is closed, in French' },
  { piece: 'sender-question-2', language: 'en', view: 'light', says: 'Somebody not on record has written' },
  { piece: 'page-satisfaction-1', language: 'en', view: 'light', says: 'The page behind the button' },
  { piece: 'case-closed-3', language: 'en', view: 'auto-dark', says: 'Colours inverted by the mail program' },
  { piece: 'renewal-notice-1', language: 'en', view: 'light', says: 'Support ends in 30 days' },
  { piece: 'renewal-notice-1', language: 'en', view: 'dark', says: 'The same in the dark' },
  { piece: 'renewal-notice-1', language: 'en', view: 'phone', says: 'On a phone' },
  { piece: 'renewal-notice-1', language: 'en', view: 'plain', says: 'As plain text' },
  { piece: 'renewal-notice-1', language: 'de', view: 'light', says: 'In German' },
  { piece: 'renewal-notice-1', language: 'ja', view: 'phone-dark', says: 'In Japanese, on a phone at night' },
  { piece: 'renewal-settled-1', language: 'en', view: 'light', says: 'What ended is renewed' },
  { piece: 'renewal-settled-1', language: 'fr', view: 'phone', says: 'In French' },
  { piece: 'renewal-digest-3', language: 'en', view: 'dark', says: 'The list of the week, to the renewal team' },
  { piece: 'renewal-digest-3', language: 'en', view: 'plain', says: 'As plain text' },
  { piece: 'announcement-2', language: 'en', view: 'light', says: 'A release is announced, and resolves a case' },
  { piece: 'announcement-2', language: 'en', view: 'plain', says: 'As plain text' },
  { piece: 'announcement-2', language: 'de', view: 'dark', says: 'In German, in the dark' },
  { piece: 'announcement-2', language: 'en', view: 'phone', says: 'On a phone' },
  { piece: 'support-end-1', language: 'en', view: 'light', says: 'A version leaves full support' },
  { piece: 'support-end-1', language: 'en', view: 'dark', says: 'The same in the dark' },
  { piece: 'support-end-1', language: 'de', view: 'phone', says: 'In German, on a phone' },
  { piece: 'support-end-1', language: 'es', view: 'light', says: 'In Spanish' },
  { piece: 'support-end-1', language: 'en', view: 'plain', says: 'As plain text' },
  { piece: 'contact-erased-2', language: 'en', view: 'light', says: 'Somebody was erased' },
  { piece: 'contact-erased-2', language: 'de', view: 'dark', says: 'In German, in the dark' },
  { piece: 'contact-erased-2', language: 'ja', view: 'phone', says: 'In Japanese, on a phone' },
  { piece: 'contact-erased-2', language: 'en', view: 'plain', says: 'As plain text' },
];

export const pictureName = ({ piece, language, view }: Picture): string => `${piece}.${language}.${view}.webp`;

const about: Readonly<Record<string, string>> = {
  'auto-replied': 'an answer to a mail',
  'auto-generated': 'by itself, or by an act',
  person: 'written by one of us',
};

/** The subject of the first sample in English. */
function subjectOf(templates: Templates, name: LetterTemplate): string {
  const sample = sampleLetters.find((letter) => letter.template === name);
  return sample ? cleanLine(renderLetter(templates, sample, ['en']).subject) : '';
}

const pairs = (pictures: readonly Picture[]): string[] =>
  pictures.flatMap((left, at) => {
    if (at % 2 === 1) return [];
    const both = [left, ...pictures.slice(at + 1, at + 2)];
    return [
      '',
      `| ${both.map(({ says }) => says).join(' | ')} |`,
      `|${' --- |'.repeat(both.length)}`,
      `| ${both.map((one) => `![${one.says}](screens/${pictureName(one)})`).join(' | ')} |`,
    ];
  });

export function lettersPage(templates: Templates): string {
  const names = (Object.keys(letterTemplates) as LetterTemplate[]).toSorted();
  return [
    '# The letters',
    '',
    'Made by `npm run screens -- --gallery`; a test compares this page with the code. Every letter has an HTML part and a text part that say the same, in',
    `${Object.keys(templates.letters).toSorted().join(', ')}; its template is \`templates/<language>/<name>.md\`, the frame around all of them \`templates/frame.html\`. What people and things are`,
    'called in them: [letter-words.md](letter-words.md). `npm run screens` makes pictures of every sample of every letter, several a sheet, in a folder that git passes over',
    '(`--language`, `--view`, `--letter`, `--most`, `--to`; `--help` says more).',
    ...pairs(gallery),
    '',
    '## All of them',
    '',
    '| Letter | Subject, for example | Comes |',
    '| --- | --- | --- |',
    ...names.map(
      (name) =>
        `| \`${name}\` | ${subjectOf(templates, name).replaceAll('|', '\\|')} | ${about[letterTemplates[name].autoSubmitted ?? 'person']} |`,
    ),
    '',
  ].join('\n');
}
