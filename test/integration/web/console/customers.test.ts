/** Customers in the console: the list and its filters, one customer, its people, the registry in and out of files, by requests. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registrySql } from '../../../support/app.ts';
import { startConsole, type TestConsole } from '../../../support/console.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());

/** Beside Aldous: one whose support ended, one that is under-covered and ends soon, one with nobody and nothing. */
const more = `
insert into sites (number, name, country, timezone, language) values
  ('1001901', 'Ost Papierfabrik', 'AT', 'Europe/Vienna', 'de'),
  ('1002301', 'Harbour Logistics', 'US', 'America/Los_Angeles', 'en'),
  ('1009999', 'Zed <b>& Sons</b>', 'GB', 'Europe/London', 'en');
insert into pins (site_id, pin) values (2, '1901');
insert into contacts (site_id, name, role, position, unreachable_since) values
  (2, 'Lena Ost', 'primary', 1, now()),
  (3, 'Grace Hop', 'primary', 1, null);
insert into contact_addresses (site_id, contact_id, address, main) values
  (2, 3, 'lena@ost.example', true),
  (3, 4, 'grace@harbour.example', true);
insert into plans (site_id, kind, valid_from, valid_to, position) values
  (2, 'standard', current_date - 500, current_date - 140, 1),
  (3, 'standard', current_date - 60, current_date + 30, 1);
insert into licences (site_id, number, service_tag, product_id, kind, quantity, valid_from, valid_to, position) values
  (2, 'U-1901', null, 1, 'user', 5, current_date - 500, null, 1),
  (2, 'S-1901', null, 1, 'support', 5, current_date - 500, current_date - 140, 2),
  (3, 'U-2301', 'TAG-77', 1, 'user', 100, current_date - 60, null, 1),
  (3, 'S-2301', null, 1, 'support', 40, current_date - 60, current_date + 30, 2);
insert into schedule_turns (site_id, kind, period, due_at) values (3, 'welcome', 'once', now() + interval '1 day');`;
beforeEach(() => desk.anew(`${registrySql}${more}`));

const found = (page: string): string[] =>
  [...page.matchAll(/<a class="a" href="\/customers\/(\d{7})"/g)].map(([, number]) => number ?? '');
const entry = async (number: string) =>
  (await desk.query<{ name: string }>('select name from sites where number = $1', [number]))[0];

describe('the list of customers', () => {
  it('goes by name, and says where the support of each stands', async () => {
    const page = await (await desk.as('kim')).page('/customers');
    expect(found(page)).toEqual(['1000345', '1002301', '1001901', '1009999']);
    for (const text of [
      'entitled, standard',
      'under-covered, ends ',
      'support ended',
      'no support',
      '1 address unreachable',
    ])
      expect(page).toContain(text);
    expect(page).toContain('Zed &lt;b&gt;&amp; Sons&lt;/b&gt;');
  });
  it.each([
    ['ALDOUS rob', ['1000345']],
    ['1001901', ['1001901']],
    ['345', ['1000345']],
    ['pin:1901', ['1001901']],
    ['M.Ernst@aldous.example', ['1000345']],
    ['@harbour.example', ['1002301']],
    ['u-2301', ['1002301']],
    ['tag-77', ['1002301']],
    ['logistics tag-77', ['1002301']],
    ['logistics u-1901', []],
    ['%', []],
    ["'; drop table sites", []],
  ])('finds by %s', async (q, numbers) => {
    const page = await (await desk.as('kim')).page(`/customers?q=${encodeURIComponent(q)}`);
    expect(found(page)).toEqual(numbers);
  });
  it.each([
    ['ended', ['1001901', '1009999']],
    ['ending', ['1002301']],
    ['under-covered', ['1002301']],
    ['no-contacts', ['1009999']],
    ['welcome', ['1002301']],
    ['anything', ['1000345', '1002301', '1001901', '1009999']],
  ])('shows those of the kind %s', async (show, numbers) => {
    expect(found(await (await desk.as('vic')).page(`/customers?show=${show}`))).toEqual(numbers);
  });
  it('sees ends that stand in no row: of a trial, and of support without one', async () => {
    await desk.query(`
      insert into plans (site_id, kind, valid_from, valid_to, position)
      values (4, 'standard', current_date - 400, current_date + 400, 1)`);
    await desk.query(`
      insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position) values
        (4, 'U-9999', 1, 'user', 5, current_date - 400, null, 1),
        (4, 'S-9999', 1, 'support', 5, current_date - 340, null, 2)`);
    await desk.query(`
      insert into sites (number, name, country, timezone, language) values ('1000500', 'Trial Ltd', 'GB', 'UTC', 'en')`);
    await desk.query(`
      insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, registered_on, position)
      values (5, 'T-500', 1, 'trial', 1, current_date - 10, current_date + 900, current_date - 10, 1)`);
    const kim = await desk.as('kim');
    expect(found(await kim.page('/customers?show=ending'))).toEqual(['1002301', '1000500', '1009999']);
  });
  it('finds by no PIN for those who may not have one', async () => {
    const vic = await desk.as('vic');
    expect(found(await vic.page('/customers?q=345'))).toEqual([]);
    expect(found(await vic.page('/customers?q=1901'))).toEqual([]);
    const page = await vic.page('/customers?q=pin%3A345');
    expect(found(page)).toEqual([]);
    expect(page).toContain('does not look for one');
  });
  it('pages by the customer behind which it goes on, also where two have one name', async () => {
    await desk.query(`
      insert into sites (number, name, country, timezone, language)
      select (2000000 + n)::text, case when n % 10 = 0 then 'Same Name' else 'Site ' || n end, 'GB', 'UTC', 'en'
      from generate_series(1, 120) n`);
    const kim = await desk.as('kim');
    const seen: string[] = [];
    for (let href: string | undefined = '/customers', pages = 0; href && pages < 10; pages += 1) {
      const page: string = await kim.page(href.replaceAll('&amp;', '&'));
      seen.push(...found(page));
      href = /<a class="btn" href="([^"]+)" rel="next"/.exec(page)?.[1];
    }
    const all = await desk.query<{ number: string }>('select number from sites order by lower(name), number');
    expect(seen).toEqual(all.map(({ number }) => number));
    // Behind one that is there no more it begins anew, and fails not.
    expect(found(await kim.page('/customers?after=7777777')).length).toBe(50);
    expect((await kim.get("/customers?after='x&show=%00&q=%00")).status).toBe(200);
  });
});

describe('ten thousand customers', () => {
  it('are looked through a thousand at a time, and a filter finds the last of them', async () => {
    await desk.query(`
      insert into sites (number, name, country, timezone, language)
      select (3000000 + n)::text, 'Many ' || lpad(n::text, 5, '0'), 'GB', 'UTC', 'en'
      from generate_series(1, 10000) n`);
    await desk.query(`
      insert into plans (site_id, kind, valid_from, valid_to, position)
      select id, 'standard', current_date - 100, current_date + 300, 1 from sites where number >= '3000000'`);
    await desk.query(`
      insert into licences (site_id, number, product_id, kind, quantity, valid_from, valid_to, position)
      select s.id, k.kind || s.number, 1, k.kind, 5, current_date - 100,
        current_date + case when s.number = '3009999' and k.kind = 'support' then 20 else 300 end, 1
      from sites s cross join (values ('user'), ('support')) k (kind)
      where s.number >= '3000000'`);
    const kim = await desk.as('kim');
    expect(found(await kim.page('/customers?show=ending'))).toEqual(['1002301', '3009999']);
    expect(found(await kim.page('/customers?q=many+09999'))).toEqual(['3009999']);
    expect(found(await kim.page('/customers?q=licence%3Asupport3009999'))).toEqual(['3009999']);
    const first = await kim.page('/customers?after=3009990');
    expect(found(first).slice(0, 3)).toEqual(['3009991', '3009992', '3009993']);
    expect(await kim.page('/customers')).toContain('10,000+');
  });
});

describe('one customer', () => {
  it('says whether they are entitled and why, and shows contract, people and PIN', async () => {
    const page = await (await desk.as('kim')).page('/customers/1002301');
    expect(page).toContain('Under-covered on');
    expect(page).toContain('100 user and 40 support licences');
    // By the calendar of the site, where it may be the day before.
    expect(page).toMatch(/It ends on [^.]+, in 3[01] days\./);
    expect(page).toContain('60 too few of Vault');
    expect(page).toContain('class="cover-under-covered"');
    expect(page).toContain('tag TAG-77');
    expect(page).toContain('grace@harbour.example');
    expect(page).toContain('none: nobody there can name the site by a PIN');
    expect(await (await desk.as('kim')).page('/customers/1001901')).toContain('letters come back');
  });
  it('has people and what can be done before the contract over time, and says no role twice', async () => {
    const page = await (await desk.as('kim')).page('/customers/1000345');
    const [people, actions, contract] = ['>People<', '>What can be done<', '>Contract over time<'].map((one) =>
      page.indexOf(one),
    ) as [number, number, number];
    expect([people > 0, people < actions, actions < contract]).toEqual([true, true, true]);
    await desk.query("update contacts set types = '{primary,billing}' where id = 1");
    const again = await (await desk.as('kim')).page('/customers/1000345');
    expect(again).toContain('· primary, also gets letters as billing<');
  });
  it('has of each person the phone, if only that there is none, and the cases that they asked for', async () => {
    await desk.query(
      `insert into cases (number, site_id, contact_id, contact_address, title, severity, kind, status, opened_at, language)
       values ('100777', 1, 1, 'ada@aldous.example', 'It stops', 3, 'incident', 'open', now(), 'en')`,
    );
    const kim = await desk.as('kim');
    const ada = await kim.page('/customers/1000345/people/1');
    expect(ada).toMatch(/<dt>Phone<\/dt><dd>none on record<\/dd>/);
    expect(ada).toContain('href="/cases/100777"');
    expect(await kim.page('/customers/1000345/people/2')).not.toContain('href="/cases/100777"');
  });
  it('shows the PIN to those who may give one, and to nobody else', async () => {
    expect(await (await desk.as('kim')).page('/customers/1000345')).toContain('<span class="pin">345</span>');
    for (const who of ['vic', 'robin'] as const) {
      const page = await (await desk.as(who)).page('/customers/1000345');
      expect(page).not.toContain('<span class="pin">345</span>');
      expect(page).toContain('••••••');
    }
  });
  it('is not found where there is none, and never fails', async () => {
    const kim = await desk.as('kim');
    for (const path of ['1', '7777777', '%27', '1000345/people/999', '1000345/people/x', '7777777/people'])
      expect((await kim.get(`/customers/${path}`)).status, path).toBe(404);
  });
  it('offers nothing to whoever only sees, and says who may', async () => {
    for (const path of ['/customers/1000345', '/customers/1000345/people/1']) {
      const page = await (await desk.as('vic')).page(path);
      expect(page).not.toContain('action="/do/');
      expect(page).toContain('You are viewer; this takes');
    }
  });
});

describe('the people of a customer', () => {
  it('come, change and go by acts, each with a way back where there is one', async () => {
    const kim = await desk.as('kim');
    const site = '1000345';
    const undoIn = (page: string) => {
      const form = /class="notice".*?action="\/do\/([a-z-]+)".*?name="input" value="([^"]+)"/s.exec(page);
      return form ? { act: form[1] ?? '', input: JSON.parse((form[2] ?? '').replaceAll('&quot;', '"')) } : null;
    };
    const done = async (act: string, input: unknown) => {
      const answer = await kim.act(act, input);
      expect(answer.status, `${act} ${JSON.stringify(input)}`).toBe(303);
      return undoIn(await kim.after(answer));
    };
    const person = async (address: string) =>
      (
        await desk.query<{ role: string; types: string[]; privileges: unknown }>(
          'select role, types, privileges from contacts c join contact_addresses a on a.contact_id = c.id where a.address = $1',
          [address],
        )
      )[0];
    const add = await done('add-contact', { site, name: 'Zoe Hart', address: 'zoe@aldous.example', role: 'secondary' });
    expect(await person('zoe@aldous.example')).toMatchObject({ role: 'secondary' });

    const role = await done('set-role', { site, address: 'zoe@aldous.example', role: 'authorized user' });
    await done(role?.act ?? '', role?.input);
    expect(await person('zoe@aldous.example')).toMatchObject({ role: 'secondary' });

    const set = { site, address: 'max@aldous.example', name: 'cases', value: 'view' };
    const privilege = await done('set-privilege', set);
    expect(await person('max@aldous.example')).toMatchObject({ privileges: { cases: 'view' } });
    await done(privilege?.act ?? '', privilege?.input);
    expect((await person('max@aldous.example'))?.privileges ?? {}).toEqual({});

    const documents = await done('set-documents', { site, address: 'max@aldous.example', gets: true });
    expect(await person('max@aldous.example')).toMatchObject({ types: ['administrative'] });
    await done(documents?.act ?? '', documents?.input);
    expect(await person('max@aldous.example')).toMatchObject({ types: [] });

    await done(add?.act ?? '', add?.input);
    expect(await person('zoe@aldous.example')).toBeUndefined();
    // The primary role is handed over between two: no one act takes that back.
    expect(await done('set-role', { site, address: 'max@aldous.example', role: 'primary' })).toBeNull();
  });
});

const yaml = (name: string, more = '') => `sites:\n  - number: "1000345"\n    name: ${name}\n${more}`;

describe('files of the registry', () => {
  const post = async (who: 'kim' | 'vic' | 'robin', parts: Readonly<Record<string, string | File>>) => {
    const one = await desk.as(who);
    const body = new FormData();
    body.append('csrf', await one.csrf());
    for (const [name, value] of Object.entries(parts)) body.append(name, value);
    return desk.ask('/customers/import', {
      method: 'POST',
      headers: { cookie: one.cookie, origin: desk.address, 'sec-fetch-site': 'same-origin' },
      body,
    });
  };
  const formIn = (page: string) => {
    const form = /<form class="act" method="post" action="\/do\/import-registry".*?<\/form>/s.exec(page)?.[0] ?? '';
    const value = (name: string) =>
      (new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
    return { input: value('input'), expect: value('expect'), back: value('back') };
  };

  it('are shown as what they change, and change it as it was shown', async () => {
    const shown = await (await post('kim', { text: yaml('Aldous <i>& Daughters</i>') })).text();
    expect(shown).toContain('name Aldous Robotics → Aldous &lt;i&gt;&amp; Daughters&lt;/i&gt;');
    expect(shown).toContain('1 change, all of them or none');
    expect(await entry('1000345')).toEqual({ name: 'Aldous Robotics' });
    const kim = await desk.as('kim');
    const { input, ...more } = formIn(shown);
    const answer = await kim.post('/do/import-registry', { input, ...more });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/customers']);
    expect(await entry('1000345')).toEqual({ name: 'Aldous <i>& Daughters</i>' });
    expect(await (await post('kim', { text: yaml('"Aldous <i>& Daughters</i>"') })).text()).toContain(
      'Nothing changes',
    );
  });
  it('are done as they were shown, or not at all', async () => {
    const { input, ...more } = formIn(await (await post('kim', { text: yaml('Aldous Ltd') })).text());
    await desk.query("update sites set name = 'Somebody was faster' where number = '1000345'");
    const answer = await (await desk.as('kim')).post('/do/import-registry', { input, ...more });
    expect(answer.status).toBe(409);
    expect(await entry('1000345')).toEqual({ name: 'Somebody was faster' });
  });
  it('come as tables, of which several go together', async () => {
    const page = await (
      await post('kim', {
        file: new File(['site,email,name,role\r\n1000345,zoe@aldous.example,Zoe Hart,secondary\r\n'], 'contacts.csv'),
      })
    ).text();
    expect(page).toContain('contact zoe@aldous.example: new');
  });
  it('say every fault with file, line and column, and nothing is done', async () => {
    const answer = await post('kim', {
      file: new File(['number,nmae\r\n1000345,Aldous\r\n'], 'sites.csv'),
      text: yaml('Aldous Ltd', '    country: UK\n    timezone: Mars/Base\n'),
    });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('3 faults; nothing was done');
    expect(page).toContain('<code>sites.csv:1</code> <b>nmae</b>');
    expect(page).toMatch(/<code>typed here:4<\/code> .*UK/);
    expect(page).toMatch(/<code>typed here:5<\/code> .*time zone/);
    expect(page).not.toContain('action="/do/import-registry"');
    // What was typed stands there still.
    expect(page).toContain('Mars/Base');
    expect(await entry('1000345')).toEqual({ name: 'Aldous Robotics' });
  });
  it('warn of what does not stand in the way', async () => {
    const page = await (await post('kim', { text: yaml('Aldous Ltd', '    language: cy\n') })).text();
    expect(page).toContain('there are no letters in &quot;cy&quot;');
    expect(page).toContain('action="/do/import-registry"');
  });
  it('are refused where there are none, or too much', async () => {
    expect(await (await post('kim', { text: '  ' })).text()).toContain('Nothing was given to import.');
    expect(await (await post('kim', { text: yaml('x'.repeat(800_000)) })).text()).toContain('this page takes 700 kB');
  });
  it('are nothing for those who may not', async () => {
    for (const who of ['vic', 'robin'] as const) {
      expect((await post(who, { text: yaml('Aldous Ltd') })).status).toBe(403);
      const one = await desk.as(who);
      for (const path of ['import', 'export', 'export/registry.yaml', 'export/sites.csv'])
        expect((await one.get(`/customers/${path}`)).status, path).toBe(403);
      expect(await one.page('/customers')).not.toContain('/customers/import');
    }
    expect(await entry('1000345')).toEqual({ name: 'Aldous Robotics' });
  });

  it('go out in the form in which they come in', async () => {
    const kim = await desk.as('kim');
    const all = await kim.get('/customers/export/registry.yaml');
    expect(all.headers.get('content-disposition')).toBe('attachment; filename="registry.yaml"');
    const text = await all.text();
    expect(await (await post('kim', { text })).text()).toContain('Nothing changes');
    const one = await (await kim.get('/customers/export/registry.yaml?site=1000345')).text();
    expect(one).toContain('Aldous Robotics');
    expect(one).not.toContain('Harbour');
    const table = await (await kim.get('/customers/export/contacts.csv?site=1000345')).text();
    expect(table.split('\r\n').filter(Boolean)).toHaveLength(3);
    for (const path of ['nothing.csv', 'sites.csv?site=7777777', 'sites.csv?site=x', 'registry.yaml?site=7777777'])
      expect((await kim.get(`/customers/export/${path}`)).status, path).toBe(404);
  });
  it('are one customer to be edited as text: what is taken out goes', async () => {
    const kim = await desk.as('kim');
    const page = await kim.page('/customers/import?site=1000345');
    expect(page).toContain('Site 1000345 as text');
    const text = (/<textarea class="yaml"[^>]*>(.*?)<\/textarea>/s.exec(page)?.[1] ?? '').replaceAll('&quot;', '"');
    const without = text.replace(/ {6}- name: Max Ernst\n(?: {8}.*\n| {10}.*\n)*/, '');
    expect(without).not.toBe(text);
    const shown = await (await post('kim', { text: without, site: '1000345', prune: 'yes' })).text();
    expect(shown).toContain('contact max@aldous.example: removed');
    expect(formIn(shown).back).toBe('/customers/1000345');
  });
});
