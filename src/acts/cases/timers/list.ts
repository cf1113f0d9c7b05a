/** Every timer that a case may have. */
import { proposalOver } from './proposal-over.ts';
import { splitTold } from './split-told.ts';
import type { CaseTimer } from './timer.ts';
import { wantedByCustomer } from './wanted-by-customer.ts';

export const caseTimers: readonly CaseTimer[] = [splitTold, wantedByCustomer, proposalOver];
