/**
 * After our first response a severity that a reply names is proposed, or agrees to the one that we have proposed (POLICY §4.2); before it a
 * bare yes agrees to what was proposed as nobody could be reached (§4.3), and a severity that is named is set (severity-by-reply.ts).
 */
import { severityOfField } from '../../cases/severity.ts';
import { saysYes, withoutWriter } from '../../mail/answers/only-thanks.ts';
import { severityInReply } from '../../mail/report/report-fields.ts';
import type { Contact } from '../../registry/site.ts';
import type { Done } from '../commands/done.ts';
import { mayAsk, runCommand } from '../commands/run-command.ts';
import type { Context } from '../context.ts';
import type { CaseFacts, SiteFacts } from '../facts.ts';

/** What a reply names; a bare yes is the answer to the letter that has asked. */
function named({ answered, mail }: Context, { proposal, answered: responded }: CaseFacts) {
  const asked = proposal?.by === 'staff' && answered?.template === 'severity-proposal';
  const { from, newText } = mail.facts;
  if (asked && saysYes(withoutWriter(newText, from.kind === 'one' ? from.name : ''))) return proposal.to;
  if (!responded) return null;
  return severityOfField(severityInReply(newText) ?? undefined);
}

/** Null: it names none, or one that the case has, or cannot have. */
export function severityProposed(
  context: Context,
  { site, contact, on }: { site: SiteFacts; contact: Contact | null; on: CaseFacts },
): Done | null {
  const to = !context.mail.facts.nothingOwn ? named(context, on) : null;
  if (to === null || !contact || !mayAsk('SEVERITY', contact, context.policy)) return null;
  const order = { name: 'SEVERITY', argument: `${to}`, site, contact, case: on.number, reopens: true } as const;
  const done = runCommand(context, order);
  return done.kind === 'done' ? done : null;
}
