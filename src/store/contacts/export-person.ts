/** What is held of a person, table by table (POLICY §11.5). Secrets stand nowhere in it: hashes of PINs and codes are left out. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database.ts';

type Row = Readonly<Record<string, unknown>>;
type WithId = Row & { readonly id: string };
export type PersonHeld = {
  readonly address: string;
  /** By site. */
  readonly contacts: readonly Row[];
  readonly mails: readonly WithId[];
  readonly letters: readonly WithId[];
  readonly cases: readonly Row[];
  readonly messages: readonly Row[];
  readonly accessRequests: readonly Row[];
  readonly questionsAbout: readonly Row[];
  readonly privilegedPins: readonly Row[];
  readonly subscriptions: readonly Row[];
  readonly blocks: readonly Row[];
  readonly audit: readonly Row[];
};

export async function heldOfPerson(database: Database, address: string): Promise<PersonHeld> {
  return database.snapshot(async (db) => {
    const { rows: persons } = await sql<{ id: string }>`
      select contact_id::text as id from contact_addresses where address = ${address}`.execute(db);
    const ids = sql`any(${persons.map(({ id }) => id)}::bigint[])`;
    const { rows: all } = await sql<{ address: string }>`
      select ${address} as address
      union
      select address from contact_addresses where contact_id = ${ids}
      union
      select address from subscriptions where contact_id = ${ids}`.execute(db);
    const theirs = sql`any(${all.map((one) => one.address)}::text[])`;
    const list = async <T extends Row>(query: RawBuilder<unknown>): Promise<T[]> => {
      const { rows } = await sql<{ row: T }>`select to_jsonb(q) as row from (${query}) q`.execute(db);
      return rows.map(({ row }) => row);
    };
    return {
      address,
      contacts: await list(sql`
        select c.id::text, s.number as site, s.name as "siteName", c.name, c.role, c.types, c.privileges,
          c.phone, c.hours, c.street, c.city, c.state, c.postal_code as "postalCode", c.until,
          c.verified_at as "verifiedAt", c.doubtful_since as "doubtfulSince",
          array(select a.address from contact_addresses a where a.contact_id = c.id order by a.main desc) as addresses
        from contacts c
        join sites s on s.id = c.site_id
        where c.id = ${ids}
        order by s.number`),
      mails: await list(sql`
        select m.id::text, m.arrived_at as "arrivedAt", m.from_address as "from", m.to_addresses as "to", m.subject,
          m.outcome, m.reason, (select number from cases c where c.id = m.case_id) as "case",
          m.emptied_at as "emptiedAt"
        from mails m
        where m.from_address = ${theirs}
        order by m.id`),
      letters: await list(sql`
        select l.id::text, l.template, l.to_address as "to", l.subject, l.state, l.created_at as "writtenAt",
          l.sent_at as "sentAt", (select number from cases c where c.id = l.case_id) as "case"
        from letters l
        where l.to_address = ${theirs}
        order by l.id`),
      cases: await list(sql`
        select c.number, s.number as site, c.title, c.status, c.severity, c.opened_at as "openedAt",
          c.closed_at as "closedAt", c.contact_id = ${ids} as "theirOwn"
        from cases c
        join sites s on s.id = c.site_id
        where c.contact_id = ${ids}
          or c.contact_address = ${theirs}
          or exists (select from case_participants p where p.case_id = c.id and p.address = ${theirs})
        order by c.id`),
      messages: await list(sql`
        select (select number from cases c where c.id = m.case_id) as "case", m.at, m.author, m.text, m.attachments
        from case_messages m
        where m.contact_id = ${ids} or m.author = ${theirs}
        order by m.id`),
      accessRequests: await list(sql`
        select r.id::text, r.site_named as site, r.address, r.name, r.country, r.role, r.justification, r.phone,
          (
            select json_agg(json_build_object('kind', t.kind, 'at', t.at, 'detail', t.detail) order by t.id)
            from access_request_steps t
            where t.request_id = r.id
          ) as steps
        from access_requests r
        where r.address = ${theirs}
        order by r.id`),
      questionsAbout: await list(sql`
        select s.number as site, q.address, q.name, q.title, q.asked_at as "askedAt", q.answer,
          q.settled_at as "settledAt"
        from sender_questions q
        join sites s on s.id = q.site_id
        where q.address = ${theirs}
        order by q.id`),
      privilegedPins: await list(sql`
        select p.address, p.issued_at as "issuedAt", p.expires_at as "expiresAt", p.redeemed_at as "redeemedAt",
          p.revoked_at as "revokedAt"
        from privileged_pins p
        where p.contact_id = ${ids}
        order by p.id`),
      subscriptions: await list(sql`
        select u.kind, u.wanted, u.address, u.since
        from subscriptions u
        where u.contact_id = ${ids}
        order by u.kind`),
      blocks: await list(sql`
        select b.key, b.blocked_at as "blockedAt", b.lifted_at as "liftedAt"
        from blocked_senders b
        where b.key = ${theirs}
        order by b.id`),
      audit: await list(sql`
        select a.at, a.actor, a.action, a.detail
        from audit a
        where a.subject_kind = 'contact' and a.subject_id = any(${persons.map(({ id }) => id)}::text[])
        order by a.id`),
    };
  });
}

/** Null where they are gone, or sealed: what tells a secret is shown by its line alone. */
export async function letterBytes(database: Database, id: string): Promise<Buffer | null> {
  const { rows } = await database.ask((db) =>
    sql<{ raw: Buffer | null }>`select raw from letters where id = ${id}::bigint and not sealed`.execute(db),
  );
  return rows[0]?.raw ?? null;
}
