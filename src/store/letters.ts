import { sql } from 'kysely';
import type { Database, Db, Tx } from './database.ts';

export type LetterRow = {
  readonly id: string;
  readonly key: string;
  readonly template: string;
  /** 0 answers, 1 notices. */
  readonly priority: number;
  readonly language: string;
  readonly to: string;
  readonly stranger: boolean;
  readonly rateKey: string;
  readonly followsOwn: boolean;
  readonly matter: string;
  readonly subject: string;
  readonly messageId: string;
  readonly envelopeFrom: string;
  /** Null only where it is suppressed. */
  readonly raw: Uint8Array | null;
  readonly text: string;
  readonly caseId: string | null;
  readonly causedBy: string | null;
  readonly asks: unknown;
  readonly state: 'queued' | 'waiting' | 'suppressed';
  readonly stateReason: string | null;
  readonly giveUpHours: number;
};

/** Writes the letters of one cause and what makes them go out. The same idempotency key twice is one letter. */
export async function insertLetters(tx: Tx | Db, letters: readonly LetterRow[], actor: string): Promise<void> {
  if (letters.length === 0) return;
  const json = JSON.stringify(letters.map(({ raw: _, text: __, ...rest }, i) => ({ ...rest, i })));
  const raws = letters.map((letter) =>
    letter.raw === null ? null : Buffer.from(letter.raw.buffer, letter.raw.byteOffset, letter.raw.byteLength),
  );
  await sql`
    with input as (
      select l.*, r.raw from jsonb_to_recordset(${json}::jsonb) as l(i int, id bigint, key text, template text, priority smallint, language text, "to" text, stranger boolean,
        "rateKey" text, "followsOwn" boolean, matter text, subject text, "messageId" text, "envelopeFrom" text, "caseId" bigint, "causedBy" bigint, asks jsonb, state text,
        "stateReason" text, "giveUpHours" int)
      join unnest(${raws}::bytea[]) with ordinality r(raw, ord) on r.ord = l.i + 1
    ), written as (
      insert into letters (id, idempotency_key, template, priority, language, to_address, stranger, rate_key, follows_own, matter, subject, message_id, envelope_from, raw, case_id,
        caused_by, asks, state, state_reason, give_up_at, due_at)
      select id, key, template, priority, language, "to", stranger, "rateKey", "followsOwn", matter, subject, "messageId", "envelopeFrom", raw, "caseId", "causedBy",
        case when jsonb_typeof(asks) = 'object' then asks end, state, "stateReason", now() + make_interval(hours => "giveUpHours"), now() + interval '60 seconds'
      from input order by i
      on conflict (idempotency_key) do nothing
      returning id, state, fence
    ), work as (
      insert into outbox (queue, row_id, fence) select 'outbound', id, fence from written where state = 'queued'
    )
    insert into audit (actor, action, subject_kind, subject_id) select ${actor}::text, 'letter-' || state, 'letter', id::text from written`.execute(
    tx,
  );
}

export type ClaimedLetter = {
  readonly id: string;
  readonly template: string;
  readonly priority: number;
  readonly to: string;
  readonly envelopeFrom: string;
  readonly messageId: string;
  readonly raw: Buffer;
  readonly attempts: number;
  readonly unknownTimes: number;
  readonly createdAt: string;
  readonly giveUpAt: string;
  readonly now: string;
  readonly caseId: string | null;
  readonly causedBy: string | null;
};

/**
 * Takes a letter in hand. A claim that a dead worker left is taken over after 150 s (a try may last 120 s) and counted as
 * unknown: the letter may have gone out (RELIABILITY I4).
 */
export async function claimLetter(
  database: Database,
  letter: string,
  fence: string,
  worker: string,
): Promise<ClaimedLetter | null> {
  const { rows } = await database.ask((db) =>
    sql<ClaimedLetter>`
      update letters set claimed_by = ${worker}, claimed_at = now(), attempts = attempts + 1, due_at = now() + interval '150 seconds'
      where id = ${letter} and fence = ${fence} and state in ('queued', 'unknown') and claimed_at is null and raw is not null
      returning id, template, priority, to_address as "to", envelope_from as "envelopeFrom", message_id as "messageId", raw, attempts, unknown_times as "unknownTimes",
        to_json(created_at) #>> '{}' as "createdAt", to_json(give_up_at) #>> '{}' as "giveUpAt", to_json(now()) #>> '{}' as now, case_id as "caseId", caused_by as "causedBy"`.execute(
      db,
    ),
  );
  return rows[0] ?? null;
}

export type LetterResult =
  | { readonly state: 'sent'; readonly response: string }
  | { readonly state: 'failed'; readonly response: string }
  /** Not sent: again after `waitSeconds`; `counts` is false where the channel was at fault, not the letter. */
  | { readonly state: 'again'; readonly response: string; readonly waitSeconds: number; readonly counts: boolean }
  /** Cut after DATA: the same bytes again after `waitSeconds`. */
  | { readonly state: 'unknown'; readonly response: string; readonly waitSeconds: number };

/** Writes down what became of a try; false where the claim was lost meanwhile, and nothing is written. */
export async function markLetter(db: Tx | Db, letter: string, worker: string, result: LetterResult): Promise<boolean> {
  const response = result.response.slice(0, 500);
  const wait = 'waitSeconds' in result ? result.waitSeconds : 0;
  const state = result.state === 'again' ? null : result.state;
  const { rows } = await sql<{ id: string }>`
    with marked as (
      update letters set
        state = coalesce(${state}::text, state), response = ${response}, claimed_by = null, claimed_at = null,
        sent_at = case when ${state}::text = 'sent' then now() else sent_at end,
        unknown_times = unknown_times + ${result.state === 'unknown' ? 1 : 0}::int,
        attempts = attempts - ${result.state === 'again' && !result.counts ? 1 : 0}::int,
        due_at = now() + make_interval(secs => ${wait}::double precision)
      where id = ${letter} and claimed_by = ${worker} returning id, state
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'outbound', 'letter-' || ${result.state}::text, 'letter', id::text, jsonb_build_object('response', ${response}::text) from marked
    )
    select id from marked`.execute(db);
  return rows.length > 0;
}

/** Letters whose time has come: a try that was due, a claim that was left, a queue that was lost. */
export async function sweepLetters(
  database: Database,
  how: { onlyLeft: boolean } = { onlyLeft: false },
): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ n: string }>`
      with lost as (
        select id, claimed_at from letters where state in ('queued', 'unknown') and due_at <= now() and (claimed_at is not null or attempts > 0 or not ${how.onlyLeft}) order by priority, due_at limit 2000 for update skip locked
      ), back as (
        update letters l set fence = fence + 1, claimed_by = null, claimed_at = null, due_at = now() + interval '60 seconds',
          unknown_times = unknown_times + case when lost.claimed_at is null then 0 else 1 end
        from lost where l.id = lost.id returning l.id, l.fence
      ), work as (
        insert into outbox (queue, row_id, fence) select 'outbound', id, fence from back
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id) select 'sweeper', 'letter-brought-back', 'letter', id::text from back
      )
      select count(*) as n from back`.execute(db),
  );
  return Number(rows[0]?.n ?? 0);
}

export async function drawLetterIds(db: Db, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await sql<{
    id: string;
  }>`select nextval('letter_ids')::text as id from generate_series(1, ${count})`.execute(db);
  return rows.map((row) => row.id);
}

/** A waiting letter goes out, or never: `release`, `suppress`. False where it was not waiting. */
export async function settleWaiting(
  database: Database,
  letter: string,
  act: 'release' | 'suppress',
  actor: string,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const { rows } = await sql<{ id: string; fence: string }>`
      update letters set state = ${act === 'release' ? 'queued' : 'suppressed'}, fence = fence + 1, due_at = now() + interval '60 seconds',
        give_up_at = greatest(give_up_at, now() + interval '48 hours'), state_reason = ${`${act}d by a person`}
      where id = ${letter} and state = 'waiting' returning id, fence`.execute(tx);
    const [row] = rows;
    if (!row) return false;
    if (act === 'release')
      await sql`insert into outbox (queue, row_id, fence) values ('outbound', ${row.id}, ${row.fence})`.execute(tx);
    await sql`insert into audit (actor, action, subject_kind, subject_id) values (${actor}, ${`letter-${act}d`}, 'letter', ${row.id})`.execute(
      tx,
    );
    return true;
  });
}

/** Asked before a try: how long the channel is to rest, in seconds; 0 when it may work. */
export async function channelRest(database: Database, name: string): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{
      rest: number;
    }>`select greatest(0, extract(epoch from paused_until - now()))::float as rest from channels where name = ${name}`.execute(
      db,
    ),
  );
  return rows[0]?.rest ?? 0;
}

export async function restChannel(database: Database, name: string, seconds: number, reason: string): Promise<void> {
  await database.ask((db) =>
    sql`insert into channels (name, paused_until, reason) values (${name}, now() + make_interval(secs => ${seconds}::double precision), ${reason.slice(0, 300)})
        on conflict (name) do update set paused_until = excluded.paused_until, reason = excluded.reason`.execute(db),
  );
}
