/** The page that shows a customer how a case stands: number, state and deadline, to whom the letter went, and to nobody who guesses. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../../src/config/settings.ts';
import { openCasePages } from '../../../src/flows/cases/case-page.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { casePageTokenFor, decisionTokenFor } from '../../../src/mail/subject/thread-token.ts';
import { type App, openApp } from '../../../src/runtime/app.ts';
import { key, registrySql } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { addCase, addLetter, openWeb, type TestWeb } from './support.ts';

const folder = scratch('case-page');
let web: TestWeb;
let app: App;
let n = 0;

beforeAll(async () => {
  const of = () => openCasePages({ ...app, policy: app.settings.policy, keys: [key] });
  web = await openWeb({ actions: { casePages: { find: (token) => of().find(token) } } });
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
beforeEach(() => {
  n += 1;
});

const numberOf = () => `${700_000 + n}`;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
async function acknowledged(caseIs: Record<string, unknown> = {}, letterIs: Record<string, unknown> = {}) {
  const number = `${caseIs.number ?? numberOf()}`;
  const id = await addCase(web, { number, site_id: 1, title: 'A secret title', ...caseIs });
  const letter = await addLetter(web, { case_id: id, template: 'acknowledgement', ...letterIs });
  return { id, number, letter, path: `/case/${casePageTokenFor(letter, key)}` };
}
/** Round the clock, within four hours. */
const clockStarted = (id: string, hoursAgo = 0) => {
  const rating = {
    ...{ severity: 3, plan: '24x7', target: { minutes: 240 }, counts: 'round-the-clock' },
    ...{ hours: null, timezone: 'Europe/London', country: 'GB' },
  };
  return web.sql(`insert into case_events (case_id, at, kind, detail) values ($1, $3, 'clock-started', $2)`, [
    ...[id, JSON.stringify({ rating }), daysAgo(hoursAgo / 24)],
  ]);
};
const get = async (path: string, init: RequestInit = {}) => {
  const answer = await web.web.fetch(new Request(`http://127.0.0.1${path}`, init));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const guessed = () => get('/case/1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');

describe('the page of a case', () => {
  it('shows number and state, and nothing of what was written', async () => {
    const { path, number } = await acknowledged();
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`<h1>Case ${number}</h1>`);
    expect(page.text).toContain('it waits for our first answer');
    for (const secret of ['secret title', 'ada@', 'Ada', 'Aldous']) expect(page.text).not.toContain(secret);
    expect(page.text).not.toMatch(/<script|https?:|\son[a-z]+=|<form|<button|<style| style=/i);
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('promises the deadline with the zone of the site, and says when it has passed', async () => {
    const on = await acknowledged();
    await clockStarted(on.id);
    const page = await get(on.path);
    expect(page.text).toContain('First answer by');
    expect(page.text).toMatch(/<time datetime="[^"]+">[A-Z][a-z]+,? \d+ \w+ \d{4}[^<]* (GMT|BST)<\/time>/);
    n += 1;
    const late = await acknowledged();
    await clockStarted(late.id, 5);
    expect((await get(late.path)).text).toContain('later than promised');
  });

  it('goes on with the case: answered, waits, proposed, closed', async () => {
    const on = await acknowledged({ response_met_at: daysAgo(1) });
    expect((await get(on.path)).text).toContain('we have answered, and are working on it');
    await web.sql(`insert into case_events (case_id, at, kind, detail) values ($1, now(), 'clock-paused', '{}')`, [
      on.id,
    ]);
    expect((await get(on.path)).text).toContain('we wait for your answer');
    await web.sql('update cases set proposed_at = now() where id = $1', [on.id]);
    expect((await get(on.path)).text).toContain('wait for your word');
    await web.sql(`update cases set status = 'closed', closed_at = now() where id = $1`, [on.id]);
    expect((await get(on.path)).text).toContain('Closed.');
  });

  it('is the same whether it is read, looked at or fetched before, and takes nothing', async () => {
    const { path } = await acknowledged();
    const rows = () =>
      web.sql('select (select count(*) from audit) as audit, (select count(*) from case_events) as events');
    const before = await rows();
    expect(await get(path, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    for (const headers of [{ purpose: 'prefetch' }, { 'sec-purpose': 'prefetch;prerender' }, {}] as Record<
      string,
      string
    >[])
      expect((await get(`${path}?close=yes`, { headers })).status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await get(path, { method })).status).toBe(404);
    expect(await rows()).toEqual(before);
  });

  it('tells nothing to whoever guesses: one answer for unknown, foreign, expired and ended', async () => {
    const said = await guessed();
    expect(said).toMatchObject({ status: 404, text: expect.stringContaining('This page is not open') });
    const there = await acknowledged();
    const wrong = [
      `${there.path.slice(6, -1)}x`,
      there.letter,
      there.number,
      // Of another page of the same letter.
      decisionTokenFor(there.letter, key),
      casePageTokenFor(there.letter, `${key}, but another one`),
      casePageTokenFor('99999999', key),
      'x'.repeat(3_000),
      '%00',
      "'",
    ];
    for (const token of wrong) expect(await get(`/case/${token}`)).toMatchObject({ status: 404, text: said.text });
    n += 1;
    const old = await acknowledged({ status: 'closed', closed_at: daysAgo(30.1) });
    expect(await get(old.path)).toMatchObject({ status: 404, text: said.text });
    await web.sql('update cases set closed_at = $2 where id = $1', [old.id, daysAgo(29.9)]);
    expect((await get(old.path)).status).toBe(200);
    n += 1;
    const stranger = await acknowledged({}, { to_address: 'eve@else.example' });
    expect(await get(stranger.path)).toMatchObject({ status: 404, text: said.text });
    const none = await addLetter(web, { template: 'neutral-receipt' });
    expect(await get(`/case/${casePageTokenFor(none, key)}`)).toMatchObject({ status: 404, text: said.text });
  });

  it('ends with the access of its reader, and stays open for who takes part', async () => {
    const { id, path } = await acknowledged({}, { to_address: 'max@aldous.example' });
    expect((await get(path)).status).toBe(200);
    await web.sql(`update contact_addresses set address = 'gone@aldous.example' where address = 'max@aldous.example'`);
    expect((await get(path)).status).toBe(404);
    await web.sql(
      `insert into case_participants (case_id, address, added_at) values ($1, 'max@aldous.example', now())`,
      [id],
    );
    expect((await get(path)).status).toBe(200);
    await web.sql(`update contact_addresses set address = 'max@aldous.example' where address = 'gone@aldous.example'`);
  });

  it('goes on with the case that it was merged into', async () => {
    const master = await acknowledged();
    n += 1;
    const merged = await acknowledged({ status: 'closed', closed_at: daysAgo(40), merged_into: master.id });
    const page = await get(merged.path);
    expect(page.text).toContain(`<h1>Case ${master.number}</h1>`);
    expect(page.text).toContain(`Case ${merged.number} was merged into case ${master.number}`);
  });

  it.each([
    ['de', 'Stand Ihres Falls'],
    ['fr-CA', 'Où en est votre dossier'],
    ['es', 'Cómo está su caso'],
    ['ja', 'ケースの状況'],
    ['pt', 'How your case stands'],
  ])('speaks the language of the letter: %s', async (language, kicker) => {
    const { path } = await acknowledged({}, { language });
    expect((await get(path)).text).toContain(kicker);
    const over = await get('/case/none', { headers: { 'accept-language': `${language},en;q=0.5` } });
    expect(over.text).toContain(`<html lang="${language === 'pt' ? 'en' : language.slice(0, 2)}">`);
  });
});
