/** Lists of letters need no index that a letter on its way would pay for, and look at so many rows all the same. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countLetters, type LetterFilter, listLetters } from '../../../src/store/letters/letter-list.ts';
import { openCounted } from '../../support/counted-reads.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const all = 60_000;
let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let counted: Awaited<ReturnType<typeof openCounted>>;

beforeAll(async () => {
  fresh = await freshDatabase();
  counted = await openCounted(fresh.url);
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await client.query(`
    insert into letters (created_at, idempotency_key, template, priority, language, to_address, stranger, rate_key, matter, subject,
      message_id, envelope_from, raw, state, give_up_at, marked_as, marked_at)
    select now() - interval '365 days' * (1 - i::float / ${all}), 'k' || i, case when i = 30 then 'renewal-notice' else 'acknowledgement' end, 0, 'en',
      case when i % 3 = 0 then 'kim@desk.example' else 'ada' || i % 500 || '@aldous.example' end, false, 'x', 'm', 's', '<l' || i || '@desk.example>',
      'support@desk.example', 'x', case when i % 300 = 0 then 'failed' when i % 300 = 1 then 'bounced' when i % 50 = 2 then 'suppressed' else 'sent' end,
      now(), case when i % 600 = 0 then 'reached' end, case when i % 600 = 0 then now() end
    from generate_series(1, ${all}) i`);
  await client.query('analyze');
  await client.end();
});
afterAll(async () => {
  await counted?.database.close();
  await fresh?.drop();
});

const ask = (filter: LetterFilter, before: string | null = null) =>
  counted.reading('letters', (database) => listLetters(database, { ...filter, before, limit: 50 }));
const iso = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();

describe('a page of letters', () => {
  it('is found by its key, the newest and one deep in it', async () => {
    for (const before of [null, '5000']) {
      const { answer, rows, whole } = await ask({}, before);
      expect(answer.items).toHaveLength(50);
      expect([rows < 60, whole]).toEqual([true, false]);
    }
  });
  it('of whoever gets very many is found by their address, and goes on by it', async () => {
    const first = await ask({ to: 'kim@desk.example' });
    expect([first.rows < 120, first.whole]).toEqual([true, false]);
    const second = await ask({ to: 'kim@desk.example' }, first.answer.next);
    const ids = [...first.answer.items, ...second.answer.items].map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a));
    expect(ids).toHaveLength(100);
  });
  it('of a state is found by it', async () => {
    const { answer, rows, whole } = await ask({ state: 'suppressed' });
    expect(new Set(answer.items.map(({ state }) => state))).toEqual(new Set(['suppressed']));
    expect([rows < 60, whole]).toEqual([true, false]);
  });
  it('of those that did not arrive leaves out what somebody has dealt with', async () => {
    const { answer, whole } = await ask({ notArrived: true });
    expect(new Set(answer.items.map(({ state }) => state))).toEqual(new Set(['failed', 'bounced']));
    expect(answer.items.every(({ markedAs }) => markedAs === null)).toBe(true);
    expect(whole).toBe(false);
  });
  it('since a day is those of then and later', async () => {
    const { answer, rows } = await ask({ since: iso(0.1) });
    expect(answer.items.length).toBeGreaterThan(5);
    expect(answer.items.length).toBeLessThan(50);
    expect(answer.next).toBeNull();
    expect(rows).toBeLessThan(200);
  });
  it('of a kind of which there is one long ago is found by looking on, page by page', async () => {
    const found: string[] = [];
    let before: string | null = null;
    do {
      const { answer, rows } = await ask({ template: 'renewal-notice' }, before);
      expect(rows).toBeLessThan(40_100);
      found.push(...answer.items.map(({ id }) => id));
      before = answer.next;
      if (before !== null) expect(answer.lookedTo).not.toBeNull();
    } while (before !== null);
    expect(found).toEqual(['30']);
  });
});

it('counts what is not sent without a look at what is', async () => {
  const { answer, rows, whole } = await counted.reading('letters', (database) => database.ask(countLetters));
  expect(answer).toMatchObject({ failed: 200, bounced: 200, suppressed: 1_200, queued: 0, unsettled: 300 });
  expect([rows < 3_000, whole]).toEqual([true, false]);
});
