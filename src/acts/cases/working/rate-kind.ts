/** What another kind makes of severity and clock of a case (POLICY §4.5, §5.2): previews and licensing count by rules of their own. */
import type { CaseKind, Severity } from '../../../cases/case.ts';
import { ratingDiffers } from '../../../cases/rating-differs.ts';
import { firstSeverity } from '../../../cases/severity.ts';
import type { OwnChange } from '../../../changes/change.ts';
import { judgeEntitlement } from '../../../registry/entitlement.ts';
import type { ActLetter, Given } from '../../act.ts';
import { shownOf } from '../agreeing/propose.ts';
import { rateAnew } from '../agreeing/rate-anew.ts';
import { toPeople } from '../case-letters.ts';
import { clockOf } from '../clock/clock-of.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';

const countsByItself = (kind: CaseKind): boolean => kind === 'preview' || kind === 'licensing';

/** That it had before it became a preview: that event stands right before the one which lowered it. */
function severityBefore({ events, severity }: WorkedCase): Severity {
  const became = events.findLastIndex(({ kind, detail }) => kind === 'kind-set' && detail.kind === 'preview');
  const next = events[became + 1];
  const lowered = became >= 0 && next?.kind === 'severity-changed' && next.at === events[became]?.at;
  return lowered ? (Number(next.detail.from) as Severity) : severity;
}

/** A severity that was proposed for the case as it was: the customer, who may have been asked, hears that it is no matter any more. */
function dropped(on: WorkedCase, severity: Severity, given: Given): ReturnType<typeof ratedByKind> {
  const { proposal, number } = on;
  if (!proposal) return { changes: [], letters: [] };
  const { to, until } = proposal;
  const values = { ...shownOf(on, given), from: severity, to, until, how: 'kind', phone: null } as const;
  return {
    changes: [{ kind: 'proposal-ended', ...standing(on, given), why: 'kind', proposal }],
    letters: toPeople(on, { template: 'severity-proposal', values }, { matter: `severity-kind:${number}` }),
  };
}

/** The kind that it becomes; nothing where both count alike. What has been counted, and what it has waited, is kept (§4.6). */
export function ratedByKind(
  on: WorkedCase,
  kind: CaseKind,
  given: Given,
): { readonly changes: readonly OwnChange[]; readonly letters: readonly ActLetter[] } {
  if (kind === on.kind || !(countsByItself(kind) || countsByItself(on.kind))) return { changes: [], letters: [] };
  const { now: at, policy } = given;
  const contract = judgeEntitlement(on.of, at, on.product, policy);
  const preview = kind === 'preview';
  const back = on.kind === 'preview' ? severityBefore(on) : on.severity;
  const { severity: to } = firstSeverity(`${back}`, contract, { preview });
  const answered = on.answeredAt !== null;
  const rated = rateAnew({ ...on, kind }, { of: on.of, contract, to, at, policy });
  const { from, rating } = rated;
  const { before, due } = answered ? { before: null, due: null } : rated;
  const ends = countsByItself(kind) ? dropped(on, to, given) : { changes: [], letters: [] };
  if (to === from) {
    const clock = clockOf(on, given);
    const differs = clock ? ratingDiffers(clock.rating, rating) : [];
    const counts = !answered && differs.length > 0;
    const rerated = { kind: 'clock-re-rated', ...standing(on, given), why: ['kind', ...differs] } as const;
    return {
      changes: [...(counts ? [{ ...rerated, rating, before, due }] : []), ...ends.changes],
      letters: ends.letters,
    };
  }
  const { phone, ...shown } = shownOf(on, given);
  const letter = {
    template: 'severity-set',
    values: {
      ...shown,
      severity: to,
      from,
      byUs: true,
      kept: preview ? 'preview' : null,
      preview,
      before,
      due,
      owed: due !== null && Date.parse(due) <= Date.parse(at),
      phone: to === 1 ? phone : null,
    },
  } as const;
  return {
    changes: [{ kind: 'severity-set', ...standing(on, given), from, to, rating, before, due }, ...ends.changes],
    // It says which severity such a case has, and so that no other is proposed.
    letters: toPeople(on, letter, { matter: `severity:${to}:${on.number}` }),
  };
}
