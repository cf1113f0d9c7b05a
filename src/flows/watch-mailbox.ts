/**
 * Watches one mailbox (MAIL.md §1): the lease is held, what is new is fetched in batches, stored in one commit, and only then
 * flagged. IDLE is a doorbell and no data: a poll runs beside it, and a watchdog ends a connection that makes no progress.
 */
import { crashPoint } from '../foundation/crash-point.ts';
import { Failure, isFailure } from '../foundation/failure.ts';
import { type Connection, type ImapAccount, openFolder } from '../imap/connection.ts';
import { sight } from '../mail/mailbox-ledger.ts';
import { readNew } from './watch-mailbox/read-new.ts';
import { mendFlags } from './watch-mailbox/settle.ts';
import type { Lease, Session, WatchDeps, Watching, WatchOptions } from './watch-mailbox/types.ts';

export type { Lease, MailboxLedger, Passed, WatchDeps, WatchOptions } from './watch-mailbox/types.ts';

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
const leaseMs = 10_000;
const standbyMs = 1_500;

export function watchMailbox(options: WatchOptions, deps: WatchDeps): Watcher {
  const { ledger, log, meter } = deps;
  const { name: mailbox } = options;
  const stopping = new AbortController();
  const state = { connected: false, leased: false, watermark: null as number | null, problem: null as string | null };
  let progressAt = performance.now();
  let failures = 0;
  let fetchNotedAt = Number.NEGATIVE_INFINITY;

  const watching: Watching = {
    options,
    deps,
    memory: { suspects: new Set(), pending: new Set() },
    stopping: stopping.signal,
    moved() {
      progressAt = performance.now();
    },
    complain(problem) {
      state.problem = `mailbox ${mailbox}: ${problem}`;
    },
    watermark(uid) {
      state.watermark = uid;
    },
  };

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

  /** Renews from the first moment on, through a slow login too; `gone` is called once when it is no longer ours. */
  function keepLease(lease: Lease, gone: (why: Failure) => void): () => void {
    let renewedAt = performance.now();
    const renewal = setInterval(async () => {
      // Asked before: an answer that comes late renews from the moment of its question.
      const askedAt = performance.now();
      const kept = await ledger.renewLease(lease).catch(() => null);
      if (kept) renewedAt = Math.max(renewedAt, askedAt);
      if (kept === false) gone(new Failure('lease-lost', `mailbox ${mailbox} went to another watcher`));
      else if (performance.now() - renewedAt > leaseMs)
        gone(new Failure('lease-lost', `the lease of mailbox ${mailbox} could not be renewed`));
    }, renewMs);
    return () => clearInterval(renewal);
  }

  async function takeSight(lease: Lease, box: Connection): Promise<Session> {
    const known = await ledger.load(mailbox);
    const seen = sight(known, box.folder, new Date(), options.since);
    if (seen.kind === 'same' && known) return { lease, box, mark: known };
    if (seen.kind === 'same') throw new Failure('imap-away', 'the mailbox was not seen');
    if (seen.kind === 'new-epoch') {
      log.warn(
        { mailbox, because: seen.because, epoch: seen.mark.epoch },
        'the mailbox was made anew; it is read again, what we have is passed over',
      );
      meter.count('postern_mailbox_epochs_total', { mailbox });
    }
    watching.memory.pending.clear();
    watching.memory.suspects.clear();
    await ledger.saveMark(lease, seen.mark);
    return { lease, box, mark: seen.mark };
  }

  /** Not oftener than alerts need it, and out of the way of the reading. */
  function noteFetch(lease: Lease): void {
    if (performance.now() - fetchNotedAt < 20_000) return;
    fetchNotedAt = performance.now();
    ledger.noteFetch(lease).catch(() => {});
  }

  /** Until the connection or the lease is gone, or we are stopped. */
  async function work(session: Session, broken: Promise<never>): Promise<void> {
    const { box } = session;
    let ring = () => {};
    let rung = false;
    box.onProgress(watching.moved);
    box.onBell(() => {
      rung = true;
      ring();
    });
    await Promise.race([mendFlags(watching, session), broken]);
    while (!stopping.signal.aborted) {
      rung = false;
      await Promise.race([readNew(watching, session), broken]);
      failures = 0;
      noteFetch(session.lease);
      if (rung || stopping.signal.aborted) continue;
      const bell = new Promise<void>((done) => {
        ring = done;
      });
      // The next command ends IDLE by itself; the promise is only kept from being forgotten.
      void box.idle().catch(() => {});
      await Promise.race([bell, sleep(options.pollMs ?? 60_000), broken]);
    }
  }

  /** What others see of the mailbox: a gauge for the login, a line for readiness; kept out of the way of the work. */
  async function tell(lease: Lease, login: 'refused' | 'taken' | 'unknown', problem: string | null): Promise<void> {
    if (login !== 'unknown') meter.gauge('postern_mailbox_login_refused', login === 'refused' ? 1 : 0, { mailbox });
    await ledger.noteProblem(lease, problem, login === 'refused' ? login : undefined).catch(() => {});
  }

  async function session(): Promise<void> {
    const lease = await ledger.takeLease(mailbox, options.holder);
    if (lease === null) {
      // Whatever was wrong here is the holder's to find out now.
      state.problem = null;
      await sleep(standbyMs);
      return;
    }
    state.leased = true;
    let box: Connection | null = null;
    const { promise: broken, reject: end } = Promise.withResolvers<never>();
    broken.catch(() => {});
    const letGo = keepLease(lease, end);
    let watchdog: NodeJS.Timeout | null = null;
    try {
      const opening = openFolder(options.account, options.folder);
      box = await Promise.race([opening, broken]).catch((error: unknown) => {
        opening.then((late) => late.close()).catch(() => {});
        throw error;
      });
      crashPoint('connected');
      void box.ended.then(end);
      const open = await takeSight(lease, box);
      crashPoint('selected');
      state.connected = true;
      state.problem = null;
      state.watermark = open.mark.watermark;
      meter.gauge('postern_mailbox_connected', 1, { mailbox });
      await tell(lease, 'taken', null);
      const patience = options.watchdogMs ?? 120_000;
      watching.moved();
      watchdog = setInterval(
        () => {
          if (performance.now() - progressAt > patience)
            end(new Failure('imap-away', `the IMAP server has not answered for ${Math.round(patience / 1000)} s`));
        },
        Math.min(renewMs, patience / 4),
      );
      await work(open, broken);
    } catch (error) {
      if (!isFailure(error, 'lease-lost') && !stopping.signal.aborted)
        await tell(lease, isFailure(error, 'imap-login-refused') ? 'refused' : 'unknown', said(error));
      throw error;
    } finally {
      if (watchdog) clearInterval(watchdog);
      letGo();
      state.connected = false;
      state.leased = false;
      meter.gauge('postern_mailbox_connected', 0, { mailbox });
      await box?.close();
      await ledger.releaseLease(lease).catch(() => {});
    }
  }

  const said = (error: unknown) => `mailbox ${mailbox}: ${error instanceof Error ? error.message : String(error)}`;

  /** Milliseconds to the next try. The database comes back at once where it comes back; a refused login is asked seldom. */
  function backOff(code: string): number {
    if (code === 'imap-login-refused') return options.refusedMs ?? 300_000;
    if (code === 'lease-lost') return 200;
    const most = code === 'database-away' ? 2_000 : 60_000;
    return Math.min(most, 1_000 * 2 ** Math.min(failures - 1, 6)) * (0.75 + Math.random() / 2);
  }

  /**
   * A long wait is for a server that is away. Where another watcher got in meanwhile it is there, and whoever went on waiting would
   * not be at hand when that other one is killed (RELIABILITY I10).
   */
  async function waitOut(ms: number): Promise<void> {
    const until = performance.now() + ms;
    for (let left = ms; left > 0 && !stopping.signal.aborted; left = until - performance.now()) {
      await sleep(Math.min(left, standbyMs));
      if (left <= standbyMs || !(await ledger.othersRead(mailbox, options.holder).catch(() => false))) continue;
      failures = 0;
      return;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await session();
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        const code = isFailure(error) ? error.code : 'surprise';
        const login = code === 'imap-login-refused';
        state.problem = said(error);
        meter.count('postern_mailbox_failures_total', { mailbox, code });
        log[login ? 'error' : 'warn'](
          { mailbox, code, failures, ...(isFailure(error) ? { why: error.message } : { error: String(error) }) },
          login ? 'the login was refused; somebody has to look' : 'the mailbox is out of reach; it is tried again',
        );
        await waitOut(backOff(code));
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
  const box = await openFolder(mailbox, mailbox.folder);
  await box.close();
  return `${mailbox.host}:${mailbox.port} lets us in, ${mailbox.folder} is there`;
}
