import { z } from 'zod';
import { dayAt, licenceSpan } from '../../registry/entitlement.ts';
import { licenceNumbered } from '../../registry/site.ts';
import { refused } from '../act.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';

const input = ownInput.extend({ licence: z.string().trim().max(60).describe('its number, or its service tag') });

/** POLICY §8.11: the product is registered on that day, from which a trial is counted (§2.3). The first day that was named stays. */
export const registerLicence = tellingAct({
  name: 'register-licence',
  input,
  right: 'licences: register',
  does: 'registers the product of a licence for a contact of its site; a trial is counted from then on',
  command: 'REGISTER',
  template: 'licence-registered',
  gives: { changes: ['licence-registered'], letters: [] },
  tells({ site, contact, licences, commands }, asked, { by, now: at, policy }) {
    if (asked.licence === '') return refused('bad-input', 'Say which licence.', 'which-licence');
    const licence = licenceNumbered(licences, asked.licence);
    // The same for one of others and one that nobody has.
    if (!licence) return refused('not-found', `Site ${site.number} has no licence of that number.`, 'no-such-licence');
    const { number, serviceTag = null, product, kind, quantity } = licence;
    const already = licence.registeredOn !== null;
    const on = licence.registeredOn ?? dayAt(at, site.timezone);
    const { to } = licenceSpan({ ...licence, registeredOn: on }, policy);
    const wordOf = (name: string) => commands.find((one) => one.name === name)?.word ?? null;
    return {
      letter: {
        template: 'licence-registered',
        values: {
          ...{
            siteName: site.name,
            site: site.number,
            number,
            serviceTag,
            product,
            kind,
            quantity,
            already,
            registeredOn: on,
          },
          ...{ endsOn: kind === 'trial' ? to : null, pin: wordOf('PIN'), list: wordOf('LICENCES') },
        },
      },
      matter: `:${number}`,
      says: already
        ? `Licence ${number} of site ${site.number} was registered on ${on} already.`
        : `Licence ${number} of site ${site.number} was registered.`,
      changes: already
        ? []
        : [{ kind: 'licence-registered', site: site.number, licence: number, on, contact: contact.id, at, by }],
    };
  },
});
