/** Everything a decision asks for. Each subject of `facts/` has a fragment of the statement beside the type that it fills. */
import { sql } from 'kysely';
import type { Facts, Question } from '../../intake/facts.ts';
import { withSubscribers } from '../contacts/subscriptions.ts';
import type { Db, Tx } from '../database.ts';
import { withServiceTags } from '../registry/service-tags.ts';
import { withAccess } from './facts/access.ts';
import { type CasesRow, cases } from './facts/cases.ts';
import { type ConfirmationsRow, confirmations, confirmationsFacts } from './facts/confirmations.ts';
import { type CopiedRow, copied, copiedFacts } from './facts/copied.ts';
import { type EarlierRow, earlier, earlierFacts } from './facts/earlier.ts';
import { found } from './facts/found.ts';
import { type GuessingRow, guessing, guessingFacts } from './facts/guessing.ts';
import { type HistoryRow, historyFacts, letterCounts, saidBefore, toOthers, toSender } from './facts/history.ts';
import { type LettersRow, letters, lettersFacts } from './facts/letters.ts';
import { withPeople } from './facts/people.ts';
import { questionRows } from './facts/question.ts';
import { type QuotableRow, quotable, quotableFacts } from './facts/quotable.ts';
import { type RegistryRow, registry, registryFacts } from './facts/registry.ts';
import { type SelfServiceRow, selfServiceColumns, withStanding } from './facts/self-service.ts';
import { withWork } from './facts/work.ts';

export { fingerprint } from './facts/question.ts';

type Row = { i: number; now: string } & EarlierRow &
  RegistryRow &
  CasesRow &
  CopiedRow &
  LettersRow &
  ConfirmationsRow &
  SelfServiceRow &
  HistoryRow &
  GuessingRow &
  QuotableRow;

export type Loaded = {
  readonly facts: Facts;
  /** PostgreSQL's clock, ISO 8601. */
  readonly now: string;
  /** Letters of the last 24 hours by the sender's rate keys: where there are more when it is written down, they have moved. */
  readonly letterCounts: Readonly<Record<string, number>>;
};

/** `staff` are the addresses of our own people. */
export const factsStatement = (questions: readonly Question[], staff: readonly string[]) => sql<Row>`
  select q.i, f.*
  from ${questionRows(questions)}
  cross join lateral (
    with recursive ${found}
    select
      to_json(now()) #>> '{}' as now,
      ${earlier},
      ${registry},
      ${cases},
      ${letters},
      ${copied},
      ${confirmations},
      ${selfServiceColumns},
      ${toSender},
      ${guessing},
      ${saidBefore},
      ${quotable},
      ${letterCounts},
      ${toOthers(staff)}
  ) f
  order by q.i`;

/** In one round trip for any number of mails, with PostgreSQL's clock. Instants come as ISO 8601 with offset, days as ISO dates. */
export async function loadFacts(
  db: Db | Tx,
  questions: readonly Question[],
  staff: readonly string[],
): Promise<Loaded[]> {
  const { rows } = await factsStatement(questions, staff).execute(db);
  const [first] = rows;
  const all = rows.map((row) => loaded(row, first as Row));
  const worked = await withWork(db, questions, all);
  const told = await withServiceTags(db, questions, await withStanding(db, questions, worked));
  const people = await withPeople(db, questions, told);
  return withSubscribers(db, questions, await withAccess(db, questions, people));
}

const loaded = (row: Row, first: Row): Loaded => ({
  now: row.now,
  letterCounts: row.letterCounts ?? {},
  facts: {
    ...earlierFacts(row),
    ...registryFacts(row, first),
    ...guessingFacts(row),
    cases: row.cases ?? [],
    ...confirmationsFacts(row),
    selfService: row.selfService,
    ...copiedFacts(row),
    ...quotableFacts(row),
    ...lettersFacts(row),
    ...historyFacts(row),
  },
});
