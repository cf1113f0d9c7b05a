/** The clock of a mail that client care owes an answer to (POLICY §3.r13a). */
import type { MailId } from '../foundation/ids.ts';
import type { By } from './by.ts';
import { type ChangeRow, coveredBy, none } from './row.ts';

type OfClock = { readonly mail: MailId; readonly at: string; readonly by: By };

export type CareClockStarted = OfClock & {
  readonly kind: 'care-clock-started';
  readonly due: string;
  /** After it was answered: what was decided is taken back. */
  readonly again?: true;
};
export type CareClockStopped = OfClock & { readonly kind: 'care-clock-stopped' };
export type CareChange = CareClockStarted | CareClockStopped;

const noEvent = none('the mail is on no case');

export const careChanges = {
  'care-clock-started': {
    audit: coveredBy('mail-decided'),
    event: noEvent,
    says: (change) => `The clock of client care starts; an answer is due by ${change.due}.`,
    topic: 'care.started',
    batched: false,
  },
  'care-clock-stopped': {
    audit: (change) => ({ action: 'care-answered', subjectKind: 'mail', subjectId: change.mail }),
    event: noEvent,
    says: (change) => `Mail ${change.mail} is answered, and its clock stops.`,
    topic: 'care.answered',
    batched: false,
  },
} as const satisfies { [kind in CareChange['kind']]: ChangeRow<Extract<CareChange, { kind: kind }>> };
