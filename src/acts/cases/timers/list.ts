/** Every timer that a case may have. */
import { sendAnswers } from '../by-mail/send-answers.ts';
import { handoverTimer } from './handover.ts';
import { offeringTimer } from './offering.ts';
import { proposalOver } from './proposal-over.ts';
import { splitTold } from './split-told.ts';
import { tellOwner } from './tell-owner.ts';
import type { CaseTimer } from './timer.ts';
import { unconfirmedSolution } from './unconfirmed-solution.ts';
import { wantedByCustomer } from './wanted-by-customer.ts';

export const caseTimers: readonly CaseTimer[] = [
  sendAnswers,
  tellOwner,
  handoverTimer,
  offeringTimer,
  unconfirmedSolution,
  splitTold,
  wantedByCustomer,
  proposalOver,
];
