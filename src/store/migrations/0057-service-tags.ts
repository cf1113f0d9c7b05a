import { type Kysely, sql } from 'kysely';

const statements = `
-- A licence is named by its service tag as well (POLICY §1). One may move to another licence within one import.
alter table licences add column service_tag text;
alter table licences add constraint a_service_tag_is_given_once unique (service_tag) deferrable initially deferred;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
