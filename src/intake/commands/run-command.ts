/** A self-service command (POLICY §7) as an act, whether its sender was verified or has brought the code (§11.2), and what its judge gives as an answer. */
import {
  type ActLetter,
  type AnyAct,
  type Given,
  type Judged,
  type Records,
  type Refusal,
  refused,
} from '../../acts/act.ts';
import { escalateCase } from '../../acts/cases/agreeing/escalate-case.ts';
import { leaveCase } from '../../acts/cases/agreeing/leave-case.ts';
import { setSeverity } from '../../acts/cases/agreeing/set-severity.ts';
import { caseStatus } from '../../acts/cases/case-status.ts';
import { closeCase } from '../../acts/cases/close-case.ts';
import { listCases } from '../../acts/cases/list-cases.ts';
import { reopenCase } from '../../acts/cases/reopen-case.ts';
import { addContact } from '../../acts/contacts/add-contact.ts';
import { confirmContacts } from '../../acts/contacts/confirm-contacts.ts';
import { listContacts } from '../../acts/contacts/list-contacts.ts';
import { removeContact } from '../../acts/contacts/remove-contact.ts';
import { setPrivilege } from '../../acts/contacts/set-privilege.ts';
import { setRole } from '../../acts/contacts/set-role.ts';
import { issuePrivilegedPin } from '../../acts/pins/issue-privileged-pin.ts';
import type { PrivilegedSubject } from '../../acts/pins/records.ts';
import { tellPin } from '../../acts/pins/tell-pin.ts';
import { listLicences } from '../../acts/registry/list-licences.ts';
import { planMeant } from '../../acts/registry/plan-names.ts';
import { registerLicence } from '../../acts/registry/register-licence.ts';
import { requestUpgrade } from '../../acts/registry/request-upgrade.ts';
import { tellDocuments } from '../../acts/registry/tell-documents.ts';
import type { OwnRecord } from '../../acts/self-service/records.ts';
import { tellHelp } from '../../acts/self-service/tell-help.ts';
import { letterTo, noRight } from '../../acts/self-service/telling.ts';
import { setSubscription } from '../../acts/subscriptions/set-subscription.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { CommandRefused } from '../../outbound/letter.ts';
import { contactMay } from '../../registry/permissions.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { Context } from '../context.ts';
import type { CaseFacts, SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { type CommandName, commandNames, isAboutSubscriptions, wordFor } from './commands.ts';
import type { Done } from './done.ts';
import type { ReadLine } from './people-lines.ts';
import { runPeople } from './run-people.ts';
import { runSubscription } from './run-subscription.ts';
import { wishFrom } from './subscription-wish.ts';

type Order = {
  readonly name: CommandName;
  readonly argument: string;
  /** What the sender says besides. */
  readonly rest?: string;
  readonly site: SiteFacts;
  /** Who asks, as a contact of that site. */
  readonly contact: Contact;
  /** The case that the mail is a reply to. */
  readonly case: CaseNumber | null;
  /** An answer to a proposed solution, which says that it is one. */
  readonly solved?: boolean;
  /** What it asks for about people, line by line. */
  readonly lines?: readonly ReadLine[] | undefined;
  /** The text beside the command wakes that case; and it is an answer that the case may have waited for. */
  readonly reopens?: boolean;
  readonly answers?: boolean;
};

/** What a command asks for. */
export const actOf = {
  HELP: tellHelp,
  PIN: tellPin,
  'PIN PRIVILEGED': issuePrivilegedPin,
  CASES: listCases,
  STATUS: caseStatus,
  CLOSE: closeCase,
  REOPEN: reopenCase,
  LICENCES: listLicences,
  ESCALATE: escalateCase,
  SEVERITY: setSeverity,
  LEAVE: leaveCase,
  REGISTER: registerLicence,
  DOCUMENTS: tellDocuments,
  USERS: listContacts,
  CONTACTS: listContacts,
  'CONTACTS CONFIRM': confirmContacts,
  ADD: addContact,
  REMOVE: removeContact,
  ROLE: setRole,
  PRIVILEGE: setPrivilege,
  UPGRADE: requestUpgrade,
  UNSUBSCRIBE: setSubscription,
  SUBSCRIBE: setSubscription,
} as const satisfies Readonly<Record<CommandName, AnyAct>>;

const noReply = refused('conflict', 'The mail is no reply to a case of the site.', 'answer-the-case');
const noCase = 'A privileged PIN is for one case, and the mail is no reply to a case of the site.';
/** Where there is no case that the command could be about. */
const lacking: Readonly<Partial<Record<CommandName, Refusal>>> = {
  'PIN PRIVILEGED': refused('conflict', noCase, 'reply-to-case'),
  STATUS: refused('conflict', 'The command names no case.', 'name-the-case'),
  CLOSE: noReply,
  REOPEN: noReply,
  ESCALATE: noReply,
  SEVERITY: noReply,
  LEAVE: noReply,
};

export const mayAsk = (name: CommandName, contact: Contact, policy: Context['policy']): boolean =>
  contactMay(actOf[name].right, contact, policy);

/** Of corrections the right of each is looked at: of their own anybody makes them. */
export const mayWrite = (name: CommandName, contact: Contact, policy: Context['policy']): boolean =>
  name === 'CONTACTS' || mayAsk(name, contact, policy);

type Asking = {
  readonly site: SiteFacts;
  readonly contact: Contact;
  /** What the words beside the command do to their case. */
  readonly wakes?: CaseNumber | null;
  readonly answers?: CaseNumber | null;
};

/** A contact of a site as acts see them. A case that the mail wakes is open, and one that it answers waits for them no more. */
export function ownRecord(
  { facts, policy }: Pick<Context, 'facts' | 'policy'>,
  { site, contact, wakes = null, answers = null }: Asking,
  sender: string,
): OwnRecord {
  const { id, language } = site.site;
  return {
    ...site,
    contact,
    address: answerTo(contact, sender),
    pin: facts.selfService?.pins.find((one) => one.site === id)?.pin ?? null,
    cases: (facts.selfService?.cases ?? [])
      .filter((line) => line.site === id)
      .map((line) => (line.number === wakes ? { ...line, status: 'open' as const, closedAt: null } : line))
      .map(({ stands, ...line }) =>
        stands && line.number === answers
          ? { ...line, stands: { ...stands, proposedAt: null, waits: null } }
          : { ...line, ...(stands && { stands }) },
      ),
    commands: commandNames
      .filter((name) => facts.contacts.some((one) => mayAsk(name, one, policy)))
      .map((name) => ({ name, word: wordFor(name, language) })),
    several: new Set(facts.contacts.map((one) => one.siteId)).size > 1,
  };
}

/** Of the case that is answered: whom a privileged PIN would be for. */
function privilegedSubject({ facts }: Context, order: Order, on: CaseFacts): PrivilegedSubject {
  const { contact, reopens = false } = order;
  const { number: site, name: siteName, timezone, language } = order.site.site;
  return {
    ...{ site, siteName, timezone, language, case: on.number, caseId: on.id },
    caseOpen: on.status === 'open' || reopens,
    contact: contact.id,
    role: contact.role,
    address: contact.email,
    reachable: !facts.selfService?.doubtful?.includes(contact.id),
  };
}

/** The letter of an act as an answer to the mail that has asked; what goes to our own people answers nothing. */
const answering = (context: Context, { answers, ...letter }: ActLetter): PlannedLetter =>
  planned(context, letter, letter.audience === 'staff' ? { ...letter, answers } : letter, letter.asks);

export function refusal(
  context: Context,
  to: Pick<Order, 'contact' | 'site'>,
  given: { name: CommandName | null; why: CommandRefused['why'] } & Partial<
    Pick<CommandRefused, 'sites' | 'left' | 'meant'>
  >,
  reason: string,
  matter = `${given.name}:${given.why}`,
): Done {
  const { site } = to.site;
  const word = given.name === null ? '' : wordFor(given.name, site.language);
  const values = { why: given.why, word, sites: given.sites ?? [], left: given.left ?? 0, meant: given.meant ?? null };
  const own = { address: answerTo(to.contact, context.sender ?? to.contact.email), site };
  const letter = letterTo(own, { template: 'command-refused', values }, matter);
  return { kind: 'refused', reason, letters: [answering(context, letter)] };
}

/** By what stands on the day it comes, so that an answer with a code is done by that. */
export function runCommand(context: Context, order: Order): Done {
  const { facts, mail, policy } = context;
  const { name, site, contact, lines } = order;
  if (lines && mayWrite(name, contact, policy)) return runPeople(context, order, lines);
  if (isAboutSubscriptions(name)) {
    const done = runSubscription(context, wishFrom(name === 'SUBSCRIBE', order.argument));
    return done ?? refusal(context, order, { name, why: 'no-right' }, 'Nothing goes to them that could be ended.');
  }
  const act: AnyAct = actOf[name];
  const sender = context.sender ?? contact.email;
  // A privileged PIN is good from the moment it is drawn.
  const now = name === 'PIN PRIVILEGED' ? context.now : mail.arrivedAt;
  const given: Given = { by: { kind: 'contact', contact: contact.id, mail: mail.id }, now, desk: policy.desk, policy };
  const on = facts.cases.find((one) => one.number === order.case && one.site === site.site.id);
  const number = name === 'STATUS' ? order.argument || order.case : on?.number;
  const records: Records = {
    own: {
      ...ownRecord(
        context,
        { site, contact, wakes: order.reopens ? order.case : null, answers: order.answers ? order.case : null },
        sender,
      ),
      answers: on,
      on: on && order.reopens ? { ...on, status: 'open' } : on,
    },
    cases: on ? [on] : [],
    letters: [],
    people: facts.people?.find((one) => one.site.id === site.site.id) ?? null,
    ...(name === 'PIN PRIVILEGED' && on && { privilegedSubject: privilegedSubject(context, order, on) }),
  };
  const asked = {
    ...{ site: site.site.number, contact: sender, case: number, solved: order.solved },
    ...(name === 'SEVERITY' && { severity: Number(order.argument) }),
    ...(name === 'REGISTER' && { licence: order.argument }),
    ...(name === 'UPGRADE' && { plan: order.argument, text: order.rest }),
  };
  const judged: Judged = mayAsk(name, contact, policy)
    ? (!number && lacking[name]) || act.judge(asked, records, given)
    : noRight(name, contact.role);
  if (judged.kind === 'refused') {
    const why = judged.told ?? 'no-right';
    const meant = why === 'which-plan' ? planMeant(order.argument) : null;
    return refusal(context, order, { name, why, meant }, judged.says);
  }
  const { changes, says: reason = '' } = judged;
  const letters = judged.letters.map((letter) => answering(context, letter));
  const shownOn = letters[0]?.case;
  return { kind: 'done', reason, letters, ...(shownOn && { case: shownOn }), changes };
}
