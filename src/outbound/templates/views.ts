/** Letters by which a template is looked at and checked, with what they hold. */
import { Liquid } from 'liquidjs';
import { cleanLine } from '../../foundation/clean-text.ts';
import { type Closing, isPart, type Letter, type LetterPart, letterTemplates } from '../letter.ts';
import type { View } from '../rendering/values-for-text.ts';
import { viewOf } from '../rendering/values-for-text.ts';
import { sampleClosings, sampleLetters } from '../sample-letters.ts';
import type { TemplateName } from './text.ts';

export type ToRender = Letter & { readonly closing?: Closing; readonly howToLeave?: true };

/** One letter that answers a mail, by which the parts are looked at. */
const answer = sampleLetters.find(({ template }) => template === 'acknowledgement') as Letter;

const ofPart = (part: LetterPart): readonly ToRender[] =>
  part === 'last-letter'
    ? sampleClosings.map((closing) => ({ ...answer, closing }))
    : [{ ...answer, howToLeave: true }];

/** As they are shown: every variant once. */
export const samplesOf = (name: TemplateName): readonly ToRender[] =>
  isPart(name) ? ofPart(name) : sampleLetters.filter(({ template }) => template === name);

/** As they are checked: with the parts that may stand in them, too. */
export function checkedOf(name: TemplateName): readonly ToRender[] {
  const all = samplesOf(name);
  const [first] = all;
  if (isPart(name) || first === undefined) return all;
  const last = letterTemplates[name].autoSubmitted === 'auto-replied';
  return [
    ...all,
    { ...first, howToLeave: true },
    ...(last ? sampleClosings.map((closing) => ({ ...first, closing })) : []),
  ];
}

const liquid = new Liquid();

/** The subject of its first example, without what is rendered below it; null of a part. Empty where it cannot be read. */
export function exampleSubject(name: TemplateName, subject: string | null, language: string): string | null {
  if (isPart(name) || subject === null) return null;
  const [first] = samplesOf(name);
  try {
    return first === undefined
      ? ''
      : cleanLine(String(liquid.parseAndRenderSync(subject, viewOf(first, language))), 200);
  } catch {
    return '';
  }
}

/** What a part may put in, by its closing. */
const closingViews: readonly View[] = [{ last: 'day', callUs: '', callUsLink: '' }];

/** What every variant has by name. */
export const viewsOf = (name: TemplateName): readonly View[] =>
  isPart(name)
    ? name === 'last-letter'
      ? closingViews
      : []
    : sampleLetters.filter(({ template }) => template === name).map((letter) => viewOf(letter, 'en'));
