/** Passkeys (WebAuthn): what a browser is asked, and whether its answer is right. The library is loaded when it is first needed. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';

export type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON };

/** Where passkeys are good: a name and no number, and told by TLS unless it is this machine. */
export type PasskeySite = { readonly host: string; readonly origin: string };

/** Null: browsers make no passkeys there. */
export function passkeySite(publicUrl: string): PasskeySite | null {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const isName = /[a-z]/i.test(hostname) && !hostname.startsWith('[');
  const safe = protocol === 'https:' || hostname === 'localhost';
  return isName && safe ? { host: hostname, origin } : null;
}

export type KnownPasskey = {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
};

const library = () => import('@simplewebauthn/server');

/** Whoever has one is asked for it by the browser: no account is named. */
export const askForPasskey = async (site: PasskeySite): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  (await library()).generateAuthenticationOptions({
    rpID: site.host,
    userVerification: 'required',
    allowCredentials: [],
  });

export async function askForNewPasskey(
  site: PasskeySite,
  whom: {
    readonly id: Uint8Array;
    readonly email: string;
    readonly name: string;
    readonly has: readonly KnownPasskey[];
  },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return (await library()).generateRegistrationOptions({
    rpName: 'Postern',
    rpID: site.host,
    userID: Uint8Array.from(whom.id),
    userName: whom.email,
    userDisplayName: whom.name,
    attestationType: 'none',
    excludeCredentials: whom.has.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Its counter now; null where the answer is not right. */
export async function passkeyCounter(
  site: PasskeySite,
  { response, challenge, passkey }: { response: unknown; challenge: string; passkey: KnownPasskey },
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await library();
  const { id, publicKey, counter, transports } = passkey;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      credential: { id, publicKey: Uint8Array.from(publicKey), counter, transports: [...transports] },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // Whatever a browser sends: it throws where a field is missing, and where the signature is another's.
    return null;
  }
}

export async function newPasskey(
  site: PasskeySite,
  { response, challenge }: { response: unknown; challenge: string },
): Promise<KnownPasskey | null> {
  const { verifyRegistrationResponse } = await library();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
    });
    if (!verified || !registrationInfo) return null;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return { id, publicKey, counter, transports };
  } catch {
    return null;
  }
}
