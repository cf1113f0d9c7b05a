/** The queries of intake, batched over all mails of this process: see coalesce.ts. */
import { crashPoint } from '../../foundation/crash-point.ts';
import type { Question } from '../../intake/facts.ts';
import type { Database } from '../../store/database.ts';
import { type DecisionRows, type Verdict, writeDecisions } from '../../store/intake/decision-rows.ts';
import { type Loaded, loadFacts } from '../../store/intake/facts.ts';
import { type ClaimedMail, claimMails, type ToClaim } from '../../store/intake/mails.ts';
import { type ReservedIds, reserveIds } from '../../store/intake/reserve-ids.ts';
import { coalesce } from './coalesce.ts';
import type { RecentMailBytes } from './recent-mail-bytes.ts';

export type IntakeBatches = {
  /** Null where somebody else has it or it is done. */
  claim(job: { mail: string; fence: string; worker: string }): Promise<ClaimedMail | null>;
  facts(question: Question): Promise<Loaded>;
  reserveIds(need: { cases: number; letters: number }): Promise<ReservedIds>;
  write(writing: DecisionRows): Promise<Verdict>;
};

/** `staff` gives the addresses of our own people; `bytes` those of mails that this process has just stored. */
export function openIntakeBatches(deps: {
  database: Database;
  staff: () => readonly string[];
  bytes: RecentMailBytes;
}): IntakeBatches {
  const { database, bytes } = deps;
  const claim = coalesce<ToClaim, ClaimedMail | null>((jobs) => claimMails(database, jobs), { most: 32, lanes: 1 });
  return {
    async claim(job) {
      const known = bytes.take(job.mail);
      const claimed = await claim({ ...job, bytes: known === null });
      return claimed && known ? { ...claimed, raw: known } : claimed;
    },
    // The largest statement of all, dear to begin and cheap for one mail more.
    facts: coalesce((questions) => database.ask((db) => loadFacts(db, questions, deps.staff())), { lingerMs: 20 }),
    reserveIds: coalesce((needs) => database.ask((db) => reserveIds(db, needs)), { most: 32 }),
    write: coalesce(
      (writings) => {
        const verdicts = database.ask((db) => writeDecisions(db, writings, { gated: true }));
        crashPoint('in the transaction');
        return verdicts;
      },
      { most: 32, lanes: 1 },
    ),
  };
}
