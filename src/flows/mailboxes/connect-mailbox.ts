/** Signs in to a mailbox with OAuth 2, tries the mailbox with what was granted, and keeps it. Until then nothing is changed. */
import { Failure, isFailure } from '../../foundation/failure.ts';
import { openFolder } from '../../imap/connection.ts';
import {
  askDeviceCode,
  browserRequest,
  type DeviceCode,
  needsPerson,
  pollDevice,
  redeemCode,
  type TokenRefusal,
  type Tokens,
  unattended,
} from '../../imap/oauth.ts';
import { type Landing, openLoopback, readLanding } from '../../imap/oauth-loopback.ts';
import type { Database } from '../../store/database.ts';
import { connectSignIn } from '../../store/mailboxes/mailbox-sign-ins.ts';
import type { Sealer } from '../../vault/seal.ts';
import { accountOf, type OAuthMailbox, sealTokens } from './mailbox-tokens.ts';

export type ConnectingMailbox = OAuthMailbox & {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string;
  readonly folder: string;
};

export type ConnectDeps = {
  readonly database: Database;
  readonly vault: Sealer;
  readonly actor: string;
  readonly show: {
    code(device: DeviceCode): void;
    /** `redirect` is where the browser comes back to. */
    browser(at: { readonly url: string; readonly redirect: string }): void;
  };
  /** Lines that somebody types: the address the browser ended at, where it cannot reach us. */
  readonly pasted?: AsyncIterable<string>;
  /** Where the browser comes back to on 127.0.0.1; any that is free where it is not given. */
  readonly port?: number;
  /** Ends it; nothing is changed then. */
  readonly signal?: AbortSignal;
  /** Milliseconds of a second while polling; tests wait less. */
  readonly second?: number;
};

const patienceMs = 15 * 60_000;

const meant: Readonly<Record<string, string>> = {
  access_denied: 'the sign-in was refused, or not agreed to',
  expired_token: 'nobody entered the code in time',
  invalid_scope: 'the provider does not give the permissions (scopes) that were asked for',
  invalid_client: 'the provider does not know clientId and clientSecret',
  unauthorized_client: 'the provider does not let this program sign in this way',
};

const refused = (refusal: TokenRefusal): Failure =>
  new Failure(
    'token-refused',
    `${meant[refusal.error] ?? 'the token server refuses'} (${refusal.error}${refusal.says === '' ? '' : `: ${refusal.says}`}); nothing was changed`,
  );

async function byBrowser(mailbox: ConnectingMailbox, deps: ConnectDeps): Promise<Tokens | TokenRefusal> {
  const loopback = await openLoopback(deps.port);
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
  stopped.catch(() => {});
  const tooLate = setTimeout(
    () => stop(new Failure('token-refused', 'nobody signed in within 15 minutes')),
    patienceMs,
  );
  const aborted = () => stop(deps.signal?.reason);
  deps.signal?.addEventListener('abort', aborted, { once: true });
  try {
    const request = browserRequest(mailbox.oauth, loopback.redirect);
    const landed = loopback.landing(request.state);
    deps.show.browser({ url: request.url, redirect: loopback.redirect });
    const pasted = async (): Promise<Landing> => {
      for await (const line of deps.pasted ?? []) {
        const landing = readLanding(line, request.state);
        if (landing) return landing;
      }
      return stopped;
    };
    const landing = await Promise.race([landed, pasted(), stopped]);
    if (landing.kind === 'refused') return { kind: 'refused', error: landing.error, says: '' };
    const given = { code: landing.code, redirect: loopback.redirect, verifier: request.verifier };
    return await redeemCode(mailbox.oauth, given, deps.signal);
  } finally {
    clearTimeout(tooLate);
    deps.signal?.removeEventListener('abort', aborted);
    await loopback.close();
  }
}

async function byDevice(mailbox: ConnectingMailbox, deps: ConnectDeps): Promise<Tokens | TokenRefusal> {
  const device = await askDeviceCode(mailbox.oauth, deps.signal);
  if (device.kind === 'refused') return device;
  deps.show.code(device);
  return pollDevice(mailbox.oauth, device, deps.signal, deps.second);
}

function signIn(mailbox: ConnectingMailbox, deps: ConnectDeps): Promise<Tokens | TokenRefusal> {
  const { grant } = mailbox.oauth;
  switch (grant) {
    case 'device':
      return byDevice(mailbox, deps);
    case 'browser':
      return byBrowser(mailbox, deps);
    case 'client-credentials':
    case 'service-account':
      return unattended(mailbox.oauth);
    default:
      return grant satisfies never;
  }
}

/** What the mailbox said to the new token; throws where it does not let us in with it. */
async function tryOut(mailbox: ConnectingMailbox, token: string): Promise<string> {
  const { host, port, secure, user, folder } = mailbox;
  const tokens = { accessToken: async () => token, refused: async () => {} };
  try {
    const box = await openFolder({ host, port, secure, user, password: '', tokens }, folder);
    await box.close();
    return `${host}:${port} lets us in, ${folder} is there`;
  } catch (error) {
    if (isFailure(error, 'imap-login-refused'))
      throw new Failure(
        'token-refused',
        `the sign-in went well, and the mailbox does not take it: ${error.message}. Was it ${user} that signed in? Is IMAP switched on for it, and may this program use it? Nothing was changed`,
      );
    if (!isFailure(error)) throw error;
    return `it could not be tried yet: ${error.message}`;
  }
}

/**
 * Resolves with what the mailbox said. Fails with `token-refused`, `token-server-away`, or with the reason of `signal`.
 */
export async function connectMailbox(deps: ConnectDeps, mailbox: ConnectingMailbox): Promise<string> {
  deps.signal?.throwIfAborted();
  // A missing key is found before somebody signs in.
  deps.vault.hash('mailbox', mailbox.name);
  const tokens = await signIn(mailbox, deps);
  if (tokens.kind === 'refused') throw refused(tokens);
  if (needsPerson(mailbox.oauth) && tokens.refreshToken === null)
    throw new Failure(
      'token-refused',
      'the provider gave no refresh token, so the sign-in would end within the hour; ask for offline access in `scopes` (often offline_access). Nothing was changed',
    );
  const says = await tryOut(mailbox, tokens.accessToken);
  deps.signal?.throwIfAborted();
  const sealed = sealTokens(deps.vault, mailbox.name, tokens);
  await connectSignIn(deps.database, mailbox.name, accountOf(mailbox.oauth), sealed, deps.actor);
  return says;
}
