/** How it is written what becomes of letters about renewals (POLICY §10). */
import { sql } from 'kysely';
import type {
  RenewalAnswered,
  RenewalHandled,
  RenewalMissed,
  RenewalQuoted,
  RenewalSent,
  RenewalSettled,
  RenewalsPaused,
  RenewalsTold,
} from '../../../changes/schedule/renewals.ts';
import type { Tx } from '../../database.ts';
import type { WrittenLetter } from '../../letters/letters.ts';
import { moved, stillAsJudged, take, touch } from './renewal-steps.ts';
import { holdBackRenewals } from './renewals-stopped.ts';

/** The letter to whoever is told is the first of the act; the others are copies. */
export async function writeRenewalSent(tx: Tx, change: RenewalSent, letters: readonly WrittenLetter[]): Promise<void> {
  await stillAsJudged(tx, change, { letters: true });
  await take(tx, change, { state: 'sent', reason: null, settled: true });
  await sql`
    update renewal_steps
    set items = ${JSON.stringify(change.items)}::jsonb
    where id = ${change.renewal}::bigint`.execute(tx);
  await keepLetters(tx, change, letters, (i) => (i === 0 ? 'notice' : 'copy'));
}

async function keepLetters(
  tx: Tx,
  { renewal, entry, sequence }: Pick<RenewalSent | RenewalSettled, 'renewal' | 'entry' | 'sequence'>,
  letters: readonly WrittenLetter[],
  roleOf: (i: number) => string,
): Promise<void> {
  const rows = letters.map(({ id }, i) => ({ id, role: roleOf(i), sequence: roleOf(i) === 'copy' ? null : sequence }));
  await sql`
    insert into renewal_letters (letter_id, step_id, role, entry, sequence)
    select x.id, ${renewal}::bigint, x.role, ${entry}::date, x.sequence
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id bigint, role text, sequence int)
    on conflict (letter_id) do nothing`.execute(tx);
}

export const writeRenewalMissed = (tx: Tx, change: RenewalMissed): Promise<void> =>
  take(tx, change, { state: 'nobody', reason: change.why, settled: true });

export async function writeRenewalSettled(
  tx: Tx,
  change: RenewalSettled,
  letters: readonly WrittenLetter[],
): Promise<void> {
  await stillAsJudged(tx, change, { letters: true });
  await keepLetters(
    tx,
    change,
    letters.filter(
      ({ template, matter }) => template === 'renewal-settled' && matter.startsWith(`renewed:${change.entry}:`),
    ),
    () => 'settled',
  );
}

export async function writeRenewalHandled(tx: Tx, change: RenewalHandled): Promise<void> {
  if (change.what === 'edited') {
    await touch(tx, change);
    await sql`
      update renewal_steps
      set words = ${change.words}
      where id = ${change.renewal}::bigint`.execute(tx);
    return;
  }
  const to = {
    held: { state: 'held', reason: null, settled: false },
    released: { state: 'planned', reason: null, settled: false },
    skipped: { state: 'skipped', reason: 'by-hand', settled: true },
  }[change.what];
  await take(tx, change, to);
}

export async function writeRenewalQuoted(tx: Tx, change: RenewalQuoted): Promise<void> {
  await touch(tx, change);
  await sql`
    insert into renewal_quotes (step_id, filename, type, bytes)
    values (${change.renewal}::bigint, ${change.filename}, ${change.type}, ${Buffer.from(change.content, 'base64')})
    on conflict (step_id) do update set
      filename = excluded.filename,
      type = excluded.type,
      bytes = excluded.bytes`.execute(tx);
}

/** Of a step that is there no more nothing is kept; the mail is in the list of mails. */
export async function writeRenewalAnswered(tx: Tx, { renewal, mail, at }: RenewalAnswered): Promise<void> {
  await sql`
    insert into renewal_answers (step_id, mail_id, at)
    select id, ${mail}::bigint, ${at}::timestamptz from renewal_steps where id = ${renewal}::bigint
    on conflict do nothing`.execute(tx);
}

export async function writeRenewalsPaused(tx: Tx, { kind }: RenewalsPaused): Promise<void> {
  const paused = kind === 'renewals-paused';
  const { rows } = await sql`
    update schedules
    set paused_at = case when ${paused}::boolean then now() end
    where kind = 'renewals' and running and (paused_at is null) = ${paused}::boolean
    returning kind`.execute(tx);
  if (rows.length === 0) throw moved('the schedule of renewals');
  if (paused) await holdBackRenewals(tx, 'renewals are paused');
}

export async function writeRenewalsTold(tx: Tx, { day }: RenewalsTold): Promise<void> {
  const { rows } = await sql`
    update schedules set told_on = ${day}::date
    where kind = 'renewals' and running and told_on is distinct from ${day}::date
    returning kind`.execute(tx);
  if (rows.length === 0) throw moved('the list of the week');
}
