import { givePin, waitsForPin } from '../../../acts/mail/give-pin.ts';
import type { SiteId } from '../../../foundation/ids.ts';
import { answeredNumbers, besidePin } from '../../../mail/pin-reader/pin-reader.ts';
import { contactMay } from '../../../registry/permissions.ts';
import { contactAtSite, sitesOf } from '../../../registry/recognise.ts';
import { isNewProblem } from '../../cases/new-problem.ts';
import { openCase } from '../../cases/open-case.ts';
import { type Context, evidenceOf, givenBy, senderAt, siteOf, withoutPin } from '../../context.ts';
import { noChanges, numberToCome } from '../../decision.ts';
import type { LetterFacts } from '../../facts.ts';
import { lapsedLetters } from '../../letters/letters.ts';
import { besideNotices, licensingNotice } from '../../letters/team-letters.ts';
import { candidatesFor, type NamedSite, namedSite, sitesNamed } from '../../pins/named-site.ts';
import type { Rule } from '../../rule.ts';
import { forLicensing, writtenTo } from '../../written-to.ts';

type Original = NonNullable<LetterFacts['original']>;

/** Of both who wrote the mail that is held and who answers. */
function sharedSites({ facts, sender }: Context, original: Original): readonly SiteId[] {
  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  const theirs = from === null ? [] : sitesOf(original.writers, from);
  return sender === null ? [] : sitesOf(facts.contacts, sender).filter((site) => theirs.includes(site));
}

/**
 * The site that the answer names, of those that both writers belong to: by whatever number is the PIN of one, for no grammar is asked
 * of anybody; else by a licence number.
 */
function siteAnswered(context: Context, original: Original, shared: readonly SiteId[]): NamedSite {
  const { facts, mail, policy } = context;
  const candidates = [...answeredNumbers(mail.facts), ...besidePin(mail.facts)];
  const numbers = [...mail.facts.pins, ...candidatesFor(candidates, shared)];
  const named = sitesNamed(numbers, facts.pins, shared, original.arrivedAt, policy);
  const [first] = named;
  if (first) return named.size > 1 ? { kind: 'several' } : { kind: 'site', site: first[0], by: 'pin', pin: first[1] };
  const only = { facts: { ...mail.facts, pins: [], subject: '', newText: '' }, arrivedAt: original.arrivedAt };
  return namedSite(only, facts, { own: shared, onlyOwn: true, asked: false }, policy);
}

/**
 * §3.r5 for the missing PIN: `give-pin`, which opens the case from the original mail, at its time of arrival, where a contact of the site
 * has written both.
 */
export const answerToQuestion: Rule = (context) => {
  const letter = context.answered;
  const original = letter?.original;
  if (!letter || !original || letter.asks?.kind !== 'missing-pin' || !waitsForPin(original)) return null;
  if (isNewProblem(context.mail.facts, original.facts)) return null;
  const sites = sharedSites(context, original);
  const named = siteAnswered(context, original, sites);
  const site = named.kind === 'site' ? siteOf(context.facts, named.site) : null;
  const contact = site ? senderAt(context, site.site.id) : null;
  if (named.kind !== 'site' || !site || !contact) return null;

  const from = original.facts.from.kind === 'one' ? original.facts.from.address : null;
  const writer = from === null ? null : contactAtSite(original.writers, from, site.site.id);
  if (from === null || writer === null) return null;
  // The PIN opens nothing for somebody who only follows cases: the answer is decided as any mail of theirs (§11.7).
  if (!contactMay('cases: update', writer.contact, context.policy)) return null;
  const licensing = forLicensing(context, original.facts);
  const attempt = openCase(context, {
    site,
    contact: writer.contact,
    address: from,
    mail: { ...withoutPin(original, named), mustWait: context.mail.mustWait },
    licensing,
  });
  const lapsed = attempt.kind === 'lapsed';
  const reason = lapsed
    ? `The answer brings the PIN for mail ${original.id}, but support of site ${site.site.number} has ended.`
    : `The answer brings the PIN that was missing; the case is opened from mail ${original.id}.`;
  const becomes = lapsed
    ? ({ outcome: 'support-lapsed', reason, case: null, changes: noChanges } as const)
    : ({ outcome: 'case-opened', reason, case: numberToCome, changes: attempt.changes } as const);
  const judged = givePin.judge(
    { mail: original.id, site: site.site.id },
    { on: original, letter: letter.id, sites, becomes },
    givenBy(context, contact.id),
  );
  if (judged.kind === 'refused') return null;
  const decision = {
    outcome: 'answer-settled',
    rule: 'r5',
    reason,
    evidence: evidenceOf(context, {
      pin: named.pin,
      site: site.site.number,
      contact: contact.id,
      role: contact.role,
      contract: attempt.contract,
    }),
    changes: judged.changes,
  } as const;
  if (lapsed) {
    const { contract } = attempt;
    const address = context.sender ?? contact.email;
    return {
      ...decision,
      letters: lapsedLetters(context, { site, contact, address, contract, mail: original, case: null }),
    };
  }
  return {
    ...decision,
    letters: [
      ...attempt.letters,
      ...besideNotices(context, writtenTo(context, original.facts), original),
      ...(licensing
        ? licensingNotice(context, { site, contact: writer.contact, opens: attempt.opens, mail: original })
        : []),
    ],
  };
};
