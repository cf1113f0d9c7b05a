/** r11 to r13a: access, and mail to other teams than support. */

import { accessNamed } from '../../mail/access/access-request.ts';
import { contactMay } from '../../registry/permissions.ts';
import { readCommand } from '../commands/commands.ts';
import { type Context, senderAt } from '../context.ts';
import { teamsBeside } from '../letters/team-letters.ts';
import { unheard } from '../loops/unheard.ts';
import { registrationRequested } from '../rules/access/register.ts';
import { accessRequested } from '../rules/access/request.ts';
import { besideSupport } from '../rules/teams/beside-support.ts';
import { toClientCare } from '../rules/teams/to-client-care.ts';
import { toLicensing } from '../rules/teams/to-licensing.ts';
import { toRenewals } from '../rules/teams/to-renewals.ts';
import { toSecurity } from '../rules/teams/to-security.ts';
import { writtenTo } from '../written-to.ts';
import { noNewCase } from './case-rules.ts';
import { firstOf, nothingKnown, type RuleInWords } from './lacking.ts';

/** A list, old mail of a mailbox just met, a sender who is blocked or marked as spam: nothing is begun by it. */
const beginsNothing = (context: Context): boolean =>
  context.mail.facts.unanswerable !== null || context.mail.mustWait || unheard(context) !== null;
const quiet = 'It is of a list, older than this mailbox, blocked or marked as spam: it begins no request.';

const notWritten = 'It is not written to the address of that team, and answers no letter of theirs.';

function noRegistration(context: Context): string {
  const { facts, mail, thread, answered } = context;
  const command = readCommand(mail.facts);
  return firstOf(
    [
      command?.name !== 'REGISTER' || command.argument === '',
      'Its first line is not REGISTER with the number of a licence.',
    ],
    [facts.contacts.length > 0, 'Its sender is on record.'],
    [thread !== null || answered !== null, 'It answers a letter or a case of ours.'],
    [mail.facts.pins.length > 0, 'It names a PIN, beside which REGISTER is what a report is about.'],
    [beginsNothing(context), quiet],
  );
}

function noAccessRequest(context: Context): string {
  const { answered, mail, facts } = context;
  const { subject, newText } = mail.facts;
  const to = writtenTo(context);
  return firstOf(
    [answered?.asks?.kind === 'decide-access', 'It answers a letter about somebody else’s request for access.'],
    [
      accessNamed({ subject, newText }) === null && !to.has('access'),
      'It neither asks for access nor is written to the address for that.',
    ],
    [beginsNothing(context), quiet],
    [facts.contacts.length > 0, 'Its sender is on record there, and writes about something else.'],
  );
}

function notForLicensing(context: Context): string {
  if (!writtenTo(context).has('licensing')) return notWritten;
  const { facts, policy } = context;
  const sites = new Set<string>(facts.contacts.map((contact) => contact.siteId));
  const [only] = sites;
  const contact = only === undefined ? null : senderAt(context, only);
  return firstOf(
    [sites.size === 0, 'Its sender is not on record at any site.'],
    [sites.size > 1, 'Its sender belongs to several sites, and it names none of them.'],
    [contact !== null && !contactMay('cases: update', contact, policy), 'Its sender may open no cases.'],
    [true, 'The site of its sender has nothing by which a licensing case could be opened.'],
  );
}

export const besideSupportRule: RuleInWords = {
  rule: besideSupport,
  row: 'r14',
  about: 'A new case that is written to another team of ours as well',
  lacks: (context) => {
    const asks = context.answered?.asks?.kind;
    const beside = teamsBeside(writtenTo(context)).length > 0 || asks === 'renewal';
    if (!beside) return 'It is written to no other team of ours beside support.';
    const missing = noNewCase(context);
    return missing === nothingKnown ? 'It is written to other teams as well, and opens no case.' : missing;
  },
};

export const accessRules: readonly RuleInWords[] = [
  {
    rule: registrationRequested,
    row: 'r11',
    about: 'Somebody not on record registers a licence',
    lacks: noRegistration,
  },
  { rule: accessRequested, row: 'r11', about: 'A request for access', lacks: noAccessRequest },
];

export const teamRules: readonly RuleInWords[] = [
  {
    rule: toRenewals,
    row: 'r12',
    about: 'Mail to the renewals team',
    lacks: (context) =>
      writtenTo(context).has('renewals') ? 'It is written to other addresses of ours beside renewals.' : notWritten,
  },
  { rule: toSecurity, row: 'r13', about: 'The report of a vulnerability', lacks: () => notWritten },
  { rule: toClientCare, row: 'r13a', about: 'Mail to client care', lacks: () => notWritten },
  { rule: toLicensing, row: 'r13a', about: 'A licensing request', lacks: notForLicensing },
];
