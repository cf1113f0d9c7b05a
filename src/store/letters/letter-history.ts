import { sql } from 'kysely';
import type { LetterTemplate } from '../../outbound/letter.ts';
import { dayHours, hourHours, type Past } from '../../outbound/letter-limits.ts';
import type { Db, Tx } from '../database.ts';
import { awaiting, hours, outcome } from '../literals.ts';

export type HistoryNow = {
  readonly byKey: ReadonlyMap<string, readonly Past[]>;
  readonly strangersHour: number;
  readonly strangersDay: number;
};

/** Under what letters to somebody are counted; `hourOnly`: the last hour is enough of theirs. */
export type HistoryKey = { readonly key: string; readonly hourOnly: boolean };

const hour = hours(hourHours);
const day = hours(dayHours);

/** Of letters `l`: what it was about has been settled since (POLICY §3 "Letters, how many"), so that it counts for no loop. */
export const letterSettled = sql<boolean>`
  case
    when l.settled_at is not null then true
    when l.asks->>'kind' = 'missing-pin' then exists (
      select
      from mails m
      where m.id = (l.asks->>'mail')::bigint and m.outcome not in ${awaiting('pin')}
    )
    when l.asks->>'kind' = 'senders' then not exists (
      select
      from jsonb_array_elements_text(l.asks->'questions') x(id)
      join sender_questions s on s.id = x.id::bigint
      where s.answer is null
    )
    when l.template = ${sql.lit('support-lapsed' satisfies LetterTemplate)} then exists (
      select from mails m where m.id = l.caused_by and m.outcome = ${outcome('case-opened')}
    )
    else false
  end`;

/**
 * The history, read while nobody else may write to these rate keys until the transaction ends: two mails decided at the same moment
 * would not see each other's letters. Keys are locked in one order.
 */
export async function lockHistory(tx: Tx, keys: readonly HistoryKey[], strangers: boolean): Promise<HistoryNow> {
  const wanted = [...new Set([...keys.map(({ key }) => key), ...(strangers ? [' strangers'] : [])])].sort();
  await sql`
    select pg_advisory_xact_lock(hashtext('letters'), hashtext(k))
    from (select k from unnest(${wanted}::text[]) as u(k) order by k) as s`.execute(tx);
  return readHistory(tx, keys, strangers);
}

/** The letters of the last 24 hours to these rate keys, of some those of the last hour. */
export async function readHistory(tx: Tx | Db, keys: readonly HistoryKey[], strangers: boolean): Promise<HistoryNow> {
  const [hourly = [], daily = []] = [true, false].map((of) =>
    keys.flatMap((one) => (one.hourOnly === of ? [one.key] : [])),
  );
  const { rows } = await sql<{ letters: (Past & { key: string })[] | null; hour: string; day: string }>`
    select
      (
        select json_agg(json_build_object(
          'key', rate_key,
          'template', template,
          'matter', matter,
          'at', created_at,
          'followsOwn', follows_own,
          'suppressed', state = 'suppressed',
          'settled', ${letterSettled}))
        from (
          select * from letters where rate_key = any(${daily}::text[]) and created_at > now() - ${day}
          union all
          select * from letters where rate_key = any(${hourly}::text[]) and created_at > now() - ${hour}
        ) l
      ) as letters,
      (
        select count(*)
        from letters
        where ${strangers} and stranger and state <> 'suppressed' and created_at > now() - ${hour}
      ) as hour,
      (
        select count(*)
        from letters
        where ${strangers} and stranger and state <> 'suppressed' and created_at > now() - ${day}
      ) as day`.execute(tx);
  const byKey = new Map<string, Past[]>(keys.map(({ key }) => [key, []]));
  for (const { key, ...past } of rows[0]?.letters ?? []) byKey.get(key)?.push(past);
  return { byKey, strangersHour: Number(rows[0]?.hour ?? 0), strangersDay: Number(rows[0]?.day ?? 0) };
}
