import { type Command, InvalidArgumentError } from 'commander';
import { issuePin } from '../flows/issue-pin.ts';
import { issuePrivileged, type PrivilegedDeps, redeemPrivileged, revokePrivileged } from '../flows/privileged-pins.ts';
import { isFailure } from '../foundation/failure.ts';
import type { House } from '../runtime/house.ts';
import { withHouse } from './open.ts';
import { paint, print, printJson } from './terminal.ts';
import { utc } from './times.ts';

const by = { kind: 'command', staff: null } as const;

function siteNumber(given: string): string {
  if (!/^\d{7}$/.test(given)) throw new InvalidArgumentError('A site number has 7 digits.');
  return given;
}

type Json = { json?: boolean };

/** Exit 1 with the reason where it cannot be done. */
async function said<T>(work: (house: House) => Promise<T>, tell: (done: T) => void): Promise<void> {
  await withHouse(async (house) => {
    try {
      tell(await work(house));
    } catch (error) {
      if (!isFailure(error, 'not-found') && !isFailure(error, 'conflict')) throw error;
      process.stderr.write(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.\n`);
      process.exitCode = 1;
    }
    await house.relay.settled();
  });
}

const deps = ({ database, shop, relay, vault, settings }: House): PrivilegedDeps => ({
  database,
  shop,
  relay,
  vault,
  policy: settings.policy,
});

const privileged = (site: string, contact: string, number: string, { json }: Json): Promise<void> =>
  said(
    (house) => issuePrivileged(deps(house), { site, contact, case: number }, by),
    (done) =>
      json
        ? printJson(done)
        : print(`Letter ${done.letter} tells the PIN to its contact; it is good once, until ${utc(done.until)}.`),
  );
const redeemPin = (pin: string, { json }: Json): Promise<void> =>
  said(
    (house) => redeemPrivileged(deps(house), pin, by),
    (done) =>
      json
        ? printJson(done)
        : print(`Site ${done.site} may be written to for case ${done.case} until ${utc(done.until)}.`),
  );
const revokePin = (pin: string, { json }: Json): Promise<void> =>
  said(
    (house) => revokePrivileged(deps(house), pin, by),
    (done) => (json ? printJson(done) : print(`The PIN for case ${done.case} of site ${done.site} is revoked.`)),
  );

async function issue(site: string, options: { json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    try {
      const issued = await issuePin(house.database, site, 'command', house.settings.policy);
      if (options.json) return printJson(issued);
      print(`The PIN of site ${site} is ${paint('bold', issued.pin)} from now on.`);
      if (issued.before !== null && issued.beforeGoodUntil !== null)
        print(`The one before, ${issued.before}, stays good until ${utc(issued.beforeGoodUntil)}.`);
      print('No letter goes out about it: tell the customer.');
    } catch (error) {
      if (!isFailure(error, 'not-found') && !isFailure(error, 'conflict')) throw error;
      process.stderr.write(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.\n`);
      process.exitCode = 1;
    }
  });
}

export function pinCommands(program: Command): void {
  const pin = program.command('pin').description('support PINs of sites, and privileged PINs');
  pin
    .command('issue')
    .argument('<site>', 'its number', siteNumber)
    .option('--json', 'as JSON')
    .description('draw a new PIN; the one before stays good for some days')
    .action(issue);
  pin
    .command('privileged')
    .argument('<site>', 'its number', siteNumber)
    .argument('<contact>', 'an address of the contact: primary, secondary or technical')
    .argument('<case>', 'an open case of the site')
    .option('--json', 'as JSON')
    .description('send a privileged PIN to the address on record, good once and for 24 hours')
    .action(privileged);
  pin
    .command('redeem')
    .argument('<pin>', 'a privileged PIN')
    .option('--json', 'as JSON')
    .description('use a privileged PIN; the primary contact is told')
    .action(redeemPin);
  pin
    .command('revoke')
    .argument('<pin>', 'a privileged PIN')
    .option('--json', 'as JSON')
    .description('end a privileged PIN at once, used or not')
    .action(revokePin);
}
