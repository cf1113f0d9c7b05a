/** POLICY §1, §10.6, §11.7: who gets which letters that can be ended, by role, contact type and privilege, a second time. */
import { describe, expect, it } from 'vitest';
import { kindsFor, type OwnSubscription, type Reader, standingOf } from '../../../src/notices/kinds.ts';
import type { ContactType, Role } from '../../../src/registry/site.ts';
import { policy } from '../../support/world.ts';

const reader = (role: Role, more: Partial<Reader> = {}): Reader => ({
  ...{ email: 'ada@aldous.example', role, types: [] as ContactType[] },
  ...more,
});
const gets = (role: Role, more: Partial<Reader> = {}) => kindsFor(reader(role, more), policy).join(', ');

describe('§10.6 letters that can be ended', () => {
  it.each([
    ['primary', 'announcements, releases, media, end-of-support'],
    ['secondary', 'announcements, releases, media, end-of-support'],
    ['technical contact', 'announcements, releases, media, end-of-support'],
    ['authorized user', 'announcements, releases'],
    ['licence user', ''],
    ['provisional caller', ''],
  ] as const)('go by default to a %s: %s', (role, kinds) => expect(gets(role)).toBe(kinds));
  it('§11.7 open by the levels of downloads', () => {
    const at = (downloads: 'none' | 'software' | 'software and media' | 'with quotes, catalogue and renewals') =>
      gets('authorized user', { privileges: { downloads } });
    expect(at('none')).toBe('announcements');
    expect(at('software')).toBe('announcements, releases');
    expect(at('software and media')).toBe('announcements, releases, media');
    expect(at('with quotes, catalogue and renewals')).toBe('announcements, releases, media');
  });
  it('§1 go by contact type, whatever the privileges', () => {
    const none = { privileges: { downloads: 'none' } } as const;
    expect(gets('authorized user', { ...none, types: ['media shipping'] })).toBe('announcements, releases, media');
    expect(gets('licence user', { types: ['site technical'] })).toBe('end-of-support');
    expect(gets('authorized user', { ...none, types: ['renewal'] })).toBe('announcements, end-of-support');
  });
  it('come and go as their reader says, at the address that they were asked for', () => {
    const said: OwnSubscription[] = [
      { kind: 'announcements', wanted: false, address: 'ada@aldous.example' },
      { kind: 'releases', wanted: true, address: 'old@aldous.example' },
      { kind: 'end-of-support', wanted: true, address: 'ada@aldous.example' },
    ];
    const ada = reader('authorized user', { subscriptions: said });
    expect(kindsFor(ada, policy)).toEqual(['releases', 'end-of-support']);
    expect(standingOf('releases', ada, policy)).toMatchObject({ address: 'old@aldous.example', own: true });
    expect(standingOf('media', ada, policy)).toMatchObject({ address: 'ada@aldous.example', own: false, may: false });
  });
  it('end with the privilege, whatever was said before', () => {
    const said: OwnSubscription[] = [{ kind: 'releases', wanted: true, address: 'ada@aldous.example' }];
    const one = { subscriptions: said, privileges: { downloads: 'none' } } as const;
    expect(standingOf('releases', reader('authorized user', one), policy)).toMatchObject({ wanted: false, may: false });
  });
});
