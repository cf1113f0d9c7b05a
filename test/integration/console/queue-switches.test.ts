/** Queues that are turned: by two at once, while they do not answer, with reasons of every kind, and as far as it goes. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pauseQueue, resumeQueue } from '../../../src/flows/queues/queues.ts';
import { Failure } from '../../../src/foundation/failure.ts';
import { key, registrySql } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { remove, scratch } from '../../support/process.ts';
import { postern } from '../../support/processes/typed-here.ts';

type Visitor = Awaited<ReturnType<TestConsole['as']>>;
let desk: TestConsole;
let kim: Visitor;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  await desk.query("delete from channels where name like 'queue:%'");
  for (const queue of ['intake', 'outbound', 'upkeep'] as const) await desk.app.queues.resume(queue);
  await desk.anew(registrySql);
  kim = await desk.as('kim');
});
afterEach(() => {
  vi.restoreAllMocks();
});

const isPaused = async (): Promise<boolean> =>
  (await desk.app.queues.look()).find(({ queue }) => queue === 'intake')?.paused ?? false;
const stands = async (): Promise<boolean> =>
  (await desk.query("select from channels where name = 'queue:intake' and stopped_at is not null")).length > 0;
const away = () => Promise.reject(new Failure('queue-away', 'the queues do not answer'));
const by = { kind: 'console', staff: 'kim@desk.example' } as const;

describe('a queue that is paused', () => {
  it.each(['', '   ', '…', '123', `${'why '.repeat(76)}`])(
    'takes no reason that says nothing, or has no end: %j',
    async (reason) => {
      const answer = await kim.post('/queues/intake/pause', { reason });
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain('Say why');
      expect(page).toContain(`value="${reason}"`);
      expect([await isPaused(), await stands()]).toEqual([false, false]);
    },
  );

  it('stands on record while the queues do not answer, says so, and is paused as soon as they do', async () => {
    vi.spyOn(desk.app.queues, 'pause').mockImplementationOnce(away);
    const answer = await kim.post('/queues/intake/pause', { reason: 'a new parser' });
    expect(answer.status).toBe(303);
    const page = await kim.after(answer);
    expect(page).toContain(
      'The queue intake is paused. The queues do not answer just now: it holds as soon as they do',
    );
    expect(page).not.toContain('Nothing was done');
    expect([await isPaused(), await stands()]).toEqual([false, true]);
    await desk.runClock();
    expect(await isPaused()).toBe(true);
  });

  it('goes on as soon as they answer, where it was resumed meanwhile', async () => {
    await kim.post('/queues/intake/pause', { reason: 'a new parser' });
    vi.spyOn(desk.app.queues, 'resume').mockImplementationOnce(away);
    expect(await kim.after(await kim.post('/queues/intake/resume', {}))).toContain('do not answer just now');
    expect([await isPaused(), await stands()]).toEqual([true, false]);
    await desk.runClock();
    expect(await isPaused()).toBe(false);
  });

  it('is as the later of two wanted it, however long the first takes', async () => {
    const { pause, resume } = desk.app.queues;
    const late =
      <A>(work: (a: A) => Promise<void>) =>
      async (a: A) => {
        await new Promise((next) => setTimeout(next, 80));
        return work(a);
      };
    vi.spyOn(desk.app.queues, 'pause').mockImplementationOnce(late(pause));
    const first = pauseQueue(desk.app, 'intake', 'a flood', by);
    await desk.until('it stands on record', stands);
    await Promise.all([first, resumeQueue(desk.app, 'intake', by)]);
    expect([await isPaused(), await stands()]).toEqual([false, false]);
    vi.spyOn(desk.app.queues, 'resume').mockImplementationOnce(late(resume));
    await pauseQueue(desk.app, 'intake', 'a flood', by);
    const second = resumeQueue(desk.app, 'intake', by);
    await desk.until('it stands there no more', async () => !(await stands()));
    await Promise.all([second, pauseQueue(desk.app, 'intake', 'another flood', by)]);
    expect([await isPaused(), await stands()]).toEqual([true, true]);
  });
});

describe('a queue that is emptied', () => {
  it.each([
    [{ thrown: 1_000, left: 500 }, '500 jobs are left, for which there was no time: empty it again.'],
    [{ thrown: 1_000, left: null }, 'stopped answering meanwhile, so it is not known what is left'],
  ])('says what is left where it did not end: %j', async (emptied, says) => {
    vi.spyOn(desk.app.queues, 'empty').mockResolvedValueOnce(emptied);
    const page = await kim.after(await kim.post('/queues/intake/empty', {}));
    expect(page).toContain('1,000 jobs thrown away');
    expect(page).toContain(says);
    expect(await desk.query("select detail from audit where action = 'queue-emptied'")).toEqual([
      { detail: { jobs: 1_000 } },
    ]);
  });
  it('does not say that nothing was done where nobody knows', async () => {
    vi.spyOn(desk.app.queues, 'empty').mockImplementationOnce(away);
    const answer = await kim.post('/queues/intake/empty', {});
    expect(answer.status).toBe(503);
    const page = await answer.text();
    expect(page).toContain('It is not known whether it was done');
    expect(page).not.toContain('Nothing was done');
  });
  it('nor does any page behind a form that failed', async () => {
    vi.spyOn(desk.app.queues, 'empty').mockRejectedValueOnce(new TypeError('a surprise'));
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const page = await (await kim.post('/queues/intake/empty', {})).text();
    expect(page).toContain('It is not known whether it was done');
    expect(page).not.toContain('Nothing was done');
  });
});

describe('the command line', () => {
  const folder = scratch('queue-switches');
  afterAll(() => remove(folder));
  const typed = (...words: string[]) =>
    postern(
      folder,
      {
        ...{ HOME: process.env.HOME ?? '', SECRET_KEY: key, NO_COLOR: '1' },
        DATABASE_URL: desk.settings.databaseUrl ?? '',
      },
      ...['queues', ...words],
    );
  it('knows the queues by their names, also where it is only to say what would be done', async () => {
    for (const words of [
      ['pause', 'inbox', 'a', 'flood', '--dry-run'],
      ['empty', 'inbox', '--dry-run'],
    ]) {
      const { code, out, err } = await typed(...words);
      expect(code, words.join(' ')).not.toBe(0);
      expect(err).toContain('There is no queue inbox; there are intake, outbound, upkeep.');
      expect(out).not.toContain('Nothing was done');
    }
  }, 180_000);
  it('pauses with a reason in words alone', async () => {
    for (const words of [
      ['pause', 'intake'],
      ['pause', 'intake', '!'],
    ])
      expect((await typed(...words)).code).not.toBe(0);
    expect(await stands()).toBe(false);
    expect((await typed('pause', 'intake', 'a', 'flood')).out).toContain('is paused until');
    expect(await stands()).toBe(true);
  }, 180_000);
});
