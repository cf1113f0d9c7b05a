/** One-time codes that the mail may be about (§11.2), newest first, and privileged PINs (§3.r7). */
import { sql } from 'kysely';
import type { ConfirmationFacts, Facts, PrivilegedFacts } from '../../../intake/facts.ts';
import { primaryOf, stateOf } from '../../pins/privileged-pins.ts';
import { senderQuestions } from './letters.ts';

export type ConfirmationsRow = {
  confirmations: ConfirmationFacts[] | null;
  privileged: PrivilegedFacts[] | null;
};

const sendersAnswered = senderQuestions(
  sql`jsonb_array_elements(k.act->'answers') as x(line)`,
  sql`(x.line->>'question')`,
);

export const confirmations = sql`
  case when cardinality(q.codes) > 0 or cardinality(q.letters) > 0 then (
    select json_agg(json_build_object(
      'letter', k.letter_id::text,
      'to', (select l.to_address from letters l where l.id = k.letter_id),
      'asks', k.asks,
      'hash', k.hash,
      'matches', k.hash = any(q."ownCodes"),
      'expired', k.expires_at <= now(),
      'senders', case when k.act->>'kind' = 'senders' then (${sendersAnswered}) end,
      'wrong', k.wrong,
      'closed', k.closed_why) order by k.letter_id desc)
    from asked_codes k
  ) end as confirmations,
  (
    select json_agg(json_build_object(
      'id', p.id::text,
      'told', encode(p.hash, 'hex') = any(q.privileged),
      'named', encode(p.hash, 'hex') = any(q."privilegedNamed"),
      'state', ${stateOf},
      'contact', p.contact_id::text,
      'address', p.address,
      'site', k.site_id::text,
      'case', k.number,
      'until', p.expires_at,
      'primary', ${primaryOf}) order by p.id)
    from found_privileged p
    join cases k on k.id = p.case_id
    join sites s on s.id = k.site_id
  ) as privileged`;

export const confirmationsFacts = (row: ConfirmationsRow): Pick<Facts, 'confirmations' | 'privileged'> => ({
  confirmations: row.confirmations ?? [],
  privileged: row.privileged ?? [],
});
