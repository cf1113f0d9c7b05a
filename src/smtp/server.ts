/** The server that `SMTP_URL` names: how it is signed in to, and what is told of it. */
import { cleanLine, withoutSecrets } from '../foundation/clean-text.ts';
import type { TokenSource } from '../foundation/token-source.ts';
import type { Say } from './outcome.ts';

export type Server = {
  /** `smtp(s)://user:password@host:port` */
  readonly url: string;
  /** The variable or key that `url` is from, for whoever has to mend it. */
  readonly name?: string;
  /** The address our letters are from. */
  readonly support?: string;
  /** OAuth 2 instead of a password; a user in `url` goes before. */
  readonly signIn?: { readonly user: string; readonly tokens: TokenSource };
};

/** As nodemailer reads it: a bare `%` is one. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function withoutPassword(url: string, user: string) {
  const address = new URL(url);
  const named = decoded(address.username);
  address.username = '';
  address.password = '';
  return { url: address.href, auth: { type: 'OAuth2' as const, user: named || user } };
}

/** What a server says, without what we have signed in with; `token` is the last one. */
export function sayer(url: string, token: () => string | null): Say {
  const { username, password } = new URL(url);
  const [user, pass] = [decoded(username), decoded(password)];
  return (text) => cleanLine(withoutSecrets(text, [pass, token() ?? ''], user), 500);
}

/** Each connection of the pool asks for its token, and once more where the server did not take it. */
export function signInWithTokens(
  transport: { set(key: string, value: unknown): unknown },
  tokens: TokenSource,
): () => string | null {
  let last: string | null = null;
  type Done = (error: Error | null, token?: string) => void;
  async function token(renew: boolean): Promise<string> {
    if (renew && last !== null) await tokens.refused(last);
    last = await tokens.accessToken();
    return last;
  }
  transport.set('oauth2_provision_cb', (_user: string, renew: boolean, done: Done) => {
    token(renew).then(
      (got) => done(null, got),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  });
  return () => last;
}

/** Whom a fault is told of: the server in `url`, and who signs in there. */
export function triedServer({ url, name, support, signIn }: Server) {
  const address = new URL(url);
  const port = Number(address.port) || (address.protocol === 'smtps:' ? 465 : 587);
  return {
    service: 'smtp',
    name: name ?? 'SMTP_URL',
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure: address.protocol === 'smtps:' || port === 465,
    user: decoded(address.username) || (signIn?.user ?? ''),
    from: support ?? '',
  } as const;
}
