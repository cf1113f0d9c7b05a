/** What each self-service command does (POLICY §7), whether its sender was verified or has brought the code (§11.2). */

import type { Change } from '../../changes/change.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import { privilegedToCome } from '../../foundation/pin-form.ts';
import { type CommandRefused, type Letter, toldEvents } from '../../outbound/letter.ts';
import { dayAt, judgeEntitlement, licenceSpan } from '../../registry/entitlement.ts';
import { mayHavePrivilegedPin, privilegedPinHours, privilegesOf } from '../../registry/permissions.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { Context } from '../context.ts';
import type { OwnCaseLine, SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { type CommandName, commandNames, wordFor } from './commands.ts';

export type Order = {
  readonly name: CommandName;
  readonly argument: string;
  readonly site: SiteFacts;
  /** Who asks, as a contact of that site. */
  readonly contact: Contact;
  /** The case that the mail is a reply to. */
  readonly case: CaseNumber | null;
  /** The text beside the command wakes that case. */
  readonly reopens?: boolean;
};

export type Done = {
  readonly kind: 'done' | 'refused';
  /** One plain sentence. */
  readonly reason: string;
  readonly letters: readonly PlannedLetter[];
  /** The case on which it is shown. */
  readonly case?: CaseNumber;
  readonly changes?: readonly Change[];
};

/** A right is one of the table of privileges; a provisional caller has own cases only and no PIN (§8.3). */
export function mayAsk(name: CommandName, contact: Contact, policy: Context['policy']): boolean {
  const may = privilegesOf(contact.role, policy);
  switch (name) {
    case 'HELP':
      return true;
    case 'PIN':
      return contact.role !== 'provisional caller';
    case 'PIN PRIVILEGED':
      return mayHavePrivilegedPin(contact.role);
    case 'CASES':
    case 'STATUS':
      return may.cases !== 'none';
    case 'CLOSE':
    case 'REOPEN':
      return may.cases === 'update';
    case 'LICENCES':
      return may.reporting !== 'none';
    default:
      return name satisfies never;
  }
}

/** §7, §8.3: a provisional caller sees own cases, a licence user those about licences and own ones. */
function maySee(line: OwnCaseLine, contact: Contact): boolean {
  const own =
    line.contact === contact.id || [contact.email, ...contact.aliases].some((one) => line.participants.includes(one));
  if (contact.role === 'provisional caller') return own;
  return contact.role !== 'licence user' || own || line.kind === 'licensing';
}

/** To the address on record, never to the spelling received (§11.2). One letter of a kind about one matter an hour. */
const resultTo = (
  context: Context,
  to: Pick<Order, 'contact' | 'site'>,
  letter: Letter,
  matter: string,
  on: CaseNumber | null = null,
): PlannedLetter =>
  planned(context, letter, {
    to: answerTo(to.contact, context.sender ?? to.contact.email),
    audience: 'contact',
    language: to.site.site.language,
    matter,
    case: on,
  });

export function refusal(
  context: Context,
  to: Pick<Order, 'contact' | 'site'>,
  given: { name: CommandName | null; why: CommandRefused['why']; sites?: CommandRefused['sites']; left?: number },
  reason: string,
  matter = `${given.name}:${given.why}`,
): Done {
  const word = given.name === null ? '' : wordFor(given.name, to.site.site.language);
  const values = { why: given.why, word, sites: given.sites ?? [], left: given.left ?? 0 };
  return {
    kind: 'refused',
    reason,
    letters: [resultTo(context, to, { template: 'command-refused', values }, `command:${matter}`)],
  };
}

const mostCases = 25;
const mostEvents = 6;

const told = (line: OwnCaseLine) => ({
  number: line.number,
  title: line.title,
  severity: line.severity,
  due: line.due,
});

function pin(context: Context, order: Order): Done {
  const { site } = order.site;
  const found = context.facts.selfService?.pins.find((one) => one.site === site.id);
  if (!found)
    return refusal(context, order, { name: 'PIN', why: 'no-pin' }, `Site ${site.number} has no active PIN on record.`);
  const values = { siteName: site.name, site: site.number, pin: found.pin };
  return {
    kind: 'done',
    reason: `The PIN of site ${site.number} went to the address on record.`,
    letters: [resultTo(context, order, { template: 'command-pin', values }, `command:PIN:${site.number}`)],
  };
}

/** §1: bound to the person, the address on record and the case that is replied to. Drawn and kept by whoever writes this down. */
function privilegedPin(context: Context, order: Order): Done {
  const name = 'PIN PRIVILEGED';
  const { site } = order.site;
  const refused = (why: CommandRefused['why'], reason: string): Done => refusal(context, order, { name, why }, reason);
  const on = context.facts.cases.find((one) => one.number === order.case);
  if (!on || on.site !== site.id)
    return refused(
      'reply-to-case',
      'A privileged PIN is for one case, and the mail is no reply to a case of the site.',
    );
  if (on.status === 'closed' && !order.reopens) return refused('case-closed', `Case ${on.number} is closed.`);
  if (context.facts.selfService?.doubtful?.includes(order.contact.id))
    return refused('address-doubtful', 'The address on record does not take mail for certain.');
  const until = new Date(Date.parse(context.now) + privilegedPinHours * 3_600_000).toISOString();
  const values = {
    siteName: site.name,
    site: site.number,
    case: on.number,
    pin: privilegedToCome,
    until,
    timezone: site.timezone,
  };
  return {
    kind: 'done',
    reason: `A privileged PIN for case ${on.number} went to the address on record.`,
    letters: [
      {
        ...resultTo(context, order, { template: 'privileged-pin', values }, `${name}:${on.number}`, on.number),
        to: order.contact.email,
      },
    ],
    case: on.number,
  };
}

function cases(context: Context, order: Order): Done {
  const { site } = order.site;
  const all = (context.facts.selfService?.cases ?? []).filter(
    (line) => line.site === site.id && line.status === 'open' && maySee(line, order.contact),
  );
  const values = {
    siteName: site.name,
    timezone: site.timezone,
    cases: all.slice(0, mostCases).map(told),
    more: Math.max(0, all.length - mostCases),
  };
  return {
    kind: 'done',
    reason: `The open cases of site ${site.number} were listed: ${all.length}.`,
    letters: [resultTo(context, order, { template: 'command-cases', values }, `command:CASES:${site.number}`)],
  };
}

function status(context: Context, order: Order): Done {
  const number = order.argument || order.case;
  if (!number) return refusal(context, order, { name: 'STATUS', why: 'name-the-case' }, 'The command names no case.');
  const line = context.facts.selfService?.cases.find((one) => one.number === number);
  // One answer for a number of another site and for none at all: a number tells nothing.
  if (!line || line.site !== order.site.site.id || !maySee(line, order.contact))
    return refusal(
      context,
      order,
      { name: 'STATUS', why: 'no-such-case' },
      `There is no case ${number} that the sender may see.`,
    );
  const wakes = order.reopens === true && line.number === order.case;
  const values = {
    ...told(line),
    status: wakes ? ('open' as const) : line.status,
    openedAt: line.openedAt,
    closedAt: wakes ? null : line.closedAt,
    timezone: order.site.site.timezone,
    events: (line.events ?? [])
      .flatMap(({ kind, at }) => toldEvents.flatMap((known) => (known === kind ? [{ kind: known, at }] : [])))
      .slice(0, mostEvents),
  };
  return {
    kind: 'done',
    reason: `The state of case ${line.number} was told.`,
    letters: [
      resultTo(context, order, { template: 'command-status', values }, `command:STATUS:${line.number}`, line.number),
    ],
  };
}

/** §6.1, §6.2: only in a reply to the case; what is done to it stands in the decision (`closes`, `reopens`). */
function changed(context: Context, order: Order): Done {
  const { name } = order;
  const on = context.facts.cases.find((one) => one.number === order.case);
  if (!on || on.site !== order.site.site.id)
    return refusal(context, order, { name, why: 'answer-the-case' }, 'The mail is no reply to a case of the site.');
  const { role, email, aliases } = order.contact;
  // As in what is shown to them: others' cases are theirs to answer, and not to close.
  if (role === 'licence user' && ![email, ...aliases].some((one) => on.participants.includes(one)))
    return refusal(
      context,
      order,
      { name, why: 'no-right' },
      `Case ${on.number} is not one of the licence user's own.`,
    );
  if (name === 'REOPEN' && on.status === 'closed' && order.reopens !== true)
    return refusal(
      context,
      order,
      { name, why: 'reopened-often' },
      `Case ${on.number} was reopened ${on.reopensToday} times that day.`,
    );
  const now =
    name === 'CLOSE'
      ? on.status === 'closed'
        ? 'was-closed'
        : 'closed'
      : on.status === 'closed'
        ? 'reopened'
        : 'was-open';
  const said = {
    closed: 'was closed by the customer',
    'was-closed': 'is closed already',
    reopened: 'was reopened by the customer',
    'was-open': 'is open already',
  }[now];
  const values = { number: on.number, title: on.title, now, days: context.policy.reopenDays } as const;
  return {
    kind: 'done',
    reason: `Case ${on.number} ${said}.`,
    letters: [
      resultTo(context, order, { template: 'command-changed', values }, `command:${now}:${on.number}`, on.number),
    ],
  };
}

const daysUntil = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

function licences(context: Context, order: Order): Done {
  const { site, plans, licences: owned } = order.site;
  const { mail, policy } = context;
  const today = dayAt(mail.arrivedAt, site.timezone);
  const contract = judgeEntitlement({ site, plans, licences: owned }, mail.arrivedAt, null, policy);
  const values = {
    siteName: site.name,
    site: site.number,
    covered: contract.kind !== 'lapsed' && contract.kind !== 'grace',
    licences: owned.map((licence) => {
      const { to } = licenceSpan(licence, policy);
      return {
        number: licence.number,
        product: licence.product,
        kind: licence.kind,
        quantity: licence.quantity,
        endsOn: to,
        daysLeft: to === null ? null : daysUntil(today, to),
      };
    }),
    plans: plans.map((plan) => ({ kind: plan.kind, endsOn: plan.to, daysLeft: daysUntil(today, plan.to) })),
  };
  return {
    kind: 'done',
    reason: `The licences of site ${site.number} were listed.`,
    letters: [resultTo(context, order, { template: 'command-licences', values }, `command:LICENCES:${site.number}`)],
  };
}

function help(context: Context, order: Order): Done {
  const { policy, facts } = context;
  const own = new Set(facts.contacts.map((contact) => contact.siteId));
  const values = {
    commands: commandNames
      .filter((name) => facts.contacts.some((contact) => mayAsk(name, contact, policy)))
      .map((name) => ({ name, word: wordFor(name, order.site.site.language) })),
    several: own.size > 1,
    support: policy.desk.addresses.support,
  };
  return {
    kind: 'done',
    reason: 'The commands that the sender may use were listed.',
    letters: [resultTo(context, order, { template: 'command-help', values }, 'command:HELP')],
  };
}

const runs: Readonly<Record<CommandName, (context: Context, order: Order) => Done>> = {
  HELP: help,
  PIN: pin,
  'PIN PRIVILEGED': privilegedPin,
  CASES: cases,
  STATUS: status,
  CLOSE: changed,
  REOPEN: changed,
  LICENCES: licences,
};

/** The right is looked at here, so that an answer with a code is done by what stands on the day it comes. */
export function runCommand(context: Context, order: Order): Done {
  if (!mayAsk(order.name, order.contact, context.policy))
    return refusal(
      context,
      order,
      { name: order.name, why: 'no-right' },
      `The role of the sender (${order.contact.role}) does not include ${order.name}.`,
    );
  return runs[order.name](context, order);
}
