/** The letter that a person writes about a held mail, or one to client care. The same text twice is one letter, the first. */
import { createHash } from 'node:crypto';
import type { AnswerMail } from '../../acts/mail/answer-mail.ts';
import { actorOf } from '../../changes/by.ts';
import type { PlannedLetter } from '../../intake/planned-letter.ts';
import { writeAudit } from '../../store/audit.ts';
import { letterWithKey } from '../../store/letters.ts';
import type { Asked, Prepare } from '../acts/commit.ts';
import { finish, type LetterDeps, writeFinished } from '../letters/send.ts';

export const answerLetter =
  (deps: LetterDeps, { input, by }: Asked<AnswerMail>): Prepare =>
  async ({ mails, now }) => {
    const { mail: id, text, language } = input;
    const mail = mails?.[0];
    const { desk } = deps.policy;
    const letter: PlannedLetter = {
      template: 'held-answer',
      values: { text, support: desk.addresses.support },
      to: mail?.from ?? '',
      // A person writes it: it counts as no automatic letter to somebody not on record.
      audience: 'contact',
      language: language ?? mail?.language ?? desk.languages[0] ?? 'en',
      matter: createHash('sha256').update(text).digest('hex').slice(0, 16),
      case: null,
      answers: { messageId: mail?.messageId ?? null, references: mail?.references ?? [] },
      followsOwn: false,
      asks: null,
      fate: { kind: 'send' },
    };
    const actor = actorOf(by);
    const occasion = { cause: `held:${id}`, actor, now, mail: id };
    const finished = await deps.database.ask((db) => finish(deps, db, [letter], occasion));
    return async (tx) => {
      const [row] = await writeFinished(tx, finished, deps.policy);
      const written = await letterWithKey(tx, row?.key ?? '');
      if (written === row?.id) {
        const detail = { letter: written };
        await writeAudit(tx, [{ actor, action: 'mail-answered', subjectKind: 'mail', subjectId: id, detail }]);
      }
      return [written];
    };
  };
