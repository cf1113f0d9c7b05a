import { normaliseAddress } from '../../mail/address.ts';
import type { Context } from '../context.ts';
import { evidenceOf } from '../context.ts';
import type { Returned } from '../decision.ts';
import { staffNotice } from '../letters.ts';
import type { Rule } from '../rule.ts';

const weekMs = 7 * 24 * 3_600_000;

/**
 * What came back, letter by letter. Only a letter that this report can name by a signed part or by its Message-ID, and only
 * for the address it went to: a forged report changes nothing (MAIL.md §2).
 */
function returnedLetters(context: Context): Returned[] {
  const report = context.mail.facts.bounce;
  if (!report) return [];
  const letter = context.answered ?? context.facts.letters.find((one) => one.messageId === report.originalMessageId);
  if (!letter) return [];
  const about = report.kind === 'complaint' ? report.recipients.slice(0, 1) : report.recipients;
  const isTheOne = (address: string | undefined) => address !== undefined && normaliseAddress(address) === letter.to;
  const hit =
    about.find((recipient) => isTheOne(recipient.address)) ??
    about.find((recipient) => isTheOne(recipient.rewritten)) ??
    (about.length === 1 && about[0]?.address === '' ? about[0] : undefined);
  if (!hit && report.kind === 'bounce') return [];
  const kind = report.kind === 'complaint' ? 'complaint' : (hit?.kind ?? 'soft');
  const last = letter.contact?.lastHardBounce ?? null;
  const unreachable = kind === 'hard' && last !== null && Date.parse(context.now) - Date.parse(last) <= weekMs;
  return [
    {
      letter: letter.id,
      address: letter.to,
      kind,
      diagnostic: hit?.diagnostic ?? '',
      contact: letter.contact?.id ?? null,
      unreachable,
    },
  ];
}

/** §3.r2: never answered. One hard bounce marks the contact as doubtful, two within 7 days as unreachable. */
export const bounce: Rule = (context) => {
  const { facts } = context.mail;
  if (facts.class !== 'bounce' && facts.class !== 'complaint') return null;
  const returned = returnedLetters(context);
  const [first] = returned;
  const what = facts.class === 'complaint' ? 'A complaint' : 'A delivery report';
  return {
    outcome: 'bounce-recorded',
    returned,
    rule: 'r2',
    reason: first ? `${what} about letter ${first.letter} (${first.kind}).` : `${what} that names no letter of ours.`,
    evidence: evidenceOf(context),
    letters:
      first?.kind === 'hard'
        ? staffNotice(context, {
            kind: 'letter-failed',
            letter: first.letter,
            to: first.address,
            why: first.diagnostic,
          })
        : [],
  };
};
