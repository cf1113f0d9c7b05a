import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { Failure, isFailure } from '../foundation/failure.ts';
import { outsideFault, sayFault, triedUrl } from '../foundation/faults/outside-fault.ts';
import type { Log } from '../foundation/log.ts';

export type Db = Kysely<unknown>;
export type Tx = Transaction<unknown>;

export type Database = {
  readonly db: Db;
  readonly url: string;
  /** Runs in one transaction (READ COMMITTED); a link that is gone becomes `Failure('database-away')`. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Every statement of `work` sees the same moment; nothing can be written. */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** The same mapping of errors for work outside a transaction. */
  ask<T>(work: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const types = new pg.TypeOverrides();
// A day has no time zone: the driver's Date would move it.
types.setTypeParser(pg.types.builtins.DATE, (value) => value);

/** SQLSTATE classes that say: not now. 08 link, 53 out of something, 57P operator took it away, 25006 read-only, 40 try again, 55P03 lock. */
const passing = /^(?:08|53|57P|25006|40001|40P01|55P03|57014)/;
const lost =
  /terminated|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|timeout|Client was closed|not queryable|ENOENT|recovery mode|starting up|shutting down/i;

/** `database-away` for a link or a server that is gone, in words; every other error is itself. */
function databaseFailure(error: unknown, url: string): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (passing.test(code) || lost.test(code) || (code === '' && lost.test(error.message))) {
    const says = sayFault(outsideFault(error, triedUrl('postgres', 'DATABASE_URL', url)));
    return new Failure('database-away', says, { cause: error });
  }
  return error;
}

/** One name a text: the server plans it once a connection instead of with every mail. The texts are ours and few. */
const names = new Map<string, string>();
const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `postern_${names.size + 1}`;
  names.set(text, name);
  return name;
};

const unanswered = 'Query read timeout';
type Link = { readonly stream: { destroy(): void } };

/**
 * Kysely has no names for statements: whatever comes with values gets one here. A link that has swallowed a question swallows those behind
 * it, too: it is cut, so that the pool makes another one.
 */
class NamingClient extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, values, ...more] = given;
    const named =
      typeof text === 'string' && Array.isArray(values) ? [{ name: nameOf(text), text, values }, ...more] : given;
    const answer = (super.query as (...all: unknown[]) => never)(...named);
    if ((answer as unknown) instanceof Promise)
      (answer as Promise<unknown>).catch((error: unknown) => {
        if (error instanceof Error && error.message === unanswered)
          (this as unknown as { readonly connection: Link }).connection.stream.destroy();
      });
    return answer;
  }
}

/**
 * Plans are kept as long as a connection, also those that were made while a table was empty and a look through all of it the
 * cheapest. Every statement on a mail's way goes by an index, so these connections know no other way.
 */
const byIndex = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit']
  .map((name) => `-c ${name}=off`)
  .join(' ');

/**
 * `connections` is the most this process holds at once. Connects when first asked. `always` is for the few statements that every
 * mail and letter costs; what looks at many rows is better off without.
 */
export function openDatabase(url: string, log: Log, connections = 8, always?: 'by-index' | 'read-only'): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    connectionTimeoutMillis: 10_000,
    query_timeout: 15_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    application_name: 'postern',
    Client: NamingClient,
    ...(always === 'by-index' ? { options: `${byIndex} -c plan_cache_mode=force_generic_plan` } : {}),
    ...(always === 'read-only' ? { options: '-c default_transaction_read_only=on -c jit=off' } : {}),
  });
  let closing = false;
  // The pool listens to connections that lie idle; one that is lost between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => {
    if (!closing) log.warn({ error: error.message }, 'a database connection was lost');
  });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  async function mapped<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw databaseFailure(error, url);
    }
  }
  return {
    db,
    url,
    transaction: (work) => mapped(() => db.transaction().execute(work)),
    snapshot: (work) =>
      mapped(() => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)),
    ask: (work) => mapped(() => work(db)),
    close() {
      closing = true;
      return db.destroy();
    },
  };
}

/** The same database as a transaction sees it: a transaction of it is a part, which fails alone. `tx` ends it all. */
export const databaseWithin = (database: Database, tx: Tx): Database => ({
  ...database,
  db: tx,
  ask: (work) => work(tx),
  snapshot: (work) => work(tx),
  async transaction(work) {
    await sql`savepoint part`.execute(tx);
    try {
      const done = await work(tx);
      await sql`release savepoint part`.execute(tx);
      return done;
    } catch (error) {
      await sql`rollback to savepoint part`.execute(tx);
      throw error;
    }
  },
});
