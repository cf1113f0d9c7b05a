/**
 * Where every way in ends: LMTP, SMTP, IMAP and `mail deliver` hand their mails in here. One transaction a batch; only after it
 * has returned may an adapter say 250 or set a flag (MAIL.md §1, RELIABILITY I1).
 */
import { crashPoint } from '../../foundation/crash-point.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Meter } from '../../foundation/meter.ts';
import type { Traces } from '../../foundation/traces.ts';
import type { Database } from '../../store/database.ts';
import { type Incoming, type Received, storeMails } from '../../store/intake/mails.ts';
import type { Relay } from '../upkeep/relay-outbox.ts';
import type { RecentMailBytes } from './recent-mail-bytes.ts';

export type { Incoming, Received };

export type ReceiveMail = (
  batch: readonly Incoming[],
  options?: { readonly lease?: { readonly mailbox: string; readonly fence: number } },
) => Promise<readonly Received[]>;

/** Throws `database-away` (the sender keeps the mail), `lease-lost` (another watcher has the mailbox). */
export function receiveMail(deps: {
  database: Database;
  relay: Pick<Relay, 'wake'>;
  bytes?: Pick<RecentMailBytes, 'put'>;
  meter: Meter;
  traces?: Pick<Traces, 'received'>;
}): ReceiveMail {
  return async (batch, options) => {
    if (batch.length === 0) return [];
    const lease = options?.lease ?? null;
    const began = deps.traces ? Date.now() : 0;
    const storing = deps.database.ask((db) => storeMails(db, batch, lease));
    crashPoint('in the transaction');
    const received = await storing;
    if (!received) {
      throw new Failure('lease-lost', `the lease of mailbox ${lease?.mailbox} went to another watcher`);
    }
    crashPoint('after commit');
    for (const [i, one] of received.entries()) {
      const mail = batch[i];
      if (mail && one.kind === 'stored') deps.bytes?.put(one.mail, mail.raw);
    }
    deps.relay.wake();
    for (const [i, one] of received.entries()) {
      if (one.kind === 'stored')
        deps.traces?.received(one.mail, began, { 'postern.door': batch[i]?.origin.kind ?? 'hand' });
      deps.meter.count('postern_mails_received_total', { door: batch[i]?.origin.kind ?? 'hand', kind: one.kind });
    }
    return received;
  };
}
