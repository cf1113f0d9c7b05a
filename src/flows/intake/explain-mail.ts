/** What would be decided about a mail, and why; writes nothing. */
import { createHash } from 'node:crypto';
import { mailId } from '../../foundation/ids.ts';
import { decide } from '../../intake/decide.ts';
import { changeOf, type Decision } from '../../intake/decision.ts';
import type { MailAtHand, Question } from '../../intake/facts.ts';
import { type Loaded, loadFacts } from '../../store/intake/facts.ts';
import { mailWithBytes } from '../../store/reports/outcomes.ts';
import { askFacts } from './ask-facts.ts';
import { type IntakeDeps, readClaimed } from './process-intake.ts';

type Explained = {
  readonly mail: MailAtHand;
  readonly decision: Decision;
  /** Who the contact of the evidence is, for a person who may see it. */
  readonly contact: { readonly name: string; readonly email: string } | null;
};

export async function explainMail(
  deps: Pick<IntakeDeps, 'database' | 'parser' | 'reading' | 'policy' | 'senderCheck' | 'vault'>,
  raw: Uint8Array,
  arrivedAt: Date,
): Promise<Explained> {
  const read = await readClaimed(deps, {
    id: mailId('0'),
    raw: Buffer.from(raw),
    arrivedAt: arrivedAt.toISOString(),
    mailFrom: null,
    rcptTo: [],
    headersOnly: null,
    mustWait: false,
  });
  const ask = async (question: Question) =>
    (await deps.database.ask((db) => loadFacts(db, [question], [])))[0] as Loaded;
  const { mail, loaded } = await askFacts(ask, read, deps.vault);
  const { facts, now } = loaded;
  const decision = decide(mail, facts, deps.policy, now);
  const known = facts.contacts.find((one) => one.id === decision.evidence.contact);
  const contact = known ? { name: known.name, email: known.email } : null;
  const sha256 = createHash('sha256').update(raw).digest();
  const same = changeOf(decision, 'mail-repeated') ? await mailWithBytes(deps.database, sha256) : null;
  if (same === null) return { mail, decision, contact };
  const became = same.outcome === null ? 'which is not decided yet' : `which is ${same.outcome}`;
  const reason = `These very bytes came before as mail ${same.id}, ${became}; again they are a line in the ledger, and nothing is decided.`;
  return { mail, decision: { ...decision, reason }, contact };
}
