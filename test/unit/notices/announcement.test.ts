/** POLICY §10.6: who of a site gets an announcement, and who does not. */
import { describe, expect, it } from 'vitest';
import {
  type Announcement,
  type AudiencePerson,
  type AudienceSite,
  bouncesTooOften,
  recipientsOf,
  textFor,
} from '../../../src/notices/announcement.ts';
import type { Role } from '../../../src/registry/site.ts';
import { policy } from '../../support/world.ts';

const at = '2026-05-13T10:00:00Z';
const announcement = (more: Partial<Announcement> = {}): Announcement => ({
  ...{ name: 'vault-12', kind: 'releases', products: [], versions: [], contactTypes: [], resolves: [] },
  texts: [{ language: 'en', subject: 'Vault 12', body: 'It is out.' }],
  ...more,
});
const person = (id: string, role: Role, more: Partial<AudiencePerson> = {}): AudiencePerson => ({
  ...{ id, role, email: `p${id}@aldous.example`, types: [] },
  ...more,
});
const licence = (kind: 'user' | 'support', to: string, product = 'Vault') =>
  ({ number: `${kind}-1`, product, kind, quantity: 5, from: '2025-01-01', to, registeredOn: null }) as const;
const site = (more: Partial<AudienceSite> = {}, to = '2026-12-31'): AudienceSite => ({
  ...{ id: '1', number: '1000345', language: 'en', site: { timezone: 'Europe/London' } },
  plans: [{ kind: 'standard', from: '2025-01-01', to }],
  licences: [licence('user', to), licence('support', to)],
  people: [person('1', 'primary'), person('2', 'authorized user')],
  ...{ named: [], resolved: [] },
  ...more,
});
const to = (given: Partial<Announcement> = {}, of: AudienceSite = site()) =>
  recipientsOf(of, announcement(given), at, policy).map(({ address, cases, leftOut }) =>
    [address.split('@')[0], ...cases, leftOut].filter(Boolean).join(' '),
  );

describe('§10.6 an announcement goes', () => {
  it('to those of an entitled site who want its kind', () => {
    expect(to()).toEqual(['p1', 'p2']);
    expect(to({ kind: 'media' })).toEqual(['p1']);
    expect(to({ kind: 'end-of-support' })).toEqual(['p1']);
  });
  it('to no site whose support has ended', () => expect(to({}, site({}, '2026-04-30'))).toEqual([]));
  it('to sites that are covered for one of its products', () => {
    expect(to({ products: ['vault'] })).toEqual(['p1', 'p2']);
    expect(to({ products: ['Ledger'] })).toEqual([]);
    expect(to({ products: ['Ledger', 'Vault'] })).toEqual(['p1', 'p2']);
  });
  it('to sites that have named one of its versions', () => {
    const named = [{ product: 'Vault', version: 'v10.2' }];
    expect(to({ versions: ['10.2'] }, site({ named }))).toEqual(['p1', 'p2']);
    expect(to({ versions: ['10.2'], products: ['Vault'] }, site({ named }))).toEqual(['p1', 'p2']);
    expect(to({ versions: ['11.6'] }, site({ named }))).toEqual([]);
    expect(to({ versions: ['10.2'] })).toEqual([]);
  });
  it('to contact types, where it names some', () => {
    const people = [person('1', 'primary'), person('2', 'authorized user', { types: ['media shipping'] })];
    expect(to({ contactTypes: ['media shipping', 'billing'] }, site({ people }))).toEqual(['p2']);
  });
  it('§11.7 to nobody whose downloads do not open it, and to nobody who has ended it', () => {
    const people = [
      person('1', 'primary', { subscriptions: [{ kind: 'releases', wanted: false, address: 'p1@aldous.example' }] }),
      person('2', 'authorized user', { privileges: { downloads: 'none' } }),
      person('3', 'provisional caller'),
    ];
    expect(to({}, site({ people }))).toEqual([]);
    // A warning is for all but callers.
    expect(to({ kind: 'security' }, site({ people }))).toEqual(['p1', 'p2']);
  });
  it('to the address of the subscription', () => {
    const people = [
      person('1', 'primary', { subscriptions: [{ kind: 'releases', wanted: true, address: 'old@aldous.example' }] }),
    ];
    expect(to({}, site({ people }))).toEqual(['old']);
  });
  it('to the address of the subscription, whatever came back from the one on record; not where it came back from there', () => {
    const said = { kind: 'releases', wanted: true, address: 'old@aldous.example' } as const;
    const lost = person('1', 'primary', { unreachable: true, subscriptions: [said] });
    expect(to({}, site({ people: [lost] }))).toEqual(['old']);
    expect(to({ kind: 'announcements' }, site({ people: [lost] }))).toEqual(['p1 unreachable']);
    const back = person('1', 'primary', { subscriptions: [{ ...said, unreachable: true }] });
    expect(to({}, site({ people: [back] }))).toEqual(['old unreachable']);
    expect(to({ kind: 'announcements' }, site({ people: [back] }))).toEqual(['p1']);
  });
  it('to the contacts of the cases that it resolves, with their numbers, also where they get no releases', () => {
    const people = [
      person('1', 'primary'),
      person('2', 'authorized user', { privileges: { downloads: 'none' } }),
      person('3', 'provisional caller'),
    ];
    const resolved = [
      { case: '100042', contact: '2' },
      { case: '100043', contact: '2' },
      { case: '100044', contact: '3' },
    ];
    expect(to({}, site({ people, resolved }))).toEqual(['p1', 'p2 100042 100043', 'p3 100044']);
  });
  it('to nobody whose letters come back: they are counted', () => {
    const people = [person('1', 'primary', { unreachable: true }), person('2', 'authorized user')];
    expect(to({}, site({ people }))).toEqual(['p1 unreachable', 'p2']);
  });
});

describe('the text of an announcement', () => {
  const texts = [
    { language: 'en', subject: 'e', body: '' },
    { language: 'de', subject: 'd', body: '' },
    { language: 'pt-BR', subject: 'p', body: '' },
  ] as const;
  it.each([
    ['de', 'd'],
    ['de-AT', 'd'],
    ['pt-br', 'p'],
    ['pt', 'p'],
    ['ja', 'e'],
  ])('is the one of its reader: %s', (language, subject) => expect(textFor({ texts }, language).subject).toBe(subject));
});

it('§10.6 pauses where more than 5 % of the last 200 came back', () => {
  const numbers = { pauseOf: 200, pausePercent: 5 };
  expect(bouncesTooOften({ bounced: 10 }, numbers)).toBe(false);
  expect(bouncesTooOften({ bounced: 11 }, numbers)).toBe(true);
});
