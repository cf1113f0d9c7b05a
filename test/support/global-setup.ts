import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { silentLog } from '../../src/foundation/log.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { afterOurDeath, remove, runFolderVariable } from './process.ts';
import { leftovers } from './processes/leftovers.ts';
import { ensureDebianPackages } from './servers/debian.ts';
import { templateName } from './servers/postgres.ts';

type Run = { postgresUrl: string; end(): Promise<void> };
/** The projects of one run share what is started, and load this file each on their own. */
const shared = globalThis as { posternTestRun?: { users: number; run: Promise<Run> } };

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function start(): Promise<Run> {
  await ensureDebianPackages(say);
  const folder = mkdtempSync(join(tmpdir(), 'postern-tests-'));
  chmodSync(folder, 0o755);
  process.env[runFolderVariable] = folder;
  // Processes that tests start spend most of their first second on compiling: done once, while the database starts.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
  const main = resolve(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
  const compiled = new Promise<void>((done) => void execFile(process.execPath, [main, '--help'], () => done()));
  const dataFolder = join(folder, 'database');
  const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const database = await openEmbedded({ dataFolder, hold: 'start', say, log: silentLog, settings: quick });
  const moved = database.movedTo;
  const pidFile = join(dataFolder, 'postgres', 'postmaster.pid');
  const pid = Number(readFileSync(moved ? pidFile.replace(dataFolder, moved) : pidFile, 'utf8').split('\n')[0]);
  const folders = [folder, moved].filter((each) => each !== null);
  const guard = afterOurDeath(`kill -QUIT ${pid}; sleep 1; rm -rf ${folders.map((each) => `'${each}'`).join(' ')}`);

  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`create database ${templateName}`);
  await admin.end();
  const template = new URL(database.url);
  template.pathname = `/${templateName}`;
  await Promise.all([migrate(template.href), compiled]);

  return {
    postgresUrl: database.url,
    async end() {
      await database.close();
      guard.cancel();
      let left = leftovers(folder);
      for (let waited = 0; left.length > 0 && waited < 5_000; waited += 100) {
        await sleep(100);
        left = leftovers(folder);
      }
      for (const { pid } of left) process.kill(pid, 'SIGKILL');
      for (const each of folders) remove(each);
      if (left.length > 0)
        throw new Error(
          `left running by the tests:\n${left.map(({ pid, command }) => `  ${pid} ${command}`).join('\n')}`,
        );
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.posternTestRun ??= { users: 0, run: start() };
  const mine = shared.posternTestRun;
  mine.users += 1;
  project.provide('postgresUrl', (await mine.run).postgresUrl);
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    delete shared.posternTestRun;
    await (await mine.run).end();
  };
}
