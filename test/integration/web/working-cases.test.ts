/** POLICY §4.4, §5 by the API: a call becomes a case, somebody takes it, writes, and says what it is. */
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { listStaff } from '../../../src/flows/staff/list-staff.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { type App, openApp } from '../../../src/runtime/app.ts';
import { key, registrySql } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { kim, lea } from '../../support/worked-case.ts';
import { openWeb, type TestWeb, told } from './support.ts';

const folder = scratch('working-cases');
let web: TestWeb;
let app: App;

beforeAll(async () => {
  web = await openWeb({
    actions: { perform: (act, input, how) => perform(app, { act, input, ...how }), listStaff: () => listStaff(app) },
  });
  await web.sql(registrySql);
  const env = { DATABASE_URL: web.url, SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key, DNS_SERVERS: 'off' };
  const settings = readSettings('work', { folder, env });
  settings.roster.take([kim, lea]);
  await web.sql('insert into staff (email, person) select p->>$2, p from jsonb_array_elements($1::jsonb) p', [
    JSON.stringify([kim, lea]),
    'email',
  ]);
  app = await openApp({ settings, log: silentLog, meter: silentMeter, hold: 'join', say() {}, threads: 1 });
});
afterAll(async () => {
  await app.close();
  await web.close();
  remove(folder);
});

async function post(path: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  const answer = await web.ask(`/api/v1/${path}`, { method: 'POST', body: JSON.stringify(body), headers });
  return { status: answer.status, body: await told(answer) };
}
const asKim = { by: 'kim@desk.example' };
const asLea = { by: 'lea@desk.example' };

it('a call is previewed without a number, opened, taken once, answered by a person and said to be a defect', async () => {
  const call = {
    site: '1000345',
    pin: '345',
    severity: 3,
    kind: 'incident',
    title: 'The vault is shut',
    text: 'Shut.',
  };
  const shown = await post('cases', { ...call, preview: true });
  expect(shown.body).toMatchObject({ preview: true, letters: [{ to: 'ada@aldous.example' }] });
  expect(shown.body.letters[0].subject).toContain('[Case (new)]');
  const opened = await post('cases', { ...call, expect: shown.body.fingerprint, ...asLea });
  expect([opened.status, opened.body]).toMatchObject([200, { title: call.title, severity: 3, owner: null }]);
  const { number } = opened.body;
  expect(opened.body.letters[0].subject).toContain(`[Case ${number}]`);
  expect(opened.body.messages).toMatchObject([
    { direction: 'in', from: 'ada@aldous.example', text: 'Shut.' },
    { direction: 'out', automatic: true },
  ]);

  expect((await post(`cases/${number}/take`, {})).status).toBe(422);
  expect((await post(`cases/${number}/take`, asKim)).body).toMatchObject({ owner: 'kim@desk.example' });
  const late = await post(`cases/${number}/take`, asLea);
  expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('Kim Oster was faster')]);

  const content = Buffer.from('hello').toString('base64');
  const attachments = [{ name: 'größe.txt', type: 'text/plain', content }];
  const written = await post(`cases/${number}/messages`, { text: 'Please turn the handle.', attachments, ...asKim });
  expect(written.body.messages.at(-1)).toMatchObject({
    direction: 'out',
    from: 'kim@desk.example',
    text: 'Please turn the handle.',
    automatic: false,
    attachments: [{ name: 'größe.txt', size: 5 }],
  });
  expect(written.body.responseMetAt).not.toBeNull();
  const [letter] = await web.sql("select raw, to_address from letters where template = 'case-message'");
  const parsed = await simpleParser(letter.raw);
  expect([letter.to_address, parsed.from?.text]).toEqual(['ada@aldous.example', '"Support" <support@desk.example>']);
  expect([parsed.headers.has('auto-submitted'), parsed.headers.has('x-auto-response-suppress')]).toEqual([
    false,
    false,
  ]);
  expect(parsed.text).toMatch(/^Please turn the handle\.\s+Kim Oster/);
  expect(parsed.attachments.map((one) => [one.filename, `${one.content}`])).toEqual([['größe.txt', 'hello']]);

  const note = await post(`cases/${number}/messages`, { text: 'They are cross.', note: true, ...asLea });
  expect(note.body).toMatchObject({ letters: [], owner: 'kim@desk.example' });
  expect(note.body.messages.at(-1)).toMatchObject({ direction: 'note', from: 'lea@desk.example' });

  const defect = await post(`cases/${number}/kind`, { kind: 'defect', id: 'VLT-1', priority: 2, planned: '12.1' });
  expect(defect.body).toMatchObject({ kind: 'defect', letters: [{ template: 'case-progress' }] });
  expect((await post(`cases/${number}/assign`, { to: 'lea' })).body).toMatchObject({ owner: 'lea@desk.example' });
  expect((await post(`cases/${number}/out-of-scope`, { why: 'customisation', ...asLea })).body).toMatchObject({
    letters: [{ template: 'out-of-scope', to: 'ada@aldous.example' }],
  });
});

it('a call from somebody who is not identified is refused with the reason', async () => {
  const wrong = await post('cases', { site: '1000345', pin: '346', title: 'Shut' });
  expect([wrong.status, wrong.body.detail]).toEqual([409, 'That PIN is not the one of site 1000345.']);
});

it('our people are listed, added and known at once', async () => {
  const { items } = await web.json('/api/v1/staff');
  expect(items.map((one: { email: string; from: string }) => [one.email, one.from])).toEqual([
    ['kim@desk.example', 'added'],
    ['lea@desk.example', 'added'],
  ]);
  const nia = { name: 'Nia Vale', email: 'nia@desk.example', roles: ['engineer'] };
  expect((await post('staff', { ...nia, by: 'lea@desk.example' })).status).toBe(409);
  expect((await post('staff', { ...nia, ...asKim })).body.changes).toMatchObject([{ change: 'staff-added' }]);
  expect(app.policy.desk.staff).toContain('nia@desk.example');
});
