/** What mailboxes with OAuth 2 were granted. Tokens come and go sealed: this module cannot read them. */
import { sql } from 'kysely';
import { writeAudit } from '../audit.ts';
import type { Database, Db, Tx } from '../database.ts';

export type MailboxSignIn = {
  readonly mailbox: string;
  readonly account: string;
  readonly refreshToken: Buffer | null;
  readonly accessToken: Buffer | null;
  /** Seconds from now by the database's clock, negative when past; null where there is no access token. */
  readonly accessSeconds: number | null;
  /** Seconds since the access token was got; null where there is none. */
  readonly ageSeconds: number | null;
  readonly connectedAt: Date;
  readonly fence: string;
  /** Seconds that another process may still be asking; 0 or less: nobody is. */
  readonly askingSeconds: number;
  readonly state: 'connected' | 'dead';
  readonly failures: number;
  readonly failure: string | null;
  /** Seconds since the first of these failures; 0 where there are none. */
  readonly failingSeconds: number;
  /** Seconds until the token server may be asked again; 0 or less: now. */
  readonly retrySeconds: number;
};

const columns = sql`
  mailbox,
  account,
  refresh_token as "refreshToken",
  access_token as "accessToken",
  extract(epoch from access_expires_at - now())::float as "accessSeconds",
  extract(epoch from now() - refreshed_at)::float as "ageSeconds",
  connected_at as "connectedAt",
  fence,
  coalesce(extract(epoch from asking_until - now()), 0)::float as "askingSeconds",
  state,
  failures,
  failure,
  coalesce(extract(epoch from now() - failing_since), 0)::float as "failingSeconds",
  coalesce(extract(epoch from retry_at - now()), 0)::float as "retrySeconds"`;

export async function readSignIn(db: Db | Tx, mailbox: string): Promise<MailboxSignIn | null> {
  const { rows } = await sql<MailboxSignIn>`select ${columns} from mailbox_grants where mailbox = ${mailbox}`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function lockSignIn(tx: Tx, mailbox: string): Promise<MailboxSignIn | null> {
  const { rows } =
    await sql<MailboxSignIn>`select ${columns} from mailbox_grants where mailbox = ${mailbox} for update`.execute(tx);
  return rows[0] ?? null;
}

export async function listSignIns(database: Database): Promise<MailboxSignIn[]> {
  const { rows } = await database.ask((db) =>
    sql<MailboxSignIn>`select ${columns} from mailbox_grants order by mailbox`.execute(db),
  );
  return rows;
}

/** Under the lock: from now on nobody else asks for 15 s. The fence to write with. */
export async function claimSignIn(tx: Tx, mailbox: string): Promise<string> {
  const { rows } = await sql<{ fence: string }>`
    update mailbox_grants
    set asking_until = now() + interval '15 seconds', fence = fence + 1
    where mailbox = ${mailbox}
    returning fence`.execute(tx);
  return rows[0]?.fence ?? '';
}

/** A row to lock, for grants that need nobody to sign in; one of another account is emptied. */
export async function beginSignIn(tx: Tx, mailbox: string, account: string): Promise<void> {
  await sql`
    insert into mailbox_grants as g (mailbox, account)
    values (${mailbox}, ${account})
    on conflict (mailbox) do update set
      account = excluded.account,
      refresh_token = null,
      access_token = null,
      access_expires_at = null,
      refreshed_at = null,
      asking_until = null,
      fence = g.fence + 1,
      state = 'connected',
      failures = 0,
      failure = null,
      failing_since = null,
      retry_at = null
    where g.account <> excluded.account`.execute(tx);
}

export type SealedTokens = {
  /** Null: the one that is there stays. */
  readonly refreshToken: Buffer | null;
  readonly accessToken: Buffer;
  readonly accessSeconds: number;
};

/** False where the row was changed meanwhile, by `connect` or by another process. */
export async function saveTokens(tx: Tx, mailbox: string, fence: string, tokens: SealedTokens): Promise<boolean> {
  const { rows } = await sql`
    update mailbox_grants
    set
      refresh_token = coalesce(${tokens.refreshToken}, refresh_token),
      access_token = ${tokens.accessToken},
      access_expires_at = now() + make_interval(secs => ${tokens.accessSeconds}),
      refreshed_at = now(),
      asking_until = null,
      fence = fence + 1,
      state = 'connected',
      failures = 0,
      failure = null,
      failing_since = null,
      retry_at = null
    where mailbox = ${mailbox} and fence = ${fence}
    returning mailbox`.execute(tx);
  return rows.length > 0;
}

/** The token server did not help; `dead` is not asked again before somebody signs in. Nothing is written where the row was changed meanwhile. */
export async function saveSignInFailure(
  tx: Tx,
  mailbox: string,
  fence: string,
  given: { readonly dead: boolean; readonly failure: string; readonly retrySeconds: number },
): Promise<void> {
  const { rows } = await sql`
      update mailbox_grants
      set
        state = ${given.dead ? 'dead' : 'connected'},
        failures = failures + 1,
        failure = ${given.failure},
        failing_since = coalesce(failing_since, now()),
        retry_at = now() + make_interval(secs => ${given.retrySeconds}),
        asking_until = null,
        fence = fence + 1
      where mailbox = ${mailbox} and fence = ${fence}
      returning mailbox`.execute(tx);
  if (rows.length > 0 && given.dead)
    await writeAudit(tx, [
      {
        actor: 'inbox',
        action: 'mailbox-grant-died',
        subjectKind: 'mailbox',
        subjectId: mailbox,
        detail: { failure: given.failure },
      },
    ]);
}

/** After somebody signed in: whatever was there before is gone. */
export async function connectSignIn(
  database: Database,
  mailbox: string,
  account: string,
  tokens: SealedTokens,
  actor: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    await sql`
      insert into mailbox_grants as g (
        mailbox, account, refresh_token, access_token, access_expires_at, refreshed_at)
      values (
        ${mailbox},
        ${account},
        ${tokens.refreshToken},
        ${tokens.accessToken},
        now() + make_interval(secs => ${tokens.accessSeconds}),
        now())
      on conflict (mailbox) do update set
        account = excluded.account,
        refresh_token = excluded.refresh_token,
        access_token = excluded.access_token,
        access_expires_at = excluded.access_expires_at,
        refreshed_at = now(),
        connected_at = now(),
        asking_until = null,
        fence = g.fence + 1,
        state = 'connected',
        failures = 0,
        failure = null,
        failing_since = null,
        retry_at = null`.execute(tx);
    await writeAudit(tx, [
      { actor, action: 'mailbox-connected', subjectKind: 'mailbox', subjectId: mailbox, detail: { account } },
    ]);
  });
}

/** A mail server refused this access token before its time: it is not handed out again. */
export async function spoilAccessToken(database: Database, mailbox: string, sealed: Buffer): Promise<void> {
  await database.ask((db) =>
    sql`
      update mailbox_grants
      set access_expires_at = now(), fence = fence + 1
      where mailbox = ${mailbox} and access_token = ${sealed}`.execute(db),
  );
}
