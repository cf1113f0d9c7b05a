/** One case in the console by requests: what is shown, drafts that outlive everything, and answers that go out once all was seen. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../../src/foundation/pin-form.ts';
import { startConsole, type TestConsole } from '../../../support/console.ts';
import { customerWrites, openedCase, withManyMessages } from '../../../support/one-case.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
}, 60_000);
afterAll(() => desk?.stop());
beforeEach(async () => {
  await desk.anew();
  await desk.add('Lea Brandt', 'lea@desk.example', ['engineer']);
});

const lea = { email: 'lea@desk.example' };
const shows = (page: string, ...texts: readonly string[]) => {
  for (const text of texts) expect(page).toContain(text);
};
const drafts = () => desk.query<{ staff: string; text: string }>('select staff, text from drafts order by id');
const fieldOf = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.replaceAll('&quot;', '"'))?.[1] ?? '';
const written = (number: string) =>
  desk.query<{ text: string; author: string; direction: string }>(
    `select m.text, m.author, m.direction
     from case_messages m
     join cases c on c.id = m.case_id
     where c.number = $1 and not m.automatic
     order by m.id`,
    [number],
  );

describe('the page of a case', () => {
  it('shows what was written, the clock, the people, the contract and what can be done', async () => {
    const number = await openedCase(desk, 'The vault is <b>shut</b>', { body: 'It is shut & dark.' });
    const page = await (await desk.as('kim')).page(`/cases/${number}`);
    shows(page, 'The vault is &lt;b&gt;shut&lt;/b&gt;', 'It is shut &amp; dark.', 'ada@aldous.example', 'verified');
    shows(
      page,
      'First answer within 4 h of business hours',
      'class="span counting"',
      'The clock starts',
      'promised by',
    );
    shows(page, 'Contract then and now', 'Entitled: standard', 'the same', 'Asked for it', 'Aldous Robotics');
    for (const says of [
      'Take',
      'Note',
      'Solve',
      'Wait',
      'Escalate',
      'Link',
      'Merge',
      'Split',
      'Propose a severity',
      'Kind',
    ])
      expect(page).toContain(`${says} <kbd>`);
    shows(page, 'Why this is a case', 'data-key="y"', 'Opened at severity 3, incident.');
  });
  it('is there for whoever looks, who can do nothing; a number that is none has a page that says so', async () => {
    const number = await openedCase(desk);
    const vic = await desk.as('vic');
    const page = await vic.page(`/cases/${number}`);
    expect(page).toContain('You may read it.');
    expect(page).not.toContain('data-answer');
    expect((await vic.get('/cases/999999')).status).toBe(404);
    for (const path of ['answer', 'merge', 'split'])
      expect((await vic.get(`/cases/${number}/${path}`)).status).toBe(403);
  });
  it('pages its conversation by key, from the newest, in both orders', async () => {
    const number = await openedCase(desk);
    await withManyMessages(desk, number, 70);
    const kim = await desk.as('kim');
    const newest = await kim.page(`/cases/${number}`);
    expect(newest).toContain('Message 70.');
    expect(newest).not.toContain('Message 40.');
    const href = /class="btn" href="([^"]+)" rel="next">Earlier/.exec(newest)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const earlier = await kim.page(href);
    shows(earlier, 'Message 40.', 'Message 12.', 'To the newest');
    expect(earlier).not.toContain('Message 41.');
    const anew = await kim.page(`/cases/${number}?order=newest`);
    expect(anew.indexOf('Message 70.')).toBeLessThan(anew.indexOf('Message 69.'));
    expect((await kim.get(`/cases/${number}?before=nonsense~x`)).status).toBe(200);
  });
  it('opens with 500 messages hardly slower than with a few', async () => {
    const [few, many] = [await openedCase(desk), await openedCase(desk, 'The door is shut')];
    await withManyMessages(desk, few, 40);
    await withManyMessages(desk, many, 500);
    const kim = await desk.as('kim');
    const times: Record<string, number[]> = { [few]: [], [many]: [] };
    for (let round = 0; round < 12; round += 1)
      for (const number of [few, many]) {
        const began = performance.now();
        await kim.page(`/cases/${number}`);
        times[number]?.push(performance.now() - began);
      }
    const median = (number: string) => times[number]?.toSorted((a, b) => a - b)[6] ?? 0;
    if (process.env.SAY_TIMES) console.info(`40 messages: ${median(few)} ms, 500: ${median(many)} ms`);
    expect(median(many)).toBeLessThan(2 * median(few) + 100);
  });
  it('folds what a mail quotes behind what is new', async () => {
    const number = await openedCase(desk);
    await customerWrites(desk, number, 'It opens now.');
    await desk.handIn(
      `From: ada@aldous.example\nTo: support@desk.example\nSubject: Re: [Case ${number}] PIN 345\nMessage-ID: <q1@aldous.example>\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example\n\nNo, it shut again.\n\nOn Sat, Ada wrote:\n> It opens now.\n`,
    );
    await desk.until('it is there', async () => (await written(number)).length === 3);
    const page = await (await desk.as('kim')).page(`/cases/${number}`);
    const message = page.slice(page.lastIndexOf('<li class="msg in"'));
    expect(message.indexOf('No, it shut again.')).toBeLessThan(message.indexOf('Show what it quotes'));
    expect(message.indexOf('Show what it quotes')).toBeLessThan(message.indexOf('&gt; It opens now.'));
  });
  it('masks a privileged PIN wherever it stands', async () => {
    const number = await openedCase(desk);
    const pin = ['4T7K2MXQ', '4T7K2MXR', '4T7K2MXS', '4T7K2MXV'].map(privilegedPinOf).find((one) => one !== null) ?? '';
    await desk.query(
      `insert into case_messages (case_id, direction, author, text, at)
       select id, 'note', 'kim@desk.example', $2, now() from cases where number = $1`,
      [number, `It is ${pin}.`],
    );
    const kim = await desk.as('kim');
    await kim.post(`/cases/${number}/answer`, { do: 'keep', text: `Take ${pin}.`, seen: '0' });
    expect(await kim.page(`/cases/${number}/answer`)).not.toContain(pin);
    expect(await kim.page(`/cases/${number}`)).not.toContain(pin);
    expect((await drafts())[0]?.text).not.toContain(pin);
  });
});

describe('a draft', () => {
  it('is kept with every pause, per person, and comes back in another session', async () => {
    const number = await openedCase(desk);
    const kim = await desk.as('kim');
    const seen = fieldOf((await kim.page(`/cases/${number}`)).split('data-answer')[1] ?? '', 'seen');
    const answer = await kim.post(`/cases/${number}/answer/draft`, { text: 'Please turn', seen });
    const { kept, will } = (await answer.json()) as { kept: string; will: string };
    expect(kept).toMatch(/^Draft kept \d\d:\d\d$/);
    expect(will).toContain('A message to the customer is put on case');
    await kim.post(`/cases/${number}/answer/draft`, { text: 'Please turn the handle.', seen: '999' });
    await (await desk.as(lea)).post(`/cases/${number}/answer/draft`, { text: 'Is it plugged in?', seen: '1' });
    expect(await drafts()).toEqual([
      { staff: 'kim@desk.example', text: 'Please turn the handle.' },
      { staff: 'lea@desk.example', text: 'Is it plugged in?' },
    ]);
    // Signed in anew, on another machine.
    const page = await (await desk.as('kim')).page(`/cases/${number}`);
    shows(page, 'data-draft>Please turn the handle.</textarea>', `name="seen" value="${seen}"`);
    expect(page).not.toContain('Is it plugged in?');
  });
  it('works without scripts: kept, thrown away, with files', async () => {
    const number = await openedCase(desk);
    const kim = await desk.as('kim');
    const form = new FormData();
    for (const [name, value] of Object.entries({
      csrf: await kim.csrf(),
      do: 'keep',
      text: 'See the file.',
      seen: '1',
    }))
      form.set(name, value);
    form.append('files', new File(['hello'], 'größe.txt', { type: 'text/plain' }));
    const kept = await desk.ask(`/cases/${number}/answer`, {
      method: 'POST',
      headers: { cookie: kim.cookie, origin: desk.address, 'sec-fetch-site': 'same-origin' },
      body: form,
    });
    expect(kept.status).toBe(303);
    const page = await kim.page(`/cases/${number}`);
    shows(page, 'größe.txt', 'Draft kept');
    const file = /name="do" value="(off:\d+)"/.exec(page)?.[1] ?? '';
    await kim.post(`/cases/${number}/answer`, { do: file, text: 'See the file.', seen: '1' });
    expect(await desk.query('select from draft_files')).toHaveLength(0);
    await kim.post(`/cases/${number}/answer`, { do: 'drop', seen: '1' });
    expect(await drafts()).toEqual([]);
  });
});

describe('an answer', () => {
  const send = async (who: Awaited<ReturnType<TestConsole['as']>>, number: string, fields: Record<string, string>) =>
    who.post(`/cases/${number}/answer`, { do: 'send', ...fields });
  /** As the form of the page has it now. */
  async function formOf(who: Awaited<ReturnType<TestConsole['as']>>, number: string, text: string) {
    const seen = fieldOf((await who.page(`/cases/${number}`)).split('data-answer')[1] ?? '', 'seen');
    const { will } = (await (await who.post(`/cases/${number}/answer/draft`, { text, seen })).json()) as {
      will: string;
    };
    return { text, seen, expect: fieldOf(will, 'expect') };
  }

  it('goes out as it was said, once, with its file, and its draft is gone', async () => {
    const number = await openedCase(desk);
    const kim = await desk.as('kim');
    const form = await formOf(kim, number, 'Please turn the handle.');
    const sent = await send(kim, number, form);
    expect(sent.status).toBe(303);
    expect(await kim.after(sent)).toContain('Wrote to ada@aldous.example');
    expect((await written(number)).at(-1)).toEqual({ text: form.text, author: 'kim@desk.example', direction: 'out' });
    expect(await drafts()).toEqual([]);
    await desk.until('it has left', async () => desk.sink.letters.length >= 2);
  });
  it('that was shown to nobody is read first: the letter as it will leave, and then sent from there', async () => {
    const number = await openedCase(desk);
    const kim = await desk.as('kim');
    const asked = await send(kim, number, { text: 'Please turn the handle.', seen: '0', expect: '' });
    expect(asked.status).toBe(409);
    const page = await asked.text();
    shows(
      page,
      'as it will leave',
      'Please turn the handle.',
      `src="/cases/${number}/answer/html`,
      'ada@aldous.example',
    );
    expect(await written(number)).toHaveLength(1);
    const framed = await kim.get(`/cases/${number}/answer/html`);
    expect(framed.headers.get('content-security-policy')).toContain('sandbox');
    expect(await framed.text()).toContain('Please turn the handle.');
    const sure = {
      do: 'sure',
      seen: fieldOf(page.split('class="send')[1] ?? '', 'seen'),
      expect: fieldOf(page, 'expect'),
    };
    expect((await kim.post(`/cases/${number}/answer`, sure)).status).toBe(303);
    expect(await written(number)).toHaveLength(2);
  });
  it('is not sent where the customer has written meanwhile: that is shown, and it is asked once more', async () => {
    const number = await openedCase(desk);
    const kim = await desk.as('kim');
    const form = await formOf(kim, number, 'Please turn the handle.');
    await customerWrites(desk, number, 'I have turned the handle.');
    const refused = await send(kim, number, form);
    expect(refused.status).toBe(409);
    const page = await refused.text();
    shows(page, 'A message has come in since you began.', 'I have turned the handle.', 'Your text is kept as a draft.');
    expect((await written(number)).filter(({ direction }) => direction === 'out')).toEqual([]);
    const sure = {
      do: 'sure',
      seen: fieldOf(page.split('class="send')[1] ?? '', 'seen'),
      expect: fieldOf(page, 'expect'),
    };
    expect((await kim.post(`/cases/${number}/answer`, sure)).status).toBe(303);
    expect((await written(number)).filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });
  it('of two people goes out once: the second is told who was faster, and has the text as a draft', async () => {
    const number = await openedCase(desk);
    const [kim, other] = [await desk.as('kim'), await desk.as(lea)];
    const [first, second] = [
      await formOf(kim, number, 'Turn the handle.'),
      await formOf(other, number, 'Push the door.'),
    ];
    const answers = await Promise.all([send(kim, number, first), send(other, number, second)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect((await written(number)).filter(({ direction }) => direction === 'out')).toHaveLength(1);
    const late = answers.find(({ status }) => status === 409);
    expect(await late?.text()).toMatch(/(Kim Oster|Lea Brandt) was faster/);
    expect(await drafts()).toHaveLength(1);
  });
  it('of nothing is not sent, and not by whoever may not', async () => {
    const number = await openedCase(desk);
    expect((await send(await desk.as('kim'), number, { text: ' ', seen: '0', expect: '' })).status).toBe(422);
    expect((await send(await desk.as('vic'), number, { text: 'x', seen: '0', expect: '' })).status).toBe(403);
  });
});

describe('who is here', () => {
  it('is said to the others for half a minute, and asked before a case is taken', async () => {
    const number = await openedCase(desk);
    const [kim, other] = [await desk.as('kim'), await desk.as(lea)];
    const before = await kim.page(`/cases/${number}`);
    await other.post(`/cases/${number}/here`, { typing: 'yes' });
    const said = await (await kim.post(`/cases/${number}/here`, { typing: 'no' })).json();
    expect(said).toMatchObject({ says: 'Lea Brandt is answering it.' });
    expect(await kim.page(`/cases/${number}`)).toContain('Lea Brandt is answering it.');
    // What was shown before she began is shown anew.
    const take = before.slice(before.indexOf('action="/do/take-case"'));
    const taken = await kim.act('take-case', { case: number }, { expect: fieldOf(take, 'expect'), sure: '' });
    expect(taken.status).toBe(409);
    expect(await taken.text()).toContain('while Lea Brandt is answering it');
    expect((await desk.query<{ owner: string | null }>('select owner from cases'))[0]?.owner).toBeNull();
    await desk.query(
      "update case_presence set looking_at = now() - interval '40 s', typing_at = now() - interval '40 s'",
    );
    expect(await (await kim.post(`/cases/${number}/here`, { typing: 'no' })).json()).toMatchObject({ says: '' });
  });
});

describe('kept answers', () => {
  it('are saved where every value exists, filled in for a case, and removed', async () => {
    const number = await openedCase(desk);
    const kim = await desk.as('kim');
    const wrong = await kim.post('/cases/answers', { do: 'save', name: 'Handle', text: 'Dear {{ nobody }}' });
    expect([wrong.status, await wrong.text()]).toEqual([
      422,
      expect.stringContaining('There is no value &quot;nobody&quot;'),
    ]);
    await kim.post('/cases/answers', {
      do: 'save',
      name: 'Handle',
      text: 'Dear {{ contact }}, of {{ case }}: {{ me }}',
    });
    const again = await kim.post('/cases/answers', { do: 'save', name: 'handle', text: 'x' });
    expect(again.status).toBe(422);
    const page = await kim.page(`/cases/${number}`);
    const id = /<option value="(\d+)">Handle/.exec(page)?.[1] ?? '';
    await kim.post(`/cases/${number}/answer`, { do: 'insert', canned: id, text: 'Hello.', seen: '1' });
    expect((await drafts())[0]?.text).toBe(`Hello.\n\nDear Ada Byron, of ${number}: Kim Oster`);
    await kim.post('/cases/answers', { do: 'remove', id, name: 'Handle', text: '' });
    expect(await desk.query('select from canned_answers')).toEqual([]);
    const audit = await desk.query<{ action: string }>(
      "select action from audit where subject_kind = 'canned-answer' order by id",
    );
    expect(audit.map(({ action }) => action)).toEqual(['canned-answer-saved', 'canned-answer-removed']);
    expect((await (await desk.as('vic')).post('/cases/answers', { name: 'x', text: 'x' })).status).toBe(403);
  });
});

describe('two cases', () => {
  it('are merged with both clocks before, and taken apart again', async () => {
    const [one, two] = [
      await openedCase(desk, 'The vault is shut'),
      await openedCase(desk, 'The door is shut', { from: 'max@aldous.example' }),
    ];
    const kim = await desk.as('kim');
    const page = await kim.page(`/cases/${two}/merge?into=${one}`);
    expect(page.match(/class="clock-line"/g)).toHaveLength(2);
    shows(page, `Case ${two} is merged into case ${one}`);
    const merged = await kim.act('merge-case', { case: two, into: one }, { back: `/cases/${one}` });
    expect(await kim.after(merged)).toContain('Undo');
    shows(await kim.page(`/cases/${two}`), 'It was merged into', 'Take the merge back');
    shows(await kim.page(`/cases/${one}`), 'took in', `Case ${two} was merged into this one`);
  });
});

it('somebody of the site takes part from then on, and is taken off again', async () => {
  const number = await openedCase(desk);
  const kim = await desk.as('kim');
  expect((await kim.act('add-participant', { case: number, address: 'eve@elsewhere.example' })).status).toBe(409);
  await kim.act('add-participant', { case: number, address: 'Max@aldous.example' });
  shows(await kim.page(`/cases/${number}`), '<b><bdi>Max Ernst</bdi></b>');
  expect((await kim.act('add-participant', { case: number, address: 'm.ernst@aldous.example' })).status).toBe(409);
  await kim.act('leave-case', { case: number, address: 'max@aldous.example' });
  expect(await desk.query('select from case_participants p where p.address = $1', ['max@aldous.example'])).toEqual([]);
});

it('opens a case for a caller, and goes there', async () => {
  const kim = await desk.as('kim');
  shows(await kim.page('/cases'), 'href="/cases/new" data-key="n"');
  expect(await (await desk.as('vic')).page('/cases')).not.toContain('/cases/new');
  shows(await kim.page('/customers/1000345'), 'href="/cases/new?site=1000345" data-key="n"');
  const [max] = await desk.query<{ id: string }>("select id from contacts where name = 'Max Ernst'");
  const ofMax = '/cases/new?site=1000345&amp;contact=max%40aldous.example';
  shows(await kim.page(`/customers/1000345/people/${max?.id}`), `href="${ofMax}" data-key="n"`);
  shows(await kim.page(ofMax.replace('&amp;', '&')), '<option value="max@aldous.example" selected');
  shows(await kim.page('/cases/new'), 'Number of the site');
  shows(await kim.page('/cases/new?site=1000345'), 'Aldous Robotics', 'Max Ernst, authorized user', 'Open the case');
  shows(await kim.page('/cases/new?site=7654321'), 'There is no site 7654321.');
  const opened = await kim.act('open-case', { site: '1000345', pin: '345', title: 'The vault is shut' });
  const number = /^\/cases\/(\d+)$/.exec(opened.headers.get('location') ?? '')?.[1];
  shows(await kim.after(opened), `Case ${number} (The vault is shut) is opened`, 'Wrote to ada@aldous.example');
});
