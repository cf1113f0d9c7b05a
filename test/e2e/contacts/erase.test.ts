/** POLICY §11.5: a person who wrote, was answered, asked and was asked about is erased, and the whole database is searched for them. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { perform } from '../../../src/flows/acts/perform.ts';
import { exportPerson } from '../../../src/flows/contacts/export-person.ts';
import { finishErasures } from '../../../src/flows/contacts/finish-erasures.ts';
import { runRetention } from '../../../src/flows/upkeep/retention.ts';
import { erasureStep, openErasures } from '../../../src/store/upkeep/erasure/run.ts';
import { addressPattern, namePattern } from '../../../src/upkeep/erasure.ts';
import { mail, startApp } from '../../support/app.ts';
import { databasePlaces, placesWith } from '../../support/secret-search.ts';

let running: Awaited<ReturnType<typeof startApp>>;
beforeAll(async () => {
  running = await startApp({ CARE_ADDRESS: 'care@desk.example', ACCESS_ADDRESS: 'access@desk.example' });
});
afterAll(() => running.stop());
beforeEach(() => running.anew());

const max = 'Max Ernst <max@aldous.example>';
const by = { kind: 'command', staff: null } as const;
const erase = (address: string, preview = false) =>
  perform(running.app, { act: 'erase-person', input: { address }, by, preview });
const act = async (name: string, input: object) => {
  const done = await perform(running.app, { act: name, input, by });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
};
let n = 0;
async function write(given: Parameters<typeof mail>[0] & { to?: string }) {
  n += 1;
  const id = `<erase-${n}@aldous.example>`;
  const from = /<(.*)>/.exec(given.from ?? '')?.[1] ?? given.from ?? 'ada@aldous.example';
  await running.handIn(mail({ id, ...given }), from, given.to);
  const found = () =>
    running.query<{ id: string; outcome: string; case: string }>(
      'select id::text, outcome, (select number from cases c where c.id = m.case_id) as case from mails m where message_id = $1',
      [id],
    );
  await running.until(`${id} is decided`, async () => typeof (await found())[0]?.outcome === 'string');
  const [row] = await found();
  if (!row) throw new Error('not there');
  return row;
}
const quiet = () =>
  running.until('letters have left', async () => {
    const left =
      "select from letters where state in ('queued', 'unknown') union all select from mails where state = 'new'";
    return (await running.query(left)).length === 0;
  });
const lastLetterTo = async (to: string) =>
  (
    await running.query<{ id: string }>(
      'select message_id as id from letters where to_address = $1 order by id desc limit 1',
      [to],
    )
  )[0]?.id ?? '';
/** The clock of the running Postern may be at it as well. */
const finished = () =>
  running.until('all is looked through', async () => {
    await finishErasures(running.app);
    return (await openErasures(running.app.database)).length === 0;
  });
const traces = ['max@aldous.example', 'm.ernst@aldous.example', 'Max Ernst'];
async function found(): Promise<Record<string, string[]>> {
  const places = await databasePlaces(running.query);
  return Object.fromEntries(traces.map((one) => [one, placesWith(places, one)]));
}

/** Mails, answers, cases open and closed, copies, quotes, a question about a stranger, held mail, notes of our own. */
async function life() {
  const first = await write({
    from: max,
    subject: 'PIN 345 Export stops',
    body: 'It stops.\n\nMax Ernst\nmax@aldous.example',
  });
  const second = await write({
    from: 'Max Ernst <m.ernst@aldous.example>',
    subject: 'PIN 345 Import stops',
    body: 'Import fails for max@aldous.example, too.',
  });
  await quiet();
  const reply = { 'In-Reply-To': await lastLetterTo('max@aldous.example') };
  await write({
    from: max,
    subject: 'Re: Export stops',
    headers: `In-Reply-To: ${reply['In-Reply-To']}`,
    body: 'It stops still. Regards, Ernst, Max',
  });
  const ada = await write({
    subject: 'PIN 345 Nothing works',
    headers: 'Cc: Max Ernst <max@aldous.example>',
    body: 'Please write to Max Ernst <Max@Aldous.example> about it.\n\n> Am Montag schrieb Max\n> Ernst <max@aldous.example>:\n> nothing works',
  });
  await running.query(
    `insert into case_messages (case_id, direction, author, text, at)
     select id, 'note', 'kim@desk.example', 'Max Ernst called (max@aldous.example).', now() from cases where number = $1`,
    [first.case],
  );
  await act('close-case', { case: second.case });
  await quiet();
  return { first, second, ada };
}

it('§11.5 no table and no stored bytes hold their addresses or their name any more, and the audit is as it was', async () => {
  const { first, second, ada } = await life();
  const before = await found();
  for (const one of traces) expect(before[one]?.length, one).toBeGreaterThan(1);
  const audit = await running.query('select * from audit order by id');
  const decisions = await running.query('select count(*) from decisions');

  const preview = await erase('MAX@aldous.example', true);
  expect(preview).toMatchObject({ kind: 'preview' });
  expect(await found()).toEqual(before);
  const done = await erase('max@aldous.example');
  expect(done).toMatchObject({ kind: 'done' });
  await finished();
  expect(await found()).toEqual(Object.fromEntries(traces.map((one) => [one, []])));

  const now = await running.query<{ id: string; action: string; detail: unknown }>('select * from audit order by id');
  expect(now.slice(0, audit.length)).toEqual(audit);
  expect(now.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['contact-removed', 'person-erased', 'person-emptied']),
  );
  expect(now.find(({ action }) => action === 'person-erased')?.detail).toMatchObject({ contacts: ['2'], mails: 3 });
  expect(await running.query('select count(*) from decisions')).toEqual(decisions);

  // Open cases are the primary's, the text of what is open stays without them, of what is closed nothing does.
  const cases = await running.query<{ number: string; contact_id: string }>(
    'select number, contact_id::text, contact_address from cases order by id',
  );
  expect(cases).toEqual(
    [first, second, ada].map((one) => ({ number: one.case, contact_id: '1', contact_address: 'ada@aldous.example' })),
  );
  const texts = await running.query<{ number: string; direction: string; text: string }>(
    "select c.number, m.direction, m.text from case_messages m join cases c on c.id = m.case_id where m.direction = 'in' order by m.id",
  );
  expect(texts.filter(({ number }) => number === second.case).map(({ text }) => text)).toEqual(['']);
  expect(texts.find(({ number }) => number === first.case)?.text).toContain('It stops.');
  expect(texts.find(({ number }) => number === ada.case)?.text).toContain('Please write to (erased)');

  const [letter] = await running.query<{ to: string; raw: Buffer }>(
    "select to_address as to, raw from letters where template = 'contact-erased'",
  );
  expect(letter?.to).toBe('ada@aldous.example');
  expect(letter?.raw.toString()).toContain(`open case is yours from now on: ${first.case}`);

  // Theirs are shown by nothing; those of others are.
  const { app } = running;
  const { openReports } = await import('../../../src/flows/reports/reports.ts');
  const reports = openReports(app.database, app.policy.publicHolidays);
  expect(await reports.mailBytes(first.id)).toBeNull();
  expect((await reports.mailBytes(ada.id))?.toString()).toContain('Nothing works');
  const replay = await perform(app, { act: 'replay-mail', input: { mail: first.id }, by, preview: true });
  expect(JSON.stringify(replay)).not.toContain('Export');

  // Asked twice it is done.
  const again = await erase('max@aldous.example');
  expect(again).toMatchObject({ kind: 'done', made: [] });
  expect(await openErasures(app.database)).toEqual([]);

  // Whoever writes afterwards is not on record.
  expect((await write({ from: max, subject: 'Re: Export stops', body: 'And now?' })).outcome).not.toBe('case-updated');
}, 120_000);

it('§11.5 goes on where it was, when a process dies in the middle, and the clock ends it', async () => {
  await life();
  await erase('m.ernst@aldous.example');
  const [id = ''] = await openErasures(running.app.database);
  for (let step = 0; step < 5; step += 1) await erasureStep(running.app.database, running.app.vault, id);
  await expect(
    erasureStep(
      running.app.database,
      {
        seal: () => {
          throw new Error('killed');
        },
      },
      id,
    ).then(() => {
      throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  await running.runClock();
  await finished();
  expect(await found()).toEqual(Object.fromEntries(traces.map((one) => [one, []])));
}, 120_000);

it('§8.8, §11.5 the primary of a site and people of ours are refused, with what to do first', async () => {
  expect(await erase('ada@aldous.example')).toMatchObject({
    kind: 'refused',
    says: expect.stringMatching(/primary of site 1000345.*never without one.*postern contact role/),
  });
  await act('set-role', { site: '1000345', address: 'max@aldous.example', role: 'primary' });
  expect(await erase('ada@aldous.example')).toMatchObject({ kind: 'done' });
  expect(await erase('nobody@elsewhere.example')).toMatchObject({ kind: 'done', made: [] });
  await act('add-staff', { name: 'Kim Oster', email: 'kim@desk.example', roles: ['engineer'] });
  expect(await erase('kim@desk.example')).toMatchObject({
    kind: 'refused',
    says: expect.stringContaining('our people'),
  });
}, 60_000);

it('§11.5 somebody not on record is erased, too: held mail is refused, requests end', async () => {
  const nora = 'Nora Eckstein <nora@elsewhere.example>';
  const held = await write({ from: nora, subject: 'PIN 345 Please help', body: 'I am Nora Eckstein.' });
  expect(held.outcome).toMatch(/^held-/);
  await write({
    from: nora,
    subject: 'ACCESS 1000345',
    body: 'Name: Nora Eckstein\nCountry: GB\nRole: authorized user\nWhy: I run the vault',
    to: 'access@desk.example',
  });
  await quiet();
  const set = {
    role: 'authorized user',
    privileges: {},
    justification: 'x',
    name: 'N. Eckstone',
    phone: '+44 20 7946 0777',
  };
  await running.query(
    `insert into access_request_steps (request_id, kind, at, by, detail)
     select max(id), 'first-granted', now(), 'contact 1', $1 from access_requests`,
    [JSON.stringify(set)],
  );
  expect(await erase('nora@elsewhere.example')).toMatchObject({ kind: 'done' });
  await finished();
  const places = await databasePlaces(running.query);
  const said = ['nora@elsewhere.example', 'Nora Eckstein', 'N. Eckstone', '7946 0777'];
  expect(said.map((one) => placesWith(places, one))).toEqual([[], [], [], []]);
  expect(await running.query('select outcome from mails where id = $1', [held.id])).toEqual([{ outcome: 'refused' }]);
  const steps = await running.query<{ kind: string }>('select kind from access_request_steps order by id desc limit 1');
  expect(steps).toEqual([{ kind: 'erased' }]);
}, 60_000);

it('§11.5 what they wrote on a case that was open goes once it has been closed for 90 days', async () => {
  const { first } = await life();
  await erase('max@aldous.example');
  await finished();
  const texts = () =>
    running.query<{ text: string }>(
      "select m.text from case_messages m join cases c on c.id = m.case_id where c.number = $1 and m.author like 'erased-%' and m.text <> ''",
      [first.case],
    );
  expect((await texts()).length).toBeGreaterThan(0);
  await act('close-case', { case: first.case });
  await quiet();
  const { app } = running;
  const deps = { database: app.database, retention: app.settings.retention, log: app.log, meter: app.meter };
  await runRetention(deps, { actor: 'test', all: true });
  expect((await texts()).length).toBeGreaterThan(0);
  await running.query(
    "update cases set closed_at = now() - interval '91 days', opened_at = now() - interval '92 days' where number = $1",
    [first.case],
  );
  await running.query("update case_messages set at = now() - interval '92 days'");
  await runRetention(deps, { actor: 'test', all: true });
  expect(await texts()).toEqual([]);
}, 60_000);

it('§11.5 everything held of a person is exported, with their mails as they came', async () => {
  const { first } = await life();
  const { files, ...held } = await exportPerson(running.app, 'Max@aldous.example');
  expect(held.contacts).toMatchObject([
    { name: 'Max Ernst', site: '1000345', addresses: ['max@aldous.example', 'm.ernst@aldous.example'] },
  ]);
  expect(held.mails).toHaveLength(3);
  expect(held.cases.length).toBeGreaterThan(1);
  expect(held.messages.map(({ text }) => text)).toEqual(expect.arrayContaining([expect.stringContaining('It stops.')]));
  const all = new Map<string, string>();
  for await (const { name, bytes } of files()) all.set(name, Buffer.from(bytes).toString());
  expect(all.get(`mails/${first.id}.eml`)).toContain('Subject: PIN 345 Export stops');
  expect([...all.keys()].filter((name) => name.startsWith('letters/')).length).toBeGreaterThan(1);
}, 60_000);

it.each([
  ['Please ask Max Ernst.', 'Please ask (erased).'],
  ['MAX ERNST, head of IT', '(erased), head of IT'],
  ['Ernst, Max wrote:', 'Ernst, Max wrote:'],
  ['Max\n> Ernst schrieb', '(erased) schrieb'],
  ['Max  Ernst', '(erased)'],
  ['Max\nErnst', '(erased)'],
  ["Max Ernst's laptop", "(erased)'s laptop"],
  ['„Max Ernst“ schrieb', '„(erased)“ schrieb'],
  ['Am 3. März schrieb Max Ernst <max@aldous.example>:', 'Am 3. März schrieb (erased) <gone>:'],
  ['Le 3 mars, Max Ernst a écrit :', 'Le 3 mars, (erased) a écrit :'],
  ['El lunes, Max Ernst escribió:', 'El lunes, (erased) escribió:'],
  ['Max Ernstberger', 'Max Ernstberger'],
  ['Climax Ernst', 'Climax Ernst'],
  ['mailto:max@aldous.example?subject=x', 'mailto:gone?subject=x'],
  ['max+cases@aldous.example', 'gone'],
  ['MAX@ALDOUS.EXAMPLE;', 'gone;'],
  ['climax@aldous.example', 'climax@aldous.example'],
  ['max@aldous.example.com', 'max@aldous.example.com'],
  ['Write to max@aldous.example.', 'Write to gone.'],
  ['max@aldous.examples', 'max@aldous.examples'],
  ['"Max Ernst" <max@aldous.example>, lea@aldous.example', '"(erased)" <gone>, lea@aldous.example'],
])('finds the person in %j', async (text, becomes) => {
  const [row] = await running.query<{ so: string }>(
    "select regexp_replace(regexp_replace($1, $2, 'gone', 'gi'), $3, '(erased)', 'gi') as so",
    [text, addressPattern('max@aldous.example', { wide: true }), namePattern('Max Ernst')],
  );
  expect(row?.so).toBe(becomes);
});
it('finds a Japanese name with a space in it and without', async () => {
  const [row] = await running.query<{ so: string }>("select regexp_replace($1, $2, '(erased)', 'gi') as so", [
    '山田 太郎様、山田太郎です。',
    namePattern('山田太郎'),
  ]);
  expect(row?.so).toBe('(erased)様、(erased)です。');
});
