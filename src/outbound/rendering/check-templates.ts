/** A missing template or variable stops the start, not a letter (MAIL.md §4): every variant is rendered once beforehand. */
import type { LetterTemplate } from '../letter.ts';
import { letterTemplates } from '../letter.ts';
import { sampleClosings, sampleLetters } from '../sample-letters.ts';
import { forgetRendered, renderLetter, type Templates } from './render.ts';
import { linkNames } from './values-for-text.ts';

const names = Object.keys(letterTemplates) as LetterTemplate[];
const linkTarget = /\]\([^)\n]{0,200}\)/g;
const variable = /\{\{[^}\n]{0,100}\}\}/g;

/** A link may lead to what the operator named, never to a value out of a mail. */
export function strayLinks(body: string): string[] {
  const targets = (body.match(linkTarget) ?? []).flatMap((target) => target.match(variable) ?? []);
  return targets.map((name) => name.slice(2, -2).trim()).filter((name) => !linkNames.includes(name));
}

/** What is wrong, one sentence each, beginning with `language/letter`; an empty list where all is well. */
export function checkTemplates(templates: Templates): string[] {
  const faults = names
    .filter((name) => templates.letters.en?.[name] === undefined)
    .map((name) => `en/${name}: there is no such template, and English is what all languages fall back to`);
  for (const [name, part] of [
    ['last-letter', templates.lastLetter],
    ['how-to-leave', templates.howToLeave],
  ] as const) {
    if (!part.en?.trim()) faults.push(`en/${name}: there is no such part`);
    for (const [language, text] of Object.entries(part))
      for (const value of strayLinks(text)) faults.push(`${language}/${name}: a link leads to "${value}"`);
  }
  for (const [language, ofLanguage] of Object.entries(templates.letters)) {
    for (const name of names) {
      const template = ofLanguage[name];
      if (!template) continue;
      const where = `${language}/${name}`;
      for (const value of strayLinks(template.body)) faults.push(`${where}: a link leads to "${value}"`);
      const samples = sampleLetters.filter((sample) => sample.template === name);
      const last = letterTemplates[name].autoSubmitted === 'auto-replied' ? samples.slice(0, 1) : [];
      const left = samples.slice(0, 1).map((letter) => ({ ...letter, howToLeave: true as const }));
      const all = [
        ...samples,
        ...left,
        ...last.flatMap((letter) => sampleClosings.map((closing) => ({ ...letter, closing }))),
      ];
      for (const letter of all) {
        try {
          const { subject, text } = renderLetter(templates, letter, [language]);
          if (subject === '' || text.trim() === '') faults.push(`${where}: subject or text came out empty`);
        } catch (error) {
          faults.push(`${where}: ${(error as Error).message.split('\n')[0]}`);
        }
      }
      // What was kept for the next letter of this kind is of no use to others, and all of it together is what a start needs most memory for.
      forgetRendered();
    }
  }
  return [...new Set(faults)];
}
