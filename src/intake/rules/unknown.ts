import type { Context } from '../context.ts';
import { evidenceOf } from '../context.ts';
import type { Decision } from '../decision.ts';
import { triesOf } from '../guessing.ts';
import { neutralReceipt } from '../letters.ts';

/** §3.r18: anything else that is new. */
export function unknown(context: Context): Decision {
  const pinTries = triesOf(context);
  return {
    outcome: 'held-unknown',
    rule: 'r18',
    reason: 'The sender is not on record, and the mail names no site of ours.',
    evidence: evidenceOf(context),
    letters: neutralReceipt(context),
    ...(pinTries ? { pinTries } : {}),
  };
}
