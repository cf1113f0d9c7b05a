/** How it is written what is planned of letters about renewals (POLICY §10.1–3). */
import { sql } from 'kysely';
import type { RenewalsPlanned } from '../../../changes/schedule/renewals.ts';
import type { Tx } from '../../database.ts';
import { oneOf } from '../../literals.ts';
import { stillAsJudged } from './renewal-steps.ts';

/** Between these two only a person chooses. */
const inHand = ['planned', 'held'] as const;

/** What a person or the clock has settled meanwhile stays as it is; so does what a person holds, or has let go, since it was judged. */
export async function writeRenewalsPlanned(tx: Tx, change: RenewalsPlanned): Promise<void> {
  const { site, known, steps } = change;
  await stillAsJudged(tx, change, { letters: false });
  await sql`
    insert into renewal_sites as r (site_id, known, plan_at)
    select ${site}::bigint, coalesce(jsonb_object_agg(k, now()), '{}'), now() from unnest(${[...known]}::text[]) as t(k)
    on conflict (site_id) do update set known = (
      select coalesce(jsonb_object_agg(k, coalesce(r.known -> k, to_jsonb(now()))), '{}')
      from unnest(${[...known]}::text[]) as t(k)
    )`.execute(tx);
  await sql`
    insert into renewal_steps as r (site_id, group_on, step, day, due_at, items, state, reason, settled_at)
    select
      ${site}::bigint,
      x."group",
      x.step,
      x.day,
      x."dueAt",
      x.items,
      x.state,
      x.reason,
      case when x.settled then now() end
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as x(
      "group" date,
      step int,
      day date,
      "dueAt" timestamptz,
      items jsonb,
      state text,
      reason text,
      settled boolean)
    on conflict (site_id, group_on, step) do update set
      day = excluded.day,
      due_at = excluded.due_at,
      items = excluded.items,
      state = case
        when excluded.settled_at is null
          and excluded.state in ${oneOf(inHand)}
          and r.state in ${oneOf(inHand)} then r.state
        else excluded.state
      end,
      reason = excluded.reason,
      settled_at = excluded.settled_at,
      version_no = r.version_no + 1
    where r.settled_at is null`.execute(tx);
}
