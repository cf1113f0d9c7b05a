/** The list of cases in the console: what a row says, what the address asks for, kept lists, many at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { indexCases } from '../../../../src/flows/cases/listed/index-cases.ts';
import { startConsole, type TestConsole } from '../../../support/console.ts';
import { putCase } from '../../../support/put-case-rows.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.anew());

const put = (given: Record<string, unknown> = {}, said: Parameters<typeof putCase>[2] = []) =>
  putCase(desk.query, given, said);
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
/** The text of a page without its tags. */
const words = (page: string): string =>
  page
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
const shown = async (path: string, who: 'kim' | 'vic' | 'nia' = 'kim') => words(await (await desk.as(who)).page(path));
const read = async () => {
  while ((await indexCases(desk.app)) > 0);
};

describe('the list', () => {
  it('says of each case what it is about, whose it is, how it stands and until when it is owed', async () => {
    const late = await put({ severity: 1, title: 'Robot arm <b>drifts</b>', due: hours(-1.5) });
    const answered = await put({ title: 'Licences', response_met_at: hours(-3), owner: 'kim@desk.example' }, [
      { text: 'Still so.' },
    ]);
    await put({ title: 'It waits', clock_runs: false, owner: 'nia@desk.example' });
    const raw = await (await desk.as('kim')).page('/cases');
    const page = words(raw);
    expect(raw).toContain('&lt;b&gt;drifts&lt;/b&gt;');
    expect(page).toContain(`Sev 1 ${late}`);
    expect(page).toMatch(/Aldous Robotics · ada@aldous\.example · nobody has it/);
    expect(page).toMatch(/answer late 1 h 30 min late/);
    expect(raw).toMatch(/title="First answer owed [^"]+ · 20\d\d-[^"]+Z"/);
    expect(page).toMatch(new RegExp(`${answered} Licences .*· you .*customer wrote`));
    expect(page).toMatch(/It waits .*· Nia Vale .*waits for the customer/);
    expect(raw.indexOf(late)).toBeLessThan(raw.indexOf(answered));
    expect(page).toMatch(/All open 3 .*Mine 1 .*Nobody’s 1 .*At risk 1 .*Waiting 1/);
  });
  it('masks privileged PINs in subjects', async () => {
    await put({ title: 'Use p7KQ2M9XWY now' });
    expect(await shown('/cases')).not.toContain('p7KQ2M9XWY');
  });
  it('is filtered by its address and by what is typed, and says what was understood', async () => {
    const mine = await put({ title: 'Mine', owner: 'kim@desk.example', severity: 1 });
    const other = await put({ title: 'Another' });
    const closed = await put({ title: 'Done', status: 'closed' });
    const has = async (path: string) => {
      const page = await (await desk.as('kim')).page(path);
      return [mine, other, closed].map((number) => page.includes(`href="/cases/${number}"`));
    };
    expect(await has('/cases')).toEqual([true, true, false]);
    expect(await has('/cases?owner=me')).toEqual([true, false, false]);
    expect(await has('/cases?q=is:closed')).toEqual([false, false, true]);
    expect(await has('/cases?status=any&severity=3')).toEqual([false, true, true]);
    expect(await shown('/cases?owner=me&q=severity:1')).toMatch(/Looked for: severity 1 × yours ×/);
    const odd = await shown('/cases?q=%00is:opne+severity:x+%22&sort=x&after=x&severity=9');
    expect(odd).toContain('A case is not “opne”; did you mean "open"?');
    expect(odd).toContain('After severity: stands 1, 2, 3 or 4');
  });
  it('says something true where nothing is listed', async () => {
    expect(await shown('/cases')).toContain('No case is open: everything that came is answered and closed.');
    expect(await shown('/cases?due=2h')).toContain('No first answer is late, or owed within two hours.');
    expect(await shown('/cases?kind=defect')).toContain('No case is like that.');
  });
  it('pages by key, and the next page goes on where it ended', async () => {
    for (let i = 0; i < 55; i += 1) await put({ title: `Case of page ${i}`, severity: 1 + (i % 4) });
    const kim = await desk.as('kim');
    const first = await kim.page('/cases');
    const next = /<a class="btn" href="([^"]+)" rel="next">More/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await kim.page(next);
    const numbers = (page: string) => [...page.matchAll(/href="\/cases\/(\d+)"/g)].map(([, number]) => number);
    expect([...numbers(first), ...numbers(second)]).toHaveLength(55);
    expect(new Set([...numbers(first), ...numbers(second)]).size).toBe(55);
    expect(second).toContain('To the beginning');
  });
  it('says who else is at a case, and who writes', async () => {
    const number = await put();
    const at = (who: string, typing: string) =>
      desk.query(
        `insert into case_presence (case_id, session, staff, looking_at, typing_at)
          select id, $1, $1, now() - interval '5 seconds', ${typing} from cases where number = $2`,
        [who, number],
      );
    await at('kim@desk.example', 'now()');
    await at('nia@desk.example', 'null');
    await at('robin@desk.example', 'now()');
    await desk.query("update case_presence set looking_at = now() - interval '31 seconds' where staff like 'robin%'");
    expect(await shown('/cases')).toContain('Nia Vale looks');
    expect(await shown('/cases')).not.toMatch(/Kim Oster types|Robin Hale/);
    expect(await shown('/cases', 'nia')).toContain('Kim Oster types');
  });
  it('offers nothing to do to whoever may not', async () => {
    await put();
    const page = await shown('/cases', 'vic');
    expect(page).not.toContain('Take');
    expect(page).not.toContain('With those chosen');
    expect(page).toContain('The vault does not open');
  });
});

describe('the search', () => {
  it('finds words of messages and files, and opens a case by its number', async () => {
    const one = await put({ title: 'Licences', status: 'closed' }, [
      { text: 'Der Lüfter läuft nicht.', files: ['Prüfbericht.pdf'] },
      { text: '金庫が開きません' },
    ]);
    await put();
    await read();
    for (const q of ['lufter', 'prufbericht', '開きません', 'from:ada lauft', '"läuft nicht"']) {
      const page = await (await desk.as('kim')).page(`/cases?${new URLSearchParams({ q })}`);
      expect(page, q).toContain(`href="/cases/${one}"`);
      expect(words(page)).not.toContain('The vault does not open');
    }
    const kim = await desk.as('kim');
    expect((await kim.get(`/cases?q=${one}`)).headers.get('location')).toBe(`/cases/${one}`);
    expect((await kim.get(`/cases?q=%23${one}`)).headers.get('location')).toBe(`/cases/${one}`);
  });
  it('says how far older cases are read', async () => {
    await put();
    await desk.query('delete from case_search');
    await desk.query('delete from case_search_mark');
    await desk.query(`insert into case_search_mark (read_id, seen_id, seen_xid, back_id, begun_id)
      select 0, 0, pg_snapshot_xmax(pg_current_snapshot()), max(id) + 1, max(id) from cases`);
    await desk.query("select pg_advisory_lock(hashtext('case-search'))");
    try {
      expect(await shown('/cases?q=vault')).toContain('The words of older cases are still being read for the search');
    } finally {
      await desk.query("select pg_advisory_unlock(hashtext('case-search'))");
    }
  });
  it('shows the way to mails, and the mails the way back', async () => {
    expect(await shown('/cases?q=is:held+robot')).toContain('This is asked of mails. Look for it among mails');
    expect(await shown('/mails?q=robot')).toMatch(/Cases \d+.*Mails \d+.*Customers \d+/);
    expect(await shown('/mails?q=is:held')).not.toContain('Customers 0');
  });
});

describe('a list that is kept', () => {
  it('is a tab for whoever keeps it, and for all where it is shared', async () => {
    const kim = await desk.as('kim');
    const query = 'severity=1&sort=newest';
    const told = await kim.after(await kim.post('/cases/views', { query, name: 'Burning', shared: 'yes' }));
    expect(words(told)).toContain('“Burning” is a tab now, for everybody.');
    expect(await (await desk.as('vic')).page('/cases')).toContain('href="/cases?severity=1&amp;sort=newest"');
    expect((await kim.post('/cases/views', { query, name: 'burning', shared: 'yes' })).status).toBe(422);
    expect((await kim.post('/cases/views', { query, name: ' ' })).status).toBe(422);
    const vic = await desk.as('vic');
    expect((await vic.post('/cases/views', { query, name: 'All of us', shared: 'yes' })).status).toBe(403);
    expect((await vic.post('/cases/views', { query: 'owner=none', name: 'Free' })).status).toBe(303);
    expect(await shown('/cases')).not.toContain('Free');
    const [{ id } = { id: '' }] = await desk.query<{ id: string }>(
      "select id::text from saved_views where name = 'Burning'",
    );
    expect((await vic.post(`/cases/views/${id}/drop`, {})).status).toBe(403);
    expect(words(await kim.after(await kim.post(`/cases/views/${id}/name`, { name: 'Hot' })))).toContain(
      '“Burning” is called “Hot” now.',
    );
    expect(words(await kim.after(await kim.post(`/cases/views/${id}/drop`, {})))).toContain(
      '“Hot” is no tab any more.',
    );
    expect((await kim.post(`/cases/views/${id}/drop`, {})).status).toBe(404);
  });
});

describe('many at once', () => {
  it('are taken as it was shown for each; what cannot be taken is left out', async () => {
    const [one, two] = [await put({ title: 'One' }), await put({ title: 'Two' })];
    const hers = await put({ title: 'Hers', owner: 'nia@desk.example' });
    const kim = await desk.as('kim');
    const page = await kim.page(`/cases/many?do=take&case=${one}&case=${two}&case=${hers}&back=/cases`);
    expect(words(page)).toMatch(/Take 2 .*Left out: it cannot be done to these .*Nia Vale was faster/);
    const expects = [...page.matchAll(/name="case" value="(\d+)"><input type="hidden" name="expect" value="([^"]+)"/g)];
    const answer = await kim.post('/cases/many', {
      do: 'take',
      back: '/cases',
      case: expects.map(([, number = '']) => number),
      expect: expects.map(([, , expect = '']) => expect),
    });
    expect(answer.headers.get('location')).toMatch(/^\/bulk\/\d+$/);
    await desk.until('both are hers', async () => {
      const rows = await desk.query("select from cases where owner = 'kim@desk.example'");
      return rows.length === 2;
    });
  });
  it('are given to somebody who is named first', async () => {
    const one = await put();
    const kim = await desk.as('kim');
    expect(await kim.page(`/cases/many?do=assign&case=${one}`)).toContain('<option value="nia@desk.example">Nia Vale');
    const page = await kim.page(`/cases/many?do=assign&case=${one}&to=nia@desk.example`);
    expect(words(page)).toMatch(/Give 1 .* is nia@desk\.example's/);
    expect(await shown('/cases/many?do=nothing')).toContain('Nothing is chosen');
  });
});
