/** A role whose grant needs two who decide, by mail, in English and German. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commit } from '../../../src/flows/acts/commit.ts';
import { type AccessDesk, desk, type Sent, startAccessDesk } from '../../support/access-desk.ts';

const ada = 'Ada Byron <ada@aldous.example>';
const tom = 'Tom Hale <tom@aldous.example>';
const uta = 'Uta Brandt <uta@brandt.example>';

let here: AccessDesk;
beforeAll(async () => {
  here = await startAccessDesk({ policy: 'policy: { access: { twoDeciders: [authorized user] } }' });
});
afterAll(() => here?.stop());

const addressOf = (from: string): string => /<(.*)>/.exec(from)?.[1] ?? from;
const reply = (from: string, answers: Sent, body: string) =>
  here.write({ from, answers, subject: `Re: ${answers.subject}`, body });
async function asked(from: string, site: string, country: string, decider: string): Promise<Sent> {
  const body = `Name: ${from.split(' <')[0]}\nCountry: ${country}\nJustification: Runs the label printers.`;
  await here.write({ from, to: desk.access, subject: `ACCESS ${site}`, body });
  await here.tick();
  await reply(from, await here.letter(addressOf(from), 'access-verify'), 'Yes');
  await here.tick();
  return here.letter(addressOf(decider), 'access-question');
}
const role = async (name: string) =>
  (await here.query<{ role: string }>('select role from contacts where name = $1', [name]))[0]?.role;

it('waits for a second, who confirms it by mail, and both hear of it', async () => {
  const question = await asked('Nora Eck <nora@freelance.example>', '1000345', 'GB', ada);
  expect(await reply(ada, question, 'GRANT')).toMatchObject({ outcome: 'answer-settled' });
  expect((await here.letter('ada@aldous.example', 'access-settled')).text).toContain('needs two who decide');
  expect(await role('Nora Eck')).toBe('provisional caller');
  await here.tick();
  const second = await here.letter('tom@aldous.example', 'access-question', 2);
  expect(second.text).toMatch(/Ada Byron has granted this: authorized user/);
  expect(second.text).toContain('Reason of the grant');
  expect(await reply(tom, second, 'GRANT')).toMatchObject({ outcome: 'answer-settled' });
  expect(await role('Nora Eck')).toBe('authorized user');
  await here.pass('61 minutes');
  expect((await here.letter('nora@freelance.example', 'access-decided')).subject).toContain('Welcome');
  expect((await here.letter('ada@aldous.example', 'access-settled', 2)).text).toMatch(/is confirmed by Tom Hale/);
});

it('is not confirmed by a word in the answer to a letter from before it', async () => {
  await asked('Ned Ash <ned@freelance.example>', '1000345', 'GB', ada);
  const question = await here.letter('ada@aldous.example', 'access-question', 2);
  const before = await here.letter('tom@aldous.example', 'access-question', 3);
  await reply(ada, question, 'GRANT\nprivilege: contact updates update\nuntil: 2027-12-31');
  expect(await reply(tom, before, 'GRANT')).toMatchObject({ outcome: 'answer-settled' });
  expect(await role('Ned Ash')).toBe('provisional caller');
  await here.tick();
  // Ada is asked about his in turn, and sees that nothing stands beside the role.
  const second = await here.letter('ada@aldous.example', 'access-question', 3);
  expect(second.text).toMatch(/Tom Hale has granted this: authorized user/);
  expect(second.text).not.toMatch(/contact updates: update|31 December 2027/);
  await reply(ada, second, 'GRANT');
  expect(await role('Ned Ash')).toBe('authorized user');
  expect(await here.query("select 1 from contacts where name = 'Ned Ash' and privileges <> '{}'")).toEqual([]);
});

it('is confirmed by client care where one alone decides', async () => {
  const question = await asked('Jan Lehr <jan@buero.example>', '2000345', 'Deutschland', uta);
  await reply(uta, question, 'GENEHMIGEN');
  expect((await here.letter('uta@brandt.example', 'access-settled')).text).toContain('braucht zwei');
  await here.tick();
  const care = await here.letter(desk.care, 'access-with-care');
  expect(care.text).toContain('Uta Brandt');
  const request = /access grant (\d+)/.exec(care.text)?.[1] ?? '';
  const by = { kind: 'api', staff: desk.care } as const;
  const done = await commit(here.app, { act: 'decide-request', input: { request, decision: 'grant' }, by });
  expect(done.kind).toBe('done');
  expect(await role('Jan Lehr')).toBe('authorized user');
  await here.pass('61 minutes');
  await here.letter('jan@buero.example', 'access-decided');
  expect((await here.letter('uta@brandt.example', 'access-settled', 2)).text).toContain('bestätigt');
});
