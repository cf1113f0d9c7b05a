/** Senders who get no answer (POLICY §3.r18): `postern block`, `postern unblock`. */
import type { Command } from 'commander';
import { blockKey, blockSender, unblockSender } from '../../acts/mail/block-sender.ts';
import { perform } from '../../flows/acts/perform.ts';
import { blockedSenders, contactsUnder } from '../../store/senders/blocked-senders.ts';
import { comesTo } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { print, printJson, table, terminalColumns, wrap } from '../output/terminal.ts';
import { utc } from '../output/times.ts';

const shown = (key: string): string => (key.startsWith('@') ? `${key.slice(1)} and all below it` : key);

const say = (text: string): void => print(wrap(text, terminalColumns()).join('\n'));

type Options = { dryRun?: boolean; as?: string; json?: boolean };

async function change(given: string | undefined, block: boolean, options: Options, command: Command): Promise<void> {
  if (given === undefined) return list(options);
  const key = blockKey(given);
  if (key === null) return command.error(`error: "${given}" is neither an address nor a domain`);
  await withApp(async (app) => {
    const contacts = block ? await app.database.ask((db) => contactsUnder(db, key)) : 0;
    const by = { kind: 'command', staff: options.as ?? null } as const;
    const act = block ? 'block-sender' : 'unblock-sender';
    const outcome = await perform(app, { act, input: { sender: given }, by, preview: options.dryRun });
    const followed = outcome.kind === 'done' ? outcome.done : outcome.kind === 'preview' ? outcome.preview : null;
    const changed = (followed?.changes.length ?? 0) > 0;
    const now = options.dryRun && changed ? !block : block;
    if (options.json) return printJson({ blocked: key, now, changed, contacts });
    const state = block ? 'blocked' : 'not blocked';
    const would = options.dryRun ? 'would be' : 'is';
    say(
      changed
        ? `${shown(key)} ${would} ${state}${options.dryRun ? '' : ' from now on'}.`
        : `${shown(key)} was ${state} already.`,
    );
    if (block)
      say(
        `Mail from there is held as before, and its senders hear nothing from us.${
          contacts > 0
            ? ` ${contacts} ${contacts === 1 ? 'contact' : 'contacts'} with such an address: they are served as ever.`
            : ''
        }`,
      );
  });
}

async function list(options: { json?: boolean }): Promise<void> {
  await withApp(async ({ database }) => {
    const rows = await database.ask((db) => blockedSenders(db));
    if (options.json) for (const row of rows) printJson(row);
    else if (rows.length === 0) print('Nobody is blocked.');
    else
      print(
        table(
          ['sender', 'since (UTC)', 'by'],
          rows.map((row) => [shown(row.key), utc(row.at), row.by]),
        ),
      );
  });
}

export function blockCommands(program: Command): void {
  const block = program
    .command('block')
    .argument('[sender]', 'an address, or a domain with all that is below it; without one: the list')
    .option('--list', 'who is blocked')
    .option('--remove', 'lift the block')
    .option('--dry-run', 'only say what would change')
    .option('--as <address>', 'the member of staff for whom it is done')
    .option('--json', 'as JSON')
    .description('senders not on record who hear nothing from us; contacts are served as ever')
    .action((sender: string | undefined, options: Options & { list?: boolean; remove?: boolean }, command: Command) => {
      if (options.list && sender !== undefined) command.error('error: --list stands alone');
      if (options.remove && sender === undefined) command.error('error: name the address or domain to be lifted');
      return change(sender, options.remove !== true, options, command);
    });
  const unblock = program
    .command('unblock')
    .argument('<sender>', 'an address or a domain that is blocked')
    .option('--dry-run', 'only say what would change')
    .option('--as <address>', 'the member of staff for whom it is done')
    .option('--json', 'as JSON')
    .description('lift a block')
    .action((sender: string, options: Options, command: Command) => change(sender, false, options, command));
  comesTo(block, blockSender, unblockSender);
  comesTo(unblock, unblockSender);
}
