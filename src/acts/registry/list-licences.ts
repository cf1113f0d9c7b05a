import { dayAt, judgeEntitlement, licenceSpan } from '../../registry/entitlement.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';

const daysUntil = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

/** POLICY §7 `LICENCES`, as it stands at that moment. */
export const listLicences = tellingAct({
  name: 'list-licences',
  input: ownInput,
  right: 'reporting: view',
  does: 'sends a contact the list of licences and plans of the site',
  command: 'LICENCES',
  template: 'command-licences',
  tells({ site, plans, licences }, _, { now, policy, desk }) {
    const { renewals, support } = desk.addresses;
    const today = dayAt(now, site.timezone);
    const contract = judgeEntitlement({ site, plans, licences }, now, null, policy);
    return {
      letter: {
        template: 'command-licences',
        values: {
          siteName: site.name,
          site: site.number,
          renewals: renewals ?? support,
          covered: contract.kind !== 'lapsed' && contract.kind !== 'grace',
          licences: licences.map((licence) => {
            const { number, serviceTag = null, product, kind, quantity } = licence;
            const { to: endsOn } = licenceSpan(licence, policy);
            const daysLeft = endsOn === null ? null : daysUntil(today, endsOn);
            return { number, serviceTag, product, kind, quantity, endsOn, daysLeft };
          }),
          plans: plans.map(({ kind, to }) => ({ kind, endsOn: to, daysLeft: daysUntil(today, to) })),
        },
      },
      matter: `:${site.number}`,
      says: `The licences of site ${site.number} were listed.`,
    };
  },
});
