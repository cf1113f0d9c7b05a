/** Every timer that a case may have. */
import { handoverTimer } from './handover.ts';
import { offeringTimer } from './offering.ts';
import type { CaseTimer } from './timer.ts';

export const caseTimers: readonly CaseTimer[] = [handoverTimer, offeringTimer];
