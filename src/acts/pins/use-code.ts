import { z } from 'zod';
import type { LetterId, MailId } from '../../foundation/ids.ts';
import { type MailAct, refused } from '../act.ts';
import { changeContacts } from '../contacts/change-contacts.ts';
import type { Becomes } from '../mail/answered.ts';
import { answerSenderQuestion } from '../senders/answer-sender-question.ts';
import { issuePrivilegedPin } from './issue-privileged-pin.ts';
import { usePrivilegedPin } from './use-privileged-pin.ts';

const input = z.strictObject({
  letter: z
    .string()
    .regex(/^\d{1,18}$/, 'the id of a letter has digits only')
    .describe('the letter that told the code'),
});
type UseCode = z.infer<typeof input>;

/** A code that is asked for; `matches`: the answer brings it. */
export type CodeRecord = {
  readonly letter: LetterId;
  readonly matches: boolean;
  readonly expired: boolean;
  /** Wrong ones so far, and how many close the question. */
  readonly wrong: number;
  readonly most: number;
  readonly closed: 'used' | 'wrong' | null;
};
type Seen = {
  readonly code: CodeRecord;
  /** The mail that had asked, and what it becomes by the act that the code confirms. */
  readonly original: MailId;
  readonly becomes: Becomes | null;
};

export const codeIsOpen = ({ closed, expired }: Pick<CodeRecord, 'closed' | 'expired'>): boolean =>
  closed === null && !expired;

/** Why the answer does not confirm; null where it does. */
export function codeRefused(code: CodeRecord): 'code-used' | 'code-closed' | 'code-expired' | 'code-wrong' | null {
  if (code.closed === 'used') return 'code-used';
  if (code.closed === 'wrong') return 'code-closed';
  if (code.expired) return 'code-expired';
  if (code.matches) return null;
  return code.wrong + 1 >= code.most ? 'code-closed' : 'code-wrong';
}

/** POLICY §11.2: the right code does what it was asked for, once; a wrong one counts, and too many close the question. */
export const useCode: MailAct<UseCode, Seen> = {
  name: 'use-code',
  input,
  right: 'asked',
  does: 'brings a one-time code; the right one does what it was asked for',
  gives: {
    changes: [
      'mail-decided-anew',
      'code-used',
      'code-wrong',
      ...[issuePrivilegedPin, usePrivilegedPin, answerSenderQuestion, changeContacts].flatMap(
        (confirmed) => confirmed.gives.changes,
      ),
    ],
    letters: [],
  },
  byMail: 'the answer to `confirm-code`',
  judge({ letter: asked }, { code, original, becomes }, { by, now: at }) {
    const { letter, wrong, most } = code;
    if (letter !== asked || !('mail' in by)) return refused('not-found', `No code of letter ${asked} is waited for.`);
    if (!codeIsOpen(code)) return refused('conflict', `The code of letter ${letter} is good no more.`);
    const { mail } = by;
    if (!code.matches) {
      const counted = {
        kind: 'code-wrong',
        letter,
        mail,
        wrong: wrong + 1,
        closes: wrong + 1 >= most,
        at,
        by,
      } as const;
      return { kind: 'done', changes: [counted], letters: [] };
    }
    if (becomes === null) return refused('conflict', `What letter ${letter} has asked for is known no more.`);
    const { outcome, reason, changes } = becomes;
    return {
      kind: 'done',
      changes: [
        { kind: 'mail-decided-anew', mail: original, outcome, at, by },
        { kind: 'code-used', letter, mail, original, outcome, reason, at, by },
        ...changes,
      ],
      letters: [],
    };
  },
};
