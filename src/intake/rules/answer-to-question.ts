import { answerPins } from '../../mail/answer-pin.ts';
import { contactAtSite } from '../../registry/recognise.ts';
import { evidenceOf, senderAt, siteOf } from '../context.ts';
import type { Rule } from '../decide.ts';
import { lapsedLetters } from '../letters.ts';
import { namedSite } from '../named-site.ts';
import { isNewProblem } from '../new-problem.ts';
import { openCase } from '../open-case.ts';
import { besideNotices, licensingNotice } from '../team-letters.ts';
import { forLicensing, writtenTo } from '../written-to.ts';

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
    original.outcome !== 'held-pin-needed'
  )
    return null;
  const { facts } = context.mail;
  if (isNewProblem(facts, original.facts)) return null;
  const pins = facts.pins.length > 0 ? facts.pins : answerPins(facts.newText);
  const named = namedSite(pins, facts.licenceNumbers, context.facts, original.arrivedAt, context.policy);
  const site = named.kind === 'site' ? siteOf(context.facts, named.site) : null;
  const contact = site ? senderAt(context, site.site.id) : null;
  if (!site || !contact) return null;

  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  const writer = from === null ? null : contactAtSite(original.writers, from, site.site.id);
  if (from === null || writer === null) return null;
  const licensing = forLicensing(context, original.facts);
  const attempt = openCase(context, {
    site,
    contact: writer.contact,
    address: from,
    mail: { ...original, mustWait: context.mail.mustWait },
    licensing,
  });
  const evidence = evidenceOf(context, {
    pin: pins[0] ?? null,
    site: site.site.number,
    contact: contact.id,
    role: contact.role,
    contract: attempt.contract,
  });
  const settled = {
    outcome: 'answer-settled',
    settles: 'missing-pin',
    rule: 'r5',
    letter: letter.id,
    original: original.id,
    evidence,
  } as const;
  if (attempt.kind === 'lapsed') {
    return {
      ...settled,
      opens: null,
      originalOutcome: 'support-lapsed',
      reason: `The answer brings the PIN for mail ${original.id}, but support of site ${site.site.number} has ended.`,
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
  return {
    ...settled,
    opens: attempt.opens,
    originalOutcome: 'case-opened',
    reason: `The answer brings the PIN that was missing; the case is opened from mail ${original.id}.`,
    letters: [
      ...attempt.letters,
      ...besideNotices(context, writtenTo(context, original.facts), original),
      ...(licensing ? licensingNotice(context, { site, contact: writer.contact, opens: attempt.opens }) : []),
    ],
  };
};
