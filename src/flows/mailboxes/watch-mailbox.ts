/**
 * Watches one mailbox (MAIL.md §1): the lease is held, what is new is fetched in batches, stored in one commit, and only then
 * flagged. IDLE says that there is new mail and no more: a poll runs beside it, and a watchdog ends a connection that makes no progress.
 */
import { crashPoint } from '../../foundation/crash-point.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { type Connection, type ImapAccount, openFolder } from '../../imap/connection.ts';
import { fetchAgain } from './watch-mailbox/fetch-again.ts';
import { keepLease, takeSight } from './watch-mailbox/lease.ts';
import { repairFlags } from './watch-mailbox/mark-stored.ts';
import { readNew } from './watch-mailbox/read-new.ts';
import type { Lease, MailboxSession, WatchDeps, Watching, WatchOptions } from './watch-mailbox/types.ts';
import { atFirst, backOff, type WatchEvent, type WatchState, watched } from './watch-mailbox/watch-state.ts';

export type { Lease, MailboxLedger, Passed, WatchDeps, WatchOptions } from './watch-mailbox/types.ts';

export type Watcher = {
  state(): WatchState;
  /** Lets the batch in hand finish. */
  stop(): Promise<void>;
};

const watchdogTickMs = 3_000;
const standbyMs = 1_500;
/** Whether somebody wants UIDs looked at again is asked beside a look into the mailbox, and not with each of many. */
const askMs = 10_000;

export function watchMailbox(options: WatchOptions, deps: WatchDeps): Watcher {
  const { ledger, log, meter } = deps;
  const { name: mailbox } = options;
  const stopping = new AbortController();
  let state = atFirst;
  const note = (event: WatchEvent) => {
    state = watched(state, event);
  };
  let progressAt = performance.now();
  let fetchNotedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;

  const watching: Watching = {
    options,
    deps,
    memory: { suspects: new Set(), pending: new Set() },
    stopping: stopping.signal,
    moved() {
      progressAt = performance.now();
    },
    complain(problem) {
      note({ kind: 'complained', problem: `mailbox ${mailbox}: ${problem}` });
    },
    watermark(uid) {
      note({ kind: 'advanced', watermark: uid });
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

  /** Not oftener than alerts need it, and out of the way of the reading. */
  function noteFetch(lease: Lease): void {
    if (performance.now() - fetchNotedAt < 20_000) return;
    fetchNotedAt = performance.now();
    ledger.noteFetch(lease).catch(() => {});
  }

  /** Until the connection or the lease is gone, or we are stopped. */
  async function work(session: MailboxSession, broken: Promise<never>): Promise<void> {
    const { box } = session;
    let wake = () => {};
    let woken = false;
    box.onProgress(watching.moved);
    box.onNewMail(() => {
      woken = true;
      wake();
    });
    await Promise.race([repairFlags(watching, session), broken]);
    while (!stopping.signal.aborted) {
      woken = false;
      await Promise.race([readNew(watching, session), broken]);
      note({ kind: 'all-read' });
      noteFetch(session.lease);
      if (performance.now() - askedAt >= askMs) {
        askedAt = performance.now();
        await Promise.race([fetchAgain(watching, session), broken]);
      }
      if (woken || stopping.signal.aborted) continue;
      const newMail = new Promise<void>((done) => {
        wake = done;
      });
      // The next command ends IDLE by itself; the promise is only kept from being forgotten.
      void box.idle().catch(() => {});
      await Promise.race([newMail, sleep(options.pollMs ?? 60_000), broken]);
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
      note({ kind: 'standing-by' });
      await sleep(standbyMs);
      return;
    }
    note({ kind: 'leased' });
    let box: Connection | null = null;
    const { promise: broken, reject: end } = Promise.withResolvers<never>();
    broken.catch(() => {});
    const letGo = keepLease(ledger, lease, end);
    let watchdog: NodeJS.Timeout | null = null;
    try {
      const opening = openFolder(options.account, options.folder);
      box = await Promise.race([opening, broken]).catch((error: unknown) => {
        opening.then((late) => late.close()).catch(() => {});
        throw error;
      });
      crashPoint('connected');
      void box.ended.then(end);
      const open = await takeSight(watching, lease, box);
      crashPoint('selected');
      note({ kind: 'connected', watermark: open.mark.watermark });
      meter.gauge('postern_mailbox_connected', 1, { mailbox });
      await tell(lease, 'taken', null);
      const patience = options.watchdogMs ?? 120_000;
      watching.moved();
      watchdog = setInterval(
        () => {
          if (performance.now() - progressAt > patience)
            end(new Failure('imap-away', `the IMAP server has not answered for ${Math.round(patience / 1000)} s`));
        },
        Math.min(watchdogTickMs, patience / 4),
      );
      await work(open, broken);
    } catch (error) {
      if (!isFailure(error, 'lease-lost') && !stopping.signal.aborted)
        await tell(lease, isFailure(error, 'imap-login-refused') ? 'refused' : 'unknown', said(error));
      throw error;
    } finally {
      if (watchdog) clearInterval(watchdog);
      letGo();
      note({ kind: 'ended' });
      meter.gauge('postern_mailbox_connected', 0, { mailbox });
      await box?.close();
      await ledger.releaseLease(lease).catch(() => {});
    }
  }

  const said = (error: unknown) => `mailbox ${mailbox}: ${error instanceof Error ? error.message : String(error)}`;

  /**
   * A long wait is for a server that is away. Where another watcher got in meanwhile it is there, and whoever went on waiting would
   * not be at hand when that other one is killed (RELIABILITY I10).
   */
  async function waitOut(ms: number): Promise<void> {
    const until = performance.now() + ms;
    for (let left = ms; left > 0 && !stopping.signal.aborted; left = until - performance.now()) {
      await sleep(Math.min(left, standbyMs));
      if (left <= standbyMs || !(await ledger.othersRead(mailbox, options.holder).catch(() => false))) continue;
      note({ kind: 'others-read' });
      return;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await session();
      } catch (error) {
        if (stopping.signal.aborted) return;
        const code = isFailure(error) ? error.code : 'surprise';
        const login = code === 'imap-login-refused';
        note({ kind: 'failed', problem: said(error) });
        const { failures } = state;
        meter.count('postern_mailbox_failures_total', { mailbox, code });
        log[login ? 'error' : 'warn'](
          { mailbox, code, failures, ...(isFailure(error) ? { why: error.message } : { error: String(error) }) },
          login ? 'the login was refused; somebody has to look' : 'the mailbox is out of reach; it is tried again',
        );
        await waitOut(backOff(code, failures, { chance: Math.random(), refusedMs: options.refusedMs ?? 300_000 }));
      }
    }
  }
  const running = run();
  return {
    state: () => state,
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
