import { get } from 'node:http';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { openReports } from '../../../src/flows/reports/reports.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { openQueueBackend } from '../../../src/queues/backend.ts';
import { migrateQueues } from '../../../src/queues/server/schema.ts';
import type { QueueBackend } from '../../../src/queues/types.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { queueBoard } from '../../../src/web/board.ts';
import { createMeter } from '../../../src/web/metrics.ts';
import { Problem, problemOf, problemResponse } from '../../../src/web/problem.ts';
import { startRedis } from '../../support/servers/redis.ts';
import { addLetter, addMail, openWeb, type TestWeb, told } from './support.ts';

describe('health and metrics', () => {
  let web: TestWeb;
  let state = { ready: true, reasons: [] as string[], notes: ['2 letters <wait>'] };
  const metrics = createMeter();
  beforeAll(async () => {
    web = await openWeb({ metrics, readiness: async () => state });
    await addMail(web, { raw: 'one' });
    await addMail(web, { raw: 'two' });
    await addLetter(web, { state: 'waiting' });
    await web.sql(
      "insert into outbox (queue, row_id, fence, created_at) values ('intake', 1, 1, now() - interval '90 s')",
    );
    await web.sql("insert into mailboxes (name, watermark, seen, stored, duplicates) values ('support', 41, 10, 6, 1)");
  });
  afterAll(() => web.close());
  const open = (path: string) => web.ask(path, { headers: { authorization: '' } });

  it('is alive while it answers, and ready only when everything it needs is', async () => {
    expect((await open('/healthz')).status).toBe(200);
    expect((await open('/readyz')).status).toBe(200);
    expect(await told(await open('/readyz'))).toEqual({ status: 'ready', reasons: [], notes: state.notes });
    expect(await (await open('/')).text()).toContain('2 letters &lt;wait&gt;');
    state = { ...state, ready: false, reasons: ['the database does not answer'] };
    const answer = await open('/readyz');
    expect(answer.status).toBe(503);
    expect(await told(answer)).toMatchObject({ reasons: ['the database does not answer'] });
    expect(await (await open('/')).text()).toContain('the database does not answer');
    expect((await open('/healthz')).status).toBe(200);
    state = { ...state, ready: true, reasons: [] };
  });
  it('shows what the modules count and the state of the system now', async () => {
    metrics.count('postern_mails_decided_total', { outcome: 'case-opened' });
    metrics.count('postern_mails_decided_total', { outcome: 'case-opened' }, 2);
    metrics.observe('postern_intake_seconds', 0.2);
    metrics.gauge('postern_something', 3, { kind: 'a' });
    const answer = await open('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const lines = (await answer.text()).split('\n');
    for (const line of [
      'postern_mails_decided_total{outcome="case-opened"} 3',
      'postern_intake_seconds_count 1',
      'postern_something{kind="a"} 3',
      'postern_mails{state="new"} 2',
      'postern_mails{state="dead"} 0',
      'postern_letters{state="waiting"} 1',
      'postern_outbox_rows 1',
      'postern_mailbox_unaccounted{mailbox="support"} 3',
      'postern_mailbox_watermark{mailbox="support"} 41',
      'postern_database_up 1',
    ])
      expect(lines).toContain(line);
    expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_seconds '))).toBe(true);
  });
  it('never lets a number that does not fit stop the work it counts', () => {
    metrics.count('postern_mails_decided_total', { other: 'label' });
    metrics.count('postern_something');
    metrics.gauge('postern_mails', 9);
    metrics.observe('postern_intake_seconds', Number.NaN);
    metrics.count('postern_mails_decided_total', { outcome: 'x' }, -1);
  });
  it('says that the database is away, and still answers', async () => {
    const database = openDatabase('postgres://nobody@127.0.0.1:1/none', silentLog);
    const lost = await openWeb({ reports: openReports(database, holidaysOf) });
    const answer = await lost.ask('/metrics');
    expect(await answer.text()).toContain('postern_database_up 0');
    expect((await lost.ask('/api/v1/cases')).status).toBe(503);
    await database.close();
    await lost.close();
  });
  it('listens, serves over HTTP, and closes with a connection kept open', async () => {
    const listening = await web.web.listen({ host: '127.0.0.1', port: 0 });
    const headers = await new Promise<Record<string, unknown>>((done, failed) => {
      get(`http://127.0.0.1:${listening.port}/`, { agent: undefined }, (answer) => {
        answer.resume().once('end', () => done(answer.headers));
      }).once('error', failed);
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    await expect(web.web.listen({ host: '127.0.0.1', port: listening.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    const began = performance.now();
    await listening.close();
    expect(performance.now() - began).toBeLessThan(6_000);
  });
});

describe.each(['PostgreSQL', 'Redis'])('the view of the queues on %s', (kind) => {
  let web: TestWeb;
  let queues: QueueBackend;
  const closers: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const probe = await openWeb();
    const redis = kind === 'Redis' ? await startRedis() : null;
    if (!redis) await migrateQueues(probe.url);
    queues = openQueueBackend({ redisUrl: redis?.url ?? null, databaseUrl: probe.url, log: silentLog });
    web = await openWeb({ queues });
    closers.push(
      () => queues.close(),
      () => web.close(),
      () => probe.close(),
      async () => redis?.stop(),
    );
    await queues.producer().addMany([{ queue: 'intake', row: '12', fence: '1' }]);
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });
  /** Whoever has signed in to the console gets here. */
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    new Hono({ strict: false })
      .route('/queues/board', queueBoard('/queues/board', queues))
      .onError((error) => problemResponse(problemOf(error) ?? new Problem(500, String(error))))
      .request(path, init);

  it('shows every queue read-only, with its jobs', async () => {
    for (const path of ['/queues/board', '/queues/board/', '/queues/board/queue/intake'])
      expect((await ask(path)).status).toBe(200);
    const { queues: shown } = await told(await ask('/queues/board/api/queues?activeQueue=intake'));
    expect(shown.map((one: { name: string }) => one.name)).toEqual(['intake', 'outbound', 'upkeep']);
    expect(shown.every((one: { readOnlyMode: boolean }) => one.readOnlyMode)).toBe(true);
    expect(shown[0].counts.waiting + (shown[0].counts.prioritized ?? 0)).toBe(1);
  });
  it('serves its page with scripts of its own, a policy that lets nothing in from elsewhere, and a frame of ours', async () => {
    const answer = await ask('/queues/board');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const page = await answer.text();
    const script = /src="(static\/js\/main[^"]+)"/.exec(page)?.[1];
    const served = await ask(`/queues/board/${script}`);
    expect(served.status).toBe(200);
    expect(served.headers.get('content-type')).toContain('javascript');
    await served.arrayBuffer();
  });
  it('refuses everything that would change a queue', async () => {
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH'])
      for (const path of ['api/queues/intake/pause', 'api/queues/intake/clean/completed'])
        expect((await ask(`/queues/board/${path}`, { method })).status).toBe(405);
    expect((await queues.counts()).intake.waiting).toBe(1);
  });
  it('counts the jobs of every queue for Prometheus', async () => {
    const text = await (await web.ask('/metrics')).text();
    expect(text).toContain('postern_queue_jobs{queue="intake",state="waiting"} 1');
    expect(text).toContain('postern_queues_up 1');
  });
});
