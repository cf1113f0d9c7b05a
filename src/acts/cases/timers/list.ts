/** Every timer that a case may have. */
import type { CaseTimer } from './timer.ts';

export const caseTimers: readonly CaseTimer[] = [];
