/** Held mail in the words of the business: what each kind is called, why a mail is held, and what becomes of one. */
import type { Outcome } from '../../../changes/outcome.ts';
import type { HeldMailShown } from '../../../flows/mail/held-desk.ts';
import type { ReasonCode } from '../../../intake/decision.ts';
import type { SenderWarning } from '../../../mail/address/sender-warnings.ts';

type KindWords = {
  /** On the tab. */
  readonly title: string;
  /** Where nothing is there. */
  readonly empty: string;
};

const kindWords: Readonly<Record<string, KindWords>> = {
  unregistered: { title: 'Not registered', empty: 'Nobody with a good PIN waits to be known at their site.' },
  'pin-needed': { title: 'PIN needed', empty: 'No contact has left out the PIN.' },
  'stranger-on-case': { title: 'Stranger on a case', empty: 'No stranger has answered on a case.' },
  'may-only-follow': { title: 'May only follow', empty: 'No contact has asked for more than their privileges allow.' },
  unauthenticated: { title: 'Failed check', empty: 'No sender has failed the check.' },
  unreadable: { title: 'Unreadable', empty: 'Every mail could be read.' },
  'staff-answer': { title: 'Answers of ours', empty: 'No answer of our own people is held.' },
  unknown: { title: 'Unknown', empty: 'Nobody unknown waits.' },
  blocked: { title: 'Blocked', empty: 'Nothing came from blocked senders.' },
  'pin-guessing': { title: 'Guessing', empty: 'Nobody has tried too many PINs.' },
  spam: { title: 'Spam', empty: 'Nothing is held as spam.' },
};

/** The order of the tabs: what a person can let in with one key first. */
export const tabOrder = Object.keys(kindWords);
export const titleOf = (kind: string): string => kindWords[kind]?.title ?? kind;
/** Within a sentence: `PIN needed` stays what it is. */
export const inSentence = (kind: string): string =>
  titleOf(kind).replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());
export const emptyOf = (kind: string): string => kindWords[kind]?.empty ?? 'Nothing is here.';

/** Why, as one says it to a colleague. The sentence of the rule stands below `y`. */
export function heldBecause({ outcome, code, decided, site, case: on, gradeReason }: HeldMailShown): string {
  const of = site ? site.name : 'a site of ours';
  if (code !== null) return codeSays[code as ReasonCode] ?? '';
  switch (outcome as Outcome | 'refused') {
    case 'held-unregistered':
      return `${decided?.pin ? `The PIN ${decided.pin}` : 'What it names'} is that of ${of}, but this address is not on record there.`;
    case 'held-pin-needed':
      return `The sender is on record, but the mail has ${pinSays[decided?.note ?? ''] ?? 'no PIN that is theirs'}. They were told that a reply with it is enough.`;
    case 'held-stranger-on-case':
      return `It answers case ${on?.number ?? ''}, and this address takes no part in it.`;
    case 'held-may-only-follow':
      return `The sender is on record at ${of}, but their privileges do not include this.`;
    case 'held-unauthenticated':
      return `Nobody can tell that the sender is who the mail says: ${gradeReason ?? 'it names no single plain sender'}.`;
    case 'held-unreadable':
      return 'It could not be read. Its bytes are kept.';
    case 'held-staff-answer':
      return 'It answers a notification in the name of one of our people, and cannot be told to be theirs.';
    case 'held-unknown':
      return 'The sender is not on record, and the mail names no site of ours.';
    default:
      return '';
  }
}

const codeSays: Readonly<Record<ReasonCode, string>> = {
  spam: 'Our mail server has marked it as spam, and the sender is not on record.',
  blocked: 'We have blocked this address or its domain, and the sender is not on record.',
  'pin-guessing': 'Too many PINs that are not theirs were tried from there, so none is looked up for a day.',
};

/** By the note of the rule. */
const pinSays: Readonly<Record<string, string>> = {
  none: 'no PIN of their site',
  unknown: 'a PIN that nobody has',
  retired: 'a PIN that is no longer good',
  several: 'more than one PIN',
  unclear: 'a number that may or may not be their PIN',
};

/** What became of a mail, or would. */
const becameWords: Readonly<Record<string, string>> = {
  'case-opened': 'opened a case',
  'case-updated': 'added to a case',
  'case-reopened': 'opened a case again',
  'case-followed-up': 'opened a follow-up',
  'support-lapsed': 'told that support has ended',
  'command-done': 'a command, done',
  'command-refused': 'a command, refused',
  'confirmation-asked': 'asked to confirm',
  'answer-settled': 'answered a question of ours',
  'machine-recorded': 'automatic, recorded',
  'bounce-recorded': 'a delivery report',
  'care-recorded': 'given to client care',
  'access-requested': 'asked for access',
  'registration-requested': 'asked to register',
  'renewal-answered': 'answered about a renewal',
  'vulnerability-recorded': 'given to security',
  duplicate: 'a copy of an earlier mail',
  refused: 'refused',
};
export function becameSays(outcome: string | null, kind: string | null, on: string | null): string {
  if (outcome === null) return 'being decided';
  if (kind !== null) return `held: ${inSentence(kind)}`;
  const says = becameWords[outcome] ?? outcome.replaceAll('-', ' ');
  return on === null ? says : `${says}: ${on}`;
}

const stateWords: Readonly<Record<string, string>> = {
  queued: 'on its way',
  waiting: 'waits for a person',
  sent: 'sent',
  unknown: 'perhaps sent',
  failed: 'not delivered',
  bounced: 'came back',
  suppressed: 'not sent',
};
export const stateSays = (state: string): string => stateWords[state] ?? state;

const gradeWords = { verified: 'verified', unverified: 'unverified', failed: 'failed the check' } as const;
const gradeTones = { verified: 'good', unverified: undefined, failed: 'bad' } as const;
export const gradeSays = (grade: string | null) =>
  grade !== null && Object.hasOwn(gradeWords, grade)
    ? { says: gradeWords[grade as keyof typeof gradeWords], tone: gradeTones[grade as keyof typeof gradeTones] }
    : null;

export function warningShort({ kind }: SenderWarning): string {
  switch (kind) {
    case 'name-is-address':
      return 'name looks like an address';
    case 'name-is-staff':
      return 'name looks like staff';
    case 'looks-like-ours':
      return 'domain looks like ours';
    default:
      return kind satisfies never;
  }
}

export function warningSays(warning: SenderWarning): string {
  switch (warning.kind) {
    case 'name-is-address':
      return `The name says ${warning.shown}, and that is not where it came from.`;
    case 'name-is-staff':
      return `The name is that of ${warning.person}, one of us, who does not write from this address.`;
    case 'looks-like-ours':
      return `The domain ${warning.domain} looks like ours, and is not.`;
    default:
      return warning satisfies never;
  }
}
