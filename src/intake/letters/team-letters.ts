/** Letters about mail to the addresses of our other teams (§3.r12 to r13a): the receipt, and the notice to who reads it. */
import type { NewCase } from '../../changes/case.ts';
import { foldPlus } from '../../mail/address/address.ts';
import type { OwnAddress } from '../../mail/parsed-mail.ts';
import type { Letter } from '../../outbound/letter.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import { type Context, siteOf } from '../context.ts';
import { numberToCome } from '../decision.ts';
import type { MailAtHand, SiteFacts } from '../facts.ts';
import { unheard } from '../loops/unheard.ts';
import { neutralReceipt, planned, staffNotice } from './letters.ts';
import type { PlannedLetter } from './planned-letter.ts';

/** Of senders not on record so many notices an hour; one more says that others wrote as well, and the list has them all. */
const strangersNoticed = 20;

type OfSender =
  | { kind: 'vulnerability-reported' | 'postmaster-wrote' }
  | { kind: 'renewal-answered'; renewal?: string }
  | { kind: 'care-wrote'; receipt: boolean; due: string; timezone: string };

/** One sender is one matter: who writes twice within the hour is in the list twice, and our people are told once. */
function noticeOfSender(context: Context, notice: OfSender): PlannedLetter[] {
  const { facts, mail, sender } = context;
  const { kind } = notice;
  const [contact] = facts.contacts;
  const started = new Set(facts.history.toStaff.map((past) => past.matter).filter((one) => one.startsWith(`${kind}:`)));
  const own = `${kind}:${contact?.id ?? foldPlus(sender ?? '')}`;
  const full = !contact && started.size >= strangersNoticed && !started.has(own);
  return staffNotice(
    context,
    {
      ...notice,
      from: sender ?? '',
      siteName: (contact && siteOf(facts, contact.siteId)?.site.name) ?? null,
      title: mail.facts.title,
    },
    full ? `${kind}:others` : own,
  );
}

/** §3.r12. */
export const renewalNotice = (context: Context, renewal?: string): PlannedLetter[] =>
  noticeOfSender(context, { kind: 'renewal-answered', ...(renewal !== undefined && { renewal }) });

/** RFC 5321 §4.5.1: a person reads what comes for the postmaster. Somebody on record is answered by that person alone. */
export const postmasterLetters = (context: Context): PlannedLetter[] => [
  ...(context.facts.contacts.length > 0 ? [] : neutralReceipt(context)),
  ...noticeOfSender(context, { kind: 'postmaster-wrote' }),
];

const teams = ['renewals', 'security', 'care', 'licensing'] as const;

/** Who is written to beside support. A copy to the access address asks for nothing yet. */
export const teamsBeside = (to: ReadonlySet<OwnAddress>): (typeof teams)[number][] =>
  to.has('support') ? teams.filter((team) => to.has(team)) : [];

/**
 * §3, for r11 to r13a: a case is opened from a mail to support, and who reads the other addresses in it knows of that. `mail` is the one that becomes the case.
 */
export function besideNotices(
  context: Context,
  to: ReadonlySet<OwnAddress>,
  mail: Pick<MailAtHand, 'id' | 'facts'> = context.mail,
  renewal?: string,
): PlannedLetter[] {
  const { facts, sender } = context;
  const [contact] = facts.contacts;
  return teamsBeside(to).flatMap((team) =>
    staffNotice(
      context,
      {
        kind: 'wrote-beside-support',
        ...(renewal !== undefined && { renewal }),
        team,
        from: (mail.facts.from.kind === 'one' ? mail.facts.from.address : sender) ?? '',
        siteName: (contact && siteOf(facts, contact.siteId)?.site.name) ?? null,
        title: mail.facts.title,
        case: numberToCome,
      },
      // The matter of a letter about a case to come would be one for all of them: the mail stands for it.
      `beside-support-${team}:${mail.id}`,
      { mail },
    ),
  );
}

/** §3.r13a: who answers licensing requests is told of a new one. */
export function licensingNotice(
  context: Context,
  {
    site,
    contact,
    opens,
    mail = context.mail,
  }: { site: SiteFacts; contact: Contact; opens: NewCase; mail?: Pick<MailAtHand, 'facts'> },
): PlannedLetter[] {
  return staffNotice(
    context,
    {
      kind: 'licensing-opened',
      site: site.site.number,
      siteName: site.site.name,
      contact: contact.name,
      title: opens.title,
      case: numberToCome,
      due: opens.due,
      timezone: site.site.timezone,
    },
    `licensing-opened:${context.mail.id}`,
    { mail, contact },
  );
}

/** A receipt to whoever wrote to one of our teams; the same for everybody, nothing of their mail in it. */
function receiptOf(
  context: Context,
  letter: Extract<Letter, { template: 'security-receipt' | 'care-receipt' }>,
  language?: string,
): PlannedLetter[] {
  const { facts, mail, policy, sender } = context;
  const [contact] = facts.contacts;
  const silent = unheard(context);
  // A report with an attack in it is easily taken for spam, and who found it should know that it has come.
  const spam = silent === 'spam' && letter.template !== 'security-receipt';
  if (sender === null || mail.facts.grade === 'failed' || silent === 'blocked' || spam) return [];
  return [
    planned(context, letter, {
      to: contact ? answerTo(contact, sender) : sender,
      audience: contact ? 'contact' : 'stranger',
      language: language ?? policy.desk.languages[0] ?? 'en',
      matter: letter.template,
      case: null,
    }),
  ];
}

/** §3.r13: a receipt that is the same for everybody. */
export function vulnerabilityLetters(context: Context): PlannedLetter[] {
  const { security, support } = context.policy.desk.addresses;
  const receipt = { template: 'security-receipt', values: { security: security ?? support } } as const;
  return [...receiptOf(context, receipt), ...noticeOfSender(context, { kind: 'vulnerability-reported' })];
}

/** §3.r13a: a receipt in the language of the site, of a stranger in all of ours, and the clock for client care. */
/** Client care has to do something beside the answer that its writer gets. */
export const careNotice = (context: Context, of: { due: string; timezone: string }): PlannedLetter[] =>
  noticeOfSender(context, { kind: 'care-wrote', receipt: true, ...of });

export function careLetters(
  context: Context,
  { due, timezone, site }: { due: string; timezone: string; site: { language: string } | null },
): PlannedLetter[] {
  const { care, support } = context.policy.desk.addresses;
  const { mail } = context;
  const letter = { template: 'care-receipt', values: { care: care ?? support } } as const;
  const receipts = receiptOf(context, letter, site?.language);
  // Not of one that is suppressed, or waits for a person.
  const receipt = receipts.length > 0 && !mail.facts.unanswerable && !mail.mustWait;
  return [...receipts, ...noticeOfSender(context, { kind: 'care-wrote', receipt, due, timezone })];
}
