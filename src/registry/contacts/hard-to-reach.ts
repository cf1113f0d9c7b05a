/** A letter that came back for good says something of the person it went to (POLICY §3.r2). */

const weekMs = 7 * 24 * 3_600_000;

/** One hard return makes a contact doubtful; a second within a week, which this says, unreachable. Both times ISO 8601. */
export const returnedAgain = (lastHardBounce: string | null, at: string): boolean =>
  lastHardBounce !== null && Date.parse(at) - Date.parse(lastHardBounce) <= weekMs;
