/** POLICY §8.10, §9: a quarter of two sites by mail, in English and German, over SMTP in and out, while the test moves time. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { mail, registrySql } from '../../support/app.ts';
import { type SimulatedWeek, startWeek } from '../../support/clock/simulated-week.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { verified } from '../../support/staff-desk.ts';

let week: SimulatedWeek;
const by = { kind: 'command', staff: null } as const;
const act = async (name: string, input: object) => {
  const done = await perform(week.app, { act: name, input, by });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
};

beforeAll(async () => {
  week = await startWeek('2026-12-30T10:00:00Z');
  await week.query(registrySql);
  await act('put-site', {
    site: '1000512',
    entry: {
      ...{ name: 'Bergwerk', country: 'DE', timezone: 'Europe/Berlin', language: 'de' },
      contacts: [
        { name: 'Jutta Maier', email: 'jutta@bergwerk.example', role: 'primary' },
        { name: 'Uwe Kern', email: 'uwe@bergwerk.example', role: 'authorized user' },
        { name: 'Ina Roth', email: 'ina@bergwerk.example', role: 'authorized user' },
      ],
    },
  });
  await act('start-schedule', { kind: 'contact-lists' });
  await act('start-schedule', { kind: 're-attestation' });
  await week.pass('2026-12-30T10:05:00Z');
});
afterAll(() => week.stop());

const lettersTo = (to: string) => week.sink.letters.filter(({ rcptTo }) => rcptTo.includes(to));
const header = (raw: Buffer, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(raw.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';
const lastTo = (to: string) => {
  const letter = lettersTo(to).at(-1);
  if (!letter) throw new Error(`no letter went to ${to}`);
  return { id: header(letter.raw, 'Message-ID'), text: decoded(letter.raw).replaceAll(/\s+/g, ' ') };
};
/** An answer to the last letter that went to `to`. */
const answer = async (from: string, body: string, { to = from, genuine = true } = {}) => {
  const { id } = lastTo(to);
  const headers = [`In-Reply-To: ${id}`, ...(genuine ? [verified(from.split('@')[1])] : [])].join('\n');
  const raw = mail({ from, subject: 'Re: the people of our site', body, headers });
  await week.arrive(await week.clock.now(), raw, { mailFrom: from, rcptTo: ['support@desk.example'] });
  const [row] = await week.query<{ outcome: string }>('select outcome from mails order by id desc limit 1');
  return row?.outcome;
};
const onRecord = async (address: string) =>
  (await week.query('select from contact_addresses where address = $1', [address])).length === 1;

it('§9 the list of the month comes on its first business day, and CONTACTS CONFIRM settles it', async () => {
  await week.pass('2027-01-04T08:30:00Z');
  expect(lettersTo('ada@aldous.example')).toEqual([]);
  expect(lastTo('jutta@bergwerk.example').text).toContain('Ansprechpersonen von Bergwerk (1000512)');
  await week.pass('2027-01-04T09:01:00Z');
  expect(lastTo('ada@aldous.example').text).toContain('Something is missing for 2 people');
  expect(header(lettersTo('ada@aldous.example').at(-1)?.raw ?? Buffer.alloc(0), 'Auto-Submitted')).toBe(
    'auto-generated',
  );
  expect(await answer('ada@aldous.example', 'CONTACTS CONFIRM')).toBe('answer-settled');
  expect(await week.query("select subject_id from audit where action = 'contacts-confirmed'")).toEqual([
    { subject_id: '1000345' },
  ]);
  await week.pass('2027-01-04T18:00:00Z');
  expect(lettersTo('ada@aldous.example')).toHaveLength(2);
});

it('§8.10 who may open cases is answered line by line, and whoever goes hears it', async () => {
  await week.pass('2027-01-05T09:01:00Z');
  expect(lastTo('ada@aldous.example').text).toContain('KEEP ada@firm.example');
  expect(await answer('ada@aldous.example', 'REMOVE max@aldous.example\n\nAda')).toBe('answer-settled');
  expect(await onRecord('max@aldous.example')).toBe(false);
  expect(lastTo('max@aldous.example').text).toContain('removed');
  expect(lastTo('ada@aldous.example').text).toContain('Nothing is left to be answered');
});

it('§8.7, §11.2 nobody else decides: not a colleague, not another site, not a quote, and a mail that is not verified asks for a code', async () => {
  const to = 'jutta@bergwerk.example';
  const words = 'ENTFERNEN ina@bergwerk.example';
  expect(lastTo(to).text).toContain('wer noch Fälle eröffnen darf');
  for (const from of ['uwe@bergwerk.example', 'ada@aldous.example', 'stranger@elsewhere.example'])
    expect(await answer(from, words, { to })).not.toBe('answer-settled');
  expect(await answer(to, `Wir sehen es uns an.\n\nAm 5.1. schrieb Support:\n> ${words}`, { to })).not.toBe(
    'answer-settled',
  );
  expect(await onRecord('ina@bergwerk.example')).toBe(true);
});

it('§11.2 the code of the answer does what it said', async () => {
  const to = 'jutta@bergwerk.example';
  await week.pass('2027-01-12T08:30:00Z');
  expect(lastTo(to).text).toContain('noch keine Antwort');
  expect(await answer(to, 'ENTFERNEN ina@bergwerk.example', { genuine: false })).toBe('confirmation-asked');
  expect(await onRecord('ina@bergwerk.example')).toBe(true);
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(lastTo(to).text)?.[0] ?? '';
  expect(await answer(to, code, { genuine: false })).toBe('answer-settled');
  expect(await onRecord('ina@bergwerk.example')).toBe(false);
  expect(await onRecord('uwe@bergwerk.example')).toBe(true);
});

it('§8.10 without an answer it is reminded of, then listed for client care, and nothing changes', async () => {
  const before = lettersTo('jutta@bergwerk.example').length;
  await week.pass('2027-01-30T12:00:00Z');
  expect(lettersTo('jutta@bergwerk.example').length).toBe(before + 1);
  expect(await onRecord('uwe@bergwerk.example')).toBe(true);
  expect(
    await week.query("select last_result as r from schedule_turns where kind = 're-attestation' order by site_id"),
  ).toEqual([{ r: 'settled' }, { r: 'for-care' }]);
});
