import { z } from 'zod';
import { mailOf } from '../../changes/by.ts';
import { cleanText } from '../../foundation/clean-text.ts';
import type { CaseNumber, MailId } from '../../foundation/ids.ts';
import { maskPrivilegedPins, maskSupportPins } from '../../foundation/pin-form.ts';
import { beginsOf, staffLetters } from '../../outbound/staff-letters.ts';
import { dayAt, judgeEntitlement } from '../../registry/entitlement.ts';
import { type PlanKind, planKinds } from '../../registry/site.ts';
import { toldOfRenewals } from '../../staff/representative.ts';
import { type ActLetter, type Given, refused } from '../act.ts';
import { textField } from '../cases/on-case.ts';
import { deskTime } from '../cases/working/workers.ts';
import type { OwnRecord } from '../self-service/records.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';
import { planMeant, planNamed } from './plan-names.ts';

const input = ownInput.extend({
  plan: z.string().max(60).describe(planKinds.join(', ')),
  text: textField(50_000).optional().describe('what they say besides'),
});

/** The plans that count on that day, and what the wished-for one adds to them. */
function standingOf({ site, plans }: OwnRecord, plan: PlanKind, now: string) {
  const today = dayAt(now, site.timezone);
  const active = plans.filter(({ from, to }) => from <= today && today <= to);
  const lastOf = (kind: PlanKind) =>
    active
      .filter((one) => one.kind === kind)
      .map(({ to }) => to)
      .sort()
      .at(-1);
  const shown = planKinds.flatMap((kind) => {
    const endsOn = lastOf(kind);
    return endsOn === undefined ? [] : [{ kind, endsOn }];
  });
  const has = shown.some(({ kind }) => kind === plan);
  return { plans: shown, has, lacksBase: plan === 'premier' && !shown.some(({ kind }) => kind !== 'premier') };
}

type Wish = { readonly plan: PlanKind; readonly text: string | undefined; readonly on: CaseNumber | null };

/** To whoever renews contracts, with the words of the customer and how they are reached. */
function noticesOf(own: OwnRecord, { plan, text = '', on }: Wish, { by, now, desk, policy }: Given): ActLetter[] {
  const { site, contact } = own;
  const contract = judgeEntitlement({ site, plans: own.plans, licences: own.licences }, now, null, policy);
  const mail = mailOf(by);
  const said = maskSupportPins(maskPrivilegedPins(cleanText(text)), own.pin === null ? [] : [own.pin]);
  const values = {
    kind: 'upgrade-wanted',
    ...{ site: site.number, siteName: site.name, contact: contact.name, from: own.address, plan },
    ...standingOf(own, plan, now),
    covered: contract.kind !== 'lapsed' && contract.kind !== 'grace',
    endedOn: 'endedOn' in contract ? contract.endedOn : null,
    case: on,
    mail: mail ?? ('' as MailId),
    command: mail === null ? `npx postern cases --site ${site.number}` : `npx postern mail show ${mail}`,
    begins: beginsOf(said),
    phone: contact.phone ?? null,
    phoneOnRecord: contact.phone !== undefined,
  } as const;
  const matter = `upgrade-wanted:${site.number}:${plan}`;
  const told = toldOfRenewals(site.representative, now, desk, deskTime({ desk, policy }));
  return staffLetters(values, { told, matter, desk }).map((letter) => ({ ...letter, case: on }));
}

/** POLICY §7 `UPGRADE`: to renewals, whatever the contract is; the customer hears how it stands and what happens next. */
export const requestUpgrade = tellingAct({
  name: 'request-upgrade',
  input,
  right: 'reporting: view',
  does: 'tells the renewal team that a customer wants another plan, and the customer what happens next',
  command: 'UPGRADE',
  template: 'upgrade-requested',
  gives: { changes: ['upgrade-requested'], letters: ['staff-notice'] },
  tells(own, asked, given) {
    const { site, contact } = own;
    const plan = planNamed(asked.plan);
    if (plan === null) {
      const meant = planMeant(asked.plan);
      const which = `Say which plan: ${planKinds.join(', ')}`;
      const near = meant === null ? '' : `; did you mean "${meant}"?`;
      return refused(
        'bad-input',
        asked.plan.trim() === '' ? `${which}.` : `There is no plan "${asked.plan}". ${which}${near || '.'}`,
        'which-plan',
      );
    }
    const on = own.on?.number ?? null;
    const { by, now: at } = given;
    const { renewals, support } = given.desk.addresses;
    const teamKnows = given.desk.renewalTeam.length > 0;
    return {
      letter: {
        template: 'upgrade-requested',
        values: {
          ...{ siteName: site.name, site: site.number, plan, ...standingOf(own, plan, at) },
          renewals: renewals ?? support,
          teamKnows,
        },
      },
      matter: `:${site.number}:${plan}`,
      ...(on && { on }),
      says: `Site ${site.number} wants the plan ${plan}; ${teamKnows ? 'the renewal team was told' : 'nobody renews contracts here, so nobody was told'}.`,
      changes: [{ kind: 'upgrade-requested', site: site.number, contact: contact.id, plan, at, by }],
      others: noticesOf(own, { plan, text: asked.text, on }, given),
    };
  },
});
