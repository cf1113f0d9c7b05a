/** Reads the letters' templates from disk, once, and hands them down as plain data. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../foundation/failure.ts';
import { isPart, type LetterPart, type LetterTemplate } from '../outbound/letter.ts';
import { checkTemplates } from '../outbound/rendering/check-templates.ts';
import type { Template, Templates } from '../outbound/rendering/render.ts';
import { isTemplateName, readTemplate } from '../outbound/templates/text.ts';

export const templatesFolder = join(import.meta.dirname, '..', '..', 'templates');

/** Fails with `settings-unusable`, which names every fault at once. */
export async function loadTemplates(folder = templatesFolder): Promise<Templates> {
  const faults: string[] = [];
  const letters: Record<string, Partial<Record<LetterTemplate, Template>>> = {};
  const parts: Record<LetterPart, Record<string, string>> = { 'last-letter': {}, 'how-to-leave': {} };
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
        if (!isTemplateName(name)) throw new Error('there is no letter of this name');
        const { subject, body } = readTemplate(name, await readFile(join(folder, language, file), 'utf8'));
        if (isPart(name)) parts[name][language] = body;
        else ofLanguage[name] = { subject: subject ?? '', body };
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
