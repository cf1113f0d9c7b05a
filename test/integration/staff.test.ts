/** People who are added beside postern.yaml, in two processes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSettings } from '../../src/config/settings.ts';
import { perform } from '../../src/flows/acts/perform.ts';
import { listStaff } from '../../src/flows/staff/list-staff.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { silentMeter } from '../../src/foundation/meter.ts';
import { type App, openApp } from '../../src/runtime/app.ts';
import { key } from '../support/app.ts';
import { remove, scratch } from '../support/process.ts';
import { freshDatabase } from '../support/servers/postgres.ts';
import { person } from '../support/worked-case.ts';

const folder = scratch('staff');
let database: Awaited<ReturnType<typeof freshDatabase>>;
let one: App;
let other: App;
const open = (): Promise<App> =>
  openApp({
    settings: readSettings('work', {
      folder,
      env: { DATABASE_URL: database.url, SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key, DNS_SERVERS: 'off' },
    }),
    log: silentLog,
    meter: silentMeter,
    hold: 'join',
    say() {},
    threads: 1,
  });

beforeAll(async () => {
  database = await freshDatabase();
  one = await open();
  other = await open();
});
afterAll(async () => {
  await one.close();
  await other.close();
  await database.drop();
  remove(folder);
});

const by = { kind: 'api', staff: null } as const;
const desks = () => [one, other].map(({ policy: { desk } }) => desk);

it('are ours at once where they were added, elsewhere with the next look, and nobody once they are removed', async () => {
  const nia = person('Nia Vale', 'nia@desk.example', { roles: ['engineer', 'security'] });
  expect(await perform(one, { act: 'add-staff', input: nia, by })).toMatchObject({ kind: 'done' });
  expect(desks().map(({ staff }) => staff)).toEqual([['nia@desk.example'], []]);
  await other.refreshStaff();
  for (const desk of desks())
    expect([desk.people, desk.staff, desk.security, desk.care]).toEqual([
      [{ ...nia, added: true }],
      ...Array.from({ length: 3 }, () => ['nia@desk.example']),
    ]);
  expect(await listStaff(other)).toEqual([{ ...nia, from: 'added', inForce: true }]);
  expect(await perform(other, { act: 'remove-staff', input: { email: nia.email }, by })).toMatchObject({
    kind: 'done',
  });
  expect(desks().map(({ people }) => people.length)).toEqual([1, 0]);
  await one.refreshStaff();
  expect(desks().map(({ staff }) => staff)).toEqual([[], []]);
});
