import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Failure } from '../../foundation/failure.ts';
import type { Admission } from '../../intake/facts.ts';
import { peekMessageId } from '../../mail/mime/raw-headers.ts';
import { lastTime } from '../../upkeep/given-up.ts';
import type { Database, Db } from '../database.ts';
import { functionName } from '../functions.ts';

export type Incoming = {
  readonly raw: Uint8Array;
  /** IMAP INTERNALDATE, for LMTP and SMTP the moment of DATA; a time in the future counts as now (POLICY §2). */
  readonly arrivedAt: Date;
  readonly envelope: { readonly mailFrom: string | null; readonly rcptTo: readonly string[] };
  readonly origin:
    | {
        readonly kind: 'imap';
        readonly mailbox: string;
        readonly epoch: number;
        readonly uid: number;
        /** More than 48 h old when first seen: decided, but its letters wait for a person (MAIL.md §1.2). */
        readonly mustWait: boolean;
        /** `raw` holds the header alone. */
        readonly tooLarge?: true;
        readonly notFetched?: true;
      }
    | { readonly kind: 'lmtp' | 'smtp' | 'hand'; readonly name: string };
};

export type Received = { readonly kind: 'stored' | 'duplicate'; readonly mail: string };

const storeMailsFunction = functionName('store_mails');

/**
 * Stores a batch in one call and one transaction, one row a mail and one line a way it came; null where the lease went to
 * another. The same bytes a second time are a line that points to the first (MAIL.md §1 "Duplicates").
 */
export async function storeMails(
  db: Db,
  batch: readonly Incoming[],
  lease: { readonly mailbox: string; readonly fence: number } | null,
): Promise<Received[] | null> {
  const hashes = batch.map((mail) => createHash('sha256').update(mail.raw).digest('hex'));
  const raws = Buffer.concat(batch.map((mail) => mail.raw));
  const lead = new Set<string>();
  let start = 1;
  const lines = batch.map(({ raw, origin, envelope, arrivedAt }, i) => {
    const sha = hashes[i] ?? '';
    const imap = origin.kind === 'imap' ? origin : null;
    const line = {
      i,
      sha,
      arrived: arrivedAt.toISOString(),
      door: origin.kind,
      name: origin.kind === 'imap' ? origin.mailbox : origin.name,
      epoch: imap?.epoch ?? null,
      uid: imap?.uid ?? null,
      wait: imap?.mustWait ?? false,
      only: imap?.tooLarge ? 'too-large' : imap?.notFetched ? 'not-fetched' : null,
      from: envelope.mailFrom,
      rcpt: envelope.rcptTo,
      start,
      size: raw.byteLength,
      lead: !lead.has(sha),
      messageId: peekMessageId(raw),
    };
    lead.add(sha);
    start += raw.byteLength;
    return line;
  });
  const { rows } = await sql<{ i: number; id: string; stored: boolean }>`
    select i, id, stored
    from ${storeMailsFunction}(
      ${JSON.stringify(lines)}::jsonb,
      ${raws}::bytea,
      ${lease?.mailbox ?? null}::text,
      ${lease?.fence ?? null}::bigint)`.execute(db);
  if (rows.length === 0 && lease) return null;
  const stored = new Set(rows.filter((row) => row.stored).map((row) => row.i));
  const ids = new Map(rows.map((row) => [row.i, row.id]));
  return batch.map((_, i) => {
    const id = ids.get(i);
    if (id === undefined) throw new Failure('database-away', 'a mail was neither stored nor found');
    return { kind: stored.has(i) ? 'stored' : 'duplicate', mail: id };
  });
}

export type ClaimedMail = {
  readonly id: string;
  readonly arrivedAt: string;
  readonly mailFrom: string | null;
  readonly rcptTo: string[];
  readonly raw: Buffer | null;
  /** `raw` is sealed, for `mail_bytes/<id>/raw`. */
  readonly sealed?: boolean | null;
  readonly headersOnly: 'too-large' | 'not-fetched' | null;
  readonly mustWait: boolean;
  readonly admitted?: Admission | null;
  readonly tries: number;
};

export type ToClaim = {
  readonly mail: string;
  readonly fence: string;
  readonly worker: string;
  /** False where the caller has the bytes already. */
  readonly bytes: boolean;
};

/**
 * Takes mails in hand under their fencing numbers; null where somebody else has one, has done it, or the number is an older one.
 * A claim older than 30 s under the same number is taken over: its worker is dead, or will find its claim gone. Nothing that an
 * index holds is changed, so that none has to be written for a claim; the sweeper looks at the claim's age itself. The ids
 * stand there as a list too, and the state in a way that no index answers, so that the server goes by the key.
 */
export async function claimMails(database: Database, jobs: readonly ToClaim[]): Promise<(ClaimedMail | null)[]> {
  const { rows } = await database.ask((db) =>
    sql<ClaimedMail>`
      update mails m
      set claimed_by = j.worker, claimed_at = now(), tries = tries + 1
      from (
        select distinct on (mail) *
        from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as t(
          mail bigint,
          fence bigint,
          worker uuid,
          bytes boolean)
        order by mail, fence desc
      ) j
      where m.id = any(${jobs.map(({ mail }) => mail)}::bigint[])
        and m.id = j.mail
        and m.fence = j.fence
        and m.state || '' = 'new'
        and (m.claimed_at is null or m.claimed_at < now() - interval '30 seconds')
      returning
        m.id,
        to_json(m.arrived_at) #>> '{}' as "arrivedAt",
        m.mail_from as "mailFrom",
        m.rcpt_to as "rcptTo",
        m.headers_only as "headersOnly",
        m.must_wait as "mustWait",
        m.admitted,
        m.tries,
        case
          when j.bytes then (select raw from mail_bytes b where b.mail_id = m.id)
        end as raw,
        case
          when j.bytes and m.fence > 1 then (
            select sealed from mail_bytes b where b.mail_id = m.id
          )
        end as sealed`.execute(db),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return jobs.map((job) => {
    const row = byId.get(job.mail);
    // The same job twice in one turn: the first has it.
    byId.delete(job.mail);
    return row ?? null;
  });
}

/** Puts a mail back for a later try; a newer fencing number lets the sweeper's job run. */
export async function returnMailClaim(
  database: Database,
  mail: string,
  worker: string,
  waitSeconds: number,
  why: string,
): Promise<void> {
  await database.ask((db) =>
    sql`
      update mails
      set
        claimed_by = null,
        claimed_at = null,
        due_at = now() + make_interval(secs => ${waitSeconds}),
        last_failure = ${why.slice(0, 500)}
      where id = ${mail} and claimed_by = ${worker} and state = 'new'`.execute(db),
  );
}

/** Given up after its tries: a person has to look; nothing is deleted. What it failed with last stands behind why. */
export async function markMailDead(database: Database, mail: string, worker: string, why: string): Promise<void> {
  await database.ask((db) =>
    sql`
      with dead as (
        update mails
        set
          state = 'dead',
          claimed_by = null,
          claimed_at = null,
          last_failure = left(
            ${why}::text || coalesce(${lastTime}::text || split_part(last_failure, chr(10), 1), ''),
            500)
        where id = ${mail} and claimed_by = ${worker} and state = 'new'
        returning id, last_failure
      )
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'intake', 'mail-dead', 'mail', id::text, jsonb_build_object('why', last_failure)
      from dead`.execute(db),
  );
}

/** Brings back mails that nobody works on: a queue was lost, a worker was killed, a try is due (RELIABILITY I5). */
export async function sweepMails(
  database: Database,
  how: { onlyLeft: boolean } = { onlyLeft: false },
): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ n: string }>`
      with lost as (
        select id
        from mails
        where state = 'new'
          and due_at <= now()
          and (claimed_at < now() - interval '45 seconds'
            or (claimed_at is null and (tries > 0 or not ${how.onlyLeft})))
        order by id
        limit 2000
        for update skip locked
      ), back as (
        update mails m
        set fence = fence + 1, claimed_by = null, claimed_at = null, due_at = now() + interval '60 seconds'
        from lost
        where m.id = lost.id
        returning m.id, m.fence
      ), work as (
        insert into outbox (queue, row_id, fence)
        select 'intake', id, fence
        from back
        order by id
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id)
        select 'sweeper', 'mail-brought-back', 'mail', id::text
        from back
      )
      select count(*) as n
      from back`.execute(db),
  );
  return Number(rows[0]?.n ?? 0);
}
