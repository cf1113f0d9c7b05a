/** Letters about renewals by call and by command (INTERFACE.md "Acts", POLICY §10.5). */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acts } from '../../../src/acts/list.ts';
import { commit } from '../../../src/flows/acts/commit.ts';
import { openRenewals } from '../../../src/flows/renewals/list-renewals.ts';
import { typedHere } from '../../support/processes/typed-here.ts';
import { firm, type RenewalsDesk, renewalsDesk } from '../../support/renewals-desk.ts';
import { openWeb, type TestWeb, told } from './support.ts';

let desk: RenewalsDesk;
let web: TestWeb;
const number = '1000001';

beforeAll(async () => {
  desk = await renewalsDesk('2026-11-27T10:00:00Z');
  web = await openWeb({
    on: { url: desk.clock.url, drop: async () => {} },
    actions: {
      perform: (act, input, how) => commit(desk.deps, { act, input, ...how }),
      renewals: openRenewals(desk.deps),
    },
  });
  await desk.put(number, firm(number, { ends: '2027-03-31' }));
  await desk.act('start-schedule', { kind: 'renewals' });
  await desk.tick();
});
afterAll(async () => {
  await web.close();
  await desk.stop();
});

const get = async (path: string) => told(await web.ask(`/api/v1/renewals${path}`));
const post = (path: string, body: object = {}) =>
  web.ask(`/api/v1/renewals${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const idOf = async (step: number): Promise<string> =>
  (await get('')).items.find((one: { step: number }) => one.step === step).id;

it('lists what goes out between two days and in one state, in pages', async () => {
  const { items } = await get('?from=2027-01-01&to=2027-03-20');
  expect(items.map((one: { step: number; day: string; to: string }) => `${one.step} ${one.day} ${one.to}`)).toEqual([
    `-60 2027-01-29 rae@${number}.example`,
    `-30 2027-03-01 rae@${number}.example`,
    `-14 2027-03-17 rae@${number}.example`,
  ]);
  expect(items[0]).toMatchObject({
    ...{ site: number, siteName: `Firm ${number}`, group: '2027-03-31', state: 'planned', reason: null, answers: [] },
    items: [{ kind: 'support', product: 'Vault', number: `S-${number}`, quantity: 50, to: '2027-03-31' }],
  });
  expect((await get('?state=held')).items).toEqual([]);
  const first = await get('?limit=4');
  expect([first.items.length, first.next]).toEqual([4, '4']);
  expect((await get('?limit=4&cursor=16')).items).toHaveLength(2);
});

it('says what is wrong with a day, a state, a number or a file', async () => {
  for (const [path, says] of [
    ['?from=soon', 'is no day such as 2027-06-30'],
    ['?state=hold', '"hold" is none of its values; did you mean "held"?'],
    ['?until=2027-01-01', 'is no parameter of this call'],
    ['/999999', 'There is no renewal 999999.'],
  ]) {
    const answer = await web.ask(`/api/v1/renewals${path}`);
    expect([answer.status >= 400, (await told(answer)).detail]).toEqual([
      true,
      expect.stringContaining(says as string),
    ]);
  }
  const id = await idOf(-60);
  const quote = await post(`/${id}/quote`, { filename: 'quote.exe', content: 'AAAA' });
  expect([quote.status, (await told(quote)).detail]).toEqual([400, expect.stringContaining('has to end in pdf')]);
  expect((await told(await post('/999999/hold'))).detail).toContain('There is no renewal 999999');
  expect((await told(await post('/none/hold'))).detail).toContain('has to be a number');
});

it('shows one as it reads, holds, changes, skips and sends it, each with its preview', async () => {
  const id = await idOf(-90);
  const shown = await get(`/${id}`);
  expect(shown.letter.subject).toBe(`Support of Firm ${number} ends on 31 March 2027`);
  expect(shown.letter.text).toContain('In 90 days');
  const preview = await told(await post(`/${id}/hold?preview=true`));
  expect(preview).toMatchObject({ preview: true, changes: [{ change: 'renewal-handled' }] });
  expect((await get(`/${id}`)).state).toBe('planned');
  expect(await told(await post(`/${id}/hold`, { expect: preview.fingerprint }))).toMatchObject({ id, state: 'held' });
  expect((await post(`/${id}/hold`)).status).toBe(409);
  expect(await told(await post(`/${id}/edit`, { text: 'As agreed.' }))).toMatchObject({ words: 'As agreed.' });
  expect((await get(`/${id}`)).letter.text).toContain('As agreed.');
  expect(await told(await post(`/${id}/release`))).toMatchObject({ state: 'planned' });
  const sending = await told(await post(`/${id}/send?preview=true`));
  expect(sending.letters).toMatchObject([{ template: 'renewal-notice', to: `rae@${number}.example` }]);
  expect(await desk.letters()).toEqual([]);
  expect(await told(await post(`/${id}/send`))).toMatchObject({ state: 'sent', to: `rae@${number}.example` });
  expect(await desk.letters()).toHaveLength(1);
  expect((await told(await post(`/${id}/send`))).detail).toContain('does not come any more');
  expect(await told(await post(`/${await idOf(-60)}/skip`))).toMatchObject({ state: 'skipped', reason: 'by-hand' });
});

it('pauses and resumes all, and has who was not told as JSON and CSV', async () => {
  for (const { id } of await desk.letters()) await desk.becomes(id, 'sent');
  expect((await post('/pause')).status).toBe(200);
  expect((await told(await post('/pause'))).detail).toContain('paused since');
  expect((await post('/resume')).status).toBe(200);
  await desk.clock.set('2027-01-29T10:00:00Z');
  expect((await get('/not-told')).items).toMatchObject([
    { site: number, step: -60, why: 'by-hand', endsOn: '2027-03-31' },
  ]);
  const csv = await web.ask('/api/v1/renewals/not-told', { headers: { accept: 'text/csv' } });
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(await csv.text()).toContain(`${number},Firm ${number},2027-03-31,'-60,2027-01-29,by-hand`);
});

it('is all there by command', async () => {
  await desk.rows(sql`update renewal_sites set plan_at = now()`);
  const renewal = await idOf(-30);
  await typedHere(desk.clock.url, acts, async (type, said) => {
    await type('renewals', 'preview', '--days', '60');
    expect(said()).toContain(`rae@${number}.example`);
    expect(said()).toContain('30 before');
    await type('renewals', 'hold', renewal, '--dry-run');
    // However the terminal breaks its lines.
    expect(said().replaceAll(/\s+/g, ' ')).toContain('is held until it is');
    expect(await openRenewals(desk.deps).one(renewal)).toMatchObject({ state: 'planned' });
    await type('renewals', 'hold', renewal);
    await type('renewals', 'list', '--state', 'held');
    expect(said()).toContain('2027-03-01');
    await type('renewals', 'edit', renewal, 'As', 'agreed.');
    await type('renewals', 'show', renewal);
    expect(said()).toContain('As agreed.');
    await type('renewals', 'not-told', '--csv');
    expect(said()).toContain('site,name,ends,step,day,why,renewal');
    await type('renewals', 'run', '--dry-run');
    expect(said()).toContain('0 letters are due, to 0 people.');
    expect(said()).toContain('1 site is looked at before that');
    await type('renewals', 'run');
    expect(said()).toContain('1 site was looked at, 0 letters due');
    await type('schedule');
    expect(said()).toContain('renewals');
  });
});

it('says by command what would go out now, and to whom, before it is sent', async () => {
  await desk.clock.set('2027-03-17T10:00:00Z');
  const before = await desk.last();
  await typedHere(desk.clock.url, acts, async (type, said) => {
    await type('renewals', 'run', '--dry-run');
    expect(said()).toContain(`rae@${number}.example`);
    expect(said()).toContain('1 letter is due, to 1 person.');
    await type('renewals', 'run', '--dry-run', '--json');
    expect(said()).toContain(`"to":["rae@${number}.example"]`);
    expect(await desk.letters(before)).toEqual([]);
    await type('renewals', 'run');
    expect(said()).toContain('1 letter due');
    expect((await desk.letters(before)).map(({ to }) => to)).toEqual([`rae@${number}.example`]);
  });
});
