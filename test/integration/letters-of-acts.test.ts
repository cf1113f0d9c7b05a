import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commit } from '../../src/flows/acts/commit.ts';
import { closeAndTell } from '../support/acts/tell-case.ts';
import { letterDeps } from '../support/letter-deps.ts';
import { addCase, addLetter, addSite, openWeb, type TestWeb } from './web/support.ts';

let web: TestWeb;
let site = '';
let number = 300_000;

beforeAll(async () => {
  web = await openWeb();
  site = await addSite(web);
});
afterAll(() => web.close());

const by = { kind: 'api', staff: null } as const;
const open = async () => {
  number += 1;
  return { id: await addCase(web, { number: `${number}`, site_id: site }), number: `${number}` };
};
type How = { preview?: boolean; expect?: string };
const close = (to: string, how: How = {}, more: { on?: string; wakes?: () => void } = {}) => {
  const deps = { ...letterDeps(web.database), acts: [closeAndTell], relay: { wake: () => more.wakes?.() } };
  return commit(deps, { act: closeAndTell.name, input: { case: more.on ?? `${number}`, to }, by, ...how });
};
const written = (to: string) =>
  web.sql(
    `select l.template, l.state, l.state_reason, l.case_id, l.subject, l.caused_by, m.direction, o.queue,
       (select string_agg(a.actor || ' ' || a.action, ', ') from audit a
        where a.subject_kind = 'letter' and a.subject_id = l.id::text) as audit
     from letters l left join case_messages m on m.letter_id = l.id left join outbox o on o.queue = 'outbound' and o.row_id = l.id
     where l.to_address = $1 order by l.id`,
    [to],
  );

/** Letters of the same kind that have gone there just now. */
const gone = async (to: string, count: number, matter?: string) => {
  for (let n = 1; n <= count; n += 1)
    await addLetter(web, { template: 'case-closed', to_address: to, rate_key: to, matter: matter ?? `other:${n}` });
};

describe('a letter of an act', () => {
  it('is written with the changes: in the outbox, on its case, with its audit row, and the relay is rung', async () => {
    const { id } = await open();
    let woken = 0;
    const outcome = await close('ada@aldous.example', {}, { wakes: () => (woken += 1) });
    expect(outcome).toMatchObject({
      kind: 'done',
      done: { letters: [{ template: 'case-closed', to: 'ada@aldous.example', heldBack: null }] },
    });
    expect(await written('ada@aldous.example')).toEqual([
      expect.objectContaining({
        template: 'case-closed',
        state: 'queued',
        case_id: id,
        direction: 'out',
        queue: 'outbound',
        audit: 'api letter-queued',
      }),
    ]);
    expect(woken).toBe(1);
  });

  it('is shown by the preview with its subject, and nothing is written or drawn', async () => {
    await open();
    const last = async () => (await web.sql('select last_value from letter_ids'))[0].last_value;
    const before = await last();
    const shown = await close('max@aldous.example', { preview: true });
    expect(shown).toMatchObject({ kind: 'preview', preview: { letters: [{ to: 'max@aldous.example' }] } });
    expect([await written('max@aldous.example'), await last()]).toEqual([[], before]);
    await close('max@aldous.example');
    const [row] = await written('max@aldous.example');
    expect(shown.kind === 'preview' && shown.preview.letters[0]?.subject).toBe(row.subject);
  });

  it('is on record only where the numbers of letters keep it back, and the preview says so', async () => {
    const to = 'often@aldous.example';
    await gone(to, 60);
    const { number: on } = await open();
    const shown = await close(to, { preview: true });
    const why = 'the number of letters of this kind to this address is reached';
    expect(shown).toMatchObject({ kind: 'preview', preview: { letters: [{ to, heldBack: why }] } });
    const expected = shown.kind === 'preview' ? shown.preview.fingerprint : '';
    expect(await close(to, { expect: expected })).toMatchObject({
      kind: 'done',
      done: { letters: [{ heldBack: why }] },
    });
    expect((await written(to)).at(-1)).toMatchObject({
      state: 'suppressed',
      state_reason: why,
      queue: null,
      direction: null,
      audit: 'api letter-suppressed',
    });
    expect(await web.sql('select status from cases where number = $1', [on])).toEqual([{ status: 'closed' }]);
  });

  it('that would meet another fate than was shown is not written: the new preview comes back', async () => {
    const to = 'later@aldous.example';
    const { number: on } = await open();
    const shown = await close(to, { preview: true });
    await gone(to, 1, `close:${on}`);
    const moved = await close(to, { expect: shown.kind === 'preview' ? shown.preview.fingerprint : '' });
    expect(moved).toMatchObject({
      kind: 'moved',
      preview: { letters: [{ heldBack: expect.stringContaining('within') }] },
    });
    expect(await web.sql('select status from cases where number = $1', [on])).toEqual([{ status: 'open' }]);
    expect(await written(to)).toHaveLength(1);
  });

  it('goes out once, where two are about to tell the same at the same moment', async () => {
    const to = 'twice@aldous.example';
    const { number: first } = await open();
    const { number: second } = await open();
    // Fifty-nine of sixty are gone: one of the two is over the limit.
    await gone(to, 59);
    await Promise.all([close(to, {}, { on: first }), close(to, {}, { on: second })]);
    const states = (await written(to)).slice(59).map((row) => row.state);
    expect(states.toSorted()).toEqual(['queued', 'suppressed']);
  });
});
