/** Every timer that a case may have. */
import { tellOwner } from './tell-owner.ts';
import type { CaseTimer } from './timer.ts';

export const caseTimers: readonly CaseTimer[] = [tellOwner];
