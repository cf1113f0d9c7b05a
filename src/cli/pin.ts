import type { Command } from 'commander';
import { issuePin } from '../acts/pins/issue-pin.ts';
import { issuePrivilegedPin } from '../acts/pins/issue-privileged-pin.ts';
import { revokePrivilegedPin } from '../acts/pins/revoke-privileged-pin.ts';
import { usePrivilegedPin } from '../acts/pins/use-privileged-pin.ts';
import { issuedPrivileged, privilegedWindow } from '../flows/pins/privileged-pins.ts';
import { actCommand } from './acts/act-command.ts';
import { paint } from './output/terminal.ts';
import { utc } from './output/times.ts';

export function pinCommands(program: Command): void {
  const pin = program.command('pin').description('support PINs of sites, and privileged PINs');
  actCommand(pin, issuePin, {
    name: 'issue',
    arguments: ['<site>'],
    read: ([site]) => ({ site }),
    tell: async (_, { made }, { site }) => {
      const issued = made.find((change) => change.kind === 'pin-issued');
      const { pin: drawn = null, before = null, beforeGoodUntil = null } = issued ?? {};
      const says = [
        `The PIN of site ${site} is ${paint('bold', drawn ?? '')} from now on.`,
        ...(before !== null && beforeGoodUntil !== null
          ? [`The one before, ${before}, stays good until ${utc(beforeGoodUntil)}.`]
          : []),
        'No letter goes out about it: tell the customer.',
      ];
      return { json: { site, pin: drawn, before, beforeGoodUntil }, says: says.join('\n') };
    },
  });
  actCommand(pin, issuePrivilegedPin, {
    name: 'privileged',
    arguments: ['<site>', '<contact>', '<case>'],
    read: ([site, contact, number]) => ({ site, contact, case: number }),
    tell: async (_, done, { site }) => {
      const json = issuedPrivileged(done, site);
      const says = `Letter ${json.letter} tells the PIN to its contact; it is good once, until ${utc(json.until)}.`;
      return { json, says };
    },
  });
  const byPin = { arguments: ['<pin>'], read: ([given]: readonly string[]) => ({ pin: given }) };
  actCommand(pin, usePrivilegedPin, {
    ...byPin,
    name: 'redeem',
    tell: async (app, _, { pin: given }) => {
      const json = await privilegedWindow(app, given);
      return { json, says: `Site ${json.site} may be written to for case ${json.case} until ${utc(json.until)}.` };
    },
  });
  actCommand(pin, revokePrivilegedPin, {
    ...byPin,
    name: 'revoke',
    tell: async (app, _, { pin: given }) => {
      const json = await privilegedWindow(app, given);
      return { json, says: `The PIN for case ${json.case} of site ${json.site} is revoked.` };
    },
  });
}
