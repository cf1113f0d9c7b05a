/** The page on which a decider decides about somebody's access (POLICY §8.7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecisionPages } from '../../../src/flows/access/decision-page.ts';
import { decisionCodeFor, decisionTokenFor } from '../../../src/mail/subject/thread-token.ts';
import { registrySql } from '../../support/app.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { addLetter, openWeb, type TestWeb } from './support.ts';

const key = 'k'.repeat(32);
let web: TestWeb;
let n = 0;
let twoDeciders: 'authorized user'[] = [];

beforeAll(async () => {
  const of = () => {
    const deps = letterDeps(web.database);
    const access = { ...deps.policy.access, twoDeciders };
    return openDecisionPages({ ...deps, policy: { ...deps.policy, access }, keys: [key] });
  };
  web = await openWeb({
    actions: {
      decisionPages: { find: (token) => of().find(token), decide: (token, said) => of().decide(token, said) },
    },
  });
  await web.sql(registrySql);
  await web.sql(
    `insert into contacts (site_id, name, role, types, position) values (1, 'Tom Hale', 'technical contact', '{}', 3)`,
  );
  await web.sql(
    `insert into contact_addresses (site_id, contact_id, address, main) values (1, 3, 'tom@aldous.example', true)`,
  );
});
afterAll(() => web.close());

type Of = { to?: string; language?: string; justification?: string | null; turn?: number; on?: string };
/** A request that waits, and a letter that asks about it. */
async function asked({
  to = 'ada@aldous.example',
  language = 'en',
  justification = 'Runs the vault',
  turn = 0,
  on,
}: Of = {}) {
  n += 1;
  const address = `nora${n}@elsewhere.example`;
  let request = on ?? '';
  if (on === undefined) {
    const [row] = await web.sql(
      `insert into access_requests (site_named, address, name, country, role, justification, language)
       values ('1000345', $1, 'Nora Eck', 'GB', 'authorized user', $2, 'en') returning id`,
      [address, justification],
    );
    request = row.id;
    for (const kind of ['asked', 'verify-sent', 'verified', 'deciders-asked'])
      await web.sql(
        `insert into access_request_steps (request_id, kind, at, by) values ($1, $2, now() - interval '2 days', 'clock')`,
        [request, kind],
      );
  }
  const letter = await addLetter(web, {
    ...{ template: 'access-question', language, to_address: to },
    asks: { kind: 'decide-access', request, turn },
  });
  const path = `/access/${decisionTokenFor(letter, key)}`;
  return { request, letter, path, address, code: decisionCodeFor(letter, key) };
}
const get = async (path: string, init: RequestInit = {}) => {
  const answer = await web.web.fetch(new Request(`http://127.0.0.1${path}`, init));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const press = (path: string, fields: Record<string, string>) =>
  get(path, { method: 'POST', body: new URLSearchParams(fields) });
const steps = async (request: string): Promise<string[]> =>
  (await web.sql('select kind from access_request_steps where request_id = $1 order by id', [request])).map(
    ({ kind }) => kind,
  );
const asWaiting = ['asked', 'verify-sent', 'verified', 'deciders-asked'];
const people = async () => (await web.sql('select count(*)::int as n from contacts'))[0].n;

describe('the page of a decision', () => {
  it('decides nothing by being opened, fetched before, looked at or guessed at', async () => {
    const { path, request, code } = await asked();
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Nora Eck');
    expect(page.text).not.toContain(code);
    expect(page.text).not.toMatch(/<script|https?:|\son[a-z]+=|style=/i);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await get(path, { method: 'HEAD' })).text).toBe('');
    await get(`${path}?decision=grant&code=${code}`);
    await get(path, { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' } });
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await get(path, { method, ...(method === 'OPTIONS' ? {} : { body: 'decision=grant' }) })).status).toBe(
        404,
      );
    expect(await steps(request)).toEqual(asWaiting);
    const wrong = [`1.${'a'.repeat(32)}`, `${path.slice(8, -1)}0x`, '1', 'x'.repeat(5_000), '%00', "'"];
    const said = await Promise.all(wrong.map((token) => get(`/access/${token}`)));
    expect(new Set(said.map((one) => `${one.status} ${one.text}`)).size).toBe(1);
    expect(said[0]?.status).toBe(404);
    for (const token of wrong)
      expect((await press(`/access/${token}`, { decision: 'grant', code })).text).toBe(said[0]?.text);
  });

  it('grants by the code, says so to the decider by mail, and shows what was decided from then on', async () => {
    const { path, request, code, address, letter } = await asked();
    const before = await people();
    const done = await press(path, { decision: 'grant', role: 'technical contact', until: '2027-03-31', code });
    expect(done).toMatchObject({ status: 200, text: expect.stringContaining('was granted') });
    for (const shown of ['Ada Byron', 'technical contact', '31 March 2027', 'UNDO']) expect(done.text).toContain(shown);
    expect(await steps(request)).toEqual([...asWaiting, 'granted']);
    expect(await people()).toBe(before + 1);
    const [row] = await web.sql(
      'select c.role, c.until::text from contacts c join contact_addresses a on a.contact_id = c.id where a.address = $1',
      [address],
    );
    expect(row).toEqual({ role: 'technical contact', until: '2027-03-31' });
    const [told] = await web.sql(
      `select to_address, subject from letters where template = 'access-settled' and asks->>'request' = $1`,
      [request],
    );
    expect(told).toEqual({ to_address: 'ada@aldous.example', subject: 'Access granted: Nora Eck' });
    const audit = await web.sql(`select actor from audit where action = 'access-granted' and subject_id = $1`, [
      request,
    ]);
    expect(audit).toEqual([{ actor: `page of letter ${letter}` }]);
    // Pressed again, with whatever is typed: the first decision stands, and is what the page shows.
    expect((await press(path, { decision: 'deny', reason: '1', code })).text).toContain('was granted');
    await web.sql(`update access_request_steps set at = at - interval '60 days' where request_id = $1`, [request]);
    expect((await get(path)).text).toContain('was granted');
    expect(await steps(request)).toEqual([...asWaiting, 'granted']);
  });

  it('denies with a reason and words, and shows it to the other decider', async () => {
    const one = await asked();
    const other = await asked({ to: 'tom@aldous.example', on: one.request });
    const done = await press(one.path, {
      decision: 'deny',
      reason: '3',
      words: 'Ask Kay.',
      now: 'yes',
      code: one.code.toLowerCase(),
    });
    expect(done.text).toContain('No business relationship to this site');
    expect((await get(other.path)).text).toContain('Ada Byron');
    expect((await press(other.path, { decision: 'grant', code: other.code })).text).toContain('was denied');
    const [{ detail }] = await web.sql(
      `select detail from access_request_steps where request_id = $1 and kind = 'denied'`,
      [one.request],
    );
    expect(detail).toEqual({ reason: 3, words: 'Ask Kay.', atOnce: true });
  });

  it.each([
    ['no code', { decision: 'grant', code: '' }, 'type the code'],
    ['nothing chosen', { code: 'CODE' }, 'grant or deny'],
    ['a denial without a reason', { decision: 'deny', code: 'CODE' }, 'reason for the denial'],
    ['a day that is none', { decision: 'grant', until: 'soon', code: 'CODE' }, 'as 2026-12-31'],
    ['a role that nobody gives', { decision: 'grant', role: 'primary', code: 'CODE' }, 'cannot be read'],
    ['a day that is past', { decision: 'grant', until: '2020-01-01', code: 'CODE' }, 'day is past'],
    ['words that are too long', { decision: 'deny', reason: '1', words: 'x'.repeat(501), code: 'CODE' }, 'too long'],
  ])('decides nothing with %s, says why, and keeps what was typed', async (_, fields, says) => {
    const { path, request, code } = await asked();
    const typed = Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, v === 'CODE' ? code : v]));
    const told = await press(path, typed);
    expect(told.text).toContain(says);
    if ('decision' in fields) expect(told.text).toMatch(new RegExp(`value="${fields.decision}" required checked`));
    expect(told.text).not.toContain(code);
    expect(await steps(request)).toEqual(asWaiting);
    expect((await press(path, { decision: 'deny', reason: '1', code })).text).toContain('was denied');
  });

  it('asks for a reason where the asker gave none', async () => {
    const { path, request, code } = await asked({ justification: null });
    expect((await press(path, { decision: 'grant', code })).text).toContain('needs a reason');
    expect(await steps(request)).toEqual(asWaiting);
    expect((await press(path, { decision: 'grant', justification: 'New in the team', code })).text).toContain(
      'was granted',
    );
  });

  it('lets nobody give more than their own', async () => {
    const { path, request, code } = await asked({ to: 'tom@aldous.example' });
    expect((await press(path, { decision: 'grant', role: 'secondary', code })).text).toContain('more than you have');
    expect(await steps(request)).toEqual(asWaiting);
  });

  it('takes five wrong codes and no more, each on record', async () => {
    const { path, request, code, letter } = await asked();
    for (const left of [4, 3, 2]) {
      const told = await press(path, { decision: 'grant', code: '7KQ2-M9XW' });
      expect(told.text).toContain(`You can try ${left} more times`);
    }
    expect((await press(path, { decision: 'grant', code: 'nonsense' })).text).toContain('You can try once more');
    expect((await press(path, { decision: 'grant', code: '0000-0000' })).text).toContain('Too many wrong codes');
    expect((await press(path, { decision: 'grant', code })).text).toContain('Too many wrong codes');
    expect(await steps(request)).toEqual([...asWaiting, ...Array.from({ length: 5 }, () => 'code-wrong')]);
    const audit = await web.sql(`select actor from audit where action = 'access-code-wrong' and subject_id = $1`, [
      request,
    ]);
    expect(audit).toEqual(Array.from({ length: 5 }, () => ({ actor: `page of letter ${letter}` })));
    // Another letter about it has codes of its own.
    const reminder = await asked({ on: request });
    expect((await press(reminder.path, { decision: 'grant', code: reminder.code })).text).toContain('was granted');
  });

  it('takes the code of no other letter', async () => {
    const [one, other] = [await asked(), await asked()];
    expect((await press(one.path, { decision: 'grant', code: other.code })).text).toContain(
      'not the code of the letter',
    );
    expect(await steps(one.request)).toEqual([...asWaiting, 'code-wrong']);
  });

  it('shows nothing to who decides no longer', async () => {
    const gone = await asked({ to: 'gone@aldous.example' });
    const max = await asked({ to: 'max@aldous.example' });
    for (const { path, request, code } of [gone, max]) {
      for (const told of [await get(path), await press(path, { decision: 'grant', code })]) {
        expect(told.text).toContain('may not decide');
        expect(told.text).not.toContain('Nora');
      }
      expect(await steps(request)).toEqual(asWaiting);
    }
  });

  it('shows all that a second confirms, and confirms no more than it has shown', async () => {
    twoDeciders = ['authorized user'];
    const first = {
      ...{ role: 'authorized user', privileges: { 'contact updates': 'update' }, until: '2027-03-31' },
      ...{ justification: 'For the audit', atOnce: false, phone: '+44 20 7946 0000' },
    };
    const fields = { decision: 'grant', role: 'authorized user', until: '2027-03-31' };
    for (const seen of [true, false]) {
      const { path, request, code } = await asked({ to: 'tom@aldous.example' });
      const before = await get(path);
      expect(before.text).not.toContain('name="confirms"');
      await web.sql(
        `insert into access_request_steps (request_id, kind, at, by, detail) values ($1, 'first-granted', now(), 'contact 1', $2)`,
        [request, JSON.stringify(first)],
      );
      const page = await get(path);
      for (const part of ['contact updates: update', 'For the audit', '31 March 2027', '+44 20 7946 0000'])
        expect(page.text).toContain(part);
      const [, confirms = ''] = /name="confirms" value="(\d+)"/.exec(page.text) ?? [];
      await press(path, { ...fields, code, ...(seen && { confirms }) });
      expect((await steps(request)).at(-1)).toBe(seen ? 'granted' : 'first-granted');
    }
    twoDeciders = [];
  });

  it('is over after 40 days, and once its decision was taken back', async () => {
    const old = await asked();
    await web.sql(`update access_request_steps set at = at - interval '41 days' where request_id = $1`, [old.request]);
    expect((await press(old.path, { decision: 'grant', code: old.code })).text).toContain('waited too long');
    const back = await asked();
    await press(back.path, { decision: 'grant', code: back.code });
    await web.sql(
      `insert into access_request_steps (request_id, kind, at, by) values ($1, 'taken-back', now(), 'contact 1')`,
      [back.request],
    );
    expect((await press(back.path, { decision: 'grant', code: back.code })).text).toContain('was taken back');
    expect((await steps(back.request)).at(-1)).toBe('taken-back');
  });

  it.each([
    ['de', 'Zugang genehmigen'],
    ['fr-CA', 'Accorder'],
    ['es', 'Conceder el acceso'],
    ['ja', 'アクセスを許可する'],
    ['pt', 'Grant access'],
  ])('speaks the language of the letter: %s', async (language, says) => {
    const { path } = await asked({ language });
    expect((await get(path)).text).toContain(says);
    const over = await get('/access/none', { headers: { 'accept-language': `${language},en;q=0.5` } });
    expect(over.text).toContain(`<html lang="${language === 'pt' ? 'en' : language.slice(0, 2)}">`);
  });
});
