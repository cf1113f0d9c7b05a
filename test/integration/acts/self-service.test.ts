/** What a contact asks for by mail, asked for them by our own people; and a case that they reopen. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acts } from '../../../src/acts/list.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { letterText } from '../../../src/outbound/rendering/letter-text.ts';
import { registrySql } from '../../support/app.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { typedHere } from '../../support/processes/typed-here.ts';
import { addCase, openWeb, type TestWeb, told } from '../web/support.ts';

let web: TestWeb;
let number = 600_000;

beforeAll(async () => {
  const intake = () => {
    throw new Error('no mail is to be read');
  };
  web = await openWeb({
    actions: { perform: (act, input, how) => perform({ ...letterDeps(web.database), intake }, { act, input, ...how }) },
  });
  await web.sql(registrySql);
});
afterAll(() => web.close());
beforeEach(() => {
  number += 1;
});

const post = (path: string, body: unknown) =>
  web.ask(`/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
const act = (name: string, input: object) => post(`/acts/${name}`, { input: { site: '1000345', ...input } });

const text = async (template: string): Promise<string> =>
  letterText((await web.sql('select raw from letters where template = $1', [template]))[0].raw);

describe('§7 asked for somebody on record', () => {
  it('the list of cases goes to the address that was named, as it stands on record', async () => {
    await addCase(web, { number: `${number}`, site_id: 1, title: 'The vault hums' });
    const answer = await act('list-cases', { contact: 'M.Ernst@aldous.example' });
    expect(await told(answer)).toMatchObject({
      changes: [],
      letters: [{ template: 'command-cases', to: 'm.ernst@aldous.example', heldBack: null }],
    });
    expect(await text('command-cases')).toContain('The vault hums');
  });
  it('how a case stands is told with what has happened, and shown on the case', async () => {
    const id = await addCase(web, { number: `${number}`, site_id: 1 });
    await web.sql(
      "insert into case_events (case_id, at, kind, detail) values ($1, '2026-03-01T10:00Z', 'opened', '{}')",
      [id],
    );
    expect((await act('case-status', { contact: 'ada@aldous.example', case: `${number}` })).status).toBe(200);
    expect(await web.sql('select template from letters where case_id = $1', [id])).toEqual([
      { template: 'command-status' },
    ]);
    expect(await text('command-status')).toMatch(/opened/i);
    expect((await act('case-status', { contact: 'ada@aldous.example', case: '7' })).status).toBe(404);
  });
  it('PIN, licences and help are told by what stands on record, and to nobody who may not ask for them', async () => {
    const ada = { contact: 'ada@aldous.example' };
    for (const name of ['tell-pin', 'list-licences', 'tell-help'])
      expect((await act(name, ada)).status, name).toBe(200);
    expect(await text('command-pin')).toContain('345');
    expect(await text('command-licences')).toContain('S-1001');
    expect(await text('command-help')).toContain('LICENCES');
    const before = await web.sql('select count(*) from letters');
    expect((await act('list-licences', { contact: 'max@aldous.example' })).status).toBe(409);
    expect((await act('tell-pin', { contact: 'nobody@aldous.example' })).status).toBe(404);
    expect((await act('tell-pin', { ...ada, site: '7654321' })).status).toBe(404);
    expect(await web.sql('select count(*) from letters')).toEqual(before);
  });
});

describe('§6.2 a case reopened by our own people', () => {
  const closed = () =>
    addCase(web, { number: `${number}`, site_id: 1, status: 'closed', closed_at: '2026-03-03T10:00:00Z' });
  const row = () => web.sql('select status, closed_at from cases where number = $1', [`${number}`]);
  const reopen = (body: object) => post(`/cases/${number}/reopen`, body);

  it('needs a reason, and is shown before it is done', async () => {
    await closed();
    expect((await reopen({})).status).toBe(422);
    expect((await reopen({ reason: '' })).status).toBe(400);
    const shown = await told(await reopen({ reason: 'Broken again.', preview: true }));
    expect(shown).toMatchObject({
      preview: true,
      changes: [{ change: 'case-reopened', says: `Case ${number} is reopened: Broken again.` }],
    });
    expect(await row()).toMatchObject([{ status: 'closed' }]);
    expect((await reopen({ reason: 'Another one', expect: shown.fingerprint })).status).toBe(409);
    expect((await reopen({ reason: 'Broken again.', expect: shown.fingerprint })).status).toBe(200);
    expect(await row()).toEqual([{ status: 'open', closed_at: null }]);
  });
  it('has its event and its audit row with the reason, once', async () => {
    const id = await closed();
    const answer = await told(await reopen({ reason: 'Broken again', by: 'kim@desk.example' }));
    expect(answer).toMatchObject({ number: `${number}`, status: 'open', changes: [{ change: 'case-reopened' }] });
    expect(await web.sql('select kind, detail from case_events where case_id = $1', [id])).toEqual([
      { kind: 'reopened', detail: { by: 'api', reason: 'Broken again' } },
    ]);
    expect(await web.sql('select actor, action, detail from audit where subject_id = $1', [`${number}`])).toEqual([
      { actor: 'api for kim@desk.example', action: 'case-reopened', detail: { reason: 'Broken again' } },
    ]);
    expect((await reopen({ reason: 'Once more' })).status).toBe(409);
  });
  it('is shown and done by a command, and by the name of the act', async () => {
    await closed();
    await typedHere(web.url, acts, async (type, said) => {
      await type('case', 'reopen', `${number}`, '--reason', 'Broken again', '--dry-run');
      expect(said()).toMatch(/^Nothing was written[\s\S]*is reopened: Broken again/);
      expect(await row()).toMatchObject([{ status: 'closed' }]);
      await type('case', 'reopen', `${number}`, '--reason', 'Broken again', '--as', 'kim@desk.example');
      expect(await row()).toEqual([{ status: 'open', closed_at: null }]);
      await type('act', 'close-case', `case=${number}`);
      await type('act', 'reopen-case', `case=${number}`, 'reason=Once more');
    });
    expect(await row()).toEqual([{ status: 'open', closed_at: null }]);
    expect(await web.sql('select actor, action from audit where subject_id = $1 order by id', [`${number}`])).toEqual([
      { actor: 'command for kim@desk.example', action: 'case-reopened' },
      { actor: 'command', action: 'case-closed' },
      { actor: 'command', action: 'case-reopened' },
    ]);
  });
});
