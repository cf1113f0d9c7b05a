import { decidersAt, rightSite } from '../../../acts/access/on-request.ts';
import type { AccessRecord } from '../../../acts/access/records.ts';
import { readDecision } from '../../../mail/access/decision-text.ts';
import type { Contact, Site } from '../../../registry/site.ts';
import { type Context, evidenceOf, givenBy, siteOf } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import { deciderLetter } from '../../letters/access-letters.ts';
import { answerOf, settleAnswer } from '../../questions/access-decision.ts';
import { confirmLetter } from '../../questions/confirm-letter.ts';
import { needsCode } from '../../questions/confirmation.ts';
import type { Rule } from '../../rule.ts';

type About = { readonly on: AccessRecord; readonly site: Site; readonly contact: Contact };

/** Whom the letter went to, as somebody who decides there still (§8.7): a colleague has letters of their own. */
function about(context: Context): About | null {
  const { answered, facts, sender } = context;
  const on = facts.access?.request;
  if (answered?.asks?.kind !== 'decide-access' || !on || on.id !== answered.asks.request || sender === null)
    return null;
  const site = rightSite(on);
  const contact = decidersAt(on, givenBy(context, null)).find(({ email, aliases }) =>
    [email, ...aliases].includes(sender),
  );
  if (!site || !contact || ![contact.email, ...contact.aliases].includes(answered.to)) return null;
  return { on, site, contact };
}

const dayMs = 86_400_000;

/** §3.r5, §8.4 to §8.7: from the new text of a decider, *verified* or with a code. It never opens a case. */
export const accessDecided: Rule = (context) => {
  const found = about(context);
  if (!found) return null;
  const { on, site, contact } = found;
  const { mail, policy, facts } = context;
  const evidence = evidenceOf(context, {
    ...{ site: site.number, contact: contact.id, role: contact.role, note: `access request ${on.id}` },
  });
  const own = { rule: 'r5', evidence, changes: noChanges } as const;
  const asker = { name: on.said.name ?? '', address: on.address };
  const said = mail.facts.nothingOwn ? null : readDecision(mail.facts.newText, { asker, writer: contact.name });
  if (said === null || said.kind === 'unclear') {
    const result = said === null ? 'unclear' : (`unclear-${said.why}` as const);
    return {
      ...{ ...own, outcome: 'answer-not-understood', rule: 'r16a' },
      reason: `The answer about access request ${on.id} decides nothing: ${said === null ? 'no decision stands in it' : said.why}.`,
      letters: mail.facts.onlyThanks
        ? []
        : [deciderLetter(context, on, site, contact, { result, said: said?.said ?? null })],
    };
  }
  const asked = on.steps.find(({ kind }) => kind === 'verified')?.at ?? mail.arrivedAt;
  if (Date.parse(mail.arrivedAt) - Date.parse(asked) > policy.access.tokenDays * dayMs && said.kind !== 'undo')
    return {
      ...{ ...own, outcome: 'answer-settled' },
      reason: `The letter about access request ${on.id} is too old to decide by.`,
      letters: [deciderLetter(context, on, site, contact, { result: 'over' })],
    };
  const answer = answerOf(on, said);
  const facts_ = siteOf(facts, site.id);
  if (needsCode(context) && facts_) {
    const act = { kind: 'access', site: site.id, request: on.id, said: answer } as const;
    return {
      ...{ ...own, outcome: 'confirmation-asked' },
      reason: `The answer would decide about access, and whose it is was not verified (${mail.facts.gradeReason}); a code went to the address on record.`,
      letters: [confirmLetter(context, { act, contact, site: facts_, case: null })],
    };
  }
  const settled = settleAnswer(context, answer, { on, site, contact });
  const decision: Decision = { ...own, outcome: 'answer-settled', ...settled };
  return decision;
};
