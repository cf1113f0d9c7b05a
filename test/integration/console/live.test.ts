import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openPoller } from '../../../src/web/console/live/poller.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

const soon = async (check: () => boolean) => {
  const end = Date.now() + 5_000;
  while (!check()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 5));
  }
};

describe('figures that are looked at for all who watch', () => {
  it('are asked while somebody watches, and only then; each hears first all and then what has changed', async () => {
    let asked = 0;
    const source = async () => {
      asked += 1;
      return { 'held.count': String(Math.min(asked, 3)), 'queues.state': 'moving' };
    };
    const poller = openPoller([source], { log: silentLog, everyMs: 20 });
    const [one, other]: Record<string, string>[][] = [[], []];
    const leave = poller.watch((figures) => one?.push({ ...figures }));
    await soon(() => (one?.length ?? 0) >= 2);
    const leaveToo = poller.watch((figures) => other?.push({ ...figures }));
    await soon(() => (other?.length ?? 0) >= 1 && asked >= 4);
    expect(one?.[0]).toHaveProperty('queues.state', 'moving');
    expect(one?.at(-1)).toEqual({ 'held.count': '3' });
    expect(other?.[0]).toHaveProperty('queues.state', 'moving');
    leave();
    leaveToo();
    const before = asked;
    await new Promise((done) => setTimeout(done, 100));
    expect([asked - before <= 1, poller.watchers]).toEqual([true, 0]);
  });
  it('stay as they were known while a source fails or does not answer, and the others go on', async () => {
    let fails = false;
    let count = 0;
    const sources = [
      async () => {
        if (fails) throw new Error('away');
        return { a: 'known' };
      },
      async () => {
        count += 1;
        return { b: String(count) };
      },
    ];
    const poller = openPoller(sources, { log: silentLog, everyMs: 5 });
    expect(await poller.now()).toEqual({ a: 'known', b: '1' });
    fails = true;
    await new Promise((done) => setTimeout(done, 15));
    expect(await poller.now()).toEqual({ a: 'known', b: '2' });
    const slow = openPoller([() => new Promise<never>(() => {})], { log: silentLog, waitMs: 10 });
    expect(await slow.now()).toEqual({});
  });
});

describe('figures after something was done', () => {
  it('are looked at anew for the next page, however long that takes, and soon told to whoever watches', async () => {
    let held = 8;
    const answers: (() => void)[] = [];
    const source = async () => {
      const seen = String(held);
      await new Promise<void>((done) => answers.push(done));
      return { 'held.count': seen };
    };
    const poller = openPoller([source], { log: silentLog, waitMs: 5, soonMs: 10, everyMs: 60_000 });
    const told: (string | undefined)[] = [];
    const leave = poller.watch((figures) => told.push(figures['held.count']));
    await soon(() => answers.length === 1);
    answers[0]?.();
    await soon(() => told.length === 1);
    held = 7;
    poller.forget();
    const page = poller.now();
    await soon(() => answers.length === 2);
    // Something more is done while it is looked at: that look is of before.
    held = 6;
    poller.forget();
    const next = poller.now();
    setTimeout(() => answers[1]?.(), 50);
    await soon(() => answers.length === 3);
    setTimeout(() => answers[2]?.(), 50);
    expect([await page, await next].at(-1)).toEqual({ 'held.count': '6' });
    await soon(() => told.at(-1) === '6');
    leave();
  });
});

describe('the stream of a page', () => {
  let postern: TestConsole;
  beforeAll(async () => {
    postern = await startConsole();
  });
  afterAll(() => postern.stop());

  it('needs a session', async () => {
    const answer = await postern.ask('/live', { headers: { accept: 'text/event-stream' } });
    expect(answer.status).toBe(401);
  });
  it('is a stream of events that is neither compressed nor kept, and does not hold up the end of the server', async () => {
    const kim = await postern.as('kim');
    const answer = await kim.get('/live', { accept: 'text/event-stream', 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(answer.headers.get('content-encoding')).toBeNull();
    const reader = answer.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    expect(first).toMatch(/^event: figures\ndata: \{/);
    const began = performance.now();
    await postern.web.close();
    expect(performance.now() - began).toBeLessThan(3_000);
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read());
  });
});
