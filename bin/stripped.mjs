// `node --import ./bin/stripped.mjs …`: our sources without their types, as they were kept by an earlier start. A process that stays
// then loads no stripper, in none of its threads, and has no compile cache of Node, which would hold what it read for good
// (docs/decisions/0009). `node bin/stripped.mjs` fills the folder. Where it cannot be written, files are stripped at each start.
import { createHash, randomUUID } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(import.meta.dirname);
const ours = ['src', 'workers'];
// Threads have no environment: another folder comes with the address of this file.
const kept = new URL(import.meta.url).searchParams.get('folder') ?? join(home, 'node_modules', '.cache', 'stripped');
const folder = join(kept, process.version);
try {
  mkdirSync(folder, { recursive: true });
} catch {}

/** It says once that it is experimental, which is no news for whoever starts Postern. */
function strip(source) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** What was kept counts only for the same source, whose digest is its last line. */
function stripped(path) {
  const source = readFileSync(path, 'utf8');
  const mark = `\n//${createHash('sha256').update(source).digest('hex')}`;
  const file = join(folder, relative(home, path).replaceAll(sep, '+'));
  try {
    const known = readFileSync(file, 'utf8');
    if (known.endsWith(mark)) return known;
  } catch {}
  const text = strip(source) + mark;
  try {
    // In one step: several processes and threads may be at it.
    const whole = `${file}.${randomUUID()}`;
    writeFileSync(whole, text);
    renameSync(whole, file);
  } catch {}
  return text;
}

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const path = fileURLToPath(url);
    if (!ours.some((part) => path.startsWith(join(home, part) + sep))) return next(url, context);
    return { format: 'module', source: stripped(path), shortCircuit: true };
  },
});

if (import.meta.main)
  for (const path of globSync(
    ours.map((part) => `${part}/**/*.ts`),
    { cwd: home },
  ))
    stripped(join(home, path));
