/**
 * Stored mails decided twice on the same facts, by the present policy and by another one, so that whatever differs comes from the
 * policy (`postern policy try`). Writes nothing: hand in a database that cannot be written to.
 */
import { isFailure } from '../../foundation/failure.ts';
import { mailId } from '../../foundation/ids.ts';
import { compare, type Difference } from '../../intake/compare.ts';
import { decide } from '../../intake/decide.ts';
import type { MailAtHand, Question } from '../../intake/facts.ts';
import { historicalFacts } from '../../intake/historical-facts.ts';
import { type Policy, peopleOf } from '../../intake/policy.ts';
import { foldPlus } from '../../mail/address/address.ts';
import type { Database } from '../../store/database.ts';
import { type Loaded, loadFacts } from '../../store/intake/facts.ts';
import {
  type DecidedMail,
  decidedMails,
  type HistoricalQuestion,
  loadHistoricalFacts,
} from '../../store/intake/historical-facts.ts';
import { besideLetters, questionFor } from './ask-facts.ts';
import { type IntakeDeps, readClaimed } from './process-intake.ts';

type TryDeps = Pick<IntakeDeps, 'reading' | 'parser'> & {
  readonly database: Database;
  /** Null without SECRET_KEY: mails that quote a secret are not compared then. */
  readonly vault: IntakeDeps['vault'] | null;
  readonly present: Policy;
  readonly other: Policy;
};

export type Tried = {
  readonly mail: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly case: string | null;
} & Difference;

type TriedPage = {
  readonly compared: number;
  readonly differs: readonly Tried[];
  /** By the present policy it is not decided as it was: what it was decided on has changed since, or a rule has. */
  readonly unlike: number;
  /** Nothing to read it by is kept, or its bytes are sealed and there is no key. */
  readonly unread: number;
};

const pageSize = 100;
type ToTry = { readonly stored: DecidedMail; readonly mail: MailAtHand; readonly question: Question };

/** As it was read when it was decided; where secrets were masked in that, its sealed bytes are read again. The grade is the stored one. */
async function atHand(deps: TryDeps, stored: DecidedMail): Promise<MailAtHand | null> {
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
  deps: TryDeps & { readonly vault: IntakeDeps['vault'] },
  stored: DecidedMail & { readonly raw: Buffer },
): Promise<MailAtHand | null> {
  try {
    return await readClaimed({ ...deps, senderCheck: null }, { ...stored, sealed: true });
  } catch (error) {
    if (isFailure(error, 'seal-key-missing') || isFailure(error, 'seal-broken')) return null;
    throw error;
  }
}

const askOf = ({ stored, question }: ToTry, { facts }: Loaded): HistoricalQuestion => {
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

async function tryPage(deps: TryDeps, page: readonly DecidedMail[]): Promise<TriedPage> {
  const { desk } = deps.present;
  const staff = peopleOf(desk);
  const { vault } = deps;
  const read: ToTry[] = [];
  for (const stored of page) {
    const mail = await atHand(deps, stored);
    if (mail === null) continue;
    read.push({ stored, mail, question: questionFor(mail, vault) });
  }
  const load = () =>
    deps.database.ask((db) =>
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
  const known = await deps.database.ask((db) => loadHistoricalFacts(db, asked, staff));
  const differs: Tried[] = [];
  let unlike = 0;
  for (const [i, { stored, mail }] of read.entries()) {
    const [now, then] = [loaded[i], known[i]];
    if (!now || !then) continue;
    const facts = historicalFacts(now.facts, then, { ...stored, id: mail.id });
    const present = decide(mail, facts, deps.present, stored.decidedAt);
    if (present.outcome !== stored.outcome) unlike += 1;
    const difference = compare(present, decide(mail, facts, deps.other, stored.decidedAt));
    const { from, subject, arrivedAt, case: number } = stored;
    if (difference) differs.push({ mail: stored.id, from, subject, arrivedAt, case: number, ...difference });
  }
  return { compared: read.length, differs, unlike, unread: page.length - read.length };
}

/** In pages, oldest first, so that memory does not grow with the mails of `days` days. */
export async function* tryPolicy(deps: TryDeps, days: number): AsyncGenerator<TriedPage> {
  for (let after = '0'; ; ) {
    const page = await decidedMails(deps.database, { days, after, most: pageSize });
    const last = page.at(-1);
    if (!last) return;
    yield await tryPage(deps, page);
    after = last.id;
  }
}
