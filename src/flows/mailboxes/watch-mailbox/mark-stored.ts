/** Marks stored mails in the mailbox (MAIL.md §1.4): sets flags, and moves them where configured. Only after the commit. */
import { crashPoint } from '../../../foundation/crash-point.ts';
import { isFailure } from '../../../foundation/failure.ts';
import type { MailboxSession, Watching } from './types.ts';

/** A server that refuses flags keeps nobody from reading on: it is said, and the ledger knows what we have. */
async function orComplain(watching: Watching, work: () => Promise<void>): Promise<void> {
  const { options, deps } = watching;
  try {
    await work();
  } catch (error) {
    if (!isFailure(error, 'imap-command-refused')) throw error;
    watching.complain(error.message);
    deps.meter.count('postern_mailbox_failures_total', { mailbox: options.name, code: error.code });
    deps.log.warn({ mailbox: options.name }, error.message);
  }
}

export async function markStored(watching: Watching, session: MailboxSession, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return;
  const { options, deps } = watching;
  const { processed } = options;
  await orComplain(watching, () => session.box.flag(uids));
  crashPoint('after flag');
  if (processed === null) return;
  await orComplain(watching, async () => {
    if ((await session.box.move(uids, processed)) === 'kept') {
      deps.log.warn(
        { mailbox: options.name },
        'the server has neither MOVE nor UIDPLUS; mails stay and carry a keyword',
      );
    }
  });
  crashPoint('after move');
}

/** What a killed watcher did not come to do: among the last mails below the watermark, those in the ledger. */
export async function repairFlags(watching: Watching, session: MailboxSession): Promise<void> {
  const { options, deps } = watching;
  const { mark, box } = session;
  const from = Math.max(1, mark.watermark - 999);
  const bare = await box.unflagged(from, mark.watermark, options.processed !== null);
  const ours = await deps.ledger.settledUids(options.name, mark.epoch, bare);
  await markStored(
    watching,
    session,
    bare.filter((uid) => ours.has(uid)),
  );
}
