/** A stored mail as it would be decided now, without writing anything: by the policy and the registry of today, at its own time. */
import type { Trial } from '../../acts/mail/records.ts';
import { sentenceOf } from '../../changes/change.ts';
import { type CaseNumber, mailId } from '../../foundation/ids.ts';
import { maskPrivilegedPins } from '../../foundation/pin-form.ts';
import { decide } from '../../intake/decide.ts';
import { type Decision, opened, withNumber } from '../../intake/decision.ts';
import { letterLine } from '../../intake/explain.ts';
import type { Admission, Facts, MailAtHand } from '../../intake/facts.ts';
import type { StoredMail } from '../../store/intake/replay.ts';
import { askFacts } from '../intake/ask-facts.ts';
import { type IntakeDeps, readClaimed } from '../intake/process-intake.ts';

export type TrialDecision = {
  readonly mail: MailAtHand;
  readonly facts: Facts;
  readonly now: string;
  readonly decision: Decision;
};

export async function tryMail(deps: IntakeDeps, stored: StoredMail, admitted?: Admission): Promise<TrialDecision> {
  const read = await readClaimed(deps, { ...stored, id: mailId(stored.id) });
  const asked = await askFacts(deps.batches.facts, admitted ? { ...read, admitted } : read, deps.vault);
  const { mail, loaded } = asked;
  const { facts, now } = loaded;
  return { mail, facts, now, decision: decide(mail, facts, deps.policy, now) };
}

export function trialInWords({ mail, decision }: Pick<TrialDecision, 'mail' | 'decision'>): Trial {
  const opens = opened(decision);
  const { outcome, reason, changes, letters } = withNumber(decision, '(new)' as CaseNumber);
  return {
    mail: mail.id,
    outcome,
    reason: maskPrivilegedPins(reason),
    changes: changes.map((change) => maskPrivilegedPins(sentenceOf(change))),
    letters: letters.map(letterLine),
    opens: opens && { severity: opens.severity, due: opens.due },
  };
}
