/** What a reply does to its case (POLICY §6.2, §6.3). */
import type { CaseStatus } from './case.ts';
import type { CasesPolicy } from './policy.ts';

export type Reply = {
  readonly status: CaseStatus;
  /** Instant of the close, ISO 8601; null while the case is open. */
  readonly closedAt: string | null;
  /** How often this case was reopened on the day of the reply. */
  readonly reopensToday: number;
  readonly onlyThanks: boolean;
  /** Automatic mail (§3.r3). */
  readonly machine: boolean;
  /** Whether the site is served at the moment of arrival: `serves` of the entitlement and the severity of the case. */
  readonly entitled: boolean;
  /** When the mail arrived, ISO 8601. */
  readonly arrivedAt: string;
};

/** `update-lapsed`: added and flagged, the clock stays stopped, the letter of §2.5 once a case. */
export type ReplyEffect = 'update' | 'reopen' | 'follow-up' | 'update-lapsed';

const dayInHours = 24;

/**
 * Thanks and automatic mail never wake a case, nor open a new one. A reply that arrived before the close and is read after it
 * reopens: whoever closed had not seen it.
 */
export function onReply(reply: Reply, policy: Pick<CasesPolicy, 'reopenDays' | 'maxReopensPerDay'>): ReplyEffect {
  if (reply.machine || reply.onlyThanks) return 'update';
  if (!reply.entitled) return 'update-lapsed';
  if (reply.status === 'open' || reply.closedAt === null) return 'update';
  const closed = Temporal.Instant.from(reply.closedAt);
  const arrived = Temporal.Instant.from(reply.arrivedAt);
  const lastToReopen = closed.add({ hours: policy.reopenDays * dayInHours });
  if (Temporal.Instant.compare(arrived, lastToReopen) > 0) return 'follow-up';
  return reply.reopensToday >= policy.maxReopensPerDay ? 'update' : 'reopen';
}
