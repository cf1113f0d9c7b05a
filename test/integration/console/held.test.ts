import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../src/foundation/pin-form.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { heldMail, outcomeOf } from '../../support/held-mails.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
});
afterAll(() => postern.stop());
beforeEach(() => postern.anew());

const held = (from: string, subject: string, more = {}) => heldMail(postern, from, subject, more);
const outcome = (id: string) => outcomeOf(postern, id);
/** The text of a page without its tags. */
const words = (page: string): string =>
  page
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
const shown = async (path: string, who: 'kim' | 'vic' = 'kim') => words(await (await postern.as(who)).page(path));

describe('held mail', () => {
  it('is counted as it is after each act, on the page that tells of it', async () => {
    const ids = [await held('zoe@aldous.example', 'PIN 345 Robot arm drifts'), await held('a@b.example', 'Buy arms')];
    const kim = await postern.as('kim');
    const counts = (page: string) =>
      [...page.matchAll(/data-live="held\.(?:count|tab\.all)"[^>]*>(\d*)/g)].map(([, count]) => count);
    await postern.until('both are counted', async () => counts(await kim.page('/held')).join() === '2,2');
    const refused = await kim.after(await kim.act('refuse-mail', { mail: ids[0] }, { back: '/held' }));
    expect(counts(refused)).toEqual(['1', '1']);
    const again = await kim.after(await kim.act('hold-again', { mail: ids[0] }, { back: '/held' }));
    expect(counts(again)).toEqual(['2', '2']);
  });

  it('says that nobody waits where nothing is held', async () => {
    expect(await shown('/held')).toContain('Nobody waits.');
    expect(await shown('/held?reason=spam')).toContain('Nothing is held as spam.');
    expect(await shown('/held?reason=refused')).toContain('Nothing was refused.');
  });

  it('is listed by kind, with who wrote, how sure that is, and about what', async () => {
    await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', { name: 'Zoe Hart' });
    await held('office@build-it.example', 'PIN 345 Urgent', { name: 'Kim Oster', grade: 'none' });
    await held('max@aldous.example', 'The export is slow');
    const page = await shown('/held');
    expect(page).toContain('zoe@aldous.example verified');
    expect(page).toContain('office@build-it.example name looks like staff');
    expect(page).toMatch(/Not registered 2 · just now/);
    expect(page).toMatch(/PIN needed 1 · just now/);
    expect(page).toMatch(/Robot arm drifts — Aldous Robotics, asked/);
    const narrow = await shown('/held?reason=pin-needed');
    expect(narrow).toContain('max@aldous.example');
    expect(narrow).not.toContain('zoe@aldous.example');
  });

  it('is opened with the evidence in words, what would come of it now, and earlier mails of the sender', async () => {
    const before = await held('zoe@aldous.example', 'Good morning');
    const id = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', {
      name: 'Zoe Hart',
      body: 'It drifts by 2 mm.\n\n> Since when?',
    });
    await postern.until(
      'Ada is asked',
      async () => (await postern.query('select from sender_question_letters')).length === 1,
    );
    const page = await shown(`/held?row=${id}`);
    expect(page).toContain('The PIN 345 is that of Aldous Robotics, but this address is not on record there.');
    expect(page).toMatch(/2 colleagues of aldous\.example are on record/);
    expect(page).toMatch(/Contract Entitled on/);
    expect(page).toMatch(/Ada Byron, .*: whether they belong to the site\. No answer yet\./);
    expect(page).toContain('It drifts by 2 mm.');
    expect(page).toContain('Decided again now it would be held for the same reason.');
    expect(page).toMatch(/Good morning held: unknown/);
    expect(page).toMatch(/Register and release r .*It opens a case of severity 3, first answer by/);
    expect(page).not.toContain(`the whole mail ${before}`);
  });

  it('is shown as far as it can be where its bytes are sealed under another key', async () => {
    const secret = ['7BCDEFGH', '7BCDEFGJ', '7BCDEFGK'].map(privilegedPinOf).find((pin) => pin !== null);
    const id = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', { body: `The PIN is ${secret}.` });
    expect(await postern.query('select from mail_bytes where sealed')).toHaveLength(1);
    await postern.query(
      `insert into held_trials (mail_id, fence, mark, outcome, lets_in)
       select id, fence, 'x', 'case-opened', true from mails
       on conflict (mail_id) do update set lets_in = true`,
    );
    // The id of the key stands behind the first octet, the tag at the end.
    const key = 'set_byte(raw, 3, 255 - get_byte(raw, 3))';
    for (const change of [key, `set_byte(${key}, 40, 255 - get_byte(raw, 40))`]) {
      await postern.query(`update mail_bytes set raw = ${change}`);
      await postern.query('update held_trials set lets_in = true');
      const opened = await shown(`/held?row=${id}`);
      expect(opened).toContain('It cannot be opened. It quotes a secret, and is sealed under a key');
      expect(opened).toContain('Robot arm drifts');
      expect(await shown('/held')).toContain('Robot arm drifts');
      expect(await shown('/held/let-in')).toContain('Robot arm drifts');
      expect(await shown(`/held/many?do=release&mail=${id}`)).toContain('Left out: it cannot be done to these');
      const attached = await (await postern.as('kim')).get(`/mails/${id}/attachments/0`);
      expect(words(await attached.text())).toMatch(
        /a SECRET_KEY that is not set any more: put the older key back|does not open/,
      );
    }
  });

  it('names itself to nobody who has no session', async () => {
    for (const path of ['/held', '/held/let-in', '/held/let-in/offer', '/held/many'])
      expect((await postern.ask(path)).headers.get('location')).toMatch(/^\/sign-in/);
  });

  it('offers nothing to who may only see, and says why', async () => {
    const id = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts');
    const page = await shown(`/held?row=${id}`, 'vic');
    expect(page).toContain('You are viewer; this takes');
    const vic = await postern.as('vic');
    expect((await vic.act('release-mail', { mail: id, register: {} })).status).toBe(403);
    await vic.post('/held/many', { do: 'refuse', mail: [id] });
    expect(await outcome(id)).toBe('held-unregistered');
  });
});

describe('what is done with held mail', () => {
  const next = (page: string, act: string) => {
    const form = new RegExp(`action="/do/${act}".*?</form>`, 's').exec(page)?.[0] ?? '';
    const value = (name: string) =>
      (new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&');
    return { input: JSON.parse(value('input') || '{}'), expect: value('expect'), back: value('back') };
  };

  it('is as it was shown, and leads to the next mail of the list', async () => {
    const first = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', { name: 'Zoe Hart' });
    const second = await held('yan@aldous.example', 'PIN 345 Robot arm turns', { name: 'Yan Li' });
    const kim = await postern.as('kim');
    const form = next(await kim.page(`/held?row=${second}`), 'release-mail');
    expect(form.input).toEqual({ mail: second, register: {} });
    expect(form.back).toBe(`/held?row=${first}`);
    const answer = await kim.act('release-mail', form.input, { expect: form.expect, back: form.back, sure: '' });
    expect(answer.status).toBe(303);
    expect(words(await kim.after(answer))).toMatch(/yan@aldous\.example becomes a contact of site 1000345/);
    expect(await outcome(second)).toBe('case-opened');
  });

  it('is told to the second of two, whose words are kept', async () => {
    const id = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', { name: 'Zoe Hart' });
    const [kim, nia] = [await postern.as('kim'), await postern.as('nia')];
    await kim.act('release-mail', { mail: id, register: {} });
    const answer = await nia.act('answer-mail', { mail: id }, { text: 'Which arm is it?' });
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(words(page)).toContain('kim@desk.example was faster and has let it in.');
    expect(page).toContain('Which arm is it?');
    expect(await shown(`/held?row=${id}`)).toMatch(/is held no more\. kim@desk\.example has released it/);
  });

  it('a refusal stands with its reason, and is taken back by its undo', async () => {
    const id = await held('zoe@elsewhere.example', 'Buy cheap arms');
    const kim = await postern.as('kim');
    const page = await kim.after(await kim.act('refuse-mail', { mail: id }, { reason: 'An advertisement' }));
    expect(page).toMatch(/action="\/do\/hold-again"/);
    expect(await shown(`/held?reason=refused&row=${id}`)).toContain('A person has refused the mail: An advertisement');
    await kim.act('hold-again', { mail: id });
    expect(await outcome(id)).toBe('held-unknown');
    expect(await shown('/held?reason=unknown')).toContain('zoe@elsewhere.example');
  });
});

describe('many at once', () => {
  const ended = (run: string) =>
    postern.until(
      `${run} is over`,
      async () =>
        (await postern.query("select from bulk_runs where id = $1 and state = 'done'", [run.split('/').at(-1)]))
          .length === 1,
    );
  /** Returns the page of its progress, once all is done. */
  async function many(fields: Record<string, string | string[]>, who: 'kim' | 'nia' = 'kim'): Promise<string> {
    const somebody = await postern.as(who);
    const run = (await somebody.post('/held/many', { back: '/held', ...fields })).headers.get('location') ?? '';
    await ended(run);
    return words(await somebody.page(run));
  }
  it('are shown with what follows for each, done, and told; those that cannot be are left out', async () => {
    const able = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', { name: 'Zoe Hart' });
    const unable = await held('zoe@elsewhere.example', 'Good morning');
    const kim = await postern.as('kim');
    const page = await kim.page(`/held/many?do=release&mail=${able}&mail=${unable}&back=%2Fheld`);
    expect(words(page)).toMatch(/Release 1 /);
    expect(words(page)).toMatch(/Left out: it cannot be done to these zoe@elsewhere\.example/);
    const expected = /name="expect" value="([0-9a-f]+)"/.exec(page)?.[1] ?? '';
    const answer = await kim.post('/held/many', { do: 'release', mail: [able], expect: [expected], back: '/held' });
    const run = answer.headers.get('location') ?? '';
    expect(run).toMatch(/^\/bulk\/\d+$/);
    await ended(run);
    expect(words(await kim.page(run))).toContain('All 1 are done.');
    expect([await outcome(able), await outcome(unable)]).toEqual(['case-opened', 'held-unknown']);
  });
  it('are refused with one reason, and held again', async () => {
    const ids = [await held('a@elsewhere.example', 'Buy arms'), await held('b@elsewhere.example', 'Buy legs')];
    await many({ do: 'refuse', mail: ids, expect: ['', ''], reason: 'Advertisements' });
    expect(await Promise.all(ids.map(outcome))).toEqual(['refused', 'refused']);
    const page = await (await postern.as('kim')).page('/held');
    expect(/data-live="held\.count"[^>]*>([^<]*)</.exec(page)?.[1]).toBe('');
    await many({ do: 'again', mail: ids });
    expect(await Promise.all(ids.map(outcome))).toEqual(['held-unknown', 'held-unknown']);
  });
  it('say what became of those that somebody was faster with', async () => {
    const ids = [await held('a@elsewhere.example', 'Buy arms'), await held('b@elsewhere.example', 'Buy legs')];
    await (await postern.as('nia')).act('refuse-mail', { mail: ids[0] });
    const page = await many({ do: 'refuse', mail: ids });
    expect(page).toContain('1 of 2 done, 1 not.');
    expect(page).not.toContain('It goes on when this page is closed');
    expect(page).toContain('nia@desk.example was faster and has refused it.');
  });
});

describe('what kept mails is mended', () => {
  it('and they are offered on the page and in the notice, shown with what each becomes, and let in', async () => {
    const id = await held('zoe@aldous.example', 'PIN 345 Robot arm drifts');
    const kim = await postern.as('kim');
    expect(words(await kim.page('/held/let-in/offer'))).not.toContain('would be let in');
    const done = await kim.act('add-contact', {
      ...{ site: '1000345', address: 'zoe@aldous.example', name: 'Zoe Hart', role: 'authorized user' },
    });
    expect(await kim.after(done)).toMatch(/href="\/held\/let-in">One held mail would be let in now/);
    expect(await shown('/held')).toContain('One of these would be let in now.');
    expect(await shown('/held/let-in')).toMatch(/zoe@aldous\.example .* Opens a case of severity 3, first answer by/);
    expect((await kim.post('/held/let-in', {})).headers.get('location')).toMatch(/^\/bulk\//);
    await postern.until('it is let in', async () => (await outcome(id)) === 'case-opened');
    expect(await shown('/held')).not.toContain('of these would be let in');
  });

  it('so many of them that one run does not hold all: as many are let in as the button says', async () => {
    await postern.query(
      `insert into mails (arrived_at, door, door_name, sha256, size, state, outcome, from_address, subject)
       select now() - n * interval '1 second', 'hand', 'x', sha256(n::text::bytea), 1, 'decided', 'held-unregistered',
         format('zoe%s@aldous.example', n), format('Held %s', n)
       from generate_series(1, 10050) n`,
    );
    await postern.query(
      `insert into held_trials (mail_id, fence, mark, outcome, lets_in)
       select id, fence, 'x', 'case-opened', true from mails`,
    );
    const kim = await postern.as('kim');
    const page = await kim.page('/held/let-in');
    expect(words(page)).toContain('these 10,000+ mails');
    expect(words(page)).toContain('Let 5,000 of them in');
    expect(words(page)).not.toContain('Let all 10');
    const count = /name="count" value="(\d+)"/.exec(page)?.[1] ?? '';
    const run = (await kim.post('/held/let-in', { count })).headers.get('location') ?? '';
    await kim.post(`${run}/stop`, {});
    const id = run.split('/').at(-1);
    expect(await postern.query('select total from bulk_runs where id = $1', [id])).toEqual([{ total: 5000 }]);
    const few = (await kim.post('/held/let-in', { count: '2' })).headers.get('location') ?? '';
    const [second] = await postern.query('select total from bulk_runs where id = $1', [few.split('/').at(-1)]);
    expect(second).toEqual({ total: 2 });
  });
});
