import { describe, expect, it } from 'vitest';
import { contactId, siteId } from '../../../src/foundation/ids.ts';
import {
  decidersOf,
  isDecider,
  mayOpenCases,
  privilegeNames,
  privilegesOf,
} from '../../../src/registry/permissions.ts';
import { registryPolicySchema } from '../../../src/registry/policy.ts';
import { recogniseProduct, sameProduct } from '../../../src/registry/product.ts';
import { answerTo, contactAtSite, sitesOf } from '../../../src/registry/recognise.ts';
import { type Contact, type ProductVersion, type Role, roles } from '../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../support/default-policies.ts';

const contact = (
  id: string,
  site: string,
  email: string,
  aliases: string[] = [],
  role: Role = 'authorized user',
): Contact => ({
  id: contactId(id),
  siteId: siteId(site),
  name: id,
  email,
  aliases,
  role,
  types: [],
});
const anna = contact('1', '10', 'anna@acme.example', ['a.k@acme.example']);
const annaElsewhere = contact('2', '20', 'anna@acme.example');
const bert = contact('3', '10', 'bert@acme.example', ['anna@acme.example']);

describe('recognising the sender', () => {
  it('finds the contact of the site that is asked about', () => {
    expect(contactAtSite([anna, annaElsewhere], 'anna@acme.example', siteId('20'))?.contact.id).toBe('2');
    expect(contactAtSite([annaElsewhere], 'anna@acme.example', siteId('10'))).toBeNull();
  });
  it('knows a further address, and says so', () => {
    expect(contactAtSite([anna], 'a.k@acme.example', siteId('10'))).toEqual({ contact: anna, by: 'alias' });
  });
  it('takes the owner of the e-mail address before the owner of an alias', () => {
    expect(contactAtSite([bert, anna], 'anna@acme.example', siteId('10'))).toEqual({ contact: anna, by: 'email' });
  });
  it('lists each site once', () => {
    expect(sitesOf([anna, bert, annaElsewhere], 'anna@acme.example')).toEqual(['10', '20']);
  });
  it('answers to the further address that was written from, to no address that is not on record', () => {
    expect(answerTo(anna, 'a.k@acme.example')).toBe('a.k@acme.example');
    expect(answerTo(anna, 'eve@evil.example')).toBe('anna@acme.example');
  });
});

describe('what a role may', () => {
  it('opens any case, licensing only, or limited', () => {
    expect(roles.map(mayOpenCases)).toEqual(['any', 'any', 'any', 'any', 'licensing', 'limited']);
  });
  it('makes the primary and whoever updates access a decider', () => {
    expect(roles.filter((role) => isDecider(role, policy))).toEqual(['primary', 'technical contact']);
    expect(isDecider('authorized user', policy, { 'manage access': 'update' })).toBe(true);
    expect(isDecider('technical contact', policy, { 'manage access': 'view' })).toBe(false);
    expect(isDecider('primary', policy, { 'manage access': 'none' })).toBe(true);
    const chief = contact('4', '10', 'c@acme.example', [], 'primary');
    expect(decidersOf([anna, chief], policy)).toEqual([chief]);
  });
  it('names every privilege of the table', () => {
    expect(Object.keys(privilegesOf('primary', policy)).sort()).toEqual([...privilegeNames].sort());
  });
  it('gives a provisional caller no downloads', () => {
    expect(privilegesOf('provisional caller', policy).downloads).toBe('none');
  });
  it('comes from the policy, which refuses what it does not know', () => {
    expect(registryPolicySchema.safeParse({ graceDays: { 1: -1 } }).success).toBe(false);
    expect(registryPolicySchema.safeParse({ grace: 3 }).success).toBe(false);
    expect(registryPolicySchema.parse({ pinGraceDays: 3 }).trialDays).toBe(30);
  });
});

describe('a product as people write it', () => {
  const versions: ProductVersion[] = [
    { product: 'Data Pulse', version: '12.2', stage: 'full', preview: false },
    { product: 'Data Pulse', version: '13.0', stage: 'full', preview: true },
  ];
  const names = ['Data', 'Data Pulse'];
  it('is the same in any case, width and spacing', () => {
    expect(sameProduct('ＤＡＴＡ  pulse', 'Data-Pulse')).toBe(true);
    expect(sameProduct('Data', 'Data Pulse')).toBe(false);
  });
  it('is read with its version from one line or two', () => {
    expect(recogniseProduct({ product: 'data pulse 12.2' }, names, versions)).toEqual({
      product: 'Data Pulse',
      version: versions[0],
    });
    expect(recogniseProduct({ product: 'Data Pulse', version: 'v13.0' }, names, versions).version?.preview).toBe(true);
  });
  it('is none where nothing on record was named', () => {
    expect(recogniseProduct({ product: 'Database' }, names, versions)).toEqual({ product: null, version: null });
    expect(recogniseProduct({}, names, versions)).toEqual({ product: null, version: null });
  });
});
