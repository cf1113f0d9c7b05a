/** Who got a copy of the mail: only of a mail that has copies. */
import { sql } from 'kysely';
import { contactId, siteId } from '../../../foundation/ids.ts';
import type { Facts } from '../../../intake/facts.ts';
import { contactJson } from './registry.ts';

export type CopiedRow = { copied: Facts['copied'] | null; leavers: Facts['leavers'] | null };

export const copied = sql`
  case when cardinality(q.copied) > 0 then (
    select json_agg(${contactJson} order by c.id)
    from contacts c
    where c.id in (select a.contact_id from contact_addresses a where a.address = any(q.copied))
  ) end as copied,
  case when cardinality(q.copied) > 0 then (
    select json_agg(json_build_object('case', k.number, 'address', l.address))
    from asked_cases k
    join case_leavers l on l.case_id = k.id
  ) end as leavers`;

export const copiedFacts = ({ copied: found, leavers }: CopiedRow): Pick<Facts, 'copied' | 'leavers'> => ({
  ...(found && { copied: found.map((one) => ({ ...one, id: contactId(one.id), siteId: siteId(one.siteId) })) }),
  ...(leavers && { leavers }),
});
