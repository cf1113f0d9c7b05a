import type { Log } from '../../foundation/log.ts';
import type { Policy } from '../../intake/policy.ts';
import type { OpenIdProvider } from '../../sign-in/provider.ts';
import { memberNow } from '../../staff/sign-in.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { Database } from '../../store/database.ts';
import { staffRows } from '../../store/staff/staff-rows.ts';
import type { Sealer } from '../../vault/seal.ts';
import type { LetterDeps } from '../letters/send.ts';

export type SignInDeps = Pick<LetterDeps, 'letterBuilder' | 'relay'> & {
  readonly database: Database;
  readonly vault: Sealer;
  readonly policy: Policy;
  readonly log: Log;
  /** Where browsers find us. */
  readonly publicUrl: string;
  /** Null: the organisation has none that we know of. */
  readonly provider: OpenIdProvider | null;
  /** Hands a letter to the mail server now, before others; where that fails it is tried again as any other. */
  readonly sendNow: (letter: string) => Promise<unknown>;
};

/** Of a browser. `address` is that of the network; null: not known. */
export type Caller = { readonly address: string | null; readonly userAgent: string | undefined };

/** By what stands now, in this process and in the database. */
export async function memberOf(
  { policy, database }: Pick<SignInDeps, 'policy' | 'database'>,
  email: string,
): Promise<StaffMember | null> {
  const [added = null] = await staffRows(database, [email]);
  return memberNow(policy.desk.people, email, added);
}
