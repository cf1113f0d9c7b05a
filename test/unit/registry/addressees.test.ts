import { describe, expect, it } from 'vitest';
import { addresseesOf } from '../../../src/registry/contacts/addressees.ts';
import type { Contact } from '../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../support/default-policies.ts';

const person = (email: string, role: Contact['role'], more: Partial<Contact> & { unreachable?: boolean } = {}) => ({
  ...{ email, role, types: [] as Contact['types'] },
  ...more,
});
const people = [
  person('max', 'authorized user', { types: ['site technical'] }),
  person('tia', 'technical contact'),
  person('sue', 'secondary'),
  person('ada', 'primary'),
];
const to = (letter: Parameters<typeof addresseesOf>[0], all = people) =>
  addresseesOf(letter, all, policy).map(({ email }) => email);
const without = (...gone: string[]) =>
  people.map((one) => (gone.includes(one.email) ? { ...one, unreachable: true } : one));

describe('POLICY §1 contact types, §9: who gets which letter', () => {
  it('lists and questions go to the primary', () => {
    for (const letter of ['contacts-monthly', 'contacts-quarterly', 'contact-unreached', 'site-welcome'] as const)
      expect(to(letter)).toEqual(['ada']);
  });

  it('where letters to the primary come back, to the next who may do what is asked', () => {
    expect(to('contacts-monthly', without('ada'))).toEqual(['sue']);
    // A secondary only sees who has access (§11.7).
    expect(to('contacts-quarterly', without('ada'))).toEqual(['tia']);
    expect(to('contacts-monthly', without('ada', 'sue', 'tia'))).toEqual([]);
  });

  it('technical contacts are those of the type and of the role', () => {
    expect(to('technical-welcome')).toEqual(['max', 'tia']);
    expect(to('technical-welcome', without('tia'))).toEqual(['max']);
  });

  it('§10.1 what ends goes to the first renewal contact whom letters reach, then to the primary', () => {
    const all = [...people, person('rob', 'authorized user', { types: ['renewal'] })];
    const both = [...all, person('ria', 'secondary', { types: ['billing', 'renewal'] })];
    const lost = (...gone: string[]) => both.map((one) => ({ ...one, unreachable: gone.includes(one.email) }));
    expect(to('renewal-notice', both)).toEqual(['rob']);
    expect(to('renewal-notice', lost('rob'))).toEqual(['ria']);
    expect(to('renewal-notice', lost('rob', 'ria'))).toEqual(['ada']);
    expect(to('renewal-notice', lost('rob', 'ria', 'ada'))).toEqual([]);
    expect(to('renewal-notice')).toEqual(['ada']);
  });

  it('§11.7 where nobody of these can be reached, to the first whose downloads open renewals', () => {
    const privileges = { downloads: 'with quotes, catalogue and renewals' } as const;
    const all = [...without('ada'), person('uma', 'authorized user', { privileges })];
    expect(to('renewal-notice', all)).toEqual(['uma']);
    expect(to('renewal-notice', [...people, person('uma', 'authorized user', { privileges })])).toEqual(['ada']);
    const less = person('uma', 'authorized user', { privileges: { downloads: 'software and media' } });
    expect(to('renewal-notice', [...without('ada'), less])).toEqual([]);
    const given = { roleDefaults: { ...policy.roleDefaults, secondary: policy.roleDefaults.primary } };
    expect(addresseesOf('renewal-notice', without('ada'), given).map(({ email }) => email)).toEqual(['sue']);
  });
});
