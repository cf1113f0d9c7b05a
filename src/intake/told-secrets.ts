/** What a letter makes good by telling it: a one-time code (POLICY §11.2), a privileged PIN (§1). One that is not sent makes nothing. */
import type { Change } from '../changes/change.ts';
import { privilegedPinHours } from '../registry/permissions.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import type { PlannedLetter } from './letters/planned-letter.ts';

const tells = ({ template, fate }: PlannedLetter): boolean =>
  (template === 'confirm-code' || template === 'privileged-pin') && fate.kind !== 'suppress';

export function withToldSecrets(decision: Decision, { facts, mail, now, policy }: Context): Decision {
  if (!decision.letters.some(tells)) return decision;
  const made = decision.letters.flatMap((letter, letterAt): Change[] => {
    if (!tells(letter)) return [];
    if (letter.asks?.kind === 'confirm') {
      const { contact } = letter.asks;
      const hours = policy.confirmation.validHours;
      return [
        { kind: 'code-asked', contact, hours, letterAt, letter: null, hash: null, at: now, by: { kind: 'intake' } },
      ];
    }
    if (letter.template !== 'privileged-pin') return [];
    const on = facts.cases.find((one) => one.number === letter.case);
    const { contact } = decision.evidence;
    if (!on || contact === null) throw new Error('a privileged PIN needs its case and its person');
    const of = { case: on.number, caseId: on.id, contact, address: letter.to, hours: privilegedPinHours } as const;
    const by = { kind: 'contact', contact, mail: mail.id } as const;
    return [{ kind: 'privileged-pin-issued', ...of, letterAt, hash: null, pin: null, at: now, by }];
  });
  return { ...decision, changes: [...decision.changes, ...made] };
}
