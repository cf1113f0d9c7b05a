/** POLICY §1, §8.8, §8.9: who of a site may change whom, and what is refused, with the reason. */
import { describe, expect, it } from 'vitest';
import { addContact } from '../../../src/acts/contacts/add-contact.ts';
import { changeContacts } from '../../../src/acts/contacts/change-contacts.ts';
import { judgePeople } from '../../../src/acts/contacts/change-people.ts';
import { listContacts, tableOf } from '../../../src/acts/contacts/list-contacts.ts';
import type { PeopleRecord, Person } from '../../../src/acts/contacts/records.ts';
import { contactId, mailId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import type { PersonLine } from '../../../src/registry/contacts/lines.ts';
import { writeRows } from '../../../src/registry/registry-csv.ts';
import type { Role } from '../../../src/registry/site.ts';
import { asking, givenFor } from '../../support/worked-case.ts';

const person = (id: string, name: string, role: Role, more: Partial<Person> = {}): Person => ({
  ...{ id: contactId(id), siteId: siteId('1'), name, email: `${name.toLowerCase()}@aldous.example` },
  ...{ aliases: [], types: [], role },
  ...more,
});
const ada = person('1', 'Ada', 'primary');
const tom = person('2', 'Tom', 'technical contact', { aliases: ['t@aldous.example'] });
const max = person('3', 'Max', 'authorized user');
const sec = person('4', 'Sec', 'secondary');
const record = (people: readonly Person[] = [ada, tom, max, sec], more: Partial<PeopleRecord> = {}): PeopleRecord => ({
  site: {
    ...{ id: siteId('1'), number: siteNumber('1000345'), name: 'Aldous Robotics', country: 'GB' },
    ...{ timezone: 'Europe/London', language: 'en' },
  },
  version: 7,
  people,
  addedByMail: { hour: 0, day: 0 },
  ...more,
});
const given = givenFor(asking(null));
const byMail = { ...given, by: { kind: 'contact', contact: ada.id, mail: mailId('5') } } as const;
const add = (
  name: string,
  role: 'authorized user' | 'secondary' | 'technical contact' | 'primary' = 'authorized user',
) => ({ do: 'add', name, address: `${name.toLowerCase()}@new.example`, role }) satisfies PersonLine;
const judge = (asker: Person | null, lines: readonly PersonLine[], of = record()) =>
  judgePeople(of, lines, asker ? byMail : given, { asker });
const whys = (asker: Person | null, lines: readonly PersonLine[], of = record()) =>
  judge(asker, lines, of).results.map(({ why }) => why);
const at = (one: Person) => one.email;

describe('§8.8 whoever changes the people of a site', () => {
  it('is a decider, or one of ours', () => {
    for (const asker of [ada, tom, null]) expect(whys(asker, [add('Nia')])).toEqual([null]);
    for (const asker of [max, sec]) expect(whys(asker, [add('Nia')])).toEqual(['no-right']);
    const set = { ...max, privileges: { 'manage access': 'update' } } as const;
    expect(whys(set, [{ do: 'remove', address: at(sec) }], record([ada, set, sec]))).toEqual([null]);
    const less = { ...tom, privileges: { 'manage access': 'view' } } as const;
    expect(whys(less, [add('Nia')], record([ada, less]))).toEqual(['no-right']);
  });
  it('gives nobody more than their own', () => {
    expect(whys(tom, [add('Nia', 'secondary')])).toEqual(['more-than-own']);
    expect(whys(ada, [add('Nia', 'secondary')])).toEqual([null]);
    const may = { do: 'privilege', address: at(max), name: 'documents', value: 'update' } as const;
    expect(whys(tom, [may])).toEqual(['more-than-own']);
    expect(whys(ada, [may])).toEqual([null]);
    expect(whys(tom, [{ ...add('Nia'), privileges: { documents: 'update' } }])).toEqual(['more-than-own']);
    // What somebody has already is not given.
    expect(whys(tom, [{ do: 'privilege', address: at(sec), name: 'cases', value: 'view' }])).toEqual([null]);
  });
  it('never leaves a site without a primary, or with two', () => {
    expect(whys(ada, [{ do: 'remove', address: at(ada) }])).toEqual(['needs-primary']);
    expect(whys(null, [{ do: 'role', address: at(ada), role: 'secondary' }])).toEqual(['needs-primary']);
    expect(whys(ada, [add('Nia', 'primary')])).toEqual(['has-primary']);
    expect(whys(null, [add('Nia')], record([]))).toEqual(['needs-primary']);
    expect(whys(null, [add('Nia', 'primary')], record([]))).toEqual([null]);
  });
  it('is refused a fifth secondary, also by several lines', () => {
    const three = [2, 3, 4].map((n) => person(`1${n}`, `S${n}`, 'secondary'));
    const of = record([ada, max, sec, ...three]);
    expect(whys(null, [{ do: 'role', address: at(max), role: 'secondary' }], of)).toEqual(['fifth-secondary']);
    expect(whys(ada, [add('Nia', 'secondary')], of)).toEqual(['fifth-secondary']);
    const instead: PersonLine[] = [{ do: 'remove', address: at(sec) }, add('Nia', 'secondary')];
    expect(whys(ada, instead, of)).toEqual([null, null]);
    expect(whys(ada, [...instead, add('Ben', 'secondary')], of)).toEqual([null, null, 'fifth-secondary']);
  });
  it('does all lines or none, and says of each what it came to', () => {
    const some = judge(ada, [add('Nia'), { do: 'remove', address: 'nobody@aldous.example' }]);
    expect([some.done, some.changes, some.results.map(({ why }) => why)]).toEqual([
      false,
      [],
      [null, 'unknown-address'],
    ]);
    const all = judge(ada, [add('Nia'), { do: 'role', address: 't@aldous.example', role: 'authorized user' }]);
    expect(all.changes.map(({ kind }) => kind)).toEqual(['contact-added', 'role-set']);
    expect(all.changes.every((change) => 'peopleVersion' in change && change.peopleVersion === 7)).toBe(true);
    expect(whys(ada, [add('Nia'), add('Nia')])).toEqual([null, 'known-already']);
    expect(whys(ada, [{ do: 'role', address: at(max), role: 'authorized user' }])).toEqual(['is-so']);
  });
  it('adds so many an hour and a day by mail, and as many as they like by call', () => {
    const of = record(undefined, { addedByMail: { hour: 19, day: 19 } });
    expect(whys(ada, [add('Nia')], of)).toEqual([null]);
    expect(whys(ada, [add('Nia'), add('Ben')], of)).toEqual(['too-many', 'too-many']);
    expect(whys(ada, [add('Nia')], record(undefined, { addedByMail: { hour: 0, day: 100 } }))).toEqual(['too-many']);
    expect(whys(null, [add('Nia'), add('Ben')], of)).toEqual([null, null]);
  });
});

describe('§1 the primary role', () => {
  const hand: PersonLine = { do: 'role', address: at(max), role: 'primary' };
  it('is handed over by the primary alone, and waits for the other one', () => {
    expect(judge(ada, [hand])).toMatchObject({ done: true, changes: [], heir: max });
    expect(whys(tom, [hand])).toEqual(['only-the-primary']);
    expect(whys(ada, [hand, add('Nia')])).toEqual(['alone', null]);
  });
  it('changes hands in one act once both have said so; who had it stays a decider', () => {
    const { changes } = judgePeople(record(), [hand], byMail, { asker: ada, handOver: true });
    expect(changes).toMatchObject([
      { kind: 'role-set', contact: ada.id, role: 'secondary', was: 'primary' },
      { kind: 'role-set', contact: max.id, role: 'primary', was: 'authorized user' },
    ]);
  });
  it('keeps its privileges from everybody else', () => {
    const less: PersonLine = { do: 'privilege', address: at(ada), name: 'cases', value: 'none' };
    expect([whys(tom, [less]), whys(ada, [less]), whys(null, [less])]).toEqual([['only-the-primary'], [null], [null]]);
  });
});

describe('details', () => {
  it('are changed by who they are of, and by who updates contacts', () => {
    const move: PersonLine = { do: 'details', address: at(max), newAddress: 'ernst@aldous.example', phone: '12' };
    // What goes to the old address stays there (§10.6).
    const { changes } = judge(max, [move]);
    expect(changes.slice(0, -1).map(({ kind }) => kind)).toEqual(['subscription-set', 'subscription-set']);
    expect(changes.slice(-1)).toMatchObject([
      { kind: 'contact-details-set', set: { phone: '12' }, newAddress: 'ernst@aldous.example' },
    ]);
    expect(whys(sec, [move])).toEqual([null]);
    expect(whys(max, [{ do: 'details', address: at(sec), phone: '1' }])).toEqual(['no-right']);
    expect(whys(max, [{ do: 'details', address: at(max), newAddress: 't@aldous.example' }])).toEqual(['known-already']);
  });
});

describe('the letters', () => {
  const letters = (lines: readonly PersonLine[]) => {
    const made = changeContacts.judge({ site: '1000345', lines }, { cases: [], letters: [], people: record() }, given);
    return made.kind === 'done' ? made.letters.map(({ template, to }) => `${template} ${to}`) : made.says;
  };
  it('welcome who is added, and tell the primary and whoever it is about', () => {
    expect(letters([add('Nia')])).toEqual(['contact-welcome nia@new.example', 'contacts-changed ada@aldous.example']);
    expect(letters([{ do: 'remove', address: at(max) }])).toEqual([
      'contacts-changed max@aldous.example',
      'contacts-changed ada@aldous.example',
    ]);
  });
  it('go to the old and the new address', () => {
    expect(letters([{ do: 'details', address: at(max), newAddress: 'ernst@aldous.example' }])).toEqual([
      ...['contacts-changed max@aldous.example', 'contacts-changed ernst@aldous.example'],
      'contacts-changed ada@aldous.example',
    ]);
  });
});

it('refuses what cannot be done with words that say what to do', () => {
  const { judge: asked, input } = addContact;
  const made = asked(
    { site: '1000345', name: 'Max', address: at(max), role: 'authorized user' },
    { cases: [], letters: [], people: record() },
    given,
  );
  expect(made).toMatchObject({ kind: 'refused', why: 'conflict', says: expect.stringContaining('on record') });
  const wrong = { site: '1000345', name: 'A', address: 'none', role: 'boss' };
  expect(
    input
      .safeParse(wrong)
      .error?.issues.map((issue) => issue.path[0])
      .sort(),
  ).toEqual(['address', 'role']);
});

it('lists 5,000 people, the first of them in the letter, no cell a formula', () => {
  const many = Array.from({ length: 5_000 }, (_, n) =>
    person(`${100 + n}`, `=cmd|${n}`, n === 4_999 ? 'secondary' : 'authorized user', {
      phone: `+44 ${n}`,
      hours: '@now',
    }),
  );
  const of = record([ada, ...many]);
  const made = listContacts.judge({ site: '1000345', contact: at(ada) }, { cases: [], letters: [], people: of }, given);
  const csv = writeRows(tableOf(of, given.policy));
  if (made.kind !== 'done') throw new Error(made.says);
  const [letter] = made.letters;
  expect(letter).toMatchObject({
    template: 'contacts-list',
    values: {
      total: 5_001,
      more: 4_961,
      lacksSecondary: false,
      people: { 0: { name: 'Ada' }, 1: { role: 'secondary' } },
    },
    table: { filename: 'contacts-1000345.csv' },
  });
  const cells = csv.replace('\uFEFF', '').split(/\r\n/).slice(1).join(',').split(',');
  expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
  expect(csv).toContain("'=cmd|17");
});

describe('§11.7 who gets the proofs of entitlement', () => {
  const line = (one: Person, gets = true) => ({ do: 'documents', address: at(one), gets }) as const;
  it('is said by who updates documents, and by nobody else', () => {
    for (const asker of [ada, sec, null]) expect(whys(asker, [line(max)])).toEqual([null]);
    for (const asker of [tom, max]) expect(whys(asker, [line(max)])).toEqual(['no-right']);
  });
  it('are contacts of a type of their own, added and taken off, and as they are twice', () => {
    const has = { ...max, types: ['administrative', 'billing'] } as const;
    const of = record([ada, has, sec]);
    expect(whys(ada, [line(max)], of)).toEqual(['is-so']);
    expect(whys(ada, [line(sec, false)], of)).toEqual(['is-so']);
    const judged = judge(ada, [line(sec), line(max, false)], of);
    expect(judged.changes).toMatchObject([
      { kind: 'documents-set', contact: sec.id, gets: true },
      { kind: 'documents-set', contact: max.id, gets: false },
    ]);
    expect(whys(ada, [line(person('9', 'Nia', 'secondary'))])).toEqual(['unknown-address']);
  });
});

describe('§8.9 whoever may follow cases no more', () => {
  const none = (one: Person, value = 'none') => ({ do: 'privilege', address: at(one), name: 'cases', value }) as const;
  it('has an heir, by a privilege or by a role that has none', () => {
    expect(judge(ada, [none(max)]).changes).toMatchObject([{ kind: 'privilege-set', heir: ada.id }]);
    expect(judge(ada, [none(max, 'view')]).changes[0]).not.toHaveProperty('heir');
    const had = { ...max, privileges: { cases: 'none' } } as const;
    expect(judge(ada, [none(max, 'view')], record([ada, had])).changes[0]).not.toHaveProperty('heir');
    const { roleDefaults } = given.policy;
    const policy = {
      ...given.policy,
      roleDefaults: { ...roleDefaults, 'licence user': { ...roleDefaults['licence user'], cases: 'none' as const } },
    };
    const line = { do: 'role', address: at(max), role: 'licence user' } as const;
    const judged = judgePeople(record(), [line], { ...given, policy }, { asker: null });
    expect(judged.changes).toMatchObject([{ kind: 'role-set', heir: ada.id }]);
  });
  it('is the primary without an heir: their cases stay', () => {
    const judged = judge(ada, [none(ada)]);
    expect(judged.changes).toMatchObject([{ kind: 'privilege-set', name: 'cases', value: 'none' }]);
    expect(judged.changes[0]).not.toHaveProperty('heir');
    expect(judged.results).toMatchObject([{ role: 'primary' }]);
  });
});
