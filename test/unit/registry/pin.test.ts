import { describe, expect, it } from 'vitest';
import { siteId } from '../../../src/foundation/ids.ts';
import { goodPin, type Pin, pinState } from '../../../src/registry/pin.ts';
import { defaultRegistryPolicy as policy } from '../../support/default-policies.ts';

const pin = (site: string, replacedAt: string | null): Pin => ({
  pin: '345',
  siteId: siteId(site),
  issuedAt: '2026-01-01T00:00:00Z',
  replacedAt,
});

describe('a support PIN', () => {
  it.each([
    ['2030-01-01T00:00:00Z', null, 'active'],
    ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', 'active'],
    ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 'in grace'],
    ['2026-03-08T00:00:00Z', '2026-03-01T00:00:00Z', 'in grace'],
    ['2026-03-08T00:00:01Z', '2026-03-01T00:00:00Z', 'retired'],
  ] as const)('at %s, replaced at %s, is %s', (at, replacedAt, state) => {
    expect(pinState({ replacedAt }, at, policy)).toBe(state);
  });

  it('names the site that has it now before the one that had it', () => {
    const found = goodPin([pin('1', '2026-03-01T00:00:00Z'), pin('2', null)], '2026-03-02T00:00:00Z', policy);
    expect(found).toMatchObject({ state: 'active', pin: { siteId: '2' } });
  });

  it('names the site that had it last where it is in grace for two', () => {
    const pins = [pin('2', '2026-03-03T00:00:00Z'), pin('1', '2026-03-01T00:00:00Z')];
    expect(goodPin(pins, '2026-03-04T00:00:00Z', policy)).toMatchObject({ state: 'in grace', pin: { siteId: '2' } });
  });

  it('is none once retired', () => {
    expect(goodPin([pin('1', '2026-03-01T00:00:00Z')], '2026-04-01T00:00:00Z', policy)).toBeNull();
  });
});
