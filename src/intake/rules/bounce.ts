import type { Change } from '../../changes/change.ts';
import type { LetterReturned } from '../../changes/contacts/letters-returned.ts';
import { normaliseAddress } from '../../mail/address/address.ts';
import { goesToMany } from '../../outbound/letters/announcements.ts';
import { returnedAgain } from '../../registry/contacts/hard-to-reach.ts';
import type { Context } from '../context.ts';
import { evidenceOf } from '../context.ts';
import { staffNotice } from '../letters/letters.ts';
import type { Rule } from '../rule.ts';

type Returned = {
  readonly first: LetterReturned;
  readonly lastHardBounce: string | null;
  /** It goes to many: to an address that somebody may have named for it, and that is no contact's. */
  readonly goesToMany: boolean;
};

/**
 * What came back, letter by letter. Only a letter that this report can name by a signed part or by its Message-ID, and only
 * for the address it went to: a forged report changes nothing (MAIL.md §2).
 */
function returnedLetter(context: Context): Returned | null {
  const report = context.mail.facts.bounce;
  if (!report) return null;
  const letter = context.answered ?? context.facts.letters.find((one) => one.messageId === report.originalMessageId);
  if (!letter) return null;
  const about = report.kind === 'complaint' ? report.recipients.slice(0, 1) : report.recipients;
  const isTheOne = (address: string | undefined) => address !== undefined && normaliseAddress(address) === letter.to;
  const hit =
    about.find((recipient) => isTheOne(recipient.address)) ??
    about.find((recipient) => isTheOne(recipient.rewritten)) ??
    (about.length === 1 && about[0]?.address === '' ? about[0] : undefined);
  if (!hit && report.kind === 'bounce') return null;
  const how = report.kind === 'complaint' ? 'complaint' : (hit?.kind ?? 'soft');
  const { mail } = context;
  return {
    first: {
      kind: 'letter-returned',
      letter: letter.id,
      address: letter.to,
      how,
      diagnostic: hit?.diagnostic ?? '',
      contact: letter.contact?.id ?? null,
      at: context.now,
      by: { kind: 'mail', mail: mail.id },
    },
    lastHardBounce: letter.contact?.lastHardBounce ?? null,
    goesToMany: goesToMany(letter.template),
  };
}

function changesOf(returned: Returned | null): Change[] {
  if (!returned) return [];
  const { first, lastHardBounce, goesToMany } = returned;
  const { contact, letter, address, at, by, how } = first;
  if (how !== 'hard') return [first];
  if (contact === null)
    return goesToMany ? [first, { kind: 'subscription-unreachable', letter, address, at, by }] : [first];
  const kind = returnedAgain(lastHardBounce, at) ? 'contact-unreachable' : 'contact-doubtful';
  return [first, { kind, contact, address, at, by }];
}

/** §3.r2: never answered. One hard bounce marks the contact as doubtful, two within 7 days as unreachable. */
export const bounce: Rule = (context) => {
  const { facts } = context.mail;
  if (facts.class !== 'bounce' && facts.class !== 'complaint') return null;
  const returned = returnedLetter(context);
  const first = returned?.first;
  const what = facts.class === 'complaint' ? 'A complaint' : 'A delivery report';
  return {
    outcome: 'bounce-recorded',
    changes: changesOf(returned),
    rule: 'r2',
    reason: first ? `${what} about letter ${first.letter} (${first.how}).` : `${what} that names no letter of ours.`,
    evidence: evidenceOf(context),
    letters:
      first?.how === 'hard'
        ? staffNotice(context, {
            kind: 'letter-failed',
            letter: first.letter,
            to: first.address,
            why: first.diagnostic,
          })
        : [],
  };
};
