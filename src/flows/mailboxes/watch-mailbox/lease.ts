/** The right to read a mailbox, held as long as it is renewed, and what the mailbox is at that moment (MAIL.md §1.6). */
import { Failure } from '../../../foundation/failure.ts';
import type { Connection } from '../../../imap/connection.ts';
import { sight } from '../../../mail/mailbox-ledger.ts';
import type { Lease, MailboxLedger, MailboxSession, Watching } from './types.ts';
import { leaseNews } from './watch-state.ts';

const renewMs = 3_000;
const leaseMs = 10_000;

/** Renews from the first moment on, through a slow login too; `gone` is called when it is no longer ours. Ends by what it returns. */
export function keepLease(ledger: MailboxLedger, lease: Lease, gone: (why: Failure) => void): () => void {
  const { mailbox } = lease;
  let renewedAt = performance.now();
  const renewal = setInterval(async () => {
    // Asked before: an answer that comes late renews from the moment of its question.
    const askedAt = performance.now();
    const kept = await ledger.renewLease(lease).catch(() => null);
    if (kept) renewedAt = Math.max(renewedAt, askedAt);
    const news = leaseNews(kept, performance.now() - renewedAt, leaseMs);
    if (news === 'lost') gone(new Failure('lease-lost', `mailbox ${mailbox} went to another watcher`));
    if (news === 'not-renewed') gone(new Failure('lease-lost', `the lease of mailbox ${mailbox} could not be renewed`));
  }, renewMs);
  return () => clearInterval(renewal);
}

/** The mailbox as it was known, or a new epoch of it. */
export async function takeSight(watching: Watching, lease: Lease, box: Connection): Promise<MailboxSession> {
  const { options, deps, memory } = watching;
  const mailbox = options.name;
  const known = await deps.ledger.load(mailbox);
  const seen = sight(known, box.folder, new Date(), options.since);
  if (seen.kind === 'same' && known) return { lease, box, mark: known };
  if (seen.kind === 'same') throw new Failure('imap-away', 'the mailbox was not seen');
  if (seen.kind === 'new-epoch') {
    deps.log.warn(
      { mailbox, because: seen.because, epoch: seen.mark.epoch },
      'the mailbox was made anew; it is read again, what we have is passed over',
    );
    deps.meter.count('postern_mailbox_epochs_total', { mailbox });
  }
  memory.pending.clear();
  memory.suspects.clear();
  await deps.ledger.saveMark(lease, seen.mark);
  return { lease, box, mark: seen.mark };
}
