/** Everything by which our people come into the console. */
import { passkeySite } from '../../sign-in/passkeys.ts';
import { withRole } from '../../staff/staff.ts';
import { type Codes, openCodes } from './codes.ts';
import type { Caller, SignInDeps } from './deps.ts';
import { type Links, openLinks } from './links.ts';
import { openPasskeys, type Passkeys } from './passkeys.ts';
import { openProviderLogin, type ProviderLogin } from './provider.ts';
import { beginSession, type SignedIn, signedInBy, stillStands } from './sessions.ts';

export type SignIn = {
  readonly codes: Codes;
  readonly links: Links;
  /** Null: no passkeys can be made for the address that browsers find us by. */
  readonly passkeys: Passkeys | null;
  /** Null: `oidc` does not stand in postern.yaml. */
  readonly provider: ProviderLogin | null;
  /** Signs in an admin, of the demo only; null in every other life, and where it has no admin. */
  readonly demo: ((caller: Caller) => Promise<string | null>) | null;
  /** `seen`: a person has asked for something. */
  find(token: string, seen: boolean): Promise<SignedIn | null>;
  stands(session: string): Promise<boolean>;
};

export function openSignIn(deps: SignInDeps & { readonly isDemo: boolean }): SignIn {
  const site = passkeySite(deps.publicUrl);
  return {
    codes: openCodes(deps),
    links: openLinks(deps),
    passkeys: site && openPasskeys(deps, site),
    provider: deps.provider && openProviderLogin(deps, deps.provider),
    demo: deps.isDemo
      ? async (caller) => {
          const [admin] = withRole(deps.policy.desk.people, 'admin');
          return admin ? beginSession(deps, admin.email, { way: 'demo', caller }, async () => true) : null;
        }
      : null,
    find: (token, seen) => signedInBy(deps, token, seen),
    stands: (session) => stillStands(deps, session),
  };
}
