/** The databases, the queues and the relay between them, in the order in which they are opened. */
import type { Settings } from '../config/settings.ts';
import { openRelay, type Relay } from '../flows/upkeep/relay-outbox.ts';
import { type Log, silentLog } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import { openQueueBackend } from '../queues/backend.ts';
import { migrateQueues } from '../queues/server/schema.ts';
import type { QueueBackend } from '../queues/types.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { openEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import type { OpenTraces } from '../traces/open-traces.ts';

export type ConnectOptions = {
  readonly settings: Settings;
  readonly log: Log;
  readonly meter: Meter;
  /** `start` takes the embedded database for itself; every other command joins it. */
  readonly hold: 'start' | 'join';
  readonly say: (line: string) => void;
  /** Where mails are traced. */
  readonly traces?: OpenTraces | undefined;
};

type Connections = {
  readonly databaseUrl: string;
  readonly database: Database;
  /** For statements that every mail needs. */
  readonly hot: Database;
  readonly queues: QueueBackend;
  readonly relay: Relay;
};

/** Brings the database up to date first. `opened` hears of everything that is to be closed, also where opening fails on the way. */
export async function openConnections(
  { settings, log, meter, hold, say, traces }: ConnectOptions,
  opened: (close: () => Promise<unknown>) => void,
): Promise<Connections> {
  let databaseUrl = settings.databaseUrl ?? '';
  if (settings.databaseUrl === null) {
    const embedded = await openEmbedded({ dataFolder: settings.dataFolder, hold, say, log });
    opened(embedded.close);
    databaseUrl = embedded.url;
  }
  const ran = await migrate(databaseUrl);
  if (ran.length > 0) log.info({ migrations: ran }, 'the database was brought up to date');
  if (settings.redisUrl === null) await migrateQueues(databaseUrl);

  const database = openDatabase(databaseUrl, log, 4);
  opened(database.close);
  const hot = openDatabase(databaseUrl, log, 8, 'by-index');
  opened(hot.close);
  const queues = openQueueBackend({ redisUrl: settings.redisUrl, databaseUrl, log, traced: traces?.queues });
  opened(queues.close);
  // Workers go on without Redis and take mail in; whoever started them hears why nothing is decided.
  if (settings.redisUrl !== null && log !== silentLog)
    for (const problem of (await queues.check()).filter((one) => one.startsWith('REDIS_URL:')))
      say(`${problem}. It is tried again until it answers.`);
  const relay = openRelay({ database: hot, producer: queues.producer(), log, meter, traced: traces !== undefined });
  opened(relay.close);
  return { databaseUrl, database, hot, queues, relay };
}
