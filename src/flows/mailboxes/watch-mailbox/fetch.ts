/** Fetches messages from a mailbox (MAIL.md §1.3, §1.5): many at once, one by one where one of them breaks the connection. */
import { crashPoint } from '../../../foundation/crash-point.ts';
import type { Listed } from '../../../imap/connection.ts';
import { failuresBeforeHeld, mustWait } from '../../../mail/mailbox-ledger.ts';
import type { Incoming } from '../../intake/receive-mail.ts';
import type { MailboxSession, Watching } from './types.ts';

export const sizeLimit = (watching: Watching): number => watching.options.sizeLimit ?? 35 * 2 ** 20;

/** `gone` were listed and are no longer on the server; what is in neither is left for the next round. */
type Batch = { readonly mails: readonly Incoming[]; readonly gone: readonly number[] };

export async function fetchBatch(
  watching: Watching,
  session: MailboxSession,
  batch: readonly Listed[],
): Promise<Batch> {
  const { options, deps, memory } = watching;
  const { box, lease } = session;
  const { epoch } = session.mark;
  const limit = sizeLimit(watching);

  const incoming = (mail: Listed, raw: Buffer, only?: 'tooLarge' | 'notFetched'): Incoming => ({
    raw,
    arrivedAt: mail.arrivedAt,
    envelope: { mailFrom: null, rcptTo: [] },
    origin: {
      kind: 'imap',
      mailbox: options.name,
      epoch,
      uid: mail.uid,
      mustWait: mustWait(mail.arrivedAt, new Date()),
      ...(only ? ({ [only]: true } as { tooLarge?: true; notFetched?: true }) : {}),
    },
  });

  /** The header alone, or where even that is not to be had a line that says which mail it was. */
  async function heldAsHeader(mail: Listed, times: number): Promise<Incoming> {
    const [only] = times > 2 * failuresBeforeHeld ? [] : await box.bodies([mail.uid], 'header');
    const stand = `X-Postern-Not-Fetched: ${options.name} ${epoch} ${mail.uid}\r\n\r\n`;
    deps.meter.count('postern_mailbox_held_total', { mailbox: options.name });
    deps.log.warn({ mailbox: options.name, uid: mail.uid, times }, 'a mail could not be fetched and is held');
    return incoming(mail, only?.raw ?? Buffer.from(stand), 'notFetched');
  }

  /** Counted before the try: whatever happens to us in it, the count is there. */
  async function fetchSuspect(mail: Listed): Promise<Incoming | null> {
    const times = await deps.ledger.noteFailure(lease, epoch, mail.uid);
    if (times > failuresBeforeHeld) return heldAsHeader(mail, times);
    const [one] = await box.bodies([mail.uid], 'whole');
    if (!one) return null;
    memory.suspects.delete(mail.uid);
    return incoming(mail, one.raw);
  }

  /** What takes the connection with it is found by fetching one by one the next time. */
  async function fetchBodies(mails: readonly Listed[]): Promise<Map<number, Buffer>> {
    const uids = mails.map((mail) => mail.uid);
    if (uids.length === 0) return new Map();
    try {
      return new Map((await box.bodies(uids, 'whole')).map((one) => [one.uid, one.raw]));
    } catch (error) {
      if (!watching.stopping.aborted) for (const uid of uids) memory.suspects.add(uid);
      throw error;
    }
  }

  async function one(mail: Listed, bodies: ReadonlyMap<number, Buffer>): Promise<Incoming | null> {
    const raw = bodies.get(mail.uid);
    if (raw) return incoming(mail, raw);
    if (mail.size > limit) {
      const [head] = await box.bodies([mail.uid], 'header');
      return head ? incoming(mail, head.raw, 'tooLarge') : null;
    }
    return memory.suspects.has(mail.uid) ? fetchSuspect(mail) : null;
  }

  const plain = batch.filter((mail) => mail.size <= limit && !memory.suspects.has(mail.uid));
  const bodies = await fetchBodies(plain);
  const mails: Incoming[] = [];
  const missing: Listed[] = [];
  for (const mail of batch) {
    const found = await one(mail, bodies);
    if (found) mails.push(found);
    else missing.push(mail);
  }
  const there = new Set(missing.length > 0 ? await box.present(missing.map((mail) => mail.uid)) : []);
  for (const mail of missing) {
    // A suspect was counted before its try.
    if (!there.has(mail.uid) || memory.suspects.has(mail.uid)) continue;
    const times = await deps.ledger.noteFailure(lease, epoch, mail.uid);
    if (times >= failuresBeforeHeld) mails.push(await heldAsHeader(mail, times));
  }
  crashPoint('body complete');
  return { mails, gone: missing.flatMap((mail) => (there.has(mail.uid) ? [] : [mail.uid])) };
}
