import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import {
  claimLetters,
  type DeliveryClaim,
  markLetters,
  sweepLetters,
} from '../../../src/store/letters/delivery-attempts.ts';
import { restSending, resumeLetters, stopLetters } from '../../../src/store/letters/sending-pause.ts';
import { backlog } from '../../../src/store/upkeep/backlog.ts';
import { putLetters } from '../../support/put-letters.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let processes: Database[];
let database: Database;
beforeEach(async () => {
  fresh = await freshDatabase();
  processes = Array.from({ length: 4 }, () => openDatabase(fresh.url, silentLog, 3));
  database = processes[0] as Database;
});
afterEach(async () => {
  await Promise.all(processes.map((each) => each.close()));
  await fresh.drop();
});

const ask = async <T>(text: string): Promise<T[]> => (await database.ask((db) => sql.raw<T>(text).execute(db))).rows;

type Job = { letter: string; fence: string };
const wide = { perMinute: 10_000, perMinuteAndDomain: 10_000 };
const worker = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';

async function write(addresses: readonly string[], priority = 0): Promise<Job[]> {
  const ids = await putLetters(database, addresses, priority);
  return ids.map((letter) => ({ letter, fence: '1' }));
}
const many = (count: number, domain: string) => Array.from({ length: count }, (_, i) => `p${i}@${domain}`);
const kinds = (claims: readonly DeliveryClaim[]) =>
  claims.map((claim) => (claim.kind === 'held' ? claim.why : claim.kind));
const claimedOf = (claims: readonly DeliveryClaim[]) =>
  claims.flatMap((claim) => (claim.kind === 'claimed' ? claim.letter : []));
/** What was counted this minute was counted in the last one, and what was put off is due. */
const nextMinute = async () => {
  await ask("update letter_rates set minute = minute - interval '1 minute'");
  await ask("update letters set due_at = now() where state = 'queued' and claimed_at is null");
};
/** The letters that the sweeper has brought back, as jobs; the outbox is emptied. */
const woken = async () =>
  ask<Job>(
    'with gone as (delete from outbox returning id, row_id, fence) select row_id::text as letter, fence::text from gone order by id',
  );

describe('letters that are claimed together', () => {
  it('are answered one for one: claimed once, and not at all where the job is old', async () => {
    const [a, b, c] = (await write(many(3, 'aldous.example'))) as [Job, Job, Job];
    const claims = await claimLetters(
      database,
      [a, b, a, { ...c, fence: '7' }, { letter: '999999', fence: '1' }],
      worker,
      wide,
    );
    expect(kinds(claims)).toEqual(['claimed', 'claimed', 'not-ours', 'not-ours', 'not-ours']);
    expect(claimedOf(claims)[0]).toMatchObject({ id: a.letter, fence: '1', attempts: 1, to: 'p0@aldous.example' });
    expect(claimedOf(claims)[0]?.raw.toString()).toBe(`Subject: ${a.letter}\r\n\r\nx\r\n`);
    expect(kinds(await claimLetters(database, [a, b], other, wide))).toEqual(['not-ours', 'not-ours']);
  });

  it('are never claimed twice by processes that ask at the same time', async () => {
    const jobs = await write(many(60, 'aldous.example'));
    const answers = await Promise.all(
      processes.map((each, i) => claimLetters(each, jobs, i % 2 ? worker : other, wide)),
    );
    const ids = answers.flatMap(claimedOf).map((letter) => letter.id);
    expect(new Set(ids).size).toBe(60);
    expect(ids).toHaveLength(60);
  });

  it('are marked together, with one audit row each, and only by whoever holds the claim', async () => {
    const jobs = await write(many(5, 'aldous.example'));
    await claimLetters(database, jobs.slice(0, 4), worker, wide);
    const at = (i: number) => ({ ...(jobs[i] as Job) });
    const marks = [
      { ...at(0), result: { state: 'sent', response: '250 ok' } },
      { ...at(1), result: { state: 'again', response: '451 later', waitSeconds: 60, counts: true } },
      { ...at(2), result: { state: 'again', response: '421 busy', waitSeconds: 60, counts: false } },
      { ...at(3), result: { state: 'unknown', response: 'cut', waitSeconds: 300 } },
      { ...at(4), result: { state: 'sent', response: '250 not claimed' } },
    ] as const;
    expect(await database.ask((db) => markLetters(db, other, marks))).toEqual(Array(5).fill(false));
    const before = await ask('select from audit');
    expect(await database.ask((db) => markLetters(db, worker, marks))).toEqual([true, true, true, true, false]);
    expect(await ask('select from audit')).toHaveLength(before.length + 4);
    expect(
      await ask(
        'select state, attempts, unknown_times, response, sent_at is not null as sent from letters order by id',
      ),
    ).toEqual([
      { state: 'sent', attempts: 1, unknown_times: 0, response: '250 ok', sent: true },
      { state: 'queued', attempts: 1, unknown_times: 0, response: '451 later', sent: false },
      { state: 'queued', attempts: 0, unknown_times: 0, response: '421 busy', sent: false },
      { state: 'unknown', attempts: 1, unknown_times: 1, response: 'cut', sent: false },
      { state: 'queued', attempts: 0, unknown_times: 0, response: null, sent: false },
    ]);
  });

  it('of a worker that was killed count as unknown once they are left, and its late mark writes nothing', async () => {
    const jobs = await write(many(3, 'aldous.example'));
    await claimLetters(database, jobs, worker, wide);
    expect(await sweepLetters(database)).toBe(0);
    await ask("update letters set due_at = now() - interval '1 second'");
    expect(await sweepLetters(database)).toBe(3);
    const again = jobs.map(({ letter }) => ({ letter, fence: '2' }));
    // The same process took it up again: only the fence tells the two tries apart.
    expect(kinds(await claimLetters(database, again, worker, wide))).toEqual(['claimed', 'claimed', 'claimed']);
    const sent = { state: 'sent', response: '250 ok' } as const;
    const late = jobs.map((job) => ({ ...job, result: sent }));
    expect(await database.ask((db) => markLetters(db, worker, late))).toEqual([false, false, false]);
    const now = again.map((job) => ({ ...job, result: sent }));
    expect(await database.ask((db) => markLetters(db, worker, now))).toEqual([true, true, true]);
    expect(await ask('select distinct state, unknown_times from letters')).toEqual([
      { state: 'sent', unknown_times: 1 },
    ]);
  });
});

describe('the rate', () => {
  // It is counted by minutes of the clock: none of these is to see one turn.
  beforeEach(async () => {
    const left = 60_000 - (Date.now() % 60_000);
    if (left < 4_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
  });

  const rate = { perMinute: 15, perMinuteAndDomain: 10 };

  it('holds over several processes, in all and for each domain, and what is over it waits with its tries untouched', async () => {
    const jobs = [
      ...(await write(many(25, 'a.example'))),
      ...(await write(many(12, 'b.example'))),
      ...(await write(many(3, 'c.example'))),
    ];
    const answers = await Promise.all(
      jobs.map((job, i) => claimLetters(processes[i % 4] as Database, [job], worker, rate)),
    );
    const claimed = answers.flatMap(claimedOf);
    expect(claimed).toHaveLength(15);
    expect(claimed.filter(({ to }) => to.endsWith('@a.example')).length).toBeLessThanOrEqual(10);
    const held = answers.flat().filter((claim) => claim.kind === 'held');
    expect(held).toHaveLength(25);
    for (const claim of held) expect(claim).toMatchObject({ why: 'rate' });
    for (const claim of held) expect(claim.kind === 'held' && (claim.seconds ?? -1) <= 60).toBe(true);
    expect(
      await ask(
        "select count(*)::int as n from letters where attempts = 0 and claimed_at is null and due_at > now() and due_at <= now() + interval '1 minute'",
      ),
    ).toEqual([{ n: 25 }]);
  });

  it('lets all of it go, minute by minute, as fast as it may', async () => {
    let jobs: Job[] = [...(await write(many(25, 'a.example'))), ...(await write(many(12, 'b.example')))];
    await woken();
    const went: number[] = [];
    for (let minute = 0; minute < 4 && jobs.length > 0; minute += 1) {
      const claims = await claimLetters(database, jobs, worker, rate);
      went.push(claimedOf(claims).length);
      await nextMinute();
      await sweepLetters(database);
      jobs = await woken();
      // The sweeper brings back no more than may go.
      expect(jobs.length).toBeLessThanOrEqual(15);
    }
    expect(went).toEqual([15, 15, 7]);
  });

  it('lets a busy domain hold up no other', async () => {
    await claimLetters(database, await write(many(40, 'a.example')), worker, rate);
    await nextMinute();
    await sweepLetters(database);
    expect(kinds(await claimLetters(database, await write(many(5, 'b.example')), worker, rate))).toEqual(
      Array(5).fill('claimed'),
    );
  });

  it('lets each domain of a batch have its own', async () => {
    const jobs = [...(await write(many(14, 'a.example'))), ...(await write(many(5, 'b.example')))];
    await woken();
    const claims = await claimLetters(database, jobs, worker, { perMinute: 100, perMinuteAndDomain: 10 });
    const to = (domain: string) => claimedOf(claims).filter((letter) => letter.to.endsWith(`@${domain}`)).length;
    expect([to('a.example'), to('b.example')]).toEqual([10, 5]);
    await write(many(30, 'a.example'));
    await nextMinute();
    await sweepLetters(database);
    expect(await woken()).toHaveLength(10 + 30);
  });

  it('lets answers go before notices', async () => {
    const notices = await write(many(20, 'a.example'), 1);
    const answers = await write(many(6, 'a.example'));
    const claims = await claimLetters(database, [...notices, ...answers], worker, rate);
    expect(claimedOf(claims).filter(({ priority }) => priority === 0)).toHaveLength(6);
    expect(claimedOf(claims)).toHaveLength(10);
    const more = await write(many(4, 'a.example'));
    await woken();
    expect(kinds(await claimLetters(database, more, worker, rate))).toEqual(Array(4).fill('rate'));
    await nextMinute();
    await sweepLetters(database);
    const next = await woken();
    expect(next.slice(0, 4).map(({ letter }) => letter)).toEqual(more.map(({ letter }) => letter));
    expect(next).toHaveLength(10);
  });

  it('is what the settings say now, when they were changed', async () => {
    await claimLetters(database, await write(many(10, 'a.example')), worker, rate);
    const jobs = await write(many(4, 'a.example'));
    expect(kinds(await claimLetters(database, jobs.slice(0, 2), worker, { ...rate, perMinuteAndDomain: 5 }))).toEqual([
      'rate',
      'rate',
    ]);
    expect(kinds(await claimLetters(database, jobs.slice(2), worker, { ...rate, perMinuteAndDomain: 12 }))).toEqual([
      'claimed',
      'claimed',
    ]);
  });

  it('forgets the domains of yesterday', async () => {
    await claimLetters(database, await write(many(3, 'a.example')), worker, rate);
    await ask("update letter_rates set minute = now() - interval '2 hours'");
    await sweepLetters(database);
    expect(await ask('select from letter_rates')).toEqual([]);
  });
});

describe('the pause switch', () => {
  it('holds every letter until it is let go, and is there after a start', async () => {
    expect(await stopLetters(database, 'the relay is moved', 'command')).toBe(true);
    expect(await stopLetters(database, 'still moving', 'command')).toBe(false);
    const jobs = await write(many(3, 'a.example'));
    const again = openDatabase(fresh.url, silentLog, 1);
    processes.push(again);
    const claims = await claimLetters(again, jobs, worker, wide);
    expect(claims).toEqual(Array(3).fill({ kind: 'held', why: 'stopped', seconds: null }));
    await woken();
    expect(await sweepLetters(database)).toBe(0);
    expect((await backlog(database)).stopped).toMatchObject({ by: 'command', reason: 'still moving' });
    expect((await backlog(database)).held).toBe(3);
    expect(await resumeLetters(database, 'command')).toBe(true);
    expect(await resumeLetters(database, 'command')).toBe(false);
    expect((await backlog(database)).stopped).toBeNull();
    expect(await sweepLetters(database)).toBe(3);
    expect(kinds(await claimLetters(database, await woken(), worker, wide))).toEqual(Array(3).fill('claimed'));
    expect(await ask("select action from audit where subject_kind = 'channel' order by id")).toEqual([
      { action: 'letters-paused' },
      { action: 'letters-paused' },
      { action: 'letters-resumed' },
    ]);
  });

  it('counts nothing against the rate, and lets go no more than that afterwards, answers first', async () => {
    const rate = { perMinute: 6, perMinuteAndDomain: 4 };
    await stopLetters(database, '', 'command');
    await claimLetters(database, await write(many(9, 'a.example'), 1), worker, rate);
    await claimLetters(database, await write([...many(3, 'a.example'), ...many(9, 'b.example')]), worker, rate);
    expect(await ask('select sum(used)::int as used from letter_rates')).toEqual([{ used: 0 }]);
    await woken();
    await resumeLetters(database, 'command');
    expect(await sweepLetters(database)).toBe(6);
    const claims = await claimLetters(database, await woken(), worker, rate);
    expect(claimedOf(claims).map(({ priority }) => priority)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('a rest', () => {
  it('is not called by a worker that has lost the letter it was found out with', async () => {
    const [job] = await write(['ada@a.example']);
    if (!job) throw new Error('no letter');
    await claimLetters(database, [job], worker, wide);
    await restSending(database, 60, 'old news', { ...job, worker: other });
    await restSending(database, 60, 'old news', { letter: job.letter, fence: '99', worker });
    expect(await ask("select from audit where action = 'channel-rests'")).toHaveLength(0);
    await restSending(database, 1, '421 busy', { ...job, worker });
    expect(await ask("select from audit where action = 'channel-rests'")).toHaveLength(1);
  });

  it('holds letters for as long as it lasts, is told of once, and is not made shorter', async () => {
    await restSending(database, 60, '421 busy');
    await restSending(database, 60, '421 busy');
    await restSending(database, 5, '421 still busy');
    const [claim] = await claimLetters(database, await write(['ada@a.example']), worker, wide);
    expect(claim).toMatchObject({ kind: 'held', why: 'resting' });
    expect(claim?.kind === 'held' && (claim.seconds ?? 0) > 50).toBe(true);
    expect(await sweepLetters(database)).toBe(0);
    expect(await ask("select from audit where action = 'channel-rests'")).toHaveLength(1);
    await ask('update channels set paused_until = now()');
    await ask('update letters set due_at = now()');
    expect(await sweepLetters(database)).toBe(1);
  });
});
