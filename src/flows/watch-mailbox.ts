/**
 * Watches one mailbox (MAIL.md §1): the lease is held, what is new is fetched in batches, stored in one commit, and only then
 * flagged. IDLE is a doorbell and no data: a poll runs beside it, and a watchdog ends a connection that makes no progress.
 */
import { crashPoint } from '../foundation/crash-point.ts';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import type { Meter } from '../foundation/meter.ts';
import { type Connection, type ImapAccount, type Listed, openFolder } from '../imap/connection.ts';
import {
  advance,
  batches,
  failuresBeforeHeld,
  isPassedOver,
  type MailboxMark,
  mustWait,
  sight,
} from '../mail/mailbox-ledger.ts';
import type { Incoming, ReceiveMail } from './receive-mail.ts';

export type Lease = { readonly mailbox: string; readonly fence: number };

/** Counts to be added; `seen` is the sum of the others once all is quiet (MAIL.md §1.7). */
export type LedgerCounts = {
  readonly seen: number;
  readonly stored: number;
  readonly tooLarge: number;
  readonly duplicates: number;
  readonly gone: number;
  readonly passedOver: number;
};

/** Every method may throw `database-away`; those that write under a lease throw `lease-lost` when it went to another watcher. */
export type MailboxLedger = {
  /** A lease of 10 s by the database's clock, with a higher fence than any before; null while another holds it. */
  takeLease(mailbox: string, holder: string): Promise<Lease | null>;
  /** Another 10 s; false when the lease is no longer ours. */
  renewLease(lease: Lease): Promise<boolean>;
  /** Does nothing when the lease is no longer ours. */
  releaseLease(lease: Lease): Promise<void>;
  /** Null before the first sight. */
  load(mailbox: string): Promise<MailboxMark | null>;
  /** Writes the first sight or a new epoch. */
  saveMark(lease: Lease, mark: MailboxMark): Promise<void>;
  /** Moves the watermark, never back, and adds the counts, in one transaction; does nothing in another epoch. */
  advance(lease: Lease, epoch: number, watermark: number, counts: LedgerCounts): Promise<void>;
  /** Which of these UIDs are in the ledger already, stored or as duplicates. */
  settledUids(mailbox: string, epoch: number, uids: readonly number[]): Promise<ReadonlySet<number>>;
  /** Counts one more failure of a UID; how many there are now. */
  noteFailure(lease: Lease, epoch: number, uid: number): Promise<number>;
};

export type WatchOptions = {
  readonly name: string;
  readonly account: ImapAccount;
  readonly folder: string;
  /** Where mails are filed away; null leaves them where they are. */
  readonly processed: string | null;
  /** Read back to this moment at the first sight. */
  readonly since: Date | null;
  /** Names this process. */
  readonly holder: string;
  readonly pollMs?: number;
  /** Octets; a larger mail is kept as its header. */
  readonly sizeLimit?: number;
  /** After a refused login; tests wait less. */
  readonly refusedMs?: number;
};

export type WatchDeps = {
  readonly ledger: MailboxLedger;
  readonly receive: ReceiveMail;
  readonly log: Log;
  readonly meter: Meter;
};

export type WatcherState = {
  readonly connected: boolean;
  readonly leased: boolean;
  readonly watermark: number | null;
  readonly problem: string | null;
};
export type Watcher = {
  state(): WatcherState;
  /** Lets the batch in hand finish. */
  stop(): Promise<void>;
};

const renewMs = 3_000;
const standbyMs = 2_000;
const watchdogMs = 120_000;
const megabyte = 2 ** 20;
const none: LedgerCounts = { seen: 0, stored: 0, tooLarge: 0, duplicates: 0, gone: 0, passedOver: 0 };

/** What one session holds: one lease, one connection, one epoch. */
type Session = { readonly lease: Lease; readonly box: Connection; mark: MailboxMark };

export function watchMailbox(options: WatchOptions, deps: WatchDeps): Watcher {
  const { ledger, log, meter } = deps;
  const limit = options.sizeLimit ?? 35 * megabyte;
  const stopping = new AbortController();
  const state = { connected: false, leased: false, watermark: null as number | null, problem: null as string | null };
  let progressAt = performance.now();

  const sleep = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(finish, ms);
      function finish() {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', finish);
        done();
      }
      stopping.signal.addEventListener('abort', finish, { once: true });
      if (stopping.signal.aborted) finish();
    });

  function incoming(session: Session, mail: Listed, raw: Buffer, only?: 'tooLarge' | 'notFetched'): Incoming {
    return {
      raw,
      arrivedAt: mail.arrivedAt,
      envelope: { mailFrom: null, rcptTo: [] },
      origin: {
        kind: 'imap',
        mailbox: options.name,
        epoch: session.mark.epoch,
        uid: mail.uid,
        mustWait: mustWait(mail.arrivedAt, new Date()),
        ...(only ? ({ [only]: true } as { tooLarge?: true; notFetched?: true }) : {}),
      },
    };
  }

  /** A UID whose fetch took the connection with it: from then on it is fetched alone, and counted before each try. */
  const suspects = new Set<number>();

  /** The header alone, or where even that is not to be had a line that says which mail it was. */
  async function heldAsHeader(session: Session, mail: Listed, times: number): Promise<Incoming> {
    const [only] = times > 2 * failuresBeforeHeld ? [] : await session.box.bodies([mail.uid], 'header');
    const stand = `X-Postern-Not-Fetched: ${options.name} ${session.mark.epoch} ${mail.uid}\r\n\r\n`;
    return incoming(session, mail, only?.raw ?? Buffer.from(stand), 'notFetched');
  }

  async function fetchSuspect(session: Session, mail: Listed): Promise<Incoming | null> {
    const times = await ledger.noteFailure(session.lease, session.mark.epoch, mail.uid);
    if (times > failuresBeforeHeld) return heldAsHeader(session, mail, times);
    const [one] = await session.box.bodies([mail.uid], 'whole');
    if (!one) return null;
    suspects.delete(mail.uid);
    return incoming(session, mail, one.raw);
  }

  /** Many at once; what takes the connection with it is found by fetching one by one the next time. */
  async function fetchBodies(session: Session, mails: readonly Listed[]): Promise<Map<number, Buffer>> {
    const uids = mails.map((mail) => mail.uid);
    if (uids.length === 0) return new Map();
    try {
      return new Map((await session.box.bodies(uids, 'whole')).map((one) => [one.uid, one.raw]));
    } catch (error) {
      if (!stopping.signal.aborted) for (const uid of uids) suspects.add(uid);
      throw error;
    }
  }

  /** What comes of a batch; a UID that is not handed out is left for the next round, and held after five. */
  async function fetchBatch(session: Session, batch: readonly Listed[]): Promise<Incoming[]> {
    const plain = batch.filter((mail) => mail.size <= limit && !suspects.has(mail.uid));
    const bodies = await fetchBodies(session, plain);
    const mails: Incoming[] = [];
    for (const mail of batch) {
      const raw = bodies.get(mail.uid);
      if (raw) mails.push(incoming(session, mail, raw));
      else if (mail.size > limit) {
        const [head] = await session.box.bodies([mail.uid], 'header');
        if (head) mails.push(incoming(session, mail, head.raw, 'tooLarge'));
      } else if (suspects.has(mail.uid)) {
        const one = await fetchSuspect(session, mail);
        if (one) mails.push(one);
      } else {
        const times = await ledger.noteFailure(session.lease, session.mark.epoch, mail.uid);
        if (times >= failuresBeforeHeld) mails.push(await heldAsHeader(session, mail, times));
      }
    }
    crashPoint('body complete');
    return mails;
  }

  /** A server that refuses flags keeps nobody from reading on: it is said, and the ledger knows what we have. */
  async function marked(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isFailure(error, 'imap-command-refused')) throw error;
      state.problem = `mailbox ${options.name}: ${error.message}`;
      meter.count('postern_mailbox_failures_total', { mailbox: options.name, code: error.code });
      log.warn({ mailbox: options.name }, error.message);
    }
  }

  async function settle(session: Session, uids: readonly number[]): Promise<void> {
    if (uids.length === 0) return;
    const { processed } = options;
    await marked(() => session.box.flag(uids));
    crashPoint('after flag');
    if (processed === null) return;
    await marked(async () => {
      if ((await session.box.move(uids, processed)) === 'kept') {
        log.warn({ mailbox: options.name }, 'the server has neither MOVE nor UIDPLUS; mails stay and carry a keyword');
      }
    });
    crashPoint('after move');
  }

  /** Everything above the watermark, batch by batch: store, commit, flag, move the watermark. */
  async function readNew(session: Session): Promise<void> {
    const { box, lease } = session;
    const listed = await box.list(session.mark.watermark);
    crashPoint('size fetched');
    progressAt = performance.now();
    const upTo = listed.at(-1)?.uid ?? session.mark.watermark;
    if (listed.length === 0) return;
    const { epoch } = session.mark;
    const settled = new Set(
      await ledger.settledUids(
        options.name,
        epoch,
        listed.map((mail) => mail.uid),
      ),
    );
    const before = settled.size;
    // Where the first life of a mailbox is read from its end, nothing above the watermark is old.
    const judged = session.mark.since !== null || epoch > 1;
    const floor = {
      ...session.mark,
      firstSeenAt: new Date(Math.floor(session.mark.firstSeenAt.getTime() / 1000) * 1000),
    };
    const over = listed.filter((mail) => judged && !settled.has(mail.uid) && isPassedOver(floor, mail.arrivedAt));
    for (const mail of over) settled.add(mail.uid);
    const fresh = listed.filter((mail) => !settled.has(mail.uid));
    // What was stored before a watcher died is counted when the next one finds it.
    let counts: LedgerCounts = { ...none, passedOver: over.length, stored: before, seen: over.length + before };
    const save = async (to: number) => {
      const uids = listed.map((mail) => mail.uid);
      const next = advance(session.mark.watermark, uids, settled, to);
      await ledger.advance(lease, epoch, next, counts);
      counts = none;
      session.mark = { ...session.mark, watermark: next };
      state.watermark = next;
      progressAt = performance.now();
    };
    for (const batch of batches(
      fresh.map((mail) => ({ ...mail, size: Math.min(mail.size, limit) })),
      100,
      16 * megabyte,
    )) {
      if (stopping.signal.aborted) break;
      const whole = batch.flatMap((one) => listed.find((mail) => mail.uid === one.uid) ?? []);
      const mails = await fetchBatch(session, whole);
      const received = await deps.receive(mails, { lease });
      const uids = mails.map((mail) => (mail.origin.kind === 'imap' ? mail.origin.uid : 0));
      for (const uid of uids) settled.add(uid);
      const duplicates = received.filter((one) => one.kind === 'duplicate').length;
      const tooLarge = mails.filter((mail) => mail.origin.kind === 'imap' && mail.origin.tooLarge).length;
      counts = {
        ...counts,
        seen: counts.seen + mails.length,
        stored: counts.stored + mails.length - duplicates - tooLarge,
        duplicates: counts.duplicates + duplicates,
        tooLarge: counts.tooLarge + tooLarge,
      };
      await settle(session, uids);
      await save(whole.at(-1)?.uid ?? upTo);
    }
    if (!stopping.signal.aborted) await save(upTo);
    if (before > 0)
      await settle(
        session,
        listed
          .filter((mail) => settled.has(mail.uid) && !fresh.includes(mail) && !over.includes(mail))
          .map((mail) => mail.uid),
      );
  }

  /** Flags that a killed watcher did not come to set: among the last mails below the watermark, those in the ledger. */
  async function mendFlags(session: Session): Promise<void> {
    const from = Math.max(1, session.mark.watermark - 999);
    const bare = await session.box.unflagged(from, session.mark.watermark, options.processed !== null);
    const ours = await ledger.settledUids(options.name, session.mark.epoch, bare);
    await settle(
      session,
      bare.filter((uid) => ours.has(uid)),
    );
  }

  async function takeSight(lease: Lease, box: Connection): Promise<Session> {
    const known = await ledger.load(options.name);
    const seen = sight(known, box.folder, new Date(), options.since);
    if (seen.kind === 'same' && known) return { lease, box, mark: known };
    if (seen.kind === 'same') throw new Failure('imap-away', 'the mailbox was not seen');
    if (seen.kind === 'new-epoch') {
      log.warn(
        { mailbox: options.name, because: seen.because, epoch: seen.mark.epoch },
        'the mailbox was made anew; it is read again, what we have is passed over',
      );
      meter.count('postern_mailbox_epochs_total', { mailbox: options.name });
    }
    await ledger.saveMark(lease, seen.mark);
    return { lease, box, mark: seen.mark };
  }

  /** Until the connection or the lease is gone, or we are stopped. */
  async function work(session: Session): Promise<void> {
    const { box, lease } = session;
    let ring = () => {};
    let rung = false;
    box.onProgress(() => {
      progressAt = performance.now();
    });
    box.onBell(() => {
      rung = true;
      ring();
    });
    const lost = new Promise<Failure>((gone) => {
      void box.ended.then(gone);
      const renewal = setInterval(async () => {
        const kept = await ledger.renewLease(lease).catch(() => null);
        if (kept === false) gone(new Failure('lease-lost', `mailbox ${options.name} went to another watcher`));
        if (performance.now() - progressAt > watchdogMs) gone(new Failure('imap-away', 'no progress for two minutes'));
      }, renewMs);
      void box.ended.then(() => clearInterval(renewal));
      stopRenewal = () => clearInterval(renewal);
    });
    const broken = lost.then((failure): never => {
      throw failure;
    });
    broken.catch(() => {});
    await mendFlags(session);
    while (!stopping.signal.aborted) {
      rung = false;
      await Promise.race([readNew(session), broken]);
      failures = 0;
      if (rung || stopping.signal.aborted) continue;
      const bell = new Promise<void>((done) => {
        ring = done;
      });
      const idling = box.idle().catch(() => {});
      await Promise.race([bell, sleep(options.pollMs ?? 60_000), broken]);
      // The next command ends IDLE by itself; the promise is only kept from being forgotten.
      void idling;
      progressAt = performance.now();
    }
  }
  let stopRenewal = () => {};

  async function session(): Promise<void> {
    const lease = await ledger.takeLease(options.name, options.holder);
    if (lease === null) {
      state.leased = false;
      await sleep(standbyMs);
      return;
    }
    state.leased = true;
    let box: Connection | null = null;
    const early = setInterval(() => void ledger.renewLease(lease).catch(() => {}), renewMs);
    try {
      box = await openFolder(options.account, options.folder);
      crashPoint('connected');
      const open = await takeSight(lease, box);
      crashPoint('selected');
      state.connected = true;
      state.problem = null;
      state.watermark = open.mark.watermark;
      meter.gauge('postern_mailbox_connected', 1, { mailbox: options.name });
      progressAt = performance.now();
      clearInterval(early);
      await work(open);
    } finally {
      clearInterval(early);
      stopRenewal();
      state.connected = false;
      state.leased = false;
      meter.gauge('postern_mailbox_connected', 0, { mailbox: options.name });
      await box?.close();
      await ledger.releaseLease(lease).catch(() => {});
    }
  }

  let failures = 0;
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await session();
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        const code = isFailure(error) ? error.code : 'surprise';
        const login = code === 'imap-login-refused';
        state.problem = `mailbox ${options.name}: ${error instanceof Error ? error.message : String(error)}`;
        meter.count('postern_mailbox_failures_total', { mailbox: options.name, code });
        log[login ? 'error' : 'warn'](
          { mailbox: options.name, code, failures, ...(isFailure(error) ? {} : { error: String(error) }) },
          login ? 'the login was refused; somebody has to look' : 'the mailbox is out of reach; it is tried again',
        );
        const backOff = Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 6)) * (0.75 + Math.random() / 2);
        await sleep(login ? (options.refusedMs ?? 300_000) : code === 'lease-lost' ? 200 : backOff);
      }
    }
  }
  const running = run();
  return {
    state: () => ({ ...state }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** For `doctor`: connects, logs in, opens the folder; throws a Failure that says what to do. */
export async function tryMailbox(mailbox: ImapAccount & { readonly folder: string }): Promise<string> {
  try {
    const box = await openFolder(mailbox, mailbox.folder);
    await box.close();
    return `${mailbox.host}:${mailbox.port} lets us in, ${mailbox.folder} is there`;
  } catch (error) {
    if (!isFailure(error)) throw error;
    const mend =
      error.code === 'imap-login-refused'
        ? 'look at user name and password, or make a password for this program at the provider'
        : `look at host and port (${mailbox.host}:${mailbox.port}), TLS (imaps:// or imap://) and the name of the folder (${mailbox.folder})`;
    throw new Failure(error.code, `${error.message}; ${mend}`);
  }
}
