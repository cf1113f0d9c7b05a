/** The context of every rule: the mail, the facts, and what is derived from both. Built before the first rule runs. */
import type { Given } from '../acts/act.ts';
import type { CaseNumber, ContactId } from '../foundation/ids.ts';
import { answerCodes } from '../mail/answers/answer-code.ts';
import { titleOf } from '../mail/subject/subject.ts';
import { contactAtSite, sitesOf } from '../registry/recognise.ts';
import type { Contact } from '../registry/site.ts';
import { byNumber } from './cases/bare-number.ts';
import { writerOn } from './cases/may-write.ts';
import type { Evidence } from './decision.ts';
import { type CaseFacts, type Facts, type LetterFacts, letIn, type MailAtHand, type SiteFacts } from './facts.ts';
import { type NamedSite, namedSite } from './pins/named-site.ts';
import type { Policy } from './policy.ts';

export type Context = {
  readonly mail: MailAtHand;
  readonly facts: Facts;
  readonly policy: Policy;
  readonly now: string;
  /** The sender's one plain address, null where there is none. */
  readonly sender: string | null;
  /** The site that PIN, licence number or service tag name. */
  readonly named: NamedSite;
  /** The case the mail is a reply to, followed on to the one that took its place. */
  readonly thread: { readonly case: CaseFacts; readonly by: string } | null;
  /** The case that its subject names by a bare number, where the mail is to be a case of its own that is linked to it. */
  readonly linked: CaseFacts | null;
  /** The letter of ours it answers. */
  readonly answered: LetterFacts | null;
  /** The sender's own words hold what could be a one-time code. */
  readonly ownCode: boolean;
};

export const siteOf = (facts: Facts, id: string): SiteFacts | null => facts.sites[id] ?? null;

/** The sender as a contact of that site. */
export const senderAt = (context: Context, site: string): Contact | null =>
  context.sender === null
    ? null
    : (contactAtSite(context.facts.contacts, context.sender, site as Contact['siteId'])?.contact ?? null);

function findCase(facts: Facts, number: CaseNumber | null | undefined): CaseFacts | null {
  return (number && facts.cases.find((one) => one.number === number)) || null;
}

/** Follow-ups of follow-ups, and what they were merged into. A circle cannot be, and would not hold us for ever if it were. */
function newest(facts: Facts, from: CaseFacts): CaseFacts {
  let at = from;
  for (let step = 0; step < facts.cases.length; step++) at = findCase(facts, at.mergedInto ?? at.followedUpBy) ?? at;
  return at;
}

/**
 * A reply to a mail that is on a case, as a colleague sends who was in copy. Message-IDs are no secret, so this leads to a case
 * only those who may write on it anyway; for everybody else the mail is what it would be without.
 */
function caseOfAnswered(mail: MailAtHand, facts: Facts, policy: Policy): CaseFacts | null {
  const sender = mail.facts.from.kind === 'one' ? mail.facts.from.address : null;
  if (sender === null) return null;
  for (const answered of facts.answeredMails) {
    const found = findCase(facts, answered.case);
    const writer = found && writerOn(facts, sender, found, policy);
    if (found && (writer?.admitted || writer?.mayNotAnswer)) return newest(facts, found);
  }
  return null;
}

/** The title was read before it was known whose PIN a number is; only what is the sender's goes out of it. */
export function withoutPin<T extends Pick<MailAtHand, 'facts'>>(mail: T, named: NamedSite): T {
  const { facts } = mail;
  const pin = 'pin' in named && named.kind !== 'unknown' ? named.pin : null;
  if (pin === null || facts.pins.includes(pin)) return mail;
  return { ...mail, facts: { ...facts, title: titleOf(facts.subject, facts.newText, pin) } };
}

export function contextOf(mail: MailAtHand, facts: Facts, policy: Policy, now: string): Context {
  const hints = mail.facts.threads;
  const answered =
    hints.flatMap((hint) => facts.letters.filter((letter) => hint.signed && letter.id === hint.letter))[0] ?? null;
  let thread: Context['thread'] = null;
  for (const hint of hints) {
    // The letter's own row first: what was asked about a held mail may have become a case since.
    const letter = hint.signed ? facts.letters.find((one) => one.id === hint.letter) : undefined;
    if (hint.by === 'case-number') continue;
    // What was taken off a case by `NEW` is gone on with where it went.
    const went = letter?.asks?.kind === 'own-case' ? letter.original?.case : null;
    const found = findCase(facts, went ?? letter?.case ?? letter?.original?.case ?? (hint.case as CaseNumber | null));
    if (found) {
      thread = { case: newest(facts, found), by: hint.by };
      break;
    }
  }
  if (!thread) {
    const found = caseOfAnswered(mail, facts, policy);
    if (found) thread = { case: found, by: 'earlier-mail' };
  }
  const sender = mail.facts.from.kind === 'one' ? mail.facts.from.address : null;
  const whose = {
    own: sender === null ? [] : sitesOf(facts.contacts, sender),
    onlyOwn: facts.pinLock.contact === true,
    asked: answered?.asks?.kind === 'missing-pin',
  };
  const named: NamedSite = mail.admitted?.site
    ? { kind: 'site', site: mail.admitted.site, by: letIn(mail) ? 'release' : 'renewal', pin: null }
    : namedSite(mail, facts, whose, policy);
  const typed = thread ? null : byNumber(mail, facts, named, policy, (from) => newest(facts, from));
  if (typed?.goes === 'on') thread = { case: typed.case, by: 'case-number' };
  return {
    mail: withoutPin(mail, named),
    facts,
    policy,
    now,
    sender,
    named,
    thread,
    linked: typed?.goes === 'beside' ? typed.case : null,
    answered,
    ownCode: answerCodes(mail.facts).length > 0,
  };
}

/** The moment whose contract counts: that of arrival, but for a mail whose contract was renewed later than it ended (§2.5). */
export const judgedAt = ({ mail, now }: Pick<Context, 'mail' | 'now'>): string =>
  mail.admitted?.renewed ? now : mail.arrivedAt;

/** Of whom an act is that the mail asks for: null where its sender need not be on record. */
export const givenBy = ({ mail, policy }: Pick<Context, 'mail' | 'policy'>, contact: ContactId | null): Given => ({
  by: contact === null ? { kind: 'mail', mail: mail.id } : { kind: 'contact', contact, mail: mail.id },
  now: mail.arrivedAt,
  desk: policy.desk,
  policy,
});

/** The evidence every decision carries; a rule adds what it looked at besides. */
export function evidenceOf(context: Context, more: Partial<Evidence> = {}): Evidence {
  const { mail, named, thread } = context;
  const site =
    named.kind === 'site' ? siteOf(context.facts, named.site) : thread ? siteOf(context.facts, thread.case.site) : null;
  const contact = site ? senderAt(context, site.site.id) : null;
  return {
    grade: mail.facts.grade,
    gradeReason: mail.facts.gradeReason,
    pin: (named.kind === 'site' ? named.pin : null) ?? mail.facts.pins.find((pin) => /^[0-9]/.test(pin)) ?? null,
    site: site?.site.number ?? null,
    contact: contact?.id ?? null,
    role: contact?.role ?? null,
    contract: null,
    thread: thread ? { case: thread.case.number, by: thread.by } : null,
    recipient: mail.facts.recipient?.address ?? null,
    messageIdUsedBefore: context.facts.messageIdUsedBefore,
    ...more,
  };
}
