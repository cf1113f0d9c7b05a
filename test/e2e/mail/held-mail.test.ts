import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { expireHeldMails } from '../../../src/flows/mail/expire-held.ts';
import { askDeciders } from '../../../src/flows/senders/ask-deciders.ts';
import { mailId } from '../../../src/foundation/ids.ts';
import { writeChanges } from '../../../src/store/changes/write.ts';
import { sweepMails } from '../../../src/store/intake/mails.ts';
import { createMeter } from '../../../src/web/metrics.ts';
import { startWeb, type WebWorker } from '../../../workers/web.ts';
import { answerHeld, api, refuseHeld, releaseHeld } from '../../support/acts/held.ts';
import { key, mail, registrySql, startApp } from '../../support/app.ts';
import { freePort, scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';

type Started = Awaited<ReturnType<typeof startApp>>;
let postern: Started;
let web: WebWorker;
const token = 'a token for the tests of held mail'.replaceAll(' ', '-');

const verified = (from: string) =>
  `Authentication-Results: mx.desk.example; dmarc=pass header.from=${from.split('@')[1]}`;
const lettersTo = (to: string) => postern.sink.letters.filter((letter) => letter.rcptTo.includes(to));
const text = (letter: { raw: Uint8Array } | undefined) =>
  Buffer.from(letter?.raw ?? [])
    .toString('utf8')
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const idOf = (letter: { raw: Uint8Array } | undefined) => /^Message-ID: (<.*>)\r$/im.exec(text(letter))?.[1] ?? '';

type Row = {
  id: string;
  outcome: string | null;
  reason: string;
  title: string | null;
  opened_at: Date | null;
  arrived_at: Date;
  number: string | null;
};
const mails = (subject: string) =>
  postern.query<Row>(
    `select m.id, m.outcome, m.reason, m.arrived_at, c.number, c.title, c.opened_at from mails m left join cases c on c.id = m.case_id where m.subject = $1 order by m.id`,
    [subject],
  );
const outcomes = async (subject: string) => (await mails(subject)).map((one) => one.outcome);
const decided = (subject: string, wanted: readonly (string | null)[]) =>
  postern.until(
    `${subject}: ${wanted}`,
    async () => JSON.stringify(await outcomes(subject)) === JSON.stringify(wanted),
  );

/** A mail of somebody, and the answer of a person at the customer to a letter of ours. */
async function write(from: string, subject: string, more: { body?: string; replyTo?: string; grade?: string } = {}) {
  const headers = [more.grade ?? verified(from), ...(more.replyTo ? [`In-Reply-To: ${more.replyTo}`] : [])].join('\n');
  await postern.handIn(mail({ subject, from, headers, ...(more.body ? { body: more.body } : {}) }), from);
}
const ada = 'ada@aldous.example';
const max = 'max@aldous.example';
const wait = (what: string, to: string, count: number) =>
  postern.until(what, async () => lettersTo(to).length === count);
const asked = async (address: string) =>
  await postern.query<{ id: string; answer: string | null }>(
    `select id, answer from sender_questions where address = $1 order by id`,
    [address],
  );
/** The letter that asks this person about that sender. */
async function questionAbout(sender: string, to: string) {
  const find = () =>
    lettersTo(to).find((letter) => /^Subject: Do/m.test(text(letter)) && text(letter).includes(sender));
  await postern.until(`a question about ${sender}`, async () => find() !== undefined);
  return find();
}
/** Some letter to this person says so. */
const told = (to: string, what: string) =>
  postern.until(what, async () => lettersTo(to).some((letter) => text(letter).includes(what)));
/** The letters that ask this person for a code, newest last. */
const codeLetters = (to: string) => lettersTo(to).filter((letter) => /^Subject: .*your code/m.test(text(letter)));
/** Lets the hour pass after which somebody may be asked again. */
const anHourLater = () =>
  postern.query(
    `update letters set created_at = created_at - interval '61 minutes' where template = 'sender-question'`,
  );

beforeAll(async () => {
  postern = await startApp({ API_TOKEN: token, HTTP_LISTEN: `127.0.0.1:${await freePort()}` });
  web = await startWeb(postern.app, { metrics: createMeter(), others: () => [] });
  await postern.query(registrySql);
});
afterAll(async () => {
  await web.close();
  await postern.stop();
});

describe('§3.r16: a sender with the PIN of a site, not on record there', () => {
  it('is held, has the neutral receipt, and the decider of the site is asked at once', async () => {
    await write('nora@elsewhere.example', 'PIN 345 Export fails');
    await decided('PIN 345 Export fails', ['held-unregistered']);
    await wait('the question', ada, 1);
    const letter = text(lettersTo(ada)[0]);
    expect(letter).toContain('nora@elsewhere.example');
    expect(letter).toContain('Export fails');
    const [question] = await asked('nora@elsewhere.example');
    expect(letter).toContain(`YES S${question?.id}`);
    expect(letter).not.toMatch(/PIN.{0,3}345/);
    await wait('the receipt', 'nora@elsewhere.example', 1);
    expect(lettersTo(max)).toHaveLength(0);
  });

  it('a second mail of that sender waits for the same answer, without a second question', async () => {
    await write('nora@elsewhere.example', 'PIN 345 Export fails again');
    await decided('PIN 345 Export fails again', ['held-unregistered']);
    expect(await asked('nora@elsewhere.example')).toHaveLength(1);
    expect(
      await askDeciders({
        database: postern.app.database,
        relay: postern.app.relay,
        letterBuilder: postern.app.letterBuilder,
        policy: postern.settings.policy,
      }),
    ).toBe(0);
    expect(lettersTo(ada)).toHaveLength(1);
  });

  it.each([
    ['a contact who is no decider', max, 'YES'],
    ['the sender', 'nora@elsewhere.example', 'YES'],
    ['a stranger', 'eve@elsewhere.example', 'YES'],
    ['a quote', ada, 'Who is that?\n\n> YES S1\n> YES'],
  ])('the answer of %s decides nothing', async (_, from, body) => {
    const subject = `Re: ${from} ${body.length}`;
    await write(from, subject, { body, replyTo: idOf(lettersTo(ada)[0]) });
    await postern.until('decided', async () => (await mails(subject))[0]?.outcome != null);
    expect((await asked('nora@elsewhere.example'))[0]?.answer).toBe(null);
  });

  it('§11.2 the answer of a decider whose mail is not verified decides nothing: a code is asked for', async () => {
    await write(ada, 'Re: unverified', {
      body: 'YES',
      replyTo: idOf(lettersTo(ada)[0]),
      grade: 'X-Nothing: 1',
    });
    await decided('Re: unverified', ['confirmation-asked']);
    await postern.until('the letter with the code', async () => codeLetters(ada).length === 1);
    await write(ada, 'Re: wrong code', {
      body: 'AAAA-AAAA',
      replyTo: idOf(codeLetters(ada)[0]),
      grade: 'X-Nothing: 1',
    });
    await postern.until('decided', async () => (await mails('Re: wrong code'))[0]?.outcome != null);
    expect((await asked('nora@elsewhere.example'))[0]?.answer).toBe(null);
  });

  it('a yes registers the sender, and both mails become cases with their times of arrival, in their order', async () => {
    await write(ada, 'Re: yes', { body: 'Yes\n\nBest wishes, Ada', replyTo: idOf(lettersTo(ada)[0]) });
    await decided('Re: yes', ['answer-settled']);
    await decided('PIN 345 Export fails', ['case-opened']);
    await decided('PIN 345 Export fails again', ['case-opened']);
    const [first] = await mails('PIN 345 Export fails');
    const [second] = await mails('PIN 345 Export fails again');
    expect(Number(first?.number)).toBeLessThan(Number(second?.number));
    expect(first?.opened_at).toEqual(first?.arrived_at);
    expect(
      await postern.query(
        `select c.name, c.role from contacts c join contact_addresses a on a.contact_id = c.id where a.address = 'nora@elsewhere.example'`,
      ),
    ).toEqual([{ name: 'nora', role: 'authorized user' }]);
    const list = await postern.query(`select outcome from decisions where mail_id = $1 order by id`, [first?.id]);
    expect(list).toEqual([{ outcome: 'held-unregistered' }, { outcome: 'case-opened' }]);
    await postern.until('two acknowledgements', async () => lettersTo('nora@elsewhere.example').length === 3);
    await told(ada, 'nora@elsewhere.example: registered');
  });

  it('§8.5 a later answer is told what was decided, and changes nothing', async () => {
    await write(ada, 'Re: no', { body: 'NO', replyTo: idOf(lettersTo(ada)[0]) });
    await decided('Re: no', ['answer-settled']);
    await told(ada, 'nora@elsewhere.example: had been registered before');
    expect((await asked('nora@elsewhere.example'))[0]?.answer).toBe('yes');
  });

  it('questions within the hour are gathered in one letter, and each line has its answer', async () => {
    await write('anna@elsewhere.example', 'PIN 345 First');
    await write('bert@elsewhere.example', 'PIN 345 Second');
    await decided('PIN 345 First', ['held-unregistered']);
    await decided('PIN 345 Second', ['held-unregistered']);
    const deps = {
      database: postern.app.database,
      relay: postern.app.relay,
      letterBuilder: postern.app.letterBuilder,
      policy: postern.settings.policy,
    };
    // The worker looks for itself once it has decided; it must have found the hour full before the hour has passed.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await askDeciders(deps)).toBe(0);
    await anHourLater();
    expect(await askDeciders(deps)).toBe(1);
    expect(await askDeciders(deps)).toBe(0);
    const gathered = await questionAbout('anna@elsewhere.example', ada);
    expect(text(gathered)).toContain('bert@elsewhere.example');
    const [a] = await asked('anna@elsewhere.example');
    const [b] = await asked('bert@elsewhere.example');
    await write(ada, 'Re: both', { body: `yes S${b?.id}\nS${a?.id}: no`, replyTo: idOf(gathered) });
    await decided('Re: both', ['answer-settled']);
    await decided('PIN 345 First', ['refused']);
    await decided('PIN 345 Second', ['case-opened']);
    expect(lettersTo('anna@elsewhere.example')).toHaveLength(1);
  });

  it('§11.2 the answer with the code decides, as a verified one does', async () => {
    await anHourLater();
    await write('cora@elsewhere.example', 'PIN 345 By code');
    await decided('PIN 345 By code', ['held-unregistered']);
    const question = await questionAbout('cora@elsewhere.example', ada);
    const grade = 'X-Nothing: 1';
    await postern.query(
      `update letters set created_at = created_at - interval '61 minutes' where template = 'confirm-code'`,
    );
    await write(ada, 'Re: who', { body: 'YES', replyTo: idOf(question), grade });
    await postern.until('the code', async () => codeLetters(ada).length === 2);
    const letter = codeLetters(ada)[1];
    const code =
      /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text(letter).split('\r\n\r\n').slice(1).join('\n'))?.[0] ?? 'no code';
    await write(ada, 'Re: the code', { body: code, replyTo: idOf(letter), grade });
    await decided('PIN 345 By code', ['case-opened']);
    expect(await outcomes('Re: who')).toEqual(['answer-settled']);
    expect(await outcomes('Re: the code')).toEqual(['answer-settled']);
    await told(ada, 'cora@elsewhere.example: registered');
  });

  it('after a no nobody is asked about that sender again', async () => {
    await write('anna@elsewhere.example', 'PIN 345 Once more');
    await decided('PIN 345 Once more', ['held-unregistered']);
    expect((await asked('anna@elsewhere.example')).map((one) => one.answer)).toEqual(['no']);
  });
});

describe('§3.r10: a stranger on a case', () => {
  let number = '';
  it("the case's contact is asked, and once lets that person write on this case", async () => {
    await anHourLater();
    await write(max, 'PIN 345 Import hangs');
    await decided('PIN 345 Import hangs', ['case-opened']);
    number = (await mails('PIN 345 Import hangs'))[0]?.number ?? '';
    await write('rick@partner.example', `Re: [Case ${number}] my log`);
    await decided(`Re: [Case ${number}] my log`, ['held-stranger-on-case']);
    const question = await questionAbout('rick@partner.example', max);
    await write(max, 'Re: rick', { body: 'ONCE', replyTo: idOf(question) });
    await decided('Re: rick', ['answer-settled']);
    await decided(`Re: [Case ${number}] my log`, ['case-updated']);
    await write('rick@partner.example', `Re: [Case ${number}] more of it`);
    await decided(`Re: [Case ${number}] more of it`, ['case-updated']);
    expect(await postern.query(`select from contact_addresses where address = 'rick@partner.example'`)).toHaveLength(0);
  });

  it('contact registers the person as well, and not refuses the mail', async () => {
    await anHourLater();
    await write('zoe@partner.example', `Re: [Case ${number}] zoe`);
    await decided(`Re: [Case ${number}] zoe`, ['held-stranger-on-case']);
    const zoe = await questionAbout('zoe@partner.example', max);
    await write(max, 'Re: zoe', { body: 'CONTACT', replyTo: idOf(zoe) });
    await decided(`Re: [Case ${number}] zoe`, ['case-updated']);
    expect(await postern.query(`select from contact_addresses where address = 'zoe@partner.example'`)).toHaveLength(1);
    await anHourLater();
    await write('eve@partner.example', `Re: [Case ${number}] eve`);
    const eve = await questionAbout('eve@partner.example', max);
    await write(max, 'Re: eve', { body: 'not.', replyTo: idOf(eve) });
    await decided(`Re: [Case ${number}] eve`, ['refused']);
  });
});

describe('§3 "Held mail" in the hands of a person', () => {
  const release = (id: string, how = {}) => releaseHeld(postern.app, id, how);
  const held = async (subject: string, from: string, more = {}) => {
    await write(from, subject, more);
    await postern.until('held', async () => (await outcomes(subject))[0]?.startsWith('held-') ?? false);
    return (await mails(subject))[0]?.id ?? '';
  };

  it('releases a mail of an unregistered sender: a case, at its time of arrival; a second time is a conflict', async () => {
    const id = await held('PIN 345 Released', 'ulla@elsewhere.example');
    expect(await release(id)).toMatchObject({ before: 'held-unregistered', after: 'case-opened' });
    await expect(release(id)).rejects.toThrow(/not held: it was decided case-opened/);
    await expect(refuseHeld(postern.app, id)).rejects.toMatchObject({ code: 'conflict' });
    const lines = await postern.query(
      `select actor, action from audit where subject_kind = 'mail' and subject_id = $1 order by id`,
      [id],
    );
    expect(lines).toContainEqual({ actor: 'api', action: 'mail-released' });
  });

  it('of two people at once one wins, and the other is told', async () => {
    const id = await held('PIN 345 Twice', 'twice@elsewhere.example');
    const both = await Promise.allSettled([release(id), release(id), refuseHeld(postern.app, id)]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of both) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
  });

  it('shows what a release would come to, and comes to that', async () => {
    const ids = [
      await held('PIN 345 Shown one', 'vera@elsewhere.example'),
      await held('PIN 345 Shown two', 'vera@elsewhere.example'),
    ];
    const asked = { act: 'release-mail', input: { mail: ids[0] ?? '', register: {} }, by: api };
    const before = await postern.query('select count(*) from audit');
    const shown = await perform(postern.app, { ...asked, preview: true });
    if (shown.kind !== 'preview') throw new Error(`it was not shown: ${shown.kind}`);
    expect(await postern.query('select count(*) from audit')).toEqual(before);
    expect(shown.preview.changes.map((one) => one.change)).toEqual([
      'mail-released',
      'sender-registered',
      'mails-put-back',
    ]);
    expect(shown.preview.decisions?.map((one) => [one.mail, one.outcome])).toEqual(
      ids.map((id) => [id, 'case-opened']),
    );
    expect(shown.preview.decisions?.[0]?.letters).toContain('acknowledgement to the contact is sent');
    const done = await perform(postern.app, { ...asked, expect: shown.preview.fingerprint });
    expect(done).toMatchObject({ kind: 'done', done: { changes: shown.preview.changes } });
    for (const one of shown.preview.decisions ?? []) {
      const [row] = await postern.query('select outcome, reason from mails where id = $1', [one.mail]);
      expect(row).toEqual({ outcome: one.outcome, reason: one.reason });
    }
  });

  it('§3.r10, §3.r16 is answered for by staff, as the preview has shown: on record, once on the case, or not', async () => {
    const on = (await mails('PIN 345 Import hangs'))[0]?.number;
    for (const [answer, subject, from, becomes] of [
      ['yes', 'PIN 345 Theirs', 'yves@elsewhere.example', 'case-opened'],
      ['once', `Re: [Case ${on}] yannis`, 'yannis@partner.example', 'case-updated'],
      ['no', 'PIN 345 Not theirs', 'yvo@elsewhere.example', 'refused'],
    ] as const) {
      const id = await held(subject, from);
      const act = { act: 'answer-sender-question', input: { mail: id, answer }, by: api } as const;
      const shown = await perform(postern.app, { ...act, preview: true });
      if (shown.kind !== 'preview') throw new Error(`it was not shown: ${shown.kind}`);
      expect(await outcomes(subject)).not.toEqual([becomes]);
      const decisions = shown.preview.decisions ?? [];
      expect(decisions.map((one) => one.outcome)).toEqual(answer === 'no' ? [] : [becomes]);
      expect(await perform(postern.app, { ...act, expect: shown.preview.fingerprint })).toMatchObject({ kind: 'done' });
      await decided(subject, [becomes]);
      expect(await asked(from)).toMatchObject([{ answer }]);
      expect(await perform(postern.app, act)).toMatchObject({ kind: 'refused', why: 'conflict' });
      const onRecord = await postern.query('select from contact_addresses where address = $1', [from]);
      expect(onRecord).toHaveLength(answer === 'yes' ? 1 : 0);
    }
  });

  it('asks for the site where the mail names none, and takes it as number or PIN', async () => {
    const unknown = await held('Where is my licence?', 'wanda@elsewhere.example');
    await expect(release(unknown)).rejects.toThrow(/give the site number or the PIN/);
    expect(await release(unknown, { site: '1000345' })).toMatchObject({ before: 'held-unknown', after: 'case-opened' });
    const needed = await held('No PIN at hand', max);
    await expect(release(needed)).rejects.toThrow(/names no site/);
    expect(await release(needed, { pin: '345' })).toMatchObject({ before: 'held-pin-needed', after: 'case-opened' });
    const other = await held('Wrong site', 'wim@elsewhere.example');
    await expect(release(other, { site: '9999999' })).rejects.toMatchObject({ code: 'bad-input' });
    await postern.query(
      `insert into sites (number, name, country, timezone, language) values ('1000678', 'Bell', 'GB', 'Europe/London', 'en');
       insert into pins (site_id, pin) select id, '678' from sites where number = '1000678'`,
    );
    await expect(release(other, { site: '1000345', pin: '678' })).rejects.toThrow(
      'the PIN is not that of site 1000345',
    );
  });

  it('registers the sender by the rules of the registry, and decides all their mails as those of a contact', async () => {
    const first = await held('PIN 345 Yan one', 'yan@elsewhere.example');
    await held('PIN 345 Yan two', 'yan@elsewhere.example');
    await expect(release(first, { register: { role: 'primary' } })).rejects.toThrow(/primaries/);
    expect(await outcomes('PIN 345 Yan one')).toEqual(['held-unregistered']);
    const done = await release(first, { register: { name: 'Yan Wu', role: 'technical contact' } });
    expect(done).toMatchObject({ after: 'case-opened' });
    expect(await outcomes('PIN 345 Yan two')).toEqual(['case-opened']);
    expect(await postern.query(`select name, role from contacts where name = 'Yan Wu'`)).toEqual([
      { name: 'Yan Wu', role: 'technical contact' },
    ]);
  });

  it('decides a mail that was held for its grade without the grade', async () => {
    const id = await held('PIN 345 Failed', ada, {
      grade: 'Authentication-Results: mx.desk.example; dmarc=fail (p=reject) header.from=aldous.example',
    });
    expect(await outcomes('PIN 345 Failed')).toEqual(['held-unauthenticated']);
    expect(await release(id)).toMatchObject({ before: 'held-unauthenticated', after: 'case-opened' });
  });

  it('a stranger on a case is let in on that case once released', async () => {
    const number = (await mails('PIN 345 Import hangs'))[0]?.number;
    const id = await held(`Re: [Case ${number}] sue`, 'sue@partner.example');
    expect(await release(id)).toMatchObject({ before: 'held-stranger-on-case', after: 'case-updated', case: number });
  });

  it('answers by hand: one letter for one text, and the mail stays held', async () => {
    const id = await held('Do you sell spoons?', 'sam@elsewhere.example');
    await wait('the receipt', 'sam@elsewhere.example', 1);
    const given = { text: 'Dear Sam,\n\nwe sell no spoons.\n\nKim' };
    const answered = await Promise.all([1, 2, 3].map(() => answerHeld(postern.app, id, given)));
    expect(new Set(answered.map((one) => one.letter)).size).toBe(1);
    await wait('the answer', 'sam@elsewhere.example', 2);
    const letter = text(lettersTo('sam@elsewhere.example')[1]);
    expect(letter).toContain('we sell no spoons.');
    expect(letter).not.toContain('Do you sell');
    expect(await outcomes('Do you sell spoons?')).toEqual(['held-unknown']);
    await refuseHeld(postern.app, id);
    expect(await outcomes('Do you sell spoons?')).toEqual(['refused']);
    await expect(answerHeld(postern.app, id, given)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is refused after 90 days, once a day, and its questions close', async () => {
    const id = await held('PIN 345 Old one', 'old@elsewhere.example');
    await postern.query(`update mails set stored_at = now() - interval '91 days' where id = $1`, [id]);
    const deps = {
      database: postern.app.database,
      relay: postern.app.relay,
      letterBuilder: postern.app.letterBuilder,
      policy: postern.settings.policy,
      acts: postern.app.acts,
    };
    const withStaff = {
      ...deps,
      policy: { ...deps.policy, desk: { ...deps.policy.desk, staff: ['kim@desk.example'] } },
    };
    expect(await expireHeldMails(withStaff)).toBe(1);
    expect(await outcomes('PIN 345 Old one')).toEqual(['refused']);
    expect((await asked('old@elsewhere.example')).map((one) => one.answer)).toEqual(['expired']);
    await wait('the list', 'kim@desk.example', 1);
    expect(text(lettersTo('kim@desk.example')[0])).toContain(`Mail ${id}`);
    await postern.query(`update mails set stored_at = now() - interval '91 days' where outcome = 'held-unknown'`);
    expect(await expireHeldMails(withStaff)).toBe(0);
  });

  it('over the API: 200, 404, 409 and 422, with the reason', async () => {
    const post = async (path: string, body?: unknown) => {
      const answer = await fetch(`http://127.0.0.1:${web.port}/api/v1/mails/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const media = answer.headers.get('content-type')?.split(';')[0];
      return { status: answer.status, media, ...((await answer.json()) as Record<string, unknown>) };
    };
    const problem = 'application/problem+json';
    const id = await held('Hello from outside', 'olga@elsewhere.example');
    expect(await post('987654/release')).toMatchObject({ status: 404, media: problem });
    expect(await post(`${id}/release`)).toMatchObject({
      status: 409,
      media: problem,
      detail: expect.stringMatching(/site number/),
    });
    expect(await post(`${id}/release`, { site: '9999999' })).toMatchObject({ status: 422, media: problem });
    expect(await post(`${id}/release`, { sites: '1000345' })).toMatchObject({ status: 400, media: problem });
    expect(await post(`${id}/answer`, { text: 'Guten Tag', language: 'de' })).toMatchObject({
      status: 200,
      to: 'olga@elsewhere.example',
    });
    const registered = await post(`${id}/release`, { pin: '345', register: { name: 'Olga Lind' } });
    expect(registered).toMatchObject({ status: 200, id, before: 'held-unknown', after: 'case-opened' });
    const other = await held('Hello once more', 'otto@elsewhere.example');
    expect(await post(`${other}/refuse`)).toMatchObject({ status: 200, after: 'refused' });
    expect(await post(`${id}/refuse`)).toMatchObject({ status: 409, detail: expect.stringContaining('case-opened') });
  });

  it('on the command line: listed by reason, released, refused, answered; exit 1 with the reason', async () => {
    const folder = scratch('held');
    const env = {
      DATABASE_URL: postern.app.databaseUrl,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      DNS_SERVERS: 'off',
    };
    const run = (...words: string[]) => typed(folder, env, 'mail', ...words);
    const id = await held('PIN 345 By hand', 'hanna@elsewhere.example');
    const listed = await run('held', '--reason', 'unregistered', '--json');
    expect(
      listed.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toContainEqual(
      expect.objectContaining({ id, outcome: 'held-unregistered', from: 'hanna@elsewhere.example', asked: true }),
    );
    const shown = await run('show', id);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(`Mail ${id}  PIN 345 By hand`);
    expect(shown.out).toMatch(/arrived {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC\n/);
    expect(shown.out).toContain(`postern mail release ${id}`);
    expect(JSON.parse((await run('show', id, '--json')).out)).toMatchObject({ id, outcome: 'held-unregistered' });
    for (const none of ['999999999', 'x'])
      expect(await run('show', none)).toMatchObject({ code: 1, err: `There is no mail ${none}.\n` });
    writeFileSync(join(folder, 'text'), 'We look into it.');
    expect(await run('answer', id, '--text-file', 'text')).toMatchObject({
      code: 0,
      out: expect.stringContaining('stays held'),
    });
    expect(await run('release', id)).toMatchObject({ code: 0, out: expect.stringContaining('case-opened') });
    expect(await run('refuse', id)).toMatchObject({ code: 1, err: expect.stringContaining('not held') });
  });

  it('a yes registers also where the registry has other faults, and names nobody twice', async () => {
    await anHourLater();
    await held('PIN 345 Without a primary', 'wilma@elsewhere.example');
    const toYan = await questionAbout('wilma@elsewhere.example', 'yan@elsewhere.example');
    await postern.query(`update contacts set role = 'authorized user' where name = 'Ada Byron'`);
    await write('yan@elsewhere.example', 'Re: wilma', { body: 'YES', replyTo: idOf(toYan) });
    await decided('PIN 345 Without a primary', ['case-opened']);
    await postern.query(`update contacts set role = 'primary' where name = 'Ada Byron'`);
    expect(await postern.query(`select from contact_addresses where address = 'wilma@elsewhere.example'`)).toHaveLength(
      1,
    );
  });

  it('a release that is killed before the mail was decided is finished by another worker', async () => {
    const id = await held('PIN 345 Killed', 'kira@elsewhere.example');
    const { database, relay } = postern.app;
    await database.transaction(async (tx) => {
      const [row] = await postern.query<{ fence: string }>('select fence::text from mails where id = $1', [id]);
      const released = { kind: 'mail-released', mail: mailId(id), fence: row?.fence ?? '', at: '', by: api } as const;
      const admitted = { by: 'api', site: null };
      await writeChanges(tx, [{ ...released, was: 'held-unregistered', admitted }]);
    });
    await postern.query(
      `update mails set due_at = now() - interval '1 second', claimed_at = now() - interval '46 seconds' where id = $1`,
      [id],
    );
    expect(await sweepMails(database)).toBe(1);
    relay.wake();
    await decided('PIN 345 Killed', ['case-opened']);
  });

  it('§8.5 of two deciders who answer at once the first counts, whichever it is', async () => {
    await anHourLater();
    await held('PIN 345 Both', 'both@elsewhere.example');
    const [toAda, toYan] = [
      await questionAbout('both@elsewhere.example', ada),
      await questionAbout('both@elsewhere.example', 'yan@elsewhere.example'),
    ];
    await Promise.all([
      write(ada, 'Re: ada says', { body: 'YES', replyTo: idOf(toAda) }),
      write('yan@elsewhere.example', 'Re: yan says', { body: 'NO', replyTo: idOf(toYan) }),
    ]);
    await decided('Re: ada says', ['answer-settled']);
    await decided('Re: yan says', ['answer-settled']);
    const [question] = await asked('both@elsewhere.example');
    await decided('PIN 345 Both', [question?.answer === 'yes' ? 'case-opened' : 'refused']);
    expect(
      await postern.query(`select from audit where action = 'sender-answered' and detail->>'question' = $1`, [
        question?.id,
      ]),
    ).toHaveLength(1);
    const known = await postern.query(`select from contact_addresses where address = 'both@elsewhere.example'`);
    expect(known).toHaveLength(question?.answer === 'yes' ? 1 : 0);
  });

  it('I8 every mail that was let in or refused has its line in the audit', async () => {
    expect(
      await postern.query(
        `select m.id from mails m where m.outcome = 'refused' and not exists (select from audit a where a.subject_kind = 'mail' and a.subject_id = m.id::text and a.action = 'mail-refused')`,
      ),
    ).toEqual([]);
    expect(await postern.query(`select id from mails where state = 'new'`)).toEqual([]);
  });
});
