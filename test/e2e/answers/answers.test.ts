import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCodes } from '../../../src/foundation/code-form.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { findCase } from '../../../src/store/reports/reports.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  postern = await startApp();
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

const ada = 'ada@aldous.example';
const verified = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';

/** Hands a mail in and waits until it and its letters are done; gives its outcome. */
async function write(given: Parameters<typeof mail>[0]) {
  const [before] = await postern.query<{ n: string }>('select coalesce(max(id), 0) as n from mails');
  await postern.handIn(mail(given), ada);
  type Row = { id: string; outcome: string; rule: string; case: string | null };
  let found: Row | undefined;
  await postern.until('decided', async () => {
    [found] = await postern.query<Row>(
      `select m.id, m.outcome, d.rule, (select number from cases c where c.id = m.case_id) as case
       from mails m join decisions d on d.mail_id = m.id where m.id > $1 and m.state = 'decided' order by d.id desc`,
      [before?.n],
    );
    return found !== undefined;
  });
  await postern.until(
    'sent',
    async () => (await postern.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );
  return found as Row;
}

async function lastLetter() {
  const letter = postern.sink.letters.filter((one) => one.rcptTo.includes(ada)).at(-1);
  if (!letter) throw new Error('no letter');
  expect(brokenRules(letter.raw, { to: ada, from: 'support@desk.example' })).toEqual([]);
  const parsed = await simpleParser(Buffer.from(letter.raw));
  const text = parsed.text ?? '';
  return { id: parsed.messageId ?? '', text, subject: parsed.subject ?? '', code: findCodes(text)[0] ?? '' };
}
const answering = (id: string, more = '') => `In-Reply-To: ${id}${more}`;
const later = (minutes: number) =>
  postern.query(`update letters set created_at = created_at - make_interval(mins => $1)`, [minutes]);
const letters = () => postern.sink.letters.filter((one) => one.rcptTo.includes(ada)).length;

describe('an answer without what was asked for', () => {
  it('§3.r16a a yes in place of the code is asked back, and the code in answer to that letter is the same one', async () => {
    await write({ subject: 'PIN', body: '' });
    const asked = await lastLetter();
    const yes = await write({ subject: 'Re: code', body: 'Yes, that was me.', headers: answering(asked.id) });
    expect(yes).toMatchObject({ outcome: 'answer-not-understood', rule: 'r16a', case: null });
    const again = await lastLetter();
    expect(again.text).toContain('A yes alone is not enough');
    expect(again.text).not.toContain(asked.code);

    // A program that drops what the thread began with: only the letter that asked back leads to the code.
    const wrong = await write({ subject: 'Re: x', body: '7777-ABCD', headers: answering(again.id) });
    expect(wrong).toMatchObject({ outcome: 'command-refused', rule: 'r5' });
    expect(await postern.query(`select wrong from confirmation_codes`)).toEqual([{ wrong: 1 }]);
    const spaced = asked.code.replace('-', '').split('').join(' ');
    const right = await write({ subject: 'Re: x', body: spaced, headers: answering(again.id) });
    expect(right).toMatchObject({ outcome: 'answer-settled', rule: 'r5' });
    expect((await lastLetter()).text).toContain('PIN: 345');
    const kept = await postern.query<{ facts: string }>(`select facts::text as facts from mails where id = $1`, [
      right.id,
    ]);
    expect(kept[0]?.facts).not.toContain(spaced);
    expect(kept[0]?.facts).toContain('••••-••••');
  }, 60_000);

  it('§3.r16a three letters an hour and five a day about one question, and the last one says so', async () => {
    await later(24 * 60);
    const held = await write({ subject: 'Scanner is dead', body: 'It shows nothing.', headers: verified });
    expect(held.outcome).toBe('held-pin-needed');
    const { id } = await lastLetter();
    const words = ['I have none.', 'Where would it be?', 'My boss is away.', 'Nobody here knows.', 'Not on my desk.'];
    const answer = async (at: number) => {
      const before = letters();
      const body = `${words[at % words.length]} ${'again '.repeat(Math.floor(at / words.length))}`;
      const reply = await write({ subject: 'Re: Scanner is dead', body, headers: answering(id, `\n${verified}`) });
      expect(reply).toMatchObject({ outcome: 'answer-not-understood', rule: 'r16a' });
      return letters() === before ? 'silence' : /our last letter/.test((await lastLetter()).text) ? 'last' : 'sent';
    };
    const said: string[] = [];
    for (let at = 0; at < 4; at += 1) said.push(await answer(at));
    // The letter that asked for the PIN first is one of the three.
    expect(said).toEqual(['sent', 'last', 'silence', 'silence']);
    await later(61);
    // The third of its kind today: the last one, unless something new is written, which it is.
    expect(await answer(4)).toBe('last');
    expect(await answer(5)).toBe('last');
    await later(61);
    expect(await answer(6)).toBe('silence');
    // It waits all the same.
    const mended = await write({
      subject: 'Re: Scanner is dead',
      body: '345',
      headers: answering(id, `\n${verified}`),
    });
    expect(mended).toMatchObject({ outcome: 'answer-settled' });
    expect(await postern.query(`select outcome from mails where id = $1`, [held.id])).toEqual([
      { outcome: 'case-opened' },
    ]);
  }, 90_000);
});

describe('§3 the case number without brackets', () => {
  const openOne = async (subject: string) => {
    const opened = await write({ subject: `PIN 345 ${subject}`, body: 'It does not work.', headers: verified });
    expect(opened.outcome).toBe('case-opened');
    return opened.case as string;
  };

  it('NEW takes what a bare number had led to a case off it, with its time of arrival', async () => {
    await later(24 * 60);
    const number = await openOne('Badge is refused');
    const added = await write({ subject: `Case ${number}`, body: 'The door of hall 3 hums.', headers: verified });
    expect(added).toMatchObject({ outcome: 'case-updated', rule: 'r9', case: number });
    const receipt = await lastLetter();
    expect(receipt.text).toContain(`added it there`);
    expect((await findCase(postern.app.database, number))?.messages.map((one) => one.mail)).toContain(added.id);

    const off = await write({
      subject: `Re: ${receipt.subject}`,
      body: 'NEW',
      headers: answering(receipt.id, `\n${verified}`),
    });
    expect(off).toMatchObject({ outcome: 'answer-settled', rule: 'r5' });
    const own = off.case as string;
    expect(own).not.toBe(number);
    const [after] = await postern.query<{ outcome: string; number: string; same: boolean }>(
      `select m.outcome, c.number, c.opened_at = m.arrived_at as same from mails m join cases c on c.id = m.case_id where m.id = $1`,
      [added.id],
    );
    expect(after).toEqual({ outcome: 'case-opened', number: own, same: true });
    const old = await findCase(postern.app.database, number);
    expect(old?.messages.map((one) => one.mail)).not.toContain(added.id);
    expect(old?.status).toBe('open');
    expect(old?.links).toEqual([{ kind: 'linked', case: own }]);
    expect(old?.events.map((one) => one.kind)).toEqual(expect.arrayContaining(['linked', 'taken-off']));
    const made = await findCase(postern.app.database, own);
    expect(made?.title).toBe('The door of hall 3 hums.');
    expect(made?.messages.find((one) => one.mail === added.id)?.text).toContain('hums');
    expect(made?.links).toEqual([{ kind: 'linked', case: number }]);
    const acknowledged = await lastLetter();
    expect(acknowledged.text).toContain(`Case ${own}`);
    expect(acknowledged.text).toContain(`Case ${number}`);

    const twice = await write({ subject: 'Re: x', body: 'NEW', headers: answering(receipt.id, `\n${verified}`) });
    expect(twice).toMatchObject({ outcome: 'case-updated', case: own });
  }, 60_000);

  it('a bare number at severity 1 opens a case of its own that is linked, and the old one goes on', async () => {
    await later(24 * 60);
    const number = await openOne('Export is slow');
    const grave = await write({
      subject: `Case ${number}: nothing works`,
      body: 'Severity: 1\n\nNobody can work.',
      headers: verified,
    });
    expect(grave).toMatchObject({ outcome: 'case-followed-up', rule: 'r9' });
    expect(grave.case).not.toBe(number);
    const { text } = await lastLetter();
    expect(text).toContain(`Linked to: Case ${number}`);
    expect(
      await postern.query(`select from audit where action = 'case-linked' and subject_id = $1`, [number]),
    ).toHaveLength(1);
    // What is linked has not taken its place.
    const on = await write({ subject: `Re: Export [Case ${number}]`, body: 'Still slow.', headers: verified });
    expect(on).toMatchObject({ outcome: 'case-updated', case: number });
  }, 60_000);
});
