/** What a decision leaves behind, as rows. Written by the database's own function (`sql/apply_decisions.sql`), many mails in one call. */
import { sql } from 'kysely';
import type { ToldEvent } from '../../changes/webhooks/told.ts';
import type { ReasonCode } from '../../intake/decision.ts';
import { duplicateDays } from '../../mail/mime/content-hash.ts';
import type { AuditLine } from '../audit.ts';
import type { Db, Tx } from '../database.ts';
import { functionName } from '../functions.ts';
import type { LetterRow } from '../letters/letters.ts';

type NewCaseRow = {
  readonly id: string;
  readonly number: string;
  readonly site: string;
  readonly title: string;
  readonly severity: number;
  readonly kind: string;
  readonly openedAt: string;
  readonly mail: string;
  readonly contact: string | null;
  readonly contactAddress: string;
  readonly language: string;
  readonly product: string | null;
  readonly version: string | null;
  readonly provisional: boolean;
  readonly underCovered: boolean;
  readonly due: string;
  readonly timerAt: string;
  /** Number of the case that was closed for too long to be reopened. */
  readonly follows: string | null;
  readonly report: Readonly<Record<string, string>>;
};

export type CaseUpdateRow = {
  readonly number: string;
  /** As the facts had it; where the row has moved on, the mail is decided again. */
  readonly versionNo: number;
  readonly reopen: boolean;
  readonly lapse: boolean;
  readonly fillsIn: Readonly<Record<string, string>>;
};

export type MessageRow = {
  readonly caseId: string;
  readonly mail: string | null;
  readonly letter: string | null;
  readonly direction: 'in' | 'out' | 'note';
  readonly author: string;
  readonly contact: string | null;
  readonly automatic: boolean;
  /** Null: the field `shown` of the facts of the mail that is decided. */
  readonly text: string | null;
  readonly shown: 'text' | 'newText' | null;
  readonly attachments: readonly unknown[];
  readonly unreadParts: readonly string[];
  readonly at: string;
};

export type DecisionRows = {
  readonly mail: {
    readonly id: string;
    readonly worker: string;
    readonly outcome: string;
    readonly reason: string;
    readonly code: ReasonCode | null;
    readonly caseId: string | null;
    readonly messageId: string | null;
    readonly from: string | null;
    readonly subject: string;
    readonly to: readonly string[];
    readonly contentHash: string;
    readonly facts: unknown;
    readonly usedBefore: boolean;
    readonly duplicateOf: string | null;
    /** Null for a duplicate: the first keeps the place. */
    readonly fingerprint: string | null;
    readonly arrivedAt: string;
  };
  /** People who are written to, with how many letters they had had since then when it was decided. */
  readonly keys: readonly { readonly key: string; readonly n: number; readonly since: string }[];
  readonly cases: readonly NewCaseRow[];
  readonly changes: readonly CaseUpdateRow[];
  readonly participants: readonly {
    readonly caseId: string;
    readonly address: string;
    readonly contact: string | null;
    readonly at: string;
  }[];
  readonly events: readonly {
    readonly caseId: string;
    readonly at: string;
    readonly kind: string;
    readonly mail: string | null;
    readonly detail: unknown;
  }[];
  readonly messages: readonly MessageRow[];
  readonly letters: readonly LetterRow[];
  readonly decisions: readonly {
    readonly mail: string;
    readonly at: string;
    readonly outcome: string;
    readonly rule: string;
    readonly reason: string;
    readonly evidence: unknown;
    readonly caseId: string | null;
    readonly letters: readonly unknown[];
  }[];
  readonly audit: readonly AuditLine[];
  /** What other programs hear of it, where somebody wants to. */
  readonly told: readonly ToldEvent[];
};

const applyDecisions = functionName('apply_decisions');

/** `moved`: a case, the content or the letters to these people are not as they were; `claim-lost`: another worker has the mail. */
export type Verdict = 'done' | 'moved' | 'claim-lost';

/**
 * One call and, by itself, one transaction. Each writing stands whole or not at all. `gated` compares the numbers of letters;
 * without it the caller holds the locks of `lockHistory` and has compared them.
 */
export async function writeDecisions(
  db: Db | Tx,
  writings: readonly DecisionRows[],
  { gated }: { gated: boolean },
): Promise<Verdict[]> {
  const raws: Uint8Array[] = [];
  let start = 1;
  const flat = <T extends object>(pick: (writing: DecisionRows) => readonly T[]) =>
    writings.flatMap((writing, i) => pick(writing).map((row) => ({ i, ...row })));
  const input = JSON.stringify({
    mails: flat((writing) => {
      const { facts: _, ...mail } = writing.mail;
      return [mail];
    }),
    keys: flat((writing) => writing.keys),
    cases: flat((writing) => writing.cases),
    changes: flat((writing) => writing.changes),
    participants: flat((writing) => writing.participants),
    events: flat((writing) => writing.events),
    messages: flat((writing) => writing.messages),
    letters: flat((writing) =>
      writing.letters.map(({ raw, text: _, ...row }) => {
        if (raw === null) return row;
        const at = { start, length: raw.length };
        raws.push(raw);
        start += raw.length;
        return { ...row, ...at };
      }),
    ),
    decisions: flat((writing) => writing.decisions),
    audit: flat((writing) => writing.audit),
    told: flat((writing) => writing.told),
  });
  // Apart from the rest, which is gone through once for each table.
  const facts = JSON.stringify(writings.map((writing) => writing.mail.facts));
  const { rows } = await sql<{ verdict: Verdict }>`
    select verdict
    from ${applyDecisions}(
      ${input}::jsonb,
      ${facts}::jsonb,
      ${Buffer.concat(raws)}::bytea,
      ${gated}::boolean,
      ${duplicateDays}::int)
    order by i`.execute(db);
  return rows.map((row) => row.verdict);
}
