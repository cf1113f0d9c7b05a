/** The people of a site by call (INTERFACE.md "Acts"). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commit } from '../../../src/flows/acts/commit.ts';
import { listPeople } from '../../../src/flows/contacts/list-people.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { putSite } from '../../support/put-site.ts';
import { openWeb, type TestWeb, told } from './support.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await openWeb({
    actions: {
      perform: (act, input, how) => commit(letterDeps(web.database), { act, input, ...how }),
      listPeople: (number) => listPeople(letterDeps(web.database), number),
    },
  });
  await putSite(web.database, '1000345', {
    ...{ name: 'Aldous Robotics', country: 'GB', timezone: 'Europe/London', language: 'en', pin: '345' },
    contacts: [{ name: 'Ada Byron', email: 'ada@aldous.example', role: 'primary' }],
  });
});
afterAll(() => web.close());

const headers = { 'content-type': 'application/json' };
const call = (method: string, path = '', body: object = {}) =>
  web.ask(`/api/v1/sites/1000345/contacts${path}`, { method, headers, body: JSON.stringify(body) });
const all = async () => (await told(await web.ask('/api/v1/sites/1000345/contacts'))).items;
const nia = { name: 'Nia Vale', email: 'Nia@aldous.example', role: 'authorized user', phone: '+44 20 1' };

it('adds somebody as a preview has shown it, with a welcome and a word to the primary', async () => {
  const shown = await told(await call('POST', '?preview=true', nia));
  expect(shown).toMatchObject({
    preview: true,
    changes: [{ change: 'contact-added', says: expect.stringContaining('Nia Vale (nia@aldous.example)') }],
    letters: [
      { template: 'contact-welcome', to: 'nia@aldous.example' },
      { template: 'contacts-changed', to: 'ada@aldous.example' },
    ],
  });
  expect(await all()).toHaveLength(1);
  expect((await call('POST', '', { ...nia, expect: shown.fingerprint })).status).toBe(200);
  expect(await all()).toMatchObject([{}, { email: 'nia@aldous.example', phone: '+44 20 1', granted: null }]);
  const again = await call('POST', '', nia);
  expect([again.status, (await told(again)).detail]).toEqual([409, expect.stringContaining('on record')]);
});

it('changes role, privileges and address together, and shows them as JSON and as CSV', async () => {
  const [, { id }] = await all();
  const body = { role: 'secondary', privileges: { cases: 'view' }, email: 'vale@aldous.example', city: 'Leeds' };
  expect((await call('PATCH', `/${id}`, body)).status).toBe(200);
  expect((await all())[1]).toMatchObject({
    ...{ id, role: 'secondary', email: 'vale@aldous.example', city: 'Leeds', granted: { cases: 'view' } },
    privileges: { cases: 'view', documents: 'update' },
  });
  const table = await web.ask('/api/v1/sites/1000345/contacts', { headers: { accept: 'text/csv' } });
  expect(table.headers.get('content-type')).toContain('text/csv');
  expect(await table.text()).toContain('vale@aldous.example,,secondary,,view,update,update,view,view,');
});

it('hands the primary role over, takes somebody off, and says what cannot be done', async () => {
  const [ada, { id }] = await all();
  expect((await call('DELETE', `/${ada.id}`)).status).toBe(422);
  expect((await call('PATCH', `/${id}`, { role: 'primary' })).status).toBe(200);
  expect((await all()).map((one: { role: string }) => one.role)).toEqual(['secondary', 'primary']);
  expect((await call('DELETE', `/${ada.id}`)).status).toBe(200);
  expect(await all()).toHaveLength(1);
  for (const [answer, status] of [
    [await call('DELETE', `/${ada.id}`), 404],
    [await call('PATCH', `/${id}`), 400],
    [await call('PATCH', `/${id}`, { privileges: { cases: 'all' } }), 400],
    [await call('POST', '', { name: 'X' }), 400],
    [await web.ask('/api/v1/sites/7654321/contacts'), 404],
  ] as const)
    expect(answer.status).toBe(status);
  expect(
    (await web.sql("select action from audit where subject_kind = 'contact' order by id")).map((r) => r.action),
  ).toEqual([
    ...['contact-added', 'role-set', 'privilege-set'],
    // Letters that can be ended stay where they go (§10.6).
    ...['subscription-set', 'subscription-set', 'subscription-set', 'subscription-set'],
    ...['contact-details-set', 'role-set', 'role-set', 'contact-removed'],
  ]);
});
