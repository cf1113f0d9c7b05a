/** Sessions of the console: begun by whatever way somebody signs in, found with every request, over at once where they are none of ours. */
import type { SignInFailed } from '../../changes/staff/sign-in.ts';
import { deviceOf, memberNow, type SignInWay } from '../../staff/sign-in.ts';
import type { StaffMember } from '../../staff/staff.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Tx } from '../../store/database.ts';
import { findSession, sessionStands } from '../../store/sign-in/sessions.ts';
import { type Caller, memberOf, type SignInDeps } from './deps.ts';
import { drawToken, hashesOf, hashOf, isTokenForm } from './secrets.ts';

export type SignedIn = {
  readonly member: StaffMember;
  /** Its id, which is no secret. */
  readonly session: string;
  /** What a form of this session holds. */
  readonly form: string;
};

/** Null: nobody is signed in by this token. */
export async function signedInBy(deps: SignInDeps, token: string, seen: boolean): Promise<SignedIn | null> {
  if (!isTokenForm(token)) return null;
  const found = await findSession(deps.database, hashesOf(deps.vault, 'console session', token), seen);
  const member = found && memberNow(deps.policy.desk.people, found.staff, found.added);
  if (!found || !member) return null;
  return { member, session: found.id, form: hashOf(deps.vault, 'console form', token).toString('base64url') };
}

export const stillStands = ({ database }: SignInDeps, session: string): Promise<boolean> =>
  sessionStands(database, session);

type How = { readonly way: SignInWay; readonly caller: Caller };

/**
 * A new session, and its token. `alone` is what has to hold in the same transaction: a code is used up, once. Null where that does not
 * hold, or where they are none of ours any more.
 */
export async function beginSession(
  deps: SignInDeps,
  email: string,
  { way, caller }: How,
  alone: (tx: Tx) => Promise<boolean>,
): Promise<string | null> {
  const member = await memberOf(deps, email);
  if (!member) return null;
  const token = drawToken();
  const hash = hashOf(deps.vault, 'console session', token).toString('hex');
  const begun = await deps.database.transaction(async (tx) => {
    if (!(await alone(tx))) return false;
    const of = {
      staff: member.email,
      at: new Date().toISOString(),
      by: { kind: 'console', staff: member.email },
    } as const;
    const device = deviceOf(caller.userAgent);
    await writeChanges(tx, [{ kind: 'session-started', session: '', token: hash, way, device, ...of }]);
    return true;
  });
  return begun ? token : null;
}

/** On record, whoever it was. */
export async function noteFailure(
  deps: Pick<SignInDeps, 'database'>,
  failed: Pick<SignInFailed, 'staff' | 'way' | 'why'>,
): Promise<void> {
  const at = new Date().toISOString();
  await deps.database.transaction((tx) =>
    writeChanges(tx, [{ kind: 'sign-in-failed', at, by: { kind: 'sign-in' }, ...failed }]),
  );
}
