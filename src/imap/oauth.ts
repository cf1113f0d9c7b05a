/**
 * The token server of a mail provider (OAuth 2: RFC 6749, 7523, 7636, 8628). Asks once and says what came of it; when to ask
 * again is decided in `flows/mailboxes/mailbox-tokens`. No error and no message of this file ever holds a token, a code or a secret.
 */
import { createHash, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';
import { cleanLine } from '../foundation/clean-text.ts';
import { Failure } from '../foundation/failure.ts';

/** `device` and `browser` need a person once; the others nobody. */
export const signInMethods = ['device', 'browser', 'client-credentials', 'service-account'] as const;
export type SignInMethod = (typeof signInMethods)[number];

export type OAuthClient = {
  readonly grant: SignInMethod;
  /** The address that is signed in to. */
  readonly user: string;
  readonly clientId: string;
  /** Null for programs that are known to the provider as ones that cannot keep a secret. */
  readonly clientSecret: string | null;
  readonly scopes: readonly string[];
  readonly tokenUrl: string;
  /** Only for `device` (RFC 8628 §3.1). */
  readonly deviceUrl: string | null;
  /** Only for `browser`. */
  readonly authorizationUrl: string | null;
  /** What the provider wants to see besides, such as Google's `access_type`. */
  readonly extra: Readonly<Record<string, string>>;
  /** Only for `service-account`: the key that signs for it (PEM). */
  readonly key: { readonly id: string | null; readonly pem: string } | null;
};

export const needsPerson = (client: OAuthClient): boolean => client.grant === 'device' || client.grant === 'browser';

export type Tokens = {
  readonly kind: 'tokens';
  readonly accessToken: string;
  /** Null: none was given, and the one that was used stays good. */
  readonly refreshToken: string | null;
  /** Seconds. */
  readonly accessSeconds: number;
};
/** `error` is a code of RFC 6749 §5.2 or RFC 8628 §3.5, `says` the server's own words, cleaned. */
export type TokenRefusal = { readonly kind: 'refused'; readonly error: string; readonly says: string };

const tokensSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  refresh_token: z.string().min(1).max(16_384).optional(),
  expires_in: z.coerce.number().positive().max(31_536_000).catch(3_600),
});
const refusalSchema = z.object({ error: z.string().min(1), error_description: z.string().optional() });
const deviceSchema = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  // Google's name for it came before the RFC's.
  verification_uri: z.string().optional(),
  verification_url: z.string().optional(),
  verification_uri_complete: z.string().optional(),
  expires_in: z.coerce.number().positive(),
  interval: z.coerce.number().min(0).catch(5),
});

const away = (url: string, why: string, cause?: unknown) =>
  new Failure('token-server-away', `the token server ${new URL(url).host} does not answer: ${why}`, { cause });

/** RFC 6749 §5.2 knows no "later"; servers say it all the same. */
const later = new Set(['temporarily_unavailable', 'server_error', 'internal_failure']);

/** Servers quote what they were sent; what we sent is cut out of what they say. */
function words(text: string, sent: URLSearchParams): string {
  let said = text;
  for (const [name, value] of sent)
    if (value.length >= 8 && !['grant_type', 'scope', 'client_id'].includes(name)) said = said.replaceAll(value, '…');
  return cleanLine(said, 300);
}

async function post(
  url: string,
  form: URLSearchParams,
  signal?: AbortSignal,
): Promise<{ readonly ok: boolean; readonly json: unknown }> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: form,
      // A redirect would carry the secrets to somebody else.
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(10_000), ...(signal ? [signal] : [])]),
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw away(url, words(cause, form), error);
  }
  if (status === 429 || status >= 500) throw away(url, `status ${status}`);
  try {
    return { ok: status < 300, json: JSON.parse(text) };
  } catch {
    throw away(url, `status ${status}, and no JSON`);
  }
}

function refusal(url: string, json: unknown, sent: URLSearchParams): TokenRefusal {
  const read = refusalSchema.safeParse(json);
  if (!read.success) throw away(url, 'it refuses and does not say why');
  if (later.has(read.data.error)) throw away(url, words(read.data.error, sent));
  return {
    kind: 'refused',
    error: words(read.data.error, sent).slice(0, 60),
    says: words(read.data.error_description ?? '', sent),
  };
}

async function tokens(
  client: OAuthClient,
  form: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Tokens | TokenRefusal> {
  const sent = new URLSearchParams(form);
  // A signed assertion says who asks; everybody else says it by name (RFC 6749 §2.3.1).
  if (client.grant !== 'service-account') {
    sent.set('client_id', client.clientId);
    if (client.clientSecret !== null) sent.set('client_secret', client.clientSecret);
  }
  const { ok, json } = await post(client.tokenUrl, sent, signal);
  if (!ok) return refusal(client.tokenUrl, json, sent);
  const read = tokensSchema.safeParse(json);
  if (!read.success) throw away(client.tokenUrl, 'its answer holds no access token');
  return {
    kind: 'tokens',
    accessToken: read.data.access_token,
    refreshToken: read.data.refresh_token ?? null,
    accessSeconds: read.data.expires_in,
  };
}

const scope = (client: OAuthClient): string => client.scopes.join(' ');

/** RFC 6749 §6. */
export const refresh = (client: OAuthClient, refreshToken: string): Promise<Tokens | TokenRefusal> =>
  tokens(client, { grant_type: 'refresh_token', refresh_token: refreshToken, scope: scope(client) });

const base64url = (value: string | Buffer): string => Buffer.from(value).toString('base64url');

/** RFC 7523 §2.1, as Google's service accounts do it: signed for a user of the domain. `now` in seconds. */
export function assertion(client: OAuthClient, now: number): string {
  if (client.key === null) throw new Failure('settings-unusable', 'a service account needs its key');
  const head = { alg: 'RS256', typ: 'JWT', ...(client.key.id === null ? {} : { kid: client.key.id }) };
  const claims = {
    iss: client.clientId,
    sub: client.user,
    scope: scope(client),
    aud: client.tokenUrl,
    // A clock of ours that is a little fast would otherwise sign in the future.
    iat: now - 10,
    exp: now + 600,
  };
  const signed = `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(claims))}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), client.key.pem).toString('base64url')}`;
}

/** For the grants that need nobody: RFC 6749 §4.4 and RFC 7523 §2.1. */
export function unattended(client: OAuthClient): Promise<Tokens | TokenRefusal> {
  if (client.grant === 'service-account')
    return tokens(client, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertion(client, Math.floor(Date.now() / 1000)),
    });
  return tokens(client, { grant_type: 'client_credentials', scope: scope(client) });
}

export type DeviceCode = {
  readonly kind: 'device-code';
  readonly code: string;
  /** What a person types at `url`. */
  readonly userCode: string;
  readonly url: string;
  /** The same with the code in it, where the server gives one. */
  readonly wholeUrl: string | null;
  readonly seconds: number;
  readonly interval: number;
};

/** RFC 8628 §3.1. */
export async function askDeviceCode(client: OAuthClient, signal?: AbortSignal): Promise<DeviceCode | TokenRefusal> {
  const url = client.deviceUrl ?? '';
  const sent = new URLSearchParams({ client_id: client.clientId, scope: scope(client) });
  const { ok, json } = await post(url, sent, signal);
  if (!ok) return refusal(url, json, sent);
  const read = deviceSchema.safeParse(json);
  const at = read.data?.verification_uri ?? read.data?.verification_url;
  if (!read.success || at === undefined) throw away(url, 'its answer holds no code');
  return {
    kind: 'device-code',
    code: read.data.device_code,
    userCode: cleanLine(read.data.user_code, 60),
    url: cleanLine(at, 300),
    wholeUrl: read.data.verification_uri_complete ? cleanLine(read.data.verification_uri_complete, 600) : null,
    seconds: read.data.expires_in,
    interval: read.data.interval,
  };
}

const sleep = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((done, stop) => {
    const aborted = () => {
      clearTimeout(timer);
      stop(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      done();
    }, ms);
    signal?.addEventListener('abort', aborted, { once: true });
    if (signal?.aborted) aborted();
  });

/** Asks until the person is done, at the pace the server wants (RFC 8628 §3.5). `second` is shorter in tests. */
export async function pollDevice(
  client: OAuthClient,
  device: DeviceCode,
  signal?: AbortSignal,
  second = 1_000,
): Promise<Tokens | TokenRefusal> {
  let interval = device.interval;
  const end = performance.now() + device.seconds * second;
  for (;;) {
    await sleep(Math.max(1, interval) * second, signal);
    if (performance.now() > end) return { kind: 'refused', error: 'expired_token', says: '' };
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: device.code };
    try {
      const answer = await tokens(client, form, signal);
      if (answer.kind === 'tokens') return answer;
      if (answer.error === 'slow_down') interval += 5;
      else if (answer.error !== 'authorization_pending') return answer;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // "Exponential backoff" where the server does not answer.
      interval = Math.min(Math.max(interval, 1) * 2, 60);
    }
  }
}

type BrowserRequest = { readonly url: string; readonly state: string; readonly verifier: string };

/** Where a person signs in (RFC 6749 §4.1.1), with a proof that only we can use what comes back (RFC 7636, RFC 8252). */
export function browserRequest(client: OAuthClient, redirect: string): BrowserRequest {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const url = new URL(client.authorizationUrl ?? '');
  const query = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirect,
    scope: scope(client),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: client.user,
    ...client.extra,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { url: url.href, state, verifier };
}

/** RFC 6749 §4.1.3. */
export const redeemCode = (
  client: OAuthClient,
  given: { readonly code: string; readonly redirect: string; readonly verifier: string },
  signal?: AbortSignal,
): Promise<Tokens | TokenRefusal> =>
  tokens(
    client,
    { grant_type: 'authorization_code', code: given.code, redirect_uri: given.redirect, code_verifier: given.verifier },
    signal,
  );
