/** The letters that a mail would have brought about (POLICY §2.4, §2.5, §3.r14, §4.3), for a call. */
import { numberToCome } from '../../../changes/cases/to-come.ts';
import type { MailId } from '../../../foundation/ids.ts';
import type { StaffNotice } from '../../../outbound/letter.ts';
import { onceADay } from '../../../outbound/letter-limits.ts';
import { beginsOf, staffLetters } from '../../../outbound/staff-letters.ts';
import { dayAt } from '../../../registry/entitlement.ts';
import type { Contact, SiteFacts } from '../../../registry/site.ts';
import { toldOfRenewals } from '../../../staff/representative.ts';
import type { ActLetter, Given } from '../../act.ts';
import { deskTime } from '../working/workers.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import { lapseTold } from './lapse-told.ts';
import type { Terms } from './terms.ts';

type Call = { readonly of: SiteFacts; readonly contact: Contact; readonly title: string; readonly text: string };

const plain = { answers: null, followsOwn: false, asks: null, fate: { kind: 'send' } } as const;

export function lettersOfCall(
  terms: Terms,
  { of: facts, contact, title, text }: Call,
  { desk, policy, now }: Given,
): ActLetter[] {
  const { site } = facts;
  const about = { site: site.number, siteName: site.name, contact: contact.name, title } as const;
  const to = { to: contact.email, audience: 'contact', language: site.language } as const;
  const notice = (values: StaffNotice, told: readonly string[], matter: string): ActLetter[] =>
    staffLetters(values, { told, matter, desk }).map((letter) => ({
      ...letter,
      case: 'case' in values ? (values.case ?? null) : null,
    }));
  const renewalTeam = toldOfRenewals(site.representative, now, desk, deskTime({ desk, policy }));
  // Nobody wrote a mail that could be shown.
  const none = { mail: '' as MailId };
  if (terms.kind === 'lapsed') {
    const told = lapseTold(facts, terms.contract, now, policy);
    const { renewals, support } = desk.addresses;
    const values = {
      ...{ title, siteName: site.name, ...told, case: null },
      ...{ renewals: renewals ?? support, teamKnows: desk.renewalTeam.length > 0 },
    };
    const lapsed = {
      kind: 'lapsed-wrote',
      ...about,
      ...none,
      command: `npx postern cases --site ${site.number}`,
      ...told,
      case: null,
    } as const;
    return [
      { template: 'support-lapsed', values, ...to, matter: `lapsed:${site.number}`, case: null, ...plain },
      ...notice(lapsed, renewalTeam, `lapsed-wrote:${site.number}`),
    ];
  }
  const { contract, opens, response } = terms;
  const acknowledgement = acknowledgementOf(terms, {
    ...{ site, follows: null, linked: null, asksNothing: opens.kind === 'licensing' },
    ...{ desk, asked: policy },
  });
  const phone = contact.phone ?? null;
  const of = {
    ...about,
    ...none,
    case: numberToCome,
    command: `npx postern case ${numberToCome}`,
    begins: beginsOf(text),
    phone,
    phoneOnRecord: phone !== null,
  } as const;
  const matter = (kind: string) => `${kind}:${numberToCome}`;
  return [
    {
      template: 'acknowledgement',
      values: acknowledgement,
      ...to,
      matter: `case:${numberToCome}`,
      case: numberToCome,
      ...plain,
    },
    ...(contract.kind === 'grace'
      ? notice({ kind: 'grace-wrote', ...of, endedOn: contract.endedOn }, renewalTeam, matter('grace-wrote'))
      : []),
    ...(contract.kind === 'under-covered'
      ? notice(
          {
            kind: 'under-covered-wrote',
            ...of,
            product: contract.coveredBy,
            users: contract.users,
            support: contract.support,
          },
          renewalTeam,
          `${onceADay}${site.number}:${dayAt(now, site.timezone)}`,
        )
      : []),
    ...(opens.severity === 1
      ? notice(
          { kind: 'severity-1-opened', ...of, due: response.due, timezone: site.timezone },
          desk.staff,
          matter('severity-1'),
        )
      : []),
  ];
}
