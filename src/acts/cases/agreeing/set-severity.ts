import { z } from 'zod';
import { severities } from '../../../cases/case.ts';
import { firstSeverity } from '../../../cases/severity.ts';
import { judgeEntitlement, serves } from '../../../registry/entitlement.ts';
import { type Act, type Given, type Judged, refusedWork } from '../../act.ts';
import { caseField, standing, workedOf } from '../on-case.ts';
import { askedCase } from './asked-case.ts';
import { proposalFor, shownOf } from './propose.ts';
import { rateAnew } from './rate-anew.ts';

const input = z.strictObject({ case: caseField, severity: z.literal(severities).describe('1 to 4') });

type Asked = Exclude<ReturnType<typeof askedCase>, { kind: 'refused' }>;

function propose(on: Asked, to: Asked['severity'], given: Given): Judged {
  const by = on.contact ? 'customer' : 'staff';
  const { change, letter, matter } = proposalFor(on, { to, by }, given);
  const stands = on.proposal?.by === by && on.proposal.to === to;
  if (stands && !on.contact)
    return refusedWork(
      { why: 'severity-proposed', what: to },
      'conflict',
      `Severity ${to} is proposed for case ${on.number} already.`,
    );
  return {
    kind: 'done',
    changes: stands ? [] : [change],
    letters: on.tell(letter, matter),
    says: `Severity ${to} is proposed for case ${on.number} by the customer; our people are asked.`,
  };
}

function decline(on: Asked & { proposal: NonNullable<Asked['proposal']> }, given: Given): Judged {
  const { phone: _, ...values } = shownOf(on, given);
  const { to, until } = on.proposal;
  const letter = {
    template: 'severity-proposal',
    values: { ...values, to, from: on.severity, until, how: 'declined', phone: null },
  } as const;
  return {
    kind: 'done',
    changes: [{ kind: 'proposal-ended', ...standing(on, given), why: 'declined', proposal: on.proposal }],
    letters: on.tell(letter, `severity-declined:${to}`),
    says: `Severity ${to} is declined for case ${on.number}, which keeps its own.`,
  };
}

/** POLICY §4.2: what one side has proposed is set once the other asks for it; the one that the case has declines it. */
export const setSeverity: Act<z.infer<typeof input>> = {
  name: 'set-severity',
  input,
  right: 'cases: update',
  does: 'proposes another severity for a case, or agrees to the one that the customer has proposed',
  gives: {
    changes: ['severity-set', 'severity-proposed', 'proposal-ended'],
    letters: ['severity-set', 'severity-proposal'],
  },
  byMail: '`SEVERITY`, a severity in a reply, a yes to one that is proposed',
  needs: workedOf,
  judge(asked, records, given) {
    const on = askedCase(asked, records, given);
    if ('says' in on) return on;
    const { now, policy } = given;
    const { severity: to } = asked;
    const { proposal, number, contact } = on;
    const side = contact ? 'customer' : 'staff';
    if (to === on.severity) {
      if (proposal && proposal.by !== side) return decline({ ...on, proposal }, given);
      return refusedWork(
        { why: 'severity-is-so', what: to },
        'conflict',
        `Case ${number} has severity ${to} already.`,
        'severity-is-so',
      );
    }
    const contract = judgeEntitlement(on.of, now, on.product, policy);
    const allowed = firstSeverity(`${to}`, contract, {
      preview: on.kind === 'preview',
      provisionalCaller: contact?.role === 'provisional caller',
    });
    const licensing = on.kind === 'licensing';
    if (allowed.severity !== to || !(licensing || serves(contract, to))) {
      const more = on.kind === 'preview' ? 'preview' : (allowed.lowered ?? contract.kind);
      return refusedWork(
        { why: 'severity-not-allowed', what: to, more },
        'conflict',
        `Severity ${to} is not for case ${number}: ${more}.`,
        'severity-not-allowed',
      );
    }
    if (proposal?.to !== to || proposal.by === side) return propose(on, to, given);
    const change = rateAnew(on, { of: on.of, contract, to, at: now, policy });
    const { phone, ...values } = shownOf(on, given);
    const letter = {
      template: 'severity-set',
      values: {
        ...values,
        severity: to,
        from: on.severity,
        byUs: false,
        kept: null,
        preview: on.kind === 'preview',
        due: on.answered ? null : change.due,
        before: on.answered ? null : change.before,
        owed: !on.answered && change.due !== null && Date.parse(change.due) <= Date.parse(now),
        phone: to === 1 ? phone : null,
      },
    } as const;
    return {
      kind: 'done',
      changes: [
        { kind: 'severity-set', ...standing(on, given), ...change, ...(on.answered && { before: null, due: null }) },
      ],
      letters: on.tell(letter, `severity:${to}`),
      says: `Both sides agree: case ${number} has severity ${to} instead of ${on.severity}.`,
    };
  },
};
