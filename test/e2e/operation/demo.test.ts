import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outcomeNames as outcomes } from '../../../src/changes/outcome.ts';
import { scratch } from '../../support/process.ts';
import { leftovers } from '../../support/processes/leftovers.ts';

const home = resolve(import.meta.dirname, '..', '..', '..');
const data = join(scratch('demo'), 'data');
let child: ChildProcess | null = null;

/** Starts the demo in a process group of its own, as a terminal does, and waits for its last line. */
async function start(): Promise<string> {
  let out = '';
  child = spawn(process.execPath, [join(home, 'bin', 'postern.mjs'), 'demo'], {
    cwd: home,
    detached: true,
    env: { ...process.env, POSTERN_DATA: data, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const hear = (chunk: unknown) => {
    out += String(chunk);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const end = Date.now() + 90_000;
  while (!out.includes('Ctrl-C ends everything')) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`the demo did not come up:\n${out}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  return out;
}

async function ctrlC(): Promise<number | null> {
  const it = child as ChildProcess;
  const gone = new Promise<number | null>((done) => it.once('exit', (code) => done(code)));
  process.kill(-(it.pid as number), 'SIGINT');
  const code = await gone;
  child = null;
  return code;
}

afterAll(async () => {
  if (child) await ctrlC();
});

const place = (out: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
const token = (): string => /API_TOKEN=(\w+)/.exec(readFileSync(join(data, 'demo.env'), 'utf8'))?.[1] ?? '';
async function mails(out: string): Promise<{ id: string; outcome: string; subject: string }[]> {
  const answer = await fetch(`${place(out)}/api/v1/mails?limit=200`, {
    headers: { authorization: `Bearer ${token()}` },
  });
  return ((await answer.json()) as { items: { id: string; outcome: string; subject: string }[] }).items;
}

/** Not followed, and by any name that a browser may have been given for this machine. */
const visit = (
  out: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: IncomingHttpHeaders }> =>
  new Promise((done, failed) => {
    get(`${place(out)}/staff`, { headers }, (answer) => {
      answer.resume().once('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers }));
    }).once('error', failed);
  });

describe('npm run demo', () => {
  it('plays mails of every outcome, and leaves no process after Ctrl-C', async () => {
    const out = await start();
    const found = await mails(out);
    // What staff answer by mail needs a notice that went to them: test/e2e/staff has those.
    const byStaff = ['staff-answered', 'held-staff-answer'];
    expect(new Set(found.map((mail) => mail.outcome))).toEqual(
      new Set(outcomes.filter((outcome) => !byStaff.includes(outcome))),
    );
    expect((await fetch(`${place(out)}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${place(out)}/sandbox`)).text()).toContain('Workflow Stopped Unexpectedly');

    // The console signs in by itself, for a browser on this machine that has come here by its own wish.
    const host = new URL(place(out)).host;
    const here = await visit(out, {});
    expect([here.status, here.headers['set-cookie']?.[0]]).toEqual([200, expect.stringMatching(/^postern=.*HttpOnly/)]);
    expect((await visit(out, { host: host.replace('127.0.0.1', 'localhost') })).status).toBe(200);
    for (const headers of [
      { host: 'evil.example' },
      { host: host.replace('127.0.0.1', '127.0.0.1.evil.example') },
      { 'x-forwarded-for': '192.0.2.7' },
      { forwarded: 'for=192.0.2.7' },
      { via: '1.1 proxy' },
    ] as Record<string, string>[]) {
      const there = await visit(out, headers);
      expect([there.status, there.headers.location, there.headers['set-cookie']], JSON.stringify(headers)).toEqual([
        303,
        '/sign-in?to=%2Fstaff',
        undefined,
      ]);
    }
    expect(await ctrlC()).toBe(0);
    expect(leftovers(data)).toEqual([]);
  });

  it('keeps its data at the second start and plays nothing again', async () => {
    const out = await start();
    const found = await mails(out);
    expect(out).toContain('was kept');
    expect(found.filter((mail) => mail.subject === 'PIN 345 Workflow Stopped Unexpectedly')).toHaveLength(2);
    expect(await ctrlC()).toBe(0);
    expect(leftovers(data)).toEqual([]);
  });
});
