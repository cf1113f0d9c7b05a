/**
 * The questions to the people of a site whether a sender belongs to them (POLICY §3.r10, §3.r16 and "Questions to a decider"):
 * the first at once, then gathered, one letter an hour and ten a day. What is due is found in rows.
 */
import { caseNumber } from '../foundation/ids.ts';
import { senderRef } from '../intake/letters.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import type { Policy } from '../intake/policy.ts';
import { foldPlus } from '../mail/address.ts';
import { mayBeAsked } from '../outbound/letter-limits.ts';
import { isDecider, mayOpenCases } from '../registry/permissions.ts';
import { roles } from '../registry/site.ts';
import type { Database } from '../store/database.ts';
import { lockHistory } from '../store/letter-history.ts';
import { drawLetterIds, insertLetters } from '../store/letters.ts';
import { markAsked, type OpenQuestion, questionsToAsk } from '../store/sender-questions.ts';
import type { LetterShop } from './letter-shop.ts';
import type { Relay } from './relay-outbox.ts';
import { finishLetters } from './write-letters.ts';

/** More would not be read; the rest goes with the next letter. */
const mostLines = 30;

/** One letter for each person and site that has something to answer. */
function lettersDue(open: readonly OpenQuestion[]): { to: string; questions: OpenQuestion[] }[] {
  const due = new Map<string, { to: string; questions: OpenQuestion[] }>();
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

function questionLetter(to: string, questions: readonly OpenQuestion[]): PlannedLetter | null {
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
export async function askDeciders(
  deps: { database: Database; relay: Pick<Relay, 'ring'>; shop: LetterShop; policy: Policy },
  mail: string | null = null,
): Promise<number> {
  const { database, policy } = deps;
  const own = roles.filter((role) => mayOpenCases(role) === 'any');
  const deciders = roles.filter((role) => isDecider(role, policy));
  const { now, open } = await database.ask((db) => questionsToAsk(db, { mail, own, deciders, most: mostLines }));
  let written = 0;
  for (const { to, questions } of lettersDue(open)) {
    const letter = questionLetter(to, questions);
    if (!letter) continue;
    const ids = await database.ask((db) => drawLetterIds(db, 1));
    const rows = await finishLetters([letter], ids, {
      shop: deps.shop,
      policy,
      at: now,
      cause: 'senders',
      mail: questions[0]?.mail ?? null,
    });
    const key = foldPlus(to);
    const done = await database.transaction(async (tx) => {
      const { byKey } = await lockHistory(tx, [key], false);
      if (!mayBeAsked(byKey.get(key) ?? [], policy, now)) return false;
      await insertLetters(tx, rows, 'intake');
      // Only here are letters to this person counted, so whoever asked meanwhile has been seen above.
      await markAsked(tx, { questions: questions.map((one) => one.id), to, letter: ids[0] ?? '' });
      return true;
    });
    if (done) written += 1;
  }
  if (written > 0) deps.relay.ring();
  return written;
}
