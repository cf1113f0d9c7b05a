/** Commands typed in this process, at a database that is there: a process of its own costs a second of work to start. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AnyAct } from '../../../src/acts/act.ts';
import { build, run } from '../../../src/cli/program.ts';
import { bareEnvironment, type Ended, remove, scratch } from '../process.ts';

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

/** `postern …` as somebody types it in that folder, with pipes behind it; nothing of this environment but what is given. */
export async function postern(folder: string, env: Record<string, string>, ...words: string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name === 'stdout' ? 'out' : 'err'] += String(text);
      return true;
    }),
  );
  const before = { env: process.env, home: process.cwd(), code: process.exitCode };
  process.env = { ...bareEnvironment(), ...env };
  process.chdir(folder);
  process.exitCode = undefined;
  try {
    await run(words);
    return { code: Number(process.exitCode ?? 0), ...said };
  } finally {
    process.env = before.env;
    process.chdir(before.home);
    process.exitCode = before.code;
    for (const spy of spies) spy.mockRestore();
  }
}
