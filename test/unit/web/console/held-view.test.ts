import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldKinds } from '../../../../src/intake/held-kinds.ts';
import { type HeldView, hrefOf, kindsOf, nextRow, readView } from '../../../../src/web/console/held/view.ts';

const queryOf = (href: string) => Object.fromEntries(new URL(href, 'http://desk.example').searchParams);
const id = fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String);
const view: fc.Arbitrary<HeldView> = fc.record({
  reason: fc.constantFrom('all', 'refused', ...heldKinds.map(({ name }) => name)),
  order: fc.constantFrom('newest', 'oldest'),
  row: fc.option(id),
  from: fc.option(
    fc.record({
      side: fc.constantFrom('after', 'before'),
      key: fc.record({
        arrivedAt: fc
          .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
          .map((at) => at.toISOString().replace('Z', '+00:00')),
        id,
      }),
    }),
  ),
});

describe('the address of a view of held mail', () => {
  it('gives the same view again', () => {
    fc.assert(
      fc.property(view, (one) => {
        expect(readView(queryOf(hrefOf(one)))).toEqual(one);
      }),
    );
  });
  it('is the list where nothing of it is understood', () => {
    const list = { reason: 'all', order: 'newest', from: null, row: null };
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('reason', 'order', 'from', 'row'), fc.string()), (query) => {
        expect(readView({ ...query, reason: `x${query.reason ?? ''}`, row: 'x', from: 'x', order: 'x' })).toEqual(list);
      }),
    );
  });
  it('shows all that waits for somebody, or one kind', () => {
    expect(kindsOf({ reason: 'all' }).map(({ name }) => name)).not.toContain('spam');
    expect(kindsOf({ reason: 'spam' }).map(({ name }) => name)).toEqual(['spam']);
  });
});

describe('the mail behind one that is done', () => {
  it('is the next, or the last but one, or none', () => {
    expect(nextRow(['1', '2', '3'], '2')).toBe('3');
    expect(nextRow(['1', '2', '3'], '3')).toBe('2');
    expect(nextRow(['1'], '1')).toBeNull();
    expect(nextRow(['1'], '7')).toBeNull();
  });
});
