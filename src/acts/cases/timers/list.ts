/** Every timer that a case may have. */
import { splitTold } from './split-told.ts';
import type { CaseTimer } from './timer.ts';

export const caseTimers: readonly CaseTimer[] = [splitTold];
