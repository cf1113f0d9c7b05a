import type { Command } from 'commander';
import { resealAll } from '../store/secrets.ts';
import { withApp } from './open.ts';
import { print } from './output/terminal.ts';

export function vaultCommands(program: Command): void {
  program
    .command('vault')
    .description('secrets at rest')
    .command('rotate')
    .description('seal every secret anew under the first key of SECRET_KEY; nothing needs the older ones afterwards')
    .action(() =>
      withApp(async ({ database, vault }) => {
        const { written: count, unopened } = await resealAll(database, vault);
        for (const line of unopened) process.stderr.write(`${line}\n`);
        if (unopened.length > 0) process.exitCode = 1;
        print(
          count === 0 && unopened.length === 0
            ? 'Every secret is sealed under the first key already.'
            : `${count === 1 ? 'One secret was' : `${count} secrets were`} sealed anew under the first key of SECRET_KEY.`,
        );
      }),
    );
}
