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

export function confirmLetter(
  context: Context,
  given: { act: ConfirmedAct; contact: Contact; site: SiteFacts; case: CaseNumber | null },
): PlannedLetter {
  const { act, contact, site } = given;
  const ofSite = (kindOfAct(act) === 'PIN' ? null : given.case) ?? site.site.number;
  const about = act.kind === 'access' ? act.request : ofSite;
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
      matter: `confirm:${kindOfAct(act)}:${about}`,
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
