/** `q` of the list of cases (INTERFACE): words, wherever in a case they stand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acts } from '../../../src/acts/list.ts';
import { typedHere } from '../../support/processes/typed-here.ts';
import { addCase, addSite, openWeb, type TestWeb, told } from './support.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await openWeb();
  const site = await addSite(web);
  const other = await addSite(web, '1000346');
  await web.sql("update sites set name = 'Bergwerk Süd' where id = $1", [other]);
  const [ada] = await web.sql(
    "insert into contacts (site_id, name, role, position) values ($1, 'Ada Byron', 'primary', 1) returning id",
    [site],
  );
  const cases = [
    { number: '300001', site_id: site, title: 'The vault does not open', contact_id: ada.id },
    {
      number: '300002',
      site_id: site,
      title: 'Import VLT-1042 stops',
      status: 'closed',
      closed_at: '2026-03-03T10:00Z',
    },
    { number: '300003', site_id: other, title: 'ÖLPUMPE tropft', contact_address: 'jana.kohl@bergwerk.example' },
    { number: '300004', site_id: other, title: '金庫が開きません' },
    { number: '300005', site_id: other, title: 'Vaults and vaulting' },
  ];
  const texts: Record<string, string[]> = {
    '300001': ['It hums since Monday, on “floor seven”.', 'Please send us the log of /var/log/vault.log.'],
    '300002': ['The scheduler says: quota exceeded (code 42).'],
    '300003': [`Der Behälter leckt.${' füllung'.repeat(40_000)}`],
  };
  for (const one of cases) {
    const id = await addCase(web, one);
    for (const text of texts[one.number] ?? [])
      await web.sql(
        "insert into case_messages (case_id, direction, author, automatic, text, at) values ($1, 'in', 'x@y.example', false, $2, now())",
        [id, text],
      );
  }
});
afterAll(() => web.close());

const found = async (q: string, more = ''): Promise<string[]> => {
  const { items } = await web.json(`/api/v1/cases?q=${encodeURIComponent(q)}${more}`);
  return items.map((one: { number: string }) => one.number.slice(-1)).toSorted();
};

describe('words in cases are found', () => {
  it.each([
    ['in the number', '300001', ['1']],
    ['in the title, the last one by its beginning', 'vaul', ['1', '5']],
    ['whole, where something follows', 'vault ', ['1']],
    ['by each part of an id', 'vlt 1042', ['2']],
    ['in the name of whoever asked', 'byron', ['1']],
    ['in their address, by any part', 'kohl bergwerk', ['3']],
    ['by the whole address', 'jana.kohl@bergwerk.example', ['3']],
    ['in number and name of the site', '1000346 süd', ['3', '4', '5']],
    ['in what was written', 'quota exceeded', ['2']],
    ['between quotes of print', 'seven', ['1']],
    ['in parts of a path', 'var log', ['1']],
    ['in a text that is too long for a vector, by its beginning', 'behälter', ['3']],
    ['with capital letters that are not ASCII', 'ölpumpe', ['3']],
    ['whatever was typed in capitals', 'SCHEDULER', ['2']],
    ['in a script without spaces, wherever', '開き', ['4']],
    ['one in the title, one in a message', 'import quota', ['2']],
    ['never apart from the others', 'vault quota', []],
    ['not within a word', 'ault', []],
    ['as text, whatever it means to a query', "va:* | '42' & !x", []],
  ])('%s', async (_, q, numbers) => {
    expect(await found(q)).toEqual(numbers);
  });

  it('together with the other filters, page by page', async () => {
    expect(await found('vault', '&site=1000345')).toEqual(['1']);
    expect(await found('42', '&status=open')).toEqual([]);
    const first = await web.json('/api/v1/cases?q=1000346&limit=2');
    expect(first.items.map((one: { number: string }) => one.number)).toEqual(['300005', '300004']);
    const second = await web.json(`/api/v1/cases?q=1000346&limit=2&cursor=${first.next}`);
    expect([second.items.map((one: { number: string }) => one.number), second.next]).toEqual([['300003'], null]);
  });

  it('on the command line', async () => {
    await typedHere(web.url, acts, async (type, said) => {
      await type('cases', '--q', 'quota exc', '--json');
      expect(said()).toMatch(/^\{"number":"300002"[^\n]*\}\n$/);
    });
  });
});

it('what holds no word is refused, and a parameter that is none, with the one that may be meant', async () => {
  const refused = async (query: string) => {
    const answer = await web.ask(`/api/v1/${query}`);
    return [answer.status, (await told(answer)).detail];
  };
  expect(await refused('cases?q=%3F')).toEqual([400, 'q: holds no word']);
  expect(await refused('cases?stauts=open')).toEqual([
    400,
    expect.stringMatching(/^"stauts" is no parameter of this call; did you mean "status"\?; there are site, status, /),
  ]);
  expect(await refused('mails?query=x')).toEqual([400, expect.stringMatching(/^"query" is no parameter of this call/)]);
  expect((await refused('letters?stat=x'))[0]).toBe(400);
  const preveiw = await web.ask('/api/v1/cases/300001/close?preveiw=true', { method: 'POST' });
  expect([preveiw.status, (await told(preveiw)).detail]).toEqual([
    400,
    expect.stringContaining('did you mean "preview"?'),
  ]);
});
