/** Requests for access as lists and one by one. Read only; ids grow with time and serve as cursors. */
import { type RawBuilder, sql } from 'kysely';
import { type AccessRequest, type RequestState, stateAfter } from '../../access/request.ts';
import type { Database } from '../database.ts';
import { oneOf } from '../literals.ts';
import { cut, type Page, type PageOf, time, whole } from '../reports/reports.ts';

export type RequestRow = {
  readonly id: string;
  /** The digits that were typed. */
  readonly site: string | null;
  /** Of a registration (§8.11), as it was typed. */
  readonly licence: string | null;
  readonly name: string | null;
  readonly address: string;
  readonly role: string | null;
  readonly justification: string | null;
  /** Oldest first; whoever is on record still stands in `by` with their address. */
  readonly steps: AccessRequest;
};
export type RequestFilter = PageOf & {
  readonly state?: RequestState | undefined;
  /** One of these. */
  readonly states?: readonly RequestState[] | undefined;
  readonly site?: string | undefined;
  /** Normalised. */
  readonly address?: string | undefined;
  /** What waits longest comes first; `before` is behind it then. */
  readonly oldest?: boolean | undefined;
};

const requestColumns = sql`
  r.id::text as id,
  r.site_named as site,
  r.licence_named as licence,
  r.name,
  r.address,
  r.role,
  r.justification,
  (
    select coalesce(json_agg(
      t.detail || jsonb_build_object('kind', t.kind, 'by', coalesce(a.address, t.by), 'at', ${time('t.at')})
      order by t.id), '[]')
    from access_request_steps t
    left join contact_addresses a
      on a.main and a.contact_id = substring(t.by from '^contact ([0-9]{1,18})$')::bigint
    where t.request_id = r.id
  ) as steps`;

const lastOf = (id: RawBuilder<unknown>, kinds: readonly string[]) => sql`
  select h.kind
  from access_request_steps h
  where h.request_id = ${id} and h.kind in ${oneOf(kinds)}
  order by h.id desc
  limit 1`;
const kinds = Object.keys(stateAfter.step);
/** Of the request with that id. */
export const requestState = (id: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  coalesce(
    ${JSON.stringify(stateAfter.step)}::jsonb ->> coalesce(
      nullif((${lastOf(id, [...kinds, stateAfter.back])}), ${stateAfter.back}),
      (${lastOf(
        id,
        kinds.filter((kind) => !stateAfter.decisions.includes(kind)),
      )})),
    ${stateAfter.first})`;

/** Newest first, or oldest. */
export async function listRequests(database: Database, filter: RequestFilter): Promise<Page<RequestRow>> {
  const where: RawBuilder<unknown>[] = [];
  if (filter.state !== undefined) where.push(sql`r.state = ${filter.state}`);
  if (filter.states !== undefined) where.push(sql`r.state in ${oneOf(filter.states)}`);
  if (filter.site !== undefined) where.push(sql`r.site_named = ${filter.site}`);
  if (filter.address !== undefined) where.push(sql`r.address = ${filter.address}`);
  const [further, order] = filter.oldest ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  if (filter.before !== null) where.push(sql`r.id ${further} ${filter.before}::bigint`);
  const { rows } = await database.ask((db) =>
    sql<RequestRow>`
      select ${requestColumns}
      from access_requests r
      where ${whole(where)}
      order by r.id ${order}
      limit ${filter.limit + 1}`.execute(db),
  );
  return cut(rows, filter.limit, (row) => row.id);
}

export async function findRequest(database: Database, id: string): Promise<RequestRow | null> {
  const { rows } = await database.ask((db) =>
    sql<RequestRow>`select ${requestColumns} from access_requests r where r.id = ${id}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}
