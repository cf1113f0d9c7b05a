/** Whether a case stands still, and what makes it go on (POLICY §4.6). */
import type { ClockEvent } from './response-clock.ts';

const marks: readonly string[] = ['paused', 'stopped', 'resumed'];

/** What the clock stands for: the customer, or support that has ended or a close; null where it goes on. A first response that was given makes no difference. */
export function standsFor(events: readonly ClockEvent[]): 'paused' | 'stopped' | null {
  const last = events.findLast(({ type }) => marks.includes(type))?.type;
  return last === 'paused' || last === 'stopped' ? last : null;
}
