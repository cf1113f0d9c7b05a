import { stateOf } from '../../../access/request.ts';
import { rightSite, stepped } from '../../../acts/access/on-request.ts';
import type { AccessRecord } from '../../../acts/access/records.ts';
import { filledBy, verifyRequest } from '../../../acts/access/verify-request.ts';
import { numberTried } from '../../../acts/pins/number-tried.ts';
import type { PinTried } from '../../../changes/pins/pin.ts';
import { readAccessRequest } from '../../../mail/access/access-request.ts';
import { proseAnswer } from '../../../mail/answers/sender-prose.ts';
import { type Context, evidenceOf, givenBy } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import { nextLetter } from '../../letters/access-letters.ts';
import { neutralReceipt } from '../../letters/letters.ts';
import { showsToken } from '../../questions/access-decision.ts';
import type { Rule } from '../../rule.ts';

/** §3 "Guessing": site numbers count like PINs, right and wrong ones. Who is on record is counted with nobody. */
function triesOf({ facts, mail, policy, sender }: Context, on: AccessRecord): readonly PinTried[] {
  if (sender === null || facts.contacts.length > 0 || on.said.site === null) return [];
  const wrong = rightSite(on) === null ? 1 : 0;
  const by = { kind: 'mail', mail: mail.id } as const;
  return [numberTried(sender, { mail: mail.id, tried: 1, wrong, at: mail.arrivedAt, by }, policy.guessing)];
}

/** What the answer says besides; what is quoted there is ours and says nothing. */
function more({ mail }: Context) {
  const { newText, nothingOwn } = mail.facts;
  if (nothingOwn) return {};
  const { name: _, ...said } = readAccessRequest({ subject: '', newText, writer: '' });
  return said;
}

type Decides = (reason: string, rest?: Partial<Decision>) => Decision;

/** "It was not me": nothing goes on, and whoever has the mailbox hears as much as anybody. */
function refusedByOwner(context: Context, on: AccessRecord, decision: Decides): Decision {
  const step = { kind: 'ended', at: context.mail.arrivedAt, by: `mail:${context.mail.id}` } as const;
  const made = stateOf(on.steps) === 'to-verify' ? stepped(on, [step], givenBy(context, null)) : null;
  return decision(`Whoever has the address did not ask: request ${on.id} is over.`, {
    changes: made?.kind === 'stepped' ? [made.change] : noChanges,
    letters: neutralReceipt(context),
  });
}

/** §3.r5, §8.2: from whom it was asked, by the letter that asks. Answered with the same letter whatever was named (§8.3). */
export const accessVerified: Rule = (context) => {
  const { answered, facts, mail, sender } = context;
  const on = facts.access?.request;
  if (answered?.asks?.kind !== 'verify-access' || !on || on.id !== answered.asks.request || sender !== on.address)
    return null;
  if (!showsToken(context)) return null;
  const decision = (reason: string, rest: Partial<Decision> = {}): Decision => ({
    ...{ outcome: 'answer-settled', rule: 'r5', reason, changes: noChanges, letters: [nextLetter(context, on)] },
    evidence: evidenceOf(context, { site: null, contact: null, role: null, note: `access request ${on.id}` }),
    ...rest,
  });
  if (!mail.facts.nothingOwn && proseAnswer(mail.facts.newText) === 'no') return refusedByOwner(context, on, decision);
  const said = more(context);
  const judged = verifyRequest.judge({ request: on.id, said }, on, givenBy(context, null));
  if (judged.kind === 'refused')
    return stateOf(on.steps) === 'expired'
      ? decision(`Request ${on.id} is over.`, { letters: neutralReceipt(context) })
      : decision(`Request ${on.id} was verified before.`);
  const filled = { ...on, said: { ...on.said, ...filledBy(on, said) } };
  return decision(`The answer shows that the address of request ${on.id} is the sender’s.`, {
    changes: [...judged.changes, ...triesOf(context, filled)],
  });
};
