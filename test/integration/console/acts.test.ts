import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
});
afterAll(() => postern.stop());
beforeEach(() => postern.anew());

const spammer = { sender: 'spam@elsewhere.example' };
const blocked = () => postern.query('select key from blocked_senders where lifted_at is null');
const trail = () =>
  postern.query<{ actor: string; action: string }>(
    "select actor, action from audit where actor like 'console%' and action !~ 'session' order by id",
  );
const scripted = { 'hx-request': 'true' };
const shownIn = (page: string): string => /name="expect" value="([0-9a-f]{32})"/.exec(page)?.[1] ?? '';

describe('a button of the console', () => {
  it('does its act for whoever pressed it, leads back, and says what was done', async () => {
    const kim = await postern.as('kim');
    const answer = await kim.act('block-sender', spammer, { back: '/keys?from=test' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/keys?from=test']);
    expect(await blocked()).toHaveLength(1);
    expect((await trail()).at(-1)).toEqual({ actor: 'console for kim@desk.example', action: 'sender-blocked' });
    const page = await kim.after(answer);
    expect(page).toContain('spam@elsewhere.example hears nothing from us');
  });
  it('takes it back by one more', async () => {
    const kim = await postern.as('kim');
    const page = await kim.after(await kim.act('block-sender', spammer));
    const undo = /<form method="post" action="\/do\/unblock-sender">.*?name="input" value="([^"]+)"/s.exec(page)?.[1];
    const input = JSON.parse((undo ?? '').replaceAll('&quot;', '"'));
    await kim.act('unblock-sender', input);
    expect(await blocked()).toEqual([]);
  });
  it('takes away what was emptied where the form shows all that stands, or says why not', async () => {
    const nia = await postern.as('nia');
    await nia.act('add-webhook', { url: 'https://hooks.example/postern', topics: ['case.opened'], about: 'The chat' });
    const [hook] = await postern.query<{ id: string }>('select id::text from webhook_endpoints');
    const page = await nia.page(`/webhooks/${hook?.id}`);
    const form = /action="\/do\/change-webhook"[\s\S]*?<\/form>/.exec(page)?.[0] ?? '';
    const hidden = (name: string): string =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const sent = { sure: 'yes', back: '/webhooks', input: hidden('input'), whole: hidden('whole') };
    const url = 'https://hooks.example/postern';
    const none = await nia.post('/do/change-webhook', { ...sent, url, about: '' });
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('have to be one or more')]);
    expect((await nia.post('/do/change-webhook', { ...sent, url, about: '', topics: 'case.closed' })).status).toBe(303);
    const [now] = await postern.query('select about, topics from webhook_endpoints');
    expect(now).toEqual({ about: '', topics: ['case.closed'] });
  });
  it('tells once, to this session only, and nobody else can make it tell', async () => {
    const [kim, nia] = [await postern.as('kim'), await postern.as('nia')];
    const answer = await kim.act('block-sender', spammer);
    const [notice = ''] = answer.headers.getSetCookie().filter((one) => one.startsWith('postern-notice='));
    const [cookie = ''] = notice.split(';');
    expect(notice).toMatch(/HttpOnly/);
    const shown = async (who: { cookie: string }, value = cookie) =>
      (await postern.ask('/keys', { headers: { cookie: `${who.cookie}; ${value}` } })).text();
    expect(await shown(kim)).toContain('class="notice"');
    expect(await shown(nia)).not.toContain('class="notice"');
    expect(await shown(kim, cookie.slice(0, -2))).not.toContain('class="notice"');
    expect(await shown(kim, 'postern-notice=garbage')).not.toContain('class="notice"');
    // What a script, a frame or a look ahead asks for is read by nobody.
    for (const headers of [
      { 'x-part': 'tokens' },
      { 'hx-request': 'true', 'hx-target': 'div#let-in' },
      { 'sec-fetch-dest': 'empty' },
      { 'sec-fetch-dest': 'iframe' },
      { 'sec-purpose': 'prefetch' },
    ]) {
      const part = await postern.ask('/keys', {
        headers: { cookie: `${kim.cookie}; ${cookie}`, ...(headers as object) },
      });
      expect([await part.text(), part.headers.getSetCookie().join()].join(), JSON.stringify(headers)).not.toMatch(
        /class="notice"|postern-notice/,
      );
    }
    const cleared = await postern.ask('/keys', { headers: { cookie: `${kim.cookie}; ${cookie}` } });
    expect(cleared.headers.getSetCookie().join()).toContain('postern-notice=; Max-Age=0');
  });
  it('shows first what follows where nobody was shown it, and does it as it was shown', async () => {
    const kim = await postern.as('kim');
    const first = await kim.act('block-sender', spammer, { sure: '', says: 'Block' });
    const page = await first.text();
    expect([first.status, await blocked()]).toEqual([200, []]);
    expect(page).toContain('This is what follows.');
    const second = await kim.act('block-sender', spammer, { sure: '', expect: shownIn(page) });
    expect([second.status, await blocked()]).toEqual([303, [expect.anything()]]);
  });
  it('does nothing where something else would follow by now, and shows that', async () => {
    const kim = await postern.as('kim');
    const shown = shownIn(await (await kim.act('block-sender', spammer, { sure: '' })).text());
    await (await postern.as('nia')).act('block-sender', spammer);
    const answer = await kim.act('block-sender', spammer, { expect: shown });
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(page).toContain('Something has changed meanwhile');
    expect(page).toContain('It is so already; nothing changes.');
    expect(shownIn(page)).not.toBe(shown);
  });
  it('shows what follows with what was typed since, and does not say that somebody else has changed something', async () => {
    const kim = await postern.as('kim');
    const before = shownIn(await (await kim.act('block-sender', spammer, { sure: '' })).text());
    const typed = { sender: 'other@elsewhere.example' };
    const answer = await kim.act('block-sender', {}, { ...typed, sure: '', expect: before });
    const page = await answer.text();
    expect([answer.status, await blocked()]).toEqual([200, []]);
    expect(page).toContain('This is what follows. Press again to do it.');
    expect(page).toContain('other@elsewhere.example hears nothing from us');
    expect(page).not.toContain('Something has changed');
    const confirmed = { ...typed, sure: '', expect: shownIn(page), shown: 'yes' };
    await (await postern.as('nia')).act('block-sender', typed);
    expect(await (await kim.act('block-sender', {}, confirmed)).text()).toContain('Something has changed meanwhile');
  });
  it('says beside the button what is wrong where there are scripts, and on a page with what was typed where not', async () => {
    const kim = await postern.as('kim');
    const typed = { sender: 'no address', text: 'A <b>long</b> text' };
    const offer = 'do-block-sender-0123abcd';
    const inPlace = await kim.act('block-sender', {}, { sender: typed.sender, offer }, scripted);
    expect([inPlace.status, inPlace.headers.get('hx-retarget')]).toEqual([422, `#${offer}-told`]);
    expect(await inPlace.text()).toContain('is neither an address nor a domain');
    const page = await kim.act('block-sender', {}, { sender: typed.sender });
    expect(page.status).toBe(422);
    expect(await page.text()).toMatch(/<textarea name="sender"[^>]*>no address<\/textarea>/);
    const hostile = await kim.act('block-sender', {}, { sender: '"><script>alert(1)</script>', says: '<i>' });
    expect(await hostile.text()).not.toMatch(/<script>alert|<i>"/);
  });
  it('takes what a person typed as the act has it', async () => {
    const kim = await postern.as('kim');
    await kim.act('block-sender', {}, { sender: 'typed@elsewhere.example' });
    expect(await blocked()).toEqual([{ key: 'typed@elsewhere.example' }]);
  });
  it('is refused by the act in its own words', async () => {
    const answer = await (await postern.as('kim')).act('refuse-mail', { mail: '999' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('999');
  });
  it('says what would follow while somebody types, and nothing while too little stands there', async () => {
    const kim = await postern.as('kim');
    const look = (sender: string) => kim.post('/do/block-sender/preview', { input: '{}', sender }, scripted);
    const said = await (await look('typed@elsewhere.example')).text();
    expect(said).toContain('hears nothing from us');
    expect(shownIn(said)).toMatch(/^[0-9a-f]{32}$/);
    expect(await (await look('typed@')).text()).not.toContain('<p>');
    expect(await blocked()).toEqual([]);
  });
  it('goes where the form says, within the console', async () => {
    const kim = await postern.as('kim');
    for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example'])
      expect((await kim.act('block-sender', spammer, { back })).headers.get('location')).toBe('/');
  });
  it('leaves the page in place where it is the one that was looked at, and opens another one whole', async () => {
    const kim = await postern.as('kim');
    const here = { ...scripted, 'hx-current-url': `${postern.address}/keys?row=1` };
    const same = await kim.act('block-sender', spammer, { back: '/keys?row=2' }, here);
    expect([same.status, same.headers.get('location')]).toEqual([303, '/keys?row=2']);
    const other = await kim.act('unblock-sender', spammer, { back: '/' }, here);
    expect([other.status, other.headers.get('hx-redirect')]).toEqual([200, '/']);
  });
});

describe('whoever has not the right', () => {
  it('does nothing, sees no preview, and reads who may', async () => {
    for (const who of ['vic', 'robin'] as const) {
      const viewer = await postern.as(who);
      const answer = await viewer.act('block-sender', spammer);
      expect(answer.status).toBe(403);
      expect(await answer.text()).toMatch(/this takes .*client care/);
      const preview = await viewer.post('/do/block-sender/preview', { input: JSON.stringify(spammer) });
      expect([preview.status, await preview.text()]).toEqual([403, '']);
    }
    expect([await blocked(), await trail()]).toEqual([[], []]);
  });
  it('cannot hand in what only the clock or a mail does, whatever the role', async () => {
    const nia = await postern.as('nia');
    for (const name of ['expire-held', 'run-renewal', 'decide-on-page'])
      expect((await nia.act(name, {})).status, name).toBe(403);
    for (const name of ['give-pin', 'use-code', 'none-such', '__proto__'])
      expect((await nia.act(name, {})).status, name).toBe(404);
  });
});
