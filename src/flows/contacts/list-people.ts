/** The people of a site as our own people list them: by call, by command and as a table. */
import { tableOf } from '../../acts/contacts/list-contacts.ts';
import type { Person } from '../../acts/contacts/records.ts';
import type { Policy } from '../../intake/policy.ts';
import { kindsFor, type OptionalKind } from '../../notices/kinds.ts';
import { type Privileges, privilegesOf } from '../../registry/permissions.ts';
import { writeRows } from '../../registry/registry-csv.ts';
import { peopleOf } from '../../store/contacts/people.ts';
import type { Database } from '../../store/database.ts';

type ListedPerson = Omit<Person, 'privileges' | 'siteId'> & {
  /** As they stand, by the role and what is set apart. */
  readonly privileges: Privileges;
  readonly granted: Person['privileges'] | null;
  /** Kinds of letters that can be ended, and that they get (§10.6). */
  readonly letters: readonly OptionalKind[];
};
export type ListedPeople = { readonly items: readonly ListedPerson[]; readonly csv: string };

/** Null: there is no such site. */
export async function listPeople(
  { database, policy }: { readonly database: Database; readonly policy: Policy },
  site: string,
): Promise<ListedPeople | null> {
  const [record] = await database.ask((db) => peopleOf(db, [site], true));
  if (!record) return null;
  const items = record.people.map(({ siteId: _, privileges, ...one }) => ({
    ...one,
    privileges: privilegesOf(one.role, policy, privileges),
    granted: privileges ?? null,
    letters: kindsFor({ ...one, ...(privileges && { privileges }) }, policy),
  }));
  return { items, csv: writeRows(tableOf(record, policy)) };
}
