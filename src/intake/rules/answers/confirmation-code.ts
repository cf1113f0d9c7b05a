import type { Outcome } from '../../../changes/outcome.ts';
import { caseNamed, filed } from '../../cases/case-changes.ts';
import { type Done, refusal } from '../../commands/run-command.ts';
import { evidenceOf, senderAt, siteOf } from '../../context.ts';
import { type Decision, noChanges } from '../../decision.ts';
import type { ConfirmationFacts } from '../../facts.ts';
import { isForSender } from '../../questions/confirmation.ts';
import type { ConfirmedAct } from '../../questions/confirmed-act.ts';
import { runAct } from '../../questions/run-act.ts';
import type { Rule } from '../../rule.ts';

/** Where nothing is named, the newest that is still open. */
const open = (one: ConfirmationFacts): boolean => one.closed === null && !one.expired;

/** What the mail that had asked has become. */
const becomes = (done: Done, { kind }: ConfirmedAct): Outcome => {
  if (done.kind === 'refused') return 'command-refused';
  return ({ command: 'command-done', 'privileged-pin': 'privileged-pin-used', senders: 'answer-settled' } as const)[
    kind
  ];
};

/**
 * §3.r5 for a one-time code (§11.2): the right one does what was asked. What it counts against is found by the letter that the
 * mail answers, else by the code itself, else, for a mail that is a code and nothing else, by whatever is open: so that trying
 * codes in mails of their own is counted too. A wrong one answers nothing, so the outcome is that of a command (§3.r8).
 */
export const confirmationCode: Rule = (context) => {
  const { confirmations = [] } = context.facts;
  const mine = confirmations.filter((one) => isForSender(context, one));
  if (mine.length === 0 || !context.ownCode) return null;
  // Asked for once more, it is the same code.
  const { answered } = context;
  const asked = answered?.asks?.kind === 'code' ? answered.asks.letter : answered?.id;
  const named = mine.find((one) => one.letter === asked);
  const right = mine.find((one) => one.matches && (named === undefined || one === named));
  const meant = right ?? named;
  const against = meant ? [meant] : mine.filter(open);
  const about = against[0];
  const site = about && siteOf(context.facts, about.asks.act.site);
  const contact = site && senderAt(context, site.site.id);
  if (!about || !site || !contact) return null;
  const evidence = evidenceOf(context, {
    site: site.site.number,
    contact: contact.id,
    role: contact.role,
    note: `code of letter ${about.letter}`,
  });
  const { mail, policy } = context;
  const by = { kind: 'contact', contact: contact.id, mail: mail.id } as const;
  if (right && open(right)) {
    const done = runAct(context, right.asks.act, { contact, site, confirmation: right });
    const reason = `The answer brings the code of letter ${right.letter}. ${done.reason}`;
    const outcome = becomes(done, right.asks.act);
    const { letter } = right;
    const original = right.asks.mail;
    return {
      outcome: 'answer-settled',
      changes: [
        ...filed(context, caseNamed(context, done.case), contact.id),
        { kind: 'mail-decided-anew', mail: original, outcome, at: mail.arrivedAt, by },
        { kind: 'code-used', letter, mail: mail.id, original, outcome, reason, at: context.now, by },
        ...(done.changes ?? noChanges),
      ],
      rule: 'r5',
      reason,
      evidence,
      letters: done.letters,
    };
  }
  const most = policy.confirmation.wrongCodes;
  const left = most - about.wrong - 1;
  const why =
    about.closed === 'used'
      ? 'code-used'
      : about.closed === 'wrong' || (!about.expired && left <= 0)
        ? 'code-closed'
        : about.expired
          ? 'code-expired'
          : 'code-wrong';
  const says = {
    'code-used': 'was used before',
    'code-closed': 'is refused: there were too many wrong ones',
    'code-expired': 'is too old',
    'code-wrong': 'is not the one that was sent',
  }[why];
  const refused = refusal(
    context,
    { contact, site },
    { name: null, why, left: Math.max(0, left) },
    `The code in the answer to letter ${about.letter} ${says}.`,
    `code:${about.letter}:${why}`,
  );
  return {
    outcome: 'command-refused',
    // Against every question that it may have been meant for.
    changes:
      why === 'code-wrong' || why === 'code-closed'
        ? against.filter(open).map(({ letter, wrong }) => ({
            kind: 'code-wrong',
            letter,
            mail: mail.id,
            wrong: wrong + 1,
            closes: wrong + 1 >= most,
            at: context.now,
            by,
          }))
        : noChanges,
    rule: 'r5',
    reason: refused.reason,
    evidence,
    letters: refused.letters,
  } satisfies Decision;
};
