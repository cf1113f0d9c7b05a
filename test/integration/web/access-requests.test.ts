/** Requests for access by call and by command (INTERFACE.md "Acts", POLICY §8). */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestStates, stateOf } from '../../../src/access/request.ts';
import { acts } from '../../../src/acts/list.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { listRequests, requestState } from '../../../src/store/access/list-requests.ts';
import { registrySql } from '../../support/app.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { typedHere } from '../../support/processes/typed-here.ts';
import { openWeb, type TestWeb, told } from './support.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await openWeb({
    actions: { perform: (act, input, how) => commit(letterDeps(web.database), { act, input, ...how }) },
  });
  await web.sql(registrySql);
});
afterAll(() => web.close());

const headers = { 'content-type': 'application/json' };
const call = (path: string, body: object) =>
  web.ask(`/api/v1/access-requests${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
const all = async (query = '') => (await told(await web.ask(`/api/v1/access-requests${query}`))).items;
const by = 'kim@desk.example';
const nora = {
  ...{ site: '1000345', address: 'Nora@elsewhere.example', country: 'GB', name: 'Nora Eck' },
  ...{ role: 'licence user', justification: 'Runs the vault' },
};
/** With the state that it comes to then, as every step is written. */
async function step(request: string, kind: string, who = 'clock', detail: object = {}): Promise<void> {
  await web.sql('insert into access_request_steps (request_id, kind, at, by, detail) values ($1, $2, now(), $3, $4)', [
    ...[request, kind, who, JSON.stringify(detail)],
  ]);
  await web.database.ask((db) =>
    sql`update access_requests r set state = ${requestState(sql`r.id`)} where r.id = ${request}::bigint`.execute(db),
  );
}

it('enters a request for somebody, who has to show that the address is theirs', async () => {
  const shown = await told(await call('?preview=true', nora));
  expect(shown).toMatchObject({ preview: true, changes: [{ change: 'access-requested' }], letters: [] });
  expect(await all()).toEqual([]);
  const made = await told(await call('', { ...nora, expect: shown.fingerprint }));
  expect(made).toMatchObject({ state: 'to-verify', changes: [{ change: 'access-requested' }] });
  const [one] = await all();
  expect(one).toEqual({
    ...{
      id: made.id,
      state: 'to-verify',
      site: '1000345',
      licence: null,
      name: 'Nora Eck',
      address: 'nora@elsewhere.example',
    },
    ...{ role: 'licence user', privileges: {}, justification: 'Runs the vault', until: null },
    ...{ askedAt: one.steps[0].at, decidedAt: null, decidedBy: null, reason: null },
    steps: [{ kind: 'asked', at: expect.stringMatching(/^\d{4}-.*Z$/), by: 'api' }],
  });
  const early = await call(`/${made.id}/decision`, { decision: 'grant', by });
  expect([early.status, (await told(early)).detail]).toEqual([409, expect.stringContaining('has not shown yet')]);
});

it('decides as a preview has shown it, for somebody of ours, and says who was faster', async () => {
  const [{ id }] = await all();
  await step(id, 'verified', 'mail:1');
  await step(id, 'deciders-asked');
  const asked = { decision: 'grant', role: 'authorized user', privileges: { cases: 'view' }, until: '2027-06-30' };
  const nobody = await call(`/${id}/decision`, asked);
  expect([nobody.status, (await told(nobody)).detail]).toEqual([422, expect.stringContaining('`by` in a call')]);
  const shown = await told(await call(`/${id}/decision?preview=true`, { ...asked, by }));
  expect(shown.changes.map((one: { change: string }) => one.change)).toEqual(['request-stepped', 'contact-added']);
  expect((await all('?state=waiting')).map((one: { id: string }) => one.id)).toEqual([id]);
  const done = await told(await call(`/${id}/decision`, { ...asked, by, expect: shown.fingerprint }));
  expect(done).toMatchObject({
    ...{ id, state: 'granted', role: 'authorized user', privileges: { cases: 'view' }, until: '2027-06-30' },
    ...{ decidedBy: by, reason: null },
  });
  const late = await told(await call(`/${id}/decision`, { decision: 'deny', reason: 1, by }));
  expect(late).toMatchObject({
    ...{ status: 409, detail: `Request ${id} was granted before, by ${by}, and the first decision counts.` },
    request: { id, state: 'granted', decidedBy: by },
  });
  for (const [answer, status] of [
    [await call('/999999/decision', { decision: 'deny', reason: 1, by }), 404],
    [await call(`/${id}/decision`, { decision: 'maybe', by }), 400],
    [await call(`/${id}/decision`, { decision: 'deny', reason: 4, by }), 400],
    [await call('', { site: '345', address: 'x' }), 400],
    [await web.ask('/api/v1/access-requests?state=open'), 400],
  ] as const)
    expect(answer.status).toBe(status);
});

const grant = { role: 'authorized user', privileges: {}, justification: 'so', until: null, atOnce: false };
const ways: readonly (readonly string[])[] = [
  [],
  ['verify-sent', 'asked'],
  ['verified'],
  ['verified', 'deciders-asked', 'reminded', 'code-wrong'],
  ['verified', 'handed-over', 'code-wrong'],
  ['corrected', 'verified', 'corrected', 'handed-over', 'corrected', 'reminded'],
  ['verified', 'granted', 'asker-told'],
  ['verified', 'granted', 'taken-back', 'reminded'],
  ['verified', 'handed-over', 'denied', 'taken-back'],
  ['verified', 'denied', 'taken-back', 'granted', 'asker-told', 'end-told', 'ended'],
  ['verified', 'handed-over', 'denied', 'asker-told'],
  ['verify-sent', 'ended'],
];

it('lists by state what the steps come to, page by page, with the address of whoever decided', async () => {
  for (const way of ways) {
    const [{ id }] = await web.sql(
      `insert into access_requests (site_named, address, language) values ('7654321', 'x@elsewhere.example', 'en') returning id`,
    );
    await step(id, 'asked');
    for (const kind of way) {
      const detail = kind === 'granted' ? grant : kind === 'denied' ? { reason: 2, words: '', atOnce: false } : {};
      await step(id, kind, kind === 'granted' || kind === 'denied' ? 'contact 1' : 'clock', detail);
    }
  }
  const seen: string[] = [];
  for (const state of requestStates) {
    const rows = await all(`?state=${state}&site=7654321`);
    expect(rows.length).toBeGreaterThan(0);
    for (const one of rows) expect([one.state, stateOf(one.steps)]).toEqual([state, state]);
    seen.push(...rows.map((one: { id: string }) => one.id));
  }
  expect(seen.toSorted()).toEqual((await all('?site=7654321')).map((one: { id: string }) => one.id).toSorted());
  expect((await all('?state=denied'))[0]).toMatchObject({ decidedBy: 'ada@aldous.example', reason: 2 });
  const first = await listRequests(web.database, { before: null, limit: 5 });
  const next = await listRequests(web.database, { before: first.next, limit: 100 });
  expect([...first.items, ...next.items]).toHaveLength(ways.length + 1);
});

it('is listed, granted and denied by command', async () => {
  const [{ id }] = await web.sql(
    `insert into access_requests (site_named, address, name, country, language) values ('1000345', 'ole@elsewhere.example', 'Ole Dahl', 'GB', 'en') returning id`,
  );
  for (const kind of ['asked', 'verified', 'deciders-asked']) await step(id, kind);
  await typedHere(web.url, acts, async (type, said) => {
    await type('access', 'list', '--state', 'waiting');
    expect(said()).toMatch(new RegExp(`${id} +waiting +1000345 .*ole@elsewhere.example`));
    await type('access', 'grant', id, '--until', '2027-01-31', '--justification', 'On call', '--as', by, '--dry-run');
    expect(said()).toContain('Nothing was written. It would come to this:');
    expect(said()).toContain('Ole Dahl (ole@elsewhere.example)');
    await type('access', 'deny', id, '3', 'Ask', 'Kay.', '--as', by);
    expect(said()).toContain(`Request ${id} of ole@elsewhere.example is denied.`);
    await type('access', 'list', '--site', '1000345', '--json');
    expect(said()).toContain(`"decidedBy":"${by}","reason":3`);
  });
  expect((await all('?state=denied'))[0]).toMatchObject({ id, decidedBy: by, reason: 3 });
  // The same person takes it back by whatever way.
  const undo = (who: object) =>
    web.ask('/api/v1/acts/undo-decision', {
      method: 'POST',
      headers,
      body: JSON.stringify({ input: { request: id }, ...who }),
    });
  expect([(await undo({})).status, (await undo({ by })).status]).toEqual([422, 200]);
  expect((await all('?state=waiting'))[0]).toMatchObject({ id, decidedBy: null });
});
