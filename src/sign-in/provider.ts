/** The login of the organisation: OpenID Connect, with the code flow and PKCE (RFC 7636). Loaded and looked up when it is first asked for. */
import type { Configuration } from 'openid-client';
import { Failure } from '../foundation/failure.ts';

export type ProviderSettings = {
  /** As people know it: it stands on the button. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone guards. */
  readonly clientSecret: string | null;
  readonly scopes: readonly string[];
};

/** What binds the way there to the way back. */
type Bound = { readonly state: string; readonly nonce: string; readonly verifier: string };
export type SaidOf = { readonly email: string | null /** By the provider. */; readonly verified: boolean };

export type OpenIdProvider = {
  readonly name: string;
  /** Where the browser is sent. Fails with `provider-away`. */
  address(bound: Bound, back: string): Promise<string>;
  /**
   * Whom the provider names, by the address to which the browser came back. Fails with `provider-away`, and with `provider-refused` where the
   * answer is not to be believed, or somebody said no.
   */
  named(bound: Bound, cameBack: URL): Promise<SaidOf>;
};

const timeoutSeconds = 10;
/** Keys and addresses of a provider change; it is asked again after so long. */
const knownForMs = 60 * 60_000;

const onThisMachine = (issuer: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname);

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** No answer at all: `fetch` says so by a TypeError, the library by a code. */
const isAway = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && 'code' in error && error.code === 'OAUTH_TIMEOUT');

export function openProvider(settings: ProviderSettings): OpenIdProvider {
  const { issuer, clientId, clientSecret, scopes } = settings;
  let known: { readonly at: number; readonly config: Promise<Configuration> } | null = null;

  async function lookUp(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const insecure = new URL(issuer).protocol === 'http:' && onThisMachine(issuer);
    try {
      return await oidc.discovery(
        new URL(issuer),
        clientId,
        undefined,
        clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
        { timeout: timeoutSeconds, ...(insecure && { execute: [oidc.allowInsecureRequests] }) },
      );
    } catch (cause) {
      known = null;
      throw new Failure('provider-away', `${issuer} does not say how to sign in there: ${wordsOf(cause)}`, { cause });
    }
  }
  const configuration = (): Promise<Configuration> => {
    const now = performance.now();
    if (known === null || now - known.at > knownForMs) known = { at: now, config: lookUp() };
    return known.config;
  };

  return {
    name: settings.name,
    async address({ state, nonce, verifier }, back) {
      const oidc = await import('openid-client');
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: back,
        scope: scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },
    async named({ state, nonce, verifier }, cameBack) {
      const oidc = await import('openid-client');
      const config = await configuration();
      try {
        const tokens = await oidc.authorizationCodeGrant(config, cameBack, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        // Many say the address to whoever asks for it only, and not in the token.
        const said =
          claims === undefined || claims.email !== undefined
            ? claims
            : await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
        return {
          email: typeof said?.email === 'string' ? said.email : null,
          verified: said?.email_verified === true,
        };
      } catch (cause) {
        if (isAway(cause))
          throw new Failure('provider-away', `${issuer} does not answer: ${wordsOf(cause)}`, { cause });
        throw new Failure('provider-refused', `${settings.name} did not let somebody in: ${wordsOf(cause)}`, { cause });
      }
    },
  };
}
