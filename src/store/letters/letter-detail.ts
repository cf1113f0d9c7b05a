/** One letter with what is known of it. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { time } from '../reports/reports.ts';
import { type LetterListItem, letterColumns } from './letter-list.ts';

export type LetterAnswer = {
  readonly mail: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly at: string;
  readonly outcome: string | null;
};

export type LetterDetail = LetterListItem & {
  readonly language: string;
  readonly envelopeFrom: string;
  readonly matter: string;
  readonly sealed: boolean;
  /** Null where it was held back when it was written, or is deleted. */
  readonly raw: Buffer | null;
  readonly emptiedAt: string | null;
  readonly giveUpAt: string;
  /** While it is on its way: when it is tried next. */
  readonly dueAt: string;
  readonly inHand: boolean;
  readonly markedAt: string | null;
  /** The mail that it follows from, and what that was about. */
  readonly cause: { readonly from: string | null; readonly subject: string | null } | null;
  readonly answers: readonly LetterAnswer[];
};

/** Mails that answer it are among those of its case, and of whoever it went to; so many are looked at. */
const mostLooked = 300;

export async function letterDetail(db: Db, id: string): Promise<LetterDetail | null> {
  const { rows } = await sql<LetterDetail>`
    select
      ${letterColumns},
      l.language,
      l.envelope_from as "envelopeFrom",
      l.matter,
      l.sealed,
      case when l.emptied_at is null then l.raw end as raw,
      ${time('l.emptied_at')} as "emptiedAt",
      ${time('l.give_up_at')} as "giveUpAt",
      ${time('l.due_at')} as "dueAt",
      l.claimed_at is not null as "inHand",
      ${time('l.marked_at')} as "markedAt",
      (
        select json_build_object('from', m.from_address, 'subject', m.subject) from mails m where m.id = l.caused_by
      ) as cause,
      coalesce(
        (
          select json_agg(json_build_object(
            'mail', a.id::text,
            'from', a.from_address,
            'subject', a.subject,
            'at', ${time('a.arrived_at')},
            'outcome', a.outcome) order by a.id)
          from (
            (select m.* from mails m where m.case_id = l.case_id order by m.id desc limit ${mostLooked})
            union
            (
              select m.*
              from mails m
              where m.from_address = l.to_address and m.arrived_at >= l.created_at
              order by m.arrived_at
              limit ${mostLooked}
            )
          ) a
          where a.facts->'threads' @> jsonb_build_array(jsonb_build_object('letter', l.id::text))
        ),
        '[]') as answers
    from letters l
    where l.id = ${id}::bigint`.execute(db);
  return rows[0] ?? null;
}
