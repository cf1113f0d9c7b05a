/** The servers of a bench, each our own and on the loopback: embedded PostgreSQL with Postern's settings, Redis, Dovecot, the sink. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { importRegistryFiles } from '../../src/flows/registry/registry-files.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { migrateQueues } from '../../src/queues/server/schema.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type Embedded, openEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { letterDeps } from '../../test/support/letter-deps.ts';
import { afterOurDeath, remove, scratch } from '../../test/support/process.ts';
import { startDovecot, type TestDovecot } from '../../test/support/servers/dovecot.ts';
import { startRedis, type TestRedis } from '../../test/support/servers/redis.ts';
import { addressOf, people, pinOf, siteOf, sites } from './mails.ts';
import { openSink, type Sink } from './sink.ts';

export type Bench = {
  readonly folder: string;
  readonly dovecot: TestDovecot;
  readonly redis: TestRedis;
  readonly sink: Sink;
  readonly databases: Databases;
  stop(): Promise<void>;
};

/** Twenty sites with ten people each, every one entitled. */
export function registryText(): string {
  const site = (s: number): string => {
    const staff = Array.from({ length: people }, (_, i) => i).filter((i) => siteOf(i) === s);
    const contacts = staff.map(
      (i, k) =>
        `      - { name: Person ${i}, email: ${addressOf(i)}, role: ${k === 0 ? 'primary' : 'authorized user'}${k === 0 ? ', types: [primary, renewal]' : ''} }`,
    );
    return `  - number: "${2_000_000 + s}"
    name: Customer ${s}
    country: GB
    timezone: Europe/London
    language: en
    pin: "${pinOf(s)}"
    plans:
      - { kind: standard, from: 2020-01-01, to: 2039-12-31 }
    contacts:
${contacts.join('\n')}
    licences:
      - { number: U-${s}, product: Vault, kind: user, quantity: 50, from: 2020-01-01, to: 2039-12-31 }
      - { number: S-${s}, product: Vault, kind: support, quantity: 50, from: 2020-01-01, to: 2039-12-31 }`;
  };
  return `products:
  - name: Vault
    versions:
      - { version: "11.6", stage: full }
sites:
${Array.from({ length: sites }, (_, s) => site(s)).join('\n')}
`;
}

export type Databases = {
  readonly embedded: Embedded;
  /** Process id of the server. */
  readonly pid: number;
  readonly version: string;
  urlOf(name: string): string;
  query<Row extends pg.QueryResultRow>(name: string, text: string): Promise<Row[]>;
  /** Migrated, with the registry of the bench and nothing else. */
  fresh(): Promise<{ name: string; url: string }>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
};

const template = 'bench_template';

/** Makes an existing, empty database one that Postern can work on for the people of the bench. */
export async function furnish(url: string): Promise<void> {
  await migrate(url);
  await migrateQueues(url);
  const database = openDatabase(url, silentLog);
  const registry = await importRegistryFiles(letterDeps(database), [{ name: 'bench', text: registryText() }], {
    prune: false,
    dryRun: false,
    by: { kind: 'command', staff: null },
  });
  await database.close();
  if (registry.kind === 'faults') throw new Error(JSON.stringify(registry.faults[0]));
}

/** `settings` are further ones of PostgreSQL; with none it runs as Postern runs it. */
export async function openDatabases(dataFolder: string, settings: Record<string, string> = {}): Promise<Databases> {
  const embedded = await openEmbedded({ dataFolder, hold: 'start', say() {}, log: silentLog, settings });
  const urlOf = (name: string): string => {
    const url = new URL(embedded.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  const query = async <Row extends pg.QueryResultRow>(name: string, text: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: urlOf(name) });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  };
  await query('postgres', `drop database if exists ${template}`);
  await query('postgres', `create database ${template}`);
  await furnish(urlOf(template));
  const [about] = await query<{ version: string; pid: number }>(
    'postgres',
    `select version(), (string_to_array(pg_read_file('postmaster.pid'), E'\\n'))[1]::int as pid`,
  );
  // It runs in a session of its own, which Ctrl-C does not reach.
  const guard = afterOurDeath(`kill -INT ${about?.pid}`);
  let made = 0;
  return {
    embedded,
    pid: about?.pid ?? 0,
    version: about?.version.split(' on ')[0] ?? '',
    urlOf,
    query,
    async fresh() {
      made += 1;
      const name = `bench_${process.pid}_${made}`;
      await query('postgres', `create database ${name} template ${template}`);
      return { name, url: urlOf(name) };
    },
    drop: async (name) => void (await query('postgres', `drop database if exists ${name} with (force)`)),
    async close() {
      guard.cancel();
      await embedded.close();
    },
  };
}

export async function openBench(databaseSettings: Record<string, string> = {}): Promise<Bench> {
  const folder = scratch('bench');
  const closers: (() => unknown)[] = [() => remove(folder)];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const databases = await openDatabases(join(folder, 'postern'), databaseSettings);
    closers.push(() => databases.close());
    const redis = await startRedis({ appendfsync: 'everysec' });
    closers.push(() => redis.stop());
    const dovecot = await startDovecot();
    closers.push(() => dovecot.stop());
    const sink = await openSink();
    closers.push(() => sink.stop());
    return { folder, dovecot, redis, sink, databases, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What an operator would write; the numbers of letters are raised, since 200 people get what thousands would. */
export function writeOperatorFile(folder: string, mailbox: { name: string; imap: string } | null): string {
  const file = join(folder, `postern-${mailbox?.name ?? 'lmtp'}.yaml`);
  writeFileSync(
    file,
    `${mailbox ? `mailboxes:\n  - { name: ${mailbox.name}, imap: "${mailbox.imap}" }\n` : ''}policy:
  letters:
    acknowledgementsPerHour: 1000000
    acknowledgementsPerDay: 1000000
    lettersPerMinute: 1000000
    lettersPerMinutePerDomain: 1000000
`,
  );
  return file;
}
