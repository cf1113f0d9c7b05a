/** What guessing has led to (POLICY §3 "Guessing"), and whom our own people have shut out. Only where a PIN is named. */
import { sql } from 'kysely';
import type { Facts } from '../../../intake/facts.ts';

export type GuessingRow = {
  pinLock: { locked: boolean; silent: boolean } | null;
  blocked: boolean;
  contactLock: boolean;
};

export const guessing = sql`
  case when cardinality(q.guesses) > 0 then (
    select json_build_object(
      'locked', coalesce(bool_or(k.locked_until > q."arrivedAt"), false),
      'silent', coalesce(bool_or(k.silent_until > q."arrivedAt"), false))
    from pin_locks k
    where k.key = any(q.guesses)
  ) end as "pinLock",
  not exists (select from found_contacts)
    and exists (select from blocked_senders b where b.key = any(q.blocks) and b.lifted_at is null) as blocked,
  cardinality(q.guesses) > 0 and exists (
    select from found_contacts c
    join pin_locks k on k.key = 'contact:' || c.id
    where k.locked_until > q."arrivedAt"
  ) as "contactLock"`;

export const guessingFacts = (row: GuessingRow): Pick<Facts, 'pinLock' | 'blocked'> => ({
  pinLock: { ...(row.pinLock ?? { locked: false, silent: false }), contact: row.contactLock },
  blocked: row.blocked,
});
