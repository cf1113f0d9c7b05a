/** Whether somebody at the customer is asked about the sender of a mail that is held (§3.r10, §3.r16). */
import type { QuestionAsked } from '../../changes/sender.ts';
import type { CaseNumber, SiteId } from '../../foundation/ids.ts';
import { type Context, siteOf } from '../context.ts';

/** About a person who wrote now; not about old mail of a mailbox just met, a list or a program. */
export function askAboutSender(
  { mail, facts, policy }: Context,
  at: { readonly site: SiteId; readonly case: CaseNumber | null },
): readonly QuestionAsked[] {
  const { from, unanswerable, grade, title } = mail.facts;
  if (from.kind !== 'one' || unanswerable || mail.mustWait || grade === 'failed') return [];
  const { address, name } = from;
  const siteNumber = siteOf(facts, at.site)?.site.number ?? at.site;
  const quietDays = policy.heldDays;
  const by = { kind: 'mail', mail: mail.id } as const;
  const about = { address, name, title, siteNumber, quietDays, mail: mail.id, at: mail.arrivedAt, by };
  return [{ kind: 'question-asked', ...at, ...about }];
}
