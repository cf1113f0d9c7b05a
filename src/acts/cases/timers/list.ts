/** Every timer that a case may have. */
import { sendAnswers } from '../by-mail/send-answers.ts';
import { tellOwner } from './tell-owner.ts';
import type { CaseTimer } from './timer.ts';

export const caseTimers: readonly CaseTimer[] = [sendAnswers, tellOwner];
