import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../src/foundation/failure.ts';
import { type Log, silentLog } from '../../src/foundation/log.ts';
import { openQueueBackend } from '../../src/queues/backend.ts';
import { type JobOf, ticks } from '../../src/queues/definitions.ts';
import type { Tuning } from '../../src/queues/tuning.ts';
import type { QueueBackend } from '../../src/queues/types.ts';
import { startTcpProxy, type TcpProxy } from '../support/servers/tcp-proxy.ts';
import type { Server } from './servers.ts';

export type QueueServer = {
  server: Server;
  /** Where a backend finds the server when it listens on this port. */
  urls(port: number): { redisUrl: string | null; databaseUrl: string };
  /** Everything in the queues is gone; what they need to work is there again. */
  lose(): Promise<void>;
};

/** So many kinds of tick; those that come every few seconds. */
const kinds = Object.keys(ticks.upkeep).length;
const frequent = ['announcements', 'cases'] as const;

const sleep = (ms: number) => new Promise((next) => setTimeout(next, ms));

async function until(what: string, true_: () => boolean | Promise<boolean>, ms: number): Promise<number> {
  const start = performance.now();
  while (!(await true_())) {
    if (performance.now() - start > ms) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(20);
  }
  return performance.now() - start;
}

const quick: Partial<Tuning> = { lockDuration: 1_500, stalledInterval: 500, retryBackoff: 300, scheduleCheck: 400 };
const calm = { concurrency: 4, onSilence: () => {} };

/**
 * `inFull` waits as long as Postern does until it believes that a link is dead (`npm run long`); the rest of the contract is
 * the same in both.
 */
export function queueBackendContract(name: string, open: () => Promise<QueueServer>, { inFull = false } = {}): void {
  const whenInFull = (title: string, run: () => Promise<void>, ms?: number) => {
    if (inFull) it(title, run, ms);
  };
  describe(`the queues on ${name}`, () => {
    let app: QueueServer;
    let backends: QueueBackend[] = [];
    let proxies: TcpProxy[] = [];
    const backend = (tuning: Partial<Tuning> = {}, port = app.server.port, log: Log = silentLog) => {
      const made = openQueueBackend({ ...app.urls(port), log, tuning: { ...quick, ...tuning } });
      backends.push(made);
      return made;
    };
    const proxy = async () => {
      const made = await startTcpProxy({ port: app.server.port });
      proxies.push(made);
      return made;
    };
    const mail = (row: string, fence = '1') => ({ queue: 'intake' as const, row, fence });
    /** Consumes intake and keeps what came. */
    const listen = async (at: QueueBackend, work: (job: JobOf['intake']) => Promise<'done'> = async () => 'done') => {
      const seen: string[] = [];
      const consumer = at.consume(
        'intake',
        async (job) => {
          if (job.kind === 'tick') return 'done';
          seen.push(`${job.mail}/${job.fence}`);
          return work(job);
        },
        calm,
      );
      await consumer.ready;
      return { seen, consumer };
    };

    beforeAll(async () => {
      app = await open();
    });
    afterEach(async () => {
      await Promise.all(proxies.map((each) => each.mode('pass')));
      await Promise.all(backends.map((each) => each.close()));
      await Promise.all(proxies.map((each) => each.stop()));
      backends = [];
      proxies = [];
      await app.lose();
    });
    afterAll(async () => {
      await app.server.remove();
    });

    it('bring every job that was added to a handler', async () => {
      const at = backend();
      const ids = Array.from({ length: 1_200 }, (_, i) => `m${i}`);
      const { seen } = await listen(at);
      await at.producer().addMany([...ids.map((id) => mail(id)), { queue: 'outbound', row: 'l1', fence: '1' }]);
      await until('all came', () => seen.length >= ids.length, 20_000);
      expect(new Set(seen)).toEqual(new Set(ids.map((id) => `${id}/1`)));
      expect((await at.counts()).outbound.waiting).toBe(1);
    });

    it('pass over an id that was added before, waiting or done', async () => {
      const at = backend();
      await at.producer().addMany([mail('a'), mail('a')]);
      await at.producer().addMany([mail('a')]);
      const { seen } = await listen(at);
      await until('it came', () => seen.length > 0, 5_000);
      await at.producer().addMany([mail('a')]);
      await at.producer().addMany([mail('a'), mail('b')]);
      await until('the other came', () => seen.includes('b/1'), 5_000);
      await sleep(200);
      expect(seen.filter((each) => each === 'a/1')).toHaveLength(1);
    });

    it('run a job of a newer fencing number although the older one is completed or failed', async () => {
      const at = backend();
      const { seen } = await listen(at, async (job) => {
        if (job.kind === 'mail' && job.mail === 'bad') throw new Failure('claim-lost', 'no');
        return 'done';
      });
      for (const fence of ['1', '2']) {
        await at.producer().addMany([mail('good', fence), mail('bad', fence)]);
        await until('both came', () => seen.includes(`good/${fence}`) && seen.includes(`bad/${fence}`), 5_000);
      }
      await until('both failed', async () => (await at.counts()).intake.failed === 2, 5_000);
    });

    it('tell what waits and since when, and what failed by its cause, with the rows behind it', async () => {
      const at = backend();
      const { seen } = await listen(at, async (job) => {
        if (job.kind === 'mail' && job.mail.startsWith('bad')) throw new Failure('parser-crashed', 'no');
        return 'done';
      });
      await at.producer().addMany([mail('bad1'), mail('bad2'), mail('good')]);
      await until('all came', () => seen.length >= 3, 5_000);
      const cause = async () => (await at.failures('intake')).find((one) => one.cause === 'parser-crashed');
      await until('both are shown', async () => (await cause())?.jobs === 2, 5_000);
      expect(new Set((await cause())?.rows)).toEqual(new Set(['bad1', 'bad2']));
      const before = Date.now();
      await at.producer().addMany([{ queue: 'outbound', row: 'l1', fence: '1' }]);
      const outbound = (await at.look()).find((one) => one.queue === 'outbound');
      expect(outbound).toMatchObject({ waiting: 1, active: 0, paused: false });
      expect(Math.abs(Date.parse(outbound?.oldest ?? '') - before)).toBeLessThan(5_000);
    });

    it('hand nothing out while one is paused, keep what waits, and go on when it is resumed', async () => {
      const at = backend();
      let silent = false;
      const seen: string[] = [];
      const consumer = at.consume(
        'intake',
        async (job) => {
          if (job.kind === 'mail') seen.push(job.mail);
          return 'done';
        },
        {
          ...calm,
          onSilence: () => {
            silent = true;
          },
        },
      );
      await consumer.ready;
      await at.pause('intake');
      await at.pause('intake');
      await at.producer().addMany([mail('waits'), mail('too')]);
      await sleep(1_500);
      expect(seen).toEqual([]);
      const standing = async () => (await at.look()).find((one) => one.queue === 'intake');
      expect(await standing()).toMatchObject({ paused: true });
      expect((await standing())?.waiting).toBeGreaterThanOrEqual(2);
      expect((await standing())?.oldest).not.toBeNull();
      expect((await at.counts()).intake.paused).toBeGreaterThanOrEqual(2);
      expect(silent).toBe(false);
      await at.resume('intake');
      await until('they came', () => seen.length === 2, 10_000);
      expect(await standing()).toMatchObject({ paused: false });
    });

    it('are no silence for their workers while they are paused, and do not fill with ticks', async () => {
      const at = backend({ silence: 3_000, scheduleCheck: 200, longestWait: 400 });
      let silent = 0;
      const consumer = at.consume('upkeep', async () => 'done', {
        ...calm,
        onSilence: () => {
          silent += 1;
        },
      });
      await consumer.ready;
      await at.pause('upkeep');
      await sleep(6_000);
      expect(silent).toBe(0);
      const standing = (await at.look()).find((one) => one.queue === 'upkeep');
      // Each kind of tick waits once, or was begun.
      expect(standing?.waiting).toBeLessThanOrEqual(kinds + 1);
      await at.resume('upkeep');
    });

    it('throw away what waits in one and leave the others', async () => {
      const at = backend();
      await at.pause('intake');
      await at.producer().addMany([mail('x'), mail('y'), { queue: 'outbound', row: 'l1', fence: '1' }]);
      const { thrown, left } = await at.empty('intake');
      expect(thrown).toBeGreaterThanOrEqual(2);
      expect(left).toBe(0);
      const all = await at.look();
      expect(all.find((one) => one.queue === 'intake')).toMatchObject({ waiting: 0 });
      expect(all.find((one) => one.queue === 'outbound')).toMatchObject({ waiting: 1 });
      await at.resume('intake');
    });

    it('are emptied as far as it goes in one time, of whatever waits in them, and say what is left', async () => {
      const quick = backend({ producerTimeout: 1 });
      const at = backend();
      await at.pause('outbound');
      const letters = Array.from(
        { length: 2_500 },
        (_, i) => ({ queue: 'outbound', row: `m${i}`, fence: '1' }) as const,
      );
      await at.producer().addMany(letters);
      const before = (await at.look()).find((one) => one.queue === 'outbound')?.waiting ?? 0;
      // In no time nothing is said to be done that was not.
      await expect(quick.empty('outbound')).rejects.toMatchObject({ code: 'queue-away' });
      let all = 0;
      for (let tries = 0; tries < 20; tries += 1) {
        const { thrown, left } = await at.empty('outbound');
        all += thrown;
        if (left === 0) break;
      }
      expect(all).toBe(before);
      expect((await at.look()).find((one) => one.queue === 'outbound')).toMatchObject({ waiting: 0 });
      await at.resume('outbound');
    });

    it('do not try again what has to stop, and try again what may, after a wait', async () => {
      const at = backend();
      const times: number[] = [];
      const { seen } = await listen(at, async (job) => {
        if (job.kind !== 'mail') return 'done';
        if (job.mail === 'stop') throw new Failure('parser-overrun', 'too much');
        if (job.mail === 'ask') throw new Failure('smtp-login-refused', 'who');
        times.push(performance.now());
        if (times.length < 3) throw new Failure('database-away', 'later');
        return 'done';
      });
      await at.producer().addMany([mail('stop'), mail('ask'), mail('again')]);
      await until('three tries', () => times.length === 3, 10_000);
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(250);
      expect(seen.filter((each) => each === 'stop/1')).toHaveLength(1);
      expect(seen.filter((each) => each === 'ask/1')).toHaveLength(1);
    });

    it('bring back by itself what failed of the many that were added at once', async () => {
      const at = backend();
      const { seen } = await listen(at, async (job) => {
        if (job.kind !== 'mail') return 'done';
        if (job.mail === 'p5') throw new Failure('parser-overrun', 'too much');
        if (job.mail === 'p3' && seen.filter((each) => each === 'p3/1').length < 2)
          throw new Failure('database-away', 'later');
        return 'done';
      });
      const ids = Array.from({ length: 8 }, (_, i) => `p${i}`);
      await at.producer().addMany(ids.map((id) => mail(id)));
      await until('the one came again', () => seen.filter((each) => each === 'p3/1').length === 2, 10_000);
      await until('the other is shown as failed', async () => (await at.counts()).intake.failed === 1, 5_000);
      await sleep(1_500);
      expect(seen.toSorted()).toEqual([...ids, 'p3'].map((id) => `${id}/1`).toSorted());
    });

    it('leave to others what a worker that closes has not begun', async () => {
      const at = backend();
      const begun: string[] = [];
      const ended: string[] = [];
      const slow = at.consume(
        'intake',
        async (job) => {
          if (job.kind !== 'mail') return 'done';
          begun.push(job.mail);
          await sleep(1_000);
          ended.push(job.mail);
          return 'done';
        },
        { ...calm, concurrency: 2 },
      );
      const ids = Array.from({ length: 8 }, (_, i) => `c${i}`);
      await at.producer().addMany(ids.map((id) => mail(id)));
      await until('two are in hand', () => begun.length === 2, 5_000);
      await slow.close();
      expect(begun).toHaveLength(2);
      expect(ended).toEqual(begun);
      const { seen } = await listen(backend());
      await until('the rest came', () => seen.length === 6, 10_000);
      expect([...seen.map((each) => each.split('/')[0]), ...begun].toSorted()).toEqual(ids);
    });

    it('keep no word of what went wrong beyond its code', async () => {
      const at = backend();
      let surprise: unknown;
      at.consume(
        'intake',
        async (job) => {
          if (job.kind === 'tick') return 'done';
          if (job.mail === 'known') throw new Failure('parser-crashed', 'PIN 4711');
          throw new TypeError('PIN 4711');
        },
        { ...calm, onSurprise: (error) => (surprise = error) },
      );
      await at.producer().addMany([mail('known'), mail('surprise')]);
      await until('both failed', async () => (await at.counts()).intake.failed === 2, 10_000);
      const failed = await at.boardQueues()[0]?.getFailed();
      const words = JSON.stringify(failed?.map((job) => [job.failedReason, job.stacktrace, job.data]));
      expect(words).toContain('parser-crashed');
      expect(words).toContain('TypeError');
      expect(words).not.toContain('4711');
      expect(surprise).toBeInstanceOf(TypeError);
    });

    it('give the job of a killed worker to another', async () => {
      const at = backend();
      const { redisUrl, databaseUrl } = app.urls(app.server.port);
      const given = JSON.stringify([redisUrl, databaseUrl, quick]);
      const child = fork(fileURLToPath(new URL('queue-worker.ts', import.meta.url)), [given], { execArgv: [] });
      const taken = new Promise<string>((resolve) => child.once('message', (id) => resolve(String(id))));
      await at.producer().addMany([mail('left')]);
      expect(await taken).toBe('left');
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      const { seen } = await listen(at);
      await until('it came again', () => seen.includes('left/1'), 10_000);
    });

    it('forget what is completed after a while', async () => {
      const at = backend({ keepCompleted: 1_500 });
      const { seen } = await listen(at);
      await at.producer().addMany([mail('a'), mail('b')]);
      await until('both came', () => seen.length === 2, 5_000);
      const kept = async () => (await at.boardQueues()[0]?.getCompleted())?.filter((job) => job.name === 'mail').length;
      await until('both are kept', async () => (await kept()) === 2, 1_000);
      await until('both are gone', async () => (await kept()) === 0, 5_000);
    });

    it('let the job in hand finish before they close, and take no more', async () => {
      const at = backend();
      let finished = false;
      const { seen, consumer } = await listen(at, async () => {
        await sleep(800);
        finished = true;
        return 'done';
      });
      await at.producer().addMany([mail('in-hand')]);
      await until('it is in hand', () => seen.length === 1, 5_000);
      const closed = consumer.close();
      await sleep(200);
      await at.producer().addMany([mail('later')]);
      await closed;
      expect(finished).toBe(true);
      expect(seen).toEqual(['in-hand/1']);
      expect((await at.counts()).intake).toMatchObject({ active: 0, waiting: 1, failed: 0 });
    });

    it('do not wait for ever for a job that does not finish', async () => {
      const at = backend({ closeWithin: 500 });
      const { seen, consumer } = await listen(at, () => new Promise(() => {}));
      await at.producer().addMany([mail('stuck')]);
      await until('it is in hand', () => seen.length === 1, 5_000);
      const start = performance.now();
      await consumer.close();
      expect(performance.now() - start).toBeLessThan(1_500);
    });

    it('run each tick once, however many set it up', async () => {
      // Ticks fall on full half minutes by the clock: one that is due while we look would be a second one, and right.
      const intoHalfMinute = Date.now() % 30_000;
      if (intoHalfMinute > 22_000) await sleep(30_000 - intoHalfMinute);
      // They are set up on full seconds: all three within one.
      await sleep(1_200 - (Date.now() % 1_000));
      const ticked: string[] = [];
      const all = [backend(), backend(), backend()];
      const consumeTicks = (at: QueueBackend) =>
        at.consume(
          'upkeep',
          async (job) => {
            ticked.push(job.tick);
            return 'done';
          },
          calm,
        );
      const consumers = all.map(consumeTicks);
      const began = Date.now();
      await until('all ticked', () => new Set(ticked).size === kinds, 5_000);
      // Restarted, one after another.
      for (const [i, at] of all.entries()) {
        await consumers[i]?.close();
        await consumeTicks(at).ready;
      }
      await sleep(1_500);
      for (const tick of frequent)
        expect(ticked.filter((one) => one === tick).length, tick).toBeLessThanOrEqual(
          2 + Math.floor((Date.now() - began) / ticks.upkeep[tick]),
        );
      expect(ticked.filter((tick) => !frequent.some((one) => one === tick)).sort()).toEqual(['clock', 'sweep']);
      // Each kind, and the heartbeat. The frequent ones may be on their way.
      const counts = (await all[0]?.counts())?.upkeep;
      expect(counts).toMatchObject({ failed: 0 });
      expect((counts?.waiting ?? 0) + (counts?.active ?? 0) + (counts?.delayed ?? 0)).toBeLessThanOrEqual(
        kinds + 1 + frequent.length,
      );
    });

    it('have their ticks back after everything in them was lost, and go on', async () => {
      const at = backend();
      const ticked: string[] = [];
      await at.consume(
        'upkeep',
        async (job) => {
          ticked.push(job.tick);
          return 'done';
        },
        calm,
      ).ready;
      const { seen } = await listen(at);
      await until('all ticked', () => new Set(ticked).size === kinds, 5_000);
      ticked.length = 0;
      await app.lose();
      await until('all ticked again', () => new Set(ticked).size === kinds, 15_000);
      await at.producer().addMany([mail('after')]);
      await until('work goes on', () => seen.includes('after/1'), 10_000);
      await until('all tick', async () => (await at.counts()).upkeep.delayed >= 4, 5_000);
    });

    it('say soon that they are away, and go on within 5 s when they are back', async () => {
      const at = backend();
      const { seen } = await listen(at);
      await at.producer().addMany([mail('before')]);
      await until('it came', () => seen.length === 1, 5_000);
      await app.server.stop();
      const start = performance.now();
      await Promise.all([
        expect(at.producer().addMany([mail('lost')])).rejects.toMatchObject({ code: 'queue-away' }),
        expect(at.counts()).rejects.toMatchObject({ code: 'queue-away' }),
      ]);
      expect(performance.now() - start).toBeLessThan(5_000);
      expect(await at.check()).toHaveLength(1);
      await sleep(500);
      await app.server.start();
      await until(
        'the next job',
        async () => {
          await at
            .producer()
            .addMany([mail('after')])
            .catch(() => sleep(50));
          return seen.includes('after/1');
        },
        5_000,
      );
    });

    it('begin when their server is there, also if it was away at the start', async () => {
      await app.server.stop();
      const at = backend({ producerTimeout: 1_500 });
      const seen: string[] = [];
      const consumer = at.consume(
        'intake',
        async (job) => {
          if (job.kind === 'mail') seen.push(job.mail);
          return 'done';
        },
        calm,
      );
      await expect(at.producer().addMany([mail('early')])).rejects.toMatchObject({ code: 'queue-away' });
      await sleep(1_000);
      await app.server.start();
      await consumer.ready;
      await until(
        'the producer is back',
        () =>
          at
            .producer()
            .addMany([mail('now')])
            .then(
              () => true,
              () => false,
            ),
        5_000,
      );
      await until('it came', () => seen.includes('now'), 5_000);
    });

    whenInFull(
      'notice within 15 s that a link has lost its way without a word, and go on when there is one again',
      async () => {
        const link = await proxy();
        const words: string[] = [];
        const warn: Log['warn'] = (_fields, message) => words.push(message);
        const far = backend({}, link.port, { ...silentLog, warn });
        const near = backend();
        const { seen } = await listen(far);
        await far.producer().addMany([mail('before')]);
        await until('it came', () => seen.length === 1, 5_000);
        await sleep(300);
        await link.mode('drop');
        await near.producer().addMany([mail('meanwhile')]);
        const lost = performance.now();
        const noticed = until('the worker noticed', () => words.includes('the queues do not answer'), 15_000);
        await expect(far.producer().addMany([mail('lost')])).rejects.toMatchObject({ code: 'queue-away' });
        expect(performance.now() - lost).toBeLessThan(5_000);
        await noticed;
        // Connections made now get no answer either.
        await expect(far.producer().addMany([mail('lost')])).rejects.toMatchObject({ code: 'queue-away' });
        expect(seen).toEqual(['before/1']);
        await link.mode('pass');
        await until('what came meanwhile', () => seen.includes('meanwhile/1'), 15_000);
        await far.producer().addMany([mail('again')]);
        await until('the next', () => seen.includes('again/1'), 5_000);
        // The notification too, and not only the question asked every few seconds.
        let quiet = 0;
        await until(
          'jobs come at once',
          async () => {
            quiet += 1;
            await near.producer().addMany([mail(`bell-${quiet}`)]);
            await sleep(300);
            const ticked = seen.includes(`bell-${quiet}/1`);
            await until('it came', () => seen.includes(`bell-${quiet}/1`), 6_000);
            return ticked;
          },
          10_000,
        );
      },
    );

    whenInFull('go on by new connections where only the old ones are dead, within 15 s', async () => {
      const link = await proxy();
      const far = backend({}, link.port);
      const near = backend();
      const { seen } = await listen(far);
      await far.producer().addMany([mail('before')]);
      await until('it came', () => seen.length === 1, 5_000);
      await sleep(300);
      const start = performance.now();
      await link.mode('drop');
      await near.producer().addMany([mail('rings-into-nothing')]);
      await sleep(500);
      await link.mode('pass');
      await near.producer().addMany([mail('after')]);
      await until('the worker is back', () => seen.includes('after/1'), 15_000);
      await until(
        'the producer is back',
        () =>
          far
            .producer()
            .addMany([mail('again')])
            .then(
              () => true,
              () => false,
            ),
        15_000,
      );
      expect(performance.now() - start).toBeLessThan(15_000);
      await until('and all came', () => new Set(seen).size === 4, 6_000);
    });

    whenInFull('add once what was held up on its way and handed in again', async () => {
      const link = await proxy();
      const far = backend({ producerTimeout: 1_500 }, link.port);
      const { seen } = await listen(backend());
      await far.producer().addMany([mail('first')]);
      await link.mode('hold');
      await expect(far.producer().addMany([mail('held')])).rejects.toMatchObject({ code: 'queue-away' });
      await link.mode('pass');
      await until(
        'it is taken',
        () =>
          far
            .producer()
            .addMany([mail('held'), mail('last')])
            .then(
              () => true,
              () => false,
            ),
        5_000,
      );
      await until('all came', () => seen.includes('last/1'), 5_000);
      await sleep(300);
      expect(seen.sort()).toEqual(['first/1', 'held/1', 'last/1']);
    });

    it('go on after connections were reset and refused', async () => {
      const link = await proxy();
      const far = backend({}, link.port);
      const { seen } = await listen(far);
      await far.producer().addMany([mail('before')]);
      await until('it came', () => seen.length === 1, 5_000);
      await link.mode('reset');
      await sleep(300);
      await link.mode('refuse');
      await expect(far.producer().addMany([mail('lost')])).rejects.toMatchObject({ code: 'queue-away' });
      await link.mode('pass');
      const add = (row: string) =>
        far
          .producer()
          .addMany([mail(row)])
          .then(
            () => true,
            () => false,
          );
      await until('the producer is back', () => add('after'), 5_000);
      await until('it came', () => seen.includes('after/1'), 5_000);
    });

    it('say so when nothing comes, and keep still while others take the heartbeats', async () => {
      const silent: number[] = [];
      const all = [1, 2, 3].map((each) => [each, backend({ silence: 3_000, longestWait: 300 })] as const);
      for (const [each, at] of all)
        await at.consume('intake', async () => 'done', { concurrency: 1, onSilence: () => silent.push(each) }).ready;
      await sleep(4_000);
      expect(silent).toEqual([]);
      await app.server.stop();
      await until('all are silent', () => silent.length === 3, 8_000);
      await app.server.start();
      await sleep(500);
    });

    it('find nothing wrong with a server that is set up well', async () => {
      expect(await backend().check()).toEqual([]);
    });
  });
}
