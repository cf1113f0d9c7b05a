import { sql } from 'kysely';
import { Failure } from '../../foundation/failure.ts';
import type { LeftOut } from '../../outbound/letter.ts';
import type { Db, Tx } from '../database.ts';

export type LetterRow = {
  readonly id: string;
  readonly key: string;
  readonly template: string;
  /** 0 answers, 1 notices; below 0 before all others, whatever holds those. */
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
  /** As it is shown: a secret that the letter tells is masked. */
  readonly text: string;
  /** `raw` is sealed, for `letters/<id>/raw`. */
  readonly sealed?: true;
  /** Hash of the one-time code that it tells. */
  readonly codeHash?: string;
  /** Hash of the privileged PIN that it tells. */
  readonly pinHash?: string;
  readonly caseId: string | null;
  readonly causedBy: string | null;
  readonly asks: unknown;
  readonly state: 'queued' | 'waiting' | 'suppressed';
  readonly stateReason: string | null;
  /** What is looked for by itself among those that were not sent. */
  readonly stateCode?: LeftOut;
  readonly giveUpHours: number;
};

/** As it stands in the database. `fresh`: it was not there before. */
export type WrittenLetter = LetterRow & { readonly fresh: boolean };

/**
 * Writes the letters of one cause and what makes them go out. The same idempotency key twice is one letter: the ids of those that
 * were not there before are returned.
 */
export async function insertLetters(tx: Tx | Db, letters: readonly LetterRow[], actor: string): Promise<string[]> {
  if (letters.length === 0) return [];
  const json = JSON.stringify(letters.map(({ raw: _, text: __, ...rest }, i) => ({ ...rest, i })));
  const raws = letters.map((letter) =>
    letter.raw === null ? null : Buffer.from(letter.raw.buffer, letter.raw.byteOffset, letter.raw.byteLength),
  );
  const { rows } = await sql<{ id: string }>`
    with input as (
      select l.*, r.raw
      from jsonb_to_recordset(${json}::jsonb) as l(
        i int, id bigint, key text, template text, priority smallint, language text, "to" text, stranger boolean,
        "rateKey" text, "followsOwn" boolean, matter text, subject text, "messageId" text, "envelopeFrom" text,
        "caseId" bigint, "causedBy" bigint, asks jsonb, state text, "stateReason" text, "stateCode" text,
        "giveUpHours" numeric, sealed boolean)
      join unnest(${raws}::bytea[]) with ordinality r(raw, ord) on r.ord = l.i + 1
    ), written as (
      insert into letters (
        id, idempotency_key, template, priority, language, to_address, stranger, rate_key, follows_own, matter,
        subject, message_id, envelope_from, raw, sealed, case_id, caused_by, asks, state, state_reason, state_code,
        give_up_at, due_at)
      select
        id, key, template, priority, language, "to", stranger, "rateKey", "followsOwn", matter,
        subject, "messageId", "envelopeFrom", raw, coalesce(sealed, false), "caseId", "causedBy",
        case when jsonb_typeof(asks) = 'object' then asks end, state, "stateReason", "stateCode",
        now() + make_interval(secs => "giveUpHours"::double precision * 3600), now() + interval '45 seconds'
      from input order by i
      on conflict (idempotency_key) do nothing
      returning id, state, fence
    ), work as (
      insert into outbox (queue, row_id, fence) select 'outbound', id, fence from written where state = 'queued'
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id)
      select ${actor}::text, 'letter-' || state, 'letter', id::text from written
    )
    select id::text from written`.execute(tx);
  return rows.map((row) => row.id);
}

/** Those of a case on it, as `text` shows them; the key that was there before is on it already. */
export async function putOnCase(tx: Tx, letters: readonly LetterRow[], author: string): Promise<void> {
  if (letters.length === 0) return;
  const json = JSON.stringify(letters.map(({ id, caseId, text }) => ({ id, caseId, text })));
  await sql`
    insert into case_messages (case_id, letter_id, direction, author, automatic, text, at)
    select i."caseId", l.id, 'out', ${author}, true, i.text, now()
    from jsonb_to_recordset(${json}::jsonb) as i(id bigint, "caseId" bigint, text text)
    join letters l on l.id = i.id
    on conflict do nothing`.execute(tx);
}

/** The letter that has this key, be it the one just inserted or one that was there before it. */
export async function letterWithKey(tx: Tx | Db, key: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id::text from letters where idempotency_key = ${key}`.execute(tx);
  const [found] = rows;
  if (!found) throw new Failure('not-found', 'no letter has this key');
  return found.id;
}

export async function reserveLetterIds(db: Db, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await sql<{
    id: string;
  }>`select nextval('letter_ids')::text as id from generate_series(1, ${count})`.execute(db);
  return rows.map((row) => row.id);
}
