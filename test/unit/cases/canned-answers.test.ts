/** Kept answers: values from a fixed list, and nothing else in two braces. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CannedFacts,
  cannedFaults,
  cannedNames,
  fillCanned,
  gapsIn,
} from '../../../src/cases/shown/canned-answers.ts';

const facts: CannedFacts = {
  case: '100417',
  title: 'The vault is shut',
  contact: 'Ada Byron',
  site: 'Aldous Robotics',
  product: 'Vault 11.6',
  severity: '2',
  due: null,
  owner: 'Kim Oster',
  me: 'Robin Hale',
};

const faults = (text: string): string[] => cannedFaults({ name: 'Update', text });

describe('a kept answer', () => {
  it('is filled in with what is known of the case', () => {
    expect(fillCanned('Dear {{ contact }},\nabout case {{case}}: {{ me }}', facts)).toBe(
      'Dear Ada Byron,\nabout case 100417: Robin Hale',
    );
  });
  it('shows what is not known as a gap', () => expect(fillCanned('By {{ due }}.', facts)).toBe('By [due?].'));
  it('whose gaps are found again, and nobody’s brackets', () => {
    expect(gapsIn('By [due?], of [product?] and [due?].')).toEqual(['[due?]', '[product?]']);
    expect(gapsIn('Is it [this?] or a[1]?')).toEqual([]);
  });
  it.each([
    ['Dear {{ name }}', /no value "name"/],
    ['Dear {{ constructor }}', /no value "constructor"/],
    ['Dear {{ contact', /not closed/],
    ['Dear contact }}', /not opened/],
    ['{% if contact %}', /no conditions/],
    ['{{ contact | upcase }}', /no value "contact \| upcase"/],
  ])('is refused where it asks for what there is not: %s', (text, says) =>
    expect(faults(text).join(' ')).toMatch(says),
  );
  it('is right with every value there is', () =>
    expect(faults(cannedNames.map((name) => `{{ ${name} }}`).join(' '))).toEqual([]));
  it('puts nothing in twice, whatever a value says', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (contact, rest) => {
        fc.pre(!/[{}]/.test(rest));
        expect(fillCanned(`{{ contact }}${rest}`, { ...facts, contact })).toBe(`${contact}${rest}`);
      }),
    );
  });
  it('without a fault leaves no braces behind', () => {
    const piece = fc.oneof(
      fc.constantFrom(...cannedNames).map((name) => `{{ ${name} }}`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        fc.pre(faults(text).length === 0);
        expect(fillCanned(text, { ...facts, due: 'soon' })).not.toMatch(/\{\{|\}\}/);
      }),
    );
  });
});
