/**
 * Words in cases, by PostgreSQL's full text: in number, title, whoever asked for it, its site, and in what was written on it. No index
 * helps: every mail would pay for it. Cases are gone through from the newest until a page is full.
 */
import { type RawBuilder, sql } from 'kysely';
import type { SearchWord } from '../../cases/search-words.ts';

/** Words end at these, so that each part of an address is found: the parser of PostgreSQL would keep `ada@aldous.example` whole. */
const marks = '@._-/\\:;,()[]{}<>"\'`#+=*&|!?~^%$’‘“”„«»–—…・、。：，；！？（）「」【】\u00a0\u3000';
/** A longer text would be no text vector any more, whatever its words. */
const mostLetters = 200_000;

function holds(text: RawBuilder<unknown>, { forms, begins, anywhere }: SearchWord): RawBuilder<unknown> {
  const letters = sql.join(
    forms.map((form) => sql`strpos(lower(${text}), ${form}) > 0`),
    sql` or `,
  );
  if (anywhere) return sql`(${letters})`;
  const query = forms.map((form) => `'${form}'${begins ? ':*' : ''}`).join(' | ');
  const plain = sql`translate(left(${text}, ${mostLetters}), ${marks}, repeat(' ', ${marks.length}))`;
  // Letters are found far sooner than a text is cut into words, and most texts hold not even those.
  return sql`
    case
      when ${letters} then to_tsvector('simple', ${plain}) @@ to_tsquery('simple', ${query})
      else false
    end`;
}

const head = sql`
  concat_ws(' ',
    c.number, c.title, c.contact_address, (select p.name from contacts p where p.id = c.contact_id), s.number, s.name)`;

/** Of a case `c` of the site `s`: each of the words somewhere in it. */
export const caseHolds = (words: readonly SearchWord[]): RawBuilder<unknown>[] =>
  words.map(
    (word) => sql`(
      ${holds(head, word)}
      or exists (
        select
        from case_messages m
        where m.case_id = c.id and ${holds(sql`m.text`, word)}))`,
  );
