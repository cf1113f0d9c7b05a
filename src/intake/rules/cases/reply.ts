import { onReply } from '../../../cases/lifecycle.ts';
import { type Entitlement, judgeEntitlement, serves } from '../../../registry/entitlement.ts';
import { filed, replied } from '../../cases/case-changes.ts';
import { writerOn } from '../../cases/may-write.ts';
import { openCase } from '../../cases/open-case.ts';
import { resumedByReply, resumedClock } from '../../cases/resumed-by-reply.ts';
import { severityByReply } from '../../cases/severity-by-reply.ts';
import { severityProposed } from '../../cases/severity-proposed.ts';
import { evidenceOf, judgedAt, siteOf } from '../../context.ts';
import { letIn } from '../../facts.ts';
import { lapsedLetters, neutralReceipt } from '../../letters/letters.ts';
import type { PlannedLetter } from '../../letters/planned-letter.ts';
import { askAboutSender } from '../../questions/ask-about-sender.ts';
import { askedBackOnCase } from '../../questions/open-question.ts';
import { addedToCase, replyReceived } from '../../questions/question-letters.ts';
import type { Rule } from '../../rule.ts';
import { mayOnlyFollow } from './may-only-follow.ts';

/** §3.r9, §6.2, §6.3: from a contact of the case's site, or somebody who takes part in it. */
export const replyFromOurs: Rule = (context) => {
  const { thread, mail, policy, sender } = context;
  if (!thread || sender === null) return null;
  const site = siteOf(context.facts, thread.case.site);
  const { contact, admitted, mayNotAnswer } = writerOn(context.facts, sender, thread.case, policy);
  if (site && contact && mayNotAnswer && !letIn(mail))
    return mayOnlyFollow(context, { site, contact, case: thread.case });
  if (!site || !(admitted || mayNotAnswer)) return null;

  const on = thread.case;
  const contract = judgeEntitlement(
    { site: site.site, plans: site.plans, licences: site.licences },
    judgedAt(context),
    on.product,
    policy,
  );
  const effect = onReply(
    {
      status: on.status,
      closedAt: on.closedAt,
      reopensToday: on.reopensToday,
      onlyThanks: mail.facts.onlyThanks,
      machine: false,
      // What is about licences goes on without support.
      entitled: on.kind === 'licensing' || serves(contract, on.severity),
      arrivedAt: mail.arrivedAt,
    },
    policy,
  );
  const evidence = evidenceOf(context, {
    site: site.site.number,
    contact: contact?.id ?? null,
    role: contact?.role ?? 'participant',
    contract,
  });
  const byNumber = thread.by === 'case-number';
  const receipt = byNumber ? addedToCase(context, { site, contact, case: on }) : askedBackOnCase(context);
  const common = { rule: 'r9', evidence, letters: receipt } as const;
  const who = contact ? 'a contact of its site' : 'somebody who takes part in it';
  const updated = {
    ...common,
    outcome: 'case-updated',
  } as const;
  const report = mail.facts.report as Record<string, string>;
  // What may be taken off again by a word leaves nothing behind.
  const reply = { contact: contact?.id ?? null, reopens: false, fillsIn: byNumber ? {} : report };
  // Once a case (§6.3).
  const lapsed = (found: Entitlement) =>
    on.lapsed || !contact
      ? []
      : lapsedLetters(context, { site, contact, address: sender, contract: found, mail, case: on.number });
  const answered = (letters: readonly PlannedLetter[], reopened: boolean) =>
    letters.length > 0 ? letters : replyReceived(context, { site, contact, case: on, reopened });
  const resumes = resumedByReply(context, on);
  const bySeverity = () => {
    const clock = resumes || effect === 'reopen' ? resumedClock(context, on) : on.clock;
    const proposed = severityProposed(context, { site, contact, on });
    if (proposed)
      return {
        letters: [...receipt, ...proposed.letters],
        rerates: null,
        more: proposed.changes ?? [],
        says: `. ${proposed.reason}`.replace(/\.$/, ''),
      };
    const { change, letters } = severityByReply(context, { site, contact, on, contract, clock });
    return {
      letters: [...receipt, ...letters],
      rerates: change,
      more: [],
      says: change ? `, which sets its severity to ${change.to}` : '',
    };
  };
  switch (effect) {
    case 'update': {
      const { says, rerates, letters, more } =
        on.status === 'open' ? bySeverity() : { says: '', rerates: null, letters: receipt, more: [] };
      return {
        ...updated,
        letters: answered(letters, false),
        changes: [...replied(context, on, { ...reply, resumes, rerates }), ...more],
        reason: `A reply to case ${on.number} from ${who}${mail.facts.onlyThanks ? ', which only says thanks' : ''}${says}.`,
      };
    }
    case 'update-lapsed':
      return {
        ...updated,
        changes: replied(context, on, { ...reply, lapses: true }),
        reason: `A reply to case ${on.number} from ${who}; support has ended meanwhile, so the clock stays stopped.`,
        letters: [...receipt, ...lapsed(contract)],
      };
    case 'reopen': {
      const { says, rerates, letters, more } = bySeverity();
      return {
        ...common,
        letters: answered(letters, true),
        outcome: 'case-reopened',
        changes: [...replied(context, on, { ...reply, reopens: true, fillsIn: report, rerates }), ...more],
        reason: `A reply to case ${on.number} from ${who}, within ${policy.reopenDays} days of its close${says}.`,
      };
    }
    case 'follow-up': {
      const attempt = openCase(context, {
        site,
        contact,
        address: sender,
        mail,
        follows: on,
      });
      // Within grace the old severity may be served and the one the reply asks for not.
      if (attempt.kind === 'lapsed')
        return {
          ...updated,
          changes: replied(context, on, { ...reply, lapses: true }),
          reason: `A reply to case ${on.number}, closed long ago; support has ended.`,
          letters: lapsed(attempt.contract),
        };
      return {
        ...common,
        outcome: 'case-followed-up',
        changes: attempt.changes,
        reason: `A reply to case ${on.number}, closed more than ${policy.reopenDays} days before: a new case that is linked to it.`,
        letters: attempt.letters,
      };
    }
    default:
      return effect satisfies never;
  }
};

/** §3.r10: the number of a case lets nobody in (§11.3). */
export const replyFromStranger: Rule = (context) => {
  const { thread } = context;
  if (!thread) return null;
  return {
    outcome: 'held-stranger-on-case',
    changes: [
      ...filed(context, thread.case),
      ...askAboutSender(context, { site: thread.case.site, case: thread.case.number }),
    ],
    rule: 'r10',
    reason: `A reply to case ${thread.case.number} from somebody who is neither a contact of its site nor takes part in it.`,
    evidence: evidenceOf(context),
    letters: neutralReceipt(context),
  };
};
