import { describe, expect, it } from 'vitest';
import { asksForOwnCase } from '../../../src/intake/rules/cases/own-case.ts';
import { senderAnswers } from '../../../src/mail/answers/sender-answer.ts';
import { renderLetter } from '../../../src/outbound/rendering/render.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { templates } from './letters.ts';

const again = sampleLetters.find((one) => one.template === 'answer-not-understood' && one.values.asked === 'senders');
const added = sampleLetters.find((one) => one.template === 'added-to-case');
if (!again || !added) throw new Error('a sample is missing');
const both = sampleLetters.find((one) => one.template === 'sender-question' && one.values.lines.length === 2);
if (!both) throw new Error('no sample asks about two senders');

describe.each(['en', 'de', 'fr', 'es', 'ja'])('§3.r10, §3.r16: the question about senders in %s', (language) => {
  const { text, html } = renderLetter(templates, both, [language]);
  it('shows only lines that are understood, the answers of each kind of question', () => {
    const shown = [...html.matchAll(/<code[^>]*>([^<]*)<\/code>/g)].map((found) => found[1] ?? '');
    expect(shown.map((line) => senderAnswers(line).map(({ ref, word }) => `${word} ${ref}`)[0])).toEqual([
      'yes 17',
      'no 17',
      'once 18',
      'contact 18',
      'no 18',
    ]);
    for (const line of shown) expect(senderAnswers(`\n  ${line.toLowerCase()}. \n`)).toHaveLength(1);
  });
  it('shows the same lines where it is asked back, and none where that comes back whole', () => {
    const letter = renderLetter(templates, again, [language]);
    const shown = [...letter.html.matchAll(/<code[^>]*>([^<]*)<\/code>/g)].map((found) => found[1] ?? '');
    expect(shown.flatMap((line) => senderAnswers(line)).map(({ ref, word }) => `${word} ${ref}`)).toEqual([
      'yes 17',
      'no 17',
      'once 18',
      'contact 18',
      'no 18',
    ]);
    expect(senderAnswers(letter.text)).toEqual([]);
  });
  it('shows the word that takes a text off a case, which is understood', () => {
    const letter = renderLetter(templates, added, [language]);
    const [word = ''] = [...letter.html.matchAll(/<code[^>]*>([^<]*)<\/code>/g)].map((found) => found[1] ?? '');
    for (const typed of [word, `\n ${word.toLowerCase()}.\n\nAda`, `**${word}**`, `「${word}」`])
      expect(asksForOwnCase(typed), typed).toBe(true);
    for (const typed of [letter.text, `${word} 17`, `x ${word}`, '']) expect(asksForOwnCase(typed), typed).toBe(false);
  });
  it('answers nothing where it comes back whole, quoted or not', () => {
    expect(senderAnswers(text)).toEqual([]);
    expect(senderAnswers(text.replaceAll(/^/gm, '> '))).toEqual([]);
  });
});
