import type { UnreadableReason } from '../../mail/parsed-mail.ts';
import { evidenceOf } from '../context.ts';
import { noChanges } from '../decision.ts';
import { staffNotice } from '../letters/letters.ts';
import type { Rule } from '../rule.ts';

const says: Record<UnreadableReason, string> = {
  'too-large': 'it is larger than the limit, only its header was kept',
  'header-too-large': 'its header is larger than 256 KB',
  'too-many-addresses': 'it names more than 200 addresses',
  'too-many-parts': 'it has more than 100 parts',
  'too-deep': 'its parts are nested deeper than 20',
  'parser-overrun': 'reading it took too long or too much memory',
  'parser-failed': 'its form is broken',
  'empty-result': 'it has content, but none that could be read',
  'not-fetched': 'the mail server did not hand it out',
};

/** §3.r1. */
export const unreadable: Rule = (context) => {
  const why = context.mail.facts.unreadable;
  if (!why) return null;
  return {
    outcome: 'held-unreadable',
    rule: 'r1',
    reason: `The mail could not be read: ${says[why]}.`,
    evidence: evidenceOf(context, { note: why }),
    changes: noChanges,
    letters: staffNotice(context, { kind: 'unreadable-mail', why }),
  };
};
