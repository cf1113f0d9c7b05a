/** The letters a decision causes (POLICY §3, fourth column), as data. Whether each is sent is decided last, by the limits on letters. */

import { acknowledgementOf, type OpenedTerms } from '../../acts/cases/opening/acknowledgement.ts';
import { lapseTold } from '../../acts/cases/opening/lapse-told.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { Addressed, Answers, Fate, Letter, PinNeeded, StaffNotice } from '../../outbound/letter.ts';
import { afterRenewal, fateOf, lastOf, onceADay } from '../../outbound/letter-limits.ts';
import { dayAt, type Entitlement } from '../../registry/entitlement.ts';
import { contactMay } from '../../registry/permissions.ts';
import { answerTo, sitesOf } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { Opening } from '../cases/opening.ts';
import { type Context, judgedAt, siteOf } from '../context.ts';
import { type Decision, numberToCome } from '../decision.ts';
import type { Asks, CaseFacts, MailAtHand, SenderFacts, SiteFacts } from '../facts.ts';
import { asksForAnswer, isLoop } from '../loops/loop-detection.ts';
import { unheard } from '../loops/unheard.ts';
import { triesOf } from '../pins/guessing.ts';
import { quoteOf } from './notice-quote.ts';
import type { PlannedLetter } from './planned-letter.ts';
import { renewalsTold } from './renewals-told.ts';

const send: Fate = { kind: 'send' };

function answersOf(mail: Pick<MailAtHand, 'facts'>): Answers {
  const { messageId, references, inReplyTo } = mail.facts;
  return { messageId, references: references.length > 0 ? references : inReplyTo };
}

export const planned = (
  context: Context,
  letter: Letter,
  to: Omit<Addressed, 'answers' | 'followsOwn'> & { answers?: Answers | null },
  asks: Asks | null = null,
): PlannedLetter => ({
  ...letter,
  ...to,
  answers: to.answers === undefined ? answersOf(context.mail) : to.answers,
  followsOwn: to.audience !== 'staff' && isLoop(context, letter),
  asks,
  fate: send,
});

type Unquoted<T> = T extends unknown ? Omit<T, 'command' | 'mail' | 'begins' | 'phone' | 'phoneOnRecord'> : never;

/** The mail that the notice is about, where it is not the one at hand, and who wrote it. */
type OfMail = { readonly mail?: Pick<MailAtHand, 'facts'>; readonly contact?: Contact | null };

/** Where no words of a person are told of: nothing could be read, letters of ours came back, PINs are tried. */
const unquoted: ReadonlySet<StaffNotice['kind']> = new Set(['unreadable-mail', 'letter-failed', 'contact-guesses']);

function toldOf(notice: Unquoted<StaffNotice>, context: Context): readonly string[] {
  const { desk } = context.policy;
  switch (notice.kind) {
    case 'lapsed-wrote':
    case 'grace-wrote':
    case 'under-covered-wrote':
    case 'renewal-answered':
      return renewalsTold(notice, context);
    case 'vulnerability-reported':
      return desk.security;
    case 'care-wrote':
    case 'care-overdue':
    case 'attestation-unanswered':
      return desk.care;
    case 'licensing-opened':
      return desk.licensing;
    case 'wrote-beside-support':
      return notice.team === 'renewals' ? renewalsTold(notice, context) : desk[notice.team];
    default:
      return desk.staff;
  }
}

/** Told once an hour about one matter, each of our people by a letter of their own. */
export function staffNotice(
  context: Context,
  notice: Unquoted<StaffNotice>,
  matter = `${notice.kind}:${context.mail.id}`,
  { mail = context.mail, contact = context.facts.contacts[0] ?? null }: OfMail = {},
): PlannedLetter[] {
  const { desk } = context.policy;
  const about = 'case' in notice && notice.case ? `case ${notice.case}` : `mail show ${context.mail.id}`;
  const quoted = unquoted.has(notice.kind) ? {} : quoteOf(mail.facts, contact, context.facts);
  const values = { ...notice, ...quoted, mail: context.mail.id, command: `npx postern ${about}` } as StaffNotice;
  return toldOf(notice, context).map((to) =>
    planned(
      context,
      { template: 'staff-notice', values },
      {
        to,
        audience: 'staff',
        language: desk.languages[0] ?? 'en',
        matter,
        case: 'case' in notice ? notice.case : null,
        answers: null,
      },
    ),
  );
}

/** The same for every cause and sender (§3 "The neutral receipt"); none where the grade is failed, for spam, and for whom our staff have blocked. */
export function neutralReceipt(context: Context): PlannedLetter[] {
  const { sender, mail, policy } = context;
  if (sender === null || mail.facts.grade === 'failed' || unheard(context) !== null) return [];
  // Whether the PINs were right is not to be told by silence either: see guessing.ts.
  if (context.facts.pinLock.silent && triesOf(context).length > 0) return [];
  const { support, access } = policy.desk.addresses;
  return [
    planned(
      context,
      { template: 'neutral-receipt', values: { support, access: access ?? support } },
      { to: sender, audience: 'stranger', language: policy.desk.languages[0] ?? 'en', matter: 'receipt', case: null },
    ),
  ];
}

/** §11.7: what they can do whose privileges do not go so far. */
export function mayOnlyFollowLetter(
  context: Context,
  { site, contact, on }: { readonly site: SiteFacts; readonly contact: Contact; readonly on: CaseFacts | null },
): PlannedLetter[] {
  const { name, number, language } = site.site;
  const follows = contactMay('cases: view', contact, context.policy);
  const case_ = on?.number ?? null;
  return [
    planned(
      context,
      {
        template: 'may-only-follow',
        values: {
          siteName: name,
          site: number,
          case: case_,
          follows,
          address: contact.email,
          privilege: 'cases: update',
          phone: phoneFor(context),
        },
      },
      {
        to: answerTo(contact, context.sender ?? contact.email),
        audience: 'contact',
        language,
        matter: `may-only-follow:${case_ ?? number}`,
        case: case_,
      },
    ),
  ];
}

/** §3.r17. An answer to it without a PIN is asked back (§3.r16a). */
export function pinNeededLetter(context: Context, contact: Contact): PlannedLetter[] {
  const { mail, answered } = context;
  // Nobody but who wrote it is shown its title.
  const own = answered?.original?.writers.some((writer) => context.facts.contacts.some((one) => one.id === writer.id));
  const held =
    own && answered?.asks?.kind === 'missing-pin' && answered.original?.case === null ? answered.original : mail;
  return [
    planned(
      context,
      { template: 'pin-needed', values: { title: held.facts.title, ...causeOf(context) } },
      {
        to: answerTo(contact, context.sender ?? contact.email),
        audience: 'contact',
        language: languageOf(context, contact.siteId),
        matter: `mail:${held.id}`,
        case: null,
      },
      { kind: 'missing-pin', mail: held.id },
    ),
  ];
}

/**
 * Of a PIN that is none of the sender's sites' it is the same whether nobody has it, others have it or others had it; of the own
 * retired one it is since when (§3 "Guessing").
 */
function causeOf({ named, facts, policy, sender }: Context): Cause {
  const own = sender === null ? [] : sitesOf(facts.contacts, sender);
  switch (named.kind) {
    case 'site':
      return named.pin === null ? { cause: 'none' } : { cause: 'not-yours', pin: named.pin };
    case 'unknown':
      return { cause: 'not-yours', pin: named.pin };
    case 'retired': {
      if (!own.includes(named.site)) return { cause: 'not-yours', pin: named.pin };
      const { replacedAt } = named;
      const goodUntil = Temporal.Instant.from(replacedAt)
        .add({ hours: policy.pinGraceDays * 24 })
        .toString();
      return { cause: 'retired', replacedAt, goodUntil, timezone: facts.sites[named.site]?.site.timezone ?? 'UTC' };
    }
    case 'unclear': {
      const sites = own.flatMap((id) => facts.sites[id]?.site ?? []);
      return { cause: 'which-site', sites: sites.map(({ number, name }) => ({ number, name })) };
    }
    case 'several':
    case 'none':
      return { cause: named.kind };
    default:
      return named satisfies never;
  }
}

type Cause = WithoutTitle<PinNeeded>;
type WithoutTitle<T> = T extends unknown ? Omit<T, 'title'> : never;

/** §3 "Guessing": once an hour and contact. */
export const contactGuessesNotice = (context: Context, contact: Contact): PlannedLetter[] =>
  staffNotice(
    context,
    {
      kind: 'contact-guesses',
      from: context.sender ?? contact.email,
      contact: contact.name,
      site: siteOf(context.facts, contact.siteId)?.site.number ?? '',
      siteName: siteOf(context.facts, contact.siteId)?.site.name ?? '',
      most: context.policy.guessing.othersPerContact,
    },
    `contact-guesses:${contact.id}`,
  );

const languageOf = (context: Context, site: string): string =>
  siteOf(context.facts, site)?.site.language ?? context.mail.facts.language ?? context.policy.desk.languages[0] ?? 'en';

type Lapsed = {
  readonly site: SiteFacts;
  readonly contact: Contact;
  readonly address: string;
  readonly contract: Entitlement;
  readonly mail: Pick<MailAtHand, 'facts'>;
  readonly case: CaseNumber | null;
};

/**
 * §2.5: the sender is told the day and whom to write to, the renewal team that a lapsed customer wrote. What is on record to begin
 * is told, too, and where something else of theirs is covered, which product this is about.
 */
export function lapsedLetters(context: Context, lapsed: Lapsed): PlannedLetter[] {
  const { site, contact, contract } = lapsed;
  const { title } = lapsed.mail.facts;
  const { policy } = context;
  const { renewals, support } = policy.desk.addresses;
  const told = lapseTold(site, contract, judgedAt(context), policy);
  const about = lapsed.case === null ? `lapsed:${site.site.number}` : `case:${lapsed.case}`;
  return [
    planned(
      context,
      {
        template: 'support-lapsed',
        values: {
          ...{ title, siteName: site.site.name, ...told, case: lapsed.case },
          ...{ renewals: renewals ?? support, teamKnows: policy.desk.renewalTeam.length > 0 },
        },
      },
      {
        to: answerTo(contact, lapsed.address),
        audience: 'contact',
        language: site.site.language,
        matter: about,
        case: lapsed.case,
      },
    ),
    ...staffNotice(
      context,
      {
        kind: 'lapsed-wrote',
        site: site.site.number,
        siteName: site.site.name,
        contact: contact.name,
        title,
        ...told,
        case: lapsed.case,
      },
      `lapsed-wrote:${site.site.number}`,
      { mail: lapsed.mail, contact },
    ),
  ];
}

type Answered = {
  readonly contact: Contact;
  readonly site: string;
  readonly asked: readonly SenderFacts[];
  readonly answers: ReadonlyMap<SenderFacts, 'yes' | 'once' | 'no'>;
};

/** What an answer references a question by: a letter and digits, never taken for a PIN. */
export const senderRef = (id: string): string => `S${id}`;

/** §3.r5: the result of an answer about senders, and what is still asked. */
export function senderSettled(context: Context, given: Answered): PlannedLetter[] {
  const now = { yes: 'registered', once: 'once', no: 'refused' } as const;
  const before = { yes: 'was-registered', once: 'was-once', no: 'was-refused', expired: 'expired' } as const;
  const line = ({ id, address, case: number }: SenderFacts) => ({ ref: senderRef(id), address, case: number });
  const lines = [...given.answers].map(([question, answer]) => ({
    ...line(question),
    result: question.answer === null ? now[answer] : before[question.answer],
  }));
  const open = given.asked.filter((question) => question.answer === null && !given.answers.has(question)).map(line);
  // Nothing is left to be answered: nothing is said to thanks, or to a reply of somebody who has done it all.
  if (lines.length === 0 && open.length === 0) return [];
  const asks: Asks = { kind: 'senders', questions: given.asked.map((one) => one.id) };
  return [
    planned(
      context,
      { template: 'sender-settled', values: { lines, open } },
      {
        to: answerTo(given.contact, context.sender ?? given.contact.email),
        audience: 'contact',
        language: languageOf(context, given.site),
        matter: `mail:${context.mail.id}`,
        case: null,
      },
      asks,
    ),
  ];
}

type OpenedLetters = OpenedTerms & { readonly opening: Opening };

/** §3.r14: acknowledgement; §2.4, §2.5 to the renewal team; §4.3 to the staff. */
export function openingLetters(context: Context, given: OpenedLetters): PlannedLetter[] {
  const { opening, opens, contract, response } = given;
  const { site, mail } = opening;
  const { desk } = context.policy;
  const about = {
    site: site.site.number,
    siteName: site.site.name,
    contact: opening.contact?.name ?? opens.contactAddress,
    title: opens.title,
    case: numberToCome,
  } as const;
  const letters: PlannedLetter[] = [
    planned(
      context,
      {
        template: 'acknowledgement',
        values: acknowledgementOf(given, {
          site: site.site,
          follows: opening.follows?.number ?? null,
          linked: opening.linked?.number ?? null,
          asksNothing: opening.licensing === true,
          desk,
          asked: context.policy,
        }),
      },
      {
        to: opens.contactAddress,
        audience: 'contact',
        language: opens.language,
        matter: `case:${numberToCome}`,
        case: numberToCome,
      },
    ),
  ];
  // The matter of a letter about a case to come would be one for all of them: the mail stands for it.
  const matter = (kind: string) => `${kind}:${mail.id}`;
  const of = { mail, contact: opening.contact };
  if (contract.kind === 'grace')
    letters.push(
      ...staffNotice(context, { kind: 'grace-wrote', ...about, endedOn: contract.endedOn }, matter('grace-wrote'), of),
    );
  if (contract.kind === 'under-covered') {
    letters.push(
      ...staffNotice(
        context,
        {
          kind: 'under-covered-wrote',
          ...about,
          product: contract.coveredBy,
          users: contract.users,
          support: contract.support,
        },
        `${onceADay}${site.site.number}:${dayAt(mail.arrivedAt, site.site.timezone)}`,
        of,
      ),
    );
  }
  if (opens.severity === 1)
    letters.push(
      ...staffNotice(
        context,
        { kind: 'severity-1-opened', ...about, due: response.due, timezone: site.site.timezone },
        matter('severity-1'),
        of,
      ),
    );
  return letters;
}

/**
 * Where the sender reaches a person: the number for the country of the site. Only the sender's own sites count: by the country of somebody
 * else's PIN it could be told from one that nobody has.
 */
function phoneFor({ named, thread, facts, policy }: Context): string | null {
  const own = facts.contacts.map((contact) => contact.siteId);
  const asked = named.kind === 'site' ? named.site : thread?.case.site;
  const site = asked !== undefined && own.includes(asked) ? asked : own[0];
  const { phones } = policy.desk;
  return phones[(site && siteOf(facts, site)?.site.country) || 'default'] ?? phones.default ?? null;
}

/** Sent, waiting for a person, or suppressed and why: the last step of every decision. */
export function limitLetters(decision: Decision, context: Context): Decision {
  const { history } = context.facts;
  const { mail, policy, now } = context;
  const own = answersOf(mail);
  const answersIt = (answers: Answers | null) => answers !== null && answers.messageId === own.messageId;
  const settle = (letter: PlannedLetter): PlannedLetter => {
    // What answers another mail, or none, goes to somebody else, who is told whatever this mail is.
    if (letter.audience !== 'staff' && answersIt(letter.answers)) {
      if (mail.facts.unanswerable)
        return {
          ...letter,
          fate: { kind: 'suppress', why: `the mail is not to be answered (${mail.facts.unanswerable})` },
        };
      if (mail.mustWait)
        return { ...letter, fate: { kind: 'wait', why: 'the mail was more than 48 hours old when it was first seen' } };
    }
    if (mail.admitted?.renewed && letter.template === 'acknowledgement') return { ...letter, fate: afterRenewal };
    const past = {
      letters: letter.audience === 'staff' ? history.toStaff : history.toSender,
      strangersHour: history.strangersHour,
      strangersDay: history.strangersDay,
    };
    const fate = fateOf(letter, past, policy, now);
    const last = fate.kind === 'send' ? lastOf(letter, asksForAnswer(letter), past, policy, now) : null;
    return { ...letter, ...(last === null ? {} : { closing: { last, phone: phoneFor(context) } }), fate };
  };
  return { ...decision, letters: decision.letters.map(settle) };
}
