/**
 * The questions to the people of a site whether a sender belongs to them (POLICY §3.r10, §3.r16 and "Questions to a decider"):
 * the first at once, then gathered, one letter an hour and ten a day. What is due is found in rows.
 */
import { caseNumber } from '../../foundation/ids.ts';
import { senderRef } from '../../intake/letters/letters.ts';
import type { PlannedLetter } from '../../intake/letters/planned-letter.ts';
import { foldPlus } from '../../mail/address/address.ts';
import { mayBeAsked } from '../../outbound/letter-limits.ts';
import { isDecider, mayOpenCases } from '../../registry/permissions.ts';
import { roles } from '../../registry/site.ts';
import { markAsked, type QuestionToAsk, questionsToAsk } from '../../store/senders/sender-questions.ts';
import { type LetterDeps, sendLetters } from '../letters/send.ts';

/** More would not be read; the rest goes with the next letter. */
const mostLines = 30;

/** One letter for each person and site that has something to answer. */
function lettersDue(open: readonly QuestionToAsk[]): { to: string; questions: QuestionToAsk[] }[] {
  const due = new Map<string, { to: string; questions: QuestionToAsk[] }>();
  for (const question of open) {
    for (const to of question.to) {
      const key = `${question.site.id} ${to}`;
      const letter = due.get(key) ?? { to, questions: [] };
      letter.questions.push(question);
      due.set(key, letter);
    }
  }
  return [...due.values()];
}

function questionLetter(to: string, questions: readonly QuestionToAsk[]): PlannedLetter | null {
  const [first] = questions;
  if (!first) return null;
  const about = questions.length === 1 && first.case !== null ? caseNumber(first.case) : null;
  const lines = questions.map((one) => ({
    ref: senderRef(one.id),
    address: one.address,
    title: one.title,
    arrivedAt: one.arrivedAt,
    case: one.case === null ? null : caseNumber(one.case),
  }));
  return {
    template: 'sender-question',
    values: { siteName: first.site.name, timezone: first.site.timezone, lines },
    to,
    audience: 'contact',
    language: first.site.language,
    matter: `senders:${questions.map((one) => one.id).join(',')}`,
    case: about,
    answers: null,
    followsOwn: false,
    asks: { kind: 'senders', questions: questions.map((one) => one.id) },
    fate: { kind: 'send' },
  };
}

/** `mail` only what this mail has raised. Returns how many letters were written. */
export async function askDeciders(deps: LetterDeps, mail: string | null = null): Promise<number> {
  const { database, policy } = deps;
  const own = roles.filter((role) => mayOpenCases(role) === 'any');
  const deciders = roles.filter((role) => isDecider(role, policy));
  const { now, open } = await database.ask((db) => questionsToAsk(db, { mail, own, deciders, most: mostLines }));
  let written = 0;
  for (const { to, questions } of lettersDue(open)) {
    const letter = questionLetter(to, questions);
    if (!letter) continue;
    const occasion = { cause: 'senders', actor: 'intake', now, mail: questions[0]?.mail ?? null };
    const asked = await sendLetters(deps, [letter], occasion, async (tx, write, { byKey }) => {
      // Their letters are locked: whoever asked this person meanwhile is seen here.
      if (!mayBeAsked(byKey.get(foldPlus(to)) ?? [], policy, now)) return false;
      const [row] = await write();
      if (row) await markAsked(tx, { questions: questions.map((one) => one.id), to, letter: row.id });
      return true;
    });
    if (asked) written += 1;
  }
  return written;
}
