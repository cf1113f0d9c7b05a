/** Letters about renewals by the clock: one that fails keeps no other back, and sites are looked at in turn (POLICY §10.2, §10.5). */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planRenewals, runRenewals, tellRenewals } from '../../../src/flows/renewals/run-renewals.ts';
import { ends, toldSites } from '../../support/renewals/told-site.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
let on: ReturnType<typeof toldSites>;
const [failing, other] = ['1000001', '1000002'] as const;
const many = 250;

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  on = toldSites(desk);
  for (const site of [failing, other]) await desk.put(site, firm(site, { ends }));
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
});
afterAll(() => desk.stop());

const idOf = async (site: string) =>
  (await desk.rows(sql<{ id: number }>`select id::int as id from sites where number = ${site}`))[0]?.id ?? 0;

it('§10.2 goes on behind a letter that always fails, and the list of the week goes out', async () => {
  await desk.rows(sql`
    alter table renewal_steps add constraint not_sent check (state <> 'sent' or site_id <> ${sql.lit(await idOf(failing))})`);
  // A Monday.
  await desk.clock.set('2027-01-04T10:00:00Z');
  await expect(runRenewals(desk.deps, { batch: 1 })).rejects.toThrow();
  expect(await on.letters(failing)).toEqual([]);
  expect(await on.letters(other)).toEqual(['renewal-notice rae queued']);
  expect(await tellRenewals(desk.deps)).toBe(true);
});

it('looks at some hundreds of sites a time, and at each once a day, not all in the same hour', async () => {
  const rows = (of: (at: number) => string) =>
    Array.from({ length: many }, (_, at) => `${of(2_000_000 + at)}\n`).join('');
  const files = [
    {
      name: 'sites.csv',
      text: `number,name,country,timezone,language\n${rows((at) => `${at},Firm ${at},GB,Europe/London,en`)}`,
    },
    {
      name: 'contacts.csv',
      text: `site,name,email,role\n${rows((at) => `${at},Ada,ada@c${at}.example,primary`)}`,
    },
  ];
  await desk.act('import-registry', { files } as never);
  expect(await planRenewals(desk.deps)).toBe(200);
  expect(await planRenewals(desk.deps)).toBeLessThan(200);
  const [all] = await desk.rows(sql<{ least: number; most: number; hours: number }>`
    select
      min(extract(epoch from plan_at - now())::int) as least,
      max(extract(epoch from plan_at - now())::int) as most,
      count(distinct date_trunc('hour', plan_at))::int as hours
    from renewal_sites r
    join sites s on s.id = r.site_id
    where s.number like '2%'`);
  expect(all?.least).toBeGreaterThan(19.9 * 3_600);
  expect(all?.most).toBeLessThanOrEqual(24 * 3_600);
  expect(all?.hours).toBeGreaterThan(3);
});
