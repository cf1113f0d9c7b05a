/** How it is written what becomes of letters about renewals (POLICY §10). */
import { sql } from 'kysely';
import type {
  RenewalAnswered,
  RenewalHandled,
  RenewalMissed,
  RenewalQuoted,
  RenewalSent,
  RenewalSettled,
  RenewalStopped,
  RenewalsPaused,
  RenewalsPlanned,
  RenewalsTold,
} from '../../../changes/schedule/renewals.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';
import type { WrittenLetter } from '../../letters/letters.ts';

const moved = (what: string) => new Failure('facts-stale', `${what} has moved on meanwhile`);

/** What a person or the clock has settled meanwhile stays as it is. */
export async function writeRenewalsPlanned(tx: Tx, { site, known, steps }: RenewalsPlanned): Promise<void> {
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
      state = excluded.state,
      reason = excluded.reason,
      settled_at = excluded.settled_at,
      version_no = r.version_no + 1
    where r.settled_at is null`.execute(tx);
}

type Step = { readonly renewal: string; readonly stepVersion: number };

/** `facts-stale` where it has moved on since it was judged. */
async function take(
  tx: Tx,
  { renewal, stepVersion }: Step,
  to: { readonly state: string; readonly reason: string | null; readonly settled: boolean },
): Promise<void> {
  const { rows } = await sql`
    update renewal_steps
    set
      state = ${to.state},
      reason = ${to.reason},
      settled_at = case when ${to.settled}::boolean then now() end,
      version_no = version_no + 1
    where id = ${renewal}::bigint and version_no = ${stepVersion}
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(`renewal ${renewal}`);
}

/** An import that renews it, and whoever pauses or stops it, waits for this, or this is judged again. */
async function stillAsJudged(tx: Tx, { site, siteVersion }: RenewalSent): Promise<void> {
  const { rows } = await sql`
    select s.id
    from sites s
    join schedules k on k.kind = 'renewals' and k.running and k.paused_at is null
    where s.id = ${site}::bigint and s.people_version = ${siteVersion}
    for share`.execute(tx);
  if (rows.length === 0) throw moved(`site ${site}`);
}

/** The letter to whoever is told is the first of the act; the others are copies. */
export async function writeRenewalSent(tx: Tx, change: RenewalSent, letters: readonly WrittenLetter[]): Promise<void> {
  await stillAsJudged(tx, change);
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

export async function writeRenewalStopped(tx: Tx, change: RenewalStopped): Promise<void> {
  const { rows } = await sql`
    update letters
    set state = 'suppressed', state_reason = 'renewed', fence = fence + 1
    where id = any(${[...change.letters]}::bigint[]) and state = 'queued' and claimed_at is null
    returning id`.execute(tx);
  // One that is being handed over just now has gone out.
  if (rows.length < change.letters.length) throw moved(`a letter of renewal ${change.renewal}`);
  const to = change.again
    ? { state: 'planned', reason: null, settled: false }
    : { state: 'skipped', reason: 'renewed', settled: true };
  await take(tx, change, to);
}

export async function writeRenewalSettled(
  tx: Tx,
  change: RenewalSettled,
  letters: readonly WrittenLetter[],
): Promise<void> {
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
    const { rows } = await sql`
      update renewal_steps set words = ${change.words}, version_no = version_no + 1
      where id = ${change.renewal}::bigint and version_no = ${change.stepVersion} returning id`.execute(tx);
    if (rows.length === 0) throw moved(`renewal ${change.renewal}`);
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
  const { rows } = await sql`
    update renewal_steps set version_no = version_no + 1
    where id = ${change.renewal}::bigint and version_no = ${change.stepVersion} returning id`.execute(tx);
  if (rows.length === 0) throw moved(`renewal ${change.renewal}`);
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
}

export async function writeRenewalsTold(tx: Tx, { day }: RenewalsTold): Promise<void> {
  const { rows } = await sql`
    update schedules set told_on = ${day}::date
    where kind = 'renewals' and running and told_on is distinct from ${day}::date
    returning kind`.execute(tx);
  if (rows.length === 0) throw moved('the list of the week');
}
