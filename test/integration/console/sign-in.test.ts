/** Signing in by the pages: what is answered, what the browser keeps, and who gets no further. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSignInLink } from '../../../src/flows/sign-in/links.ts';
import { type ConsoleDesk, startConsoleDesk, type Visitor } from '../../support/console-desk.ts';

let desk: ConsoleDesk;
beforeAll(async () => {
  desk = await startConsoleDesk();
});
afterAll(() => desk.stop());
beforeEach(() => desk.anew());

const nia = 'nia@desk.example';
const locationOf = (answer: Response): string | null => answer.headers.get('location');
const askFor = (visitor: Visitor, email = nia, to = '/') => visitor.ask('/sign-in', { form: { email, to } });
const linkPath = async (email = nia): Promise<string> => {
  const made = await makeSignInLink({ ...desk.app, publicUrl: desk.url }, email, { kind: 'command', staff: null });
  return new URL(made.url).pathname;
};

describe('nobody who is signed out', () => {
  it.each(['/', '/keys', '/staff', '/staff/sessions', '/staff/nia@desk.example', '/queues/board', '/do/nothing'])(
    'sees %s: the way leads to the sign-in and back',
    async (path) => {
      const answer = await desk.visitor().ask(path);
      expect([answer.status, locationOf(answer)]).toEqual([
        303,
        path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`,
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );
  it('gets a page in the place of a part of one, or figures', async () => {
    for (const headers of [{ 'hx-request': 'true' }, { accept: 'text/event-stream' }]) {
      const answer = await desk.visitor().ask('/staff', { headers });
      expect([answer.status, answer.headers.get('hx-redirect')]).toEqual([401, '/sign-in?to=%2Fstaff']);
    }
  });
  it('changes anything, whatever token or address is made up', async () => {
    for (const path of ['/do/add-staff', '/sign-out', '/staff/passkeys/begin', '/staff/passkeys', '/theme']) {
      const visitor = desk.visitor();
      visitor.cookies.set('postern', 'x'.repeat(43));
      expect((await visitor.ask(path, { form: { csrf: 'x' } })).status, path).toBe(303);
    }
    expect(await desk.query("select from audit where subject_kind = 'staff'")).toEqual([]);
  });
  it('has a use for the token of the API', async () => {
    const answer = await desk.visitor().ask('/staff', { headers: { authorization: 'Bearer a-token-of-the-tests' } });
    expect(answer.status).toBe(303);
  });
});

describe('the way by a code', () => {
  it('leads where somebody wanted to go, with a cookie that scripts cannot read', async () => {
    const visitor = desk.visitor();
    const first = await askFor(visitor, ' Nia@Desk.example ', '/staff/sessions');
    expect([first.status, locationOf(first)]).toEqual([303, '/sign-in/code?to=%2Fstaff%2Fsessions']);
    expect(await visitor.page('/sign-in/code?to=%2Fstaff%2Fsessions')).toContain('value="/staff/sessions"');
    const then = await visitor.ask('/sign-in/code', { form: { code: await desk.code(), to: '/staff/sessions' } });
    expect([then.status, locationOf(then)]).toEqual([303, '/staff/sessions']);
    const cookie = then.headers.getSetCookie().find((line) => line.startsWith('postern='));
    expect(cookie).toMatch(/; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await visitor.page('/staff/sessions')).toContain('Firefox, Linux');
    expect(locationOf(await visitor.ask('/sign-in?to=%2Fkeys'))).toBe('/keys');
  });
  it('says the same to whoever is none of ours, page by page', async () => {
    const pages = [];
    for (const email of [nia, 'eve@elsewhere.example']) {
      const visitor = desk.visitor();
      const first = await askFor(visitor, email);
      const second = await visitor.page('/sign-in/code');
      const third = await visitor.ask('/sign-in/code', { form: { code: '7KQ2-M9XW', to: '/' } });
      const asked = [second, await third.text()].map((page) => page.replace(/<meta name="now" content="[^"]*">/, ''));
      pages.push([first.status, locationOf(first), third.status, ...asked]);
    }
    expect(pages[0]).toEqual(pages[1]);
    expect(pages[0]?.[4]).toContain('4 tries are left');
  });
  it('keeps what was typed, and says what to do', async () => {
    const visitor = desk.visitor();
    const bad = await askFor(visitor, 'kim at "desk"');
    expect(bad.status).toBe(422);
    expect(await bad.text()).toMatch(/value="kim at &quot;desk&quot;"[\s\S]*is not an e-mail address/);
    await askFor(visitor);
    const wrong = await visitor.ask('/sign-in/code', { form: { code: 'AAAA"<b>', to: '/' } });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('value="AAAA&quot;&lt;b&gt;"');
    expect(locationOf(await desk.visitor().ask('/sign-in/code'))).toBe('/sign-in');
  });
  it('goes to no other site, whatever it is asked', async () => {
    for (const to of ['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
      const visitor = desk.visitor();
      const before = desk.sink.letters.length;
      await askFor(visitor, nia, to);
      const code = await desk.code(before + 1);
      expect(locationOf(await visitor.ask('/sign-in/code', { form: { code, to } }))).toBe('/');
    }
  });
  it('takes no form from another place', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      const answer = await desk.visitor().ask('/sign-in', { form: { email: nia }, headers });
      expect(answer.status).toBe(403);
    }
    expect(desk.sink.letters).toEqual([]);
  });
  it('says when it was tried too often', async () => {
    for (let n = 0; n < 6; n += 1) expect((await askFor(desk.visitor())).status).toBe(303);
    const answer = await askFor(desk.visitor());
    expect(answer.status).toBe(429);
    expect(await answer.text()).toContain('Try again in 15 minutes.');
  });
});

describe('a link of the command line', () => {
  it('signs in by its button alone, once', async () => {
    const path = await linkPath();
    for (const visitor of [desk.visitor(), desk.visitor()]) expect(await visitor.page(path)).toContain('Nia Vale');
    const elsewhere = await desk.visitor().ask(path, { form: {}, headers: { origin: 'https://evil.example' } });
    expect(elsewhere.status).toBe(403);
    const visitor = desk.visitor();
    expect(locationOf(await visitor.ask(path, { form: {} }))).toBe('/');
    expect((await visitor.ask('/keys')).status).toBe(200);
    const again = await desk.visitor().ask(path, { form: {} });
    expect(again.status).toBe(404);
    expect(await again.text()).toContain('was used, or is older than ten minutes');
  });
});

describe('pages of somebody who is signed in', () => {
  it('have headers that let nothing in from elsewhere, nor out', async () => {
    const visitor = await desk.signedIn(nia);
    for (const path of ['/', '/staff', '/sign-in/code', '/staff/sessions']) {
      const { headers } = await visitor.ask(path);
      expect(headers.get('content-security-policy'), path).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
  it('end with signing out, which takes the form of this session', async () => {
    const [visitor, other] = [await desk.signedIn(nia), await desk.signedIn(nia)];
    const csrf = await visitor.csrf();
    for (const form of [{}, { csrf: 'made up' }, { csrf: await other.csrf() }])
      expect((await visitor.ask('/sign-out', { form })).status).toBe(403);
    expect(
      (await visitor.ask('/sign-out', { form: { csrf }, headers: { origin: 'https://evil.example' } })).status,
    ).toBe(403);
    const before = visitor.cookies.get('postern') ?? '';
    expect(locationOf(await visitor.ask('/sign-out', { form: { csrf } }))).toBe('/sign-in');
    visitor.cookies.set('postern', before);
    expect((await visitor.ask('/keys')).status).toBe(303);
    expect((await other.ask('/keys')).status).toBe(200);
  });
  it('are none any more with the next click, once somebody is taken off', async () => {
    const visitor = await desk.signedIn(nia);
    await desk.query('delete from staff where email = $1', [nia]);
    expect((await visitor.ask('/staff')).status).toBe(303);
  });
  it('show and do what their roles may now', async () => {
    const visitor = await desk.signedIn('kim@desk.example');
    const csrf = await visitor.csrf();
    const input = JSON.stringify({ email: 'vic@desk.example' });
    const end = async () =>
      (await visitor.ask('/do/end-sessions', { form: { csrf, input, back: '/staff', sure: 'yes' } })).status;
    const roles = (...given: string[]) =>
      desk.query("update staff set person = jsonb_set(person, '{roles}', $1) where email = 'kim@desk.example'", [
        JSON.stringify(given),
      ]);
    await desk.signedIn('vic@desk.example');
    expect(await end()).toBe(403);
    await roles('engineer', 'admin');
    await desk.app.refreshStaff();
    expect(await end()).toBe(303);
    const left = "select from staff_sessions where staff = 'vic@desk.example' and ended_at is null";
    expect(await desk.query(left)).toEqual([]);
    // What was taken off in another process is seen before this one has looked who works here.
    await desk.signedIn('vic@desk.example');
    await roles('viewer');
    expect((await visitor.ask('/do/add-staff', { form: { csrf, input: '{}', sure: 'yes' } })).status).toBe(403);
  });
});
