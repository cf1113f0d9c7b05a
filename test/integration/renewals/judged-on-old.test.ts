/** What an import, a person or a pause does while letters about renewals are planned is judged again (POLICY §10.1, §10.3, §10.5). */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ends, firstDay, support, toldSites } from '../../support/renewals/told-site.ts';
import { type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
let on: ReturnType<typeof toldSites>;
const [moved, held, renewed, paused] = ['1000001', '1000002', '1000003', '1000004'] as const;

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  on = toldSites(desk);
  for (const site of [moved, held, renewed, paused]) await on.put(site, support(site, ends));
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
  await desk.clock.set(firstDay);
  await desk.tick();
  for (const letter of await desk.letters()) await desk.becomes(letter.id, 'sent');
});
afterAll(() => desk.stop());

const plannedGroups = async (site: string) =>
  (
    await desk.rows(sql<{ group: string }>`
      select distinct to_json(t.group_on) #>> '{}' as "group"
      from renewal_steps t
      join sites s on s.id = t.site_id
      where s.number = ${site} and t.state = 'planned'
      order by 1`)
  ).map(({ group }) => group);

describe('while a site is planned', () => {
  it('§10.3 an import comes between: what is planned is what stands on record then', async () => {
    await on.put(moved, support(moved, '2028-03-31', { forge: '2028-03-31' }));
    await on.planWhile(moved, () => on.put(moved, support(moved, '2029-03-31', { forge: '2029-03-31' })));
    expect(await plannedGroups(moved)).toEqual(['2029-03-31', '2036-12-31']);
  });

  it('§10.5 what a person holds meanwhile stays held, and what they let go goes', async () => {
    const { id } = await on.stepAt(held, -60);
    await on.put(held, support(held, ends, { quantity: 4 }));
    await on.planWhile(held, () => desk.act('hold-renewal', { renewal: id }));
    expect(await on.stepAt(held, -60)).toMatchObject({ state: 'held' });
    await on.put(held, support(held, ends, { quantity: 3 }));
    await on.planWhile(held, () => desk.act('release-renewal', { renewal: id }));
    expect(await on.stepAt(held, -60)).toMatchObject({ state: 'planned' });
  });

  it('§10.3 the renewal is taken back: nobody hears that it is renewed', async () => {
    await on.put(renewed, support(renewed, '2028-03-31', { forge: '2028-03-31' }));
    await on.planWhile(renewed, () => on.put(renewed, support(renewed, ends)));
    expect(await on.letters(renewed)).toEqual(['renewal-notice rae sent']);
  });

  it('§10.5 all of them are paused: who was told hears of it once they go on', async () => {
    await on.put(paused, support(paused, '2028-03-31', { forge: '2028-03-31' }));
    await on.planWhile(paused, () => desk.act('pause-renewals', {}));
    expect(await on.letters(paused)).toEqual(['renewal-notice rae sent']);
    await desk.act('resume-renewals', {});
    await on.planWhile(paused, async () => {});
    expect(await on.letters(paused)).toEqual(['renewal-notice rae sent', 'renewal-settled rae queued']);
  });
});
