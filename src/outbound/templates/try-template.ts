/** A template tried before it counts: on an example of every variant, and on letters that went out. */
import { composeLetter } from '../compose.ts';
import { isPart, letterTemplates } from '../letter.ts';
import { brokenRules } from '../letter-checker.ts';
import { type RenderedLetter, renderLetter } from '../rendering/render.ts';
import { checkSource, saidOfLiquid, type TemplateFault, type ToCheck } from './check-source.ts';
import { withText } from './text.ts';
import { checkedOf, type ToRender } from './views.ts';

export type ToTry = ToCheck & {
  /** Letters that were written of late, with what they held. */
  readonly recent?: readonly ToRender[];
};
export type TriedTemplate = {
  readonly faults: readonly TemplateFault[];
  /** Of the letters that were written of late, so many were written again by it. */
  readonly recent: number;
};

const [from, to] = ['support@desk.example', 'ada@aldous.example'];
const mostFaults = 20;
/** A paragraph of the text part is one line, which programs wrap; beyond this some cut it. */
const longestLine = 4_000;
const shortest = 30;

/** As it would leave, but for what only a letter of its own has. */
const bytesOf = (rendered: RenderedLetter, letter: ToRender): Uint8Array =>
  composeLetter({
    ...{ rendered, to, date: '2026-11-23T09:30:00Z', boundary: 'tried', loopMark: 'tried', answers: null },
    from: { name: 'Support', address: from },
    messageId: `<pst.1.0.${'0'.repeat(24)}@desk.example>`,
    autoSubmitted: letterTemplates[letter.template].autoSubmitted,
  });

function faultsOfLetter(rendered: RenderedLetter, letter: ToRender): TemplateFault[] {
  const { subject, text } = rendered;
  const faults: TemplateFault[] = [];
  const whole = (says: string): TemplateFault => ({ in: 'text', line: null, says });
  if (subject === '') faults.push({ in: 'subject', line: null, says: 'The subject comes out empty.' });
  if (subject.length >= 400)
    faults.push({ in: 'subject', line: null, says: 'The subject comes out longer than 400 characters and is cut.' });
  if (text.trim().length < shortest) faults.push(whole('The text comes out empty, or nearly so.'));
  if (/\*\*|\{\{|\{%|\bundefined\b/.test(`${subject}\n${text}`))
    faults.push(whole('A mark of Markdown or a brace is left in the letter: ** has to come in pairs, around words.'));
  const long = text.split('\n').find((line) => line.length > longestLine);
  if (long !== undefined)
    faults.push(
      whole(`A line comes out ${long.length.toLocaleString('en-GB')} characters long: break it into paragraphs.`),
    );
  for (const broken of brokenRules(bytesOf(rendered, letter), { to, from }))
    faults.push(whole(`The letter is not one that mail servers take: ${broken}.`));
  return faults;
}

function faultsIn({ shipped, language, name, text }: ToCheck, letters: readonly ToRender[]): TemplateFault[] {
  const templates = withText(shipped, { language, name, text });
  const faults: TemplateFault[] = [];
  for (const letter of letters)
    try {
      // A part is looked at in a letter of the same language.
      const rendered = renderLetter(templates, letter, [language]);
      faults.push(...faultsOfLetter(rendered, letter));
    } catch (error) {
      faults.push(saidOfLiquid(error, 'text'));
    }
  return faults;
}

/** What the shipped one could not write either is no fault of this one: the code has moved on. */
const stillRenders = (given: ToCheck, letter: ToRender): boolean => {
  try {
    renderLetter(given.shipped, letter, [given.language]);
    return true;
  } catch {
    return false;
  }
};

const shownOnce = (faults: readonly TemplateFault[]): TemplateFault[] =>
  [...new Map(faults.map((one) => [JSON.stringify(one), one])).values()].slice(0, mostFaults);

export function tryTemplate({ recent = [], ...given }: ToTry): TriedTemplate {
  const { faults: ofSource, readable } = checkSource(given);
  if (!readable) return { faults: shownOnce(ofSource), recent: 0 };
  const ofSamples = faultsIn(given, checkedOf(given.name));
  const letters = isPart(given.name) ? [] : recent.filter((letter) => stillRenders(given, letter));
  const ofRecent = faultsIn(given, letters);
  return { faults: shownOnce([...ofSource, ...ofSamples, ...ofRecent]), recent: letters.length };
}
