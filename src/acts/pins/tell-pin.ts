import { refused } from '../act.ts';
import { ownInput, tellingAct } from '../self-service/telling.ts';

/** POLICY §7 `PIN`: the one in force, to the address on record. */
export const tellPin = tellingAct({
  name: 'tell-pin',
  input: ownInput,
  right: 'pins: view',
  does: 'sends a contact the PIN of the site',
  command: 'PIN',
  template: 'command-pin',
  tells({ site: { name: siteName, number: site }, pin }) {
    if (pin === null) return refused('conflict', `Site ${site} has no active PIN on record.`, 'no-pin');
    return {
      letter: { template: 'command-pin', values: { siteName, site, pin } },
      matter: `:${site}`,
      says: `The PIN of site ${site} went to the address on record.`,
    };
  },
});
