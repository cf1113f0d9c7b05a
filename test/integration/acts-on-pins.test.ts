/** Acts on PINs on a real database: the preview lists what is written, and of two at once one wins. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyAct } from '../../src/acts/act.ts';
import { issuePin } from '../../src/acts/pins/issue-pin.ts';
import { issuePrivilegedPin } from '../../src/acts/pins/issue-privileged-pin.ts';
import { revokePrivilegedPin } from '../../src/acts/pins/revoke-privileged-pin.ts';
import { usePrivilegedPin } from '../../src/acts/pins/use-privileged-pin.ts';
import { commit } from '../../src/flows/acts/commit.ts';
import { loadAll } from '../../src/flows/acts/perform.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { letterDeps } from '../support/letter-deps.ts';
import { freshDatabase } from '../support/servers/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 4);
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await database.ask((db) => query.execute(db))).rows;

beforeAll(async () => {
  await rows(
    sql`insert into sites (number, name, country, timezone, language) values ('1000345', 'Aldous', 'GB', 'UTC', 'en')`,
  );
  await rows(sql`insert into contacts (site_id, name, role, position)
    values (1, 'Ada', 'primary', 1), (1, 'Tess', 'technical contact', 2)`);
  await rows(sql`insert into contact_addresses (site_id, contact_id, address, main)
    values (1, 1, 'ada@aldous.example', true), (1, 2, 'tess@aldous.example', true)`);
  await rows(sql`insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
    values ('100042', 1, 'The vault', 3, 'incident', 'open', now(), 'ada@aldous.example', 'en')`);
});

const deps = letterDeps(database);
const noIntake = () => {
  throw new Error('nothing is read for a PIN');
};
type How = { preview?: boolean; expect?: string };
const act = (what: AnyAct, input: unknown, how: How = {}) => {
  const load = (needs: Parameters<typeof loadAll>[1]) => loadAll({ ...deps, intake: noIntake }, needs);
  return commit(deps, { act: what.name, input, by: { kind: 'command', staff: 'kim@desk.example' }, load, ...how });
};
const everything = async () => ({
  pins: await rows(sql`select site_id, pin, replaced_at is null as good from pins order by id`),
  privileged: await rows(sql`select id::text, redeemed_at, revoked_at from privileged_pins order by id`),
  letters: await rows(sql`select template, to_address from letters order by id`),
  events: await rows(sql`select kind, detail from case_events order by id`),
  audit: await rows(sql<{ actor: string; action: string }>`select actor, action from audit order by id`),
});

const site = { site: '1000345' };
const tess = { ...site, contact: 'tess@aldous.example', case: '100042' };
/** The row of a privileged PIN that is issued for Tess. */
async function issued(): Promise<string> {
  const done = await act(issuePrivilegedPin, tess);
  const change = done.kind === 'done' && done.made.find(({ kind }) => kind === 'privileged-pin-issued');
  if (change === false || change?.kind !== 'privileged-pin-issued' || change.pin === null)
    throw new Error('none was issued');
  return change.pin;
}
const cases: [name: string, act: AnyAct, input: () => Promise<unknown>, writes: string[]][] = [
  ['issue-pin', issuePin, async () => site, ['pin-issued']],
  ['issue-privileged-pin', issuePrivilegedPin, async () => tess, ['letter-queued', 'privileged-pin-issued']],
  [
    'use-privileged-pin',
    usePrivilegedPin,
    async () => ({ pin: await issued() }),
    ['letter-queued', 'privileged-pin-redeemed'],
  ],
  ['revoke-privileged-pin', revokePrivilegedPin, async () => ({ pin: await issued() }), ['privileged-pin-revoked']],
];

describe.each(cases)('%s', (_, what, inputOf, writes) => {
  it('previews what it then writes, and nothing but that; the fingerprint is that of the preview', async () => {
    const input = await inputOf();
    const before = await everything();
    const shown = await act(what, input, { preview: true });
    expect(await everything()).toEqual(before);
    if (shown.kind !== 'preview') throw new Error(JSON.stringify(shown));
    expect((await act(what, input, { preview: true })) as unknown).toMatchObject({
      preview: { fingerprint: shown.preview.fingerprint },
    });
    const done = await act(what, input, { expect: shown.preview.fingerprint });
    if (done.kind !== 'done') throw new Error(JSON.stringify(done));
    expect(done.done).toEqual({ ...shown.preview, preview: undefined });
    expect(done.made.map(({ kind }) => kind)).toEqual(shown.preview.changes.map(({ change }) => change));
    const after = await everything();
    const lines = after.audit.slice(before.audit.length);
    expect(lines.map(({ action }) => action).toSorted()).toEqual(writes);
    expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set(['command for kim@desk.example']));
    expect(after.letters.length - before.letters.length).toBe(shown.preview.letters.length);
  });
});

describe('of two at once', () => {
  it.each([
    ['use', usePrivilegedPin, 'This privileged PIN has been used.'],
    ['revoke', revokePrivilegedPin, 'This privileged PIN was revoked.'],
  ] as const)(
    'one may %s a privileged PIN, and the other is told why not; it is written once',
    async (_, what, says) => {
      const input = { pin: await issued() };
      const before = await everything();
      const all = await Promise.all([1, 2, 3].map(() => act(what, input)));
      expect(all.filter(({ kind }) => kind === 'done')).toHaveLength(1);
      expect(all.filter((one) => one.kind === 'refused' && one.says === says)).toHaveLength(2);
      const { events } = await everything();
      expect(events.length - before.events.length).toBe(1);
      expect((await everything()).letters.length - before.letters.length).toBe(what === usePrivilegedPin ? 1 : 0);
    },
  );
  it('each draws a PIN of its own for the site, one after the other; who expects the first is told of the second', async () => {
    const shown = await act(issuePin, site, { preview: true });
    const both = await Promise.all([1, 2].map(() => act(issuePin, site)));
    expect(both.map(({ kind }) => kind)).toEqual(['done', 'done']);
    const good = await rows(sql`select pin from pins where replaced_at is null`);
    expect(good).toHaveLength(1);
    const late = await act(issuePin, site, shown.kind === 'preview' ? { expect: shown.preview.fingerprint } : {});
    expect(late).toMatchObject({ kind: 'moved', preview: { changes: [{ change: 'pin-issued' }] } });
  });
});

it('a refused act on a PIN writes nothing', async () => {
  const before = await everything();
  const refused = await Promise.all([
    act(issuePin, { site: '1009999' }),
    act(issuePrivilegedPin, { ...tess, contact: 'nobody@aldous.example' }),
    act(usePrivilegedPin, { pin: '999999' }),
    act(revokePrivilegedPin, { pin: 'p7KQ2M9XWX' }),
  ]);
  expect(refused.map(({ kind }) => kind)).toEqual(Array(4).fill('refused'));
  expect(await everything()).toEqual(before);
});
