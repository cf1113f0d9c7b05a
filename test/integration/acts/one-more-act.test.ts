/** An act that stands in the list has its call, its command and its preview, with nothing else written for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acts } from '../../../src/acts/list.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { closeAndTell } from '../../support/acts/tell-case.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { typedHere } from '../../support/processes/typed-here.ts';
import { addCase, addSite, openWeb, type TestWeb, told } from '../web/support.ts';

const list = [...acts, closeAndTell];
let web: TestWeb;
let site = '';
let number = 400_000;
const to = 'ada@aldous.example';

beforeAll(async () => {
  web = await openWeb({
    acts: list,
    actions: {
      perform: (act, input, how) =>
        perform(
          {
            ...letterDeps(web.database),
            acts: list,
            intake: () => {
              throw new Error('no mail is to be read');
            },
          },
          { act, input, ...how },
        ),
    },
  });
  site = await addSite(web);
});
afterAll(() => web.close());
beforeEach(async () => {
  number += 1;
  await addCase(web, { number: `${number}`, site_id: site });
});

const post = (body: unknown) =>
  web.ask(`/api/v1/acts/${closeAndTell.name}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
/** What the act has written of this case. */
const rows = async () => ({
  case: await web.sql('select status from cases where number = $1', [`${number}`]),
  events: await web.sql(
    'select kind, detail from case_events where case_id = (select id from cases where number = $1)',
    [`${number}`],
  ),
  audit: await web.sql('select actor, action from audit where subject_id = $1 and subject_kind = $2', [
    `${number}`,
    'case',
  ]),
  letters: await web.sql('select to_address, state from letters where matter = $1', [`close:${number}`]),
});
const untouched = { case: [{ status: 'open' }], events: [], audit: [], letters: [] };
const done = (actor: string, by: string) => ({
  case: [{ status: 'closed' }],
  events: [{ kind: 'closed', detail: { by } }],
  audit: [{ actor, action: 'case-closed' }],
  letters: [{ to_address: to, state: 'queued' }],
});

describe('one more act', () => {
  it('is shown and done by the API, with audit row, event and letter, and described there', async () => {
    const input = { case: `${number}`, to };
    const by = 'kim@desk.example';
    const shown = await told(await post({ input, preview: true, by }));
    expect(shown).toEqual({
      preview: true,
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      changes: [{ change: 'case-closed', says: expect.stringContaining(`Case ${number}`) }],
      letters: [{ template: 'case-closed', to, subject: expect.any(String), heldBack: null }],
    });
    expect(await rows()).toEqual(untouched);
    const answer = await post({ input, expect: shown.fingerprint, by });
    expect([answer.status, await told(answer)]).toEqual([200, { changes: shown.changes, letters: shown.letters }]);
    expect(await rows()).toEqual(done('api for kim@desk.example', 'api'));
    expect((await post({ input })).status).toBe(409);
    const { paths } = await web.json('/api/openapi.json');
    const { schema } = paths['/api/v1/acts/close-and-tell'].post.requestBody.content['application/json'];
    expect(schema.properties.input.properties.to).toMatchObject({ type: 'string', format: 'email' });
  });

  it('is refused by the API where its input is not as it says, and without a token', async () => {
    for (const body of [{}, { input: {} }, { input: { case: `${number}`, to: 'nobody' } }])
      expect((await post(body)).status).toBe(400);
    expect((await web.ask('/api/v1/acts/close-and-tell', { method: 'POST' })).status).toBe(400);
    const headers = { authorization: 'Bearer wrong' };
    expect((await web.ask('/api/v1/acts/close-and-tell', { method: 'POST', headers })).status).toBe(401);
    expect(await rows()).toEqual(untouched);
  });

  it('of which only the clock may do some is no call of the API', async () => {
    for (const act of list.filter((one) => one.right === 'none'))
      expect((await web.ask(`/api/v1/acts/${act.name}`, { method: 'POST' })).status).toBe(404);
  });

  it('is shown and done by a command, with audit row, event and letter', async () => {
    await typedHere(web.url, list, async (type, said) => {
      const fields = [`case=${number}`, `to=${to}`];
      await type('act', 'close-and-tell', ...fields, '--dry-run');
      expect(said()).toMatch(/^Nothing was written[\s\S]*is closed[\s\S]*Letter case-closed to ada@/);
      expect(await rows()).toEqual(untouched);
      await type('act', 'close-and-tell', ...fields, '--as', 'kim@desk.example');
    });
    expect(await rows()).toEqual(done('command for kim@desk.example', 'command'));
  });

  it('is shown and done by commit, which is given its name, with audit row, event and letter', async () => {
    const deps = { ...letterDeps(web.database), acts: list };
    const asked = { act: closeAndTell.name, input: { case: `${number}`, to }, by: { kind: 'clock' } } as const;
    const shown = await commit(deps, { ...asked, preview: true });
    if (shown.kind !== 'preview') throw new Error(`not shown: ${shown.kind}`);
    expect(shown.preview.changes.map((one) => one.change)).toEqual(['case-closed']);
    expect(await rows()).toEqual(untouched);
    expect(await commit(deps, { ...asked, expect: shown.preview.fingerprint })).toMatchObject({ kind: 'done' });
    expect(await rows()).toEqual(done('scheduler', 'clock'));
  });

  it('is refused by commit, and by call and preview behind it, where it stands in no list of theirs', async () => {
    const asked = { act: closeAndTell.name, input: { case: `${number}`, to }, by: { kind: 'clock' } } as const;
    const none = { kind: 'refused', why: 'not-found', says: 'There is no act close-and-tell.' };
    for (const preview of [true, false])
      expect(await commit(letterDeps(web.database), { ...asked, preview })).toEqual(none);
    const without = await openWeb({
      acts: list,
      actions: { perform: (act, input, how) => commit(letterDeps(web.database), { act, input, ...how }) },
    });
    const body = JSON.stringify({ input: asked.input });
    const headers = { 'content-type': 'application/json' };
    expect((await without.ask(`/api/v1/acts/${asked.act}`, { method: 'POST', body, headers })).status).toBe(404);
    await without.close();
    expect(await rows()).toEqual(untouched);
  });
});
