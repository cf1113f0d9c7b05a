/** A decided mail with what was known when it was decided, so that it can be decided once more on the same facts. */
import { isFailure } from '../../foundation/failure.ts';
import { mailId } from '../../foundation/ids.ts';
import type { Facts, MailAtHand, Question } from '../../intake/facts.ts';
import { historicalFacts } from '../../intake/historical-facts.ts';
import { type Desk, peopleOf } from '../../intake/policy.ts';
import { foldPlus } from '../../mail/address/address.ts';
import type { Database } from '../../store/database.ts';
import { type Loaded, loadFacts } from '../../store/intake/facts.ts';
import { type DecidedMail, type HistoricalQuestion, loadHistoricalFacts } from '../../store/intake/historical-facts.ts';
import { besideLetters, questionFor } from './ask-facts.ts';
import { type IntakeDeps, readClaimed } from './process-intake.ts';

export type ThenDeps = Pick<IntakeDeps, 'reading' | 'parser'> & {
  readonly database: Database;
  /** Null without SECRET_KEY: what quotes a secret is not read then. */
  readonly vault: IntakeDeps['vault'] | null;
};

export type MailThen = { readonly stored: DecidedMail; readonly mail: MailAtHand };
type ToAsk = MailThen & { readonly question: Question };

/** As it was read when it was decided; where secrets were masked in that, its sealed bytes are read again. The grade is the stored one. Null: nothing to read it by. */
export async function mailThen(deps: ThenDeps, stored: DecidedMail): Promise<MailAtHand | null> {
  const { facts, raw, arrivedAt, mustWait, admitted } = stored;
  const id = mailId(stored.id);
  if (facts === null || (raw !== null && deps.vault === null)) return null;
  const mail = { id, arrivedAt, mustWait, ...(admitted ? { admitted } : {}) };
  if (raw === null || deps.vault === null) return { ...mail, facts };
  const again = await readSealed({ ...deps, vault: deps.vault }, { ...stored, raw });
  if (again === null) return null;
  const { grade, gradeReason } = facts;
  return { ...mail, facts: { ...again.facts, contentHash: facts.contentHash, grade, gradeReason } };
}

/** Null where it was sealed under a key that is not given. */
async function readSealed(
  deps: ThenDeps & { readonly vault: IntakeDeps['vault'] },
  stored: DecidedMail & { readonly raw: Buffer },
): Promise<MailAtHand | null> {
  try {
    return await readClaimed({ ...deps, senderCheck: null }, { ...stored, sealed: true });
  } catch (error) {
    if (isFailure(error, 'seal-key-missing') || isFailure(error, 'seal-broken')) return null;
    throw error;
  }
}

const askOf = ({ stored, question }: ToAsk, { facts }: Loaded): HistoricalQuestion => {
  const confirmations = facts.confirmations ?? [];
  const senders = [...facts.letters, ...confirmations].flatMap((one) => one.senders ?? []);
  return {
    mail: stored.id,
    at: stored.decidedAt,
    arrivedAt: stored.arrivedAt,
    sender: question.sender,
    keys: [
      ...new Set(
        [...(question.sender ? [question.sender] : []), ...facts.contacts.map((one) => one.email)].map(foldPlus),
      ),
    ],
    cases: facts.cases.map((one) => one.id),
    letters: facts.letters.map((one) => one.id),
    questions: senders.map((one) => one.id),
    codes: confirmations.map((one) => one.letter),
    privileged: (facts.privileged ?? []).map((one) => one.id),
    mayBeLoop: question.mayBeLoop && facts.contacts.length > 0,
  };
};

/** Each mail beside the letters that it answers, with the facts as they were when it was decided. In the order given. */
export async function factsThen(
  deps: Pick<ThenDeps, 'database' | 'vault'> & { readonly desk: Desk },
  mails: readonly MailThen[],
): Promise<(MailThen & { readonly facts: Facts })[]> {
  if (mails.length === 0) return [];
  const { database, vault } = deps;
  const read: ToAsk[] = mails.map((one) => ({ ...one, question: questionFor(one.mail, vault) }));
  const load = () =>
    database.ask((db) =>
      loadFacts(
        db,
        read.map((one) => one.question),
        [],
      ),
    );
  let loaded = await load();
  let anew = false;
  for (const [i, one] of read.entries()) {
    const mail = besideLetters(one.mail, (loaded[i] as Loaded).facts, vault);
    if (mail === null) continue;
    anew = true;
    read[i] = { ...one, mail, question: questionFor(mail, vault) };
  }
  if (anew) loaded = await load();
  const asked = read.map((one, i) => askOf(one, loaded[i] as Loaded));
  const known = await database.ask((db) => loadHistoricalFacts(db, asked, peopleOf(deps.desk)));
  return read.flatMap(({ stored, mail }, i) => {
    const [now, then] = [loaded[i], known[i]];
    if (!now || !then) return [];
    return [{ stored, mail, facts: historicalFacts(now.facts, then, { ...stored, id: mail.id }) }];
  });
}
