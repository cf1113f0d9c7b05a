/** How letters about renewals that are written and have not left are stopped (POLICY §10.3, §10.5, §11.6). */
import { sql } from 'kysely';
import type { RenewalStopped } from '../../../changes/schedule/renewals.ts';
import type { Tx } from '../../database.ts';
import { oneOf } from '../../literals.ts';
import { moved, stillAsJudged, take, touch } from './renewal-steps.ts';

export async function writeRenewalStopped(tx: Tx, change: RenewalStopped): Promise<void> {
  await stillAsJudged(tx, change, { letters: false });
  const { becomes } = change;
  const { rows } = await sql`
    update letters
    set state = 'suppressed', state_reason = ${becomes === 'gone' ? 'gone' : 'renewed'}, fence = fence + 1
    where id = any(${[...change.letters]}::bigint[]) and state = 'queued' and claimed_at is null
    returning id`.execute(tx);
  // One that is being handed over just now has gone out.
  if (rows.length < change.letters.length) throw moved(`a letter of renewal ${change.renewal}`);
  if (becomes === 'sent') return touch(tx, change);
  const to =
    becomes === 'again'
      ? { state: 'planned', reason: null, settled: false }
      : { state: 'skipped', reason: becomes, settled: true };
  await take(tx, change, to);
}

/**
 * All that has not left, where renewals are paused or stopped: it is due again, and written anew once they go on. Where somebody has the
 * letter, or is being handed it, only its copies are stopped.
 */
export async function holdBackRenewals(tx: Tx, why: string): Promise<void> {
  const { rows } = await sql<{ step: string }>`
    update letters l
    set state = 'suppressed', state_reason = ${why}, fence = l.fence + 1
    from renewal_letters n
    where n.letter_id = l.id
      and n.role in ${oneOf(['notice', 'copy'])}
      and l.state = 'queued'
      and l.claimed_at is null
    returning n.step_id::text as step`.execute(tx);
  // A statement of its own: it sees who was faster than the one before.
  await sql`
    update renewal_steps t
    set state = 'planned', reason = null, settled_at = null, version_no = t.version_no + 1
    where t.id = any(${rows.map(({ step }) => step)}::bigint[])
      and t.state = 'sent'
      and not exists (
        select
        from renewal_letters n
        join letters l on l.id = n.letter_id
        where n.step_id = t.id
          and n.role = 'notice'
          and (l.state in ${oneOf(['sent', 'unknown'])} or l.claimed_at is not null)
      )`.execute(tx);
}
