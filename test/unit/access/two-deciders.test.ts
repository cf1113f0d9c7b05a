/** Which grants need two who decide. */
import { expect, it } from 'vitest';
import { needsTwo } from '../../../src/access/two-deciders.ts';
import type { Granted } from '../../../src/registry/contacts/privileges.ts';
import type { Role } from '../../../src/registry/site.ts';
import { policy } from '../../support/world.ts';

const two = (role: Role, privileges: Granted, ...twoDeciders: ('secondary' | 'technical contact' | 'licence user')[]) =>
  needsTwo(role, privileges, { ...policy, access: { ...policy.access, twoDeciders } });
const asSecondary: Granted = {
  ...{ 'manage access': 'view', 'contact updates': 'update', documents: 'update', reporting: 'view' },
  downloads: 'software and media',
};

it('is a listed role, and none where none is listed', () => {
  expect(two('secondary', {}, 'secondary')).toBe(true);
  expect(two('secondary', { 'manage access': 'update' })).toBe(false);
});

it('is another role with a privilege that decides, or with as much as a listed role has', () => {
  expect(two('authorized user', { 'manage access': 'update' }, 'secondary')).toBe(true);
  expect(two('authorized user', asSecondary, 'secondary')).toBe(true);
});

it('is not another role as it is by default, nor with less than a listed one has', () => {
  expect(two('technical contact', {}, 'secondary')).toBe(false);
  expect(two('authorized user', {}, 'licence user')).toBe(false);
  expect(two('authorized user', { ...asSecondary, documents: 'view' }, 'secondary')).toBe(false);
});
