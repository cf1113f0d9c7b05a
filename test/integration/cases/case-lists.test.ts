/** Lists of cases and the search, by PostgreSQL: orders, pages, filters, and what is found against a scan of every text. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseSearchKey } from '../../../src/cases/search/case-search.ts';
import {
  type CaseKey,
  type CaseLists,
  type CaseOrder,
  openCaseLists,
} from '../../../src/flows/cases/listed/case-lists.ts';
import { indexCases } from '../../../src/flows/cases/listed/index-cases.ts';
import { caseNumber } from '../../../src/foundation/ids.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { writeCaseSplit } from '../../../src/store/changes/cases/joining.ts';
import { writeContactRemoved } from '../../../src/store/changes/contacts/contacts.ts';
import { writePersonErased } from '../../../src/store/changes/contacts/erase.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { erasureStep } from '../../../src/store/upkeep/erasure/run.ts';
import { caseHolds, scanned } from '../../support/linear-scan.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';
import { policy } from '../../support/world.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
let desk: CaseLists;
// biome-ignore lint/suspicious/noExplicitAny: rows of any table
const sql = async (text: string, values: unknown[] = []): Promise<any[]> => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, silentLog, 4);
  const people = [
    { name: 'Kim Oster', email: 'kim@desk.example', roles: ['engineer'] },
    { name: 'Lea Brandt', email: 'lea@desk.example', roles: ['engineer'] },
  ];
  desk = openCaseLists({ database, policy: { ...policy, desk: { ...policy.desk, people } } as never });
  await sql(`insert into sites (number, name, country, timezone, language) values
    ('1000345', 'Aldous Robotics', 'GB', 'Europe/London', 'en'), ('1000346', 'Bergwerk Süd', 'DE', 'Europe/Berlin', 'de')`);
});
afterAll(async () => {
  await database?.close();
  await fresh?.drop();
});
beforeEach(() =>
  // What only grows is emptied as well.
  sql(`set session_replication_role = replica;
    truncate case_messages, case_search, case_search_mark, saved_views, erasures, audit, cases restart identity cascade`),
);

type Row = Readonly<Record<string, unknown>>;
type Said = {
  readonly author?: string;
  readonly text: string;
  readonly files?: readonly string[];
  readonly direction?: string;
};
let last = 300_000;
async function put(given: Row = {}, said: readonly Said[] = []): Promise<string> {
  last += 1;
  const row: Row = {
    ...{ number: `${last}`, site_id: 1, title: 'The vault does not open', severity: 3, kind: 'incident' },
    ...{ status: 'open', opened_at: '2026-03-01T10:00Z', contact_address: 'ada@aldous.example', language: 'en' },
    ...(given.status === 'closed' && { closed_at: '2026-03-03T10:00Z' }),
    ...given,
  };
  const names = Object.keys(row);
  const [made] = await sql(
    `insert into cases (${names.join()}) values (${names.map((_, i) => `$${i + 1}`).join()}) returning id`,
    Object.values(row),
  );
  for (const { author = 'ada@aldous.example', text, files = [], direction = 'in' } of said)
    await sql(
      `insert into case_messages (case_id, direction, author, text, attachments, at) values ($1, $2, $3, $4, $5, now())`,
      [made.id, direction, author, text, JSON.stringify(files.map((name) => ({ name, type: 'text/plain', size: 1 })))],
    );
  return `${row.number}`;
}

type Asked = {
  q?: string;
  fields?: Partial<Record<CaseSearchKey, string>>;
  order?: CaseOrder | null;
  after?: CaseKey | null;
  limit?: number;
};
const list = (asked: Asked = {}) =>
  desk.list({
    q: '',
    fields: {},
    order: null,
    after: null,
    limit: 50,
    viewer: 'kim@desk.example',
    zone: 'UTC',
    ...asked,
  });
const numbers = async (asked: Asked = {}) => (await list(asked)).lines.map(({ number }) => number);
/** Page by page until there is no more. */
async function all(asked: Asked = {}): Promise<string[]> {
  const found: string[] = [];
  let after: CaseKey | null = null;
  for (let i = 0; i < 60; i += 1) {
    const page = await list({ ...asked, after });
    found.push(...page.lines.map(({ number }) => number));
    if (page.next === null) return found;
    after = page.next;
  }
  throw new Error('it does not end');
}
const read = async () => {
  // What was begun before is waited for: transactions of other tests, too.
  for (let round = 0; round < 1_000; round += 1) {
    while ((await indexCases({ database })) > 0);
    const [{ done }] = await sql(`select not exists (select from case_search where stale)
      and exists (select from case_search_mark where back_id = 0 and read_id >= (select coalesce(max(id), 0) from case_messages)) as done`);
    if (done) return;
    await new Promise((later) => setTimeout(later, 20));
  }
  throw new Error('not every case was read in time');
};

describe('open cases', () => {
  it('go by the next deadline, or by severity and then by it; answered ones and those that wait come behind', async () => {
    const met = { response_met_at: '2026-03-01T11:00Z' };
    const late = await put({ severity: 2, due: '2026-03-01T12:00Z' });
    const soon = await put({ severity: 1, due: '2026-03-05T12:00Z' });
    const answered = await put({ severity: 1, due: '2026-03-01T12:00Z', ...met });
    const waits = await put({ severity: 1, due: null, clock_runs: false });
    const early = await put({ severity: 1, due: '2026-03-04T12:00Z' });
    await put({ status: 'closed', severity: 1 });
    expect(await numbers({ order: 'urgent' })).toEqual([early, soon, answered, waits, late]);
    expect(await numbers()).toEqual([late, early, soon, answered, waits]);
    expect(await numbers({ order: 'newest' })).toEqual([early, waits, answered, soon, late]);
    expect(await numbers({ order: 'oldest' })).toEqual([late, soon, answered, waits, early]);
  });
  it('are paged by key in every order, each of them once', async () => {
    for (let i = 0; i < 23; i += 1)
      await put({
        severity: 1 + (i % 4),
        due: i % 3 === 0 ? null : `2026-03-0${1 + (i % 5)}T12:00:00.123456Z`,
        response_met_at: i % 5 === 0 ? '2026-03-01T11:00Z' : null,
      });
    for (const order of ['urgent', 'due', 'newest', 'oldest'] as const) {
      const whole = await numbers({ order });
      expect(whole).toHaveLength(23);
      expect(await all({ order, limit: 4 })).toEqual(whole);
    }
  });
  it('are narrowed by what is asked', async () => {
    const mine = await put({ owner: 'kim@desk.example', severity: 1 });
    const hers = await put({ owner: 'lea@desk.example', kind: 'defect' });
    const free = await put({ site_id: 2, due: '2026-03-01T12:00Z' });
    const waits = await put({ clock_runs: false, owner: 'lea@desk.example' });
    const closed = await put({ status: 'closed', owner: 'kim@desk.example' });
    const solved = await put({ proposed_at: '2026-03-02T12:00Z', owner: 'kim@desk.example' });
    const by = (fields: NonNullable<Asked['fields']>) => numbers({ fields, order: 'oldest' });
    expect(await by({ owner: 'me' })).toEqual([mine, solved]);
    expect(await by({ owner: 'none' })).toEqual([free]);
    expect(await by({ owner: 'Lea' })).toEqual([hers, waits]);
    expect(await by({ severity: '1' })).toEqual([mine]);
    expect(await by({ kind: 'defect' })).toEqual([hers]);
    expect(await by({ site: 'bergwerk' })).toEqual([free]);
    expect(await by({ site: '1000346' })).toEqual([free]);
    expect(await by({ due: '2h' })).toEqual([free]);
    expect(await by({ due: '>2026-02-28' })).toEqual([free]);
    expect(await by({ due: '>2026-03-01' })).toEqual([]);
    expect(await by({ status: 'late' })).toEqual([free]);
    expect(await by({ status: 'waiting' })).toEqual([waits]);
    expect(await by({ status: 'proposed' })).toEqual([solved]);
    expect(await by({ status: 'closed' })).toEqual([closed]);
    expect(await by({ status: 'any', owner: 'me' })).toEqual([mine, closed, solved]);
    expect(await by({ case: closed })).toEqual([closed]);
    const nobody = await list({ fields: { owner: 'Zoe' } });
    expect([nobody.lines, nobody.search.faults]).toEqual([
      [],
      ['Nobody of ours is called “Zoe”, so that nothing was found.'],
    ]);
    expect(await desk.counts('kim@desk.example')).toEqual({ open: 5, mine: 2, unowned: 1, risk: 1, waiting: 1 });
  });
  it('show whose word was the last, and what is owed', async () => {
    await put({ due: '2026-03-05T12:00Z', owner: 'lea@desk.example' }, [
      { text: 'It hums.' },
      { text: 'Ask Max.', direction: 'note' },
    ]);
    const [line] = (await list()).lines;
    expect(line).toMatchObject({
      ...{ due: expect.stringMatching(/^2026-03-05T12:00/), owner: 'lea@desk.example', last: { by: 'note' } },
      ...{ site: { number: '1000345', name: 'Aldous Robotics' }, requester: { address: 'ada@aldous.example' } },
    });
  });
});

const texts = [
  'Der Drucker läuft nicht',
  'vault log says quota exceeded',
  '金庫が開きません',
  '請求書を送ってください',
  'VLT-1042 stops',
];
const word = fc.constantFrom(
  'drucker',
  'Drucker',
  'druck',
  'laeuft',
  'läuft',
  'quota',
  'vault',
  'log',
  '金庫',
  '請求書',
  '書',
  '求書を',
  'vlt',
  '1042',
  'x',
  'ada',
  'log.txt',
  'says quota',
  'not',
);
const said = fc.record({
  author: fc.constantFrom('ada@aldous.example', 'max@bergwerk.example'),
  text: fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }).map((some) => some.join('\n')),
  files: fc.array(fc.constantFrom('log.txt', '請求書.pdf', 'Drucker.png'), { maxLength: 2 }),
});

describe('a search', () => {
  it('finds what a scan of every text finds, and nothing else', async () => {
    const put1 = async (title: string, messages: readonly Said[]) => ({
      number: await put({ title }, messages),
      title,
      messages,
    });
    const cases = fc.sample(
      fc.record({ title: fc.constantFrom(...texts, ''), messages: fc.array(said, { maxLength: 3 }) }),
      {
        numRuns: 60,
        seed: 7,
      },
    );
    const there = [];
    for (const { title, messages } of cases) there.push(await put1(title, messages));
    await read();
    const scannedCases = there.map(({ number, title, messages }) => ({
      number,
      texts: scanned({
        number,
        title,
        requester: 'ada@aldous.example',
        messages: messages.map((one) => ({ author: '', files: [], ...one })),
      }),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ typed: word, phrase: fc.boolean() }), { minLength: 1, maxLength: 2 }),
        async (asked) => {
          const q = asked.map(({ typed, phrase }) => (phrase ? `"${typed}"` : typed)).join(' ');
          const expected = scannedCases.filter((one) =>
            asked.every(({ typed, phrase }) =>
              phrase
                ? caseHolds(one.texts, typed, { phrase })
                : typed.split(' ').every((each) => caseHolds(one.texts, each)),
            ),
          );
          expect(await all({ q, limit: 7 }), q).toEqual(expected.map(({ number }) => number).toReversed());
        },
      ),
      { numRuns: 120 },
    );
  });
  it('looks among closed ones as well, unless it is told not to', async () => {
    const open = await put({ title: 'Robot arm drifts' });
    const closed = await put({ title: 'Robot arm stops', status: 'closed' });
    await read();
    expect(await numbers({ q: 'robot' })).toEqual([closed, open]);
    expect(await numbers({ q: 'robot is:open' })).toEqual([open]);
    expect(await numbers({ q: 'robot is:closed' })).toEqual([closed]);
    expect(await numbers({ q: 'robot', fields: { status: 'closed' } })).toEqual([closed]);
    expect(await numbers({ q: 'robot is:open', order: 'urgent' })).toEqual([open]);
    expect(await list({ q: 'robot' })).toMatchObject({ hits: 2, reach: { percent: 100 } });
    expect((await list({ q: 'severity:9' })).lines).toEqual([]);
  });
  it('finds by whoever wrote', async () => {
    const one = await put({ contact_address: 'zoe@marlin.example' }, [{ author: 'max@bergwerk.example', text: 'x' }]);
    await put({}, [{ text: 'max@bergwerk.example' }]);
    await read();
    expect(await numbers({ q: 'from:max@bergwerk.example' })).toEqual([one]);
    expect(await numbers({ fields: { from: 'zoe' } })).toEqual([one]);
  });
  it('finds no secret', async () => {
    await put({}, [{ text: 'It is p7KQ2M9XWY' }]);
    await read();
    const [{ words }] = await sql('select words::text from case_search');
    expect(words).not.toContain('kq2m9');
  });
  it('finds what came since, and in a case what was split off', async () => {
    const one = await put({}, [{ text: 'quota' }]);
    await read();
    expect(await numbers({ q: 'zebra' })).toEqual([]);
    const [{ id }] = await sql('select id::text from cases');
    const [mail] = await sql(`insert into mails (arrived_at, door, door_name, sha256, size, state, outcome, case_id)
      values (now(), 'hand', 'x', sha256('x'), 1, 'decided', 'case-updated', ${id}) returning id::text`);
    await sql(
      `insert into case_messages (case_id, mail_id, direction, author, text, at) values ($1, $2, 'in', 'ada@aldous.example', 'zebra', now())`,
      [id, mail.id],
    );
    await read();
    expect(await numbers({ q: 'zebra' })).toEqual([one]);
    await sql("select setval('case_numbers', 399999)");
    const split = await database.transaction((tx) =>
      writeCaseSplit(tx, {
        ...{ kind: 'case-split', id, case: caseNumber(one), mails: [mail.id], title: 'Split', at: '2026-03-04T10:00Z' },
        ...{ openedAt: '2026-03-04T10:00Z', clock: null },
      } as never),
    );
    await read();
    expect(await numbers({ q: 'zebra' })).toEqual([split.to?.case]);
  });
  it('is filled from the newest back where cases were there before, and says how far it is', async () => {
    for (let i = 0; i < 250; i += 1) await put({ title: `Old ${i}` });
    expect((await list({ q: 'old' })).reach).toEqual({ from: null, percent: 0 });
    const step = () => indexCases({ database }, { goOnFor: 0 });
    await step();
    await step();
    const { reach, lines } = await list({ q: 'old' });
    expect(reach?.percent).toBe(40);
    expect(lines).toHaveLength(50);
    await read();
    expect(await list({ q: 'old' })).toMatchObject({ hits: 250, reach: { from: null, percent: 100 } });
  });
  it('finds nobody who was erased, from then on', async () => {
    const one = await put({ contact_address: 'zoe@marlin.example', status: 'closed' }, [
      { author: 'zoe@marlin.example', text: 'Zoe Hart says that the vault hums' },
    ]);
    await read();
    expect(await numbers({ q: 'hart' })).toEqual([one]);
    const who = { addresses: ['zoe@marlin.example'], wide: [], names: ['Zoe Hart'], sites: [] };
    const [{ id }] = await sql('insert into erasures (who) values ($1) returning id::text', [JSON.stringify(who)]);
    const vault = { seal: () => Buffer.alloc(0) };
    while ((await erasureStep(database, vault as never, id)) === 'more');
    const [row] = await sql('select words::text, stale from case_search');
    expect(row).toEqual({ words: '', stale: true });
    await read();
    expect(await numbers({ q: 'hart' })).toEqual([]);
    expect(await numbers({ q: 'from:zoe' })).toEqual([]);
    expect(await numbers({ q: one.slice(0, 4) })).toEqual([one]);
  });
  it('forgets at once who asked for a case, where the primary has it from now on', async () => {
    await sql(`insert into contacts (id, site_id, name, role, types, position) overriding system value values
      (901, 1, 'Ada Reyes', 'primary', '{}', 0), (902, 1, 'Zoe Hart', 'authorized user', '{}', 1)`);
    await sql(`insert into contact_addresses (site_id, contact_id, address, main) values
      (1, 901, 'ada@aldous.example', true), (1, 902, 'zoe@marlin.example', true)`);
    try {
      const one = await put({ contact_address: 'zoe@marlin.example', contact_id: 902 }, [{ text: 'x' }]);
      const other = await put({ contact_address: 'max@bergwerk.example' }, [{ text: 'x' }]);
      await read();
      expect(await numbers({ q: 'from:zoe' })).toEqual([one]);
      await database.transaction((tx) => writeContactRemoved(tx, { contact: '902', cases: [] } as never));
      expect(await numbers({ q: 'from:zoe' })).toEqual([]);
      expect(await numbers({ q: 'from:max' })).toEqual([other]);
      const erased = { addresses: ['max@bergwerk.example'], wide: [], names: [], sites: [], contacts: [] };
      await database.transaction((tx) => writePersonErased(tx, erased as never));
      expect(await numbers({ q: 'from:max' })).toEqual([]);
      await read();
      expect(await numbers({ q: 'from:zoe' })).toEqual([]);
      expect(await numbers({ q: 'from:ada' })).toEqual([other, one]);
    } finally {
      await sql('update cases set contact_id = null');
      await sql('delete from contacts where id in (901, 902)');
    }
  });
  it('waits for a transaction that is still writing', async () => {
    await put({ title: 'First' });
    await read();
    const slow = await database.db.startTransaction().execute();
    const { sql: raw } = await import('kysely');
    const [{ id }] = await sql('select id::text from cases');
    await raw`
      insert into case_messages (case_id, direction, author, text, at)
      values (${id}::bigint, 'in', 'x', 'slowly', now())`.execute(slow);
    await put({ title: 'Second' }, [{ text: 'quickly' }]);
    for (let round = 0; round < 3; round += 1) await indexCases({ database });
    await slow.commit().execute();
    // Transactions in the databases of other tests are waited for, too.
    await expect
      .poll(
        async () => {
          await read();
          return [(await numbers({ q: 'slowly' })).length, (await numbers({ q: 'quickly' })).length];
        },
        { timeout: 20_000 },
      )
      .toEqual([1, 1]);
  });
});

describe('a list that is kept', () => {
  const by = { kind: 'console', staff: 'kim@desk.example' } as const;
  const keep = (name: string, more: { owner?: string; shared?: boolean } = {}) =>
    desk.keepView({ owner: 'kim@desk.example', shared: false, name, query: 'severity=1', ...more }, by);
  it('is seen by whoever keeps it, and by all where it is for all', async () => {
    await keep('Urgent');
    await keep('Everybody’s', { shared: true });
    const names = async (of: string) => (await desk.views(of)).map(({ name }) => name);
    expect(await names('kim@desk.example')).toEqual(['Urgent', 'Everybody’s']);
    expect(await names('lea@desk.example')).toEqual(['Everybody’s']);
    expect(await sql("select action, actor from audit where subject_kind = 'saved-view' order by id")).toEqual([
      { action: 'view-kept', actor: 'console for kim@desk.example' },
      { action: 'view-kept', actor: 'console for kim@desk.example' },
    ]);
  });
  it('has a name of its own, and there are twenty at the most', async () => {
    expect(await keep('Urgent')).toMatchObject({ name: 'Urgent' });
    expect(await keep('URGENT')).toBe('taken');
    expect(await keep('Urgent', { owner: 'lea@desk.example' })).toMatchObject({ name: 'Urgent' });
    for (let i = 1; i < 20; i += 1) await keep(`More ${i}`);
    expect(await keep('One more')).toBe('full');
    const [first, second] = await desk.views('kim@desk.example');
    expect(await desk.renameView({ id: first?.id ?? '', name: second?.name ?? '' }, by)).toBe('taken');
    expect(await desk.renameView({ id: first?.id ?? '', name: 'Now' }, by)).toMatchObject({ name: 'Now' });
    expect(await desk.dropView(first?.id ?? '', by)).toMatchObject({ name: 'Now' });
    expect(await desk.dropView(first?.id ?? '', by)).toBeNull();
  });
});
