/** Does what a code was asked for: by the same functions that do it at once for a sender who is verified (POLICY §11.2). */
import type { Contact } from '../../registry/site.ts';
import type { Done } from '../commands/done.ts';
import { runCommand } from '../commands/run-command.ts';
import { runPeople, takeOver } from '../commands/run-people.ts';
import type { Context } from '../context.ts';
import type { ConfirmationFacts, SiteFacts } from '../facts.ts';
import { usePrivileged } from '../pins/privileged-pin.ts';
import { settleDecision } from './access-decision.ts';
import { settleAnswers } from './answers-about-senders.ts';
import type { ConfirmedAct } from './confirmed-act.ts';

export function runAct(
  context: Context,
  act: ConfirmedAct,
  by: { readonly contact: Contact; readonly site: SiteFacts; readonly confirmation: ConfirmationFacts },
): Done {
  switch (act.kind) {
    case 'command':
      return runCommand(context, {
        name: act.command,
        argument: act.argument,
        site: by.site,
        contact: by.contact,
        case: by.confirmation.asks.case,
      });
    case 'privileged-pin':
      return usePrivileged(context, act.pin, by);
    case 'contacts':
      return runPeople(context, { ...by, mail: by.confirmation.asks.mail }, act.lines);
    case 'hand-over':
      return takeOver(context, by, act.from);
    case 'access':
      return settleDecision(context, act.said, by);
    case 'senders':
      return settleAnswers(context, act.answers, by);
    default:
      return act satisfies never;
  }
}
