/** Mails in the console: the list and its search, one mail with its why, its source, and what would be if. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mail } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let console: TestConsole;
let kim: Awaited<ReturnType<TestConsole['as']>>;
const ids: Record<string, string> = {};
const verified = 'Authentication-Results: mx.desk.example; dkim=pass header.d=aldous.example';

async function handIn(name: string, given: Parameters<typeof mail>[0] & { readonly raw?: string }): Promise<void> {
  const id = given.id ?? `<${name}@aldous.example>`;
  await console.handIn(given.raw ?? mail({ ...given, id }));
  await console.until(`${name} is decided`, async () => {
    const [row] = await console.query<{ id: string; state: string }>(
      'select id::text, state from mails where message_id = $1',
      [id],
    );
    if (row) ids[name] = row.id;
    return row?.state === 'decided';
  });
}

beforeAll(async () => {
  console = await startConsole();
  await console.anew();
  kim = await console.as('kim');
  await handIn('opens', { subject: 'PIN 345 Workflow stopped unexpectedly', headers: verified });
  await handIn('stranger', { subject: 'PIN 345 Große Not', from: 'Kim Oster <zoe@build-it.example>' });
  await handIn('no-pin', {
    subject: 'The arm drifts',
    body: 'By 2 mm after an hour.\n\nOn Monday Robin Hale wrote:\n> Which arm is it?\n',
  });
  await handIn('letters', {
    subject: 'ignored',
    id: '<letters@aldous.example>',
    raw: [
      'From: ada@aldous.example',
      'To: support@desk.example',
      'Subject: PIN 345 With a file',
      'Message-ID: <letters@aldous.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary=c',
      '',
      '--c',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'See the file.',
      '--c',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p onclick="alert(1)">See <a href="https://evil.example/?a=1&b=2">our site</a><img src="https://evil.example/x.png" alt="a cat"><script>alert(1)</script></p>',
      '--c--',
      '--b',
      'Content-Type: text/html; name="report.html"',
      'Content-Disposition: attachment; filename="report.html"',
      '',
      '<script>alert(1)</script>',
      '--b--',
      '',
    ].join('\n'),
  });
});
afterAll(() => console.stop());

const search = (q: string) => kim.page(`/mails?q=${encodeURIComponent(q)}`);
const caseOf = async (name: string) =>
  (
    await console.query<{ number: string }>(
      'select c.number from mails m join cases c on c.id = m.case_id where m.id = $1',
      [ids[name]],
    )
  )[0]?.number;
const listed = (page: string): string[] => [...page.matchAll(/href="\/mails\/(\d+)"/g)].map(([, id]) => id ?? '');

describe('the list', () => {
  it('has every mail, newest first, with address before name, grade and outcome', async () => {
    const page = await kim.page('/mails');
    expect(listed(page)).toEqual([ids.letters, ids['no-pin'], ids.stranger, ids.opens]);
    expect(page).toContain('zoe@build-it.example</bdi> <span class="dim"><bdi>Kim Oster');
    expect(page).toContain('held: not registered');
    expect(page).toMatch(/<span class="pill good">verified<\/span>/);
  });

  it.each([
    ['zoe@build-it.example', () => [ids.stranger]],
    ['from:ada@aldous.example drifts', () => [ids['no-pin']]],
    ['<opens@aldous.example>', () => [ids.opens]],
    ['opens@aldous.example', () => [ids.opens]],
    ['große', () => [ids.stranger]],
    ['outcome:"PIN needed"', () => [ids['no-pin']]],
    ['is:held', () => [ids['no-pin'], ids.stranger]],
    ['site:1000345', () => [ids.letters, ids['no-pin'], ids.opens]],
    ['since:today workflow', () => [ids.opens]],
    ['until:2020-01-01', () => []],
    ['"drifts', () => [ids['no-pin']]],
    ["'; drop table mails; --", () => []],
    ['%', () => []],
  ] as const)('is searched by %j', async (q, wanted) => {
    expect(listed(await search(q))).toEqual(wanted());
  });

  it('knows the number of a case', async () => {
    const number = (await caseOf('opens')) ?? '';
    expect(listed(await search(number))).toEqual([ids.opens]);
    expect(listed(await search(`case:${number}`))).toEqual([ids.opens]);
  });

  it('shows what it understood, each part with the way to do without it, and what it did not', async () => {
    const page = await search('from:ada@aldous.example outcome:nonsense "drifts');
    expect(page).toContain('from ada@aldous.example');
    expect(page).toContain('href="/mails?q=outcome%3Anonsense+%22drifts%22"');
    expect(page).toContain('There is no outcome “nonsense”');
    // What was typed stays in its field.
    expect(page).toContain('value="from:ada@aldous.example outcome:nonsense &quot;drifts"');
  });

  it('lists nothing for a search that is one mistake', async () => {
    expect(listed(await search('outcome:nonsense'))).toEqual([]);
  });
});

describe('one mail', () => {
  it('is shown text first, what it quotes folded, with why it was decided so', async () => {
    const page = await kim.page(`/mails/${ids['no-pin']}`);
    expect(page).toMatch(/<pre class="mail" dir="auto">By 2 mm after an hour\.<\/pre>/);
    expect(page).toMatch(/<summary>Show what it quotes<\/summary>.*Which arm is it\?/s);
    expect(page).toContain('A contact who names no good PIN');
    expect(page).toContain('It names no site: no PIN, licence number or service tag stands in it.');
    expect(page).toContain('It answers no letter of ours.');
    expect(page).toContain(`/held?row=${ids['no-pin']}`);
    expect(page).toContain('how to get the PIN');
    expect(page).toMatch(/Stored \d.* after it arrived, first decided after/);
  });

  it('says in red that a name is that of one of our people', async () => {
    const page = await kim.page(`/mails/${ids.stranger}`);
    expect(page).toMatch(/<li class="bad"><b>Careful:<\/b> The name is that of Kim Oster, who works here/);
  });

  it('shows HTML only in a frame that may do nothing, and says where links lead', async () => {
    const page = await kim.page(`/mails/${ids.letters}`);
    expect(page).toContain(
      `<iframe class="foreign" sandbox referrerpolicy="no-referrer" loading="lazy" title="The mail as HTML, without scripts and pictures" src="/mails/${ids.letters}/html">`,
    );
    const answer = await kim.get(`/mails/${ids.letters}/html`);
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
    );
    const body = await answer.text();
    expect(body).toContain('<a data-to="https://evil.example/?a=1&amp;b=2">our site</a>');
    expect(body).toContain('picture: a cat');
    expect(body).not.toMatch(/<script|onclick|<img|href=|src=/);
  });

  it('gives attachments and bytes for saving only', async () => {
    for (const path of [`/mails/${ids.letters}/attachments/0`, `/mails/${ids.letters}/raw`]) {
      const answer = await kim.get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    }
    const source = await kim.page(`/mails/${ids.letters}/source`);
    expect(source).toContain('report.html');
    expect(source).toContain('multipart/alternative');
    expect((await kim.get(`/mails/${ids.letters}/attachments/7`)).status).toBe(404);
  });

  it.each([
    '/mails/0',
    '/mails/999999',
    '/mails/abc',
    '/mails/99999999999999999999',
    '/mails/0/source',
    '/mails/1e3/what-if',
  ])('%s is no mail, and the page says so', async (path) => {
    const answer = await kim.get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is no such mail.');
  });

  it('is decided again once the registry has changed, and says before what would follow', async () => {
    await console.query(
      "insert into contacts (site_id, name, role, types, position) values (1, 'Zoe Hart', 'authorized user', '{}', 3)",
    );
    await console.query(
      "insert into contact_addresses (site_id, contact_id, address, main) select 1, id, 'zoe@build-it.example', true from contacts where name = 'Zoe Hart'",
    );
    const page = await kim.page(`/mails/${ids.stranger}`);
    expect(page).toContain('By the rules, the policy and the registry of today it would be: case opened.');
    expect(page).toMatch(/Decide again <kbd>d<\/kbd>/);
    const done = await kim.after(
      await kim.act('replay-mail', { mail: ids.stranger }, { back: `/mails/${ids.stranger}` }),
    );
    expect(done).toContain('class="notice"');
    await console.until('it is decided', async () => (await caseOf('stranger')) !== undefined);
    expect(await kim.page(`/mails/${ids.stranger}`)).toContain('so it is not decided again');
  });

  it('offers nothing to somebody who only looks', async () => {
    const vic = await console.as('vic');
    const page = await vic.page(`/mails/${ids['no-pin']}`);
    expect(page).toMatch(/You are viewer; this takes/);
  });
});

describe('what if', () => {
  const written = () =>
    console.query(
      `select (select count(*) from audit) as audit, (select count(*) from letters) as letters, (select count(*) from decisions) as decisions,
         (select count(*) from cases) as cases, (select count(*) from pin_tries) as tries`,
    );
  const told = async (name: string, fields: Record<string, string>) => {
    // What the mails before have led to is written by then.
    await console.until('nothing is on its way', async () => {
      const busy = "select from outbox union all select from letters where state in ('queued', 'unknown')";
      return (await console.query(busy)).length === 0;
    });
    const before = await written();
    const answer = await kim.post(`/mails/${ids[name]}/what-if`, fields);
    expect(answer.status).toBe(200);
    expect(await written()).toEqual(before);
    return answer.text();
  };

  it('says what another PIN would have led to, beside what it led to', async () => {
    const page = await told('no-pin', { pin: '345' });
    expect(page).toMatch(/What would follow.*<b>case opened<\/b>.*As it is.*<b>held: PIN needed<\/b>/s);
    expect(page).toMatch(/acknowledgement of a case to ada@aldous\.example/);
    // What was asked stays.
    expect(page).toContain('name="pin" value="345"');
  });

  it('tries its sender as somebody on record', async () => {
    await handIn('outsider', { subject: 'PIN 345 Nobody knows me', from: 'bo@build-it.example' });
    const page = await told('outsider', { role: 'authorized user' });
    expect(page).toMatch(/What would follow.*<b>case opened<\/b>.*As it is.*<b>held: not registered<\/b>/s);
    expect(await console.query("select from contact_addresses where address = 'bo@build-it.example'")).toEqual([]);
  });

  it('tries another contract, and none', async () => {
    expect(await told('opens', { plan: 'none' })).toContain('<b>support has ended</b>');
    expect(await told('opens', { plan: 'standard', from: '2020-01-01', to: '2020-12-31' })).toContain(
      'support ended on 2020-12-31',
    );
    expect(await told('opens', { plan: '24x7', from: '2026-01-01', to: '2030-12-31' })).toMatch(
      /<b>.*<\/b>|The same would follow/,
    );
  });

  it('tries another policy, and keeps what was typed where it is wrong', async () => {
    const page = await told('opens', { policy: 'reopenDay: 3' });
    expect(page).toMatch(/Policy: line 1: .*reopenDay/);
    expect(page).toContain('reopenDay: 3</textarea>');
    expect(await told('opens', { policy: 'reopenDays: 3' })).toContain('The same would follow as without it.');
    expect(await told('opens', { policy: 'a: [' })).toContain('Policy:');
  });

  it('says what has to be said as well', async () => {
    expect(await told('no-pin', { role: 'primary' })).toContain('give the PIN of a site as well');
    expect(await told('opens', { plan: 'standard' })).toContain('Contract: fill in its first and its last day.');
    // A year from the day on which the mail came is there to begin with.
    const form = await kim.page(`/mails/${ids.opens}/what-if`);
    const [, from = '', to = ''] = /name="from" value="([^"]+)".*name="to" value="([^"]+)"/s.exec(form) ?? [];
    expect(Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days).toBeGreaterThanOrEqual(364);
    expect(await told('opens', { plan: 'standard', from, to })).not.toMatch(/due by \d{4}-|Contact \d/);
    expect(await told('opens', { pin: 'abc' })).toContain('three to ten digits');
  });

  it('takes a form of our own only', async () => {
    const answer = await kim.post(
      `/mails/${ids.opens}/what-if`,
      { pin: '345' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
  });
});
