/** The letter that asks for a code (POLICY §11.2): to the address on record, with the act as data and the code to be drawn. */
import type { CaseNumber, MailId } from '../../foundation/ids.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import { lineInWords } from '../commands/people-words.ts';
import type { Context } from '../context.ts';
import type { SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { codeToCome, kindOfAct } from './confirmation.ts';
import { type ConfirmedAct, confirmedActVersion } from './confirmed-act.ts';

/** Other lines are another matter: nobody who asks for something else within the hour is met with silence. */
function matterOf(
  { mail }: Context,
  { act, contact, site, case: on }: { act: ConfirmedAct; contact: Contact; site: SiteFacts; case: CaseNumber | null },
): string {
  const kind = kindOfAct(act);
  if (act.kind === 'contacts') return `confirm:${kind}:${site.site.number}:${mail.facts.contentHash}`;
  // Whoever has it now was asked by a letter like this, perhaps within the hour.
  if (act.kind === 'hand-over') return `confirm:${kind}:${site.site.number}:${contact.id}`;
  if (act.kind === 'access') return `confirm:${kind}:${act.request}`;
  return `confirm:${kind}:${(kind === 'PIN' ? null : on) ?? site.site.number}`;
}

export function confirmLetter(
  context: Context,
  given: { act: ConfirmedAct; contact: Contact; site: SiteFacts; case: CaseNumber | null; mail?: MailId },
): PlannedLetter {
  const { act, contact, site } = given;
  return planned(
    context,
    {
      template: 'confirm-code',
      values: {
        act: kindOfAct(act),
        siteName: site.site.name,
        code: codeToCome,
        hours: context.policy.confirmation.validHours,
        case: given.case,
        lines: act.kind === 'contacts' ? act.lines.map((line) => lineInWords(line, site.site.language)) : null,
      },
    },
    {
      to: answerTo(contact, context.sender ?? contact.email),
      audience: 'contact',
      language: site.site.language,
      matter: matterOf(context, given),
      case: given.case,
    },
    {
      kind: 'confirm',
      version: confirmedActVersion,
      act,
      contact: contact.id,
      case: given.case,
      mail: given.mail ?? context.mail.id,
    },
  );
}
