/** Access by mail alone, by IMAP and SMTP (POLICY §8.1 to §8.7): asked for, verified, decided, taken back, ended; in English and German. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessDesk, desk, type Sent, startAccessDesk, verified, written } from '../../support/access-desk.ts';

const ada = 'Ada Byron <ada@aldous.example>';
const tom = 'Tom Hale <tom@aldous.example>';
const uta = 'Uta Brandt <uta@brandt.example>';

let here: AccessDesk;
beforeAll(async () => {
  here = await startAccessDesk({ mailbox: true });
});
afterAll(() => here?.stop());

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const addressOf = (from: string): string => /<(.*)>/.exec(from)?.[1] ?? from;
const reply = (from: string, answers: Sent, body: string, headers?: readonly string[]) =>
  here.write({ from, answers, subject: `Re: ${answers.subject}`, body, ...(headers && { headers }) });

/** Asked for and verified; the letter to the decider. */
async function asked(from: string, site: string, country: string, decider: string, say = 'Yes'): Promise<Sent> {
  const body = `Name: ${from.split(' <')[0]}\nCountry: ${country}\nRole: authorized user\nJustification: Runs the label printers.`;
  await here.write({ from, to: desk.access, subject: `ACCESS ${site}`, body });
  const verify = await here.letter(addressOf(from), 'access-verify');
  await here.letter(addressOf(from), 'access-verify');
  const had = (await here.lettersTo(addressOf(decider), 'access-question')).length;
  await reply(from, verify, say);
  await here.tick();
  return here.letter(addressOf(decider), 'access-question', had + 1);
}

describe('in English', () => {
  const nora = 'Nora Eck <nora@freelance.example>';
  let question: Sent;
  let granted: Sent;

  it('asks whoever asks to show that the address is theirs', async () => {
    const body =
      'Name: Nora Eck\nCountry: United Kingdom\nRole: technical contact\nJustification: I run the label printers.';
    expect(await here.write({ from: nora, to: desk.access, subject: 'ACCESS 1000345', body })).toMatchObject({
      outcome: 'access-requested',
      rule: 'r11',
    });
    await here.tick();
    const verify = await here.letter('nora@freelance.example', 'access-verify');
    expect(verify.text).toContain('Please reply to this message');
    expect(verify.text).not.toMatch(/Aldous|1000345|label/);
    // Nobody of the site hears before that.
    expect(await here.lettersTo('ada@aldous.example', 'access-question')).toEqual([]);
  });

  it('makes a caller with limits of them, and brings the request to the deciders and the site technical contact', async () => {
    await reply(nora, await here.letter('nora@freelance.example', 'access-verify'), 'Yes, that was me.');
    await here.letter('nora@freelance.example', 'access-next');
    await here.tick();
    expect((await here.letter('nora@freelance.example', 'access-caller')).text).toMatch(/severity 3 and 4/);
    question = await here.letter('ada@aldous.example', 'access-question');
    for (const part of ['Nora Eck', 'nora@freelance.example', 'I run the label printers', '1000345', 'GRANT', 'DENY 1'])
      expect(question.text).toContain(part);
    expect((await here.letter('tom@aldous.example', 'access-question')).text).toContain('GRANT');
    const technical = await here.letter('sam@aldous.example', 'access-question');
    expect(technical.text).toContain('you need not do anything');
    // Sam may not decide, and is told so.
    expect(await reply('Sam Reed <sam@aldous.example>', technical, 'GRANT')).toMatchObject({
      outcome: 'answer-settled',
    });
    expect((await here.letter('sam@aldous.example', 'access-settled')).text).toContain('may not decide');
  });

  it('lets the caller open a case of severity 3 and never shows the PIN', async () => {
    await here.write({ from: nora, subject: 'PIN 345 All printers stand [S1]', body: 'Severity: 1\nNothing prints.' });
    const [opened] = await here.query<{ severity: number }>(
      `select severity from cases where contact_address = 'nora@freelance.example'`,
    );
    expect(opened).toEqual({ severity: 3 });
    await here.write({ from: nora, subject: 'PIN', body: 'PIN' });
    const texts = (await here.lettersTo('nora@freelance.example')).map(({ text }) => text);
    expect(texts.some((text) => /\b345\b/.test(text))).toBe(false);
  });

  it('takes the first decision of one of them, and tells the other what was decided', async () => {
    expect(await reply(ada, question, `GRANT\nuntil: ${day(90)}\n\n-- \nAda`)).toMatchObject({
      outcome: 'answer-settled',
      rule: 'r5',
    });
    granted = await here.letter('ada@aldous.example', 'access-settled');
    expect(granted.text).toMatch(/has access to Aldous Robotics as authorized user/);
    expect(granted.text).toContain('in 60 minutes');
    await reply(tom, await here.letter('tom@aldous.example', 'access-question'), 'DENY 1');
    expect((await here.letter('tom@aldous.example', 'access-settled')).text).toMatch(
      /had been granted before your answer came, by Ada Byron/,
    );
    expect((await here.steps('nora@freelance.example')).filter((kind) => /granted|denied/.test(kind))).toEqual([
      'granted',
    ]);
  });

  it('is taken back by who decided, and by nobody else', async () => {
    await reply(tom, await here.letter('tom@aldous.example', 'access-question'), 'UNDO');
    expect((await here.letter('tom@aldous.example', 'access-settled', 2)).text).toContain('Only whoever decided');
    await reply(ada, granted, 'UNDO');
    expect((await here.letter('ada@aldous.example', 'access-settled', 2)).text).toMatch(/is taken back/);
    const [one] = await here.query(`select role from contacts where name = 'Nora Eck'`);
    expect(one).toEqual({ role: 'provisional caller' });
    expect(await here.lettersTo('nora@freelance.example', 'access-decided')).toEqual([]);
  });

  it('decides again by the letter that tells of that; the first one, which has decided once, needs a code', async () => {
    expect(await reply(ada, question, 'GRANT')).toMatchObject({ outcome: 'confirmation-asked' });
    await here.letter('ada@aldous.example', 'confirm-code');
    const again = (await here.lettersTo('ada@aldous.example', 'access-settled')).at(-1) as Sent;
    await reply(ada, again, `GRANT until ${day(90)}`);
    await here.letter('ada@aldous.example', 'access-settled', 3);
    expect((await here.steps('nora@freelance.example')).filter((kind) => kind === 'granted')).toHaveLength(2);
  });

  it('welcomes the asker when the hour is over', async () => {
    await here.pass('59 minutes');
    expect(await here.lettersTo('nora@freelance.example', 'access-decided')).toEqual([]);
    await here.pass('2 minutes');
    const welcome = await here.letter('nora@freelance.example', 'access-decided');
    expect(welcome.subject).toContain('Welcome');
    expect(welcome.text).toContain('authorized user');
    await reply(ada, granted, 'UNDO');
    expect((await here.letter('ada@aldous.example', 'access-settled', 4)).text).toContain('that time is over');
  });

  it('tells both a week before the access ends by itself, and ends it', async () => {
    const request = `(select max(request_id) from access_request_steps where by = 'contact 1')`;
    const until = (date: string) =>
      here.query(
        `update access_request_steps set detail = detail || jsonb_build_object('until', $1::text)
         where kind = 'granted' and request_id = ${request}`,
        [date],
      );
    await here.query('alter table access_request_steps disable trigger user');
    await until(day(5));
    await here.pass('90 days');
    expect((await here.letter('nora@freelance.example', 'access-decided', 2)).subject).toContain('ends soon');
    expect((await here.letter('ada@aldous.example', 'access-settled', 5)).text).toContain('ends after');
    await until(day(-2));
    await here.query('update access_requests set timer_at = now() where timer_at is not null');
    await here.tick();
    expect((await here.letter('nora@freelance.example', 'access-decided', 3)).subject).toContain('has ended');
    expect(await here.query(`select 1 from contacts where name = 'Nora Eck'`)).toEqual([]);
  });
});

describe('in German', () => {
  const jan = 'Jan Lehr <jan@buero.example>';

  it('reminds after one and three business days, and hands over to client care after ten', async () => {
    const body =
      'Guten Tag,\n\nmein Name ist Jan Lehr.\nLand: Deutschland\nRolle: Benutzer\nBegründung: Ich betreue die Druckserver.';
    await here.write({ from: jan, to: desk.access, subject: 'Zugang 2000345', body });
    await here.tick();
    const verify = await here.letter('jan@buero.example', 'access-verify');
    expect(verify.subject).toMatch(/Bitte/);
    await reply(jan, verify, 'Ja, das war ich.\n\nGrüße\nJan Lehr');
    await here.tick();
    const question = await here.letter('uta@brandt.example', 'access-question');
    expect(question.text).toContain('Ich betreue die Druckserver');
    const steps = async () => (await here.steps('jan@buero.example')).filter((kind) => /reminded|handed/.test(kind));
    let days = 0;
    const until = async (count: number) => {
      for (; (await steps()).length < count && days < 40; days += 1) await here.pass('1 day');
      return days;
    };
    expect(await until(1)).toBeLessThanOrEqual(4);
    expect((await here.letter('uta@brandt.example', 'access-question', 2)).subject).toMatch(/Erinnerung/);
    expect(await until(2)).toBeLessThanOrEqual(6);
    await here.letter('uta@brandt.example', 'access-question', 3);
    expect(await until(3)).toBeGreaterThanOrEqual(12);
    expect(await steps()).toEqual(['reminded', 'reminded', 'handed-over']);
    expect((await here.letter(desk.care, 'access-with-care')).text).toContain('Jan Lehr');
    expect(await here.query('select 1 from care_clocks where done_at is null')).toHaveLength(1);
  });

  it('asks back what cannot be read, and takes the answer to a reminder', async () => {
    const reminder = (await here.lettersTo('uta@brandt.example', 'access-question')).at(-1) as Sent;
    expect(await reply(uta, reminder, 'GENEHMIGT als Kaiser')).toMatchObject({ outcome: 'answer-not-understood' });
    expect((await here.letter('uta@brandt.example', 'access-settled')).text).toContain('Kaiser');
    await reply(uta, reminder, 'ABLEHNEN 2 Bitte wenden Sie sich an Frau Voss. SOFORT'.replace(' SOFORT', ''));
    expect((await here.letter('uta@brandt.example', 'access-settled', 2)).text).toMatch(/abgelehnt/);
    expect(await here.query('select 1 from care_clocks where done_at is null')).toEqual([]);
    await here.pass('61 minutes');
    const denied = await here.letter('jan@buero.example', 'access-decided');
    expect(denied.text).toContain('Frau Voss');
    expect(await here.query(`select 1 from contacts where name = 'Jan Lehr'`)).toEqual([]);
  });

  it('grants at once with NOW, and in the words of a sentence', async () => {
    const eva = 'Eva Rust <eva@buero.example>';
    const question = await asked(eva, '2000345', 'Deutschland', uta, 'Ja');
    await reply(uta, question, 'Ja, genehmigt, sofort.');
    await here.letter('uta@brandt.example', 'access-settled', 3);
    await here.tick();
    expect((await here.letter('eva@buero.example', 'access-decided')).subject).toMatch(/Willkommen/);
  });
});

describe('wherever nobody of the site can decide', () => {
  it('hands over at once, by a clock of one business day', async () => {
    const from = 'Ina Moor <ina@elsewhere.example>';
    const body = 'Country: GB\nJustification: I keep their licences in order.';
    await here.write({ from, to: desk.access, subject: 'ACCESS 3000345', body });
    await here.tick();
    await reply(from, await here.letter('ina@elsewhere.example', 'access-verify'), 'Yes');
    await here.tick();
    expect((await here.letter(desk.care, 'access-with-care', 2)).text).toContain('has nobody who decides');
    expect(await here.query('select 1 from care_clocks where done_at is null')).toHaveLength(1);
  });
});

describe('a number that is right and one that is not', () => {
  const blank = (text: string) => text.replace(/\d+/g, '#');
  const played = async (n: number, site: string) => {
    const address = `same${n}@stranger${n}.example`;
    const from = `Same <${address}>`;
    const body = 'Country: GB\nJustification: I work with their printers.';
    await here.write({ from, to: desk.access, subject: `ACCESS ${site}`, body });
    await here.tick();
    const verify = await here.letter(address, 'access-verify');
    await reply(from, verify, 'Yes');
    const next = await here.letter(address, 'access-next');
    return { address, letters: [verify, next].map(({ subject, text }) => [subject, blank(text)]) };
  };

  it('bring the same letters up to and with the one after verifying; client care has the wrong one', async () => {
    const known = await played(1, '1000345');
    const unknown = await played(2, '7654321');
    expect(unknown.letters).toEqual(known.letters);
    await here.tick();
    await here.letter(known.address, 'access-caller');
    expect((await here.letter(desk.care, 'access-with-care', 3)).text).toContain('7654321');
    expect((await here.lettersTo(unknown.address)).length).toBe(2);
  });

  it('counts a wrong number that stands only in the answer', async () => {
    const from = 'Bea Funk <bea@wrong.example>';
    const body = 'Country: GB\nJustification: I work with their printers.';
    await here.write({ from, to: desk.access, subject: 'Access please', body });
    await here.tick();
    await reply(from, await here.letter('bea@wrong.example', 'access-verify'), 'Yes.\nSite: 7654320');
    const [counted] = await here.query<{ wrong: number }>(
      `select sum(wrong)::int as wrong from pin_tries where key = 'bea@wrong.example'`,
    );
    expect(counted).toEqual({ wrong: 1 });
    await here.tick();
    expect((await here.letter(desk.care, 'access-with-care', 4)).text).toContain('7654320');
  });
});

describe('a decision is safe', () => {
  it('is done by one of two who answer at once, and the other hears of it', async () => {
    const question = await asked('Two Atonce <two@atonce.example>', '1000345', 'GB', ada);
    // Letters of the tests before may be on their way still.
    const about = async (to: string, template: string): Promise<Sent> => {
      const found = async () =>
        (await here.lettersTo(to, template)).find(({ text }) => text.includes('two@atonce.example'));
      await here.until(`${template} to ${to}`, async () => (await found()) !== undefined, 30);
      return (await found()) as Sent;
    };
    const other = await about('tom@aldous.example', 'access-question');
    await Promise.all([
      here.take(written({ from: ada, answers: question, subject: 'Re: a', body: 'GRANT' })),
      here.take(written({ from: tom, answers: other, subject: 'Re: b', body: 'DENY 3' })),
    ]);
    const texts = [
      await about('ada@aldous.example', 'access-settled'),
      await about('tom@aldous.example', 'access-settled'),
    ].map(({ text }) => text);
    expect((await here.steps('two@atonce.example')).filter((kind) => /granted|denied/.test(kind))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('before your answer came'))).toHaveLength(1);
  });

  it('asks an unverified decider for a code, and is done with it', async () => {
    const question = await asked('Una Ward <una@ward.example>', '1000345', 'GB', ada);
    const codes = (await here.lettersTo('ada@aldous.example', 'confirm-code')).length;
    const result = await reply(ada, question, 'GRANT', ['X-Nothing: found']);
    expect(result).toMatchObject({ outcome: 'confirmation-asked' });
    expect(await here.steps('una@ward.example')).not.toContain('granted');
    const code = await here.letter('ada@aldous.example', 'confirm-code', codes + 1);
    const [typed = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(code.text) ?? [];
    await reply(ada, code, typed, ['X-Nothing: found']);
    expect(await here.steps('una@ward.example')).toContain('granted');
  });

  it('is not done from a quote, nor forty days after it was asked for', async () => {
    const question = await asked('Ola Berg <ola@berg.example>', '1000345', 'GB', ada);
    const before = (await here.lettersTo('ada@aldous.example', 'access-settled')).length;
    const quoted = await reply(
      ada,
      question,
      `What is this?\n\nOn Monday Support wrote:\n${question.text.replace(/^/gm, '> ')}`,
    );
    expect(quoted).toMatchObject({ outcome: 'answer-not-understood' });
    await here.query(
      `update access_request_steps set at = at - interval '41 days' where kind = 'asked' and request_id =
       (select id from access_requests where address = 'ola@berg.example')`,
    );
    // Both letters leave in their own time: the first one has to be out before the second is waited for.
    await here.letter('ada@aldous.example', 'access-settled', before + 1);
    await reply(ada, question, 'GRANT');
    expect(await here.steps('ola@berg.example')).not.toContain('granted');
    const told = await here.letter('ada@aldous.example', 'access-settled', before + 2);
    expect(told.text).toContain('by this message any more');
  });

  it('keeps no token at rest: rows and letters hold its hash or are sealed', async () => {
    const question = (await here.lettersTo('ada@aldous.example', 'access-question')).at(-1) as Sent;
    const token = /\.([0-9a-f]{32})@/.exec(question.messageId)?.[1] ?? 'none';
    expect(token).toHaveLength(32);
    const rows = await here.query(`select 1 from letters where message_id like $1 or position($2::bytea in raw) > 0`, [
      `%${token}%`,
      Buffer.from(token),
    ]);
    expect(rows).toEqual([]);
    expect(await here.query('select 1 from mails where facts::text like $1', [`%${token}%`])).toEqual([]);
    expect(verified(ada)).toContain('aldous.example');
  });
});
