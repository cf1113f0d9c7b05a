import type { Becomes } from '../../../acts/mail/answered.ts';
import { type CodeRecord, codeIsOpen, codeRefused, useCode } from '../../../acts/pins/use-code.ts';
import type { Change } from '../../../changes/change.ts';
import type { Outcome } from '../../../changes/outcome.ts';
import type { Contact } from '../../../registry/site.ts';
import { caseNamed, filed } from '../../cases/case-changes.ts';
import type { Done } from '../../commands/done.ts';
import { refusal } from '../../commands/run-command.ts';
import { type Context, evidenceOf, givenBy, senderAt, siteOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import type { ConfirmationFacts, SiteFacts } from '../../facts.ts';
import { isForSender } from '../../questions/confirmation.ts';
import { type ConfirmedAct, readConfirmedAct } from '../../questions/confirmed-act.ts';
import { runAct } from '../../questions/run-act.ts';
import type { Rule } from '../../rule.ts';

/** What the mail that had asked has become. */
const outcomeOf = (done: Done, { kind }: ConfirmedAct): Outcome => {
  if (done.kind === 'refused') return 'command-refused';
  if (done.waits) return 'confirmation-asked';
  const commands = { command: 'command-done', contacts: 'command-done', 'hand-over': 'command-done' } as const;
  const answers = { senders: 'answer-settled', access: 'answer-settled' } as const;
  return ({ ...commands, 'privileged-pin': 'privileged-pin-used', ...answers } as const)[kind];
};

type By = { readonly contact: Contact; readonly site: SiteFacts; readonly confirmation: ConfirmationFacts };

/** One that was stored by an older or a newer Postern, and cannot be read any more, is to be asked for once more. */
function doneBy(context: Context, by: By): Done {
  const { letter, asks } = by.confirmation;
  const act = readConfirmedAct(asks);
  if (act) return runAct(context, act, by);
  const says = 'What it was to confirm is not known in this form any more.';
  return refusal(context, by, { name: null, why: 'code-ask-again' }, says, `code:${letter}:ask-again`);
}

const says = {
  'code-used': 'was used before',
  'code-closed': 'is refused: there were too many wrong ones',
  'code-expired': 'is too old',
  'code-wrong': 'is not the one that was sent',
} as const;

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
  const against = meant ? [meant] : mine.filter(codeIsOpen);
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
  const most = context.policy.confirmation.wrongCodes;
  const codeOf = (one: ConfirmationFacts): CodeRecord => ({ ...one, most, matches: one === right });
  const judged = (one: ConfirmationFacts, becomes: Becomes | null): readonly Change[] => {
    const given = { ...givenBy(context, contact.id), now: context.now };
    const done = useCode.judge({ letter: one.letter }, { code: codeOf(one), original: one.asks.mail, becomes }, given);
    return done.kind === 'done' ? done.changes : noChanges;
  };
  const why = codeRefused(codeOf(about));
  if (why === null) {
    const done = doneBy(context, { contact, site, confirmation: about });
    const reason = `The answer brings the code of letter ${about.letter}. ${done.reason}`;
    const becomes = { outcome: outcomeOf(done, about.asks.act), reason, changes: done.changes ?? noChanges };
    const changes = [...filed(context, caseNamed(context, done.case), contact.id), ...judged(about, becomes)];
    return { outcome: 'answer-settled', rule: 'r5', reason, evidence, changes, letters: done.letters };
  }
  const refused = refusal(
    context,
    { contact, site },
    { name: null, why, left: Math.max(0, most - about.wrong - 1) },
    `The code in the answer to letter ${about.letter} ${says[why]}.`,
    `code:${about.letter}:${why}`,
  );
  return {
    outcome: 'command-refused',
    // Against every question that it may have been meant for.
    changes: against.flatMap((one) => judged(one, null)),
    rule: 'r5',
    reason: refused.reason,
    evidence,
    letters: refused.letters,
  };
};
