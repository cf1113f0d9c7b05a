/** Above the number of acknowledgements one letter sums up (POLICY §3 "Letters, how many"): once an hour for each contact. */
import { caseNumber } from '../foundation/ids.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import type { Policy } from '../intake/policy.ts';
import type { Database } from '../store/database.ts';
import { drawLetterIds, insertLetters } from '../store/letters.ts';
import { type Unsummed, unsummedAcknowledgements } from '../store/summaries.ts';
import type { LetterShop } from './letter-shop.ts';
import type { Relay } from './relay-outbox.ts';
import { finishLetters } from './write-letters.ts';

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

/** Ticks only ring: what is due is found here, and the key of each letter is the last acknowledgement it sums up. */
export async function runSummaries(deps: {
  database: Database;
  relay: Pick<Relay, 'ring'>;
  shop: LetterShop;
  policy: Policy;
}): Promise<number> {
  const due = await deps.database.ask((db) => unsummedAcknowledgements(db));
  for (const one of due) {
    const ids = await deps.database.ask((db) => drawLetterIds(db, 1));
    const rows = await finishLetters([summaryOf(one)], ids, {
      shop: deps.shop,
      policy: deps.policy,
      at: one.now,
      cause: 'summary',
      mail: null,
    });
    await deps.database.transaction(async (tx) => {
      await insertLetters(tx, rows, 'scheduler');
    });
  }
  if (due.length > 0) deps.relay.ring();
  return due.length;
}
