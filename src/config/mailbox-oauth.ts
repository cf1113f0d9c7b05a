/** `mailboxes[].oauth` of postern.yaml, with what is known of Google and Microsoft filled in. */
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { OAuthClient, SignInMethod } from '../imap/oauth.ts';
import type { GivenOAuth, OperatorFile, Secret } from './operator-file.ts';

type Fault = (says: string) => null;

type Provider = Pick<OAuthClient, 'tokenUrl' | 'deviceUrl' | 'authorizationUrl' | 'scopes' | 'extra'>;

const google: Provider = {
  tokenUrl: 'https://oauth2.googleapis.com/token',
  deviceUrl: null,
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  // The only scope with which Google lets IMAP and SMTP in.
  scopes: ['https://mail.google.com/'],
  // Without both there is a refresh token at the first sign-in only.
  extra: { access_type: 'offline', prompt: 'consent' },
};

function microsoft(tenant: string, grant: SignInMethod): Provider {
  const base = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0`;
  return {
    tokenUrl: `${base}/token`,
    deviceUrl: `${base}/devicecode`,
    authorizationUrl: `${base}/authorize`,
    scopes:
      grant === 'client-credentials'
        ? ['https://outlook.office365.com/.default']
        : [
            'https://outlook.office.com/IMAP.AccessAsUser.All',
            'https://outlook.office.com/SMTP.Send',
            'offline_access',
          ],
    extra: {},
  };
}

/** The file that Google hands out for a service account; what else is in it does not matter. */
const keySchema = z.object({
  client_email: z.string().min(1),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
});

function readKey(text: string, fault: Fault): { clientId: string; key: NonNullable<OAuthClient['key']> } | null {
  try {
    const read = keySchema.parse(JSON.parse(text));
    createPrivateKey(read.private_key);
    return { clientId: read.client_email, key: { id: read.private_key_id ?? null, pem: read.private_key } };
  } catch {
    return fault('key: is not the JSON key of a service account, with client_email and private_key');
  }
}

const isOurs = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
};

/** Null after a fault. `secret` reads `{ env }` and `{ file }`, and faults by itself. */
export function readOAuth(
  given: GivenOAuth,
  user: string,
  secret: (name: string, value: Secret) => string,
  fault: Fault,
): OAuthClient | null {
  const { provider } = given;
  const usual: SignInMethod =
    provider === 'microsoft' ? 'device' : given.key === undefined ? 'browser' : 'service-account';
  const grant = given.grant ?? usual;
  if (provider === 'google' && (grant === 'device' || grant === 'client-credentials'))
    return fault(
      `Google gives no access to mail by grant: ${grant}; use grant: browser, or grant: service-account where nobody is to sign in`,
    );
  if (provider === 'microsoft' && grant === 'service-account')
    return fault('Microsoft has no service accounts with a key; use grant: client-credentials');
  if (provider === 'custom' && (!given.endpoints || !given.scopes))
    return fault('provider: custom needs endpoints and scopes');
  if (provider !== 'custom' && given.endpoints) return fault('endpoints go with provider: custom only');
  if (provider === 'microsoft' && grant === 'client-credentials' && given.tenant === undefined)
    return fault('grant: client-credentials needs the tenant, such as desk.onmicrosoft.com');

  const custom: Provider = {
    tokenUrl: given.endpoints?.token ?? '',
    deviceUrl: given.endpoints?.deviceAuthorization ?? null,
    authorizationUrl: given.endpoints?.authorization ?? null,
    scopes: given.scopes ?? [],
    extra: {},
  };
  const known =
    provider === 'google'
      ? google
      : provider === 'microsoft'
        ? microsoft(given.tenant ?? 'organizations', grant)
        : custom;
  for (const url of [known.tokenUrl, known.deviceUrl, known.authorizationUrl])
    if (url !== null && !isOurs(url)) return fault(`endpoints: ${url} has to begin with https://`);
  if (grant === 'device' && known.deviceUrl === null) return fault('grant: device needs endpoints.deviceAuthorization');
  if (grant === 'browser' && known.authorizationUrl === null)
    return fault('grant: browser needs endpoints.authorization');

  const scopes = given.scopes ?? known.scopes;
  if (grant === 'service-account') {
    if (given.key === undefined) return fault('grant: service-account needs key: { file: … }');
    const key = readKey(secret('key', given.key), fault);
    return key && { ...known, scopes, grant, user, ...key, clientSecret: null };
  }
  if (given.clientId === undefined)
    return fault('clientId: is needed, as the provider gave it when this program was registered');
  const needsSecret = grant === 'client-credentials' || (provider === 'google' && grant === 'browser');
  if (needsSecret && given.clientSecret === undefined)
    return fault(`grant: ${grant} needs clientSecret: { env: NAME } or { file: … }`);
  const clientSecret = given.clientSecret === undefined ? null : secret('clientSecret', given.clientSecret);
  return { ...known, scopes, grant, user, clientId: given.clientId, clientSecret, key: null };
}

/** Where each of them takes letters from those who sign in with tokens. */
const letterServers: Readonly<Record<string, string>> = {
  google: 'smtps://smtp.gmail.com:465',
  microsoft: 'smtp://smtp.office365.com:587',
};

/** `smtp` of postern.yaml: the server that takes our letters, and the mailbox whose tokens sign in there. `url` is that of `SMTP_URL`, which goes before. */
export function letterServer(
  file: OperatorFile,
  mailboxes: readonly ({ readonly name: string } | null)[],
  url: string | null,
  fault: (name: string, says: string) => null,
): { readonly url: string | null; readonly mailbox: string | null } {
  const named = file.smtp.mailbox ?? null;
  const isServer = (address: string | null) => ['smtp:', 'smtps:'].includes(URL.parse(address ?? '')?.protocol ?? '');
  if (named === null) {
    const given = url ?? file.smtp.url ?? null;
    if (given !== null && url === null && !isServer(given))
      fault('smtp.url', 'is no server: write it as smtp(s)://user:password@host:port');
    return { url: given, mailbox: null };
  }
  const provider = file.mailboxes.find((mailbox) => mailbox.name === named)?.oauth?.provider ?? '';
  const server = url ?? file.smtp.url ?? letterServers[provider] ?? null;
  if (provider === '' || !mailboxes.some((mailbox) => mailbox?.name === named))
    fault('smtp.mailbox', `there is no mailbox "${named}" with oauth`);
  else if (!isServer(server))
    fault('smtp.url', 'is needed: the server that takes the letters, such as smtp://mail.desk.example:587');
  return { url: server, mailbox: named };
}
