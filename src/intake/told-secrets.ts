/** What a letter makes good by telling it: a one-time code (POLICY §11.2), a privileged PIN (§1). One that is not sent makes nothing. */
import type { Change } from '../changes/change.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import type { PlannedLetter } from './letters/planned-letter.ts';

const isSecret = ({ template }: PlannedLetter): boolean => template === 'confirm-code' || template === 'privileged-pin';
const isSent = (letter: PlannedLetter | undefined): boolean => letter?.fate.kind !== 'suppress';

export function withToldSecrets(decision: Decision, { now, policy }: Context): Decision {
  const { letters } = decision;
  if (!letters.some(isSecret)) return decision;
  const kept = decision.changes.filter(
    (change) => change.kind !== 'privileged-pin-issued' || isSent(letters[change.letterAt]),
  );
  const hours = policy.confirmation.validHours;
  const asked = letters.flatMap(({ asks }, letterAt): Change[] => {
    if (asks?.kind !== 'confirm' || !isSent(letters[letterAt])) return [];
    const of = { contact: asks.contact, hours, letterAt, letter: null, hash: null };
    return [{ kind: 'code-asked', ...of, at: now, by: { kind: 'intake' } }];
  });
  return { ...decision, changes: [...kept, ...asked] };
}
