/** Reads the letters' templates from disk, once, and hands them down as plain data. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../foundation/failure.ts';
import { isPart, type LetterPart, type LetterTemplate } from '../outbound/letter.ts';
import { checkTemplates } from '../outbound/rendering/check-templates.ts';
import type { Template, Templates } from '../outbound/rendering/render.ts';
import { isTemplateName, readTemplate } from '../outbound/templates/text.ts';

export const templatesFolder = join(import.meta.dirname, '..', '..', 'templates');

/** What was rendered whole by the tests, as `sha256sum` writes it. */
const checkedFile = 'SHA256SUMS';

/** The lines that `checkedFile` has where nothing was changed since. `read` is by path within the folder. */
const sumsOf = (read: ReadonlyMap<string, string>): string[] =>
  [...read].map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}`).sort();

/**
 * Fails with `settings-unusable`, which names every fault at once. Rendering each letter in each language is most of the work of a command that
 * comes and goes, so it is done where a file is another one than the tests have seen,
 * and where `whole`: a process that stays writes its first letters faster by a quarter where it has written each before.
 */
export async function loadTemplates(folder = templatesFolder, { whole = false } = {}): Promise<Templates> {
  const faults: string[] = [];
  const letters: Record<string, Partial<Record<LetterTemplate, Template>>> = {};
  const parts: Record<LetterPart, Record<string, string>> = { 'last-letter': {}, 'how-to-leave': {} };
  const read = new Map<string, string>();
  const text = async (path: string): Promise<string> => {
    const found = await readFile(join(folder, path), 'utf8');
    read.set(path, found);
    return found;
  };
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
        const { subject, body } = readTemplate(name, await text(`${language}/${file}`));
        if (isPart(name)) parts[name][language] = body;
        else ofLanguage[name] = { subject: subject ?? '', body };
      } catch (error) {
        faults.push(`${language}/${name}: ${(error as Error).message}`);
      }
    }
  }
  const frame = await text('frame.html').catch(() => '');
  if (frame === '') faults.push('frame.html: it is not there or empty');
  const templates: Templates = { frame, letters, lastLetter: parts['last-letter'], howToLeave: parts['how-to-leave'] };
  const checked = await readFile(join(folder, checkedFile), 'utf8').catch(() => '');
  const isSeen = checked.trim().split(/\r?\n/).sort().join() === sumsOf(read).join();
  if (whole || !isSeen) faults.push(...checkTemplates(templates));
  if (faults.length > 0) throw new Failure('settings-unusable', `templates: ${[...new Set(faults)].join('; ')}`);
  return templates;
}
