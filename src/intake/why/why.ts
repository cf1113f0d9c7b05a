/**
 * Why a mail was decided as it was: the rules in their order, those that did not apply with what the mail lacks for them, and the one that
 * did. Beside `decide`, never on its way: a page asks for it on stored bytes and facts, as `explain` does.
 */
import { contextOf } from '../context.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Facts, MailAtHand } from '../facts.ts';
import type { Policy } from '../policy.ts';
import { answerRules } from './answer-rules.ts';
import { newCaseRules, replyRules } from './case-rules.ts';
import { commandRules } from './command-rules.ts';
import type { RuleInWords } from './lacking.ts';
import { readingRules } from './reading-rules.ts';
import { senderRules } from './sender-rules.ts';
import { accessRules, besideSupportRule, teamRules } from './team-rules.ts';

/** In the order of `rules` (decide.ts), which a test compares. */
export const rulesInWords: readonly RuleInWords[] = [
  ...readingRules,
  ...answerRules,
  ...commandRules,
  ...replyRules,
  besideSupportRule,
  ...accessRules,
  ...teamRules,
  ...newCaseRules,
  ...senderRules,
];

const nothingElse = 'Anything else: nothing on record and no rule takes it';

export type PassedRule = {
  /** Rules of one row that lack the same, by what they are about. */
  readonly row: string;
  readonly about: readonly string[];
  readonly lacks: string;
};
export type Why = {
  readonly decision: Decision;
  /** What the rule that applied is about. */
  readonly applied: { readonly row: string; readonly about: string };
  readonly passed: readonly PassedRule[];
};

/** Rules of one row that lack the same are one line. */
function folded(passed: readonly (Omit<PassedRule, 'about'> & { readonly about: string })[]): PassedRule[] {
  const lines: (Omit<PassedRule, 'about'> & { about: string[] })[] = [];
  for (const { row, about, lacks } of passed) {
    const same = lines.find((line) => line.row === row && line.lacks === lacks);
    if (same) same.about.push(about);
    else lines.push({ row, about: [about], lacks });
  }
  return lines;
}

export function why(mail: MailAtHand, facts: Facts, policy: Policy, now: string): Why {
  const decision = decide(mail, facts, policy, now);
  const context = contextOf(mail, facts, policy, now);
  const at = rulesInWords.findIndex(({ rule }) => rule(context) !== null);
  const before = at < 0 ? rulesInWords : rulesInWords.slice(0, at);
  return {
    decision,
    applied: { row: decision.rule, about: rulesInWords[at]?.about ?? nothingElse },
    passed: folded(before.map(({ row, about, lacks }) => ({ row, about, lacks: lacks(context) }))),
  };
}
