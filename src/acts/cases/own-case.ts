import { z } from 'zod';
import type { CaseNumber, ContactId } from '../../foundation/ids.ts';
import { type MailAct, refused } from '../act.ts';
import type { AnsweredMail, Asked, Becomes } from '../mail/answered.ts';
import { mail } from '../mail/held.ts';

const input = z.strictObject({ mail });
type OwnCase = z.infer<typeof input>;

/** Somebody who may write on the case, or may not. */
type Person = { readonly address: string; readonly contact: ContactId | null; readonly admitted: boolean };
type Seen = Asked & {
  readonly on: AnsweredMail;
  /** The row of its case. */
  readonly caseId: string;
  readonly writer: Person;
  readonly asking: Person;
  /** Null where support has ended: then it stays where it is. */
  readonly becomes: (Becomes<'case-opened'> & { readonly case: CaseNumber }) | null;
};

/** POLICY §3 "The case number": from who wrote it, as long as it is still on the case that a bare number has led it to. */
export const ownCase: MailAct<OwnCase, Seen> = {
  name: 'own-case',
  input,
  right: 'asked',
  does: 'takes a mail off the case that its bare number has led it to, into one of its own',
  gives: {
    changes: [
      'mail-filed',
      'case-opened',
      'clock-started',
      'case-linked',
      'participant-added',
      'message-added',
      'mail-decided-anew',
      'mail-taken-off',
    ],
    letters: [],
  },
  byMail: '`NEW`',
  judge(_, { on, caseId, writer, asking, becomes, letter }, { by, now: at }) {
    const { id, case: from, outcome: was } = on;
    if (from === null || was !== 'case-updated') return refused('conflict', `Mail ${id} is on that case no more.`);
    const same = asking.address === writer.address || (asking.contact !== null && asking.contact === writer.contact);
    if (!same || !asking.admitted || !writer.admitted)
      return refused('no-right', `Mail ${id} is taken off its case by who wrote it alone.`);
    if (becomes === null) return { kind: 'done', changes: [], letters: [] };
    const { outcome, case: to, reason } = becomes;
    const of = { mail: id, outcome, at, by };
    const takenOff = { kind: 'mail-taken-off', ...of, was, from, id: caseId, to, letter, reason } as const;
    return { kind: 'done', changes: [...becomes.changes, { kind: 'mail-decided-anew', ...of }, takenOff], letters: [] };
  },
};
