/**
 * Access tokens of mailboxes with OAuth 2: refreshed before they expire, sealed in the database, requested by one process at a time.
 * A token server that fails is asked again with growing pauses, a sign-in that has died not before somebody signs in again.
 */
import { Failure, isFailure } from '../../foundation/failure.ts';
import type { TokenSource } from '../../foundation/token-source.ts';
import {
  needsPerson,
  type OAuthClient,
  refresh,
  type TokenRefusal,
  type Tokens,
  unattended,
} from '../../imap/oauth.ts';
import type { Database, Tx } from '../../store/database.ts';
import {
  beginSignIn,
  claimSignIn,
  lockSignIn,
  type MailboxSignIn,
  readSignIn,
  type SealedTokens,
  saveSignInFailure,
  saveTokens,
  spoilAccessToken,
} from '../../store/mailboxes/mailbox-sign-ins.ts';
import { belongsTo } from '../../store/secrets.ts';
import type { Sealer } from '../../vault/seal.ts';
import { isFresh, nextStep, retryAfter, type Step, type TokenTimes } from './mailbox-tokens/next-step.ts';

export type { TokenTimes } from './mailbox-tokens/next-step.ts';

export type OAuthMailbox = { readonly name: string; readonly oauth: OAuthClient };

export type MailboxTokens = TokenSource & {
  /** Gets a new token well before it is needed, so that a sign-in that has died is known within minutes. */
  keep(): Promise<void>;
};

type Taken =
  | Exclude<Step, { kind: 'ask' }>
  | (Extract<Step, { kind: 'ask' }> & { readonly row: MailboxSignIn; readonly fence: string });

const usual: TokenTimes = { ahead: 300, oldest: 600, refused: 300 };

/** Answers to a refresh that only a person can mend; what else is refused may be mended in the settings or at the provider. */
const personNeeded = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required']);

export const accountOf = (client: OAuthClient): string =>
  `${client.user} at ${new URL(client.tokenUrl).host} by ${client.clientId}`;

export const sealTokens = (vault: Sealer, mailbox: string, tokens: Tokens): SealedTokens => {
  const seal = (column: string, value: string) =>
    vault.seal(Buffer.from(value), belongsTo('mailbox_grants', mailbox, column));
  return {
    refreshToken: tokens.refreshToken === null ? null : seal('refresh_token', tokens.refreshToken),
    accessToken: seal('access_token', tokens.accessToken),
    accessSeconds: tokens.accessSeconds,
  };
};

const unknown = 'no token is to be had';
const remedy = (name: string) => `type: postern mailbox connect ${name}`;

/** What is wrong with a sign-in, and the command that repairs it; null where nothing is. */
export function signInProblem(mailbox: OAuthMailbox, row: MailboxSignIn | null): string | null {
  const { name, oauth } = mailbox;
  if (row === null) return needsPerson(oauth) ? `nobody has signed in to it yet; ${remedy(name)}` : null;
  if (row.account !== accountOf(oauth))
    return needsPerson(oauth)
      ? `the sign-in is that of ${row.account}, the settings name ${accountOf(oauth)}; ${remedy(name)}`
      : null;
  if (row.state === 'dead') return `the sign-in is no longer good (${row.failure}); ${remedy(name)}`;
  // A token server that is away for a moment keeps nobody from reading on while the token is good.
  const passing = row.failingSeconds < 120 && (row.accessSeconds ?? 0) > 60;
  return row.failures === 0 || passing ? null : (row.failure ?? unknown);
}

export function mailboxTokens(
  deps: { readonly database: Database; readonly vault: Sealer },
  mailbox: OAuthMailbox,
  times: TokenTimes = usual,
): MailboxTokens {
  const { database, vault } = deps;
  const { name, oauth } = mailbox;
  const account = accountOf(oauth);

  const openToken = (column: 'refresh_token' | 'access_token', sealed: Buffer): string =>
    vault.open(sealed, belongsTo('mailbox_grants', name, column)).toString();

  /** Null where there is none, or none that opens: another one is got. */
  function accessOf(row: MailboxSignIn): string | null {
    if (row.accessToken === null || row.account !== account) return null;
    try {
      return openToken('access_token', row.accessToken);
    } catch (error) {
      if (isFailure(error)) return null;
      throw error;
    }
  }

  const refusedFailure = (row: MailboxSignIn | null) =>
    new Failure('token-refused', signInProblem(mailbox, row) ?? unknown);

  function ask(row: MailboxSignIn): Promise<Tokens | TokenRefusal> {
    if (!needsPerson(oauth)) return unattended(oauth);
    if (row.refreshToken === null) throw refusedFailure(null);
    return refresh(oauth, openToken('refresh_token', row.refreshToken));
  }

  /** What the server gave and the database did not come to keep: a refresh token that was replaced is lost otherwise. */
  let unsaved: { readonly fence: string; readonly tokens: SealedTokens; readonly at: number } | null = null;

  async function save(fence: string, tokens: SealedTokens): Promise<string | null> {
    unsaved ??= { fence, tokens, at: performance.now() };
    const accessSeconds = tokens.accessSeconds - (performance.now() - unsaved.at) / 1000;
    const saved = await database.transaction((tx) => saveTokens(tx, name, fence, { ...tokens, accessSeconds }));
    unsaved = null;
    return saved ? openToken('access_token', tokens.accessToken) : null;
  }

  /** Under the row's lock. The server is asked outside of it: no transaction waits for somebody else's machine. */
  async function takeStep(tx: Tx, oldest: number): Promise<Taken> {
    if (!needsPerson(oauth)) await beginSignIn(tx, name, account);
    const row = await lockSignIn(tx, name);
    if (row === null || row.account !== account) return { kind: 'failure', failure: refusedFailure(row) };
    const held = accessOf(row);
    const fresh = isFresh(row, oldest, times.ahead);
    const unsavedFence = unsaved?.fence ?? null;
    const step = nextStep(row, { held, fresh, unsavedFence, refused: () => refusedFailure(row) });
    if (step.kind === 'token' && fresh) return step;
    if (unsavedFence !== row.fence) unsaved = null;
    if (step.kind !== 'ask') return step;
    return { ...step, row, fence: step.claimed ? row.fence : await claimSignIn(tx, name) };
  }

  async function failed(
    row: MailboxSignIn,
    fence: string,
    given: { readonly failure: Failure; readonly says: string; readonly dead?: boolean },
  ): Promise<Failure> {
    const { failure, says, dead = false } = given;
    const retrySeconds = retryAfter(isFailure(failure, 'token-refused'), row.failures, times.refused);
    await database.transaction((tx) => saveSignInFailure(tx, name, fence, { dead, failure: says, retrySeconds }));
    return failure;
  }

  /** Null where somebody signed in meanwhile: then there is another token. */
  async function fromServer(row: MailboxSignIn, fence: string): Promise<string | Failure | null> {
    if (unsaved?.fence === fence) return save(fence, unsaved.tokens);
    let answer: Tokens | TokenRefusal;
    try {
      answer = await ask(row);
    } catch (error) {
      if (!isFailure(error)) throw error;
      return failed(row, fence, { failure: error, says: error.message });
    }
    if (answer.kind === 'tokens') return save(fence, sealTokens(vault, name, answer));
    const said = answer.says === '' ? answer.error : `${answer.error}: ${answer.says}`;
    if (needsPerson(oauth) && personNeeded.has(answer.error))
      return failed(row, fence, {
        failure: refusedFailure({ ...row, state: 'dead', failure: said }),
        says: said,
        dead: true,
      });
    const says = `the token server ${new URL(oauth.tokenUrl).host} refuses us (${said}); look at clientId, secret or key, and the permissions at the provider`;
    return failed(row, fence, { failure: new Failure('token-refused', says), says });
  }

  async function renew(oldest: number): Promise<string> {
    for (;;) {
      const step = await database.transaction((tx) => takeStep(tx, oldest));
      switch (step.kind) {
        case 'token':
          return step.token;
        case 'failure':
          throw step.failure;
        case 'wait':
          await new Promise((done) => setTimeout(done, 200));
          break;
        case 'ask': {
          const got = await fromServer(step.row, step.fence);
          if (typeof got === 'string') return got;
          if (got !== null && step.held !== null) return step.held;
          if (got !== null) throw got;
          break;
        }
        default:
          step satisfies never;
      }
    }
  }

  let renewing: Promise<string> | null = null;
  async function obtain(oldest: number): Promise<string> {
    const row = await database.ask((db) => readSignIn(db, name));
    if (row !== null && isFresh(row, oldest, times.ahead)) {
      const held = accessOf(row);
      if (held !== null) return held;
    }
    renewing ??= renew(oldest).finally(() => {
      renewing = null;
    });
    return renewing;
  }

  return {
    accessToken: () => obtain(Number.POSITIVE_INFINITY),
    async keep() {
      await obtain(times.oldest);
    },
    async refused(token) {
      const row = await database.ask((db) => readSignIn(db, name));
      if (row?.accessToken && accessOf(row) === token) await spoilAccessToken(database, name, row.accessToken);
    },
  };
}
