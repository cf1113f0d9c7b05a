import { type Command, InvalidArgumentError } from 'commander';
import { issuePin } from '../flows/issue-pin.ts';
import { isFailure } from '../foundation/failure.ts';
import { withHouse } from './open.ts';
import { paint, print, printJson } from './terminal.ts';

function siteNumber(given: string): string {
  if (!/^\d{7}$/.test(given)) throw new InvalidArgumentError('A site number has 7 digits.');
  return given;
}

async function issue(site: string, options: { json?: boolean }): Promise<void> {
  await withHouse(async (house) => {
    try {
      const issued = await issuePin(house.database, site, 'command', house.settings.policy);
      if (options.json) return printJson(issued);
      print(`The PIN of site ${site} is ${paint('bold', issued.pin)} from now on.`);
      if (issued.before !== null) {
        const until = issued.beforeGoodUntil?.slice(0, 16).replace('T', ' ');
        print(`The one before, ${issued.before}, stays good until ${until} UTC.`);
      }
      print('No letter goes out about it: tell the customer.');
    } catch (error) {
      if (!isFailure(error, 'not-found') && !isFailure(error, 'conflict')) throw error;
      process.stderr.write(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.\n`);
      process.exitCode = 1;
    }
  });
}

export function pinCommands(program: Command): void {
  const pin = program.command('pin').description('support PINs of sites');
  pin
    .command('issue')
    .argument('<site>', 'its number', siteNumber)
    .option('--json', 'as JSON')
    .description('draw a new PIN; the one before stays good for some days')
    .action(issue);
}
