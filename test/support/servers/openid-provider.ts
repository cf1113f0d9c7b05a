/** The login of an organisation: a real OpenID provider on this machine, whose people sign in with any password. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export type Account = { readonly email: string; readonly email_verified: boolean };
export const clientSecret = 'client-secret-of-the-tests-0123456789';

/** `back`: where browsers may be sent with an answer. */
export async function startOpenIdProvider(back: string, accounts: Readonly<Record<string, Account>>) {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'postern',
        client_secret: clientSecret,
        redirect_uris: [back],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key of the tests'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'tests' }] },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => answer(request, response));
  return {
    issuer,
    /** Signs in there as a browser would, and says to what address the browser is sent back; nothing of that is fetched. */
    async signIn(address: string, login: string): Promise<URL> {
      const cookies = new Map<string, string>();
      const ask = async (url: string, form?: Record<string, string>): Promise<Response> => {
        const given = await fetch(url, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
          ...(form && { method: 'POST', body: new URLSearchParams(form) }),
        });
        for (const line of given.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        return given;
      };
      let url = address;
      for (let step = 0; step < 12; step += 1) {
        const given = await ask(url);
        const page = await given.text();
        const form = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
        const then =
          form && prompt
            ? await ask(new URL(form, url).href, { prompt, ...(prompt === 'login' && { login, password: 'any' }) })
            : given;
        const next = new URL(then.headers.get('location') ?? '', url);
        if (next.href.startsWith(back)) return next;
        url = next.href;
      }
      throw new Error('the provider sends the browser round and round');
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
export type TestProvider = Awaited<ReturnType<typeof startOpenIdProvider>>;
