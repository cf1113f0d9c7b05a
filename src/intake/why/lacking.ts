/** What a rule looks for, and what the mail lacks of it, in the words of the business. Asked only where the rule did not apply. */
import type { PrivilegedRefusal } from '../../outbound/letter.ts';
import { type Context, senderAt, siteOf } from '../context.ts';
import type { Asks } from '../facts.ts';
import type { Rule } from '../rule.ts';

export type RuleInWords = {
  readonly rule: Rule;
  /** The row of POLICY §3. */
  readonly row: string;
  /** What it decides, such as "A reply to a case, from somebody who may write on it". */
  readonly about: string;
  /** One sentence: why it did not apply. */
  readonly lacks: (context: Context) => string;
};

/** What is said where no sentence fits. A test keeps it from being said of any mail there is. */
export const nothingKnown = 'Something in it stands against this rule.';

/** The sentence of the first condition that holds. */
export function firstOf(...found: readonly (readonly [holds: boolean, says: string])[]): string {
  return found.find(([holds]) => holds)?.[1] ?? nothingKnown;
}

/** A question that a letter asks, as it ends "the letter asks …". */
const asked: Readonly<Record<Asks['kind'], string>> = {
  'missing-pin': 'for the PIN of a mail that is held',
  code: 'for a one-time code',
  'own-case': 'whether a mail is to be a case of its own',
  senders: 'about a sender who is not on record',
  confirm: 'for a one-time code',
  work: 'one of our own people to work on a case',
  attest: 'who stays on record',
  solved: 'whether a case is solved',
  satisfaction: 'how a case was handled',
  contacts: 'whether the list of contacts is right',
  'verify-access': 'whether an address belongs to whoever asked for access',
  'decide-access': 'for a decision about access',
  renewal: 'about a renewal',
  subscription: 'about letters that can be ended',
};

/** Why it does not answer a letter that asks this; null where it does. */
export function wrongQuestion({ answered }: Context, ...kinds: readonly Asks['kind'][]): string | null {
  if (answered === null) return 'It answers no letter of ours.';
  const kind = answered.asks?.kind;
  if (kind !== undefined && kinds.includes(kind)) return null;
  return kind === undefined
    ? `It answers letter ${answered.id}, which asks nothing.`
    : `It answers letter ${answered.id}, which asks ${asked[kind]}.`;
}

export const ownWordsMissing = 'It holds no words of the sender’s own.';

/** Why a mail names no site by PIN, licence number or service tag; null where it names one. */
export function noSiteNamed({ named, mail }: Context): string | null {
  switch (named.kind) {
    case 'site':
      return null;
    case 'none':
      return mail.facts.licenceNumbers.length > 0
        ? 'It names no PIN, and its licence number or service tag is none on record.'
        : 'It names no site: no PIN, licence number or service tag stands in it.';
    case 'unknown':
      return `PIN ${named.pin}, which it names, is none that is looked up for this sender or on record.`;
    case 'retired':
      return `PIN ${named.pin}, which it names, was replaced on ${named.replacedAt.slice(0, 10)}.`;
    case 'unclear':
      return `It holds the number ${named.pin}, and it is not clear that it is meant for a PIN of one of the sender’s sites.`;
    case 'several':
      return 'It names more than one PIN or site.';
    default:
      return named satisfies never;
  }
}

/** Why its sender is no contact of the site that it names; null where they are one. */
export function noContactThere(context: Context): string | null {
  const { named, facts } = context;
  const site = named.kind === 'site' ? siteOf(facts, named.site) : null;
  if (site === null || senderAt(context, site.site.id) !== null) return null;
  return `It names site ${site.site.number}, and its sender is not on record there.`;
}

const refusals: Readonly<Record<PrivilegedRefusal, string>> = {
  unknown: 'The privileged PIN in it is none on record.',
  'other-person': 'The privileged PIN in it was sent to somebody else.',
  'other-address': 'The privileged PIN in it was sent to another address of theirs.',
  'not-verified': 'It holds a privileged PIN, and whose mail it is failed the check.',
  used: 'The privileged PIN in it was used before.',
  expired: 'The privileged PIN in it is too old.',
  revoked: 'The privileged PIN in it was revoked.',
  'no-right': 'Whoever got the privileged PIN in it may not use it any more.',
  several: 'It holds more than one privileged PIN.',
  'in-the-text': 'It tells a privileged PIN in the middle of its text, where none is taken.',
};

/** Why the privileged PIN in it was not used. */
export const privilegedRefused = (why: string): string =>
  Object.hasOwn(refusals, why) ? refusals[why as PrivilegedRefusal] : nothingKnown;
