/** The page that asks how it was (POLICY §6.1, §8.7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { openSatisfaction } from '../../../src/flows/cases/satisfaction.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { pageTokenFor } from '../../../src/mail/subject/thread-token.ts';
import { type App, openApp } from '../../../src/runtime/app.ts';
import { findCase } from '../../../src/store/reports/reports.ts';
import { key, registrySql } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { addCase, addLetter, openWeb, type TestWeb } from './support.ts';

const folder = scratch('satisfaction');
let web: TestWeb;
let app: App;
let n = 0;

beforeAll(async () => {
  const of = () => openSatisfaction({ ...app, keys: [key] });
  web = await openWeb({
    actions: { satisfaction: { find: (token) => of().find(token), give: (token, score) => of().give(token, score) } },
  });
  await web.sql(registrySql);
  const env = { DATABASE_URL: web.url, SUPPORT_ADDRESS: 'support@desk.example', SECRET_KEY: key, DNS_SERVERS: 'off' };
  const settings = readSettings('work', { folder, env });
  app = await openApp({ settings, log: silentLog, meter: silentMeter, hold: 'join', say() {}, threads: 1 });
});
afterAll(async () => {
  await app.close();
  await web.close();
  remove(folder);
});

/** A closed case, whose letter has just asked. */
async function asked(letterIs: Record<string, unknown> = {}) {
  n += 1;
  const number = `${600_000 + n}`;
  const id = await addCase(web, { number, site_id: 1, status: 'closed', closed_at: new Date().toISOString() });
  const letter = await addLetter(web, {
    case_id: id,
    template: 'case-closed',
    language: 'en',
    asks: { kind: 'satisfaction', case: number },
    ...letterIs,
  });
  return { number, letter, path: `/rate/${pageTokenFor(letter, key)}` };
}
const get = async (path: string, init: RequestInit = {}) => {
  const answer = await web.web.fetch(new Request(`http://127.0.0.1${path}`, init));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const press = (path: string, score: string | number) =>
  get(path, {
    method: 'POST',
    body: `score=${score}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const rows = async (letter: string) =>
  (await web.sql('select score, mail_id from satisfaction_answers where letter_id = $1 order by id', [letter])) as {
    score: number;
    mail_id: string | null;
  }[];
const counted = async (number: string) => (await findCase(web.database, number))?.satisfaction?.score ?? null;

describe('the page that asks how it was', () => {
  it('says nothing by being opened, looked at or guessed at', async () => {
    const { path, letter, number } = await asked();
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain(number);
    expect(page.text).not.toMatch(/<script|https?:|\son[a-z]+=/i);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect((await get(path, { method: 'HEAD' })).text).toBe('');
    await get(`${path}?score=5`);
    await get(path, { headers: { purpose: 'prefetch' } });
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) expect((await get(path, { method })).status).toBe(404);
    expect(await rows(letter)).toEqual([]);
    const wrong = ['1.aaaaaaaaaaaaaaaaaaaaaaaa', `${path.slice(6, -1)}0`, letter, 'x'.repeat(5_000), '%00', "'"];
    const said = await Promise.all(wrong.map((token) => get(`/rate/${token}`)));
    expect(new Set(said.map((one) => `${one.status} ${one.text}`)).size).toBe(1);
    for (const token of wrong) expect((await press(`/rate/${token}`, 5)).text).toBe(said[0]?.text);
    expect(said[0]?.status).toBe(404);
  });

  it('takes what a button sends, and shows it', async () => {
    const { path, letter, number } = await asked();
    const said = await press(path, 4);
    expect(said).toMatchObject({ status: 200, text: expect.stringContaining('You have chosen 4 of 5') });
    expect(await rows(letter)).toEqual([{ score: 4, mail_id: null }]);
    expect(await counted(number)).toBe(4);
    expect((await get(path)).text).toContain('You have chosen 4 of 5');
    const [audit] = await web.sql("select actor, action from audit where subject_id = $1 and subject_kind = 'case'", [
      number,
    ]);
    expect(audit).toEqual({ actor: `page of letter ${letter}`, action: 'case-satisfaction-given' });
  });

  it('says what counts: of two different answers within a minute none does', async () => {
    const { path, number } = await asked();
    await press(path, 4);
    const said = await press(path, 2);
    expect(said.status).toBe(200);
    expect(said.text).not.toContain('You have chosen');
    expect(await counted(number)).toBeNull();
  });

  it('takes nothing else', async () => {
    const { path, letter } = await asked();
    for (const score of ['0', '6', '4.5', '', '5&score=1x', "1'"]) await press(path, score);
    await get(path, { method: 'POST', body: 'x'.repeat(100_000), headers: { 'content-type': 'text/plain' } });
    await get(path, { method: 'POST', body: '{"score":5}', headers: { 'content-type': 'application/json' } });
    expect((await rows(letter)).map(({ score }) => score)).toEqual([]);
  });

  it('counts none of the buttons that a scanner presses', async () => {
    const { path, letter, number } = await asked();
    for (const score of [1, 2, 3, 4, 5]) expect((await press(path, score)).status).toBe(200);
    expect(await rows(letter)).toHaveLength(5);
    expect(await counted(number)).toBeNull();
    await web.sql(`update satisfaction_answers set at = at - interval '2 minutes' where letter_id = $1`, [letter]);
    await press(path, 3);
    expect(await counted(number)).toBe(3);
  });

  it('is over a day after the first answer, after 30 days, and for any other letter, and tells none from the other', async () => {
    const one = await asked();
    await press(one.path, 2);
    await web.sql(`update satisfaction_answers set at = at - interval '25 hours' where letter_id = $1`, [one.letter]);
    const old = await asked({ created_at: new Date(Date.now() - 31 * 86_400_000).toISOString() });
    const other = await asked({ asks: null, template: 'acknowledgement' });
    const guessed = await get('/rate/1.aaaaaaaaaaaaaaaaaaaaaaaa');
    for (const { path, letter } of [one, old, other]) {
      const before = await rows(letter);
      expect(await get(path)).toMatchObject({ status: 404, text: guessed.text });
      expect(await press(path, 5)).toMatchObject({ status: 404, text: guessed.text });
      expect(await rows(letter)).toEqual(before);
    }
    expect(await counted(one.number)).toBe(2);
  });

  it.each([
    ['de', 'Wie war es?'],
    ['fr-CA', 'Comment cela'],
    ['es', '¿Qué le ha parecido?'],
    ['ja', '対応は'],
    ['pt', 'How was it?'],
  ])('speaks the language of the letter: %s', async (language, title) => {
    const { path } = await asked({ language });
    expect((await get(path)).text).toContain(title);
    const over = await get('/rate/none', { headers: { 'accept-language': `${language},en;q=0.5` } });
    expect(over.text).toContain(`<html lang="${language === 'pt' ? 'en' : language.slice(0, 2)}">`);
  });
});
