import type { Severity } from '../cases/case.ts';
import type { Rating } from '../cases/response-clock.ts';

/** A case is rated anew by its customer's reply (POLICY §4.2). */
export type SeverityChange = {
  readonly from: Severity;
  readonly to: Severity;
  readonly rating: Rating;
  /** The deadline before and after; null where the clock stands. */
  readonly before: string | null;
  readonly due: string | null;
};
