/** The processes of docker-compose.yml on this machine, as the file has them: only host names and ports are other ones. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { silentLog } from '../../../src/foundation/log.ts';
import { openSender } from '../../../src/smtp/send.ts';
import { key, mail, registrySql } from '../../support/app.ts';
import {
  bareEnvironment,
  freePort,
  remove,
  type Server,
  scratch,
  startServer,
  untilOpen,
} from '../../support/process.ts';
import { findProgram } from '../../support/servers/debian.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { startSmtpSink } from '../../support/servers/smtp-sink.ts';

type Service = {
  build?: string;
  command: string[];
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test: string[] };
};
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
const home = process.cwd();
const run = promisify(execFile);
const folder = scratch('deployment');
const running = new Map<string, ChildProcess>();
const said = new Map<string, string>();
let database: Awaited<ReturnType<typeof freshDatabase>>;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let redis: Server;
let client: pg.Client;
let places: [RegExp, string][];
let smtpPort: number;

const service = (name: string): Service => compose.services[name] as Service;

function environment(name: string): Record<string, string> {
  const tmp = join(folder, name);
  mkdirSync(tmp, { recursive: true });
  const mapped = Object.entries(service(name).environment).map(([variable, value]): [string, string] => [
    variable,
    places.reduce((text, [from, to]) => text.replace(from, () => to), value),
  ]);
  return {
    ...bareEnvironment(),
    TMPDIR: tmp,
    SUPPORT_ADDRESS: 'support@desk.example',
    SECRET_KEY: key,
    ...Object.fromEntries(mapped),
  };
}

const words = (name: string) => [join(home, 'src/cli/main.ts'), ...service(name).command];
const once = (name: string) => run(process.execPath, words(name), { cwd: folder, env: environment(name) });

async function healthy(name: string): Promise<boolean> {
  const [kind, program, script, ...rest] = service(name).healthcheck.test;
  expect([kind, program]).toEqual(['CMD', 'node']);
  return run(process.execPath, [join(home, script ?? ''), ...rest], { cwd: folder, env: environment(name) }).then(
    () => true,
    () => false,
  );
}

function start(name: string): void {
  const child = spawn(process.execPath, words(name), { cwd: folder, env: environment(name) });
  const listen = (bytes: Buffer) => said.set(name, `${said.get(name) ?? ''}${bytes}`);
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  running.set(name, child);
}

beforeAll(async () => {
  database = await freshDatabase({ migrated: false });
  sink = await startSmtpSink();
  const [redisPort, httpPort] = [await freePort(), await freePort()];
  smtpPort = await freePort();
  const [program = '', ...args] = service('redis').command;
  redis = startServer(findProgram(program) ?? program, [
    ...args,
    '--port',
    `${redisPort}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
  ]);
  await untilOpen(redisPort, () => !redis.alive());
  places = [
    [/^postgres:.*@postgres:5432\/postern$/, database.url],
    [/^redis:\/\/redis:6379$/, `redis://127.0.0.1:${redisPort}`],
    [/^\$\{SMTP_URL:.*\}$/, sink.url],
    [/^0\.0\.0\.0:8080$/, `127.0.0.1:${httpPort}`],
    [/^0\.0\.0\.0:2424$/, `127.0.0.1:${smtpPort}`],
    // As Compose does where nothing is set.
    [/^\$\{[A-Z_]+:-\}$/, ''],
  ];
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  for (const child of running.values()) child.kill('SIGKILL');
  await client?.end();
  await redis?.stop();
  await sink?.stop();
  await database?.drop();
  remove(folder);
});

it('migrates an empty database, two at once and once more', async () => {
  await Promise.all([once('migrate'), once('migrate')]);
  expect((await once('migrate')).stdout).toContain('up to date');
  await client.query(registrySql);
});

it('answers a mail with the processes of the file, and all of them stop with 0 when told', async () => {
  const workers = Object.keys(compose.services).filter((name) => service(name).command?.[0] === 'work');
  for (const name of workers) {
    expect(service(name).depends_on?.migrate?.condition).toBe('service_completed_successfully');
    expect(await healthy(name)).toBe(false);
    start(name);
  }
  for (const name of workers) {
    const end = Date.now() + 25_000;
    while (!(await healthy(name))) {
      if (Date.now() > end) throw new Error(`${name} is not healthy: ${said.get(name)}`);
      await sleep(200);
    }
  }
  const toUs = openSender({ url: `smtp://127.0.0.1:${smtpPort}?ignoreTLS=true&lmtp=true`, log: silentLog });
  const raw = Buffer.from(mail({ subject: 'PIN 345 By the compose file' }).replaceAll('\n', '\r\n'));
  const outcome = await toUs.send({ envelopeFrom: 'ada@aldous.example', to: 'support@desk.example', raw });
  await toUs.close();
  expect(outcome.kind).toBe('sent');
  const [letter] = await sink.waitFor(1, 15_000);
  expect(letter?.rcptTo).toEqual(['ada@aldous.example']);
  expect((await client.query('select count(*)::int as n from cases')).rows).toEqual([{ n: 1 }]);

  const codes = await Promise.all(
    [...running].map(async ([name, child]) => {
      const gone = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
      child.kill('SIGTERM');
      return [name, await gone];
    }),
  );
  expect(codes).toEqual(workers.map((name) => [name, 0]));
});
