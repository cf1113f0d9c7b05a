/** Why mails were not decided and letters have not left, grouped by what was said. */
import { type RawBuilder, sql } from 'kysely';
import { beforeCause } from '../../upkeep/given-up.ts';
import type { CauseCount } from '../../upkeep/overview/look.ts';
import { time } from '../reports/reports.ts';

/** So many rows are looked at: what waits for another try is few, or the same again and again. */
export const mostLooked = 10_000;

/** Of a mail `m`: the name of the error or its first line, without what was put before it when the mail was given up. */
export const mailCause = sql`
  coalesce(
    nullif(
      left(
        split_part(
          regexp_replace(m.last_failure, ${beforeCause}::text, ''),
          chr(10),
          1),
        200),
      ''),
    'unknown')`;

/** Of a letter `l`: the first line of what the server answered. */
export const letterCause = sql`coalesce(nullif(left(split_part(l.response, chr(10), 1), 200), ''), 'unknown')`;

/** Mails `m` that failed and are tried again by themselves: nobody has them in hand. */
export const mailsAgain = sql`m.state = 'new' and m.tries > 0 and m.last_failure is not null and m.claimed_at is null`;
export const mailsGivenUp = sql`m.state = 'dead'`;
/** Letters `l` that were tried and wait for another try; what the rate or a pause holds back has failed at nothing. */
export const lettersAgain = sql`
  l.state in ('queued', 'unknown') and l.attempts > 0 and l.state_code is null and l.claimed_at is null`;

const grouped = (found: RawBuilder<unknown>): RawBuilder<CauseCount[]> => sql`(
  select coalesce(
    json_agg(json_build_object(
      'cause', cause,
      'count', count,
      'since', ${time('since')},
      'next', ${time('next')}) order by count desc, cause),
    '[]')
  from (
    select cause, count(*)::int as count, min(since) as since, min(next) as next
    from (${found}) f
    group by cause
    order by count(*) desc, cause
    limit 20
  ) g)`;

export const mailsAgainByCause = grouped(sql`
  select ${mailCause} as cause, m.stored_at as since, m.due_at as next
  from mails m
  where ${mailsAgain}
  limit ${mostLooked}`);

export const mailsGivenUpByCause = grouped(sql`
  select ${mailCause} as cause, m.stored_at as since, null::timestamptz as next
  from mails m
  where ${mailsGivenUp}
  limit ${mostLooked}`);

export const lettersAgainByCause = grouped(sql`
  select ${letterCause} as cause, l.created_at as since, l.due_at as next
  from letters l
  where ${lettersAgain}
  limit ${mostLooked}`);
