import type { BackendFactory, IQueueBackend } from 'bullmq';
import { createPostgresBackend, createRedisBackend } from 'bullmq';
import type { Tuning } from '../tuning.ts';

/** Creates the connection of either queue server. */
export type Link = { factory: BackendFactory<IQueueBackend, unknown>; connection: unknown; prefix?: string };

/** `patient` waits for a server that is away and goes on when it is back (workers, ticks); `hasty` fails (producers). */
export type Temper = 'patient' | 'hasty';

/** The schema that holds BullMQ's tables. */
export const queueSchema = 'bullmq';

/**
 * `socketTimeout` counts from a question to the next byte: it finds the half-open link, and leaves BZPOPMIN alone as
 * long as that blocks for less (`longestWait`). A `commandTimeout` would leave the dead socket in place.
 */
export function redisLink(url: string, prefix: string, temper: Temper, tuning: Tuning): Link {
  const common = {
    url,
    connectTimeout: tuning.connectTimeout,
    keepAlive: 10_000,
    retryStrategy: (times: number) => Math.min(times * 100, 1_000),
  };
  const connection =
    temper === 'patient'
      ? { ...common, maxRetriesPerRequest: null, socketTimeout: tuning.linkTimeout }
      : {
          ...common,
          maxRetriesPerRequest: 1,
          commandTimeout: tuning.producerTimeout,
          socketTimeout: tuning.producerTimeout,
        };
  return { factory: createRedisBackend as unknown as Link['factory'], connection, prefix };
}

/** BullMQ on PostgreSQL never comes back from a half-open link without all three time limits. */
export function postgresLink(databaseUrl: string, temper: Temper, tuning: Tuning): Link {
  const limit = temper === 'patient' ? tuning.linkTimeout : tuning.producerTimeout;
  const connection = {
    connectionString: databaseUrl,
    schema: queueSchema,
    max: 2,
    idleTimeoutMillis: 0,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: tuning.connectTimeout,
    query_timeout: limit,
    statement_timeout: limit,
    application_name: 'postern-queues',
  };
  const factory: Link['factory'] = (name, opts, more) => {
    const backend = createPostgresBackend(name, opts as Parameters<typeof createPostgresBackend>[1], more);
    forgetFailedStart(backend as unknown as Inner);
    return backend;
  };
  return { factory, connection };
}

type Probe = { text: string; query_timeout: number };
type ListenClient = { query(probe: Probe): Promise<unknown>; emit(event: 'error', error: unknown): boolean };
type Inner = {
  connection: {
    waitUntilReady(): Promise<void>;
    readyPromise?: Promise<void> | undefined;
    getListenClient(): Promise<ListenClient>;
    pool: { query(probe: Probe): Promise<unknown> };
  };
  waitUntilReady(): Promise<void>;
  readyPromise?: Promise<void> | undefined;
};

/** BullMQ 6.7 keeps the first answer to "is the server there" for ever, also when it is no. */
function forgetFailedStart(backend: Inner): void {
  for (const part of [backend, backend.connection]) {
    const ask = part.waitUntilReady.bind(part);
    part.waitUntilReady = async () => {
      try {
        await ask();
      } catch (error) {
        part.readyPromise = undefined;
        throw error;
      }
    };
  }
}

/**
 * LISTEN only listens: a link that swallows bytes looks like a quiet one for as long as TCP likes, and so does an idle
 * one in the pool. So all are asked now and then; an `error` on the listening one makes BullMQ build it anew, and the
 * pool throws out what does not answer. Does nothing on Redis.
 */
async function tryTheLinks(backend: IQueueBackend, probeTimeout: number): Promise<void> {
  const { connection } = backend as unknown as Partial<Inner>;
  if (!connection || typeof connection.getListenClient !== 'function') return;
  const probe = { text: 'select 1', query_timeout: probeTimeout };
  const listener = connection.getListenClient().then((client) =>
    client.query(probe).catch((error) => {
      client.emit('error', error);
    }),
  );
  await Promise.allSettled([listener, connection.pool.query(probe), connection.pool.query(probe)]);
}

type Watch = { answered: () => void; closing: () => boolean };

/** The same link for a worker: no wait longer than `longestWait`, a pause after a refusal, and word of every answer. */
export function workerLink(link: Link, tuning: Tuning, watch: Watch): Link {
  const factory: Link['factory'] = (name, opts, more) => {
    const backend = link.factory(name, opts, more);
    const ask = backend.moveToActive.bind(backend);
    const wait = backend.waitForJob.bind(backend);
    const end = backend.close.bind(backend);
    const trying = setInterval(() => void tryTheLinks(backend, tuning.probeTimeout), tuning.longestWait);
    trying.unref();
    backend.moveToActive = async (token, workerName) => {
      try {
        const answer = await ask(token, workerName);
        watch.answered();
        return answer;
      } catch (error) {
        if (!watch.closing()) await new Promise((next) => setTimeout(next, tuning.pauseAfterError));
        throw error;
      }
    };
    backend.waitForJob = (seconds) => wait(Math.min(seconds, tuning.longestWait / 1_000));
    backend.close = (force) => {
      clearInterval(trying);
      return end(force);
    };
    return backend;
  };
  return { ...link, factory };
}
