/** The same work on an empty store and on one of a million mails, by turns, on the same server. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { median, now, spread } from '../lib/numbers.ts';
import { home } from '../lib/postern.ts';
import type { Report } from '../lib/report.ts';
import { type Bench, type Databases, furnish, openDatabases } from '../lib/world.ts';
import { fillStatements } from './growth-sql.ts';
import { type Run, runPostern, type Task } from './one-run.ts';

const mails = 1_000_000;
const cases = 200_000;
const grown = 'grown';

/** Another schema makes another store. */
function storeFolder(): string {
  const folder = join(home, 'src', 'store', 'migrations');
  const hash = createHash('sha256').update(fillStatements(mails, cases).join());
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  return join(tmpdir(), `postern-bench-store-${hash.digest('hex').slice(0, 12)}`);
}

/** Built once, in some minutes and some gigabytes, and kept in the system's temporary folder. */
async function buildStore(folder: string, say: (line: string) => void): Promise<void> {
  const done = join(folder, 'built');
  if (existsSync(done)) return;
  mkdirSync(folder, { recursive: true });
  say(`building a store of ${mails} mails in ${folder}; it is kept for the next time`);
  const hurry = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    shared_buffers: '1GB',
    max_wal_size: '8GB',
  };
  const databases = await openDatabases(folder, hurry);
  try {
    await databases.drop(grown);
    await databases.query('postgres', `create database ${grown}`);
    await furnish(databases.urlOf(grown));
    const client = new pg.Client({ connectionString: databases.urlOf(grown) });
    await client.connect();
    // What is inserted is right by its making: references and triggers need not look at a million rows each.
    await client.query('set session_replication_role = replica');
    for (const statement of fillStatements(mails, cases)) {
      const began = now();
      await client.query(statement);
      say(`  ${Math.round((now() - began) / 1000)} s  ${statement.slice(0, 60).replaceAll('\n', ' ')}`);
    }
    await client.query('vacuum analyze');
    await client.query('checkpoint');
    await client.end();
  } finally {
    await databases.close();
  }
  writeFileSync(done, `${new Date().toISOString()}\n`);
}

async function sizeOf(databases: Databases, name: string): Promise<number> {
  const [row] = await databases.query<{ mb: number }>(
    'postgres',
    `select (pg_database_size('${name}') / 1048576)::int as mb`,
  );
  return row?.mb ?? 0;
}

export async function growth(bench: Bench, report: Report, task: Task, runs: number): Promise<void> {
  const folder = storeFolder();
  await buildStore(folder, report.progress);
  const databases = await openDatabases(folder);
  const there: Bench = { ...bench, databases };
  const empty: Run[] = [];
  const full: Run[] = [];
  try {
    const database = { name: grown, url: databases.urlOf(grown) };
    for (let round = 0; round < runs; round += 1) {
      report.progress(`growth, round ${round + 1} of ${runs}`);
      empty.push(await runPostern(there, task));
      full.push(await runPostern(there, { ...task, database }));
    }
    const megabytes = await sizeOf(databases, grown);
    report.add({
      part: 'growth',
      what: 'an empty store, small mails, IMAP, Redis queue',
      unit: 'mails/s',
      ...spread(empty.map((run) => run.rate)),
      shares: {},
      more: {},
    });
    report.add({
      part: 'growth',
      what: `${mails} mails and ${cases} cases in the store`,
      unit: 'mails/s',
      ...spread(full.map((run) => run.rate)),
      shares: {
        'of that with an empty store': median(full.map((run, i) => run.rate / (empty[i]?.rate ?? Number.NaN))),
      },
      more: {
        'MB on disk': megabytes,
        'PostgreSQL CPU ms a mail': median(full.map((run) => run.load.postgresMs / task.mails)),
        'with an empty store': median(empty.map((run) => run.load.postgresMs / task.mails)),
      },
    });
    report.complaints(
      'growth',
      full.flatMap((run) => run.complaints),
    );
  } finally {
    await databases.close();
  }
}
