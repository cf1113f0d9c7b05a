import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { Database, Tx } from './database.ts';

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

/**
 * Stores a batch in the caller's transaction, one row a mail and one line a way it came. The same bytes a second time are a
 * line that points to the first (MAIL.md §1 "Duplicates"). Two round trips whatever the size of the batch.
 */
export async function storeMails(tx: Tx, batch: readonly Incoming[]): Promise<Received[]> {
  const hashes = batch.map((mail) => createHash('sha256').update(mail.raw).digest());
  const firstOf = new Map<string, number>();
  hashes.forEach((hash, i) => {
    const key = hash.toString('hex');
    if (!firstOf.has(key)) firstOf.set(key, i);
  });
  const lines = batch.map((mail, i) => ({
    i,
    sha: hashes[i]?.toString('hex'),
    arrived: mail.arrivedAt.toISOString(),
    door: mail.origin.kind,
    name: mail.origin.kind === 'imap' ? mail.origin.mailbox : mail.origin.name,
    epoch: mail.origin.kind === 'imap' ? mail.origin.epoch : null,
    uid: mail.origin.kind === 'imap' ? mail.origin.uid : null,
    wait: mail.origin.kind === 'imap' && mail.origin.mustWait,
    only:
      mail.origin.kind !== 'imap'
        ? null
        : mail.origin.tooLarge
          ? 'too-large'
          : mail.origin.notFetched
            ? 'not-fetched'
            : null,
    from: mail.envelope.mailFrom,
    rcpt: mail.envelope.rcptTo,
    size: mail.raw.byteLength,
    lead: firstOf.get(hashes[i]?.toString('hex') ?? '') === i,
  }));
  const json = JSON.stringify(lines);
  const raws = batch.map((mail) => Buffer.from(mail.raw.buffer, mail.raw.byteOffset, mail.raw.byteLength));
  const fresh = await sql<{ id: string; i: number }>`
    with input as (
      select l.*, r.raw from jsonb_to_recordset(${json}::jsonb)
        as l(i int, sha text, arrived timestamptz, door text, name text, wait boolean, "only" text, "from" text, rcpt jsonb, size int, lead boolean)
      join unnest(${raws}::bytea[]) with ordinality r(raw, ord) on r.ord = l.i + 1
      where l.lead and not exists (select from mails m where m.sha256 = decode(l.sha, 'hex'))
    ), stored as (
      insert into mails (arrived_at, door, door_name, mail_from, rcpt_to, sha256, size, headers_only, must_wait, due_at)
      select least(arrived, now()), door, name, "from", array(select jsonb_array_elements_text(rcpt)), decode(sha, 'hex'), size, "only", wait, now() + interval '60 seconds'
      from input order by i
      on conflict (sha256) do nothing
      returning id, sha256, fence
    ), bytes as (
      insert into mail_bytes (mail_id, raw) select s.id, i.raw from stored s join input i on decode(i.sha, 'hex') = s.sha256
    ), work as (
      insert into outbox (queue, row_id, fence) select 'intake', id, fence from stored order by id
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select 'door:' || i.name, 'mail-stored', 'mail', s.id::text, jsonb_build_object('door', i.door)
      from stored s join input i on decode(i.sha, 'hex') = s.sha256
    )
    select s.id, i.i from stored s join input i on decode(i.sha, 'hex') = s.sha256`.execute(tx);
  const storedAt = new Map(fresh.rows.map((row) => [row.i, row.id]));
  const isFirst = JSON.stringify(lines.map((line) => ({ ...line, first: storedAt.has(line.i) })));
  const ways = await sql<{ i: number; id: string }>`
    with l as (
      select l.*, m.id as mail_id from jsonb_to_recordset(${isFirst}::jsonb)
        as l(i int, sha text, door text, name text, epoch int, uid bigint, first boolean) join mails m on m.sha256 = decode(l.sha, 'hex')
    ), way as (
      insert into arrivals (mail_id, door, door_name, epoch, uid, first) select mail_id, door, name, epoch, uid, first from l order by i on conflict do nothing
    )
    select i, mail_id as id from l`.execute(tx);
  const ids = new Map(ways.rows.map((row) => [row.i, row.id]));
  return batch.map((_, i) => {
    const id = ids.get(i);
    if (id === undefined) throw new Failure('database-away', 'a mail was neither stored nor found');
    return { kind: storedAt.has(i) ? 'stored' : 'duplicate', mail: id };
  });
}

export type ClaimedMail = {
  readonly id: string;
  readonly arrivedAt: string;
  readonly mailFrom: string | null;
  readonly rcptTo: string[];
  readonly raw: Buffer | null;
  readonly headersOnly: 'too-large' | 'not-fetched' | null;
  readonly mustWait: boolean;
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
 * A claim older than 30 s under the same number is taken over: its worker is dead, or will find its claim gone. The ids
 * stand there as a list too, and the state in a way that no index answers, so that the server goes by the key.
 */
export async function claimMails(database: Database, jobs: readonly ToClaim[]): Promise<(ClaimedMail | null)[]> {
  const { rows } = await database.ask((db) =>
    sql<ClaimedMail>`
      update mails m set claimed_by = j.worker, claimed_at = now(), tries = tries + 1, due_at = now() + interval '60 seconds'
      from (select distinct on (mail) * from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) as t(mail bigint, fence bigint, worker uuid, bytes boolean) order by mail, fence desc) j
      where m.id = any(${jobs.map(({ mail }) => mail)}::bigint[]) and m.id = j.mail and m.fence = j.fence and m.state || '' = 'new' and (m.claimed_at is null or m.claimed_at < now() - interval '30 seconds')
      returning m.id, to_json(m.arrived_at) #>> '{}' as "arrivedAt", m.mail_from as "mailFrom", m.rcpt_to as "rcptTo", m.headers_only as "headersOnly",
        m.must_wait as "mustWait", m.tries, case when j.bytes then (select raw from mail_bytes b where b.mail_id = m.id) end as raw`.execute(
      db,
    ),
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
export async function releaseMail(
  database: Database,
  mail: string,
  worker: string,
  waitSeconds: number,
  why: string,
): Promise<void> {
  await database.ask((db) =>
    sql`update mails set claimed_by = null, claimed_at = null, due_at = now() + make_interval(secs => ${waitSeconds}), last_failure = ${why.slice(0, 500)}
        where id = ${mail} and claimed_by = ${worker} and state = 'new'`.execute(db),
  );
}

/** Given up after its tries: a person has to look; nothing is deleted. */
export async function buryMail(database: Database, mail: string, worker: string, why: string): Promise<void> {
  await database.ask((db) =>
    sql`with dead as (
          update mails set state = 'dead', claimed_by = null, claimed_at = null, last_failure = ${why.slice(0, 500)}
          where id = ${mail} and claimed_by = ${worker} and state = 'new' returning id)
        insert into audit (actor, action, subject_kind, subject_id, detail)
        select 'intake', 'mail-dead', 'mail', id::text, jsonb_build_object('why', ${why.slice(0, 500)}::text) from dead`.execute(
      db,
    ),
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
        select id from mails where state = 'new' and due_at <= now() and (claimed_at is not null or not ${how.onlyLeft}) order by id limit 2000 for update skip locked
      ), back as (
        update mails m set fence = fence + 1, claimed_by = null, claimed_at = null, due_at = now() + interval '60 seconds'
        from lost where m.id = lost.id returning m.id, m.fence
      ), work as (
        insert into outbox (queue, row_id, fence) select 'intake', id, fence from back order by id
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id) select 'sweeper', 'mail-brought-back', 'mail', id::text from back
      )
      select count(*) as n from back`.execute(db),
  );
  return Number(rows[0]?.n ?? 0);
}
