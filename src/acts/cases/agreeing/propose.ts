/** A severity that one side proposes (POLICY §4.2): what stands on the case until the other side has said something, and the letter. */
import type { Proposal } from '../../../cases/proposal.ts';
import { clockOfDays } from '../../../cases/rating.ts';
import type { SeverityProposed } from '../../../changes/cases/agreeing.ts';
import type { Letter } from '../../../outbound/letter.ts';
import type { SiteFacts } from '../../../registry/site.ts';
import type { Given } from '../../act.ts';
import { standing } from '../on-case.ts';
import type { AnsweredCase } from '../records.ts';

type On = Pick<AnsweredCase, 'id' | 'number' | 'title' | 'status' | 'versionNo' | 'severity'> & {
  readonly of: SiteFacts;
};

/** What the letters about a severity say of the case. */
export function shownOf(on: On, { desk: { phones } }: Pick<Given, 'desk'>) {
  const { timezone, country } = on.of.site;
  const { number, title } = on;
  return { number, title, timezone, phone: phones[country] ?? phones.default ?? null };
}

export function proposalFor(
  on: On,
  { to, by, why }: Omit<Proposal, 'until'>,
  given: Given,
): { readonly change: SeverityProposed; readonly letter: Letter; readonly matter: string } {
  const { now, policy } = given;
  const until = clockOfDays(now, policy.severityAgreementDays, on.of.site, policy, policy.publicHolidays);
  const { phone, ...values } = shownOf(on, given);
  const from = on.severity;
  const how = by === 'staff' ? 'asked' : 'noted';
  return {
    change: {
      kind: 'severity-proposed',
      ...standing(on, given),
      from,
      proposal: { to, by, until, ...(why && { why }) },
    },
    letter: {
      template: 'severity-proposal',
      values: { ...values, to, from, until, how, phone: to === 1 ? phone : null },
    },
    matter: `severity-proposal:${to}`,
  };
}
