/** UIDs that somebody wants looked at again: what is on the server and not here is fetched, stored and flagged like any other mail. */
import { isFailure } from '../../../foundation/failure.ts';
import { batches } from '../../../mail/mailbox-ledger.ts';
import { fetchBatch, sizeLimit } from './fetch.ts';
import { markStored } from './mark-stored.ts';
import type { MailboxSession, Watching } from './types.ts';

type Range = { readonly epoch: number; readonly from: number; readonly to: number };

async function fetchRange(watching: Watching, session: MailboxSession, { from, to }: Range) {
  const { options, deps } = watching;
  const { box, lease, mark } = session;
  const listed = await box.list(from - 1, Math.min(to, mark.watermark));
  watching.moved();
  const known = await deps.ledger.settledUids(
    options.name,
    mark.epoch,
    listed.map((mail) => mail.uid),
  );
  const limit = sizeLimit(watching);
  const fresh = listed.filter((mail) => !known.has(mail.uid));
  for (const batch of batches(fresh.map((mail) => ({ mail, size: Math.min(mail.size, limit) })))) {
    const { mails } = await fetchBatch(
      watching,
      session,
      batch.map((one) => one.mail),
    );
    await deps.receive(mails, { lease });
    await markStored(
      watching,
      session,
      mails.flatMap(({ origin }) => (origin.kind === 'imap' ? [origin.uid] : [])),
    );
    watching.moved();
  }
  return { listed: listed.length, known: known.size };
}

/** One range at a time. What ends the session leaves it open for the next one; where the server refuses the command, that is its end. */
export async function fetchAgain(watching: Watching, session: MailboxSession): Promise<void> {
  const { options, deps } = watching;
  const { ledger, log } = deps;
  const asked = await ledger.nextRefetch(options.name);
  if (asked === null) return;
  const end = (listed: number, known: number, failure: string | null) =>
    ledger.endRefetch(session.lease, asked.id, { listed, known, failure });
  if (asked.epoch !== session.mark.epoch) {
    await end(0, 0, 'The mailbox was made anew meanwhile: its UIDs are others now.');
    return;
  }
  try {
    const { listed, known } = await fetchRange(watching, session, asked);
    const fetched = await end(listed, known, null);
    log.info({ mailbox: options.name, from: asked.from, to: asked.to, listed, fetched }, 'UIDs were looked at again');
  } catch (error) {
    if (!isFailure(error, 'imap-command-refused')) throw error;
    await end(0, 0, error.message);
  }
}
