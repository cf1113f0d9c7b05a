/** What became of a mail that an act has settled. */
import type { Change } from '../../changes/change.ts';
import type { Database } from '../../store/database.ts';
import { outcomesOfMails } from '../../store/reports/outcomes.ts';

type SettledMail = {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly case: string | null;
  readonly reason: string;
};

/** Read once the mails that were put back are decided. */
export async function settledMail(database: Database, id: string, made: readonly Change[]): Promise<SettledMail> {
  const before = made.flatMap((change) =>
    'was' in change && 'mail' in change && change.mail === id ? [change.was ?? 'new'] : [],
  )[0];
  const [now] = await outcomesOfMails(database, [id]);
  const { outcome, case: on, reason } = now ?? { outcome: null, case: null, reason: null };
  return { id, before: before ?? 'new', after: outcome ?? 'new', case: on, reason: reason ?? '' };
}
