/** The bare row in a process of its own, as Postern is: it does what its parent tells it and answers. */
import type { Kind } from '../lib/mails.ts';
import { type LimitName, limit } from './limits.ts';
import { openRow, type Row } from './row.ts';
import type { Where } from './tools.ts';

export type Order =
  | { readonly does: 'open'; readonly where: Where; readonly batched: boolean }
  | { readonly does: 'drain' }
  | { readonly does: 'counts' }
  | { readonly does: 'close' }
  | { readonly does: 'limit'; readonly name: LimitName; readonly where: Where; readonly kind: Kind };

let row: Row | null = null;

async function obey(order: Order): Promise<unknown> {
  switch (order.does) {
    case 'open':
      row = await openRow(order.where, order.batched);
      return row.lmtpPort;
    case 'drain':
      return row?.drain();
    case 'counts':
      return row?.counts();
    case 'close':
      await row?.close();
      return null;
    case 'limit':
      return limit(order.name, order.where, order.kind);
    default:
      return order satisfies never;
  }
}

process.on('message', (order: Order) => {
  obey(order).then(
    (answer) => process.send?.({ answer }),
    (error: Error) => process.send?.({ error: error.stack ?? error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
