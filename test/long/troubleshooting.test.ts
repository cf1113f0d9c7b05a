import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const home = resolve(import.meta.dirname, '..', '..');

it('says of every broken set-up what docs/troubleshooting.md shows, with the variable and the cure', () => {
  const { stdout, status } = spawnSync(process.execPath, ['docs/make/troubleshooting.ts', '--check'], {
    cwd: home,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  expect(stdout).toMatch(/\d+ passed, 0 failed/);
  expect(status).toBe(0);
}, 600_000);
