/**
 * What must be looked up before a mail can be decided, and what comes back. A rule that wants to know more adds a field here
 * and a join to `store/intake/facts.ts`; nothing is looked up while deciding. Instants are ISO 8601, addresses are normalised.
 */

import type { AccessRecord } from '../acts/access/records.ts';
import type { SatisfactionRecord } from '../acts/cases/closing/records.ts';
import type { WorkedCase } from '../acts/cases/records.ts';
import type { PeopleRecord } from '../acts/contacts/records.ts';
import type { OwnCaseLine } from '../acts/self-service/records.ts';
import type { Subscriber } from '../acts/subscriptions/records.ts';
import type { CaseKind, Severity } from '../cases/case.ts';
import type { Escalation, Proposal } from '../cases/proposal.ts';
import type { ClockEvent } from '../cases/response-clock.ts';
import type { CaseNumber, ContactId, LetterId, MailId, SiteId } from '../foundation/ids.ts';
import { quotedPrivilegedPins } from '../foundation/pin-form.ts';
import { accessNamed, siteAnswered } from '../mail/access/access-request.ts';
import { blockKeys, guessKeys } from '../mail/address/guess-keys.ts';
import { answerCodes, onlyCode } from '../mail/answers/answer-code.ts';
import type { MailFacts } from '../mail/parsed-mail.ts';
import { answeredNumbers, besidePin, numberAlone } from '../mail/pin-reader/pin-reader.ts';
import { messageIdAtRest } from '../mail/subject/thread-token.ts';
import type { OwnAsks } from '../outbound/letter.ts';
import type { Pin } from '../registry/pin.ts';
import type { Contact, ProductVersion, SiteFacts } from '../registry/site.ts';
import { type CommandName, readCommand } from './commands/commands.ts';
import { mayBeLoop } from './loops/text-similarity.ts';
import type { ConfirmedAct } from './questions/confirmed-act.ts';
import { codesQuoted } from './questions/quoted-codes.ts';

/** One mail as it lies before the rules. */
export type MailAtHand = {
  readonly id: MailId;
  /** The moment that counts for the contract and the clock (POLICY §2). */
  readonly arrivedAt: string;
  /** Old mail of a mailbox just met: decided, but its letters wait for a person (MAIL.md §1.2). */
  readonly mustWait: boolean;
  readonly facts: MailFacts;
  /** A person has released it after it was held. */
  readonly admitted?: Admission;
};

/** What a person let a held mail in by (POLICY §3 "Held mail"): whatever its sender was, and for that site where one was named. */
export type Admission = {
  /** Who let it in; `renewal` where nobody has. */
  readonly by: string;
  readonly site: SiteId | null;
  /** It came while its site had no contract, and is judged by the one of today (POLICY §2.5). */
  readonly renewed?: true;
};

/** A person has looked at it; a renewed contract says nothing about who wrote. */
export const letIn = (mail: Pick<MailAtHand, 'admitted'>): boolean =>
  mail.admitted !== undefined && mail.admitted.by !== 'renewal';

export type Question = {
  readonly mail: string;
  readonly arrivedAt: string;
  readonly sender: string | null;
  readonly pins: readonly string[];
  /** Numbers that count only as a PIN of the sender's own site, and are looked up nowhere else. */
  readonly ownPins: readonly string[];
  readonly licences: readonly string[];
  readonly cases: readonly string[];
  readonly letters: readonly string[];
  /** Message-IDs a bounce names as the mail that came back. */
  readonly returned: readonly string[];
  readonly messageId: string | null;
  readonly contentHash: string;
  /** Hashes of whatever could be a code (§11.2): anywhere in the mail, and in the sender's own words. */
  readonly codes: readonly string[];
  readonly ownCodes: readonly string[];
  /** The mail is a code and nothing else: meant for any question that is open. */
  readonly onlyCode: boolean;
  /** Hashes of privileged PINs in the sender's own words (§3.r7), and of those that stand where one is read. */
  readonly privileged: readonly string[];
  readonly privilegedNamed: readonly string[];
  /** A self-service command (§7). */
  readonly command: CommandName | null;
  /** The site that a person has released it for. */
  readonly site: SiteId | null;
  /** Message-IDs of mails that this one answers, nearest first; empty where it answers a letter of ours or names its case in brackets. */
  readonly answers: readonly string[];
  /** It may be one of a loop: what its sender has said before is to be looked at (loop-detection.ts). */
  readonly mayBeLoop: boolean;
  /** Under what the tries of somebody who names a PIN are counted: see guessing.ts. */
  readonly guesses: readonly string[];
  /** What a block of the sender may stand under. */
  readonly blocks: readonly string[];
  /** It answers a letter of ours, whose text is looked for in it (MAIL.md §2). */
  readonly mayQuote: boolean;
  /** It may ask for access (§3.r11): what its sender has asked for before is looked at. */
  readonly access: boolean;
  /** The site number that stands in the answer to a letter about access. */
  readonly accessSite: string | null;
  /** Addresses in Cc, of whom those on record take part in a case (§5). */
  readonly copied: readonly string[];
};

/** What a mail may quote: a letter it answers, by its bytes where it is on no case, or a mail or letter of the case. */
export type Quotable =
  | { readonly text: string; readonly letter: boolean }
  | { readonly id: LetterId; readonly raw: string; readonly sealed: boolean };

export type { SiteFacts } from '../registry/site.ts';

export type CaseFacts = {
  readonly id: string;
  readonly number: CaseNumber;
  readonly site: SiteId;
  readonly title: string;
  readonly status: 'open' | 'closed';
  readonly severity: Severity;
  readonly kind: CaseKind;
  /** Our first response has gone out. */
  readonly answered: boolean;
  /** What its clock has been through, oldest first. */
  readonly clock: readonly ClockEvent[];
  readonly product: string | null;
  readonly closedAt: string | null;
  /** A proposed solution waits for the customer (§6.1). */
  readonly proposed: boolean;
  readonly reopensToday: number;
  readonly lapsed: boolean;
  readonly language: string;
  readonly participants: readonly string[];
  /** The case that was opened in its place after it had been closed for long. */
  readonly followedUpBy: CaseNumber | null;
  /** The case that it was merged into: what is written to it belongs there for ever. */
  readonly mergedInto?: CaseNumber | null;
  readonly requester?: string;
  readonly proposal?: Proposal | null;
  readonly escalation?: Escalation | null;
  /** Grows with every change: a decision on an older number is thrown away and made again. */
  readonly versionNo: number;
};

export type Asks =
  | OwnAsks
  | { readonly kind: 'missing-pin'; readonly mail: MailId }
  /** The code of that letter, once more. */
  | { readonly kind: 'code'; readonly letter: LetterId }
  /** Whether the mail, which was added to the letter's case by a bare number, is to be a case of its own. */
  | { readonly kind: 'own-case'; readonly mail: MailId }
  | { readonly kind: 'senders'; readonly questions: readonly string[] }
  /** §11.2: `mail` is the one that asked for the act. */
  | {
      readonly kind: 'confirm';
      /** Of the act: see `readConfirmedAct`. */
      readonly version?: number;
      readonly act: ConfirmedAct;
      readonly contact: ContactId;
      readonly case: CaseNumber | null;
      readonly mail: MailId;
    };

/** One-time codes that the mail may be about (§11.2). */
export type ConfirmationFacts = {
  readonly letter: LetterId;
  /** The address that the letter with the code went to. */
  readonly to: string;
  readonly asks: Extract<Asks, { kind: 'confirm' }>;
  readonly hash: string;
  /** A code in the sender's own words is this one. */
  readonly matches: boolean;
  readonly expired: boolean;
  readonly wrong: number;
  readonly closed: 'used' | 'wrong' | null;
  /** The senders that the act is about, as they stand now. */
  readonly senders?: readonly SenderFacts[] | null;
};

/** A privileged PIN that the mail tells, or that its code is to use, by PostgreSQL's clock. */
export type PrivilegedFacts = {
  /** Of its row: the PIN itself is known to nobody here. */
  readonly id: string;
  /** Stands in the sender's own words; and where a PIN is read. */
  readonly told: boolean;
  readonly named: boolean;
  /** `open`: it was used, and the window still is. */
  readonly state: 'good' | 'open' | 'used' | 'expired' | 'revoked' | 'no-right';
  readonly contact: ContactId;
  /** Where it was sent to. */
  readonly address: string;
  readonly site: SiteId;
  readonly case: CaseNumber;
  readonly until: string;
  /** The address on record of the site's primary contact. */
  readonly primary: string | null;
};

/** What self-service tells (§7), of the sender's own sites. */
export type SelfService = {
  readonly pins: readonly { readonly site: SiteId; readonly pin: string }[];
  readonly cases: readonly OwnCaseLine[];
  /** Of the sender's own records those whose address does not take mail for certain. */
  readonly doubtful?: readonly ContactId[];
};

export type LetterFacts = {
  readonly id: LetterId;
  readonly template: string;
  readonly to: string;
  readonly messageId: string;
  readonly case: CaseNumber | null;
  readonly asks: Asks | null;
  readonly settled: boolean;
  readonly state: string;
  /** It tells a secret: its bytes are sealed. */
  readonly sealed?: boolean;
  /** The mail it asked about, with the case it has become since. */
  readonly original: {
    readonly id: MailId;
    readonly arrivedAt: string;
    readonly outcome: string | null;
    readonly case: CaseNumber | null;
    readonly facts: MailFacts;
    /** Every contact with the address it came from, over all sites. */
    readonly writers: readonly Contact[];
  } | null;
  readonly contact: { readonly id: ContactId; readonly lastHardBounce: string | null } | null;
  /** Where it asked how it was. */
  readonly satisfaction?: Pick<SatisfactionRecord, 'askedAt' | 'answers'> | null;
  /** Where it was about a renewal: who of our people looks after the account. */
  readonly representative?: string | null;
  /** Where it asked about senders: who they are, and what was decided meanwhile. */
  readonly senders?: readonly SenderFacts[] | null;
};

export type AccessFacts = {
  /** The request that the letter is about which it answers, or that its code decides. */
  readonly request: AccessRecord | null;
  /** What the sender has asked for before, newest first. */
  readonly own: readonly AccessRecord[];
};

type WorkFacts = {
  readonly on: WorkedCase;
  /** The mail with the same content from the same member of staff that was acted on before. */
  readonly repeats: MailId | null;
};

/** A sender that somebody at the customer was asked about (§3.r10, §3.r16). */
export type SenderFacts = {
  readonly id: string;
  readonly site: SiteId;
  readonly siteNumber: string;
  readonly address: string;
  /** The case they wrote to; null where they wrote with a PIN of the site. */
  readonly case: CaseNumber | null;
  readonly caseContact: ContactId | null;
  readonly answer: 'yes' | 'once' | 'no' | 'expired' | null;
};

export type PastLetter = {
  readonly template: string;
  readonly matter: string;
  readonly at: string;
  readonly followsOwn: boolean;
  readonly suppressed: boolean;
  /** The mail that it was about has been settled since. */
  readonly settled?: boolean;
};

export type Facts = {
  /** The same Message-ID (or none), sender and content within 7 days. */
  readonly earlier: { readonly mail: MailId; readonly case: CaseNumber | null } | null;
  /** Another mail used this Message-ID with other content: marked, never swallowed. */
  readonly messageIdUsedBefore: boolean;
  /** Earlier mails that this one answers, nearest first, with the case each is on. */
  readonly answeredMails: readonly { readonly id: MailId; readonly state: string; readonly case: CaseNumber | null }[];
  /** Every contact with the sender's address, over all sites. */
  readonly contacts: readonly Contact[];
  readonly pins: readonly Pin[];
  readonly licences: readonly { readonly number: string; readonly site: SiteId }[];
  readonly sites: Readonly<Record<string, SiteFacts>>;
  /** What guessing has led to (POLICY §3): for this sender or their domain, which counts for senders not on record only, and for a contact. */
  readonly pinLock: {
    readonly locked: boolean;
    readonly silent: boolean;
    /** A contact has named too many PINs of others today: only those of the own sites are looked at. */
    readonly contact?: boolean;
  };
  /** Our staff have blocked the sender or a domain of theirs; of somebody on record it is not looked at. */
  readonly blocked?: boolean;
  readonly products: readonly string[];
  readonly versions: readonly ProductVersion[];
  /** Contacts who got a copy of the mail, and those who have left one of its cases; only where there are copies. */
  readonly copied?: readonly Contact[];
  readonly leavers?: readonly { readonly case: CaseNumber; readonly address: string }[];
  readonly cases: readonly CaseFacts[];
  readonly letters: readonly LetterFacts[];
  /** Only where it asks for access, or answers a letter about that (§8). */
  readonly access?: AccessFacts;
  /** Only where the mail answers a notification that went to its sender (§3.r6). */
  readonly work?: WorkFacts;
  /** Newest first. */
  readonly confirmations?: readonly ConfirmationFacts[];
  readonly privileged?: readonly PrivilegedFacts[];
  readonly selfService?: SelfService | null;
  /** Of the sender's sites; only where the mail is about them. */
  readonly people?: readonly PeopleRecord[];
  /** Whom the sender's address stands for; only where the mail is about letters that can be ended (§10.6). */
  readonly subscribers?: readonly Subscriber[];
  /** Only where the mail answers a letter of ours: looked for in it before it is decided. `raw` is base64. */
  readonly quotable?: readonly Quotable[];
  readonly history: {
    /** Letters of the last 24 hours to the sender and to the contacts with that address. */
    readonly toSender: readonly PastLetter[];
    /** The sender's mails of the last 24 hours, newest first, with the case each is on; only where this one may be one of a loop. */
    readonly saidBefore: readonly {
      readonly text: string;
      readonly newText: string;
      readonly case?: CaseNumber | null;
    }[];
    /** Letters to addresses not on record, all together. */
    readonly strangersHour: number;
    readonly strangersDay: number;
    /** Letters of the last hour to the operator's own people, by matter. */
    readonly toStaff: readonly PastLetter[];
  };
};

const unique = (values: readonly (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => typeof value === 'string')),
];

/** PostgreSQL's bigint; a hint that is longer cannot be one of ours. */
const ids = (values: readonly (string | null)[]): string[] =>
  unique(values).filter((value) => /^[0-9]{1,18}$/.test(value));

/** Gives the hashes of a secret under every key. */
type Hashing = (secret: string) => readonly string[];
const unhashed: Hashing = () => [];

/**
 * Where a PIN is named in a strict form nothing else counts, but in an answer to our question for one; whether a mail is that is not
 * known yet, for any letter of ours may have asked.
 */
function ownPinsOf(facts: MailFacts): string[] {
  const mayAnswer = facts.threads.some((hint) => hint.signed);
  if (facts.class !== 'person' || (!mayAnswer && facts.pins.some((pin) => !pin.startsWith('p')))) return [];
  return unique(
    [...besidePin(facts), ...(mayAnswer ? answeredNumbers(facts) : numberAlone(facts))].map((one) => one.digits),
  );
}

/** What a mail would ask that holds the command and nothing else. */
export const questionAbout = (asked: Pick<Question, 'arrivedAt' | 'sender' | 'command' | 'cases'>): Question => ({
  ...{ mail: '0', messageId: null, contentHash: '', site: null, onlyCode: false, mayBeLoop: false, mayQuote: false },
  ...{ codes: [], ownCodes: [], privileged: [], privilegedNamed: [], pins: [], ownPins: [], licences: [] },
  ...{ access: false, accessSite: null, copied: [], letters: [], answers: [], returned: [], guesses: [], blocks: [] },
  ...asked,
});

/** Whether it does is decided by all of our addresses in it (`writtenTo`). A register may be of somebody who is not on record (§8.11). */
const mayAskForAccess = (facts: MailFacts, command: CommandName | undefined): boolean =>
  facts.class === 'person' &&
  (facts.recipient?.role === 'access' ||
    (facts.alsoTo ?? []).includes('access') ||
    command === 'REGISTER' ||
    accessNamed(facts) !== null);

/** More copies than these are those of a list. */
const mostCopied = 20;

/** More privileged PINs than these in one mail are not looked up. */
const mostPrivileged = 10;

/** Without `hashCode` no one-time code is known, without `hashPin` no privileged PIN. */
export function questionOf(mail: MailAtHand, hashCode = unhashed, hashPin = unhashed): Question {
  const { facts } = mail;
  const sender = facts.from.kind === 'one' ? facts.from.address : null;
  const command = readCommand(facts);
  const own = answerCodes(facts);
  const access = mayAskForAccess(facts, command?.name);
  const names = access || facts.pins.length > 0 || facts.licenceNumbers.length > 0;
  const named = facts.pins.filter((pin) => pin.startsWith('p')).slice(0, mostPrivileged);
  const told = facts.quotesPrivilegedPin
    ? quotedPrivilegedPins(`${facts.subject}\n${facts.nothingOwn ? '' : facts.newText}`).slice(0, mostPrivileged)
    : [];
  return {
    mail: mail.id,
    arrivedAt: mail.arrivedAt,
    sender,
    mayBeLoop: mayBeLoop(facts),
    mayQuote: facts.class === 'person' && facts.threads.some((hint) => hint.signed && hint.letter !== null),
    access,
    accessSite: facts.threads.some((hint) => hint.by === 'message-id' && hint.token) ? siteAnswered(facts) : null,
    copied: facts.class === 'person' ? unique(facts.cc.map(({ address }) => address)).slice(0, mostCopied) : [],
    guesses: sender !== null && names ? guessKeys(sender) : [],
    blocks: sender === null ? [] : blockKeys(sender),
    // A privileged one is looked up by its hash and handed to nobody.
    pins: unique(facts.pins.filter((pin) => !pin.startsWith('p'))).slice(0, 20),
    ownPins: ownPinsOf(facts),
    privileged: unique([...named, ...told].flatMap(hashPin)),
    privilegedNamed: named.flatMap(hashPin),
    licences: facts.licenceNumbers.slice(0, 20),
    cases: ids([
      ...(command?.name === 'STATUS' ? [command.argument] : []),
      ...facts.threads.map((hint) => hint.case),
    ]).slice(0, 20),
    letters: ids(facts.threads.map((hint) => hint.letter)).slice(0, 20),
    returned: unique([facts.bounce?.originalMessageId]).map(messageIdAtRest),
    messageId: facts.messageId,
    contentHash: facts.contentHash,
    codes: codesQuoted(facts).flatMap(hashCode),
    ownCodes: own.flatMap(hashCode),
    onlyCode: own.length > 0 && onlyCode(facts),
    command: command?.name ?? null,
    site: mail.admitted?.site ?? null,
    answers: facts.threads.some((hint) => hint.by !== 'case-number')
      ? []
      : unique([...facts.inReplyTo, ...facts.references.toReversed()]).slice(0, 10),
  };
}
