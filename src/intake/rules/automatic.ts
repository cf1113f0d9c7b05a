import type { MachineReason } from '../../mail/parsed-mail.ts';
import { evidenceOf, senderAt } from '../context.ts';
import type { Rule } from '../decide.ts';

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

/** §3.r3: shown on the case it answers, changes nothing. A tag that anybody can type shows nothing from somebody else. */
export const automatic: Rule = (context) => {
  const { facts } = context.mail;
  if (facts.class !== 'machine' || !facts.machine) return null;
  const { thread, sender } = context;
  const belongs =
    thread &&
    (thread.by !== 'case-tag' ||
      senderAt(context, thread.case.site) ||
      (sender && thread.case.participants.includes(sender)));
  return {
    outcome: 'machine-recorded',
    case: belongs ? thread.case.number : null,
    rule: 'r3',
    reason: `Automatic mail: ${says[facts.machine]}.`,
    evidence: evidenceOf(context, { note: facts.machine }),
    letters: [],
  };
};
