/** The audit in the console, as a call and as a command: who did what, and by which way. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../../support/console.ts';

const token = 'a-token-of-the-tests';
let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole({ API_TOKEN: token });
});
afterAll(() => desk?.stop());
beforeEach(async () => {
  await desk.anew();
  await desk.query(`
    insert into audit (at, actor, action, subject_kind, subject_id, detail) values
      ('2026-11-20T10:00:00Z', 'api for kim@desk.example', 'case-taken', 'case', '100042', '{}'),
      ('2026-11-21T10:00:00Z', 'outbound', 'letter-failed', 'letter', '12', '{"response": "550 code 7KQ2-M9XW refused"}'),
      ('2026-11-22T10:00:00Z', 'mail:7 of kim@desk.example', 'case-closed', 'case', '100042', '{"by": "<b>x</b>"}'),
      ('2026-11-23T10:00:00Z', 'command', 'letters-paused', 'channel', 'smtp', '{"reason": "moved"}')`);
});

const call = (query: string, headers: Record<string, string> = {}) =>
  desk.ask(`/api/v1/audit${query}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
const json = async (query: string): Promise<any> => (await call(query)).json();

describe('the page', () => {
  it('says who did what by which way, and leads to what it is about', async () => {
    const page = await (await desk.as('vic')).page('/audit');
    for (const text of [
      'kim@desk.example by the API',
      'kim@desk.example by <a href="/mails/7">mail 7</a>',
      'case closed',
      'href="/letters/12"',
      '550 code ••••-•••• refused',
      '&lt;b&gt;x&lt;/b&gt;',
    ])
      expect(page).toContain(text);
  });
  it('names a mail by its sender and subject, not by its number alone, and codes in words', async () => {
    const [mail] = await desk.query<{ id: string }>(
      `insert into mails (arrived_at, door, door_name, sha256, size, state, tries, last_failure, from_address, subject)
       values (now(), 'hand', 'x', sha256('a'), 1, 'dead', 5, 'x', 'ada@aldous.example', 'Robot & arm') returning id::text`,
    );
    await desk.query(
      `insert into audit (actor, action, subject_kind, subject_id, detail)
       values ('command', 'mail-decided', 'mail', $1, '{"outcome": "held-unauthenticated"}')`,
      [mail?.id],
    );
    const page = await (await desk.as('vic')).page('/audit');
    expect(page).toContain('<bdi>ada@aldous.example</bdi>: <bdi>Robot &amp; arm</bdi>');
    expect(page).toContain('held unauthenticated');
  });
  it('is filtered by its address: who, about what, what, from and to', async () => {
    const nia = await desk.as('nia');
    const lines = async (query: string) =>
      [...(await nia.page(`/audit?${query}`)).matchAll(/<li class="row audit".*?<span class="a">([^:]+):/gs)].map(
        (one) => one[1],
      );
    expect(await lines('actor=KIM%40desk.example')).toEqual(['case closed', 'case taken']);
    expect(await lines('actor=mail+7')).toEqual([]);
    expect(await lines('subject=letter+12')).toEqual(['letter failed']);
    expect(await lines('action=letters+paused')).toEqual(['letters paused']);
    expect(await lines('from=2026-11-21&to=2026-11-22')).toEqual(['case closed', 'letter failed']);
    expect(await nia.page('/audit?actor=nobody@desk.example')).toContain('Nothing of this kind was done.');
    expect(await nia.page('/audit?from=yesterday&before=%27')).toContain('This filter was left out.');
  });
  it('is a table, of what was asked for', async () => {
    const nia = await desk.as('nia');
    const answer = await nia.get('/audit.csv?actor=kim@desk.example');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines[0]).toContain('id,at,actor,way,staff,action,subject,subject id,detail');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('mail,kim@desk.example,case-closed,case,100042');
  });
  it('is for whoever has signed in', async () => {
    for (const path of ['/audit', '/audit.csv']) expect((await desk.ask(path)).status).toBe(303);
  });
});

describe('the call', () => {
  it('answers with the same lines', async () => {
    const { items, next } = await json('?actor=kim@desk.example&subject=case:100042');
    expect(next).toBeNull();
    expect(items).toMatchObject([
      {
        ...{ actor: 'mail:7 of kim@desk.example', action: 'case-closed', subjectKind: 'case', subjectId: '100042' },
        by: { way: 'mail', staff: 'kim@desk.example', mail: '7', letter: null, contact: null },
        detail: [{ name: 'by', value: '<b>x</b>' }],
      },
      { actor: 'api for kim@desk.example', at: '2026-11-20T10:00:00Z' },
    ]);
    expect((await json('?action=letter-failed')).items[0].detail[0].value).toBe('550 code ••••-•••• refused');
  });
  it('goes on by its cursor, and as a table by its link', async () => {
    const first = await json('?subject=case&limit=1');
    expect(first.next).not.toBeNull();
    expect((await json(`?subject=case&limit=1&cursor=${first.next}`)).items[0].action).toBe('case-taken');
    const table = await call('?subject=case&limit=1', { accept: 'text/csv' });
    expect(table.headers.get('link')).toBe(`</api/v1/audit?subject=case&limit=1&cursor=${first.next}>; rel="next"`);
    expect((await table.text()).split('\r\n')).toHaveLength(3);
  });
  it('says what of a question cannot be used', async () => {
    for (const [query, says] of [
      ['?from=yesterday', 'has to be a time'],
      ['?subject=!', 'has to be a kind'],
      ['?limit=5000', 'limit'],
      ['?actr=kim', 'did you mean'],
      ['?from=2026-11-22&to=2026-11-21', 'later than from'],
    ]) {
      const answer = await call(query ?? '');
      expect([query, answer.status, (await answer.text()).includes(says ?? '')]).toEqual([query, 400, true]);
    }
    expect((await desk.ask('/api/v1/audit')).status).toBe(401);
  });
});

describe('the page of the API', () => {
  it('has every call of the description, and each of a subject with all that it takes', async () => {
    const kim = await desk.as('kim');
    const document = (await (await desk.ask('/api/openapi.json')).json()) as { paths: Record<string, object> };
    const all = await kim.page('/api');
    for (const path of Object.keys(document.paths)) expect(all).toContain(`<code>${path}</code>`);
    const audit = await kim.page('/api?subject=audit');
    for (const text of ['GET', '/api/v1/audit', 'actor', 'Authorization: Bearer $API_TOKEN', 'next'])
      expect(audit).toContain(text);
    expect(await kim.page('/api?subject=%3Cb%3E')).toContain('There are no calls about &quot;&lt;b&gt;&quot;.');
  });
  it('takes nothing from elsewhere, and needs no script', async () => {
    const page = await (await desk.as('kim')).page('/api?subject=letters');
    for (const [, address] of page.matchAll(/(?:src|href)="([^"#]+)/g))
      expect(address).toMatch(/^(?:\/|data:image\/svg)/);
    expect(page).not.toMatch(/<script(?![^>]* src="\/assets\/)/);
  });
});
