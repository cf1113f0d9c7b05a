/** The changes of support PINs (POLICY §1) and with what is counted of those that were tried (§3 "Guessing"). */
import type { MailId, SiteNumber } from '../../foundation/ids.ts';
import type { By } from '../by.ts';
import { type ChangeRow, coveredBy, none } from '../row.ts';

export type PinIssued = {
  readonly kind: 'pin-issued';
  readonly site: SiteNumber;
  /** Its row. */
  readonly siteId: string;
  /** Null until it is written: drawn where nobody else draws. */
  readonly pin: string | null;
  /** The PIN until now; where it is another one by then, it is judged again. */
  readonly before: string | null;
  /** Until then the one before is good, ISO 8601; null until it is written, or where there was none. */
  readonly beforeGoodUntil: string | null;
  readonly at: string;
  readonly by: By;
};

/** What is counted of PINs that somebody has named; who has named too many is locked out for a while. */
export type PinTried = {
  readonly kind: 'pin-tried';
  readonly mail: MailId;
  /** What is counted for, each with the number that locks it. */
  readonly keys: readonly { readonly key: string; readonly most: number }[];
  readonly tried: number;
  readonly wrong: number;
  readonly withinMinutes: number;
  readonly lockHours: number;
  /** The arrival of the mail. */
  readonly at: string;
  readonly by: By;
};

export type PinChange = PinIssued | PinTried;

export const pinChanges = {
  'pin-issued': {
    audit: ({ site, pin, before, beforeGoodUntil }) => ({
      action: 'pin-issued',
      subjectKind: 'site',
      subjectId: site,
      detail: { pin, before, beforeGoodUntil },
    }),
    event: none('a support PIN belongs to a site and to no case'),
    says: ({ site, pin, before }) =>
      `${pin === null ? `A new PIN is drawn for site ${site}` : `The PIN of site ${site} is ${pin} from now on`}${
        before === null ? '' : `; the one before, ${before}, stays good for the days of grace`
      }.`,
    topic: 'pin.issued',
    batched: false,
  },
  'pin-tried': {
    audit: coveredBy('mail-decided'),
    event: none('a count, not something that happens to a case'),
    says: ({ tried, wrong }) => `Tried PINs are counted for the sender: ${tried}, of which ${wrong} wrong.`,
    topic: none('a count'),
    batched: false,
  },
} as const satisfies { [kind in PinChange['kind']]: ChangeRow<Extract<PinChange, { kind: kind }>> };
