/** The login of the organisation: whom it names is let in where the provider has verified the address and it is one of ours. */
import { isFailure } from '../../foundation/failure.ts';
import { normaliseAddress } from '../../mail/address/address.ts';
import type { OpenIdProvider, SaidOf } from '../../sign-in/provider.ts';
import { addAttempt, tryAttempt, useAttempt } from '../../store/sign-in/attempts.ts';
import { type Caller, memberOf, type SignInDeps } from './deps.ts';
import { type TooMany, withinLimits } from './limits.ts';
import { drawToken, hashesOf, hashOf, isTokenForm } from './secrets.ts';
import { beginSession, noteFailure } from './sessions.ts';

export type ProviderBegun = { readonly kind: 'begun'; readonly token: string; readonly url: string };
export type ProviderTried =
  | { readonly kind: 'in'; readonly session: string }
  | { readonly kind: 'refused'; readonly why: 'no' | 'not-verified' | 'not-ours' | 'over' }
  | { readonly kind: 'away' }
  | TooMany;

export type ProviderLogin = {
  readonly name: string;
  begin(caller: Caller): Promise<ProviderBegun | { readonly kind: 'away' } | TooMany>;
  /** `query` is what the browser came back with. */
  end(token: unknown, query: string, caller: Caller): Promise<ProviderTried>;
};

const said = {
  no: 'the provider did not confirm who it was',
  'not-verified': 'the provider has not verified the address',
  'not-ours': 'the address that the provider named is none of ours',
  over: 'it was begun too long ago, or ended already',
} as const;

export function openProviderLogin(deps: SignInDeps, provider: OpenIdProvider): ProviderLogin {
  const { database, vault, log } = deps;
  const back = `${deps.publicUrl}/sign-in/provider/done`;
  /** Nothing of it is kept: it follows from the token that this browser alone has. */
  const boundTo = (token: string) => {
    const of = (what: string) => vault.hash(`sign-in provider ${what}`, token).toString('base64url');
    return { state: of('state'), nonce: of('nonce'), verifier: of('verifier') };
  };
  const away = (error: unknown): { readonly kind: 'away' } => {
    log.warn({ error: String(error) }, 'nobody can sign in by the login of the organisation');
    return { kind: 'away' };
  };
  return {
    name: provider.name,
    async begin(caller) {
      const many = await withinLimits(deps, { 'asked-from': caller.address ?? '' });
      if (many) return many;
      const token = drawToken();
      try {
        const url = await provider.address(boundTo(token), back);
        const attempt = hashOf(vault, 'sign-in attempt', token);
        await addAttempt(database, { token: attempt, way: 'provider', staff: null, secret: null });
        return { kind: 'begun', token, url };
      } catch (error) {
        if (isFailure(error, 'provider-away')) return away(error);
        throw error;
      }
    },
    async end(token, query, caller) {
      const many = await withinLimits(deps, { 'tried-from': caller.address ?? '' });
      if (many) return many;
      const refused = async (why: keyof typeof said, staff: string | null = null): Promise<ProviderTried> => {
        await noteFailure(deps, { staff, way: 'provider', why: said[why] });
        return { kind: 'refused', why };
      };
      if (!isTokenForm(token)) return refused('over');
      const tokens = hashesOf(vault, 'sign-in attempt', token);
      const attempt = await tryAttempt(database, { tokens, way: 'provider', most: 1 });
      if (!attempt) return refused('over');
      let named: SaidOf;
      try {
        named = await provider.named(boundTo(token), new URL(`${back}${query}`));
      } catch (error) {
        if (isFailure(error, 'provider-away')) return away(error);
        if (!isFailure(error, 'provider-refused')) throw error;
        log.warn({ error: error.message }, 'the login of the organisation let nobody in');
        return refused('no');
      }
      const email = named.email === null ? null : normaliseAddress(named.email);
      const member = email === null ? null : await memberOf(deps, email);
      if (!named.verified) return refused('not-verified', member?.email ?? null);
      if (!member) return refused('not-ours');
      const session = await beginSession(deps, member.email, { way: 'provider', caller }, (tx) =>
        useAttempt(tx, attempt.id),
      );
      return session === null ? refused('over', member.email) : { kind: 'in', session };
    },
  };
}
