/**
 * How far a mailbox has been read (MAIL.md §1.2, §1.5, §1.7), as pure rules. A UID means nothing
 * without its UIDVALIDITY; an epoch is one such life of the mailbox, counted by us.
 */
export type MailboxMark = {
  readonly epoch: number;
  readonly uidValidity: string;
  /** Every UID up to this one is stored, passed over or gone. */
  readonly watermark: number;
  /** When we first saw the mailbox: mail that arrived before it is passed over in a later epoch, unless `since` asks for it. */
  readonly firstSeenAt: Date;
  /** `since` as it stood at the first sight; null when the mailbox was taken up at its end. */
  readonly since: Date | null;
};

/** What SELECT says of the folder. */
type FolderState = { readonly uidValidity: string; readonly uidNext: number };

type Sight =
  | { readonly kind: 'first'; readonly mark: MailboxMark }
  | { readonly kind: 'same' }
  | { readonly kind: 'new-epoch'; readonly mark: MailboxMark; readonly because: 'uid-validity' | 'uid-next' };

/** First sight starts behind what is there, or before all of it where `since` is named; a new epoch reads all again. */
export function sight(known: MailboxMark | null, folder: FolderState, now: Date, since: Date | null): Sight {
  if (known === null) {
    const watermark = since === null ? folder.uidNext - 1 : 0;
    return { kind: 'first', mark: { epoch: 1, uidValidity: folder.uidValidity, watermark, firstSeenAt: now, since } };
  }
  const because =
    known.uidValidity !== folder.uidValidity
      ? 'uid-validity'
      : folder.uidNext - 1 < known.watermark
        ? 'uid-next'
        : null;
  if (because === null) return { kind: 'same' };
  const mark = { ...known, epoch: known.epoch + 1, uidValidity: folder.uidValidity, watermark: 0 };
  return { kind: 'new-epoch', mark, because };
}

/** Whether a mail is from before the time we answer for; INTERNALDATE decides. */
export function isPassedOver(mark: MailboxMark, arrivedAt: Date): boolean {
  return arrivedAt.getTime() < (mark.since ?? mark.firstSeenAt).getTime();
}

/** How old a mail may be when first seen before its letters wait for a person. */
const oldWhenFirstSeen = 48 * 3_600_000;

export const mustWait = (arrivedAt: Date, now: Date): boolean => now.getTime() - arrivedAt.getTime() > oldWhenFirstSeen;

/** A UID that failed this often is kept as headers and held, so that the next goes on. */
export const failuresBeforeHeld = 5;

/**
 * The watermark after a batch: up to the UID before the first listed one that is not settled. `listed` are the UIDs on the
 * server above the watermark, up to `upTo`; what is not listed there is gone. Never moves back.
 */
export function advance(
  watermark: number,
  listed: readonly number[],
  settled: ReadonlySet<number>,
  upTo: number,
): number {
  let next = upTo;
  for (const uid of listed) if (uid > watermark && !settled.has(uid)) next = Math.min(next, uid - 1);
  return Math.max(watermark, next);
}

/** Batches of at most `most` mails and `bytes` octets, in the order given; a mail larger than that goes alone. */
export function batches<T extends { readonly size: number }>(
  mails: readonly T[],
  most = 100,
  bytes = 4 * 2 ** 20,
): T[][] {
  const out: T[][] = [];
  let held = 0;
  for (const mail of mails) {
    const last = out.at(-1);
    if (last === undefined || last.length >= most || held + mail.size > bytes) {
      out.push([mail]);
      held = mail.size;
    } else {
      last.push(mail);
      held += mail.size;
    }
  }
  return out;
}
