import { isDeskReceipt } from '../../mail/automatic/desk-receipt.ts';
import type { MachineReason } from '../../mail/parsed-mail.ts';
import { filed, shown } from '../cases/case-changes.ts';
import { type Context, evidenceOf, senderAt } from '../context.ts';
import { noChanges } from '../decision.ts';
import type { Rule } from '../rule.ts';

const says: Record<MachineReason, string> = {
  'auto-submitted': 'it says so itself (Auto-Submitted)',
  'own-loop-mark': 'it carries the mark of our own letters',
  'too-many-received': 'it went through more than 25 servers',
  daemon: 'it comes from a mail system',
  'no-reply': 'it comes from an address that takes no answer',
  ourselves: 'it comes from one of our own addresses',
  'out-of-office-subject': 'its subject is that of an out-of-office mail',
  'read-receipt': 'it is a read receipt',
};

/**
 * Another desk's acknowledgement that says so nowhere but in its words: an answer to a letter of ours, without anything that could be
 * an answer. In doubt it is a person.
 */
function acknowledges({ mail, facts, answered, thread }: Context): boolean {
  const { facts: read } = mail;
  // What one of our people writes to a customer may sound like that.
  if (answered?.asks?.kind === 'work') return false;
  if (read.class !== 'person' || (!answered && (!thread || thread.by === 'earlier-mail'))) return false;
  // The priority that a desk gave its own ticket is none of ours; a word such as `Severity` is no set phrase of theirs.
  if (read.attachments.some((one) => !one.inline)) return false;
  if (read.pins.length > 0 || (facts.confirmations ?? []).some((one) => one.matches)) return false;
  return isDeskReceipt(read);
}

/** §3.r3: shown on the case it answers, changes nothing. A tag that anybody can type shows nothing from somebody else. */
export const automatic: Rule = (context) => {
  const { facts } = context.mail;
  const { thread, sender } = context;
  const belongs =
    thread &&
    context.answered?.asks?.kind !== 'work' &&
    (thread.by !== 'case-tag' ||
      senderAt(context, thread.case.site) ||
      (sender && thread.case.participants.includes(sender)));
  const desk = facts.class !== 'machine' && (belongs || !thread) && acknowledges(context);
  if (!desk && (facts.class !== 'machine' || !facts.machine)) return null;
  const evidence = evidenceOf(context, { note: desk || !facts.machine ? 'desk-receipt' : facts.machine });
  return {
    outcome: 'machine-recorded',
    changes: belongs
      ? [
          ...filed(context, thread.case, evidence.contact),
          shown(context, thread.case, evidence.contact, { automatic: true }),
        ]
      : noChanges,
    rule: 'r3',
    reason: `Automatic mail: ${desk || !facts.machine ? 'it only says that another desk has received our letter' : says[facts.machine]}.`,
    evidence,
    letters: [],
  };
};
