/** What intake asks of the database, for all mails of this process together: see coalesce.ts. */
import { crashPoint } from '../foundation/crash-point.ts';
import type { Question } from '../intake/facts.ts';
import type { Database } from '../store/database.ts';
import { type Drawn, drawIds } from '../store/draw.ts';
import { type Loaded, loadFacts } from '../store/facts.ts';
import { type ClaimedMail, claimMails, type ToClaim } from '../store/mails.ts';
import { applyWritings, type Verdict, type Writing } from '../store/writing.ts';
import { coalesce } from './coalesce.ts';
import type { FreshBytes } from './fresh-bytes.ts';

export type IntakeLanes = {
  /** Null where somebody else has it or it is done. */
  claim(job: { mail: string; fence: string; worker: string }): Promise<ClaimedMail | null>;
  facts(question: Question): Promise<Loaded>;
  draw(need: { cases: number; letters: number }): Promise<Drawn>;
  write(writing: Writing): Promise<Verdict>;
};

/** `staff` are the addresses of our own people; `bytes` those of mails that this process has just stored. */
export function openIntakeLanes(deps: {
  database: Database;
  staff: readonly string[];
  bytes: FreshBytes;
}): IntakeLanes {
  const { database, bytes } = deps;
  const staff = [...new Set(deps.staff)];
  const claim = coalesce<ToClaim, ClaimedMail | null>((jobs) => claimMails(database, jobs), { most: 32, lanes: 1 });
  return {
    async claim(job) {
      const known = bytes.take(job.mail);
      const claimed = await claim({ ...job, bytes: known === null });
      return claimed && known ? { ...claimed, raw: known } : claimed;
    },
    // The largest statement of all, dear to begin and cheap for one mail more.
    facts: coalesce((questions) => database.ask((db) => loadFacts(db, questions, staff)), { lingerMs: 20 }),
    draw: coalesce((needs) => database.ask((db) => drawIds(db, needs)), { most: 32 }),
    write: coalesce(
      (writings) => {
        const verdicts = database.ask((db) => applyWritings(db, writings, { gated: true }));
        crashPoint('in the transaction');
        return verdicts;
      },
      { most: 32, lanes: 1 },
    ),
  };
}
