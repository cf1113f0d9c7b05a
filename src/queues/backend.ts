import type { Queue } from 'bullmq';
import { Failure } from '../foundation/failure.ts';
import { makeConsumer } from './consumer.ts';
import { type QueueName, queueNames } from './definitions.ts';
import { queueInspector, standing } from './inspect.ts';
import { makeProducer } from './producer.ts';
import { postgresLink, redisLink, type Temper } from './server/connection.ts';
import { checkPostgres, checkRedis } from './server/health.ts';
import { linkLog } from './server/link-log.ts';
import { queueObjects } from './server/queue-objects.ts';
import { defaultTuning } from './tuning.ts';
import type { Consumer, Counts, QueueBackend, QueueBackendOptions } from './types.ts';
import { withTimeout } from './with-timeout.ts';

/**
 * BullMQ on Redis with a REDIS_URL, on PostgreSQL without (migrateQueues comes first there). Connects when first used
 * and never fails here: a server that is away is waited for by consumers and told by producers.
 */
export function openQueueBackend(options: QueueBackendOptions): QueueBackend {
  const { redisUrl, databaseUrl, log, prefix = 'postern', traced } = options;
  const tuning = { ...defaultTuning, ...options.tuning };
  const link = (temper: Temper) =>
    redisUrl === null ? postgresLink(databaseUrl, temper, tuning) : redisLink(redisUrl, prefix, temper, tuning);
  const links = linkLog(log);
  const hasty = queueObjects(link('hasty'), links, traced?.telemetry);
  const patient = queueObjects(link('patient'), links, traced?.telemetry);
  const producer = makeProducer(hasty, tuning, traced);
  const consumers = new Set<Consumer>();
  let looked = redisUrl === null;
  let closed = false;

  /** Once, as soon as Redis answers the first worker of this process: it may be away at the start. */
  async function lookAtRedis(first: Consumer): Promise<void> {
    if (looked) return;
    looked = true;
    await first.ready;
    const problems = closed || redisUrl === null ? [] : await checkRedis(redisUrl);
    for (const problem of closed ? [] : problems) log.warn({}, problem);
  }

  async function count(name: QueueName): Promise<[QueueName, Counts]> {
    const { waiting, active, failed, delayed, paused } = await standing(name, patient.get(name));
    return [name, { waiting: paused ? 0 : waiting, paused: paused ? waiting : 0, active, failed, delayed }];
  }

  return {
    ...queueInspector((name) => patient.get(name), tuning.producerTimeout),
    kind: redisUrl === null ? 'postgres' : 'redis',
    producer: () => producer,
    consume(queue, handler, how) {
      const consumer = makeConsumer(queue, handler, how, {
        link: link('patient'),
        queues: patient,
        tuning,
        log,
        links,
        telemetry: traced?.telemetry,
      });
      consumers.add(consumer);
      void lookAtRedis(consumer);
      return consumer;
    },
    boardQueues: () => queueNames.map((name): Queue => patient.get(name)),
    async counts() {
      const all = Promise.all(queueNames.map(count));
      try {
        const pairs = await withTimeout(tuning.producerTimeout, all, () => {
          throw new Failure('queue-away', 'no answer in time');
        });
        return Object.fromEntries(pairs) as Record<QueueName, Counts>;
      } catch (error) {
        throw new Failure('queue-away', 'the queues could not be counted', { cause: error });
      }
    },
    check: () => (redisUrl === null ? checkPostgres(databaseUrl) : checkRedis(redisUrl)),
    async close() {
      closed = true;
      links.close();
      await Promise.all([...consumers].map((consumer) => consumer.close()));
      await Promise.all([hasty.close(), patient.close()]);
    },
  };
}
