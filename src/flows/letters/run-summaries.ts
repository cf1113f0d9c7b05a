/** Above the number of acknowledgements one letter sums up (POLICY §3 "Letters, how many"): once an hour for each contact. */
import { caseNumber } from '../../foundation/ids.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { type Unsummed, unsummedAcknowledgements } from '../../store/letters/summaries.ts';
import { type LetterDeps, sendLetters } from './send.ts';

function summaryOf(one: Unsummed): PlannedLetter {
  return {
    template: 'opened-summary',
    values: {
      cases: one.cases.map((each) => ({ ...each, number: caseNumber(each.number) })),
      timezone: one.timezone,
      renewed: one.renewed,
    },
    to: one.to,
    audience: 'contact',
    language: one.language,
    matter: `summary:${one.lastLetter}`,
    case: null,
    answers: null,
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  };
}

/** A tick carries nothing: what is due is found here, and the key of each letter is the last acknowledgement it sums up. */
export async function runSummaries(deps: LetterDeps): Promise<number> {
  const due = await deps.database.ask((db) => unsummedAcknowledgements(db));
  for (const one of due)
    await sendLetters(deps, [summaryOf(one)], { cause: 'summary', actor: 'scheduler', now: one.now }, (_, write) =>
      write(),
    );
  return due.length;
}
