import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPolicyText, leaves } from '../../../src/config/policy-check.ts';
import { policySchema } from '../../../src/config/policy-file.ts';
import { draftOf, meaningsIn, numbersOf } from '../../../src/config/policy-meanings.ts';

const usual = policySchema.parse({});
const rows = numbersOf(usual).flatMap(({ numbers }) => numbers);

describe('numbers of the policy', () => {
  it('are all there, each with a meaning', () => {
    for (const [path] of leaves(usual))
      expect(
        rows.some((one) => path === one.path || path.startsWith(`${one.path}.`)),
        path,
      ).toBe(true);
    for (const { path, says } of rows) expect(says.length, path).toBeGreaterThan(8);
    expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
  });
  it('stand in sections, as in the file', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../postern.example.yaml'), 'utf8');
    expect(meaningsIn(text).map(({ title }) => title.split('; ')[0])).toEqual(
      expect.arrayContaining(['Customers', 'Cases', 'Requests for access', 'How many letters']),
    );
  });
  it('that stand in another form are one', () => {
    const weekly = policySchema.parse({ businessHours: { mon: [['09:00', '17:00']] } });
    const found = numbersOf(weekly).flatMap(({ numbers }) => numbers);
    expect(found.find(({ path }) => path === 'businessHours')?.now).toContain('mon');
    expect(found.some(({ path }) => path === 'businessHours.from')).toBe(false);
  });
});

describe('what was typed', () => {
  it('that is what counts changes nothing', () => {
    const typed = Object.fromEntries(rows.map(({ path, now }) => [path, now]));
    expect(draftOf(usual, typed)).toMatchObject({ faults: [], changed: [], policy: usual });
  });
  it('comes out as lines for the file, which give the same numbers', () => {
    const draft = draftOf(usual, {
      'access.undoMinutes': '30',
      'response.premier': '{ 1: { minutes: 15 }, 2: { minutes: 60 }, 3: { minutes: 120 }, 4: { minutes: 240 } }',
      'letters.retryMinutes': '[1, 2]',
      closeAfterBusinessDays: '10',
      businessHours: '{ days: [1, 2, 3], from: "08:00", to: "16:00" }',
    });
    expect(draft.faults).toEqual([]);
    expect(draft.changed.map(({ path }) => path)).toHaveLength(5);
    const checked = checkPolicyText(draft.yaml ?? '');
    expect(checked.faults).toEqual([]);
    expect(checked.policy).toEqual(draft.policy);
    expect(draft.yaml).not.toContain('tokenDays');
  });
  it('and cannot be used is named by its path', () => {
    const { faults, yaml } = draftOf(usual, { pinDigits: '11', 'access.tokenDays': '[', askFor: '[ colour ]' });
    expect(faults.map(({ path }) => path.split('.')[0])).toEqual(
      expect.arrayContaining(['pinDigits', 'access', 'askFor']),
    );
    expect(yaml).toBeNull();
  });
  it('is never taken for something else: whatever comes out gives it back', () => {
    const numeric = rows.filter(({ now }) => /^\d+$/.test(now));
    fc.assert(
      fc.property(
        fc.subarray(numeric, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (some, value) => {
          const draft = draftOf(usual, Object.fromEntries(some.map(({ path }) => [path, String(value)])));
          if (draft.yaml === null) return;
          expect(checkPolicyText(draft.yaml).policy ?? usual).toEqual(draft.policy);
        },
      ),
    );
  });
});
