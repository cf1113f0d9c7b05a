/** What the address of the page says: which kind, in which order, from where on, and which mail is open. A copied link gives the same screen. */
import type { HeldFrom, HeldOrder } from '../../../flows/mail/held-desk.ts';
import { type HeldKind, heldKind, heldKinds, waitsForSomebody } from '../../../intake/held-kinds.ts';

export type HeldView = {
  /** A kind, `all` that waits for somebody, or `refused`. */
  readonly reason: string;
  readonly order: HeldOrder;
  readonly from: HeldFrom | null;
  /** The mail that is open; null: the first one, and on a phone the list. */
  readonly row: string | null;
};

const isId = (text: string | undefined): text is string => text !== undefined && /^\d{1,18}$/.test(text);

/** `after:2026-03-03T10:00:00+00:00~17`. */
function fromOf(text: string | undefined): HeldFrom | null {
  const found = /^(after|before):([^~]{1,40})~(\d{1,18})$/.exec(text ?? '');
  if (!found || Number.isNaN(Date.parse(found[2] ?? ''))) return null;
  const [, side, arrivedAt = '', id = ''] = found;
  return { side: side as HeldFrom['side'], key: { arrivedAt, id } };
}

/** What is not understood is left out: a mistyped address shows the list. */
export function readView(query: Readonly<Record<string, string | undefined>>): HeldView {
  const { reason = 'all', order, from, row } = query;
  return {
    reason: reason === 'refused' || heldKind(reason) ? reason : 'all',
    order: order === 'oldest' ? 'oldest' : 'newest',
    from: fromOf(from),
    row: isId(row) ? row : null,
  };
}

export const kindsOf = ({ reason }: Pick<HeldView, 'reason'>): readonly HeldKind[] => {
  const one = heldKind(reason);
  return one ? [one] : heldKinds.filter(waitsForSomebody);
};

export function hrefOf(view: HeldView, path = '/held'): string {
  const { reason, order, from, row } = view;
  const query = new URLSearchParams({
    ...(reason !== 'all' && { reason }),
    ...(order !== 'newest' && { order }),
    ...(from && { from: `${from.side}:${from.key.arrivedAt}~${from.key.id}` }),
    ...(row !== null && { row }),
  }).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Where a person goes on once this mail is done: the next one of the list, or the one before the last. */
export function nextRow(ids: readonly string[], done: string): string | null {
  const at = ids.indexOf(done);
  return (at < 0 ? undefined : (ids[at + 1] ?? ids[at - 1])) ?? null;
}
