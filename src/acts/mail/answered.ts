/** What acts see of an earlier mail that the mail in hand answers for. */
import type { Change } from '../../changes/change.ts';
import type { Outcome } from '../../changes/outcome.ts';
import type { CaseNumber, LetterId, MailId } from '../../foundation/ids.ts';

export type AnsweredMail = {
  readonly id: MailId;
  readonly outcome: string | null;
  readonly case: CaseNumber | null;
};

/** An earlier mail as it would be decided with what the answer has brought: see `Trial`, which is the same in words. */
export type Becomes<Of extends Outcome = Outcome> = {
  readonly outcome: Of;
  readonly reason: string;
  readonly changes: readonly Change[];
};

/** The letter of ours that asked. */
export type Asked = { readonly letter: LetterId };
