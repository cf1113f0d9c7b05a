import { describe, expect, it } from 'vitest';
import { addressPattern, isErased, namePattern, namesToFind } from '../../../src/upkeep/erasure.ts';

describe('who is looked for', () => {
  it.each([
    'authorized user',
    'Authorized  User',
    'technical contact',
    'manage access',
    'software and media',
    'site technical',
  ])('a word of ours is nobody’s name: %j', (name) => {
    expect(namePattern(name)).toBeNull();
    expect(namesToFind([name])).toEqual([]);
  });
  it('is no word of ours the other way round either', () => {
    expect(namesToFind(['User, Authorized'])).toEqual(['User, Authorized']);
  });
  it('keeps the plus part of an address that has one', () => {
    const pattern = addressPattern('team+ada@x.example', { wide: true });
    expect(pattern).toContain('team\\+ada@x\\.example');
    expect(pattern).toBe(addressPattern('team+ada@x.example', { wide: false }));
  });
  it('takes others with the same local part for theirs only where they are', () => {
    expect(addressPattern('ada@x.example', { wide: true })).not.toBe(addressPattern('ada@x.example', { wide: false }));
  });
  it('knows what stands in their place, with the id of a row and without', () => {
    expect(['erased-7-1@erased.invalid', 'erased-7-1-4711@erased.invalid'].every(isErased)).toBe(true);
    expect(['erased@x.example', 'ada@erased.invalid'].some(isErased)).toBe(false);
  });
});
