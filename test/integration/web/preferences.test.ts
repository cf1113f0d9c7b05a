/** The page of preferences, one click of a mail program (POLICY §10.6, RFC 8058), and the same by call. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { perform } from '../../../src/flows/acts/perform.ts';
import { listPeople } from '../../../src/flows/contacts/list-people.ts';
import { openPreferences } from '../../../src/flows/contacts/preferences-page.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { preferencesTokenFor } from '../../../src/mail/subject/thread-token.ts';
import { type App, openApp } from '../../../src/runtime/app.ts';
import { key, registrySql } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { openWeb, type TestWeb } from './support.ts';

const folder = scratch('preferences');
let web: TestWeb;
let app: App;
let ada = '';

beforeAll(async () => {
  const of = () => openPreferences({ ...app, keys: [key] });
  web = await openWeb({
    actions: {
      perform: (act, input, how) => perform(app, { act, input, ...how }),
      listPeople: (site) => listPeople(app, site),
      preferences: { find: (token) => of().find(token), set: (token, wish) => of().set(token, wish) },
    },
  });
  await web.sql(registrySql);
  const env = { DATABASE_URL: web.url, SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key, DNS_SERVERS: 'off' };
  const settings = readSettings('work', { folder, env });
  app = await openApp({ settings, log: silentLog, meter: silentMeter, hold: 'join', say() {}, threads: 1 });
  const [row] = await web.sql(
    "select contact_id::text as id from contact_addresses where address = 'ada@aldous.example'",
  );
  ada = row.id;
});
afterAll(async () => {
  await app.close();
  await web.close();
  remove(folder);
});

const path = (kind = 'releases') => `/preferences/${preferencesTokenFor(ada, kind, key)}`;
const get = async (to: string, init: RequestInit = {}) => {
  const answer = await web.web.fetch(new Request(`http://127.0.0.1${to}`, init));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const post = (to: string, body: string, type = 'application/x-www-form-urlencoded') =>
  get(to, { method: 'POST', body, headers: { 'content-type': type } });
const said = () =>
  web.sql('select contact_id::text as contact, kind, wanted, address from subscriptions order by kind');
const nothing = async () => {
  await web.sql('delete from subscriptions');
};

/** A letter of the kind that went there, with the link of that contact. */
const letterTo = (address: string, contact: string) =>
  web.sql(
    `with one as (
       insert into announcements (name, kind, state, content, by) values ($1, 'releases', 'finished', '{}', 'test') returning id)
     insert into announcement_recipients (announcement_id, address, contact_id, language, state, letter_id)
     select id, $2, $3, 'en', 'written', 1 from one`,
    [`to-${contact}`, address, contact],
  );

describe('the page of preferences', () => {
  it('changes nothing by being opened, looked at, fetched before or guessed at', async () => {
    await nothing();
    const page = await get(path());
    expect(page.status).toBe(200);
    expect(page.text).toContain('ada@aldous.example');
    expect(page.text).not.toMatch(/<script|https?:|\son[a-z]+=/i);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await get(path(), { method: 'HEAD' })).text).toBe('');
    await get(`${path()}?end=releases`);
    await get(`${path()}?List-Unsubscribe=One-Click`);
    await get(path(), { headers: { purpose: 'prefetch' } });
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await get(path(), { method })).status).toBe(404);
    const wrong = [
      `${path().slice(13, -1)}0`,
      ada,
      '1.releases.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'x'.repeat(3_000),
      '%00',
      "'",
    ];
    const answers = await Promise.all(wrong.map((one) => post(`/preferences/${one}`, 'List-Unsubscribe=One-Click')));
    expect(new Set(answers.map((one) => `${one.status} ${one.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect((await post(path(), '')).status).toBe(200);
    expect((await post(path(), 'end=answers')).status).toBe(200);
    expect(await said()).toEqual([]);
  });

  it('RFC 8058 ends the kind of its letter by one click, as a form of either type, and twice is once', async () => {
    await nothing();
    expect((await post(path(), 'List-Unsubscribe=One-Click')).status).toBe(200);
    expect(await said()).toEqual([{ contact: ada, kind: 'releases', wanted: false, address: 'ada@aldous.example' }]);
    expect((await post(path(), 'List-Unsubscribe=One-Click')).status).toBe(200);
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect((await get(path('announcements'), { method: 'POST', body: form })).status).toBe(200);
    expect((await said()).map(({ kind }) => kind)).toEqual(['announcements', 'releases']);
    const [audit] = await web.sql(
      "select actor, detail from audit where action = 'subscription-set' order by id limit 1",
    );
    expect(audit).toEqual({
      actor: `preferences of contact ${ada}`,
      detail: { kind: 'releases', site: '1000345', wanted: false },
    });
    expect(await web.sql("select from letters where template = 'subscriptions'")).toEqual([]);
  });

  it('ends and begins each kind, and all of them, and shows what counts', async () => {
    await nothing();
    const ended = await post(path(), 'end=media');
    expect(ended.text).toContain('These letters have ended');
    expect(ended.text).toContain('Send them again');
    const begun = await post(path(), 'begin=media');
    expect(begun.text).toContain('These letters come again');
    await post(path(), 'end=all');
    expect((await said()).map(({ wanted }) => wanted)).toEqual([false, false, false, false]);
    expect((await get(path())).text).not.toContain('name="end"');
  });

  it('lives on with the address, and says so where whoever it was for has gone', async () => {
    await nothing();
    const [gone] = await web.sql(
      `insert into contacts (site_id, name, role, types, position) values (1, 'Gone', 'authorized user', '{}', 90) returning id::text`,
    );
    const token = preferencesTokenFor(gone.id, 'releases', key);
    await web.sql('delete from contacts where id = $1', [gone.id]);
    // Where the letter went nobody knows: it may be an address that still gets these letters.
    for (const page of [
      await post(`/preferences/${token}`, 'List-Unsubscribe=One-Click'),
      await get(`/preferences/${token}`),
    ]) {
      expect(page.status).toBe(404);
      expect(page.text).toContain('not on record with us any more');
      expect(page.text).toContain('reply to one of them with UNSUBSCRIBE in the first line');
    }
    await letterTo('gone@aldous.example', gone.id);
    const page = await post(`/preferences/${token}`, 'List-Unsubscribe=One-Click');
    expect(page.status).toBe(200);
    expect(page.text).toContain('This address is not on record with us any more');
  });

  it('RFC 8058 ends the letters of the address by one click, where the one of several with it whom the link is of was removed', async () => {
    await nothing();
    const [gone] = await web.sql(
      `insert into contacts (site_id, name, role, types, position) values (1, 'Gone', 'authorized user', '{}', 91) returning id::text`,
    );
    await letterTo('ada@aldous.example', gone.id);
    await web.sql('delete from contacts where id = $1', [gone.id]);
    const token = preferencesTokenFor(gone.id, 'releases', key);
    expect((await get(`/preferences/${token}`)).text).toContain('ada@aldous.example');
    expect((await post(`/preferences/${token}`, 'List-Unsubscribe=One-Click')).status).toBe(200);
    expect(await said()).toEqual([{ contact: ada, kind: 'releases', wanted: false, address: 'ada@aldous.example' }]);
  });

  it('is in the language of the site', async () => {
    await web.sql("update sites set language = 'de' where number = '1000345'");
    expect((await get(path())).text).toContain('Welche Nachrichten Sie erhalten');
    await web.sql("update sites set language = 'en' where number = '1000345'");
  });
});

describe('by call', () => {
  const put = (kind: string, body: object) =>
    web.json(`/api/v1/sites/1000345/contacts/${ada}/letters/${kind}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  it('is shown first, then done, and told to the contact', async () => {
    await nothing();
    const preview = await put('releases', { wanted: false, preview: true });
    expect(preview).toMatchObject({
      preview: true,
      letters: [{ template: 'subscriptions', to: 'ada@aldous.example' }],
    });
    expect(await said()).toEqual([]);
    await put('releases', { wanted: false });
    expect(await said()).toMatchObject([{ kind: 'releases', wanted: false }]);
    const { items } = await web.json('/api/v1/sites/1000345/contacts');
    expect(items.find(({ id }: { id: string }) => id === ada).letters).toEqual([
      'announcements',
      'media',
      'end-of-support',
    ]);
    expect(await put('releases', { wanted: false })).toMatchObject({ status: 409 });
    expect(await put('news', { wanted: false })).toMatchObject({ status: 400 });
  });
  it('the letter leads to the page', async () => {
    const [{ raw }] = await web.sql(
      "select raw from letters where template = 'subscriptions' order by id desc limit 1",
    );
    expect(Buffer.from(raw).toString('latin1').replaceAll('=\r\n', '')).toContain(`/preferences/`);
  });
});
