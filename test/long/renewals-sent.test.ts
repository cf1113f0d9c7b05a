/** POLICY §10 with 10,000 sites on PostgreSQL whose connections are cut: RELIABILITY I3, at most one letter a site, group and step. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planRenewals, runRenewals } from '../../src/flows/renewals/run-renewals.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { dueRenewals } from '../../src/store/renewals/due.ts';
import { type RenewalsDesk, renewalsDesk } from '../support/renewals-desk.ts';

const sites = 10_000;
let desk: RenewalsDesk;

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
});
afterAll(() => desk.stop());

const number = (at: number) => String(1_000_000 + at);
const each = (row: (at: number) => string) => Array.from({ length: sites }, (_, at) => `${row(at)}\n`).join('');
const zones = ['GB,Europe/London', 'DE,Europe/Berlin', 'US,America/New_York', 'JP,Asia/Tokyo'];
const files = [
  {
    name: 'sites.csv',
    text: `number,name,country,timezone,language\n${each((at) => `${number(at)},Firm ${at},${zones[at % 4]},en`)}`,
  },
  {
    name: 'contacts.csv',
    text: `site,name,email,role,types\n${each((at) => `${number(at)},Ada ${at},ada@c${at}.example,primary,renewal`)}`,
  },
  { name: 'plans.csv', text: `site,kind,from,to\n${each((at) => `${number(at)},standard,2026-01-01,2027-03-31`)}` },
];
const count = async (what: string) =>
  (await desk.rows(sql<{ n: number }>`select count(*)::int as n ${sql.raw(what)}`))[0]?.n ?? 0;

test('10,000 sites are planned once, and each gets one letter, however often the connections are cut', async () => {
  await desk.act('import-registry', { files } as never);
  expect(await count('from letters')).toBe(0);
  await desk.act('start-schedule', { kind: 'renewals' });
  const started = performance.now();
  await planRenewals(desk.deps, { most: sites });
  console.log(`10,000 sites planned in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  expect(await count("from renewal_steps where state = 'planned'")).toBe(9 * sites);

  await desk.clock.set('2026-12-31T15:00:00Z');
  const runners = Array.from({ length: 3 }, () => openDatabase(desk.clock.url, silentLog, 2));
  let cuts = 0;
  let open = true;
  const cutting = (async () => {
    while (open) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const cut = await desk.rows(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and random() < 0.3`);
      cuts += cut.length;
    }
  })();
  const running = performance.now();
  while ((await dueRenewals(desk.database, 1).catch(() => ['?'])).length > 0)
    await Promise.allSettled(runners.map((database) => runRenewals({ ...desk.deps, database }, { most: 500 })));
  open = false;
  await cutting;
  await Promise.all(runners.map((database) => database.close()));
  const seconds = (performance.now() - running) / 1000;
  console.log(`10,000 letters by three runners in ${seconds.toFixed(0)} s; ${cuts} connections cut`);
  expect(cuts).toBeGreaterThan(20);
  expect(await count("from letters where template = 'renewal-notice'")).toBe(sites);
  expect(await count("from (select distinct to_address from letters where template = 'renewal-notice') t")).toBe(sites);
  expect(await count("from renewal_letters where role = 'notice'")).toBe(sites);
  expect(await count("from renewal_steps where state = 'sent'")).toBe(sites);
  expect(await count("from audit where action = 'renewal-sent'")).toBe(sites);
}, 3_600_000);
