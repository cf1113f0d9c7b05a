/** POLICY §1, §11.7: what each role may by default and what each level opens, written down a second time. */
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../../src/intake/commands/commands.ts';
import { actOf } from '../../../src/intake/commands/run-command.ts';
import { levelsOf, privilegeNames } from '../../../src/registry/contacts/privileges.ts';
import {
  type ContactRight,
  contactMay,
  contactRights,
  isTheirs,
  privilegesOf,
} from '../../../src/registry/permissions.ts';
import { type Role, roles } from '../../../src/registry/site.ts';

import { defaultRegistryPolicy as policy } from '../../support/default-policies.ts';

type Level = readonly [privilege: (typeof privilegeNames)[number], least: string];
/** Who of the roles, whatever they have besides; and the least level of a privilege. */
type Opens = {
  readonly but?: readonly Role[];
  readonly level?: Level;
  /** One of these, to see it. */
  readonly either?: readonly Level[0][];
  readonly always?: Role;
};
const opens: Record<ContactRight, Opens> = {
  'help: view': {},
  'own details: update': { but: ['provisional caller'] },
  'own letters: update': {},
  'licences: register': { but: ['provisional caller'] },
  'pins: view': { but: ['provisional caller'], level: ['cases', 'update'] },
  'privileged PINs: issue': {
    but: ['authorized user', 'licence user', 'provisional caller'],
    level: ['cases', 'update'],
  },
  'access: view': { level: ['manage access', 'view'], always: 'primary' },
  'access: update': { level: ['manage access', 'update'], always: 'primary' },
  'contacts: view': { level: ['contact updates', 'view'] },
  'contacts: update': { level: ['contact updates', 'update'] },
  'people: view': { either: ['manage access', 'contact updates'], always: 'primary' },
  'documents: view': { level: ['documents', 'view'] },
  'documents: update': { level: ['documents', 'update'] },
  'reporting: view': { level: ['reporting', 'view'] },
  'cases: view': { level: ['cases', 'view'] },
  'cases: update': { level: ['cases', 'update'] },
  'downloads: software': { level: ['downloads', 'software'] },
  'downloads: media': { level: ['downloads', 'software and media'] },
  'downloads: quotes': { level: ['downloads', 'with quotes, catalogue and renewals'] },
};
const order = levelsOf;

/** Every role with every level of every privilege, and with none of its own. */
const standings = roles.flatMap((role) => [
  { role, privileges: {} },
  ...privilegeNames.flatMap((name) => order(name).map((level) => ({ role, privileges: { [name]: level } }))),
]);

describe('the table of privileges', () => {
  it('has every right of a contact, and no act needs another one of theirs', () => {
    expect(Object.keys(opens).toSorted()).toEqual(Object.keys(contactRights).toSorted());
    const asked = commandNames.map((name) => actOf[name]);
    for (const act of asked) expect(Object.keys(opens), act.name).toContain(act.right);
  });
  it.each(Object.keys(opens) as ContactRight[])('%s: by role and by level', (right) => {
    const { but = [], level, either, always } = opens[right];
    for (const standing of standings) {
      const { role } = standing;
      const has = privilegesOf(role, policy, standing.privileges);
      const upTo = ([name, least]: Level) => order(name).indexOf(has[name]) >= order(name).indexOf(least);
      const reaches = either ? either.some((name) => upTo([name, 'view'])) : level === undefined || upTo(level);
      const may = role === always || (!but.includes(role) && reaches);
      expect(contactMay(right, standing, policy), JSON.stringify(standing)).toBe(may);
    }
  });
  it('knows no right of our own people', () => {
    for (const right of ['mail: settle', 'cases: work', 'registry: update', 'none', 'asked', 'toString'])
      expect(contactMay(right, { role: 'primary' }, policy)).toBe(false);
  });
  it('leaves a provisional caller own cases, and a licence user those about licences as well', () => {
    const on = { kind: 'incident', participants: ['max@aldous.example'] };
    const person = (role: Role, email = 'nia@aldous.example') => ({ role, email, aliases: ['n@aldous.example'] });
    const theirs = (kind: string, participants: string[]) =>
      roles.filter((role) => isTheirs({ kind, participants }, person(role)));
    const usual: Role[] = ['primary', 'secondary', 'technical contact', 'authorized user'];
    expect(theirs('incident', on.participants)).toEqual(usual);
    expect(theirs('licensing', on.participants)).toEqual([...usual, 'licence user']);
    expect(theirs('incident', ['n@aldous.example'])).toEqual([...usual, 'licence user', 'provisional caller']);
  });
});
