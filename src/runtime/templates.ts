/** Reads the letters' templates from disk, once, and hands them down as plain data. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../foundation/failure.ts';
import { type LetterTemplate, letterParts, letterTemplates } from '../outbound/letter.ts';
import { checkTemplates } from '../outbound/rendering/check-templates.ts';
import type { Template, Templates } from '../outbound/rendering/render.ts';

const isPart = (name: string): name is (typeof letterParts)[number] =>
  (letterParts as readonly string[]).includes(name);

export const templatesFolder = join(import.meta.dirname, '..', '..', 'templates');

const isLetter = (name: string): name is LetterTemplate => Object.hasOwn(letterTemplates, name);

/** Front matter of one line, `subject: "…"`, then the body. Throws where there is none. */
function readTemplate(source: string): Template {
  const found = /^---\r?\nsubject: (".*")\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (!found) throw new Error('it does not begin with "---", one line subject: "…", and "---"');
  return { subject: String(JSON.parse(found[1] ?? '""')), body: (found[2] ?? '').replaceAll('\r\n', '\n') };
}

/** Fails with `settings-unusable`, which names every fault at once. */
export async function loadTemplates(folder = templatesFolder): Promise<Templates> {
  const faults: string[] = [];
  const letters: Record<string, Partial<Record<LetterTemplate, Template>>> = {};
  const parts: Record<(typeof letterParts)[number], Record<string, string>> = { 'last-letter': {}, 'how-to-leave': {} };
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new Failure('settings-unusable', `the templates cannot be read: ${folder}`, { cause });
  });
  for (const language of entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
    const ofLanguage: Partial<Record<LetterTemplate, Template>> = {};
    letters[language] = ofLanguage;
    for (const file of await readdir(join(folder, language))) {
      const name = file.replace(/\.md$/, '');
      if (!file.endsWith('.md')) continue;
      try {
        // A part of letters: without a subject.
        if (isPart(name)) {
          parts[name][language] = (await readFile(join(folder, language, file), 'utf8')).replaceAll('\r\n', '\n');
          continue;
        }
        if (!isLetter(name)) throw new Error('there is no letter of this name');
        ofLanguage[name] = readTemplate(await readFile(join(folder, language, file), 'utf8'));
      } catch (error) {
        faults.push(`${language}/${name}: ${(error as Error).message}`);
      }
    }
  }
  const frame = await readFile(join(folder, 'frame.html'), 'utf8').catch(() => '');
  if (frame === '') faults.push('frame.html: it is not there or empty');
  const templates: Templates = { frame, letters, lastLetter: parts['last-letter'], howToLeave: parts['how-to-leave'] };
  faults.push(...checkTemplates(templates));
  if (faults.length > 0) throw new Failure('settings-unusable', `templates: ${[...new Set(faults)].join('; ')}`);
  return templates;
}
