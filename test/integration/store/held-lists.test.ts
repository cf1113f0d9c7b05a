import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHeldDesk } from '../../../src/flows/mail/held-desk.ts';
import { heldKind, heldKinds } from '../../../src/intake/held-kinds.ts';
import { countHeld } from '../../../src/store/mail/held-lists.ts';
import { emptyTables } from '../../support/servers/postgres.ts';
import { policy } from '../../support/world.ts';
import { addMail, addSite, openWeb, type TestWeb } from '../web/support.ts';

let web: TestWeb;
const desk = () =>
  openHeldDesk({
    database: web.database,
    intake: () => {
      throw new Error('nothing is to be read');
    },
    policy,
    settings: { ours: [] },
  });
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web.close());
beforeEach(() => emptyTables(web.sql));

let count = 0;
const held = (outcome: string, minute: number, more: Record<string, unknown> = {}) => {
  count += 1;
  return addMail(web, {
    raw: `Subject: ${count}\r\n\r\n`,
    from_address: 'nora@elsewhere.example',
    subject: `The vault ${count}`,
    state: 'decided',
    outcome,
    reason: 'so it was',
    arrived_at: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(),
    ...more,
  });
};
const counts = async () =>
  Object.fromEntries((await countHeld(web.database, heldKinds)).map((one) => [one.name, one.count]));

describe('held mail is counted', () => {
  it('by kind, with the one that waits longest', async () => {
    await held('held-unregistered', 5);
    await held('held-unregistered', 3);
    await held('held-unknown', 1);
    await held('held-unknown', 2, { reason_code: 'spam' });
    await held('held-pin-needed', 9, { reason_code: 'pin-guessing' });
    await held('held-unknown', 8, { reason_code: 'pin-guessing' });
    await held('case-opened', 0);
    await held('refused', 0, { reason_code: 'spam' });
    expect(await counts()).toMatchObject({ unregistered: 2, unknown: 1, spam: 1, 'pin-guessing': 2, 'pin-needed': 0 });
    const guessing = (await countHeld(web.database, heldKinds)).find(({ name }) => name === 'pin-guessing');
    expect(new Date(guessing?.oldest ?? '').getUTCMinutes()).toBe(8);
  });
  it('by the index of held mails alone, however many others there are', async () => {
    await web.sql(`
      insert into mails (arrived_at, door, door_name, sha256, size, state, outcome, reason_code)
      select now() - n * interval '1 minute', 'hand', 'test', sha256(n::text::bytea), 1, 'decided',
        case when n % 50 = 0 then 'held-unknown' else 'case-opened' end, case when n % 100 = 0 then 'spam' end
      from generate_series(1, 20000) n`);
    await web.sql('analyze mails');
    const kind = heldKind('spam');
    expect((await countHeld(web.database, kind ? [kind] : [])).map((one) => one.count)).toEqual([200]);
    const plan = await web.database.ask((db) =>
      sql<{ 'QUERY PLAN': string }>`explain
        select count(*) from (
          select from mails m
          where m.outcome like 'held-%' and m.outcome = 'held-unknown' and m.reason_code = 'spam' limit 10001
        ) counted`.execute(db),
    );
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/mails_held_list/);
  });
});

describe('held mail is listed', () => {
  const page = (more: object = {}) => desk().page({ kinds: heldKinds, order: 'newest', from: null, limit: 2, ...more });
  it('page by page in both orders and back again', async () => {
    const ids: string[] = [];
    for (let minute = 0; minute < 5; minute += 1)
      ids.push(await held(minute % 2 ? 'held-unregistered' : 'held-unknown', minute));
    for (const order of ['oldest', 'newest'] as const) {
      const all = order === 'oldest' ? ids : ids.toReversed();
      const first = await page({ order });
      expect(first.lines.map(({ id }) => id)).toEqual(all.slice(0, 2));
      expect(first.prev).toBeNull();
      const second = await page({ order, from: { side: 'after', key: first.next } });
      expect(second.lines.map(({ id }) => id)).toEqual(all.slice(2, 4));
      const third = await page({ order, from: { side: 'after', key: second.next } });
      expect(third.lines.map(({ id }) => id)).toEqual(all.slice(4));
      expect(third.next).toBeNull();
      const back = await page({ order, from: { side: 'before', key: third.prev } });
      expect(back.lines.map(({ id }) => id)).toEqual(all.slice(2, 4));
      const home = await page({ order, from: { side: 'before', key: back.prev } });
      expect(home.lines.map(({ id }) => id)).toEqual(all.slice(0, 2));
      expect(home.prev).toBeNull();
    }
  });
  it('with who wrote, how sure that is, and what site it names', async () => {
    await addSite(web);
    const id = await held('held-unregistered', 1, {
      facts: JSON.stringify({
        from: { kind: 'one', address: 'nora@elsewhere.example', name: 'Nora Eck' },
        grade: 'verified',
      }),
    });
    await web.sql(
      `insert into decisions (mail_id, at, outcome, rule, reason, evidence)
       values ($1, now(), 'held-unregistered', 'r16', 'so it was', '{"site":"1000345","pin":"345"}')`,
      [id],
    );
    expect((await page()).lines).toMatchObject([
      {
        from: 'nora@elsewhere.example',
        name: 'Nora Eck',
        grade: 'verified',
        site: { number: '1000345', name: 'Aldous Robotics' },
        pin: '345',
        asked: false,
      },
    ]);
  });
  it('refused ones by themselves, the newest first', async () => {
    const ids = [await held('refused', 1), await held('refused', 2), await held('held-unknown', 3)];
    const lines = await desk().refused({ before: null, limit: 50 });
    expect(lines.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
  });
});
