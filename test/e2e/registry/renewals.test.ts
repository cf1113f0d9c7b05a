/** POLICY §10, §3.r12: a renewal of two sites by mail, in English and French, over SMTP in and out, while the test moves time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { mail, registrySql } from '../../support/app.ts';
import { type SimulatedWeek, startWeek } from '../../support/clock/simulated-week.ts';
import { decoded } from '../../support/mails/gateway.ts';
import { remove, scratch } from '../../support/process.ts';
import { firm } from '../../support/renewals-desk.ts';
import { verified } from '../../support/staff-desk.ts';

let week: SimulatedWeek;
const folder = scratch('renewals');
const by = { kind: 'command', staff: null } as const;
const act = async (name: string, input: object) => {
  const done = await perform(week.app, { act: name, input, by });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
};
const [number, french] = ['1000512', '1000513'];

beforeAll(async () => {
  const file = join(folder, 'postern.yaml');
  writeFileSync(
    file,
    [
      'staff:',
      '  - { name: Rita Born, email: rita@desk.example, roles: [renewal representative] }',
      '  - { name: Robin Vale, email: robin@desk.example, roles: [manager], hours: always }',
      '',
    ].join('\n'),
  );
  week = await startWeek('2026-12-30T10:00:00Z', {
    POSTERN_CONFIG: file,
    RENEWALS_ADDRESS: 'renewals@desk.example',
  });
  await week.query(registrySql);
  await act('put-site', { site: number, entry: { ...firm(number, { ends: '2027-03-31' }), pin: '512' } });
  const paris = { ends: '2027-03-31', language: 'fr', timezone: 'Europe/Paris', country: 'FR' };
  const representative = 'robin@desk.example';
  await act('put-site', { site: french, entry: { ...firm(french, paris), representative } });
  await act('start-schedule', { kind: 'renewals' });
  await week.pass('2026-12-30T10:05:00Z');
});
afterAll(async () => {
  await week.stop();
  remove(folder);
});

const lettersTo = (to: string) => week.sink.letters.filter(({ rcptTo }) => rcptTo.includes(to));
const header = (raw: Buffer, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(raw.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';
const textTo = (to: string) => decoded(lettersTo(to).at(-1)?.raw ?? Buffer.alloc(0)).replaceAll(/\s+/g, ' ');
/** An answer to the last letter that went to `from`. */
const answer = async (from: string, given: { subject: string; body: string; to?: string }) => {
  const id = header(lettersTo(from).at(-1)?.raw ?? Buffer.alloc(0), 'Message-ID');
  const { to = 'support@desk.example', subject, body } = given;
  const headers = [`In-Reply-To: ${id}`, verified(from.split('@')[1])].join('\n');
  const raw = mail({ from, subject, body, headers }).replace('To: support@desk.example', `To: ${to}`);
  await week.arrive(await week.clock.now(), raw, { mailFrom: from, rcptTo: [to] });
  const [row] = await week.query<{ id: string; outcome: string }>(
    'select id::text, outcome from mails order by id desc limit 1',
  );
  return row ?? { id: '', outcome: '' };
};
const rae = `rae@${number}.example`;

it('§10.2 each site is told at nine where it is, and once', async () => {
  await week.pass('2026-12-31T08:30:00Z');
  expect(lettersTo(`rae@${french}.example`)).toHaveLength(1);
  expect(lettersTo(rae)).toEqual([]);
  await week.pass('2026-12-31T12:00:00Z');
  expect(lettersTo(rae)).toHaveLength(1);
  expect(textTo(rae)).toContain('In 90 days, on 31 March 2027');
  expect(textTo(`rae@${french}.example`)).toContain('Dans 90 jours, le 31 mars 2027');
  expect(header(lettersTo(rae)[0]?.raw ?? Buffer.alloc(0), 'Reply-To')).toBe('renewals@desk.example');
});

it('§3.r12, §10.4 an answer goes to the representative, whichever of our addresses it is written to, and stays with the renewal', async () => {
  const before = lettersTo(rae).length;
  for (const to of ['renewals@desk.example', 'support@desk.example']) {
    const { id, outcome } = await answer(rae, { subject: 'Re: Support', body: `We want to renew. ${to}`, to });
    expect(outcome).toBe('renewal-answered');
    const rows = await week.query('select mail_id::text as id from renewal_answers where mail_id = $1', [id]);
    expect(rows).toEqual([{ id }]);
  }
  expect(lettersTo(rae)).toHaveLength(before);
  expect(textTo('rita@desk.example')).toContain(`${rae} of Firm ${number} has answered a letter about a renewal`);
  expect(textTo('rita@desk.example')).toContain('Renewal:');
});

it('§10.4 of an account with a representative of its own it goes to that person alone', async () => {
  const before = lettersTo('rita@desk.example').length;
  const { outcome } = await answer(`rae@${french}.example`, { subject: 'Re: Support', body: 'Oui, nous renouvelons.' });
  expect(outcome).toBe('renewal-answered');
  expect(textTo('robin@desk.example')).toContain(`rae@${french}.example of Firm ${french} has answered a letter`);
  expect(lettersTo('rita@desk.example')).toHaveLength(before);
  expect(textTo(`rae@${french}.example`)).toContain('Robin Vale');
});

it('§3.r14 with the PIN in its subject, to support, it is a problem: the case is opened and the renewal team told', async () => {
  const subject = 'PIN 512 The vault does not open';
  const { outcome } = await answer(rae, { subject, body: 'It says error 7 since this morning.' });
  expect(outcome).toBe('case-opened');
  expect(textTo('rita@desk.example')).toContain('has answered a letter about a renewal with a request to support.');
});

it('§10.1 a letter that the server refuses for good goes to the next within a minute', async () => {
  const [step] = await week.query<{ id: string }>(
    `select t.id::text from renewal_steps t join sites s on s.id = t.site_id where s.number = $1 and t.step = -60`,
    [number],
  );
  expect(step?.id).toBeDefined();
  await week.pass('2027-01-29T09:02:00Z');
  const letter = lettersTo(rae).at(-1)?.raw ?? Buffer.alloc(0);
  await week.query("update letters set state = 'bounced' where message_id = $1", [header(letter, 'Message-ID')]);
  await week.pass('2027-01-29T09:04:00Z');
  expect(lettersTo(`ron@${number}.example`)).toHaveLength(1);
});

it('§10.3 a renewal by import stops the rest, and tells whoever was told', async () => {
  await act('put-site', { site: number, entry: { ...firm(number, { ends: '2028-03-31' }), pin: '512' } });
  await week.pass('2027-01-29T09:10:00Z');
  expect(textTo(rae)).toContain('is renewed. Nothing is left for you to do.');
  const count = () =>
    week.sink.letters.filter(({ rcptTo }) => rcptTo.some((to) => to.endsWith(`${number}.example`))).length;
  const before = count();
  await week.pass('2027-05-03T12:00:00Z');
  expect(count()).toBe(before);
});
