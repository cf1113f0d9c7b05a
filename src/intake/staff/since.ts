/** What has happened on a case since a notification was written (POLICY §5.4). */
import type { WorkedCase } from '../../acts/cases/records.ts';
import type { StaffAnswerLetter, WorkAsks } from '../../outbound/letter.ts';
import type { StaffMember } from '../../staff/staff.ts';

type Since = StaffAnswerLetter['since'];

const most = 12;

export function sinceOf(on: WorkedCase, { at }: WorkAsks, staff: StaffMember): Since {
  const later = (one: { readonly at: string }) => Temporal.Instant.compare(one.at, at) > 0;
  const events = on.events.filter(later).flatMap((one): Since[number][] => {
    const { to } = one.detail;
    const who = typeof to === 'string' || typeof to === 'number' ? `${to}` : '';
    switch (one.kind) {
      case 'owner-set':
        return who === '' || who === staff.email ? [] : [{ what: 'owner', who, at: one.at }];
      case 'severity-changed':
        return [{ what: 'severity', who, at: one.at }];
      case 'closed':
      case 'reopened':
        return [{ what: one.kind, who, at: one.at }];
      default:
        return [];
    }
  });
  const words = on.messages
    .filter((one) => later(one) && !one.automatic && one.direction !== 'note' && one.author !== staff.email)
    .map((one) => ({
      what: one.direction === 'in' ? ('written' as const) : ('answered' as const),
      who: one.author,
      at: one.at,
    }));
  return [...events, ...words].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at)).slice(-most);
}

/** Somebody else has the case who did not when the notification was written. */
export const ownerChanged = (on: WorkedCase, asks: WorkAsks, staff: StaffMember): boolean =>
  on.owner !== null && on.owner !== asks.owner && on.owner !== staff.email;
