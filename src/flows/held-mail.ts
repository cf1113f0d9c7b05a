/**
 * Held mail in the hands of a person (POLICY §3 "Held mail"): released, answered, refused, or released together with the
 * registration of its sender. What was decided is appended, and of two people at once one is told that the other was faster.
 */
import { createHash } from 'node:crypto';
import { Failure } from '../foundation/failure.ts';
import { mailId, siteId } from '../foundation/ids.ts';
import { decide } from '../intake/decide.ts';
import type { Admission, MailAtHand } from '../intake/facts.ts';
import type { PlannedLetter } from '../intake/planned-letter.ts';
import type { Role } from '../registry/site.ts';
import { writeAudit } from '../store/audit.ts';
import { stopCareClock } from '../store/care-clocks.ts';
import {
  closeIdleQuestions,
  heldToAnswer,
  type PutBack,
  refuseHeld,
  type SiteKey,
  siteByNumber,
  siteOfPin,
  takeHeld,
} from '../store/held.ts';
import { letterWithKey } from '../store/letters.ts';
import { mailOutcomes } from '../store/outcomes.ts';
import { storedMail } from '../store/replay.ts';
import { admitToCase } from '../store/sender-questions.ts';
import { askFacts } from './ask-facts.ts';
import { sendLetters } from './letters/send.ts';
import { decideAdmitted, decideAndApply, type IntakeDeps, readClaimed } from './process-intake.ts';
import { registerSender } from './settle-senders.ts';

export type HeldResult = {
  readonly id: string;
  readonly before: string;
  readonly after: string;
  readonly case: string | null;
  readonly reason: string;
};

export type Release = {
  /** Number of the site that it is let in for, where it names none itself; or a PIN of that site. */
  readonly site?: string | undefined;
  readonly pin?: string | undefined;
  /** Its sender becomes a contact of the site. */
  readonly register?: { readonly name?: string | undefined; readonly role?: Role | undefined } | undefined;
};

const isHeld = (outcome: string | null): outcome is string => outcome?.startsWith('held-') ?? false;

const conflict = (why: string): Failure => new Failure('conflict', why);

function needsHeld(id: string, mail: { outcome: string | null; case: string | null } | null): string {
  if (!mail) throw new Failure('not-found', `there is no mail ${id}`);
  if (isHeld(mail.outcome)) return mail.outcome;
  throw conflict(
    mail.outcome === null
      ? `Mail ${id} is being decided.`
      : `Mail ${id} is not held: it was decided ${mail.outcome}${mail.case ? ` (case ${mail.case})` : ''}.`,
  );
}

/** What to do where letting the sender in is not enough. */
const toDo: Readonly<Record<string, string>> = {
  'held-unreadable': 'It could not be read: look at its bytes, and answer or refuse it.',
  'held-unauthenticated': 'It names no single plain sender, so there is nobody to let in: refuse it.',
  'held-pin-needed': 'It names no site: give the site number or the PIN.',
  'held-unknown': 'It names no site: give the site number or the PIN, or answer or refuse it.',
};

async function siteFor(deps: IntakeDeps, how: Release): Promise<SiteKey | null> {
  const named = how.site === undefined ? null : await siteByNumber(deps.database, how.site);
  if (how.site !== undefined && !named) throw new Failure('bad-input', `there is no site ${how.site}`);
  if (how.pin === undefined) return named;
  const found = await siteOfPin(deps.database, how.pin, deps.policy.pinGraceDays);
  if (!found) throw new Failure('bad-input', 'no site has this PIN');
  if (named && named.id !== found.id) throw new Failure('bad-input', `the PIN is not that of site ${how.site}`);
  return found;
}

/**
 * Decided as if the sender had been let in, at its own time of arrival. Fails with `not-found`, with `conflict` where it is not
 * held any more, where somebody was faster or where more has to be said, and with `bad-input` where a rule of the registry forbids it.
 */
export async function releaseHeld(deps: IntakeDeps, id: string, how: Release, actor: string): Promise<HeldResult> {
  const stored = await storedMail(deps.database, id);
  const before = needsHeld(id, stored);
  if (!stored || stored.raw === null) throw conflict(`The bytes of mail ${id} are not kept any more.`);
  if (before === 'held-unreadable') throw conflict(toDo[before] ?? '');
  const site = await siteFor(deps, how);
  const admitted: Admission = { by: actor, site: site ? siteId(site.id) : null };
  const read: MailAtHand = { ...(await readClaimed(deps, { ...stored, id: mailId(id) })), admitted };
  const { mail, loaded } = await askFacts(deps.lanes.facts, read, deps.vault);
  const { facts, now } = loaded;
  const preview = decide(mail, facts, deps.policy, now);
  const onCase = preview.outcome === 'held-stranger-on-case' ? preview.case : null;
  const found = facts.cases.find((one) => one.number === onCase);
  const at = site ?? (preview.evidence.site === null ? null : await siteByNumber(deps.database, preview.evidence.site));
  const from = mail.facts.from.kind === 'one' ? mail.facts.from : null;
  if (how.register && !(at && from)) throw conflict(toDo[from ? 'held-unknown' : 'held-unauthenticated'] ?? '');
  const person = how.register && at && from ? { ...from, site: at } : null;
  if (!person && !onCase && isHeld(preview.outcome))
    throw conflict(toDo[preview.outcome] ?? `It would be held again: ${preview.reason}`);

  const others = await deps.database.transaction(async (tx): Promise<PutBack[]> => {
    const taken = await takeHeld(tx, { mail: id, worker: deps.worker, admitted, actor, action: 'mail-released' });
    if (!taken) throw conflict(`Somebody was faster: mail ${id} is not held any more.`);
    if (found && !person && from) await admitToCase(tx, found.id, from.address);
    if (!person) return [];
    return registerSender(tx, {
      site: person.site.id,
      siteNumber: person.site.number,
      address: person.address,
      name: how.register?.name ?? person.name,
      role: how.register?.role ?? 'authorized user',
      actor,
      settledBy: null,
      except: id,
    });
  });
  await decideAndApply(deps, mail);
  await decideAdmitted(deps, others);
  const [after] = await mailOutcomes(deps.database, [id]);
  return { id, before, after: after?.outcome ?? 'new', case: after?.case ?? null, reason: after?.reason ?? '' };
}

/** Its sender is told nothing. */
export async function refuseHeldMail(
  deps: Pick<IntakeDeps, 'database'>,
  id: string,
  actor: string,
): Promise<HeldResult> {
  const [mail = null] = /^[0-9]{1,18}$/.test(id) ? await mailOutcomes(deps.database, [id]) : [];
  const before = needsHeld(id, mail);
  const reason = 'A person has refused the mail.';
  await deps.database.transaction(async (tx) => {
    const refused = await refuseHeld(tx, { mails: [id], rule: 'held', reason, settledBy: null, actor });
    if (refused.length === 0) throw conflict(`Somebody was faster: mail ${id} is not held any more.`);
    await closeIdleQuestions(tx, actor);
  });
  return { id, before, after: 'refused', case: mail?.case ?? null, reason };
}

/** Client care has answered another way: by telephone, or from a mailbox of its own. */
export async function careDone(deps: Pick<IntakeDeps, 'database'>, id: string, actor: string): Promise<void> {
  const stopped = /^[0-9]{1,18}$/.test(id) && (await deps.database.transaction((tx) => stopCareClock(tx, id, actor)));
  if (!stopped) throw conflict(`No answer of client care to mail ${id} is waited for.`);
}

export type HeldAnswered = { readonly id: string; readonly letter: string; readonly to: string };

/** A letter by hand to the sender of a held mail, which stays held, or of one to client care, whose clock it stops. The same text twice is one letter. */
export async function answerHeld(
  deps: Pick<IntakeDeps, 'database' | 'policy' | 'shop' | 'relay'>,
  id: string,
  given: { text: string; language?: string | undefined },
  actor: string,
): Promise<HeldAnswered> {
  const { policy } = deps;
  const mail = await heldToAnswer(deps.database, id);
  // Client care has no case to answer on either.
  if (mail?.outcome !== 'care-recorded') needsHeld(id, mail && { outcome: mail.outcome, case: null });
  if (!mail || mail.from === null) throw conflict(`Mail ${id} names no single plain sender to write to.`);
  if (given.text.trim() === '') throw new Failure('bad-input', 'the letter has no text');
  const letter: PlannedLetter = {
    template: 'held-answer',
    values: { text: given.text, support: policy.desk.addresses.support },
    to: mail.from,
    // A person writes it: it counts as no automatic letter to somebody not on record.
    audience: 'contact',
    language: given.language ?? mail.language ?? policy.desk.languages[0] ?? 'en',
    matter: createHash('sha256').update(given.text).digest('hex').slice(0, 16),
    case: null,
    answers: { messageId: mail.messageId, references: mail.references },
    followsOwn: false,
    asks: null,
    fate: { kind: 'send' },
  };
  const occasion = { cause: `held:${id}`, actor, now: mail.now, mail: id };
  const letterId = await sendLetters(deps, [letter], occasion, async (tx, write) => {
    const [row] = await write();
    // The same text twice is one letter, the first.
    const written = await letterWithKey(tx, row?.key ?? '');
    if (written === row?.id)
      await writeAudit(tx, [
        { actor, action: 'mail-answered', subjectKind: 'mail', subjectId: id, detail: { letter: written } },
      ]);
    await stopCareClock(tx, id, actor);
    return written;
  });
  return { id, letter: letterId, to: mail.from };
}
