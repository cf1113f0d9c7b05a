import { type Kysely, sql } from 'kysely';

/** What is looked for among held mails and letters stands in a column of its own, beside the sentence that people read. */
const statements = `
alter table mails add column reason_code text;
alter table letters add column state_code text;

update mails m
set reason_code = (
  select substring(d.reason from '[(](spam|blocked|pin-guessing)[)][.]$')
  from decisions d
  where d.mail_id = m.id
    and d.outcome <> 'refused'
    and (d.rule <> 'r5' or d.outcome = 'answer-settled')
  order by d.id desc
  limit 1)
where m.outcome like 'held-%'
  or m.outcome = 'refused'
  or m.settled_by is not null;

update letters
set state_code = case state_reason
  when 'held: stopped' then 'stopped'
  when 'held: resting' then 'resting'
  when 'held: rate' then 'rate'
  when 'over the number of acknowledgements: one letter sums up' then 'over-limit'
  when 'the contract was renewed: one letter sums up' then 'after-renewal'
end
where state <> 'sent';

drop index mails_marked_spam;
create index mails_by_reason on mails (reason_code, stored_at) where reason_code is not null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
