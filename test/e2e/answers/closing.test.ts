/** §6.1 from the proposed solution to what the customer says after the close. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { runTimers } from '../../../src/flows/cases/run-timers.ts';
import { brokenRules } from '../../../src/outbound/letter-checker.ts';
import { findCase } from '../../../src/store/reports/reports.ts';
import { mail, registrySql, startApp } from '../../support/app.ts';
import { scratch } from '../../support/process.ts';

let postern: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  const config = join(scratch('closing'), 'postern.yaml');
  writeFileSync(config, 'staff: [{ name: Kim Oster, email: kim@desk.example, roles: [engineer], hours: always }]\n');
  postern = await startApp({ POSTERN_CONFIG: config });
  await postern.query(registrySql);
});
afterAll(async () => {
  await postern.stop();
});

const ada = 'ada@aldous.example';
const by = { kind: 'command', staff: 'kim@desk.example' } as const;

async function write(given: Parameters<typeof mail>[0]): Promise<{ outcome: string; case: string | null }> {
  const [before] = await postern.query<{ n: string }>('select coalesce(max(id), 0) as n from mails');
  await postern.handIn(mail(given), ada);
  let found: { outcome: string; case: string | null } | undefined;
  await postern.until('decided', async () => {
    [found] = await postern.query(
      `select m.outcome, (select number from cases c where c.id = m.case_id) as "case"
       from mails m where m.id > $1 and m.state = 'decided'`,
      [before?.n],
    );
    return found !== undefined;
  });
  await sent();
  return found as { outcome: string; case: string | null };
}
const sent = () =>
  postern.until(
    'sent',
    async () => (await postern.query(`select from letters where state in ('queued', 'unknown')`)).length === 0,
  );
async function lastLetter(to = ada) {
  const letter = postern.sink.letters.filter((one) => one.rcptTo.includes(to)).at(-1);
  if (!letter) throw new Error(`no letter to ${to}`);
  expect(brokenRules(letter.raw, { to, from: 'support@desk.example' })).toEqual([]);
  const parsed = await simpleParser(Buffer.from(letter.raw));
  return { id: parsed.messageId ?? '', text: parsed.text ?? '', subject: parsed.subject ?? '' };
}
async function answer(body: string) {
  const { id, subject } = await lastLetter();
  return write({ subject: `Re: ${subject}`, body, headers: `In-Reply-To: ${id}` });
}
const state = async (number: string) => {
  const found = await findCase(postern.app.database, number);
  if (!found) throw new Error(`no case ${number}`);
  return found;
};
async function opened(title: string): Promise<string> {
  const { case: number } = await write({ subject: `PIN 345 ${title}`, body: 'It stands still.' });
  if (number === null) throw new Error('no case was opened');
  return number;
}
async function solve(number: string, text: string) {
  expect(await perform(postern.app, { act: 'solve-case', input: { case: number, text }, by })).toMatchObject({
    kind: 'done',
  });
  await sent();
}

describe('§6.1', () => {
  it('a proposed solution is confirmed by the words of whoever was asked', async () => {
    const number = await opened('Pump stands');
    await solve(number, 'Please turn the valve.');
    const { text } = await lastLetter();
    expect(text).toContain('Please turn the valve.\n\nKim Oster');
    expect((await state(number)).messages.at(-1)).toMatchObject({ direction: 'out', text: 'Please turn the valve.' });
    expect((await state(number)).proposedAt).not.toBeNull();

    expect(await answer('It turns, but the gauge does not move.')).toMatchObject({ outcome: 'case-updated' });
    expect(await state(number)).toMatchObject({ status: 'open', proposedAt: null });
    // The question is answered: what says so now is a reply.
    expect(await answer('It works now, thanks.')).toMatchObject({ outcome: 'case-updated' });
    expect((await state(number)).status).toBe('open');

    await solve(number, 'The gauge has a valve of its own.');
    // Its words are ours, also where nothing marks them as quoted.
    const proposal = (await lastLetter()).text;
    expect(await answer('Thank you very much!')).toMatchObject({ outcome: 'case-updated' });
    expect(await state(number)).toMatchObject({ status: 'open', proposedAt: expect.any(String) });
    expect(await answer(`It works now, thanks.\n\n${proposal}`)).toMatchObject({ outcome: 'answer-settled' });
    expect(await state(number)).toMatchObject({ status: 'closed', proposedAt: null });
    const closed = await lastLetter();
    expect(closed.text).toMatch(/have closed your case[\s\S]*How was it\?[\s\S]*\/rate\/[0-9a-z]+\.[0-9a-f]{24}>\n/);

    expect(await answer('4\n\nThanks,\nAda')).toMatchObject({ outcome: 'answer-settled' });
    expect(await state(number)).toMatchObject({ status: 'closed', satisfaction: { score: 4 } });
    expect(await answer('2\n\nIt stands again.')).toMatchObject({ outcome: 'case-reopened' });
    expect(await state(number)).toMatchObject({ status: 'open', satisfaction: { score: 2 } });
  }, 120_000);

  it('whoever says nothing is asked again, once for each time', async () => {
    const number = await opened('Door sticks');
    await solve(number, 'Please oil it.');
    // Events only grow, but for the time of this test.
    const back = async (days: number) => {
      await postern.query('alter table case_events disable trigger user');
      await postern.query(
        `with c as (update cases set proposed_at = proposed_at - make_interval(days => $2), timer_at = now() where number = $1 returning id),
           m as (update case_messages set at = at - make_interval(days => $2) where case_id in (select id from c))
         update case_events e set at = at - make_interval(days => $2) from c where e.case_id = c.id and e.kind like 'solution-%'`,
        [number, days],
      );
      await postern.query('alter table case_events enable trigger user');
    };
    const times = async () => {
      for (let i = 0; i < 3; i += 1) await runTimers(postern.app);
      await sent();
      return (await state(number)).events.filter(({ kind }) => kind === 'solution-reminded').length;
    };
    await back(1);
    expect(await times()).toBe(0);
    await back(10);
    expect(await times()).toBe(1);
    expect((await lastLetter()).text).toContain('Is it solved?');
    await back(20);
    expect(await times()).toBe(2);
    await back(60);
    expect(await times()).toBe(2);
    expect(await answer('CLOSE')).toMatchObject({ outcome: 'command-done' });
    expect((await state(number)).status).toBe('closed');
  }, 120_000);

  it('a close by our people tells the customer and asks', async () => {
    const number = await opened('Lamp is dark');
    const done = await perform(postern.app, { act: 'close-case', input: { case: number }, by });
    expect(done).toMatchObject({ kind: 'done', done: { letters: [{ template: 'case-closed', to: ada }] } });
    await sent();
    expect((await lastLetter()).text).toMatch(/We have closed your case[\s\S]*How was it\?/);
  }, 60_000);
});
