import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { remove, scratch } from '../../support/process.ts';

const home = resolve(import.meta.dirname, '..', '..', '..');
const folder = scratch('stripped');
const hooks = pathToFileURL(join(home, 'bin', 'stripped.mjs'));
hooks.searchParams.set('folder', folder);
const file = pathToFileURL(join(home, 'src', 'foundation', 'loop-mark.ts')).href;
afterAll(() => remove(folder));

/** What a process says that is started with the hooks. */
const said = (where = 'main'): string => {
  const text = `const { loopMarkHeader } = await import(${JSON.stringify(file)}); console.log(loopMarkHeader);`;
  const thread = `import { Worker } from 'node:worker_threads'; new Worker(${JSON.stringify(text)}, { eval: true, env: {} });`;
  const args = [`--import=${hooks.href}`, '--input-type=module', '-e', where === 'main' ? text : thread];
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' }).trim();
};
const kept = () => join(folder, process.version, 'src+foundation+loop-mark.ts');

it('keeps a source without its types, and takes what was kept in threads too', () => {
  const name = said();
  expect(name).toMatch(/^X-/i);
  expect(readdirSync(join(folder, process.version))).toEqual(['src+foundation+loop-mark.ts']);
  writeFileSync(kept(), readFileSync(kept(), 'utf8').replace(name, 'X-Kept'));
  expect([said(), said('thread')]).toEqual(['X-Kept', 'X-Kept']);
});

it('strips anew where the source is another one', () => {
  const before = readFileSync(kept(), 'utf8');
  writeFileSync(kept(), `${before.slice(0, -1)}!`);
  expect(said()).not.toBe('X-Kept');
  expect(readFileSync(kept(), 'utf8')).toBe(before.replace('X-Kept', said()));
});
