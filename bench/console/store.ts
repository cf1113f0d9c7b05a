/** The database of the console's bench, built once in some minutes and kept in the system's temporary folder, a new one for each schema. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readMail } from '../../src/mail/read.ts';
import { now } from '../lib/numbers.ts';
import { home } from '../lib/postern.ts';
import { type Databases, furnish, openDatabases } from '../lib/world.ts';
import { fillStatements, type Scale } from './rows.ts';

export const storeName = 'console';

/** What is read of a mail: every row has it, with the names and words of its own. */
async function factsText(): Promise<string> {
  const raw = [
    'From: Ada Byron <ada@customer1.example>',
    'To: support@desk.example',
    'Subject: Workflow stopped unexpectedly',
    'Message-ID: <m1@customer.example>',
    'Date: Mon, 23 Nov 2026 09:00:00 +0000',
    'Authentication-Results: mx.desk.example; dmarc=pass header.from=customer1.example',
    '',
    'It stops.',
    '',
  ].join('\r\n');
  const addresses = { support: 'support@desk.example', access: null, renewals: null, security: null, care: null };
  const facts = await readMail(
    Buffer.from(raw),
    { mailFrom: null, rcptTo: [] },
    {
      addresses: { ...addresses, licensing: null, bounces: null },
      lists: [],
      authservId: 'mx.desk.example',
      keys: ['the key of a bench: thirty-two bytes or more'],
      spam: [],
    },
  );
  return JSON.stringify(facts);
}

export async function storeFolder(scale: Scale): Promise<{ folder: string; statements: readonly string[] }> {
  const statements = fillStatements(scale, await factsText());
  const migrations = join(home, 'src', 'store', 'migrations');
  const hash = createHash('sha256').update(statements.join());
  for (const file of readdirSync(migrations).sort()) hash.update(readFileSync(join(migrations, file)));
  return { folder: join(tmpdir(), `postern-bench-console-${hash.digest('hex').slice(0, 12)}`), statements };
}

const hurry = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  work_mem: '256MB',
  maintenance_work_mem: '512MB',
};

async function build(databases: Databases, statements: readonly string[], say: (line: string) => void): Promise<void> {
  await databases.drop(storeName);
  await databases.query('postgres', `create database ${storeName}`);
  await furnish(databases.urlOf(storeName));
  const client = new pg.Client({ connectionString: databases.urlOf(storeName) });
  await client.connect();
  try {
    // What is inserted is right by its making: references and triggers need not look at a million rows each.
    await client.query('set session_replication_role = replica');
    for (const statement of statements) {
      const began = now();
      await client.query(statement);
      say(`${((now() - began) / 1000).toFixed(1)} s  ${statement.slice(0, 70).replace(/\s+/g, ' ')}`);
    }
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Its data folder, for `openDatabases`. */
export async function builtStore(scale: Scale, say: (line: string) => void): Promise<string> {
  const { folder, statements } = await storeFolder(scale);
  const done = join(folder, 'built');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  say(`building ${scale.mails} mails and ${scale.cases} cases in ${folder}; they are kept for the next time`);
  const databases = await openDatabases(folder, hurry);
  try {
    await build(databases, statements, say);
  } finally {
    await databases.close();
  }
  writeFileSync(done, `${new Date().toISOString()}\n`);
  return folder;
}
