/** Senders who get no word from us (POLICY §3.r18): `postern block`, `postern unblock`. */
import type { Command } from 'commander';
import { domainOf, foldPlus, normaliseAddress } from '../mail/address.ts';
import { blockedSenders, blockSender, contactsUnder, isBlocked, liftBlock } from '../store/blocked-senders.ts';
import { withHouse } from './open.ts';
import { columns, print, printJson, table, wrap } from './terminal.ts';
import { utc } from './times.ts';

const actor = 'command';

/** An address is counted with what stands behind its plus; a domain may be written with or without an @. Null where it is neither. */
export function blockKey(given: string): string | null {
  const text = given.trim();
  const address = normaliseAddress(text);
  if (address !== null) return foldPlus(address);
  const asDomain = normaliseAddress(`x@${text.replace(/^@/, '')}`);
  const domain = asDomain === null ? null : domainOf(asDomain);
  return domain?.includes('.') ? `@${domain}` : null;
}

const shown = (key: string): string => (key.startsWith('@') ? `${key.slice(1)} and all below it` : key);

const say = (text: string): void => print(wrap(text, columns()).join('\n'));

type Options = { dryRun?: boolean; json?: boolean };

async function change(given: string | undefined, block: boolean, options: Options, command: Command): Promise<void> {
  if (given === undefined) return list(options);
  const key = blockKey(given);
  if (key === null) return command.error(`error: "${given}" is neither an address nor a domain`);
  await withHouse(async ({ database }) => {
    const contacts = block ? await database.ask((db) => contactsUnder(db, key)) : 0;
    const was = await database.ask((db) => isBlocked(db, key));
    const changed = options.dryRun
      ? was !== block
      : await (block ? blockSender(database, key, actor) : liftBlock(database, key, actor));
    if (options.json) return printJson({ blocked: key, now: options.dryRun ? was : block, changed, contacts });
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
  await withHouse(async ({ database }) => {
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
  program
    .command('block')
    .argument('[sender]', 'an address, or a domain with all that is below it; without one: the list')
    .option('--list', 'who is blocked')
    .option('--remove', 'lift the block')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'as JSON')
    .description('senders not on record who hear nothing from us; contacts are served as ever')
    .action((sender: string | undefined, options: Options & { list?: boolean; remove?: boolean }, command: Command) => {
      if (options.list && sender !== undefined) command.error('error: --list stands alone');
      if (options.remove && sender === undefined) command.error('error: name the address or domain to be lifted');
      return change(sender, options.remove !== true, options, command);
    });
  program
    .command('unblock')
    .argument('<sender>', 'an address or a domain that is blocked')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'as JSON')
    .description('lift a block')
    .action((sender: string, options: Options, command: Command) => change(sender, false, options, command));
}
