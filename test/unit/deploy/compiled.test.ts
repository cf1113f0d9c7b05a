import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const { sweepCompiled } = await import(new URL('../../../bin/compiled.mjs', import.meta.url).href);

const now = Date.parse('2026-05-11T10:00:00Z');
const hours = (n: number) => new Date(now + n * 3_600_000);

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'compiled-'));
  put('src/deep/one.ts', -10);
  put('lock.json', -30);
  put('cache/v26-x64/old', -11);
  put('cache/v26-x64/new', -9);
  put('cache/v24-x64/old', -900);
});
afterEach(() => rmSync(home, { recursive: true }));

function put(name: string, at: number): void {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, name);
  utimesSync(path, hours(at), hours(at));
}
const there = (name: string) => existsSync(join(home, name));
const sweep = (at = now) =>
  sweepCompiled(
    join(home, 'cache'),
    ['src', 'lock.json', 'not-there'].map((name) => join(home, name)),
    at,
  );

describe('what Node has compiled', () => {
  it('goes where it is older than the newest source, with the folders of another Node', () => {
    sweep();
    expect(['cache/v26-x64/old', 'cache/v26-x64/new', 'cache/v24-x64'].map(there)).toEqual([false, true, false]);
    expect(there('src/deep/one.ts')).toBe(true);
  });

  it('is looked at once a day', () => {
    sweep();
    utimesSync(join(home, 'cache/swept'), hours(0), hours(0));
    put('cache/v26-x64/old', -11);
    sweep(hours(23).getTime());
    expect(there('cache/v26-x64/old')).toBe(true);
    sweep(hours(25).getTime());
    expect(there('cache/v26-x64/old')).toBe(false);
  });

  it('is left alone where there is none, or it cannot be read', () => {
    rmSync(join(home, 'cache'), { recursive: true });
    expect(() => sweep()).not.toThrow();
    expect(there('cache')).toBe(false);
    writeFileSync(join(home, 'cache'), 'a file');
    expect(() => sweep()).not.toThrow();
  });
});
