/** Every timer that a case may have. */
import { handoverTimer } from './handover.ts';
import { offeringTimer } from './offering.ts';
import type { CaseTimer } from './timer.ts';
import { unconfirmedSolution } from './unconfirmed-solution.ts';

export const caseTimers: readonly CaseTimer[] = [handoverTimer, offeringTimer, unconfirmedSolution];
