/** Delivery attempts of letters: claimed and marked in batches, queued again when they are due (MAIL.md §4). */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export type ClaimedLetter = {
  readonly id: string;
  readonly fence: string;
  readonly template: string;
  readonly priority: number;
  readonly to: string;
  readonly envelopeFrom: string;
  readonly messageId: string;
  /** Opened with the vault where `sealed` says so. */
  readonly raw: Buffer;
  readonly sealed: boolean;
  readonly attempts: number;
  readonly unknownTimes: number;
  readonly createdAt: string;
  readonly giveUpAt: string;
  readonly now: string;
  readonly caseId: string | null;
  readonly causedBy: string | null;
};

/** `held`: not now. It comes back by itself in `seconds`; null where a person has stopped the letters. */
export type DeliveryClaim =
  | { readonly kind: 'claimed'; readonly letter: ClaimedLetter }
  | { readonly kind: 'held'; readonly why: 'stopped' | 'resting' | 'rate'; readonly seconds: number | null }
  /** Done, in other hands, or not what the job meant. */
  | { readonly kind: 'not-ours' };

type DeliveryRate = { readonly perMinute: number; readonly perMinuteAndDomain: number };

type ClaimRow = Omit<ClaimedLetter, 'fence'> & {
  readonly fence: string;
  readonly claimed: boolean;
  readonly why: 'stopped' | 'resting' | 'rate';
  readonly seconds: number;
};

/** Of a row `r` of letter_rates: another minute begins anew, and no more is granted than it has left. */
const withinTheMinute = sql`
  on conflict (scope) do update set
    granted = greatest(
      0,
      least(
        excluded.granted,
        excluded.most - case when r.minute >= excluded.minute then r.used else 0 end)),
    used = case
      when r.minute >= excluded.minute then greatest(
        r.used,
        least(excluded.most, r.used + excluded.granted))
      else excluded.used
    end,
    minute = greatest(r.minute, excluded.minute),
    most = excluded.most`;

/**
 * Takes letters in hand, answers one for one. One statement asks whether sending is paused, counts the letters against
 * the rate under the lock of the rate's row, so that it holds over every process, and puts off what may not go now: its
 * tries are not touched. What is urgent (priority below 0) goes in any case. Where sending is paused the rates are written
 * all the same, with nothing counted: the sweeper reads there how many it may bring back. A claim lasts 45 s and is kept up while the try lasts; one that a dead worker left is taken over and counted as
 * unknown: the letter may have gone out (RELIABILITY I4).
 */
export async function claimLetters(
  database: Database,
  jobs: readonly { readonly letter: string; readonly fence: string }[],
  worker: string,
  rate: DeliveryRate,
): Promise<DeliveryClaim[]> {
  // As a list beside the join, so that the server goes by the key whatever it believes of the table's size.
  const ids = jobs.map((job) => job.letter);
  const { rows } = await database.ask((db) =>
    sql<ClaimRow>`
      with way as (
        select
          coalesce(bool_or(stopped_at is not null), false) as stopped,
          greatest(max(paused_until), now()) as until
        from channels
        where name = 'smtp'
      ), why as (
        select case when stopped then 'stopped' when until > now() then 'resting' else 'rate' end as why
        from way
      ), found as (
        select l.id, l.priority, split_part(l.to_address, '@', -1) as domain
        from unnest(${ids}::bigint[], ${jobs.map((job) => job.fence)}::bigint[]) as asked (id, fence)
        join letters l on l.id = asked.id and l.fence = asked.fence
        where l.id = any(${ids}::bigint[])
          and l.state || '' in ('queued', 'unknown')
          and l.claimed_at is null
          and l.raw is not null
        for no key update of l skip locked
      ), of_domain as (
        insert into letter_rates as r (scope, minute, used, granted, most)
        select
          domain,
          date_trunc('minute', now()),
          least(n, ${rate.perMinuteAndDomain}::int),
          least(n, ${rate.perMinuteAndDomain}::int),
          ${rate.perMinuteAndDomain}::int
        from (
          select domain, case when stopped or until > now() then 0 else count(*)::int end as n
          from found, way
          group by domain, stopped, until
        ) asked
        order by domain
        ${withinTheMinute}
        returning scope, granted
      ), of_all as (
        insert into letter_rates as r (scope, minute, used, granted, most)
        select
          '*',
          date_trunc('minute', now()),
          least(sum(granted), ${rate.perMinute}::int),
          least(sum(granted), ${rate.perMinute}::int),
          ${rate.perMinute}::int
        from of_domain
        having count(*) > 0
        ${withinTheMinute}
        returning granted
      ), chosen as (
        select id
        from (
          select id, priority, row_number() over (order by priority, id) as place
          from (
            select id, priority, granted, row_number() over (partition by domain order by priority, id) as place
            from found
            join of_domain on scope = domain
          ) in_domain
          where place <= granted or priority < 0
        ) in_all
        where place <= (select granted from of_all) or priority < 0
      ), taken as (
        update letters l
        set
          claimed_by = ${worker},
          claimed_at = now(),
          attempts = attempts + 1,
          due_at = now() + interval '45 seconds',
          state_reason = case when state_code is null then state_reason end,
          state_code = null
        from chosen
        where l.id = any(${ids}::bigint[]) and l.id = chosen.id
        returning
          l.id, l.fence, template, priority, to_address as "to", envelope_from as "envelopeFrom",
          message_id as "messageId", raw, sealed, attempts, unknown_times as "unknownTimes",
          to_json(created_at) #>> '{}' as "createdAt", to_json(give_up_at) #>> '{}' as "giveUpAt",
          to_json(now()) #>> '{}' as now, case_id as "caseId", caused_by as "causedBy"
      ), put_off as (
        update letters l
        set
          due_at = case
            when stopped then now()
            when until > now() then until
            else date_trunc('minute', now()) + interval '1 minute'
          end,
          state_reason = 'held: ' || why,
          state_code = why
        from found, way, why
        where l.id = any(${ids}::bigint[])
          and l.id = found.id
          and found.id not in (select id from chosen)
        returning l.id, l.due_at
      )
      select
        taken.*,
        found.id,
        taken.id is not null as claimed,
        why,
        extract(epoch from put_off.due_at - now())::float as seconds
      from found
      cross join why
      left join taken using (id)
      left join put_off using (id)`.execute(db),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return jobs.map((job): DeliveryClaim => {
    const row = found.get(job.letter);
    if (!row) return { kind: 'not-ours' };
    // Two jobs of one letter in a batch are one claim.
    found.delete(job.letter);
    const { claimed, why, seconds, ...letter } = row;
    if (claimed) return { kind: 'claimed', letter };
    return { kind: 'held', why, seconds: why === 'stopped' ? null : seconds };
  });
}

/** Another 45 s for letters in hand; does nothing to those that went to another worker. */
export async function keepLetters(database: Database, worker: string, letters: readonly string[]): Promise<void> {
  await database.ask((db) =>
    sql`update letters set due_at = now() + interval '45 seconds'
      where id = any(${[...letters]}::bigint[]) and claimed_by = ${worker} and state in ('queued', 'unknown')`.execute(
      db,
    ),
  );
}

type LetterResult =
  | { readonly state: 'sent'; readonly response: string }
  | { readonly state: 'failed'; readonly response: string }
  /** Not sent: again after `waitSeconds`; `counts` is false where the channel was at fault, not the letter. */
  | { readonly state: 'again'; readonly response: string; readonly waitSeconds: number; readonly counts: boolean }
  /** Cut after DATA: the same bytes again after `waitSeconds`. */
  | { readonly state: 'unknown'; readonly response: string; readonly waitSeconds: number };

export type DeliveryMark = { readonly letter: string; readonly fence: string; readonly result: LetterResult };

type Asking = Parameters<Parameters<Database['ask']>[0]>[0];

/** Writes down what became of tries, one answer each: false where the claim was lost meanwhile, and nothing is written. */
export async function markLetters(db: Asking, worker: string, marks: readonly DeliveryMark[]): Promise<boolean[]> {
  const json = JSON.stringify(
    marks.map(({ letter, fence, result }) => ({
      letter,
      fence,
      result: result.state,
      response: result.response.slice(0, 500),
      wait: 'waitSeconds' in result ? result.waitSeconds : 0,
      blameless: result.state === 'again' && !result.counts,
    })),
  );
  const { rows } = await sql<{ id: string }>`
    with given as (
      select *
      from jsonb_to_recordset(${json}::jsonb) as g(
        letter bigint,
        fence bigint,
        result text,
        response text,
        wait double precision,
        blameless boolean)
    ), marked as (
      update letters l
      set
        state = case when result = 'again' then l.state else result end,
        response = given.response,
        claimed_by = null,
        claimed_at = null,
        sent_at = case when result = 'sent' then now() else l.sent_at end,
        unknown_times = l.unknown_times + case when result = 'unknown' then 1 else 0 end,
        attempts = l.attempts - case when blameless then 1 else 0 end,
        due_at = now() + make_interval(secs => wait)
      from given
      where l.id = any(${marks.map(({ letter }) => letter)}::bigint[])
        and l.id = given.letter
        and l.fence = given.fence
        and l.claimed_by = ${worker}
      returning l.id, result, given.response
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select
        'outbound',
        'letter-' || result,
        'letter',
        id::text,
        jsonb_build_object('response', response)
      from marked
    )
    select id
    from marked`.execute(db);
  const written = new Set(rows.map((row) => row.id));
  return marks.map(({ letter }) => written.has(letter));
}

/**
 * Letters whose time has come: a try that was due, a claim that was left, a queue that was lost. Answers before notices,
 * and no more than the rate lets go in this minute; none while a person has stopped them or the way out rests.
 */
export async function sweepLetters(
  database: Database,
  how: { onlyLeft: boolean } = { onlyLeft: false },
): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ n: string }>`
      with due as (
        select id, priority, due_at, claimed_at, split_part(to_address, '@', -1) as domain
        from letters
        where state in ('queued', 'unknown')
          and due_at <= now()
          and (claimed_at is not null or attempts > 0 or state_code is not null or not ${how.onlyLeft})
          and not exists (
            select
            from channels
            where name = 'smtp' and (stopped_at is not null or paused_until > now())
          )
        order by priority, id
        limit 20000
      ), room as (
        select scope, most - case when minute >= date_trunc('minute', now()) then used else 0 end as free
        from letter_rates
      ), first as (
        select id, row_number() over (order by priority, id) as place
        from (
          select due.*, row_number() over (partition by domain order by priority, id) as place
          from due
        ) in_domain
        left join room on scope = domain
        where free is null or place <= free
      ), lost as (
        select l.id, l.claimed_at, l.priority
        from letters l
        join first using (id)
        where place <= least(2000, (select free from room where scope = '*'))
          and l.state in ('queued', 'unknown')
          and l.due_at <= now()
        for update of l skip locked
      ), back as (
        update letters l
        set
          fence = fence + 1,
          claimed_by = null,
          claimed_at = null,
          due_at = now() + interval '60 seconds',
          unknown_times = unknown_times + case when lost.claimed_at is null then 0 else 1 end
        from lost
        where l.id = lost.id
        returning l.id, l.fence, l.priority
      ), work as (
        insert into outbox (queue, row_id, fence)
        select 'outbound', id, fence
        from back
        order by priority, id
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id)
        select 'sweeper', 'letter-brought-back', 'letter', id::text
        from back
      ), forgotten as (
        delete from letter_rates
        where scope in (
          select scope
          from letter_rates
          where minute < now() - interval '60 minutes'
          for update skip locked
        )
      )
      select count(*) as n
      from back`.execute(db),
  );
  return Number(rows[0]?.n ?? 0);
}

/** Who is on record at the address of a letter; null where nobody is. */
export async function recipientOnRecord(
  db: Asking,
  letter: string,
): Promise<{ readonly contact: string; readonly address: string; readonly lastHardBounce: string | null } | null> {
  const { rows } = await sql<{ contact: string; address: string; lastHardBounce: string | null }>`
    select c.id::text as contact, a.address, to_json(c.last_hard_bounce) #>> '{}' as "lastHardBounce"
    from letters l
    join contact_addresses a on a.address = l.to_address
    join contacts c on c.id = a.contact_id
    where l.id = ${letter}
    order by c.id
    limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Where a letter stands just now, for somebody who waits for it. */
export async function letterState(
  database: Database,
  letter: string,
): Promise<{ readonly state: string; readonly response: string | null; readonly claimed: boolean }> {
  const { rows } = await database.ask((db) =>
    sql<{ state: string; response: string | null; claimed: boolean }>`
      select state, response, claimed_at is not null as claimed from letters where id = ${letter}`.execute(db),
  );
  return rows[0] ?? { state: 'failed', response: null, claimed: false };
}
