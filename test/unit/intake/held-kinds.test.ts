import { describe, expect, it } from 'vitest';
import { isHeld, outcomeNames } from '../../../src/changes/outcome.ts';
import { reasonCodes } from '../../../src/intake/decision.ts';
import { heldKind, heldKinds, kindOfHeld, registryMayLetIn, waitsForSomebody } from '../../../src/intake/held-kinds.ts';

const held = outcomeNames.filter(isHeld);

describe('the kinds of held mail', () => {
  it('have every outcome that is held, once, and every code within one', () => {
    const rows = heldKinds.flatMap(({ rows: of }) => of.map(({ outcome, code }) => `${outcome} ${code}`));
    expect(new Set(rows).size).toBe(rows.length);
    for (const outcome of held) expect(kindOfHeld(outcome, null)?.name).toBe(outcome.replace('held-', ''));
    for (const code of reasonCodes) expect(kindOfHeld('held-unknown', code)?.name).toBe(code);
    expect(kindOfHeld('held-pin-needed', 'pin-guessing')?.name).toBe('pin-guessing');
  });
  it('are known by their names, and nothing else is one', () => {
    for (const { name } of heldKinds) expect(heldKind(name)?.name).toBe(name);
    for (const name of ['refused', 'held-unknown', '', 'case-opened']) expect(heldKind(name)).toBeUndefined();
  });
  it('wait for somebody, but for spam', () => {
    expect(heldKinds.filter((one) => !waitsForSomebody(one)).map(({ name }) => name)).toEqual(['spam']);
  });
  it('change by what comes on record, but for what was read or checked', () => {
    expect(registryMayLetIn).toEqual(
      held.filter((one) => !['held-unreadable', 'held-unauthenticated', 'held-staff-answer'].includes(one)),
    );
  });
});
