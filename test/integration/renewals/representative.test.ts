/** Renewals of accounts with a representative of their own, against PostgreSQL whose time is moved (POLICY §10.4–5). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportRegistry } from '../../../src/flows/registry/registry-files.ts';
import { previewRenewals } from '../../../src/flows/renewals/list-renewals.ts';
import { tellRenewals } from '../../../src/flows/renewals/run-renewals.ts';
import { writeTables } from '../../../src/registry/registry-csv.ts';
import { readRegistry, writeRegistry } from '../../../src/registry/registry-file.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { firm, type RenewalsDesk, renewalsDesk, robin } from '../../support/renewals-desk.ts';

let desk: RenewalsDesk;
const [own, teams] = ['1000001', '1000002'] as const;

beforeAll(async () => {
  desk = await renewalsDesk('2026-12-28T08:00:00Z');
  await desk.act('put-site', {
    site: own,
    entry: { ...firm(own, { ends: '2027-03-31' }), representative: robin.email },
  });
  await desk.put(teams, firm(teams, { ends: '2027-03-31' }));
});
afterAll(() => desk.stop());

it('stands in the registry as it is exported, in YAML and in tables, and reads back', async () => {
  const document = await exportRegistry(desk.database, null);
  expect(document.sites.map(({ representative }) => representative)).toEqual([robin.email, undefined]);
  const text = writeRegistry(document);
  expect(readRegistry([{ name: 'all.yaml', text }]).document.sites[0]).toMatchObject({ representative: robin.email });
  const table = writeTables(document)['sites.csv'];
  expect(readRegistry([{ name: 'sites.csv', text: table }])).toMatchObject({
    document: { sites: [{ representative: robin.email }, {}] },
    faults: [],
  });
});

it('is refused where it is none of our people', async () => {
  const entry = { representative: 'nobody@desk.example' };
  await expect(desk.act('put-site', { site: own, entry })).rejects.toThrow(
    'the representative nobody@desk.example is none of our people; they stand under staff:',
  );
});

it('is shown in the preview, before they are started and after', async () => {
  const shown = async () =>
    (await previewRenewals(desk.deps, 20)).items.map(({ site, representative }) => `${site} ${representative}`);
  const all = [`${own} ${robin.email}`, `${teams} null`];
  expect((await shown()).toSorted()).toEqual(all);
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
  expect((await shown()).toSorted()).toEqual(all);
});

it('is named in the letter; of the other account whoever is the only one of the team', async () => {
  await desk.clock.set('2026-12-31T09:00:30Z');
  await desk.tick();
  const named = await Promise.all(
    (await desk.letters()).map(async ({ id, to }) => {
      const text = decoded(await desk.raw(id)).replaceAll(/\s+/g, ' ');
      return `${to} ${/(\w+ \w+) looks after your renewal/.exec(text)?.[1]}`;
    }),
  );
  expect(named.toSorted()).toEqual([`rae@${own}.example Robin Vale`, `rae@${teams}.example Rita Born`]);
});

it('§10.5 gets the list of the own accounts on Monday, and the team that of the others', async () => {
  await desk.clock.set('2027-03-22T10:00:00Z');
  const before = await desk.last();
  expect(await tellRenewals(desk.deps)).toBe(true);
  const lists = await Promise.all(
    (await desk.letters(before)).map(async ({ id, to }) => {
      const text = decoded(await desk.raw(id));
      return `${to} ${[own, teams].filter((site) => text.includes(`(${site})`)).join(' ')}`;
    }),
  );
  expect(lists.toSorted()).toEqual([`rita@desk.example ${teams}`, `${robin.email} ${own}`]);
});

it('§10.5 while they are absent the team has all of it', async () => {
  await desk.clock.set('2027-03-29T10:00:00Z');
  const before = await desk.last();
  expect(await tellRenewals(desk.deps)).toBe(true);
  const [letter, ...more] = await desk.letters(before);
  expect([letter?.to, more]).toEqual(['rita@desk.example', []]);
  const text = decoded(await desk.raw(letter?.id ?? ''));
  for (const site of [own, teams]) expect(text).toContain(`(${site})`);
});
