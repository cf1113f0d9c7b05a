/** What would be decided about a mail, and why; writes nothing. */
import { mailId } from '../foundation/ids.ts';
import { decide } from '../intake/decide.ts';
import type { Decision } from '../intake/decision.ts';
import { type MailAtHand, questionOf } from '../intake/facts.ts';
import { type Loaded, loadFacts } from '../store/facts.ts';
import { hashesOfCode } from './codes.ts';
import { hashesOfPin } from './privileged-secrets.ts';
import { type IntakeDeps, readClaimed } from './process-intake.ts';

export async function explainMail(
  deps: Pick<IntakeDeps, 'database' | 'parser' | 'reading' | 'policy' | 'senderCheck' | 'vault'>,
  raw: Uint8Array,
  arrivedAt: Date,
): Promise<{ mail: MailAtHand; decision: Decision }> {
  const mail = await readClaimed(deps, {
    id: mailId('0'),
    raw: Buffer.from(raw),
    arrivedAt: arrivedAt.toISOString(),
    mailFrom: null,
    rcptTo: [],
    headersOnly: null,
    mustWait: false,
  });
  const [loaded] = await deps.database.ask((db) =>
    loadFacts(db, [questionOf(mail, hashesOfCode(deps.vault), hashesOfPin(deps.vault))], []),
  );
  const { facts, now } = loaded as Loaded;
  return { mail, decision: decide(mail, facts, deps.policy, now) };
}
