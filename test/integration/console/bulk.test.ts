import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BulkDeps, openBulkRuns, workOnBulkRuns } from '../../../src/flows/bulk/bulk-runs.ts';
import { Failure } from '../../../src/foundation/failure.ts';
import { openConsole } from '../../../workers/console.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
let deps: BulkDeps;
beforeAll(async () => {
  postern = await startConsole();
  const { database, acts, log } = postern.app;
  deps = { database, acts, log, perform: openConsole(postern.app).perform };
});
afterAll(() => postern.stop());
beforeEach(() => postern.anew());

const senders = (count: number) => Array.from({ length: count }, (_, i) => `spam-${i}@elsewhere.example`);
const blocking = (count: number, staff = 'kim@desk.example') => ({
  ...{ act: 'block-sender', says: 'Block', back: '/keys', staff },
  items: senders(count).map((sender) => ({ label: sender, input: { sender } })),
});
const blocked = async () => (await postern.query('select key from blocked_senders where lifted_at is null')).length;
const states = async () =>
  (await postern.query<{ state: string }>('select state from bulk_items order by position')).map(({ state }) => state);

/** What the acts are asked for, and when they answer. */
function watched(given: { before?: (n: number) => Promise<void> | void } = {}) {
  const asked: unknown[] = [];
  const perform: BulkDeps['perform'] = async (act, input, how) => {
    asked.push(input);
    await given.before?.(asked.length);
    return deps.perform(act, input, how);
  };
  return { asked, deps: { ...deps, perform } };
}

describe('one act on many things', () => {
  it('is done to each by itself, for whoever asked, and its page says so', async () => {
    const bulk = openBulkRuns(deps);
    const id = await bulk.start(blocking(30));
    await bulk.settled();
    expect([await blocked(), await bulk.find(id)]).toEqual([
      30,
      expect.objectContaining({ state: 'done', done: 30, not: 0 }),
    ]);
    const audit = await postern.query<{ action: string; n: string }>(
      "select action, count(*) as n from audit where actor = 'console for kim@desk.example' and action !~ 'session' group by 1 order by 1",
    );
    expect(audit).toEqual([
      { action: 'bulk-run-started', n: '1' },
      { action: 'sender-blocked', n: '30' },
    ]);
    const vic = await postern.as('vic');
    const page = await vic.page(`/bulk/${id}`);
    expect(page).toContain('All 30 are done.');
    expect(page).not.toContain('data-key="z"');
    expect(await vic.page('/bulk')).toContain(`href="/bulk/${id}"`);
  });
  it('is taken back by one button, each by itself, the last first', async () => {
    const bulk = openBulkRuns(deps);
    const id = await bulk.start(blocking(5));
    await bulk.settled();
    const kim = await postern.as('kim');
    expect(await kim.page(`/bulk/${id}`)).toContain('Undo 5');
    const answer = await kim.post(`/bulk/${id}/undo`, {});
    const undo = answer.headers.get('location') ?? '';
    await postern.until('all are taken back', async () => (await blocked()) === 0);
    await postern.until('it says so', async () => (await kim.page(undo)).includes('All 5 are done.'));
  });
  it('goes on past what cannot be done, and says of each why not', async () => {
    const bulk = openBulkRuns(deps);
    const good = { label: 'good', input: { sender: 'a@b.example' } };
    const items = [{ label: 'odd', input: { sender: 'nobody' } }, good, { label: 'none', input: {} }];
    const id = await bulk.start({ ...blocking(1), items });
    await bulk.settled();
    expect(await states()).toEqual(['failed', 'done', 'failed']);
    expect(await (await postern.as('kim')).page(`/bulk/${id}`)).toContain('1 of 3 done, 2 not.');
  });
  it('does nothing to what would become something else than was shown', async () => {
    const bulk = openBulkRuns(deps);
    const items = [{ label: 'shown', input: { sender: 'a@b.example' }, expect: '0'.repeat(32) }];
    const id = await bulk.start({ ...blocking(1), items });
    await bulk.settled();
    expect([await blocked(), (await bulk.items(id, 'missed'))[0]?.says]).toEqual([
      0,
      expect.stringContaining('than was shown'),
    ]);
  });
  it('is refused where nothing is chosen, or more than a run may hold', async () => {
    const bulk = openBulkRuns(deps);
    await expect(bulk.start(blocking(0))).rejects.toThrow('Nothing is chosen.');
    await expect(bulk.start(blocking(5_001))).rejects.toThrow('choose 5000 at most');
  });
});

describe('a run', () => {
  it('stops after the item at hand, and goes on from there when somebody says so', async () => {
    const reached = Promise.withResolvers<void>();
    const goes = Promise.withResolvers<void>();
    const slow = watched({
      before: async (n) => {
        if (n !== 3) return;
        reached.resolve();
        await goes.promise;
      },
    });
    const bulk = openBulkRuns(slow.deps);
    const id = await bulk.start(blocking(6));
    await reached.promise;
    const kim = await postern.as('kim');
    expect(await kim.page(`/bulk/${id}`)).toContain('2 of 6 done, 4 to go.');
    expect((await kim.post(`/bulk/${id}/stop`, {})).status).toBe(303);
    goes.resolve();
    await bulk.settled();
    expect([await blocked(), await states()]).toEqual([3, ['done', 'done', 'done', 'waiting', 'waiting', 'waiting']]);
    expect(await kim.page(`/bulk/${id}`)).toContain('Stopped by kim@desk.example: 3 of 6 done. 3 are as they were.');
    await kim.post(`/bulk/${id}/resume`, {});
    await postern.until('it went on', async () => (await blocked()) === 6);
  });
  it('is worked on by one alone, whoever looks', async () => {
    const counted = watched();
    const idle = openBulkRuns({ ...deps, perform: async () => Promise.reject(new Failure('database-away', 'away')) });
    await idle.start(blocking(40));
    await idle.settled();
    await Promise.all(Array.from({ length: 4 }, () => workOnBulkRuns(counted.deps)));
    await workOnBulkRuns(counted.deps);
    expect([counted.asked.length, await blocked()]).toEqual([40, 40]);
  });
  it('goes on by the clock where a process died within it; what may have been done is said', async () => {
    const [first] = senders(1);
    const id = await openBulkRuns({ ...deps, perform: () => new Promise(() => {}) }).start({
      ...blocking(1),
      act: 'refuse-mail',
      items: [{ label: 'a mail', input: { mail: '999' } }],
    });
    await openBulkRuns({ ...deps, perform: () => new Promise(() => {}) }).start(blocking(2));
    expect(first).toBeDefined();
    await postern.until(
      'both are at work',
      async () => (await states()).filter((one) => one === 'at-work').length === 2,
    );
    expect(await workOnBulkRuns(deps)).toBeLessThan(3);
    await postern.query("update bulk_runs set claimed_until = now() - interval '1 second'");
    await postern.runClock();
    expect([await blocked(), (await states()).toSorted()]).toEqual([2, ['declined', 'done', 'done']]);
    const page = await (await postern.as('kim')).page(`/bulk/${id}`);
    expect(page).toContain('It may have been done just before this was interrupted');
  });
  it('stays as it is while the database or the queues are away, and goes on then', async () => {
    const away = watched({
      before: (n) => {
        if (n === 2) throw new Failure('database-away', 'away');
      },
    });
    await openBulkRuns(away.deps).start(blocking(4));
    await postern.until('it was interrupted', async () => away.asked.length === 2);
    await postern.until(
      'it is left',
      async () => (await postern.query('select 1 from bulk_runs where claimed_until is null')).length === 1,
    );
    expect(await states()).toEqual(['done', 'at-work', 'waiting', 'waiting']);
    await postern.runClock();
    expect(await states()).toEqual(['done', 'done', 'done', 'done']);
  });
  it('is nobody’s to turn who may not do the act to one, and no item is done for who is none of ours any more', async () => {
    const bulk = openBulkRuns(deps);
    const id = await bulk.start(blocking(1));
    await bulk.settled();
    const vic = await postern.as('vic');
    for (const turn of ['stop', 'resume', 'undo']) expect((await vic.post(`/bulk/${id}/${turn}`, {})).status).toBe(403);
    expect((await vic.get('/bulk/999')).status).toBe(404);
    await bulk.start(blocking(2, 'gone@desk.example'));
    await bulk.settled();
    expect([await blocked(), (await states()).slice(-2)]).toEqual([1, ['declined', 'declined']]);
  });
});
