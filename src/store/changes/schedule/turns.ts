/** How it is written what letters on a schedule have come to. */
import { sql } from 'kysely';
import { actorOf } from '../../../changes/by.ts';
import type {
  AttestationAnswered,
  AttestationAsked,
  ContactAskedAbout,
  ContactReachable,
  ScheduleStarted,
  ScheduleStopped,
  TurnTaken,
  UnansweredListed,
  WelcomeDue,
} from '../../../changes/schedule/turns.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';
import { holdBackRenewals } from './renewals-stopped.ts';

/** Whoever starts or stops it at the same time waits here, and is judged again. */
async function switchTo(tx: Tx, { name, by }: ScheduleStarted | ScheduleStopped, running: boolean): Promise<void> {
  const { rows } = await sql`
    insert into schedules as k (kind, running, since, by)
    values (${name}, ${running}, now(), ${actorOf(by)})
    on conflict (kind) do update set
      running = excluded.running,
      since = excluded.since,
      paused_at = null,
      by = excluded.by
    where k.running <> excluded.running
    returning kind`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `${name} was switched meanwhile`);
}

export async function writeScheduleStarted(tx: Tx, change: ScheduleStarted): Promise<void> {
  await switchTo(tx, change, true);
  // What was planned before it stood still is looked at anew.
  if (change.name === 'renewals') await sql`update renewal_sites set plan_at = now()`.execute(tx);
}

/** What was planned is planned anew once it is started: nothing of the time between goes out. */
export async function writeScheduleStopped(tx: Tx, change: ScheduleStopped): Promise<void> {
  await switchTo(tx, change, false);
  await sql`update schedule_turns set due_at = null where kind = ${change.name}`.execute(tx);
  if (change.name === 'renewals') await holdBackRenewals(tx, 'renewals stand still');
  // What was planned is judged anew once it is started; what is under way is for a person to go on with.
  if (change.name === 'end-of-support')
    await sql`
      update announcements set state = 'paused', paused_by_itself = false
      where due_at is not null and state = 'running'`.execute(tx);
}

export async function writeTurnTaken(tx: Tx, { site, name, turn, result, next }: TurnTaken): Promise<void> {
  const { period, step, dueAt } = next ?? { ...turn, dueAt: null };
  const { rows } = await sql`
    update schedule_turns set
      period = ${period},
      step = ${step},
      due_at = ${dueAt}::timestamptz,
      last_period = ${turn.period},
      last_at = now(),
      last_result = ${result},
      care_told_at = null
    where site_id = ${site}::bigint
      and kind = ${name}
      and period = ${turn.period}
      and step = ${turn.step}
      and due_at is not null
    returning site_id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `the turn of site ${site} was taken meanwhile`);
}

export async function writeAttestationAsked(tx: Tx, { site, period, contacts, at }: AttestationAsked): Promise<void> {
  await sql`
    update contacts
    set to_attest = case when id = any(${[...contacts]}::bigint[]) then ${period} end
    where site_id = ${site}::bigint and (to_attest is not null or id = any(${[...contacts]}::bigint[]))`.execute(tx);
  await sql`
    update schedule_turns
    set asked_at = ${at}::timestamptz
    where site_id = ${site}::bigint and kind = 're-attestation'`.execute(tx);
}

export async function writeUnansweredListed(tx: Tx, { sites }: UnansweredListed): Promise<void> {
  await sql`
    update schedule_turns
    set care_told_at = now()
    where kind = 're-attestation' and site_id = any(${[...sites]}::bigint[])`.execute(tx);
}

export async function writeContactAskedAbout(tx: Tx, { contact }: ContactAskedAbout): Promise<void> {
  const { rows } = await sql`
    update contacts
    set asked_about_at = now()
    where id = ${contact}::bigint
      and doubtful_since is not null
      and (asked_about_at is null or asked_about_at < doubtful_since)
    returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `it was asked about contact ${contact} meanwhile`);
}

/** Of who was asked about since, or has gone, nothing is said. */
export async function writeAttestationAnswered(tx: Tx, { site, period, contacts }: AttestationAnswered): Promise<void> {
  await sql`
    update contacts
    set to_attest = null, attested_at = now()
    where site_id = ${site}::bigint and to_attest = ${period} and id = any(${[...contacts]}::bigint[])`.execute(tx);
}

export async function writeContactReachable(tx: Tx, { contact, address }: ContactReachable): Promise<void> {
  await sql`
    update contacts c
    set doubtful_since = null, unreachable_since = null, last_hard_bounce = null
    where c.id = ${contact}::bigint
      and exists (select from contact_addresses a where a.contact_id = c.id and a.address = ${address})`.execute(tx);
}

/** Twice is once: the row stays. */
export async function writeWelcomeDue(tx: Tx, { sites }: WelcomeDue): Promise<void> {
  await sql`
    insert into schedule_turns (site_id, kind, period, due_at)
    select id, 'welcome', 'once', now() from sites where number = any(${[...sites]}::text[])
    on conflict (site_id, kind) do nothing`.execute(tx);
}
