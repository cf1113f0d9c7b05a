/**
 * What a mail is decided on. Where it answers a letter of ours, the letter's own text comes with the facts, and the mail is read
 * once more beside it (MAIL.md §2): what it quotes of us is known then. Only where that brings to light something to be looked up,
 * such as a command below a quote that no pattern tells, the question is asked a second time.
 */
import { type Facts, type MailAtHand, type Question, type Quotable, questionOf } from '../../intake/facts.ts';
import { readBeside } from '../../mail/answers/own-words.ts';
import type { KnownText } from '../../mail/known-text/known-text.ts';
import { letterText } from '../../outbound/rendering/letter-text.ts';
import type { Loaded } from '../../store/intake/facts.ts';
import type { Sealer } from '../../vault/seal.ts';
import { openedLetter } from '../letters/opened-letter.ts';
import { hashesOfCode } from '../pins/codes.ts';
import { hashesOfPin } from '../pins/privileged-secrets.ts';

type Vault = Pick<Sealer, 'open' | 'hash' | 'hashes'>;

type MailWithFacts = { readonly mail: MailAtHand; readonly question: Question; readonly loaded: Loaded };

export const questionFor = (mail: MailAtHand, vault: Vault | null): Question =>
  vault ? questionOf(mail, hashesOfCode(vault), hashesOfPin(vault)) : questionOf(mail);

/** Of a letter whose seal does not open nothing is known, and its answer is read like any mail. */
function knownText(one: Quotable, vault: Vault | null): KnownText[] {
  if ('text' in one) return [one];
  const raw = Buffer.from(one.raw, 'base64');
  if (!one.sealed) return [{ text: letterText(raw), letter: true }];
  if (vault === null) return [];
  try {
    return [{ text: letterText(openedLetter(vault, { id: one.id, raw, sealed: true })), letter: true }];
  } catch {
    return [];
  }
}

const within = (wanted: readonly string[], had: readonly string[]): boolean => wanted.every((one) => had.includes(one));

/** Whether the answer to `had` holds all that `wanted` asks for. */
const answers = (had: Question, wanted: Question): boolean =>
  (wanted.command === null || wanted.command === had.command) &&
  within(wanted.ownCodes, had.ownCodes) &&
  within(wanted.codes, had.codes) &&
  within(wanted.pins, had.pins) &&
  within(wanted.licences, had.licences) &&
  within(wanted.cases, had.cases) &&
  within(wanted.privileged, had.privileged) &&
  within(wanted.privilegedNamed, had.privilegedNamed) &&
  within(wanted.guesses, had.guesses) &&
  (had.mayBeLoop || !wanted.mayBeLoop);

/** Whether what was told as the sender's own still is: a secret in a quote of ours must not count. */
const stillTold = (had: Question, wanted: Question): boolean =>
  within(had.ownCodes, wanted.ownCodes) &&
  within(had.privileged, wanted.privileged) &&
  had.onlyCode === wanted.onlyCode;

/** Null where the mail reads beside the letter as it reads alone. */
export function besideLetters(mail: MailAtHand, facts: Facts, vault: Vault | null): MailAtHand | null {
  const { quotable } = facts;
  if (quotable === undefined) return null;
  const read = readBeside(
    mail.facts,
    quotable.flatMap((one) => knownText(one, vault)),
  );
  return read === mail.facts ? null : { ...mail, facts: read };
}

export async function askFacts(
  ask: (question: Question) => Promise<Loaded>,
  mail: MailAtHand,
  vault: Vault | null,
): Promise<MailWithFacts> {
  const question = questionFor(mail, vault);
  const loaded = await ask(question);
  const beside = besideLetters(mail, loaded.facts, vault);
  if (beside === null) return { mail, question, loaded };
  const anew = questionFor(beside, vault);
  if (answers(question, anew) && stillTold(question, anew)) return { mail: beside, question: anew, loaded };
  return { mail: beside, question: anew, loaded: await ask(anew) };
}
