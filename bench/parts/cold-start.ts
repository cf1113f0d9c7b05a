/** From nothing but installed packages to a demo that is ready: its first start, with initdb and all migrations. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { remove, scratch } from '../../test/support/process.ts';
import { now, spread } from '../lib/numbers.ts';
import { home } from '../lib/postern.ts';
import type { Report } from '../lib/report.ts';

async function startOnce(folder: string): Promise<number> {
  const began = now();
  const child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), 'demo'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '', POSTERN_DATA: folder },
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  const ready = new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('is ready after')) resolve(now() - began);
    });
    void gone.then(() => reject(new Error(`the demo ended: ${said}`)));
  });
  try {
    return await ready;
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

export async function coldStart(report: Report, runs: number): Promise<void> {
  const first: number[] = [];
  const second: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    report.progress(`cold start, ${run + 1} of ${runs}`);
    const folder = scratch('cold');
    first.push((await startOnce(join(folder, 'data'))) / 1000);
    second.push((await startOnce(join(folder, 'data'))) / 1000);
    remove(folder);
  }
  const add = (what: string, values: number[]) =>
    report.add({ part: 'start', what, unit: 's', ...spread(values), shares: {}, more: {} });
  add('the demo, first start, to ready', first);
  add('the demo, second start, to ready', second);
}
