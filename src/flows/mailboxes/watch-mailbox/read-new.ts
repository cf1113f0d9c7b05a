/** Everything above the watermark, batch by batch: store, commit, flag, move the watermark (MAIL.md §1.3 to §1.5). */
import { crashPoint } from '../../../foundation/crash-point.ts';
import type { Listed } from '../../../imap/connection.ts';
import { advance, batches, isPassedOver } from '../../../mail/mailbox-ledger.ts';
import { fetchBatch, sizeLimit } from './fetch.ts';
import { markStored } from './mark-stored.ts';
import type { MailboxSession, Watching } from './types.ts';

/** INTERNALDATE has whole seconds. */
const toSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

function leftAlone(session: MailboxSession, listed: readonly Listed[], ours: ReadonlySet<number>): Set<number> {
  const { mark } = session;
  // Where the first life of a mailbox is read from its end, nothing above the watermark is old.
  if (mark.since === null && mark.epoch === 1) return new Set();
  const seenMark = { ...mark, firstSeenAt: toSecond(mark.firstSeenAt) };
  const old = listed.filter((mail) => !ours.has(mail.uid) && isPassedOver(seenMark, mail.arrivedAt));
  return new Set(old.map((mail) => mail.uid));
}

export async function readNew(watching: Watching, session: MailboxSession): Promise<void> {
  const { options, deps, memory } = watching;
  const { box, lease } = session;
  const { epoch, watermark } = session.mark;
  const listed = await box.list(watermark);
  crashPoint('size fetched');
  watching.moved();
  // What was listed before and is no longer there went away before we had it.
  const there = new Set(listed.map((mail) => mail.uid));
  const everListed = new Set([...memory.pending, ...there]);
  if (everListed.size === 0) return;
  const upTo = Math.max(...[...memory.pending, listed.at(-1)?.uid ?? 0]);
  const ours = await deps.ledger.settledUids(options.name, epoch, [...everListed]);
  const over = leftAlone(session, listed, ours);
  const gone = new Set([...memory.pending].filter((uid) => !there.has(uid) && !ours.has(uid)));
  const settled = new Set([...ours, ...over, ...gone]);
  const unsettled = () => new Set([...everListed].filter((uid) => !settled.has(uid)));
  memory.pending = unsettled();

  const save = async (to: number) => {
    const from = session.mark.watermark;
    const next = advance(from, [...memory.pending], settled, to);
    const passed = (uids: ReadonlySet<number>) => [...uids].filter((uid) => uid > from && uid <= next);
    const missed = await deps.ledger.advance(lease, epoch, next, {
      listed: passed(everListed),
      gone: passed(gone),
      passedOver: passed(over),
    });
    if (missed !== 0) watching.complain(`${missed} mails were seen and nothing became of them`);
    session.mark = { ...session.mark, watermark: next };
    watching.watermark(next);
    watching.moved();
  };

  const limit = sizeLimit(watching);
  const fresh = listed.filter((mail) => !settled.has(mail.uid));
  const sized = fresh.map((mail) => ({ mail, size: Math.min(mail.size, limit) }));
  for (const batch of batches(sized)) {
    if (watching.stopping.aborted) return;
    const fetched = await fetchBatch(
      watching,
      session,
      batch.map((one) => one.mail),
    );
    await deps.receive(fetched.mails, { lease });
    const uids = fetched.mails.flatMap(({ origin }) => (origin.kind === 'imap' ? [origin.uid] : []));
    for (const uid of [...uids, ...fetched.gone]) settled.add(uid);
    for (const uid of fetched.gone) gone.add(uid);
    memory.pending = unsettled();
    await markStored(watching, session, uids);
    await save(batch.at(-1)?.mail.uid ?? upTo);
  }
  await save(upTo);
  // Stored by a watcher that was killed before it could say so on the server.
  await markStored(
    watching,
    session,
    [...ours].filter((uid) => there.has(uid)),
  );
}
