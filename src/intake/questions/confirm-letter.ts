/** The letter that asks for a code (POLICY §11.2): to the address on record, with the act as data and the code to be drawn. */
import type { CaseNumber } from '../../foundation/ids.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { Context } from '../context.ts';
import type { SiteFacts } from '../facts.ts';
import { planned } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { codeToCome, kindOfAct } from './confirmation.ts';
import { type ConfirmedAct, confirmedActVersion } from './confirmed-act.ts';

/** Other lines are another matter: nobody who says something else within the hour is met with silence. */
function matterOf(
  { mail }: Context,
  { act, site, case: on }: { act: ConfirmedAct; site: SiteFacts; case: CaseNumber | null },
): string {
  const kind = kindOfAct(act);
  if (act.kind === 'attest') return `confirm:${kind}:${site.site.number}:${mail.facts.contentHash}`;
  return `confirm:${kind}:${(kind === 'PIN' ? null : on) ?? site.site.number}`;
}

export function confirmLetter(
  context: Context,
  given: { act: ConfirmedAct; contact: Contact; site: SiteFacts; case: CaseNumber | null },
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
      mail: context.mail.id,
    },
  );
}
