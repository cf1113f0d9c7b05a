import { describe, expect, it } from 'vitest';
import { letterTemplates } from '../../../src/outbound/letter.ts';
import { letterName, letterNames } from '../../../src/outbound/letter-names.ts';

describe('kinds of letters', () => {
  it('have a name each, that no other has and no template', () => {
    const names = Object.values(letterNames);
    expect(Object.keys(letterNames)).toEqual(Object.keys(letterTemplates));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/-|^.{0,3}$/);
  });
  it('of an older version are named by their own', () => {
    expect(letterName('opened-summary')).toBe('summary of cases that were opened');
    expect(letterName('gone-since')).toBe('gone since');
    expect(letterName('constructor')).toBe('constructor');
  });
});
