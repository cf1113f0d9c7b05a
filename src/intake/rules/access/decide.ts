import { tokensEnd } from '../../../access/due.ts';
import { turnOf } from '../../../access/request.ts';
import { decidersAt, rightSite } from '../../../acts/access/on-request.ts';
import type { AccessRecord } from '../../../acts/access/records.ts';
import type { DecisionSaid } from '../../../mail/access/decision-said.ts';
import { readDecision } from '../../../mail/access/decision-text.ts';
import type { Contact, Site } from '../../../registry/site.ts';
import { type Context, evidenceOf, givenBy, siteOf } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import { deciderLetter } from '../../letters/access-letters.ts';
import { answerOf, settleAnswer, showsToken } from '../../questions/access-decision.ts';
import { confirmLetter } from '../../questions/confirm-letter.ts';
import { needsCode } from '../../questions/confirmation.ts';
import type { Rule } from '../../rule.ts';

type About = {
  readonly on: AccessRecord;
  readonly site: Site;
  readonly contact: Contact;
  readonly decides: boolean;
  /** Its letter is good for a decision still (§8.7). */
  readonly unused: boolean;
  /** The first of two grants that stands in it, by its place. */
  readonly shown: number | null;
};

/** Whom the letter went to, as somebody who is on record there still (§8.7): a colleague has letters of their own. */
function about(context: Context): About | null {
  const { answered, facts, sender } = context;
  const on = facts.access?.request;
  if (answered?.asks?.kind !== 'decide-access' || !on || on.id !== answered.asks.request || sender === null)
    return null;
  const site = rightSite(on);
  const contact = on.people.find(({ email, aliases }) => [email, ...aliases].includes(sender));
  if (!site || !contact || ![contact.email, ...contact.aliases].includes(answered.to)) return null;
  const decides = decidersAt(on, givenBy(context, null)).some(({ id }) => id === contact.id);
  const { turn, first: shown = null } = answered.asks;
  const unused = showsToken(context) && turn === turnOf(on.steps, `contact ${contact.id}`);
  return { on, site, contact, decides, unused, shown };
}

const evidenceFor = (context: Context, { on, site, contact }: About) =>
  evidenceOf(context, {
    ...{ site: site.number, contact: contact.id, role: contact.role, note: `access request ${on.id}` },
  });

function saidIn({ mail }: Context, { on, contact }: About): DecisionSaid | null {
  const asker = { name: on.said.name ?? '', address: on.address };
  return mail.facts.nothingOwn ? null : readDecision(mail.facts.newText, { asker, writer: contact.name });
}

/** §3.r5, §8.4 to §8.7: from the new text of a decider, *verified* or with a code. It never opens a case. */
export const accessDecided: Rule = (context) => {
  const found = about(context);
  const said = found ? saidIn(context, found) : null;
  if (!found || !said || said.kind === 'unclear') return null;
  const { on, site, contact, decides, unused, shown } = found;
  const { mail, policy, facts } = context;
  const settledAs = (reason: string, more: Partial<Decision>): Decision => ({
    ...({ outcome: 'answer-settled', rule: 'r5', changes: noChanges, letters: [] } as const),
    ...{ evidence: evidenceFor(context, found), reason, ...more },
  });
  if (!decides)
    return settledAs(`The answer about access request ${on.id} is of somebody who may not decide about it.`, {
      letters: [deciderLetter(context, on, site, contact, { result: 'no-right' })],
    });
  if (said.kind !== 'undo' && Date.parse(mail.arrivedAt) > Date.parse(tokensEnd(on.steps, policy.access)))
    return settledAs(`The letter about access request ${on.id} is too old to decide by.`, {
      letters: [deciderLetter(context, on, site, contact, { result: 'over' })],
    });
  const answer = answerOf(on, said, shown);
  const ofSite = siteOf(facts, site.id);
  // What has decided once decides no more by itself; taking back is asked of whoever decided and gives nobody a right.
  const spent = said.kind !== 'undo' && !unused;
  if ((needsCode(context) || spent) && ofSite) {
    const act = { kind: 'access', site: site.id, request: on.id, said: answer } as const;
    const why = spent ? 'its letter has decided before' : `whose it is was not verified (${mail.facts.gradeReason})`;
    return settledAs(`The answer would decide about access, and ${why}; a code went to the address on record.`, {
      outcome: 'confirmation-asked',
      letters: [confirmLetter(context, { act, contact, site: ofSite, case: null })],
    });
  }
  const { reason, ...settled } = settleAnswer(context, answer, { on, site, contact });
  return settledAs(reason, settled);
};

/**
 * §3.r16a: an answer about a request that decides nothing, and with which nothing else can be done. What was meant as a decision and
 * could not be read is told with what it was.
 */
export const accessUnclear: Rule = (context) => {
  const found = about(context);
  if (!found) return null;
  const { on, site, contact, decides } = found;
  const said = saidIn(context, found);
  const result = !decides ? 'no-right' : said?.kind === 'unclear' ? (`unclear-${said.why}` as const) : 'unclear';
  const why = said?.kind === 'unclear' ? said.why : 'no decision stands in it';
  return {
    ...({ outcome: 'answer-not-understood', rule: 'r16a', changes: noChanges } as const),
    reason: `The answer about access request ${on.id} decides nothing: ${decides ? why : 'its writer may not decide'}.`,
    evidence: evidenceFor(context, found),
    letters: context.mail.facts.onlyThanks
      ? []
      : [deciderLetter(context, on, site, contact, { result, said: said?.kind === 'unclear' ? said.said : null })],
  };
};
