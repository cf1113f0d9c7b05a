/** The app without the right to write: the database, a parser, and keys to read what is sealed. */
import type { Settings } from '../config/settings.ts';
import type { Parser } from '../flows/intake/process-intake.ts';
import type { Log } from '../foundation/log.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { openEmbedded } from '../store/embedded.ts';
import { type Sealer, sealer } from '../vault/seal.ts';
import { withHeadersOnly } from './app.ts';
import { openParserPool } from './parser/parser-pool.ts';

type ReadOnlyApp = {
  /** The server refuses every write on its connections. */
  readonly database: Database;
  readonly parser: Parser;
  readonly vault: Sealer | null;
  close(): Promise<void>;
};

/** Brings nothing up to date: `postern migrate` does. Throws like openApp. */
export async function openReadOnlyApp(settings: Settings, log: Log, say: (line: string) => void): Promise<ReadOnlyApp> {
  const embedded =
    settings.databaseUrl === null
      ? await openEmbedded({ dataFolder: settings.dataFolder, hold: 'join', say, log })
      : null;
  const database = openDatabase(settings.databaseUrl ?? embedded?.url ?? '', log, 2, 'read-only');
  let pool: ReturnType<typeof openParserPool> | null = null;
  // Hardly any mail is read again: the threads wait until one is.
  const parser: Parser = {
    read: (...given) => {
      pool ??= openParserPool({ threads: 1, log });
      return withHeadersOnly(pool).read(...given);
    },
  };
  return {
    database,
    parser,
    vault: settings.keys.length > 0 ? sealer(settings.keys) : null,
    async close() {
      await pool?.close();
      await database.close();
      await embedded?.close();
    },
  };
}
