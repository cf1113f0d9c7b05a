/** POLICY §11.6, §11.7: of which licences somebody is told by itself. */
import { describe, expect, it } from 'vitest';
import { licenceNews, proofOf } from '../../../../src/registry/licences/proofs.ts';
import type { LicenceEntry, SiteEntry } from '../../../../src/registry/registry-form.ts';
import { defaultRegistryPolicy as policy } from '../../../support/default-policies.ts';
import { sites } from '../../../support/world.ts';

const now = '2026-05-13T10:00:00Z';
const licence = (more: Partial<LicenceEntry> = {}): LicenceEntry => ({
  ...{ number: 'S-1', product: 'Vault', kind: 'support', quantity: 5, from: '2025-06-01', to: '2026-05-31' },
  ...more,
});
const site = (...licences: LicenceEntry[]): SiteEntry => ({ number: '1000345', timezone: 'Europe/London', licences });
const news = (before: SiteEntry | undefined, after: SiteEntry) => licenceNews(before, after, now, policy);

describe('the proof of a licence goes out', () => {
  it('for one that is new, and for one that ends later than before', () => {
    const fresh = licence({ number: 'S-2', from: '2026-05-10', to: '2027-05-09' });
    expect(news(site(licence()), site(licence(), fresh))).toEqual([{ number: 'S-2', why: 'new' }]);
    expect(news(site(licence()), site(licence({ to: '2027-05-31' })))).toEqual([{ number: 'S-1', why: 'renewed' }]);
    const without = licence({ to: undefined });
    expect(news(site(without), site({ ...without, from: '2026-06-01' }))).toEqual([{ number: 'S-1', why: 'renewed' }]);
    expect(news(site(licence()), site(licence({ kind: 'user', to: undefined })))).toEqual([
      { number: 'S-1', why: 'renewed' },
    ]);
  });
  it('never by a first import: of a site, or of its first licences (§11.6)', () => {
    expect(news(undefined, site(licence({ from: '2026-05-12' })))).toEqual([]);
    expect(news(site(), site(licence({ from: '2026-05-12' })))).toEqual([]);
  });
  it('never for what lies in the past: issued more than 30 days ago, or over', () => {
    const old = (from: string, to: string) =>
      news(site(licence()), site(licence(), licence({ number: 'S-2', from, to })));
    expect(old('2026-04-13', '2027-04-12')).toEqual([{ number: 'S-2', why: 'new' }]);
    expect(old('2026-04-12', '2027-04-11')).toEqual([]);
    expect(old('2026-05-01', '2026-05-12')).toEqual([]);
    expect(news(site(licence({ to: '2026-01-01' })), site(licence({ to: '2026-02-01' })))).toEqual([]);
  });
  it('for nothing else that changes: quantity, edition, an earlier end, a registration', () => {
    const { licences: _, ...rest } = site();
    expect(news(site(licence()), site(licence({ quantity: 9, edition: 'Pro', registered: '2026-05-12' })))).toEqual([]);
    expect(news(site(licence()), site(licence({ to: '2026-05-20' })))).toEqual([]);
    expect(news(site(licence()), rest)).toEqual([]);
    const trial = licence({ kind: 'trial', to: undefined, registered: '2026-05-01' });
    expect(news(site(trial), site({ ...trial, registered: '2026-05-12' }))).toEqual([]);
  });
});

describe('what a proof says', () => {
  it('is all that has not ended, with its plans; or the news alone', () => {
    const [aldous] = sites;
    if (!aldous) throw new Error('the world has a first site');
    const all = proofOf(aldous, now, policy);
    expect(all.licences.map(({ number, state }) => [number, state])).toEqual([
      ['U-1001', null],
      ['S-1001', null],
    ]);
    expect(all.plans.map(({ kind, endsOn }) => [kind, endsOn])).toEqual([['standard', '2026-12-31']]);
    const some = proofOf(aldous, now, policy, [{ number: 'S-1001', why: 'renewed' }]);
    expect(some.licences.map(({ number, state }) => [number, state])).toEqual([['S-1001', 'renewed']]);
    expect(some.plans).toEqual([]);
    expect(proofOf(aldous, '2028-05-13T10:00:00Z', policy)).toMatchObject({ licences: [], plans: [] });
  });
});
