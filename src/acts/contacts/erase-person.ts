import { z } from 'zod';
import { type RequestStep, stateOf } from '../../access/request.ts';
import { actorOf } from '../../changes/by.ts';
import type { OwnChange } from '../../changes/change.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { stepped } from '../access/on-request.ts';
import { type Act, type ActLetter, type Given, type Refusal, refused } from '../act.ts';
import { letterTo } from '../self-service/telling.ts';
import { atSite } from './contact-letters.ts';
import type { ErasureRecord, PeopleRecord, Person } from './records.ts';

const input = z.strictObject({
  address: z.email().max(254).toLowerCase().describe('an address of the person, on record or not'),
});
type ErasePerson = z.infer<typeof input>;

const personAt = ({ people }: PeopleRecord, { addresses }: ErasureRecord): Person | undefined =>
  people.find((one) => addressesOf(one).some((address) => addresses.includes(address)));

/** What they wrote is ours: it stands in every case. */
function oursRefused({ addresses, ours }: ErasureRecord, { desk }: Given): Refusal | null {
  const isOne = (list: readonly (string | null)[]) => addresses.find((one) => list.includes(one));
  const desks = [...Object.values(desk.addresses), ...desk.care, ...desk.renewalTeam];
  const own = isOne(desk.people.map(({ email }) => email));
  if (ours || own !== undefined)
    return refused(
      'conflict',
      `${own ?? addresses[0]} is one of our people: take them off the staff first (postern staff remove, or postern.yaml).`,
    );
  const team = isOne(desks);
  return team === undefined ? null : refused('conflict', `${team} is an address of ours, and not that of a person.`);
}

/** §8.8: a site is never without a primary, and somebody has to have the cases. */
function primaryRefused({ at, ...record }: ErasureRecord): Refusal | null {
  const led = at.filter((site) => personAt(site, { at, ...record })?.role === 'primary');
  if (led.length === 0) return null;
  const sites = led.map(({ site }) => `site ${site.number}`).join(' and ');
  return refused(
    'conflict',
    `${record.address} is the primary of ${sites}, and a site is never without one: give that role to somebody else first (postern contact role SITE ADDRESS primary).`,
  );
}

function ended(record: ErasureRecord, given: Given): OwnChange[] {
  const step: RequestStep = { kind: 'erased', at: given.now, by: actorOf(given.by) };
  return record.requests.flatMap((on) => {
    const made = stepped(on, [step], given);
    return made.kind === 'stepped' && stateOf(on.steps) !== 'expired' ? [made.change] : [];
  });
}

function removed(record: ErasureRecord, { by, now: at }: Given): OwnChange[] {
  return record.at.flatMap((where): OwnChange[] => {
    const person = personAt(where, record);
    const heir = where.people.find(({ role }) => role === 'primary');
    if (!person || !heir) return [];
    const { site, version: peopleVersion } = where;
    const of = { site: site.id, siteNumber: site.number, peopleVersion, at, by };
    return [{ ...of, kind: 'contact-removed', contact: person.id, address: person.email, heir: heir.id }];
  });
}

/** The primary has their cases from now on, and hears of it without a name. */
function told(record: ErasureRecord): ActLetter[] {
  return record.at.flatMap((where) => {
    const heir = where.people.find(({ role }) => role === 'primary');
    const { site } = where;
    if (!heir || !personAt(where, record)) return [];
    const cases = record.openCases.flatMap((one) => (one.site === site.number ? [{ case: one.number }] : []));
    const letter = { template: 'contact-erased', values: { ...atSite(where), cases } } as const;
    return [letterTo({ address: heir.email, site }, letter, `erased:${site.number}:${where.version}`)];
  });
}

/** POLICY §11.5: the row goes, mails and letters are sealed, and what names the person is emptied; the audit stays. */
export const erasePerson: Act<ErasePerson> = {
  name: 'erase-person',
  input,
  right: 'people: erase',
  does: 'erases a person: takes them off every site, seals their mails and letters, empties what names them',
  gives: {
    changes: ['contact-removed', 'request-stepped', 'mail-refused', 'questions-lapsed', 'person-erased'],
    letters: ['contact-erased'],
  },
  needs: ({ address }) => ({ erasure: { address } }),
  judge({ address }, { erasure: record }, given) {
    if (!record) throw new Error('what is held of the person was not asked for');
    const ours = oursRefused(record, given);
    if (ours) return ours;
    const primary = primaryRefused(record);
    if (primary) return primary;
    const { by, now: at } = given;
    const { addresses, wide, names, held, mails, letters, mentions } = record;
    const sites = record.at.map(({ site }) => site.id);
    const gone = removed(record, given);
    if (gone.length + mails + letters + mentions + record.requests.length === 0)
      return { kind: 'done', changes: [], letters: [], says: `Nothing is held of ${address}.` };
    const refusedMails = held.map(
      ({ id, was }) => ({ kind: 'mail-refused', mail: id, was, reason: 'Its sender was erased.', at, by }) as const,
    );
    const contacts = gone.flatMap((one) => (one.kind === 'contact-removed' ? [one.contact] : []));
    return {
      kind: 'done',
      changes: [
        ...ended(record, given),
        ...refusedMails,
        ...(refusedMails.length > 0 ? [{ kind: 'questions-lapsed', at, by } as const] : []),
        ...gone,
        { kind: 'person-erased', address, addresses, wide, names, sites, contacts, mails, letters, at, by },
      ],
      letters: told(record),
    };
  },
};
