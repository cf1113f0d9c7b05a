/** Texts of ours that the mail may quote: only where it answers a letter of ours. */
import { sql } from 'kysely';
import { letterId } from '../../../foundation/ids.ts';
import type { Facts, Quotable } from '../../../intake/facts.ts';

export type QuotableRow = {
  quotedLetters: { id: string; text: string | null; raw: string | null; sealed: boolean }[] | null;
  quotedMails: { text: string; letter: boolean }[] | null;
};

/** A letter on a case stands there as text; another one, and one with the words of a person, who alone stand there, only in its bytes; the text part comes first in them. */
export const quotable = sql`
  case when q."mayQuote" then (
    select json_agg(json_build_object(
      'id', l.id::text,
      'sealed', l.sealed,
      'text', m.text,
      'raw', case when m.text is null then encode(
        case when l.sealed then l.raw else substring(l.raw from 1 for 32768) end, 'base64') end) order by a.place)
    from (select * from unnest(q.letters) with ordinality a(id, place) limit 3) a
    join letters l on l.id = a.id
    left join case_messages m on m.letter_id = l.id and m.automatic
  ) end as "quotedLetters",
  case when q."mayQuote" then (
    select json_agg(json_build_object('text', left(e.text, 8000), 'letter', e.direction = 'out'))
    from (
      select m.text, m.direction
      from case_messages m
      where m.case_id in (select c.id from asked_cases c)
        and m.direction <> 'note'
        and m.mail_id is distinct from q.mail
        and (m.letter_id is null or m.letter_id <> all(q.letters[1:3]))
      order by m.at desc, m.id desc
      limit 20
    ) e
  ) end as "quotedMails"`;

export function quotableFacts({ quotedLetters, quotedMails }: QuotableRow): Pick<Facts, 'quotable'> {
  const letters = (quotedLetters ?? []).flatMap(({ id, text, raw, sealed }): Quotable[] => {
    if (text !== null) return [{ text, letter: true }];
    return raw === null ? [] : [{ id: letterId(id), raw, sealed }];
  });
  const all = [...letters, ...(quotedMails ?? [])];
  return all.length === 0 ? {} : { quotable: all };
}
