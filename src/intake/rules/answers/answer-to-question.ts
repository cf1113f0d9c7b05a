import type { Change } from '../../../changes/change.ts';
import type { MailSettled } from '../../../changes/mail.ts';
import { waitsFor } from '../../../changes/outcome.ts';
import type { CaseNumber } from '../../../foundation/ids.ts';
import { answeredNumbers, besidePin } from '../../../mail/pin-reader/pin-reader.ts';
import { contactAtSite, sitesOf } from '../../../registry/recognise.ts';
import { isNewProblem } from '../../cases/new-problem.ts';
import { openCase } from '../../cases/open-case.ts';
import { type Context, evidenceOf, senderAt, siteOf, withoutPin } from '../../context.ts';
import { numberToCome } from '../../decision.ts';
import type { LetterFacts } from '../../facts.ts';
import { lapsedLetters } from '../../letters/letters.ts';
import { besideNotices, licensingNotice } from '../../letters/team-letters.ts';
import { candidatesFor, type NamedSite, namedSite, sitesNamed } from '../../pins/named-site.ts';
import type { Rule } from '../../rule.ts';
import { forLicensing, writtenTo } from '../../written-to.ts';

type Original = NonNullable<LetterFacts['original']>;

/**
 * The site that the answer names, of those that both writers belong to: by whatever number is the PIN of one, for no grammar is asked
 * of anybody; else by a licence number.
 */
function siteAnswered(context: Context, original: Original): NamedSite {
  const { facts, mail, policy, sender } = context;
  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  const theirs = from === null ? [] : sitesOf(original.writers, from);
  const shared = sender === null ? [] : sitesOf(facts.contacts, sender).filter((site) => theirs.includes(site));
  const candidates = [...answeredNumbers(mail.facts), ...besidePin(mail.facts)];
  const numbers = [...mail.facts.pins, ...candidatesFor(candidates, shared)];
  const named = sitesNamed(numbers, facts.pins, shared, original.arrivedAt, policy);
  const [first] = named;
  if (first) return named.size > 1 ? { kind: 'several' } : { kind: 'site', site: first[0], by: 'pin', pin: first[1] };
  const only = { facts: { ...mail.facts, pins: [], subject: '', newText: '' }, arrivedAt: original.arrivedAt };
  return namedSite(only, facts, { own: shared, onlyOwn: true, asked: false }, policy);
}

/**
 * §3.r5 for the missing PIN: the answer with the PIN opens the case from the original mail, at its time of arrival. The
 * answer has to come from a contact of the site that the PIN names, and so has the original: whoever gets hold of our letter
 * could else take somebody's mail to another site (§11.3).
 */
export const answerToQuestion: Rule = (context) => {
  const letter = context.answered;
  const original = letter?.original;
  if (
    !letter ||
    !original ||
    letter.asks?.kind !== 'missing-pin' ||
    original.case !== null ||
    !waitsFor(original.outcome, 'pin') ||
    isNewProblem(context.mail.facts, original.facts)
  )
    return null;
  const named = siteAnswered(context, original);
  const site = named.kind === 'site' ? siteOf(context.facts, named.site) : null;
  const contact = site ? senderAt(context, site.site.id) : null;
  if (named.kind !== 'site' || !site || !contact) return null;

  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  const writer = from === null ? null : contactAtSite(original.writers, from, site.site.id);
  if (from === null || writer === null) return null;
  const licensing = forLicensing(context, original.facts);
  const attempt = openCase(context, {
    site,
    contact: writer.contact,
    address: from,
    mail: { ...withoutPin(original, named), mustWait: context.mail.mustWait },
    licensing,
  });
  const evidence = evidenceOf(context, {
    pin: named.pin,
    site: site.site.number,
    contact: contact.id,
    role: contact.role,
    contract: attempt.contract,
  });
  const settled = {
    outcome: 'answer-settled',
    rule: 'r5',
    evidence,
  } as const;
  const changes = (outcome: MailSettled['outcome'], on: CaseNumber | null, reason: string): Change[] => {
    const by = { kind: 'contact', contact: contact.id, mail: context.mail.id } as const;
    const at = context.mail.arrivedAt;
    const of = { mail: original.id, outcome, at, by };
    return [
      { kind: 'mail-decided-anew', ...of },
      { kind: 'mail-settled', ...of, case: on, reason, letter: letter.id },
    ];
  };
  if (attempt.kind === 'lapsed') {
    const reason = `The answer brings the PIN for mail ${original.id}, but support of site ${site.site.number} has ended.`;
    return {
      ...settled,
      reason,
      changes: changes('support-lapsed', null, reason),
      letters: lapsedLetters(context, {
        site,
        contact,
        address: context.sender ?? contact.email,
        contract: attempt.contract,
        mail: original,
        case: null,
      }),
    };
  }
  const reason = `The answer brings the PIN that was missing; the case is opened from mail ${original.id}.`;
  return {
    ...settled,
    reason,
    changes: [...attempt.changes, ...changes('case-opened', numberToCome, reason)],
    letters: [
      ...attempt.letters,
      ...besideNotices(context, writtenTo(context, original.facts), original),
      ...(licensing
        ? licensingNotice(context, { site, contact: writer.contact, opens: attempt.opens, mail: original })
        : []),
    ],
  };
};
