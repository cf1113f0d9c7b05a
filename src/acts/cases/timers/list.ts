/** Every timer that a case may have. */

import { sendAnswers } from '../by-mail/send-answers.ts';
import { othersTold } from '../closing/others-told.ts';
import { breachTimer } from './breach.ts';
import { unreachableTimer, updatesTimer } from './critical-updates.ts';
import { handoverTimer } from './handover.ts';
import { offeringTimer } from './offering.ts';
import { proposalOver } from './proposal-over.ts';
import { reRatingTimer } from './re-rating.ts';
import { unansweredWait } from './reminders/unanswered-wait.ts';
import { unconfirmedSolution } from './reminders/unconfirmed-solution.ts';
import { splitTold } from './split-told.ts';
import { tellOwner } from './tell-owner.ts';
import type { CaseTimer } from './timer.ts';
import { waitOverTimer } from './wait-over.ts';
import { wantedByCustomer } from './wanted-by-customer.ts';
import { warningsTimer } from './warnings.ts';

export const caseTimers: readonly CaseTimer[] = [
  reRatingTimer,
  waitOverTimer,
  warningsTimer,
  breachTimer,
  updatesTimer,
  unreachableTimer,
  sendAnswers,
  tellOwner,
  handoverTimer,
  offeringTimer,
  unconfirmedSolution,
  unansweredWait,
  splitTold,
  othersTold,
  wantedByCustomer,
  proposalOver,
];
