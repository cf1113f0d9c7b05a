/** Lists of access, renewals and announcements against PostgreSQL: by key, each row once, with filters that stand in the address. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestStates, stateOf } from '../../../src/access/request.ts';
import { openAccessDesk } from '../../../src/flows/access/access-desk.ts';
import { openAnnouncementDesk } from '../../../src/flows/announcements/announcement-desk.ts';
import { openRenewalDesk } from '../../../src/flows/renewals/renewal-desk.ts';
import { openAttestationRounds } from '../../../src/flows/schedule/attestation-rounds.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
  await postern.anew();
  const { query } = postern;
  await query(`insert into sites (number, name, country, timezone, language)
    select (2000000 + n)::text, 'Firm ' || n, 'GB', 'Europe/London', 'en' from generate_series(1, 120) n`);
  await query(`insert into contacts (site_id, name, role, types, position, to_attest)
    select id, 'Pat', 'authorized user', '{}', 1, '2026-Q4' from sites where number > '2000000'`);
  await query(`insert into contact_addresses (site_id, contact_id, address, main)
    select s.id, c.id, 'pat@' || s.number || '.example', true from sites s join contacts c on c.site_id = s.id where s.number > '2000000'`);
  await query(`insert into schedule_turns (site_id, kind, period, step, last_period, last_result, last_at)
    select id, 're-attestation', '2027-Q1', 0, '2026-Q4', case when id % 2 = 0 then 'for-care' else 'reminded' end, now()
    from sites where number > '2000000'`);
  // Three steps a site on the same moment, so that a key has to tell them apart.
  await query(`insert into renewal_steps (site_id, group_on, step, day, due_at, items, state, settled_at)
    select s.id, current_date + 30, k, current_date + 2, date_trunc('day', now()) + interval '50 hours', '[]',
      (array['planned', 'held', 'sent'])[k], case when k = 3 then now() end
    from sites s, generate_series(1, 3) k where s.number > '2000000'`);
  await query(`insert into announcements (name, kind, state, content, gathered_to, by)
    select 'news-' || n, 'announcements', case when n % 3 = 0 then 'ready' else 'finished' end,
      jsonb_build_object('name', 'news-' || n, 'kind', 'announcements', 'products', '[]'::jsonb, 'versions', '[]'::jsonb, 'contactTypes', '[]'::jsonb,
        'resolves', '[]'::jsonb, 'texts', jsonb_build_array(jsonb_build_object('language', 'en', 'subject', 'News ' || n, 'body', 'Text'))), null, 'test'
    from generate_series(1, 60) n`);
  await query(`insert into announcement_recipients (announcement_id, address, language, state)
    select 1, 'r' || n || '@x.example', 'en', (array['open', 'unreachable', 'ended', 'gone'])[1 + n % 4] from generate_series(1, 200) n`);
});
afterAll(() => postern.stop());

/** All pages, one after the other. */
async function through<Item>(
  page: (after: string | null) => Promise<{ items: readonly Item[]; next: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let after: string | null = null, rounds = 0; rounds < 100; rounds += 1) {
    const { items, next } = await page(after);
    all.push(...items);
    if (next === null) return all;
    after = next;
  }
  throw new Error('it does not end');
}

describe('renewals', () => {
  const desk = () => openRenewalDesk(postern.app);
  it.each([
    ['week', 240],
    ['planned', 120],
    ['held', 120],
    ['sent', 120],
    ['all', 360],
    ['skipped', 0],
    ['answered', 0],
    ['nobody', 0],
    ['paused', 0],
  ] as const)('%s has each of %i letters once, however many go out at one moment', async (view, count) => {
    const all = await through((after) => desk().list({ view, after, limit: 17 }));
    expect(all).toHaveLength(count);
    expect(new Set(all.map(({ id }) => id)).size).toBe(count);
  });
  it('are counted, and by the day', async () => {
    expect(await desk().counts()).toEqual({ week: 240, planned: 120, held: 120, nobody: 0 });
    const [{ day }] = (await postern.query<{ day: string }>('select (current_date + 2)::text as day')) as [
      { day: string },
    ];
    expect(await desk().byDay(day, day)).toEqual(['held', 'planned'].map((state) => ({ day, state, count: 120 })));
    expect(await through((after) => desk().list({ view: 'all', day, after, limit: 50 }))).toHaveLength(240);
    // What has gone stands under the day on which it went.
    const [{ today }] = (await postern.query<{ today: string }>(
      `select (now() at time zone 'Asia/Tokyo')::date::text as today`,
    )) as [{ today: string }];
    expect(await desk().byDay(today, today, 'Asia/Tokyo')).toEqual([{ day: today, state: 'sent', count: 120 }]);
    const sent = await through((after) =>
      desk().list({ view: 'sent', day: today, zone: 'Asia/Tokyo', after, limit: 50 }),
    );
    expect(sent).toHaveLength(120);
  });
  it('of one site are its ladder', async () => {
    const ladder = await desk().ladder('2000007');
    expect(ladder.map(({ site, step }) => [site, step])).toEqual([1, 2, 3].map((step) => ['2000007', step]));
  });
});

describe('announcements', () => {
  const desk = () => openAnnouncementDesk(postern.app);
  it('are listed newest first, each once, by state', async () => {
    const all = await through((before) => desk().list({ before, limit: 7 }));
    expect(all.map(({ name }) => name)).toEqual(Array.from({ length: 60 }, (_, n) => `news-${60 - n}`));
    const ready = await through((before) => desk().list({ state: 'ready', before, limit: 7 }));
    expect(ready).toHaveLength(20);
    expect(await desk().list({ byItself: true, before: null, limit: 7 })).toEqual({ items: [], next: null });
  });
  it.each(['open', 'unreachable', 'ended', 'gone'] as const)(
    'whose recipients are %s are listed once each',
    async (state) => {
      const all = await through((after) => desk().recipients('1', { state, after, limit: 7 }));
      expect(new Set(all.map(({ address }) => address)).size).toBe(50);
      expect(all).toHaveLength(50);
    },
  );
  it('say how far they are', async () => {
    expect((await desk().one('news-1'))?.progress).toEqual({
      ...{ open: 50, written: 0, waiting: 0, notArrived: 0 },
      leftOut: { unreachable: 50, ended: 50, gone: 50 },
    });
    expect(await desk().one('there is none')).toBeNull();
  });
});

describe('who may open cases', () => {
  const rounds = () => openAttestationRounds(postern.app);
  it('is listed by site, each once, and those that client care has', async () => {
    const all = await through((after) => rounds().list({ forCare: false, after, limit: 7 }));
    expect(all.map(({ site }) => site)).toEqual(Array.from({ length: 120 }, (_, n) => `${2000001 + n}`));
    const care = await through((after) => rounds().list({ forCare: true, after, limit: 7 }));
    expect(care).toHaveLength(60);
    expect(await rounds().counts()).toEqual({ open: 120, forCare: 60 });
  });
});

describe('requests for access', () => {
  const desk = () => openAccessDesk(postern.app);
  const steps: Readonly<Record<string, readonly string[]>> = {
    'to-verify': [],
    waiting: ['verified', 'deciders-asked'],
    'with-client-care': ['verified', 'handed-over', 'corrected', 'reminded'],
    granted: ['verified', 'granted'],
    denied: ['verified', 'denied'],
    expired: ['ended'],
  };
  beforeAll(async () => {
    const names = Object.keys(steps);
    for (let n = 0; n < 66; n += 1) {
      const state = names[n % names.length] ?? '';
      const [row] = await postern.query<{ id: string }>(
        `insert into access_requests (site_named, address, language, state) values ('2000001', $1, 'en', $2) returning id::text`,
        [`nora${n % 3}@freelance.example`, state],
      );
      for (const kind of ['asked', ...(steps[state] ?? [])])
        await postern.query('insert into access_request_steps (request_id, kind, at, by) values ($1, $2, now(), $3)', [
          ...[row?.id, kind, 'clock'],
        ]);
    }
  });
  it.each(requestStates)('%s are listed once each, as their steps say', async (state) => {
    const all = await through((before) => desk().list({ state, oldest: true, before, limit: 4 }));
    expect(all).toHaveLength(11);
    expect(new Set(all.map(({ id }) => id)).size).toBe(11);
    for (const one of all) expect(stateOf(one.steps)).toBe(state);
  });
  it('are found by address and site, newest first or oldest', async () => {
    const of = (oldest: boolean) =>
      through((before) => desk().list({ address: 'nora1@freelance.example', oldest, before, limit: 4 }));
    const [up, down] = [await of(true), await of(false)];
    expect(up.map(({ id }) => id)).toEqual(down.map(({ id }) => id).toReversed());
    expect(up).toHaveLength(22);
    expect(up[0]?.siteName).toBe('Firm 1');
    expect((await desk().list({ site: '7777777', before: null, limit: 4 })).items).toEqual([]);
  });
  it('are counted', async () => {
    expect(await desk().counts()).toEqual(Object.fromEntries(requestStates.map((state) => [state, 11])));
  });
});

describe('what cannot be used in an address', () => {
  it('is said, and the rest is shown', async () => {
    const kim = await postern.as('kim');
    for (const [path, says] of [
      ['/access?state=nothing', 'There is no state'],
      ['/access?site=12&address=x', 'A site number has seven digits'],
      ['/renewals?view=nothing&day=2026-13-40', 'There is no list'],
      ['/renewals?day=2026-02-31', 'is no day'],
      ['/announcements?state=nothing', 'There is no such list'],
      ['/renewals/calendar?month=2026-99', 'Renewals,'],
      ['/announcements/take-back?address=nobody', 'is no whole address'],
    ] as const)
      expect(await kim.page(path), path).toContain(says);
    for (const path of ['/access/999999', '/access/rounds/7654321', '/renewals/999999', '/announcements/999999'])
      expect((await kim.get(path)).status, path).toBe(404);
  });
});
