/** Postern as an operator runs it: `postern start` on the pinned Node, a child process with real settings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterOurDeath, freePort } from '../../test/support/process.ts';
import { support } from './mails.ts';
import { until } from './numbers.ts';
import { type Bench, writeOperatorFile } from './world.ts';

export const home = resolve(import.meta.dirname, '..', '..');

export type Queues = 'redis' | 'postgres';
export type Way = 'imap' | 'lmtp';
export type Running = {
  readonly pids: readonly number[];
  readonly lmtpPort: number;
  readonly httpPort: number;
  readonly user: string;
  /** For commands beside it. */
  readonly env: NodeJS.ProcessEnv;
  /** Warnings and errors it said. */
  complaints(): string[];
  stop(): Promise<void>;
};
export type PosternOptions = {
  readonly queues: Queues;
  readonly way: Way;
  readonly database: { name: string; url: string };
  /** What each process runs; one process with every worker where it is not given. */
  readonly processes?: readonly (readonly string[])[];
  /** The IMAP port that Postern is told, where a tap stands before Dovecot's. */
  readonly imapPort?: number;
  readonly nodeFlags?: readonly string[];
};

let started = 0;

export async function startPostern(bench: Bench, options: PosternOptions): Promise<Running> {
  started += 1;
  const folder = join(bench.folder, `run-${started}`);
  mkdirSync(folder);
  const user = bench.dovecot.freshUser();
  const name = `box-${started}-${process.pid}`;
  const imap = new URL(bench.dovecot.url(user));
  if (options.imapPort) imap.port = String(options.imapPort);
  const config = writeOperatorFile(folder, options.way === 'imap' ? { name, imap: imap.href } : null);
  const lmtpPort = await freePort();
  const httpPort = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: options.database.url,
    ...(options.queues === 'redis' ? { REDIS_URL: bench.redis.url } : {}),
    SMTP_URL: `smtp://127.0.0.1:${bench.sink.port}?ignoreTLS=true`,
    SUPPORT_ADDRESS: support,
    SECRET_KEY: 'the key of a bench: thirty-two bytes or more',
    AUTHSERV_ID: 'mx.bench.test',
    DNS_SERVERS: 'off',
    POSTERN_CONFIG: config,
    PUBLIC_URL: `http://127.0.0.1:${httpPort}`,
  };
  const children: ChildProcess[] = [];
  const logs: string[] = [];
  for (const [i, args] of (options.processes ?? [['start']]).entries()) {
    const log = join(folder, `process-${i}.json`);
    logs.push(log);
    const out = openSync(log, 'a');
    const http = i === 0 ? httpPort : await freePort();
    children.push(
      spawn(process.execPath, [...(options.nodeFlags ?? []), join(home, 'bin', 'postern.mjs'), ...args], {
        cwd: folder,
        stdio: ['ignore', out, out],
        env: {
          ...env,
          HTTP_LISTEN: `127.0.0.1:${http}`,
          ...(options.way === 'lmtp' && i === 0 ? { LMTP_LISTEN: `127.0.0.1:${lmtpPort}` } : {}),
        },
      }),
    );
    closeSync(out);
  }
  const guards = children.map((child) => afterOurDeath(`kill -TERM ${child.pid}`));
  const said = () => logs.map((log) => readFileSync(log, 'utf8'));
  const ended = () => children.some((child) => child.exitCode !== null || child.signalCode !== null);
  const running: Running = {
    pids: children.map((child) => child.pid ?? 0),
    lmtpPort,
    httpPort,
    user,
    env,
    complaints: () =>
      said()
        .join('\n')
        .split('\n')
        .filter((line) => /"level":[456]0/.test(line)),
    async stop() {
      const gone = children.map((child) =>
        child.exitCode !== null || child.signalCode !== null ? null : new Promise((done) => child.once('exit', done)),
      );
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(gone);
      for (const guard of guards) guard.cancel();
    },
  };
  try {
    await until('Postern to be ready', () => {
      if (ended()) throw new Error(`Postern ended:\n${said().join('\n').slice(-2_000)}`);
      return said().every((text) => text.includes('"msg":"ready"'));
    });
    if (options.way === 'imap')
      await until('the first sight of the mailbox', async () => {
        const text = `select from mailboxes where name = '${name}' and watermark is not null`;
        return (await bench.databases.query(options.database.name, text)).length === 1;
      });
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}
