/** A site by the API: shown first, done only as it was shown, for whom, and told in the words of the registry where it is refused. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commit } from '../../../src/flows/acts/commit.ts';
import { exportSite } from '../../../src/store/registry/registry.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { openWeb, type TestWeb, told } from './support.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await openWeb({
    actions: {
      perform: (act, input, how) => commit(letterDeps(web.database), { act, input, ...how }),
      exportSite: (number) => exportSite(web.database, number),
    },
  });
});
afterAll(() => web.close());

const headers = { 'content-type': 'application/json' };
const put = (number: string, body: object, query = '') =>
  web.ask(`/api/v1/sites/${number}${query}`, { method: 'PUT', body: JSON.stringify(body), headers });
const form = { country: 'GB', timezone: 'Europe/London', language: 'en' };
const aldous = {
  name: 'Aldous Robotics',
  ...form,
  pin: '0345',
  contacts: [{ name: 'Ada Byron', email: 'ada@aldous.example', role: 'primary' }],
};
const written = () => web.sql('select actor, subject_id, detail from audit order by id');

it('says what would follow and writes nothing, with preview in the query or the body', async () => {
  for (const answer of [
    await put('1000345', aldous, '?preview=true'),
    await put('1000345', { ...aldous, preview: true }),
  ])
    expect([answer.status, await told(answer)]).toEqual([
      200,
      {
        preview: true,
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        changes: [
          { change: 'site-changed', says: 'site 1000345: new; site 1000345: contact ada@aldous.example: new.' },
        ],
        letters: [],
      },
    ]);
  expect((await web.ask('/api/v1/sites/1000345')).status).toBe(404);
  expect(await written()).toEqual([]);
});

it('does it for a member of staff and answers with the site alone, so that it can be put again', async () => {
  const answer = await put('1000345', { ...aldous, by: 'kim@desk.example' });
  const site = { number: '1000345', ...aldous };
  expect([answer.status, await told(answer)]).toEqual([200, site]);
  expect(await written()).toEqual([
    {
      actor: 'api for kim@desk.example',
      subject_id: '1000345',
      detail: { changes: ['site 1000345: new', 'site 1000345: contact ada@aldous.example: new'] },
    },
  ]);
  expect(await told(await put('1000345', { ...site, preview: true }))).toMatchObject({ changes: [] });
  expect(await told(await put('1000345', site))).toEqual(site);
  expect(await written()).toHaveLength(1);
});

it('is done only as it was shown: where the site was changed meanwhile it is a conflict with the new preview', async () => {
  const shown = await told(await put('1000345', { name: 'Aldous', preview: true }));
  expect((await put('1000345', { name: 'Between' })).status).toBe(200);
  const before = await written();
  const moved = await put('1000345', { name: 'Aldous', expect: shown.fingerprint });
  expect(moved.status).toBe(409);
  const { now } = await told(moved);
  expect(now.changes).toEqual([{ change: 'site-changed', says: 'site 1000345: name Between → Aldous.' }]);
  expect(await written()).toEqual(before);
  const done = await put('1000345', { name: 'Aldous', expect: now.fingerprint });
  expect(await told(done)).toMatchObject({ name: 'Aldous' });
});

it('is refused alike by its preview and in earnest: a field that is wrong, the PIN of another site, another number', async () => {
  const before = await written();
  const [contact] = aldous.contacts;
  for (const [body, says] of [
    [{ ...aldous, country: 'XX' }, /"XX" is not a country/],
    [{ name: 'Half', ...form, pin: '0345' }, /PIN 0345 is that of site 1000345/],
    [{ ...aldous, pin: '0999', contacts: [contact, { ...contact, email: 'b@aldous.example' }] }, /has 2 primaries/],
    [{ number: '1000345' }, /^number: 1000345 is not the site of this address, 1000346$/],
  ] as const)
    for (const preview of [true, false]) {
      const answer = await put('1000346', { ...body, preview });
      expect([answer.status, (await told(answer)).detail]).toEqual([422, expect.stringMatching(says)]);
    }
  expect((await put('1000345', { by: 'nobody' })).status).toBe(400);
  expect(await written()).toEqual(before);
});

it('files of the registry come in by their act: one change a site, and every fault with its file and line', async () => {
  const post = (files: object[], more = {}) =>
    web.ask('/api/v1/acts/import-registry', {
      method: 'POST',
      body: JSON.stringify({ input: { files }, ...more }),
      headers,
    });
  const products = { name: 'products.csv', text: 'name\nVault\n' };
  const sites = (country: string) => ({
    name: 'sites.csv',
    text: `number,name,country,timezone,language\n1000350,N,${country},UTC,en\n1000351,M,GB,UTC,en\n`,
  });
  const wrong = await post([products, sites('UK')]);
  expect(wrong.status).toBe(422);
  expect((await told(wrong)).detail).toMatch(/^sites\.csv:2 country: "UK" is not a country/);
  const changes = [
    { change: 'products-changed', says: 'product Vault: new.' },
    { change: 'site-changed', says: 'site 1000350: new.' },
    { change: 'site-changed', says: 'site 1000351: new.' },
  ];
  expect(await told(await post([products, sites('GB')], { preview: true }))).toMatchObject({ preview: true, changes });
  expect(await web.sql("select 1 from sites where number = '1000350'")).toEqual([]);
  expect(await told(await post([products, sites('GB')]))).toEqual({ changes, letters: [] });
  expect(await web.sql("select number from sites where number like '100035_' order by 1")).toHaveLength(2);
});
