/**
 * One connection to one folder. An ImapFlow serves once: listeners go on before connect(), and after `close` or `error` it is
 * thrown away (MAIL.md §1.1). Errors come as Failure `imap-away`, `imap-login-refused`, `imap-command-refused`.
 */
import { ImapFlow } from 'imapflow';
import { withoutSecrets } from '../foundation/clean-text.ts';
import { crashPoint } from '../foundation/crash-point.ts';
import { Failure, isFailure } from '../foundation/failure.ts';
import { outsideFault, sayFault, triedOf } from '../foundation/faults/outside-fault.ts';
import type { TokenSource } from '../foundation/token-source.ts';

export type ImapAccount = {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  /** Instead of the password, where the provider wants OAuth 2. */
  readonly tokens?: TokenSource | undefined;
  /** Variable or key that the account comes from, for whoever has to mend it. */
  readonly setting?: string | undefined;
};

type Folder = { readonly uidValidity: string; readonly uidNext: number };
export type Listed = { readonly uid: number; readonly size: number; readonly arrivedAt: Date };
export type Fetched = { readonly uid: number; readonly raw: Buffer };

export type Connection = {
  readonly folder: Folder;
  /** Called whenever the server tells of new mail. */
  onNewMail(wake: () => void): void;
  /** Called for every message that has come whole. */
  onProgress(moved: () => void): void;
  /** Resolves when the connection has ended, with what ended it. */
  readonly ended: Promise<Failure>;
  /** Sizes and times of what lies above a UID, and not above another, lowest first. */
  list(above: number, upTo?: number): Promise<Listed[]>;
  /** Whole messages, or the header alone; \Seen is not set by this. */
  bodies(uids: readonly number[], what: 'whole' | 'header'): Promise<Fetched[]>;
  /** Which of these are on the server now. */
  present(uids: readonly number[]): Promise<number[]>;
  /** \Seen, and $Postern where the folder takes keywords of ours. */
  flag(uids: readonly number[]): Promise<void>;
  /** UIDs of a range that are not \Seen and do not carry $Postern; `all`: every one that is still there. */
  unflagged(from: number, upTo: number, all: boolean): Promise<number[]>;
  /** Files mails away and says which could be; nobody else's mail is touched (RELIABILITY I11). */
  move(uids: readonly number[], to: string): Promise<'moved' | 'kept'>;
  /** Waits for new mail in IDLE; any other command ends it. */
  idle(): Promise<void>;
  noop(): Promise<void>;
  close(): Promise<void>;
};

const keyword = '$Postern';
const range = (uids: readonly number[]): string => uids.join(',');
const byUid = { uid: true } as const;

type Given = {
  readonly authenticationFailed?: boolean;
  readonly mailboxMissing?: boolean;
  readonly responseText?: string;
  readonly message?: string;
  readonly tlsFailed?: boolean;
};
type Hide = (text: string) => string;

/** What the server or the link said, in the words of an operator, as `imap-login-refused` or `imap-away`. Never with the password. */
function imapFailure(
  error: unknown,
  account: Omit<ImapAccount, 'password' | 'tokens'>,
  hide: Hide = (text) => text,
  folder = '',
): Failure {
  if (isFailure(error)) return error;
  const given = (error ?? {}) as Given;
  const name = account.setting ?? 'IMAP_URL';
  const tried = { ...account, service: 'imap', name, inside: `the folder ${folder}` } as const;
  const words = hide(String(given.responseText ?? given.message ?? error))
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .slice(0, 300);
  const fault = (step: 'sign in' | 'open', said: string, todo: string) =>
    sayFault({ name, tried: triedOf(tried, step), said, todo });
  if (given.authenticationFailed)
    return new Failure(
      'imap-login-refused',
      fault(
        'sign in',
        `it refused the login: "${words}"`,
        `Look at user and password in ${name}; where the provider asks for it, make a password for this program`,
      ),
      { cause: error },
    );
  if (given.mailboxMissing)
    return new Failure(
      'imap-away',
      fault(
        'open',
        `there is no folder "${folder}"`,
        'Look at the spelling; folders below INBOX are often named INBOX.Name or INBOX/Name',
      ),
      { cause: error },
    );
  return new Failure('imap-away', sayFault(outsideFault(error, tried, 'connect', hide)), { cause: error });
}

const refused = (what: string) => new Failure('imap-command-refused', `the IMAP server refused to ${what}`);

export async function openFolder(account: ImapAccount, path: string): Promise<Connection> {
  const { tokens } = account;
  if (tokens === undefined) return open(account, { pass: account.password }, path);
  const accessToken = await tokens.accessToken();
  try {
    return await open(account, { accessToken }, path);
  } catch (error) {
    if (!isFailure(error, 'imap-login-refused')) throw error;
    // A token may be taken back before its time: one more try, with another one.
    await tokens.refused(accessToken);
    return open(account, { accessToken: await tokens.accessToken() }, path);
  }
}

type Proof = { readonly pass: string } | { readonly accessToken: string };

async function open(account: ImapAccount, proof: Proof, path: string): Promise<Connection> {
  const client = new ImapFlow({
    host: account.host,
    port: account.port,
    secure: account.secure,
    auth: { user: account.user, ...proof },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    maxIdleTime: 60_000,
    clientInfo: { name: 'Postern' },
  });
  const secret = 'pass' in proof ? proof.pass : proof.accessToken;
  const hide = (text: string) => withoutSecrets(text, [secret], account.user);
  let wake = () => {};
  const ended = new Promise<Failure>((resolve) => {
    client.on('error', (error: unknown) => resolve(imapFailure(error, account, hide, path)));
    client.on('close', () => resolve(new Failure('imap-away', 'the IMAP server closed the connection')));
  });
  client.on('exists', () => wake());
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw imapFailure(error, account, hide, path);
    }
  };
  try {
    await guarded(client.connect());
    const box = await guarded(client.mailboxOpen(path));
    const allowed = (flag: string) =>
      !box.readOnly &&
      (box.permanentFlags === undefined ||
        box.permanentFlags.has(flag) ||
        (!flag.startsWith('\\') && box.permanentFlags.has('\\*')));
    const canFlag = allowed(keyword);
    const flags = ['\\Seen', keyword].filter(allowed);
    let moved = () => {};
    return {
      folder: { uidValidity: String(box.uidValidity), uidNext: Number(box.uidNext) },
      ended,
      onNewMail(listener) {
        wake = listener;
      },
      onProgress(listener) {
        moved = listener;
      },
      async list(above, upTo = Number.POSITIVE_INFINITY) {
        const found = await guarded(
          client.fetchAll(
            `${above + 1}:${Number.isFinite(upTo) ? upTo : '*'}`,
            { uid: true, size: true, internalDate: true },
            byUid,
          ),
        );
        // `n:*` names the last mail even where its UID is lower (RFC 9051 §6.4.8).
        return found
          .filter((mail) => mail.uid > above && mail.uid <= upTo)
          .map((mail) => ({
            uid: mail.uid,
            size: mail.size ?? 0,
            arrivedAt: new Date(mail.internalDate ?? Date.now()),
          }))
          .sort((a, b) => a.uid - b.uid);
      },
      async bodies(uids, what) {
        const query = what === 'whole' ? { uid: true, source: true } : { uid: true, headers: true };
        const found: Fetched[] = [];
        try {
          for await (const mail of client.fetch(range(uids), query, byUid)) {
            const raw = what === 'whole' ? mail.source : mail.headers;
            if (raw) found.push({ uid: mail.uid, raw });
            moved();
            crashPoint('half a body');
          }
        } catch (error) {
          throw imapFailure(error, account, hide, path);
        }
        return found;
      },
      async present(uids) {
        // A server keeps what others took away until it may say so.
        await guarded(client.noop());
        return (await guarded(client.search({ uid: range(uids) }, byUid))) || [];
      },
      async flag(uids) {
        if (uids.length > 0 && flags.length > 0 && !(await guarded(client.messageFlagsAdd(range(uids), flags, byUid))))
          throw refused('set flags');
      },
      async unflagged(from, upTo, all) {
        if (upTo < from) return [];
        const bare = all ? {} : { seen: false, ...(canFlag ? { unKeyword: keyword } : {}) };
        if (!all && flags.length === 0) return [];
        const query = { uid: `${from}:${upTo}`, ...bare };
        return (await guarded(client.search(query, byUid))) || [];
      },
      async move(uids, to) {
        if (client.capabilities.has('MOVE')) {
          if (!(await guarded(client.messageMove(range(uids), to, byUid)))) throw refused(`move mail to ${to}`);
          return 'moved';
        }
        // Without UIDPLUS an EXPUNGE would take mails with it that others have marked: then they stay, and carry the keyword.
        if (!client.capabilities.has('UIDPLUS')) return 'kept';
        const copied = await guarded(client.messageCopy(range(uids), to, byUid));
        if (!copied) throw refused(`copy mail to ${to}`);
        const there = uids.filter((uid) => copied.uidMap?.has(uid));
        if (there.length > 0 && !(await guarded(client.messageDelete(range(there), byUid))))
          throw refused('take away what was copied');
        return 'moved';
      },
      async idle() {
        await guarded(client.idle());
      },
      async noop() {
        await guarded(client.noop());
      },
      async close() {
        const bye = client.logout().catch(() => {});
        await Promise.race([bye, new Promise((done) => setTimeout(done, 2_000).unref())]);
        client.close();
      },
    };
  } catch (error) {
    client.close();
    throw imapFailure(error, account, hide, path);
  }
}
