/** The overview and the pages of queues and mailboxes: what they say of what stands, and what can be done there. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mail, registrySql } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

type Visitor = Awaited<ReturnType<TestConsole['as']>>;
let desk: TestConsole;
let kim: Visitor;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  for (const queue of ['intake', 'outbound', 'upkeep'] as const) await desk.app.queues.resume(queue);
  // What waits for another try would be waited for.
  await desk.query(`update mails set state = 'dead' where state = 'new'`);
  await desk.anew(registrySql);
  kim = await desk.as('kim');
});

/** Figures are looked at every few seconds. */
const shows = (path: string, what: string | RegExp, visitor = kim) =>
  desk.until(
    `${path} shows ${what}`,
    async () => {
      const page = await visitor.page(path);
      return typeof what === 'string' ? page.includes(what) : what.test(page);
    },
    15,
  );
const post = (visitor: Visitor, path: string, form: Record<string, string> = {}) => visitor.post(path, form);
const failedMail = async (state: 'new' | 'dead', cause: string, id = 1) => {
  const [row] = await desk.query(
    `insert into mails (arrived_at, door, door_name, sha256, size, state, tries, last_failure, due_at)
     values (now(), 'hand', 'x', sha256($1), 1, $2, 5, $3, now() + interval '1 hour') returning id`,
    [`${cause}${id}`, state, cause],
  );
  return String(row?.id);
};

describe('the overview', () => {
  it('says first what is wrong, with its cause, what is safe, and a way out that a digit opens', async () => {
    await failedMail('dead', 'parser-crashed');
    await failedMail('dead', 'parser-crashed', 2);
    await shows('/', '2 mails could not be decided and were given up.');
    const page = await kim.page('/');
    expect(page).toContain('the reader of mail broke on it');
    expect(page).toContain('They are kept as they came');
    expect(page).toMatch(/action="\/do\/retry-mails"/);
    expect(page).toContain('2 mails are decided again now');
    expect(page).toMatch(/data-key="[1-9]"/);
  });

  it('retries all of a cause from there, once, as it was shown', async () => {
    const id = await failedMail('dead', 'parser-crashed');
    await shows('/', '1 mail could not be decided and was given up.');
    const page = await kim.page('/');
    const form = /action="\/do\/retry-mails"[\s\S]*?<\/form>/.exec(page)?.[0] ?? '';
    const fields = Object.fromEntries(
      [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value.replaceAll('&quot;', '"'),
      ]),
    );
    const answer = await kim.post('/do/retry-mails', fields);
    expect(answer.status).toBe(303);
    const [audit] = await desk.query(`select actor, subject_id from audit where action = 'mail-retried'`);
    expect(audit).toEqual({ actor: 'console for kim@desk.example', subject_id: id });
    expect((await kim.post('/do/retry-mails', fields)).status).not.toBe(303);
  });

  it('shows the figures of mail that came and letters that went', async () => {
    await desk.handIn(mail({ subject: 'PIN 345 The vault is shut' }));
    await desk.sink.waitFor(2);
    await shows('/', /Mails in, today<\/span><strong>1</);
    await shows('/', /Arrival to acknowledgement, p95<\/span><strong><span[^>]*>[0-9.]+ s/);
  });

  it('offers to take a case that nobody has, by the one who looks', async () => {
    await desk.query(
      `insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
       values ('500001', 1, 'The arm drifts', 1, 'incident', 'open', now(), 'ada@aldous.example', 'en')`,
    );
    await shows('/', '<a href="/cases/500001">Case 500001</a> (severity 1, Aldous Robotics) has no owner.');
    expect(await kim.page('/')).toMatch(/action="\/do\/take-case"/);
    expect((await kim.act('take-case', { case: '500001' })).status).toBe(303);
    expect(await kim.page('/')).not.toContain('has no owner');
  });

  it('tells a viewer the same and offers nothing', async () => {
    await failedMail('dead', 'parser-crashed');
    const vic = await desk.as('vic');
    await shows('/', '1 mail could not be decided and was given up.', vic);
    expect(await vic.page('/')).not.toContain('action="/do/retry-mails"');
    expect(await vic.page('/')).toMatch(/You are viewer; this takes/);
  });

  it('asks whoever has not signed in to do so', async () => {
    for (const path of ['/', '/queues', '/queues/hours', '/queues/board', '/queues/mailboxes/support'])
      expect((await desk.ask(path)).status).toBe(303);
  });
});

describe('queues', () => {
  it('says of each what it is for, what waits and who works', async () => {
    const page = await kim.page('/queues');
    for (const text of ['Deciding mail', 'Sending letters', 'What is due by the clock', 'case-timers', 'retention'])
      expect(page).toContain(text);
  });

  it('pauses one with a reason that everybody reads, keeps what waits, and goes on', async () => {
    const answer = await post(kim, '/queues/intake/pause', { reason: 'a new parser comes' });
    expect(answer.status).toBe(303);
    const paused = await kim.after(answer);
    expect(paused).toContain('The queue intake is paused.');
    const [card = ''] = /<section class="card queue" id="intake".*?<\/section>/s.exec(paused) ?? [];
    expect(card).toMatch(/>paused<.*a new parser comes.*>Resume</s);
    await desk.handIn(mail({ subject: 'PIN 345 While it is paused' }));
    await shows('/queues', 'a new parser comes');
    await shows('/', 'Mail is not decided: the queue intake has been paused');
    expect(await desk.query(`select from mails where state = 'decided'`)).toHaveLength(0);
    // Where the queue was lost it is paused again.
    await desk.app.queues.resume('intake');
    await desk.runClock();
    expect((await desk.app.queues.look()).find(({ queue }) => queue === 'intake')?.paused).toBe(true);
    const resumed = await kim.after(await post(kim, '/queues/intake/resume'));
    expect(/<section class="card queue" id="intake".*?<\/section>/s.exec(resumed)?.[0]).toMatch(/Pause it/);
    expect(resumed).not.toContain('a new parser comes');
    await desk.until(
      'it is decided',
      async () => (await desk.query(`select from mails where state = 'decided'`)).length === 1,
    );
    const rows = await desk.query(`select actor, action from audit where subject_kind = 'queue' order by id`);
    expect(rows).toEqual([
      { actor: 'console for kim@desk.example', action: 'queue-paused' },
      { actor: 'console for kim@desk.example', action: 'queue-resumed' },
    ]);
  });

  it('is turned by whoever may, from our own pages alone, and by a name that there is', async () => {
    const vic = await desk.as('vic');
    expect((await post(vic, '/queues/intake/pause', { reason: 'x' })).status).toBe(403);
    expect((await kim.post('/queues/intake/pause', { csrf: '', reason: 'x' })).status).toBe(403);
    expect(
      (await kim.post('/queues/intake/pause', { reason: 'x' }, { origin: 'https://elsewhere.example' })).status,
    ).toBe(403);
    expect((await post(kim, '/queues/nothing/pause', { reason: 'x' })).status).toBe(404);
    expect((await post(kim, '/queues/intake/burn')).status).toBe(404);
    expect((await desk.app.queues.look()).some(({ paused }) => paused)).toBe(false);
  });

  it('throws jobs away and says that their rows come back, which they do', async () => {
    await post(kim, '/queues/intake/pause', { reason: 'a flood' });
    await desk.handIn(mail({ subject: 'PIN 345 In the flood' }));
    await desk.until('the job waits', async () => ((await desk.app.queues.counts()).intake.paused ?? 0) > 0);
    const emptied = await post(kim, '/queues/intake/empty');
    expect(emptied.status).toBe(303);
    expect(await kim.after(emptied)).toMatch(/thrown away; the rows behind them are queued anew/);
    await post(kim, '/queues/intake/resume');
    await desk.query('update mails set due_at = now()');
    await desk.runClock();
    await desk.until(
      'it is decided',
      async () => (await desk.query(`select from mails where state = 'decided'`)).length === 1,
    );
  });

  it('groups what failed by its cause, with the mails behind it', async () => {
    const id = await failedMail('new', 'TypeError: x is not a function\n    at decide (/a.ts)');
    await shows('/queues', 'TypeError: x is not a function');
    expect(await kim.page('/queues')).toContain('Try it now');
    expect(await kim.page('/queues')).not.toContain('at decide');
    expect(id).toMatch(/^\d+$/);
  });

  it('shows single jobs in a frame of its own policy', async () => {
    expect(await kim.page('/queues/jobs')).toContain('src="/queues/board"');
    const board = await kim.get('/queues/board');
    expect(board.status).toBe(200);
    expect(board.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(board.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('draws the hours, with a table for whoever has no scripts', async () => {
    await desk.handIn(mail({ subject: 'PIN 345 By the hour' }));
    await shows('/queues/hours', /<th scope="row"><time/);
    expect(await kim.page('/queues/hours')).toMatch(/data-chart="\[\[\d+/);
  });
});

describe('a mailbox', () => {
  beforeEach(() =>
    desk.query(
      `insert into mailboxes (name, epoch, uid_validity, watermark, seen, stored) values ('support', 1, '7', 120, 12, 10)`,
    ),
  );

  it('shows its ledger with the difference, and asks for UIDs again with what will follow', async () => {
    await desk.runClock();
    const page = await kim.page('/queues/mailboxes/support');
    expect(page).toMatch(/Since it is known<\/th><td>12<\/td><td>10<\/td>/);
    expect(page).toContain('pill bad');
    const fields = { from: '100', to: '140' };
    const input = { mailbox: 'support' };
    const preview = await post(kim, '/do/fetch-again/preview', { input: JSON.stringify(input), ...fields });
    expect(await preview.text()).toContain('UIDs 100 to 120 of mailbox support are looked at again');
    await kim.act('fetch-again', input, fields);
    const [asked] = await desk.query(
      'select from_uid::int as from, to_uid::int as to, asked_by as by from mailbox_refetches',
    );
    expect(asked).toEqual({ from: 100, to: 120, by: 'console for kim@desk.example' });
    expect(await kim.page('/queues/mailboxes/support')).toContain('waits for the next look');
  });

  it('fetches one range at a time: of two who ask at once one is told', async () => {
    const nia = await desk.as('nia');
    const [one, two] = await Promise.all(
      [kim, nia].map((who, i) =>
        who.act('fetch-again', { mailbox: 'support' }, { from: `${10 * i + 1}`, to: `${10 * i + 5}` }),
      ),
    );
    expect([one?.status, two?.status].toSorted()).toEqual([303, 409]);
    const told = await (one?.status === 409 ? one : two)?.text();
    expect(told).toContain('A range of mailbox support is being fetched already; wait until it is done.');
    expect(await desk.query('select from mailbox_refetches where done_at is null')).toHaveLength(1);
    await expect(
      desk.query(
        "insert into mailbox_refetches (mailbox, epoch, from_uid, to_uid, asked_by) values ('support', 1, 1, 2, 'x')",
      ),
    ).rejects.toThrow(/mailbox_refetches_one/);
  });

  it('that is not there is said, with what to do', async () => {
    const answer = await kim.get('/queues/mailboxes/nothing');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is no mailbox nothing');
  });
});
