/**
 * What becomes of the people of a site by lines such as ADD and REMOVE (POLICY §1, §8.8, §8.9): line by line, each on what those before
 * it have left. All of them are done, or none.
 */
import type { PeopleChange } from '../../changes/contacts/contacts.ts';
import type { SubscriptionSet } from '../../changes/contacts/subscriptions.ts';
import { contactId } from '../../foundation/ids.ts';
import type { PersonRefused, PersonResult } from '../../outbound/letter.ts';
import type { PersonLine } from '../../registry/contacts/lines.ts';
import { inTableOrder } from '../../registry/contacts/privileges.ts';
import { contactMay, leavesCases, moreThanOwn } from '../../registry/permissions.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { type Contact, contactDetails, type Role } from '../../registry/site.ts';
import type { Given } from '../act.ts';
import { lettersLeft } from './letters-left.ts';
import type { PeopleRecord, Person } from './records.ts';

/** An address that becomes another leaves behind where letters go that can be ended. */
type AnyChange = PeopleChange | SubscriptionSet;
type Step =
  | { readonly changes: readonly AnyChange[]; readonly people: readonly Person[]; readonly result: PersonResult }
  | { readonly why: PersonRefused; readonly result: PersonResult };
type Base = Pick<PeopleChange, 'site' | 'siteNumber' | 'peopleVersion' | 'at' | 'by'>;
type Asking = {
  /** Null: our own people, who may all of it. */
  readonly asker: Contact | null;
  readonly policy: Given['policy'];
  /** Both have confirmed that the primary role is handed over (POLICY §1). */
  readonly handOver?: boolean;
};

export type PeopleJudged = {
  readonly results: readonly PersonResult[];
  /** Empty where one of the lines was refused. */
  readonly changes: readonly AnyChange[];
  readonly done: boolean;
  /** The primary role goes to them once they have confirmed it. */
  readonly heir?: Person;
};

/** Whoever is not written yet has no id. */
const idToCome = contactId('0');

const resultOf = (line: PersonLine, person?: Person): PersonResult => ({
  kind: line.do,
  address: person?.email ?? line.address,
  name: line.do === 'add' ? line.name : (person?.name ?? ''),
  // Of a privilege only who keeps the cases is told by it.
  role: line.do === 'add' || line.do === 'role' ? line.role : keepsCases(line, person) ? 'primary' : null,
  privilege: line.do === 'privilege' ? line.name : null,
  value: line.do === 'privilege' ? line.value : line.do === 'documents' ? (line.gets ? 'on' : 'off') : null,
  newAddress: line.do === 'details' ? (line.newAddress ?? null) : null,
  details: line.do === 'details' ? detailsOf(line) : [],
  until: line.do === 'add' ? (line.until ?? null) : null,
  why: null,
});

const keepsCases = (line: PersonLine, person?: Person): boolean =>
  line.do === 'privilege' && line.name === 'cases' && person?.role === 'primary';

const detailsOf = (line: Extract<PersonLine, { do: 'details' }>): PersonResult['details'] =>
  (['name', ...contactDetails] as const).flatMap((name) => (name in line ? [{ name, value: line[name] ?? null }] : []));

const count = (people: readonly Person[], role: Role): number => people.filter((one) => one.role === role).length;

function rightOf(line: PersonLine, target: Person | undefined, { asker, policy }: Asking): boolean {
  if (asker === null) return true;
  if (line.do === 'documents') return contactMay('documents: update', asker, policy);
  if (line.do !== 'details') return contactMay('access: update', asker, policy);
  const own = target?.id === asker.id;
  return contactMay(own ? 'own details: update' : 'contacts: update', asker, policy);
}

function add(line: Extract<PersonLine, { do: 'add' }>, people: readonly Person[], base: Base, asking: Asking): Step {
  const { asker, policy } = asking;
  const { name, address, role, types = [], privileges = {}, until = null } = line;
  const result = resultOf(line);
  if (people.some((one) => addressesOf(one).includes(address))) return { why: 'known-already', result };
  if (role === 'primary' && people.length > 0) return { why: 'has-primary', result };
  if (role !== 'primary' && people.length === 0) return { why: 'needs-primary', result };
  if (role === 'secondary' && count(people, 'secondary') >= policy.maxSecondaries)
    return { why: 'fifth-secondary', result };
  if (asker && moreThanOwn(asker, { role, privileges }, null, policy).length > 0)
    return { why: 'more-than-own', result };
  const details = Object.fromEntries(contactDetails.flatMap((key) => (line[key] ? [[key, line[key]]] : [])));
  const granted = inTableOrder(privileges);
  const person: Person = {
    ...{ id: idToCome, siteId: base.site, name, email: address, aliases: [], role, types, ...details },
    ...(Object.keys(granted).length > 0 && { privileges: granted }),
  };
  const added = { ...{ name, address, role, types, privileges: granted, details, until }, verifiedAt: null };
  return { changes: [{ ...base, kind: 'contact-added', ...added }], people: [...people, person], result };
}

const replaced = (people: readonly Person[], next: Person): readonly Person[] =>
  people.map((one) => (one.id === next.id ? next : one));

function setRole(
  line: Extract<PersonLine, { do: 'role' }>,
  target: Person,
  people: readonly Person[],
  base: Base,
  { asker, policy, handOver = asker === null }: Asking,
): Step & { readonly heir?: Person } {
  const result = resultOf(line, target);
  const { role } = line;
  const was = target.role;
  const primary = people.find((one) => one.role === 'primary');
  if (role === was) return { why: 'is-so', result };
  if (was === 'primary') return { why: 'needs-primary', result };
  if (role === 'primary' && asker && asker.id !== primary?.id) return { why: 'only-the-primary', result };
  const room = count(people, 'secondary') - (was === 'secondary' ? 1 : 0) < policy.maxSecondaries;
  if (role === 'secondary' && !room) return { why: 'fifth-secondary', result };
  if (asker && moreThanOwn(asker, { ...target, role }, target, policy).length > 0)
    return { why: 'more-than-own', result };
  const leaves = primary && leavesCases(target, { ...target, role }, policy) ? { heir: primary.id } : {};
  const of = { ...base, kind: 'role-set', contact: target.id, address: target.email, role, was, ...leaves } as const;
  const next = replaced(people, { ...target, role });
  if (role !== 'primary' || !primary) return { changes: [of], people: next, result };
  if (!handOver) return { changes: [], people, result, heir: target };
  // A site has one primary at every moment: whoever hands it over stays a decider.
  const after = room ? 'secondary' : 'technical contact';
  const before = { ...base, kind: 'role-set', contact: primary.id, address: primary.email } as const;
  return {
    changes: [{ ...before, role: after, was: 'primary' }, of],
    people: replaced(next, { ...primary, role: after }),
    result,
  };
}

function setPrivilege(
  line: Extract<PersonLine, { do: 'privilege' }>,
  target: Person,
  people: readonly Person[],
  base: Base,
  { asker, policy }: Asking,
): Step {
  const result = resultOf(line, target);
  const { name } = line;
  const value = line.value === 'default' ? null : line.value;
  const was = target.privileges?.[name] ?? null;
  if (value === was) return { why: 'is-so', result };
  if (target.role === 'primary' && asker?.id !== target.id && asker !== null)
    return { why: 'only-the-primary', result };
  const { [name]: _, ...others } = target.privileges ?? {};
  const privileges = value === null ? others : inTableOrder({ ...others, [name]: value });
  const next: Person = { ...target, privileges };
  if (asker && moreThanOwn(asker, next, target, policy).length > 0) return { why: 'more-than-own', result };
  const primary = people.find(({ role }) => role === 'primary');
  const leaves = leavesCases(target, next, policy);
  // The cases of the primary are nobody else's.
  const heir = leaves && primary && primary.id !== target.id ? { heir: primary.id } : {};
  const set = { ...base, kind: 'privilege-set', contact: target.id, address: target.email } as const;
  const of = { ...set, name, value, was, ...heir };
  return { changes: [of], people: replaced(people, next), result };
}

function setDocuments(
  line: Extract<PersonLine, { do: 'documents' }>,
  target: Person,
  people: readonly Person[],
  base: Base,
): Step {
  const result = resultOf(line, target);
  const { gets } = line;
  const others = target.types.filter((type) => type !== 'administrative');
  if (gets === others.length < target.types.length) return { why: 'is-so', result };
  const of = { ...base, kind: 'documents-set', contact: target.id, address: target.email, gets } as const;
  const types: Person['types'] = gets ? [...others, 'administrative'] : others;
  return { changes: [of], people: replaced(people, { ...target, types }), result };
}

function setDetails(
  line: Extract<PersonLine, { do: 'details' }>,
  target: Person,
  people: readonly Person[],
  base: Base,
  { policy }: Asking,
): Step {
  const { do: _, address: __, newAddress = null, ...given } = line;
  const plainResult = resultOf(line, target);
  const moves = newAddress !== null && newAddress !== target.email;
  if (moves && people.some((one) => one.id !== target.id && addressesOf(one).includes(newAddress)))
    return { why: 'known-already', result: plainResult };
  const set = Object.fromEntries(
    Object.entries(given).filter(([key, value]) => (target[key as keyof Person] ?? null) !== (value ?? null)),
  );
  if (!moves && Object.keys(set).length === 0) return { why: 'is-so', result: plainResult };
  const to = moves ? newAddress : null;
  const of = {
    ...base,
    kind: 'contact-details-set',
    contact: target.id,
    address: target.email,
    set,
    newAddress: to,
  } as const;
  const {
    changes: left,
    stays,
    subscriptions,
  } = to === null
    ? { changes: [], stays: [], subscriptions: target.subscriptions ?? [] }
    : lettersLeft(target, to, base, policy);
  const result: PersonResult =
    stays.length === 0 ? plainResult : { ...plainResult, stays: stays.map(({ kind, address }) => ({ kind, address })) };
  const aliases = target.aliases.filter((one) => one !== to);
  const plain = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, value ?? undefined]));
  return {
    changes: [...left, of],
    people: replaced(people, { ...target, ...plain, subscriptions, email: to ?? target.email, aliases }),
    result,
  };
}

function step(
  line: PersonLine,
  people: readonly Person[],
  base: Base,
  asking: Asking,
): Step & { readonly heir?: Person } {
  const target = people.find((one) => addressesOf(one).includes(line.address));
  if (!rightOf(line, target, asking)) return { why: 'no-right', result: resultOf(line, target) };
  if (line.do === 'add') return add(line, people, base, asking);
  if (!target) return { why: 'unknown-address', result: resultOf(line) };
  // What is added by the same mail has no row yet that could be changed.
  if (target.id === idToCome) return { why: 'twice', result: resultOf(line, target) };
  switch (line.do) {
    case 'remove': {
      const result = resultOf(line, target);
      const heir = people.find((one) => one.role === 'primary');
      if (target.role === 'primary' || !heir) return { why: 'needs-primary', result };
      const of = {
        ...base,
        kind: 'contact-removed',
        contact: target.id,
        address: target.email,
        heir: heir.id,
      } as const;
      return { changes: [of], people: people.filter((one) => one !== target), result };
    }
    case 'role':
      return setRole(line, target, people, base, asking);
    case 'privilege':
      return setPrivilege(line, target, people, base, asking);
    case 'documents':
      return setDocuments(line, target, people, base);
    case 'details':
      return setDetails(line, target, people, base, asking);
    default:
      return line satisfies never;
  }
}

/** The first `mostLines` are looked at; there are no more. */
export function judgePeople(
  record: PeopleRecord,
  lines: readonly PersonLine[],
  given: Given,
  { asker, handOver }: Pick<Asking, 'asker' | 'handOver'>,
): PeopleJudged {
  const { by, now: at, policy } = given;
  const base = { site: record.site.id, siteNumber: record.site.number, peopleVersion: record.version, at, by };
  const asking = { asker, policy, ...(handOver !== undefined && { handOver }) };
  const adds = lines.filter((line) => line.do === 'add').length;
  const { hour, day } = record.addedByMail;
  const tooMany =
    asker !== null &&
    adds > 0 &&
    (hour + adds > policy.contactsAddedPerHour || day + adds > policy.contactsAddedPerDay);
  let people = record.people;
  const changes: AnyChange[] = [];
  const results: PersonResult[] = [];
  let heir: Person | undefined;
  for (const line of lines) {
    const made: Step & { readonly heir?: Person } =
      tooMany && line.do === 'add' ? { why: 'too-many', result: resultOf(line) } : step(line, people, base, asking);
    if ('why' in made) {
      results.push({ ...made.result, why: made.why });
      continue;
    }
    people = made.people;
    heir ??= made.heir;
    changes.push(...made.changes);
    results.push(made.result);
  }
  // The other one is asked about nothing else.
  if (heir && lines.length > 1)
    return {
      results: results.map((one) => (one.role === 'primary' ? { ...one, why: 'alone' } : one)),
      changes: [],
      done: false,
    };
  const done = results.every(({ why }) => why === null);
  return { results, changes: done ? changes : [], done, ...(done && heir && { heir }) };
}
