import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { triesOf } from '../../pins/guessing.ts';
import type { Rule } from '../../rule.ts';

/** §3 "Guessing": as if there were no PIN in it, and without a word. What is looked up no more is not counted either. */
export const pinGuessing: Rule = (context) => {
  if (!context.facts.pinLock.locked || triesOf(context).length === 0) return null;
  return {
    outcome: 'held-unknown',
    rule: 'r18',
    reason: 'Too many wrong PINs came from this sender or domain, so none is looked up for a day (pin-guessing).',
    code: 'pin-guessing',
    evidence: evidenceOf(context, { site: null, contact: null, role: null, note: 'pin-guessing' }),
    changes: noChanges,
    letters: [],
  };
};
