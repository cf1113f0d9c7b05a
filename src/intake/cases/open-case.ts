/** What becomes a case, by POLICY §2 and §4: the same whether the mail is new, an answer to our question, or a late reply. */

import { termsOf } from '../../acts/cases/opening/terms.ts';
import { severityOfField } from '../../cases/severity.ts';
import type { NewCase } from '../../changes/case.ts';
import type { Change } from '../../changes/change.ts';
import { titleWithoutNumber } from '../../mail/subject/case-number.ts';
import type { Entitlement } from '../../registry/entitlement.ts';
import { type Context, judgedAt } from '../context.ts';
import { openingLetters } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { opening as changesOf } from './case-changes.ts';
import type { Opening } from './opening.ts';

type Attempt =
  | {
      readonly kind: 'opened';
      readonly contract: Entitlement;
      readonly opens: NewCase;
      readonly changes: readonly Change[];
      readonly letters: readonly PlannedLetter[];
    }
  | { readonly kind: 'lapsed'; readonly contract: Entitlement; readonly endedOn: string | null };

function titleFor({ mail, follows, linked }: Opening): string {
  if (linked) return titleWithoutNumber(mail.facts);
  return follows && mail.facts.title === '' ? follows.title : mail.facts.title;
}

export function openCase(context: Context, opening: Opening): Attempt {
  const { policy, facts } = context;
  const { site, contact, mail, follows } = opening;
  const { report } = mail.facts;
  // A late reply that names no severity goes on with that of the case it follows, within what is allowed today.
  const goesOn = follows && severityOfField(report.severity) === null ? follows.severity : null;
  const product = follows?.product ?? opening.linked?.product ?? null;
  const terms = termsOf(
    {
      ...{ site, contact, report, address: opening.address, title: titleFor(opening) },
      ...{ products: facts.products, versions: facts.versions },
      arrivedAt: mail.arrivedAt,
      judgedAt: judgedAt(context),
      before: { product, severity: goesOn },
      licensing: opening.licensing === true,
    },
    { policy, desk: policy.desk },
  );
  if (terms.kind === 'lapsed') return terms;
  const { contract, opens } = terms;
  return {
    kind: 'opened',
    contract,
    opens,
    changes: changesOf(context, opening, opens),
    letters: openingLetters(context, { ...terms, opening }),
  };
}
