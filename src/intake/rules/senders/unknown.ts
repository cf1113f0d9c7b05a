import type { Context } from '../../context.ts';
import { evidenceOf } from '../../context.ts';
import type { Decision } from '../../decision.ts';
import { neutralReceipt } from '../../letters/letters.ts';
import { unheard } from '../../loops/unheard.ts';
import { triesOf } from '../../pins/guessing.ts';
import { workByMail } from '../../staff/work-by-mail.ts';

const reasons = {
  spam: 'The sender is not on record, and our mail server has marked the mail as spam (spam).',
  blocked: 'The sender is not on record, and our staff have blocked the address or its domain (blocked).',
} as const;

/** §3.r18: anything else that is new. */
export function unknown(context: Context): Decision {
  const why = unheard(context);
  const ours = why === null ? workByMail(context) : [];
  return {
    outcome: 'held-unknown',
    rule: 'r18',
    reason:
      why === null
        ? ours.length > 0
          ? 'One of our own people has written, and answers no notification.'
          : 'The sender is not on record, and the mail names no site of ours.'
        : reasons[why],
    ...(why === null ? {} : { code: why }),
    evidence: evidenceOf(context, why === null ? {} : { note: why }),
    letters: ours.length > 0 ? ours : neutralReceipt(context),
    changes: triesOf(context),
  };
}
