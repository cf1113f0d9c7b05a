import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { By } from '../../../src/changes/by.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { addCase, addLetter, addSite, openWeb, type TestWeb, told } from './support.ts';

let web: TestWeb;
let site = '';
let number = 200_000;
const by: By = { kind: 'api', staff: null };

beforeAll(async () => {
  web = await openWeb({
    actions: { perform: (act, input, how) => commit(letterDeps(web.database), { act, input, ...how }) },
  });
  site = await addSite(web);
});
afterAll(() => web.close());
beforeEach(() => {
  number += 1;
});

const open = (more: Record<string, unknown> = {}) => addCase(web, { number: `${number}`, site_id: site, ...more });
const post = (body?: unknown, query = '') =>
  web.ask(`/api/v1/cases/${number}/close${query}`, {
    method: 'POST',
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
/** Everything that an act could have written. */
const everything = async () => ({
  cases: await web.sql('select number, status, closed_at is not null as closed, version_no from cases order by id'),
  events: await web.sql('select case_id, kind, detail from case_events order by id'),
  audit: await web.sql('select actor, action, subject_kind, subject_id from audit order by id'),
});

describe('an act by the API', () => {
  it('says what would follow and writes nothing, with preview in the query or the body', async () => {
    await open();
    const before = await everything();
    for (const answer of [await post(undefined, '?preview=true'), await post({ preview: true })]) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({
        preview: true,
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        changes: [{ change: 'case-closed', says: expect.stringContaining(`Case ${number}`) }],
        letters: [{ template: 'case-closed', to: 'ada@aldous.example', subject: expect.any(String), heldBack: null }],
      });
    }
    expect(await everything()).toEqual(before);
  });
  it('does it and answers with the record, what was done, one event and one audit row that names for whom', async () => {
    const id = await open();
    const before = await everything();
    const answer = await post({ by: 'kim@desk.example' });
    expect(await answer.json()).toMatchObject({
      number: `${number}`,
      status: 'closed',
      changes: [{ change: 'case-closed' }],
    });
    const after = await everything();
    expect(after.events.slice(before.events.length)).toEqual([{ case_id: id, kind: 'closed', detail: { by: 'api' } }]);
    expect(after.audit.slice(before.audit.length)).toEqual([
      expect.objectContaining({ actor: 'api for kim@desk.example', action: 'letter-queued' }),
      { actor: 'api for kim@desk.example', action: 'case-closed', subject_kind: 'case', subject_id: `${number}` },
    ]);
  });
  it('is refused for somebody who is none of our people, with whom may be meant, and nothing is written', async () => {
    await open();
    const before = await everything();
    const answer = await post({ by: 'kin@desk.example' });
    expect([answer.status, (await told(answer)).detail]).toEqual([
      409,
      'kin@desk.example is none of our people; did you mean "kim@desk.example"?',
    ]);
    expect(await everything()).toEqual(before);
  });
  it('is done only as it was shown: an old fingerprint is a conflict with the new preview, and nothing is written', async () => {
    await open({ title: 'Before' });
    const { fingerprint } = (await (await post({ preview: true })).json()) as { fingerprint: string };
    await web.sql('update cases set title = $1, version_no = version_no + 1 where number = $2', ['After', `${number}`]);
    const before = await everything();
    const moved = await post({ expect: fingerprint });
    expect(moved.status).toBe(409);
    const problem = (await moved.json()) as { now: { fingerprint: string; changes: unknown[] } };
    expect(problem.now.changes).toMatchObject([{ says: expect.stringContaining('After') }]);
    expect(await everything()).toEqual(before);
    expect((await post({ expect: problem.now.fingerprint })).status).toBe(200);
  });
  it('is done for whoever confirms it: a preview asked for nobody by name holds', async () => {
    await open();
    const { fingerprint } = (await (await post({ preview: true })).json()) as { fingerprint: string };
    expect((await post({ expect: fingerprint, by: 'kim@desk.example' })).status).toBe(200);
  });
  it('previews the problem that it would end in', async () => {
    await open({ status: 'closed', closed_at: '2026-03-03T10:00:00Z' });
    expect((await post({ preview: true })).status).toBe(409);
    expect((await web.ask('/api/v1/cases/7/close', { method: 'POST' })).status).toBe(404);
  });
});

describe('a letter that waits', () => {
  const rows = (id: string) => web.sql('select state, state_reason from letters where id = $1', [id]);
  const settle = (id: string, word: string, body?: unknown) =>
    web.ask(`/api/v1/letters/${id}/${word}`, {
      method: 'POST',
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
  it('is let out with its place in the outbox, or never, once, with one audit row', async () => {
    const [out, never] = [await addLetter(web, { state: 'waiting' }), await addLetter(web, { state: 'waiting' })];
    const shown = (await (await settle(out, 'release', { preview: true })).json()) as { changes: { says: string }[] };
    expect(shown.changes[0]?.says).toContain('goes out to');
    expect(await rows(out)).toMatchObject([{ state: 'waiting' }]);
    expect((await settle(out, 'release')).status).toBe(200);
    expect(await rows(out)).toEqual([{ state: 'queued', state_reason: 'released by a person' }]);
    expect(await web.sql('select fence from outbox where queue = $1 and row_id = $2', ['outbound', out])).toHaveLength(
      1,
    );
    expect(await (await settle(never, 'suppress')).json()).toMatchObject({ state: 'suppressed' });
    for (const id of [out, never]) {
      expect((await settle(id, 'release')).status).toBe(409);
      expect(
        await web.sql("select action from audit where subject_kind = 'letter' and subject_id = $1", [id]),
      ).toHaveLength(1);
    }
    expect((await settle('999999', 'release')).status).toBe(404);
  });
});

describe('an act', () => {
  it('writes what its preview listed, once, however many do it at the same time; a refused one writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('open', 'closed'), fc.integer({ min: 1, max: 4 }), async (status, times) => {
        number += 1;
        await open(status === 'closed' ? { status, closed_at: '2026-03-03T10:00:00Z' } : {});
        const asked = { act: 'close-case', input: { case: `${number}` }, by };
        const before = await everything();
        const shown = await commit(letterDeps(web.database), { ...asked, preview: true });
        expect(await everything()).toEqual(before);
        const all = await Promise.all(Array.from({ length: times }, () => commit(letterDeps(web.database), asked)));
        const after = await everything();
        const done = all.filter((one) => one.kind === 'done');
        expect(done).toHaveLength(status === 'open' ? 1 : 0);
        expect(all.filter((one) => one.kind === 'refused')).toHaveLength(times - done.length);
        // The close, and the letter that says so.
        expect(after.audit.length - before.audit.length).toBe(2 * done.length);
        expect(after.events.length - before.events.length).toBe(done.length);
        if (shown.kind === 'preview' && done[0]?.kind === 'done') {
          expect(done[0].done.changes).toEqual(shown.preview.changes);
          expect(done[0].done.fingerprint).toBe(shown.preview.fingerprint);
        } else expect(after).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });
  it('is the same rule by whatever way: the one who comes second is told', async () => {
    await open();
    const closing = (who: By) =>
      commit(letterDeps(web.database), { act: 'close-case', input: { case: `${number}` }, by: who });
    expect((await closing({ kind: 'command', staff: 'kim@desk.example' })).kind).toBe('done');
    expect(await closing(by)).toMatchObject({
      kind: 'refused',
      why: 'conflict',
      says: `Case ${number} is closed already.`,
    });
  });
});
