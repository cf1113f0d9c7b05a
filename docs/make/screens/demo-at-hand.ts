/** The demo in a process and a folder of its own, for pictures of its console. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const home = resolve(import.meta.dirname, '..', '..', '..');

export type DemoAtHand = { readonly address: string; stop(): Promise<void> };

export async function startDemo(): Promise<DemoAtHand> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-screens-'));
  const child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), 'demo'], {
    cwd: home,
    env: { ...process.env, POSTERN_DATA: join(folder, 'data'), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let out = '';
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      out += String(chunk);
    });
  const end = Date.now() + 120_000;
  while (!out.includes('Ctrl-C ends everything')) {
    if (Date.now() > end || child.exitCode !== null) {
      await stop();
      throw new Error(`the demo did not come up:\n${out}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  const address = /console +(http:\/\/\S+?)\/ /.exec(out)?.[1];
  if (!address) throw new Error(`the demo does not say where its console is:\n${out}`);
  return { address, stop };
}
