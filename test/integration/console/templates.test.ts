/** Templates in the console: changed, checked, tried, taken back; what then counts for every letter, in every process. */
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { fileOf } from '../../../src/outbound/templates/text.ts';
import { openApp } from '../../../src/runtime/app.ts';
import { mail } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

const token = 'token-of-thirty-two-characters-or-more';
let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole({ API_TOKEN: token });
});
afterAll(() => postern.stop());
beforeEach(async () => {
  await postern.anew();
  await postern.app.templates.refresh();
});

const shipped = (name: 'acknowledgement' | 'renewal-settled', language = 'en') => {
  const text = postern.app.templates.shipped.letters[language]?.[name];
  if (!text) throw new Error(`no ${language}/${name}`);
  return text;
};
const path = '/templates/en/acknowledgement';
const why = 'The team asked for it';
const ours = { language: 'en', name: 'acknowledgement' };
type Who = Awaited<ReturnType<TestConsole['as']>>;
const put = (who: Who, input: object, fields: Record<string, string>) =>
  who.act('put-template', input, { back: path, why, ...fields });
const polite = () => {
  const { subject, body } = shipped('acknowledgement');
  return { subject, body: body.replace('Kind regards', 'With best wishes') };
};
const versions = async () =>
  (await postern.query<{ n: number }>('select count(*)::int as n from template_versions'))[0]?.n ?? 0;
/** The letter that answers a mail. */
async function answered(subject: string): Promise<{ text: string; subject: string }> {
  const before = postern.sink.letters.length;
  await postern.handIn(mail({ subject }));
  // Our own people may be told, too.
  const letter = () => postern.sink.letters.slice(before).find(({ rcptTo }) => rcptTo.includes('ada@aldous.example'));
  await postern.until('it is answered', async () => letter() !== undefined);
  const parsed = await simpleParser(letter()?.raw ?? '');
  return { text: parsed.text ?? '', subject: parsed.subject ?? '' };
}

describe('/templates', () => {
  it('has every letter in every language, and what of it was changed', async () => {
    const nia = await postern.as('nia');
    const page = await nia.page('/templates');
    for (const text of ['Acknowledgement', 'Last letter', 'German (de)', 'Nothing was changed so far'])
      expect(page).toContain(text);
    expect((await put(nia, ours, polite())).status).toBe(303);
    expect(await nia.page('/templates?show=changed')).toMatch(/changed here[\s\S]*console for nia@desk\.example/);
    expect(await nia.page('/templates?language=de&show=changed')).toContain('Nothing was changed here');
    expect(await nia.page('/templates?name=renewal+not')).not.toContain('/templates/en/acknowledgement"');
  });
  it('is read by everybody, and says who may change it', async () => {
    const vic = await postern.as('vic');
    const page = await vic.page(path);
    expect(page).toMatch(/You are viewer; this takes [^<]*manager/);
    expect(page).toContain('{{ due }}');
    expect((await put(vic, ours, polite())).status).toBe(403);
    expect(await versions()).toBe(0);
  });
  it.each([
    '/templates/en/no-letter',
    '/templates/xx/acknowledgement',
    `${path}/compare?with=7`,
    `${path}/letter?draft=x.y`,
  ])('%s is none', async (none) => {
    expect((await (await postern.as('nia')).get(none)).status).toBe(404);
  });
});

describe('a template that is changed', () => {
  it('counts for the next letter, stands in the audit, and is taken back by one button', async () => {
    const nia = await postern.as('nia');
    expect((await answered('PIN 345 It stops')).text).toContain('Kind regards');
    const done = await put(nia, { ...ours, version: 'shipped' }, polite());
    expect(await nia.after(done)).toMatch(
      /“acknowledgement” in en counts for every letter written from now on\. 1 line is other than shipped\. It was checked on examples and on the last letter of its kind/,
    );
    expect((await answered('PIN 345 It stops again')).text).toContain('With best wishes');
    const [audit] = await postern.query(
      "select actor, subject_id, detail from audit where action = 'template-changed'",
    );
    expect(audit).toMatchObject({
      actor: 'console for nia@desk.example',
      subject_id: 'en/acknowledgement',
      detail: { why, from: 'shipped', tried: 1, differs: 1 },
    });
    const [{ id } = { id: '' }] = await postern.query<{ id: string }>('select id::text from template_versions');
    const page = await nia.page(path);
    for (const text of ['changed here', why, `Version ${id}`, 'Beside the shipped one']) expect(page).toContain(text);
    const back = await nia.act('restore-template', { ...ours, version: id, to: 'shipped' }, { why: 'Taken back' });
    expect(back.status).toBe(303);
    expect((await answered('PIN 345 It stops once more')).text).toContain('Kind regards');
    expect(await nia.page(`${path}/compare?with=${id}`)).toContain('count again');
    expect((await nia.act('restore-template', { ...ours, version: 'shipped', to: id }, { why })).status).toBe(303);
    expect(postern.app.templates.now().letters.en?.acknowledgement?.body).toContain('With best wishes');
    const beside = await nia.page(`${path}/compare?with=${id}&beside=shipped`);
    expect(beside).toMatch(/class="gone">[\s\S]*Kind regards[\s\S]*class="new">[\s\S]*With best wishes/);
  });
  it('and does not check is not saved, and everything wrong is said with its line', async () => {
    const nia = await postern.as('nia');
    const { subject, body } = shipped('acknowledgement');
    const broken = body.replace('{{ due }}', '{{ dew }}').replace('Kind regards', '<b>Kind regards</b>');
    const answer = await put(nia, ours, { subject: '', body: broken });
    expect(answer.status).toBe(422);
    const says = await answer.text();
    for (const text of ['Subject: It has no subject', 'dew }} is no value', 'due }} is missing', 'HTML is shown'])
      expect(says).toContain(text);
    // Typed text stays, to be mended.
    expect(says).toContain('{{ dew }}');
    expect(await versions()).toBe(0);
    expect((await put(nia, ours, { subject, body: broken })).status).toBe(422);
  });
  it('by two at once tells the second who was faster, and keeps what that one wrote', async () => {
    const [nia, other] = [await postern.as('nia'), await postern.as('nia')];
    await put(nia, { ...ours, version: 'shipped' }, polite());
    const { subject, body } = shipped('acknowledgement');
    const late = await put(
      other,
      { ...ours, version: 'shipped' },
      { subject, body: body.replace('Kind regards', 'Yours faithfully') },
    );
    expect(late.status).toBe(409);
    const says = await late.text();
    expect(says).toMatch(/Somebody was faster: this template was changed by console for nia@desk\.example/);
    expect(says).toContain('Yours faithfully');
    expect(await versions()).toBe(1);
  });
  it('about renewals is the matter of renewal representatives, others are not', async () => {
    const robin = await postern.as('robin');
    const settled = shipped('renewal-settled');
    const of = { language: 'en', name: 'renewal-settled' };
    const mine = await put(robin, of, {
      subject: settled.subject,
      body: settled.body.replace('Kind regards', 'With best wishes'),
    });
    expect(mine.status).toBe(303);
    expect((await put(robin, ours, polite())).status).toBe(403);
    expect(await versions()).toBe(1);
  });
});

describe('the last letters of a kind', () => {
  it('are kept, ten of each, without a secret, and what is changed is tried on them', async () => {
    for (let i = 0; i < 12; i += 1) await answered(`PIN 345 It stops, ${i}`);
    const { letterValues } = postern.app;
    const code = sampleLetters.find(({ template }) => template === 'privileged-pin');
    if (code?.template !== 'privileged-pin') throw new Error('no sample');
    const [any] = await postern.query<{ id: string }>('select min(id)::text as id from letters');
    await letterValues.keep();
    await postern.query('delete from letter_values where letter_id = $1', [any?.id]);
    letterValues.note({ ...code, to: 'ada@aldous.example', language: 'en' } as never, any?.id ?? '');
    await letterValues.keep();
    const rows = await postern.query<{ template: string; n: number; all: string }>(
      "select template, count(*)::int as n, string_agg(letter::text, chr(10)) as all from letter_values where template in ('acknowledgement', 'privileged-pin') group by 1 order by 1",
    );
    expect(rows.map(({ template, n }) => [template, n])).toEqual([
      ['acknowledgement', 10],
      ['privileged-pin', 1],
    ]);
    expect(rows[1]?.all).not.toContain(code.values.pin);
    const nia = await postern.as('nia');
    const page = await nia.page(path);
    expect(page).toContain('as it was written');
    expect(await nia.after(await put(nia, ours, polite()))).toContain('on the last 10 letters of its kind');
  });
  it('go with whoever is erased', async () => {
    await postern.handIn(
      mail({ subject: 'PIN 345 Stuck', from: 'Max Ernst <max@aldous.example>' }),
      'max@aldous.example',
    );
    await postern.until('it is answered', async () =>
      postern.sink.letters.some(({ rcptTo }) => rcptTo.includes('max@aldous.example')),
    );
    await postern.app.letterValues.keep();
    const theirs = () => postern.query("select from letter_values v where v::text ~* 'max@aldous|Max Ernst'");
    expect(await theirs()).not.toEqual([]);
    const nia = await postern.as('nia');
    expect((await nia.act('erase-person', { address: 'max@aldous.example' })).status).toBe(303);
    await postern.until('all is looked through', async () => {
      await postern.runClock();
      return (await theirs()).length === 0;
    });
  });
  it('of long ago are forgotten', async () => {
    await answered('PIN 345 It stops');
    await postern.app.letterValues.keep();
    await postern.query("update letter_values set at = now() - interval '91 days'");
    await postern.runClock();
    expect(await postern.query('select from letter_values')).toEqual([]);
  });
});

describe('what does not check after an upgrade', () => {
  it('is not used: the shipped one is, and it is said on the overview and on its page', async () => {
    const { subject, body } = shipped('acknowledgement');
    await postern.query(
      `insert into template_versions (language, name, subject, body, shipped_hash, why, actor)
       values ('en', 'acknowledgement', $1, $2, 'of another version', 'before', 'console for nia@desk.example')`,
      [subject, body.replace('{{ due }}', 'soon').replace('Kind regards', 'With best wishes')],
    );
    await postern.app.templates.refresh();
    expect(postern.app.templates.unused()).toMatchObject([
      { language: 'en', name: 'acknowledgement', shippedChanged: true },
    ]);
    expect((await answered('PIN 345 It stops')).text).toContain('Kind regards');
    const nia = await postern.as('nia');
    expect(await nia.page('/')).toMatch(/en\/acknowledgement that was changed here does not check any more/);
    for (const page of [await nia.page('/templates'), await nia.page(path)])
      expect(page).toMatch(/does not check any more\. The shipped one is used[\s\S]*due }} is missing/);
    expect(await nia.page('/templates?show=unused')).toContain('does not check: the shipped one is used');
  });
});

describe('a language', () => {
  it('is added, has some letters of its own, and the rest in English', async () => {
    const nia = await postern.as('nia');
    expect((await nia.act('add-language', { language: 'pt' })).status).toBe(303);
    expect((await nia.act('add-language', { language: 'pt' })).status).toBe(409);
    const { subject, body } = shipped('acknowledgement');
    const text = { subject, body: body.replace('Kind regards', 'Com os melhores cumprimentos') };
    expect((await put(nia, { language: 'pt', name: 'acknowledgement', version: 'shipped' }, text)).status).toBe(303);
    await postern.query("update sites set language = 'pt-BR' where number = '1000345'");
    expect((await answered('PIN 345 It stops')).text).toContain('Com os melhores cumprimentos');
    const sent = postern.sink.letters.map(({ raw }) => raw.toString());
    expect(sent.some((raw) => /^Content-Language: pt\r$/m.test(raw))).toBe(true);
    expect((await nia.act('remove-language', { language: 'pt' })).status).toBe(409);
    const list = await nia.page('/templates?language=pt&show=none');
    expect(list).toContain('in English');
    expect((await nia.act('add-language', { language: 'qqq' })).status).toBe(422);
  });
});

describe('the API', () => {
  it('reads them, and changes them by the act', async () => {
    const ask = (of: string, init: RequestInit = {}) =>
      postern.ask(`/api/v1/${of}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    const { items } = (await (await ask('templates')).json()) as { items: { name: string; from: string }[] };
    expect(items.find(({ name }) => name === 'acknowledgement')).toMatchObject({ from: 'shipped' });
    const body = (text: object) =>
      JSON.stringify({ input: { ...ours, why, version: 'shipped', ...text }, by: 'nia@desk.example' });
    const broken = await ask('acts/put-template', { method: 'POST', body: body({ subject: '', body: 'x' }) });
    expect([broken.status, await broken.text()]).toEqual([422, expect.stringContaining('It has no subject')]);
    expect((await ask('acts/put-template', { method: 'POST', body: body(polite()) })).status).toBe(200);
    expect(await (await ask('templates/en/acknowledgement')).json()).toMatchObject({
      ...ours,
      text: polite(),
      shipped: shipped('acknowledgement'),
      versions: [{ by: 'api for nia@desk.example', why }],
    });
    expect((await ask('templates/en/no-letter')).status).toBe(404);
  });
});

describe('another process', () => {
  it('uses what was changed within seconds', async () => {
    const second = await openApp({
      ...{ settings: postern.settings, log: silentLog, meter: silentMeter, hold: 'join', threads: 1 },
      say() {},
    });
    try {
      expect(second.templates.now()).toBe(second.templates.shipped);
      await put(await postern.as('nia'), ours, polite());
      const from = performance.now();
      await postern.until(
        'the other process has it',
        async () => second.templates.now().letters.en?.acknowledgement?.body.includes('With best wishes') === true,
        10,
      );
      expect(performance.now() - from).toBeLessThan(8_000);
    } finally {
      await second.close();
    }
  });
});

describe('a preview', () => {
  it('shows the letter, says what is wrong, and writes nothing', async () => {
    const nia = await postern.as('nia');
    const { subject, body } = polite();
    const answer = await nia.post(`${path}/preview`, { subject, body, why: '', 'page-example': 'example-2' });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    for (const text of ['With best wishes', 'It checks']) expect(page).toContain(text);
    const src = /<iframe[^>]* src="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const shown = await nia.get(src);
    expect([shown.status, shown.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining('sandbox'),
    ]);
    expect(await shown.text()).toContain('With best wishes');
    // A link that somebody else has made shows nothing.
    expect((await (await postern.as('kim')).get(src)).status).toBe(404);
    const broken = await nia.post(
      `${path}/preview`,
      { subject, body: '{{ nobody }}', why: '' },
      { 'hx-request': 'true' },
    );
    expect(await broken.text()).toMatch(/nobody }} is no value of this letter/);
    expect(await versions()).toBe(0);
    expect(fileOf(shipped('acknowledgement'))).toContain('{{ due }}');
  });
});
