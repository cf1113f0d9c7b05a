import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/foundation/failure.ts';
import { letterTemplates } from '../../../src/outbound/letter.ts';
import { checkTemplates } from '../../../src/outbound/rendering/check-templates.ts';
import { loadTemplates, templatesFolder } from '../../../src/runtime/templates.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-templates-'));
  cpSync(templatesFolder, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const faultOf = async (): Promise<string> => {
  const failure = await loadTemplates(folder).then(
    () => null,
    (error: unknown) => error,
  );
  return isFailure(failure, 'settings-unusable') ? failure.message : '';
};

describe('the templates on disk', () => {
  it('are there for every letter in five languages', async () => {
    const { letters } = await loadTemplates();
    for (const language of ['en', 'de', 'fr', 'es', 'ja']) {
      expect(Object.keys(letters[language] ?? {}).sort()).toEqual(Object.keys(letterTemplates).sort());
    }
  });

  it('are rendered whole here, and those that were are listed, so that no start does it again', async () => {
    expect(checkTemplates(await loadTemplates())).toEqual([]);
    const sums = globSync('{frame.html,*/*.md}', { cwd: templatesFolder }).map(
      (path) =>
        `${createHash('sha256')
          .update(readFileSync(join(templatesFolder, path)))
          .digest('hex')}  ${path}`,
    );
    const listed = readFileSync(join(templatesFolder, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(listed.sort(), 'cd templates && sha256sum frame.html */*.md > SHA256SUMS').toEqual(sums.sort());
  });

  it('stop the start where a variable is missing, and name all faults at once', async () => {
    writeFileSync(join(folder, 'en', 'pin-needed.md'), '---\nsubject: "x"\n---\n{{ nobody }}\n');
    writeFileSync(join(folder, 'de', 'acknowledgement.md'), 'no front matter');
    const fault = await faultOf();
    expect(fault).toContain('en/pin-needed');
    expect(fault).toContain('nobody');
    expect(fault).toContain('de/acknowledgement');
  });

  it('stop the start where an English one is missing, and not where another is', async () => {
    rmSync(join(folder, 'de', 'pin-needed.md'));
    expect(await faultOf()).toBe('');
    rmSync(join(folder, 'en', 'pin-needed.md'));
    expect(await faultOf()).toContain('en/pin-needed: there is no such template');
  });

  it('stop the start where there is a file for no letter, or no frame', async () => {
    writeFileSync(join(folder, 'en', 'pin-neded.md'), '---\nsubject: "x"\n---\nx\n');
    rmSync(join(folder, 'frame.html'));
    const fault = await faultOf();
    expect(fault).toContain('en/pin-neded: there is no letter of this name');
    expect(fault).toContain('frame.html');
  });
});
