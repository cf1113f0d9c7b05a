/** Which rows have to do with an erased person (POLICY §11.5): a name in others is that of somebody else who is called the same. */
import { type RawBuilder, sql } from 'kysely';

export type Theirs = {
  /** A pattern of their addresses. */
  readonly address: RawBuilder<unknown>;
  /** What stands for them where they were replaced before, by `like`. */
  readonly token: RawBuilder<unknown>;
  /** The sites where they were on record, by id. */
  readonly sites: RawBuilder<unknown>;
};
/** Of rows `t`. */
export type Tied = (theirs: Theirs) => RawBuilder<unknown>;

/** Mails are looked through some at a time: those further on have the address yet. */
const isTheirs = (column: RawBuilder<unknown>, { address, token }: Theirs) =>
  sql`(${column} like ${token} or ${column} ~* ${address})`;

const at = (column: string) => sql.ref(`t.${column}`);

export const ofMail =
  (column: string): Tied =>
  (theirs) =>
    sql`exists (select from mails w where w.id = ${at(column)} and ${isTheirs(sql`w.from_address`, theirs)})`;

export const ofSite =
  (column: string): Tied =>
  ({ sites }) =>
    sql`${at(column)} = any(${sites})`;

/** Of their site, or with a mail or a message of theirs. */
export const ofCase =
  (column: string): Tied =>
  (theirs) =>
    sql`exists (
    select
    from cases k
    where k.id = ${at(column)}
      and (
        k.site_id = any(${theirs.sites})
        or ${isTheirs(sql`k.contact_address`, theirs)}
        or exists (select from mails w where w.case_id = k.id and ${isTheirs(sql`w.from_address`, theirs)})
        or exists (select from case_messages w where w.case_id = k.id and ${isTheirs(sql`w.author`, theirs)})))`;

/** By or to somebody of their site. */
export const ofColleague =
  (column: string): Tied =>
  ({ sites }) =>
    sql`exists (
    select
    from contact_addresses a
    join contacts c on c.id = a.contact_id
    where a.address = ${at(column)} and c.site_id = any(${sites}))`;

/** As its number was typed. */
export const siteNamed: Tied = ({ sites }) =>
  sql`exists (select from sites s where s.number = t.site_named and s.id = any(${sites}))`;

export const ofRequest: Tied = (theirs) => sql`exists (
  select
  from access_requests r
  left join sites s on s.number = r.site_named
  where r.id = t.request_id and (${isTheirs(sql`r.address`, theirs)} or s.id = any(${theirs.sites})))`;

export const anyOf =
  (...all: readonly Tied[]): Tied =>
  (theirs) =>
    sql`(${sql.join(
      all.map((one) => one(theirs)),
      sql` or `,
    )})`;
