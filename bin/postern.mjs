#!/usr/bin/env node
// Runs on any Node from 20 and hands over to the one that the package `node` pins. Plain JavaScript: types are stripped only there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as modules from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sweepCompiled } from './compiled.mjs';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(home, 'src', 'cli', 'main.ts');

function findPinned() {
  try {
    const manifest = modules.createRequire(import.meta.url).resolve('node/package.json');
    const file = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(file)) return { file, version: modules.createRequire(import.meta.url)(manifest).version };
  } catch {}
  process.stderr.write(`Postern's packages are not installed. Type in ${home}:\n\n  npm ci\n\n`);
  process.exit(1);
}

/** Stays in between where this Node cannot replace itself: hands on what arrives, and ends as the other ended. */
function handOver(file, args) {
  const link = ['--import', pathToFileURL(join(home, 'bin', 'launched.mjs')).href];
  const child = spawn(file, [...link, ...args], { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (child.connected) child.send({ signal }, () => {});
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${file} does not run: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(each);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 1)), 100);
  });
}

/**
 * What Node made of our files is kept for the next start, where it can be written. A command is quickest with Node's compile cache; a worker
 * would hold all of that for months, so it has only our sources without their types (bin/stripped.mjs).
 */
const named = process.env.NODE_COMPILE_CACHE;
const compiled = named ?? join(home, 'node_modules', '.cache', 'compiled');
const stays = ['start', 'work', 'demo'].includes(process.argv[2]);
if (!stays && !named)
  sweepCompiled(
    compiled,
    ['src', 'workers', 'package-lock.json'].map((name) => join(home, name)),
  );
const hooks = pathToFileURL(join(home, 'bin', 'stripped.mjs'));
if (named) hooks.searchParams.set('folder', join(named, 'stripped'));

/**
 * V8 would let the heap of a busy process double before it looks for garbage. Memory under load falls to some two thirds,
 * for a tenth more work (docs/decisions/0009).
 */
const frugal = ['--max-semi-space-size=4', '--heap-growing-percent=50', ...(stays ? [`--import=${hooks.href}`] : [])];

const pinned = findPinned();
const ours = process.versions.node.split('.')[0] === pinned.version.split('.')[0];
// Each thread would get an arena of glibc's own, and buffers that are freed would stay with the process.
const allocator = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '1000000', MALLOC_MMAP_THRESHOLD_: '262144' };
const cache = stays ? { NODE_DISABLE_COMPILE_CACHE: '1' } : { NODE_COMPILE_CACHE: compiled };
const env = { ...allocator, ...process.env, ...cache };
const args = [...frugal, main, ...process.argv.slice(2)];
if (ours && frugal.every((flag) => process.execArgv.includes(flag))) {
  if (!stays) modules.enableCompileCache?.(compiled);
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else if (typeof process.execve === 'function' && process.platform !== 'win32' && !process.channel) {
  // The same process goes on as another Node: no signal to hand on and nothing left behind. It warns of being experimental.
  process.removeAllListeners('warning');
  const file = ours ? process.execPath : pinned.file;
  process.execve(file, [file, ...(ours ? process.execArgv : []), ...args], env);
} else handOver(pinned.file, args);
