/** Which requests for access nobody has answered yet (POLICY §11.5): by its timer alone, what is with client care looks as if it were over. */
import { sql } from 'kysely';
import type { RequestState, StepKind } from '../../../access/request.ts';
import { erasedAuthors } from '../../../upkeep/erasure.ts';
import { requestState } from '../../access/list-requests.ts';
import { oneOf } from '../../literals.ts';

const states = ['waiting', 'with-client-care'] as const satisfies readonly RequestState[];
const verified = sql.lit('verified' satisfies StepKind);

/** Client care owes an answer to the mail that asked, or to the one that verified the address. */
const careRuns = sql`exists (
  select
  from care_clocks k
  where k.done_at is null
    and (
      k.mail_id = t.mail_id
      or k.mail_id in (
        select v.mail_id from access_request_steps v where v.request_id = t.id and v.kind = ${verified})))`;

/** Of a request `t`. Nobody waits any more whose address is gone. */
export const requestWaits = sql`(
  t.address not like ${sql.lit(erasedAuthors)}
  and (${requestState(sql`t.id`)} in ${oneOf(states)} or ${careRuns}))`;
