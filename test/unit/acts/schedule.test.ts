/** POLICY §8.10, §9, §11.6: what is due at a site comes to, and what was answered. */
import { describe, expect, it } from 'vitest';
import type { Judged, Records } from '../../../src/acts/act.ts';
import type { PeopleRecord, Person } from '../../../src/acts/contacts/records.ts';
import { type AttestationSaid, answerAttestation } from '../../../src/acts/schedule/answer-attestation.ts';
import { askAboutContact } from '../../../src/acts/schedule/ask-about-contact.ts';
import type { TurnRecord } from '../../../src/acts/schedule/records.ts';
import { remindAttestation } from '../../../src/acts/schedule/remind-attestation.ts';
import { runSchedule } from '../../../src/acts/schedule/run-schedule.ts';
import { startSchedule } from '../../../src/acts/schedule/start-schedule.ts';
import { welcomeSite } from '../../../src/acts/schedule/welcome-site.ts';
import { contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { Role } from '../../../src/registry/site.ts';
import { givenFor } from '../../support/worked-case.ts';

const person = (id: string, name: string, role: Role, more: Partial<Person> = {}): Person => ({
  ...{ id: contactId(id), siteId: siteId('1'), name, email: `${name.toLowerCase()}@aldous.example` },
  ...{ aliases: [], types: [], role },
  ...more,
});
const whole = { phone: '1', street: '2', city: '3', state: '4', postalCode: '5' };
const ada = person('1', 'Ada', 'primary', whole);
const tom = person('2', 'Tom', 'technical contact', { ...whole, aliases: ['t@aldous.example'] });
const max = person('3', 'Max', 'authorized user', { phone: '1', city: 'Leeds' });
const sec = person('4', 'Sec', 'secondary', whole);
const pro = person('5', 'Pro', 'provisional caller');
const record = (people: readonly Person[] = [ada, tom, max, sec, pro]): PeopleRecord => ({
  site: {
    ...{ id: siteId('1'), number: siteNumber('1000345'), name: 'Aldous Robotics', country: 'GB' },
    ...{ timezone: 'Europe/London', language: 'en' },
  },
  version: 7,
  people,
  addedByMail: { hour: 0, day: 0 },
});
const now = '2026-12-01T09:00:20Z';
const given = givenFor({ kind: 'clock' }, { now });
const turn = (more: Partial<TurnRecord> = {}): TurnRecord => ({
  ...{ site: siteId('1'), period: '2026-12', step: 0, dueAt: '2026-12-01T09:00:00Z', running: true },
  ...more,
});
const none: Pick<Records, 'cases' | 'letters'> = { cases: [], letters: [] };
const run = (kind: 'contact-lists' | 're-attestation', of: Partial<TurnRecord> = {}, people = record(), at = given) =>
  runSchedule.judge({ kind, site: '1000345' }, { ...none, turn: turn(of), people }, at);
const done = (judged: Judged) => {
  if (judged.kind !== 'done') throw new Error(judged.says);
  return judged;
};
const results = (judged: Judged) =>
  done(judged).changes.flatMap((one) =>
    one.kind === 'turn-taken' ? [[one.result, one.next?.period, one.next?.step]] : [],
  );
const valuesOf = (judged: Judged) => done(judged).letters[0]?.values as unknown as Record<string, unknown>;

describe('POLICY §9: the list of a month', () => {
  it('goes to the primary, keyed by site and month, with what is missing, a table and its next turn', () => {
    const judged = run('contact-lists');
    expect(results(judged)).toEqual([['sent', '2027-01', 0]]);
    const [letter, ...more] = done(judged).letters;
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      ...{ template: 'contacts-monthly', to: 'ada@aldous.example', once: 'schedule:contact-lists:2026-12:1000345' },
      table: { filename: 'contacts-1000345.csv' },
    });
    expect(valuesOf(judged)).toMatchObject({ total: 5, incomplete: 2, lacksSecondary: false, month: '2026-12' });
    const people = valuesOf(judged).people as { name: string; missing: string[] }[];
    expect(people.map(({ name, missing }) => [name, missing])).toEqual([
      ['Ada', []],
      ['Sec', []],
      ['Tom', []],
      ['Max', ['street', 'state', 'postalCode']],
      ['Pro', ['phone', 'street', 'city', 'state', 'postalCode']],
    ]);
  });

  it('recommends a secondary where there is none, and asks only for what the policy names', () => {
    const asks = givenFor(
      { kind: 'clock' },
      { now, policy: { contactLists: { businessDay: 1, at: '09:00', askFor: ['phone'] } } },
    );
    const values = valuesOf(run('contact-lists', {}, record([ada, max]), asks));
    expect(values).toMatchObject({ lacksSecondary: true, incomplete: 0 });
  });

  it('is not due before its time, nor where it stands still', () => {
    for (const of of [{ dueAt: '2026-12-01T09:00:21Z' }, { dueAt: null }, { running: false }])
      expect(done(run('contact-lists', of))).toMatchObject({ changes: [], letters: [] });
  });

  it('is skipped where it could not go out for more than seven days (§11.6)', () => {
    const late = run('contact-lists', { period: '2026-11', dueAt: '2026-11-02T09:00:00Z' });
    expect(results(late)).toEqual([['skipped', '2027-01', 0]]);
    expect(done(late).letters).toEqual([]);
    expect(results(run('contact-lists', { dueAt: '2026-11-25T09:00:00Z' }))).toEqual([['sent', '2027-01', 0]]);
  });

  it('goes to whoever stands in where letters to the primary come back, and to nobody where nobody does', () => {
    const lost = { ...ada, unreachable: true };
    expect(done(run('contact-lists', {}, record([lost, sec, max]))).letters[0]?.to).toBe('sec@aldous.example');
    expect(results(run('contact-lists', {}, record([lost, max])))).toEqual([['nobody', '2027-01', 0]]);
  });
});

describe('POLICY §8.10: who may open cases', () => {
  const quarter = { period: '2027-Q1' };
  const asked = (...who: Person[]) =>
    record([ada, tom, max, sec, pro].map((one) => (who.includes(one) ? { ...one, toAttest: '2027-Q1' } : one)));

  it('is asked of everybody whose mail opens cases, but the reader, the primary and who waits for a decision', () => {
    const judged = run('re-attestation', quarter);
    expect(results(judged)).toEqual([['sent', '2027-Q1', 1]]);
    expect(done(judged).letters[0]).toMatchObject({
      template: 'contacts-quarterly',
      asks: { kind: 'attest', site: '1', period: '2027-Q1' },
    });
    expect(done(judged).changes.find(({ kind }) => kind === 'attestation-asked')).toMatchObject({
      contacts: ['2', '3', '4'],
    });
    const less = record([ada, { ...max, privileges: { cases: 'view' } }]);
    expect(results(run('re-attestation', quarter, less))).toEqual([['settled', '2027-Q1', 0]]);
  });

  it('is reminded of twice of those who are open, then listed for client care; nothing changes', () => {
    const first = run('re-attestation', { ...quarter, step: 1 }, asked(max, sec));
    expect(results(first)).toEqual([['reminded', '2027-Q1', 2]]);
    expect(valuesOf(first)).toMatchObject({ total: 2, reminder: 1 });
    expect(results(run('re-attestation', { ...quarter, step: 2 }, asked(max)))).toEqual([['reminded', '2027-Q1', 3]]);
    const last = run('re-attestation', { ...quarter, step: 3 }, asked(max));
    expect(results(last)).toEqual([['for-care', '2027-Q1', 0]]);
    expect(done(last)).toMatchObject({ letters: [], changes: [{ kind: 'turn-taken' }] });
    expect(results(run('re-attestation', { ...quarter, step: 2 }, asked()))).toEqual([['settled', '2027-Q1', 0]]);
  });

  it('goes on with a quarter that was begun, however late', () => {
    const late = { ...quarter, step: 1, dueAt: '2026-10-01T09:00:00Z' };
    expect(results(run('re-attestation', late, asked(max)))).toEqual([['reminded', '2027-Q1', 2]]);
  });
});

describe('POLICY §8.10: asked once more by hand', () => {
  const people = record([ada, { ...tom, toAttest: '2026-Q4' }, { ...max, toAttest: '2027-Q1' }, sec]);
  const remind = (of: PeopleRecord, more: Partial<TurnRecord> = {}) =>
    remindAttestation.judge(
      { site: '1000345' },
      { ...none, people: of, turn: turn({ period: '2027-Q1', step: 1, ...more }) },
      given,
    );

  it('goes to the primary, about everybody who is asked about, and the turn stays as it is', () => {
    const judged = done(remind(people, { askedAt: '2026-11-20T09:00:00Z' }));
    expect(judged.letters.map(({ template, to }) => [template, to])).toEqual([['contacts-quarterly', ada.email]]);
    expect(judged.changes).toMatchObject([
      { kind: 'attestation-asked', period: '2027-Q1', contacts: [tom.id, max.id] },
    ]);
  });
  it.each([
    ['nobody is asked about', record([ada, tom]), {}, 'Nobody of site 1000345 is asked about'],
    ['it was asked on that day', people, { askedAt: given.now }, 'was asked today'],
    [
      'nobody can be written to',
      record([
        { ...ada, unreachable: true },
        { ...tom, toAttest: '2027-Q1', unreachable: true },
      ]),
      {},
      'can be written to',
    ],
  ] as const)('is refused where %s', (_, of, more, says) => {
    expect(remind(of, more)).toMatchObject({ kind: 'refused', says: expect.stringContaining(says) });
  });
});

describe('POLICY §8.10: an answer', () => {
  const people = record([ada, ...[tom, max, sec].map((one) => ({ ...one, toAttest: '2027-Q1' })), pro]);
  const by = { ...given, by: { kind: 'contact', contact: ada.id, mail: mailId('5') } } as const;
  const none_ = { keep: [], remove: [], all: false, except: [] };
  const answer = (said: Partial<AttestationSaid>, at: typeof given | typeof by = by, of = people) =>
    answerAttestation.judge({ site: '1000345', ...none_, ...said }, { ...none, people: of }, at);
  const kept = (judged: Judged) =>
    done(judged).changes.flatMap((one) => (one.kind === 'attestation-answered' ? one.contacts : []));
  const gone = (judged: Judged) =>
    done(judged).changes.flatMap((one) => (one.kind === 'contact-removed' ? [one.contact] : []));

  it('keeps whom it names, by any of their addresses, and leaves the others open', () => {
    expect(kept(answer({ keep: ['t@aldous.example'] }))).toEqual(['2']);
    expect(kept(answer({ all: true }))).toEqual(['2', '3', '4']);
    expect(kept(answer({ all: true, except: ['max@aldous.example'] }))).toEqual(['2', '4']);
  });

  it('removes whom it says to remove, by the rules of any removal, and tells them', () => {
    const judged = answer({ all: true, remove: ['max@aldous.example'] });
    expect([kept(judged), gone(judged)]).toEqual([['2', '4'], ['3']]);
    expect(done(judged).letters.map(({ template, to }) => [template, to])).toEqual([
      ['contacts-changed', 'max@aldous.example'],
    ]);
    expect(done(answer({ remove: ['max@aldous.example'] }, given)).letters.map(({ to }) => to)).toEqual([
      'max@aldous.example',
      'ada@aldous.example',
    ]);
  });

  it('never removes the primary, nor by somebody who does not decide', () => {
    expect(answer({ remove: ['ada@aldous.example'] })).toMatchObject({ kind: 'refused' });
    expect(gone(answer({ remove: ['ada@aldous.example', 'max@aldous.example'] }))).toEqual(['3']);
    const asMax = { ...by, by: { ...by.by, contact: max.id } };
    expect(answer({ remove: ['sec@aldous.example'] }, asMax)).toMatchObject({ kind: 'refused', why: 'no-right' });
    expect(answer({ keep: ['sec@aldous.example'] }, asMax)).toMatchObject({ kind: 'refused', why: 'no-right' });
  });

  it('of another quarter, or about nobody who is asked about, changes nothing', () => {
    expect(answer({ all: true, period: '2026-Q4' })).toMatchObject({ kind: 'refused', why: 'conflict' });
    expect(answer({ keep: ['nobody@aldous.example'] })).toMatchObject({ kind: 'refused', why: 'bad-input' });
    expect(answer({ all: true }, by, record())).toMatchObject({ kind: 'refused' });
  });

  it('about an address that came back says that it is right', () => {
    const lost = record([ada, { ...max, unreachable: true }]);
    expect(done(answer({ contact: '3', keep: ['max@aldous.example'] }, by, lost)).changes).toMatchObject([
      { kind: 'contact-reachable', contact: '3' },
    ]);
    expect(gone(answer({ contact: '3', remove: ['max@aldous.example'] }, by, lost))).toEqual(['3']);
  });
});

it('§11.6 a start says how many letters go to whom, and writes none', () => {
  const place = { timezone: 'Europe/London', country: 'GB' };
  const site = (n: number, people: readonly Person[]) => ({ number: `100000${n}`, place, people });
  const sites = [...Array(7).keys()]
    .map((n) => site(n, [ada]))
    .concat([site(8, []), site(9, [{ ...ada, unreachable: true }, sec])]);
  const start = (running = false) =>
    startSchedule.judge({ kind: 'contact-lists' }, { ...none, schedule: { running, since: null, sites } }, given);
  expect(done(start()).letters).toEqual([]);
  expect(done(start()).changes).toMatchObject([
    { kind: 'schedule-started', letters: 8, nobody: 1, first: '2027-01-04T09:00:00+00:00' },
  ]);
  expect(start(true)).toMatchObject({ kind: 'refused', why: 'conflict' });
});

describe('POLICY §9: a new site', () => {
  const welcome = { pin: '345', licences: [] };
  const judge = (people: readonly Person[], of: Partial<TurnRecord> = {}) =>
    welcomeSite.judge(
      { site: '1000345' },
      { ...none, turn: turn({ period: 'once', ...of }), people: record(people), welcome },
      given,
    );

  it('is welcomed: the primary with PIN and licences, the technical contacts with how people ask for access', () => {
    const of = done(judge([ada, tom, { ...max, types: ['site technical'] }, sec]));
    expect(of.letters.map(({ template, to }) => [template, to])).toEqual([
      ['site-welcome', 'ada@aldous.example'],
      ['technical-welcome', 'tom@aldous.example'],
      ['technical-welcome', 'max@aldous.example'],
    ]);
    expect(of.letters[0]?.values).toMatchObject({ pin: '345', technical: ['Tom', 'Max'] });
    expect(of.letters[1]?.values).not.toHaveProperty('pin');
  });

  it('is welcomed once, and not where nobody is on record', () => {
    expect(done(judge([ada], { dueAt: null }))).toMatchObject({ changes: [], letters: [] });
    expect(results(judge([]))).toEqual([['nobody', undefined, undefined]]);
  });
});

it('§9 an address that came back is asked about, of somebody else', () => {
  const ask = (who: Person, people = record()) =>
    askAboutContact.judge(
      { contact: who.id, site: '1000345' },
      { ...none, people, doubtful: { contact: who.id, since: now } },
      given,
    );
  expect(done(ask(max)).letters).toMatchObject([{ template: 'contact-unreached', to: 'ada@aldous.example' }]);
  expect(done(ask(ada)).letters).toMatchObject([{ to: 'tom@aldous.example' }]);
  expect(done(ask(ada, record([ada, max])))).toMatchObject({ letters: [], changes: [{ to: null }] });
});
