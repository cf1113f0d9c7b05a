/** Postern on the store of the bench, with somebody signed in. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { home, type PosternOptions, type Running, startPostern } from '../lib/postern.ts';
import type { Bench } from '../lib/world.ts';
import { openBrowser } from './browser.ts';

const run = promisify(execFile);
const admin = 'bench@desk.example';

async function postern(env: NodeJS.ProcessEnv, words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(home, 'bin', 'postern.mjs'), ...words], { env });
  return stdout;
}

/** The cookie of a session, by the link that the command makes. */
export async function signInAt(running: Running): Promise<string> {
  await postern(running.env, ['staff', 'add', admin, '--name', 'Bench', '--role', 'admin']).catch((error: unknown) => {
    if (!String(error).includes('is on record')) throw error;
  });
  const said = await postern(running.env, ['staff', 'sign-in', admin]);
  const path = /https?:\/\/[^\s/]+(\/sign-in\/link\/\S+)/.exec(said)?.[1];
  if (path === undefined) throw new Error(`no link to sign in:\n${said}`);
  const browser = openBrowser(running.httpPort);
  const { body } = await browser.get(path);
  const hidden = [...body.toString().matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]));
  const answer = await browser.post(path, form.toString());
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`);
  return browser.cookies();
}

export type Desk = { readonly running: Running; readonly cookie: string };

export async function openDesk(bench: Bench, options: PosternOptions): Promise<Desk> {
  const running = await startPostern(bench, options);
  try {
    return { running, cookie: await signInAt(running) };
  } catch (error) {
    await running.stop();
    throw error;
  }
}
