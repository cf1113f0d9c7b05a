/**
 * Whoever is none of ours any more has no session and no passkey, by whatever way they went: a line taken out of postern.yaml tells nobody.
 * Without this they would sign nobody in, and be good again as soon as somebody stands there anew.
 */
import type { OwnChange } from '../../changes/change.ts';
import type { StaffMember } from '../../staff/staff.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Database } from '../../store/database.ts';
import { signInsLeft } from '../../store/sign-in/sign-ins-left.ts';

type Deps = {
  readonly database: Database;
  readonly policy: { readonly desk: { readonly people: readonly StaffMember[] } };
};

/** Returns how many sessions and passkeys ended. */
export function endSignInsLeft({ database, policy }: Deps): Promise<number> {
  const inFile = policy.desk.people.filter(({ added }) => added !== true).map(({ email }) => email);
  return database.transaction(async (tx) => {
    const { sessions, passkeys } = await signInsLeft(tx, inFile);
    const at = new Date().toISOString();
    const by = { kind: 'clock' } as const;
    const changes: OwnChange[] = [
      ...sessions.map(
        ({ id, staff, device }) => ({ kind: 'session-ended', session: id, staff, device, at, by }) as const,
      ),
      ...passkeys.map(
        ({ id, staff, name }) => ({ kind: 'passkey-removed', passkey: id, staff, name, at, by }) as const,
      ),
    ];
    if (changes.length > 0) await writeChanges(tx, changes);
    return changes.length;
  });
}
