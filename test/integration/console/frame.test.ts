import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
});
afterAll(() => postern.stop());

describe('a page of the console', () => {
  it('asks whoever is not signed in to sign in, and leads back', async () => {
    const answer = await postern.ask('/keys?x=1');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?to=%2Fkeys%3Fx%3D1']);
    const inPlace = await postern.ask('/keys', { headers: { 'hx-request': 'true' } });
    expect([inPlace.status, inPlace.headers.get('hx-redirect')]).toEqual([401, '/sign-in?to=%2Fkeys']);
  });
  it('has one heading, its place in the menu, who is signed in, and a policy without anything inline', async () => {
    const kim = await postern.as('kim');
    const answer = await kim.get('/');
    const page = await answer.text();
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('href="/" data-go="o" aria-current="page"');
    expect(page).toContain(people.kim.name);
    expect(page).toContain('href="#main"');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page).not.toMatch(/<script>|<style|\sstyle=|\son\w+="/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });
  it('says that nothing is there by the words of a page, to whoever is signed in', async () => {
    const answer = await (await postern.as('vic')).get('/staff/nobody/at/all');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('<h1>There is nothing here.</h1>');
  });
  it('shows the keys of everywhere and the places of whoever looks', async () => {
    const page = await (await postern.as('vic')).page('/keys');
    expect(page).toContain('<dt><kbd>j</kbd> <kbd>k</kbd> </dt><dd>Next, previous row</dd>');
    expect(page).toContain('<dd>Overview</dd>');
  });
});

describe('what a page needs', () => {
  const paths = async () => {
    const page = await (await postern.as('kim')).page('/keys');
    return [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  };
  it('is kept for good by browsers, is compressed, and needs no session', async () => {
    const all = await paths();
    expect(all).toHaveLength(3);
    let weight = 0;
    for (const path of all) {
      const answer = await postern.ask(path, { headers: { 'accept-encoding': 'br, gzip' } });
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'br']);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      weight += Number(answer.headers.get('content-length'));
      await answer.arrayBuffer();
    }
    expect(weight).toBeGreaterThan(5_000);
    expect(weight).toBeLessThan(40_000);
  });
  it('comes as it is to whoever takes no compression, and by the name of yesterday it is not kept', async () => {
    const [path = ''] = await paths();
    const plain = await postern.ask(path, { headers: { 'accept-encoding': 'identity, br;q=0' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toContain(':root {');
    const old = await postern.ask(path.replace(/[0-9a-f]{12}/, '0123456789ab'));
    expect([old.status, old.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    for (const none of ['/assets/console.0123456789ab.map', '/assets/../server.ts', '/assets/none.0123456789ab.css'])
      expect((await postern.ask(none)).status, none).not.toBe(200);
  });
  it('is as small as pages are compressed', async () => {
    const kim = await postern.as('kim');
    const answer = await kim.get('/keys', { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.text()).toContain('</html>');
  });
});

describe('the theme', () => {
  it('is that of the system until somebody chooses, and then that of the choice', async () => {
    const kim = await postern.as('kim');
    expect(await kim.page('/')).toContain('<html lang="en">');
    const chosen = await kim.post('/theme', { theme: 'dark' }, { referer: `${postern.address}/keys?a=1` });
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/keys?a=1']);
    expect(await kim.after(chosen)).toContain('data-theme="dark"');
    const odd = await kim.post('/theme', { theme: '"><script>' }, { referer: 'https://evil.example/x' });
    expect(odd.headers.get('location')).toBe('/x');
    expect(await kim.after(odd)).not.toContain('data-theme');
  });
});
