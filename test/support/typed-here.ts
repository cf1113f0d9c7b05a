/** Commands typed in this process, at a database that is there: what they print. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AnyAct } from '../../src/acts/act.ts';
import { build } from '../../src/cli/program.ts';
import { bareEnvironment, remove, scratch } from './process.ts';

export async function typedHere(
  url: string,
  acts: readonly AnyAct[],
  work: (type: (...words: string[]) => Promise<unknown>, said: () => string) => Promise<void>,
): Promise<void> {
  const printed: string[] = [];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const folder = scratch('typed-here');
  writeFileSync(
    join(folder, 'postern.yaml'),
    'staff: [{ name: Kim Oster, email: kim@desk.example, roles: [engineer] }]\n',
  );
  const before = { ...process.env };
  const home = process.cwd();
  Object.assign(process.env, {
    ...bareEnvironment(),
    DATABASE_URL: url,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: 'k'.repeat(32),
    DNS_SERVERS: 'off',
  });
  process.chdir(folder);
  try {
    await work(
      async (...words) => (await build(acts)).parseAsync(['node', 'postern', ...words]),
      () => printed.join(''),
    );
  } finally {
    process.chdir(home);
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    out.mockRestore();
    remove(folder);
  }
}
