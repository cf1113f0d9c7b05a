/** Every timer that a case may have. */
import type { CaseTimer } from './timer.ts';
import { unconfirmedSolution } from './unconfirmed-solution.ts';

export const caseTimers: readonly CaseTimer[] = [unconfirmedSolution];
