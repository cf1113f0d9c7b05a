/** Letters in the console: what is shown of each, who may do what about them, and whether they go out at all. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { belongsTo } from '../../../../src/store/secrets.ts';
import { startConsole, type TestConsole } from '../../../support/console.ts';
import { putLetter } from '../../../support/put-letter-rows.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.anew());

const put: (given?: Parameters<typeof putLetter>[1]) => Promise<string> = (given) => putLetter(desk.query, given);
const shows = (page: string, ...texts: readonly string[]) => {
  for (const text of texts) expect(page).toContain(text);
};
const failed = { state: 'failed', response: '550 5.1.1 no such user here', attempts: 6 };

describe('the list', () => {
  it('has each letter with its state, its kind and what the server said last', async () => {
    const id = await put(failed);
    await put({ to_address: 'max@aldous.example', state: 'suppressed', state_reason: 'over the number of letters' });
    const kim = await desk.as('kim');
    const all = await kim.page('/letters');
    shows(
      all,
      'ada@aldous.example',
      'failed',
      '550 5.1.1 no such user here',
      'over the number of letters',
      `/letters/${id}`,
    );
    const notArrived = await kim.page('/letters?state=not-arrived');
    expect(notArrived).toContain('ada@aldous.example');
    expect(notArrived).not.toContain('max@aldous.example');
  });
  it('is filtered by its address, and says what of that cannot be used', async () => {
    await put();
    await put({ to_address: 'max@aldous.example', template: 'pin-needed' });
    const kim = await desk.as('kim');
    const page = await kim.page('/letters?to=MAX@aldous.example&template=pin-needed&since=2026-01-01&case=x');
    shows(page, 'max@aldous.example', 'A case is a number, such as 100417.');
    expect(page).not.toContain('href="/letters/1"');
    expect(await kim.page('/letters?state=waiting')).toContain('No letter waits for a person.');
    expect(await kim.page('/letters?state=%00&before=%27&to=%27;--')).toContain('This filter was left out.');
  });
  it('is there for whoever has signed in, and for nobody else', async () => {
    expect((await desk.ask('/letters')).status).toBe(303);
    expect((await (await desk.as('vic')).get('/letters')).status).toBe(200);
  });
});

describe('addresses without letters', () => {
  it('stand with why: the answer and the letter that came back, and who was blocked by whom', async () => {
    await desk.query(`update contacts set doubtful_since = now() where id = 2`);
    const [one] = await desk.query<{ address: string }>(
      'select address from contact_addresses where contact_id = 2 and main',
    );
    await put({ to_address: one?.address, ...failed, response: '450 4.2.2 the one before' });
    const id = await put({ to_address: one?.address, state: 'bounced', response: '550 5.1.1 nobody & more' });
    await put({ to_address: one?.address, state: 'sent', response: '250 taken since' });
    const kim = await desk.as('kim');
    await kim.act('block-sender', { sender: '@pest.example' });
    const page = await kim.page('/letters/addresses');
    shows(page, one?.address ?? '', 'one came back', `/letters/${id}`, '550 5.1.1 nobody &amp; more');
    for (const other of ['450 4.2.2', '250 taken since']) expect(page).not.toContain(other);
    shows(page, '@pest.example', 'blocked by', '/letters/blocked?sender=%40pest.example');
    shows(await kim.page('/letters/blocked?sender=%40pest.example'), 'Unblock');
    expect(await kim.page('/letters')).toContain('href="/letters/addresses"');
    expect((await kim.get('/announcements/returned')).headers.get('location')).toBe('/letters/addresses');
  });
  it('are none, which is said', async () => {
    const page = await (await desk.as('vic')).page('/letters/addresses');
    shows(page, 'Letters come back from no address on record.', 'Nobody is blocked.');
  });
});

describe('a letter that is sent again', () => {
  it('has not been sent by that yet: when it was before is told apart, and no tries are counted', async () => {
    const id = await put({
      state: 'queued',
      attempts: 0,
      sent_at: '2026-11-23T09:31:00Z',
      response: '250 the time before',
    });
    const page = await (await desk.as('kim')).page(`/letters/${id}`);
    shows(page, 'Sent before', 'Answer before', '250 the time before', 'It waits its turn');
    for (const other of ['0 tries', 'Last answer', 'It is tried <time']) expect(page).not.toContain(other);
    // It would be on its way for good.
    await desk.query("update letters set state = 'sent' where id = $1", [id]);
  });
});

describe('a letter', () => {
  it('is shown with what it says, what became of it and what it follows from', async () => {
    const id = await put({ ...failed, text: 'Your case is open & waits.' });
    await desk.query(
      `insert into audit (actor, action, subject_kind, subject_id, detail) values
       ('mail:7', 'letter-queued', 'letter', $1, '{}'), ('outbound', 'letter-failed', 'letter', $1, '{"response": "550 5.1.1 no such user here"}')`,
      [id],
    );
    const page = await (await desk.as('kim')).page(`/letters/${id}`);
    shows(
      page,
      'Your case is open &amp; waits.',
      'Written, and on its way',
      'mail 7',
      'Given up',
      '550 5.1.1 no such user here',
    );
    shows(page, 'under the same Message-ID', 'Send again', 'Told by another way');
  });
  it('names the mails that answer it', async () => {
    const id = await put({ created_at: '2026-03-01T09:00:00Z' });
    await desk.query(
      `insert into mails (arrived_at, door, door_name, sha256, size, state, outcome, from_address, subject, facts)
       values (now(), 'hand', 'x', sha256('x'), 1, 'decided', 'case-updated', 'ada@aldous.example', 'Re: Your case', $1),
         (now(), 'hand', 'x', sha256('y'), 1, 'decided', 'case-updated', 'ada@aldous.example', 'Something else', '{"threads": []}')`,
      [JSON.stringify({ threads: [{ by: 'message-id', signed: true, letter: id, case: null }] })],
    );
    const page = await (await desk.as('kim')).page(`/letters/${id}`);
    expect(page).toContain('Re: Your case');
    expect(page).not.toContain('Something else');
  });
  it('is shown as HTML in a frame that runs nothing and fetches nothing', async () => {
    const id = await put({ text: '<img src=x onerror=alert(1)>' });
    const kim = await desk.as('kim');
    shows(await kim.page(`/letters/${id}?view=html`), `<iframe class="letter" sandbox`, `src="/letters/${id}/html"`);
    const framed = await kim.get(`/letters/${id}/html`);
    expect(framed.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
    );
    expect(framed.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(await framed.text()).not.toContain('onerror');
  });
  it('shows its source as it went, and lets it be saved', async () => {
    const id = await put();
    const kim = await desk.as('kim');
    shows(await kim.page(`/letters/${id}?view=source`), 'Message-ID: &lt;row-', 'Auto-Submitted: auto-generated');
    const saved = await kim.get(`/letters/${id}/source`);
    expect(saved.headers.get('content-disposition')).toBe(`attachment; filename="letter-${id}.txt"`);
    expect(await saved.text()).toContain('Your case is open.');
  });
  it('that tells a code is opened, and shows it nowhere', async () => {
    const { vault } = desk.app;
    const id = await put({
      ...{ template: 'confirm-code', text: 'Your code is 7KQ2-M9XW, or https://desk.example/access/0123456789abcdef' },
      seal: (raw: Uint8Array, letter: string) => vault.seal(Buffer.from(raw), belongsTo('letters', letter, 'raw')),
    });
    const kim = await desk.as('kim');
    for (const path of ['', '?view=text', '?view=source', '/html', '/source']) {
      const page = await kim.page(`/letters/${id}${path}`);
      expect(page).not.toContain('7KQ2');
      expect(page).not.toContain('0123456789abcdef');
    }
    shows(await kim.page(`/letters/${id}`), 'Your code is ••••-••••');
    shows(await kim.page(`/letters/${id}?view=source`), 'What this letter tells one person only is covered');
  });
  it('of which nothing is left says so', async () => {
    const emptied = await put({ raw: null, emptied_at: '2026-05-01T10:00:00Z' });
    const never = await put({ raw: null, state: 'suppressed', state_reason: 'over the number of letters' });
    const kim = await desk.as('kim');
    shows(await kim.page(`/letters/${emptied}`), 'What it said was deleted');
    shows(await kim.page(`/letters/${never}`), 'held back when it was written');
    expect((await kim.get(`/letters/${never}/html`)).status).toBe(404);
    for (const none of ['999999', 'x', '1%27']) expect((await kim.get(`/letters/${none}`)).status).toBe(404);
  });
});

describe('what is done about a letter', () => {
  it('sends it again: the same bytes, the same Message-ID, and a line in the audit', async () => {
    const id = await put(failed);
    const kim = await desk.as('kim');
    expect((await kim.act('send-letter-again', { letter: id })).status).toBe(303);
    const [out] = await desk.sink.waitFor(1);
    const [{ raw, message_id }] = (await desk.query<{ raw: Buffer; message_id: string }>(
      'select raw, message_id from letters where id = $1',
      [id],
    )) as [{ raw: Buffer; message_id: string }];
    expect(Buffer.compare(out?.raw ?? Buffer.alloc(0), raw)).toBe(0);
    expect(out?.raw.toString()).toContain(message_id);
    const told = await desk.query("select actor, detail from audit where action = 'letter-sent-again'");
    expect(told).toEqual([{ actor: 'console for kim@desk.example', detail: { was: 'failed' } }]);
    await desk.until(
      'it is sent',
      async () => (await desk.query("select from letters where state = 'sent'")).length === 1,
    );
  });
  it('lets one that waits go, or never', async () => {
    const [out, never] = [await put({ state: 'waiting' }), await put({ state: 'waiting' })];
    const kim = await desk.as('kim');
    await kim.act('release-letter', { letter: out });
    await kim.act('suppress-letter', { letter: never });
    await desk.sink.waitFor(1);
    const states = await desk.query('select id::text, state from letters order by id');
    expect(states).toMatchObject([{ id: out }, { id: never, state: 'suppressed' }]);
  });
  it('counts it as dealt with, and takes that back', async () => {
    const id = await put(failed);
    const kim = await desk.as('kim');
    const done = await kim.act('mark-letter', { letter: id, as: 'reached' }, { back: '/letters?state=not-arrived' });
    const page = await kim.after(done);
    shows(page, 'counts as dealt with', 'Undo', 'Every letter that failed or came back is dealt with.');
    await kim.act('unmark-letter', { letter: id });
    expect(await kim.page('/letters?state=not-arrived')).toContain(`/letters/${id}?from=not-arrived`);
  });
  it('is for who may settle letters; others see why there is no button, and are refused', async () => {
    const id = await put(failed);
    const vic = await desk.as('vic');
    const page = await vic.page(`/letters/${id}`);
    expect(page).toContain('You are viewer; this takes');
    expect(page).not.toContain('/do/send-letter-again');
    expect((await vic.act('send-letter-again', { letter: id })).status).toBe(403);
    expect(await desk.query("select from letters where state = 'failed'")).toHaveLength(1);
  });
});

describe('whether letters go out', () => {
  const stopped = async () =>
    (await desk.query<{ reason: string }>('select stop_reason as reason from channels where stopped_at is not null'))[0]
      ?.reason;
  it('is stopped with a reason and goes on, each with its line in the audit and said before', async () => {
    const kim = await desk.as('kim');
    shows(await kim.page('/letters/sending'), 'No letter goes out.', 'Mails are read and decided as ever');
    const paused = await kim.post('/letters/pause', { reason: 'the relay is moved' });
    expect(await kim.after(paused)).toContain('No letter goes out until somebody lets them go.');
    expect(await stopped()).toBe('the relay is moved');
    const id = await put({ state: 'waiting' });
    await kim.act('release-letter', { letter: id });
    shows(await kim.page('/letters'), 'paused by console for kim@desk.example, the relay is moved', '1 letter waits.');
    await desk.until(
      'it waits',
      async () => (await desk.query("select from letters where state_code = 'stopped'")).length === 1,
    );
    const resumed = await kim.post('/letters/resume', {});
    expect(await kim.after(resumed)).toContain('Letters go out again; 1 that waited is on the way.');
    await desk.sink.waitFor(1);
    const told = await desk.query("select actor, action from audit where subject_kind = 'channel' order by id");
    expect(told).toEqual([
      { actor: 'console for kim@desk.example', action: 'letters-paused' },
      { actor: 'console for kim@desk.example', action: 'letters-resumed' },
    ]);
  });
  it('is no where the queue that hands them over is paused: since when, by whom and why', async () => {
    const kim = await desk.as('kim');
    await kim.post('/queues/outbound/pause', { reason: 'a new mail server' });
    const page = await kim.page('/letters');
    shows(page, 'the queue outbound is paused by console for kim@desk.example, a new mail server.', 'Since');
    expect(page).not.toContain('Letters go out');
    await kim.post('/queues/outbound/resume', {});
    shows(await kim.page('/letters'), 'Letters go out');
  });
  it('is not stopped without a reason, and not by a viewer', async () => {
    const kim = await desk.as('kim');
    const asked = await kim.post('/letters/pause', { reason: '  ' });
    expect([asked.status, (await asked.text()).includes('Say why')]).toEqual([422, true]);
    const vic = await desk.as('vic');
    expect(await vic.page('/letters/sending')).not.toContain('<form method="post" action="/letters/');
    for (const path of ['/letters/pause', '/letters/resume'])
      expect((await vic.post(path, { reason: 'x' })).status).toBe(403);
    expect(await stopped()).toBeUndefined();
  });
  it('is not stopped from elsewhere, nor without the token of the session', async () => {
    const kim = await desk.as('kim');
    for (const path of ['/letters/pause', '/letters/resume']) {
      expect((await kim.post(path, { reason: 'x', csrf: 'no' })).status).toBe(403);
      expect(
        (await kim.post(path, { reason: 'x' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }))
          .status,
      ).toBe(403);
    }
    expect(await stopped()).toBeUndefined();
  });
});
