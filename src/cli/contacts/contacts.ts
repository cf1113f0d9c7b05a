/** The people of a site: `postern contact add|remove|role|privilege|documents|change|subscribe|unsubscribe|list SITE …`, and `erase|export ADDRESS`. */
import { type Command, Option } from 'commander';
import { addContact } from '../../acts/contacts/add-contact.ts';
import { changeContact } from '../../acts/contacts/change-contact.ts';
import { erasePerson } from '../../acts/contacts/erase-person.ts';
import { removeContact } from '../../acts/contacts/remove-contact.ts';
import { setDocuments } from '../../acts/contacts/set-documents.ts';
import { setPrivilege } from '../../acts/contacts/set-privilege.ts';
import { setRole } from '../../acts/contacts/set-role.ts';
import { setSubscription } from '../../acts/subscriptions/set-subscription.ts';
import { erasuresLeft, finishErasures } from '../../flows/contacts/finish-erasures.ts';
import { listPeople } from '../../flows/contacts/list-people.ts';
import { optionalKinds } from '../../notices/kinds.ts';
import { grantedText } from '../../registry/contacts/privileges.ts';
import { contactDetails } from '../../registry/site.ts';
import { actCommand } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { print, printJson, table } from '../output/terminal.ts';
import { exportPerson } from './export.ts';

type Given = Readonly<Record<string, string | string[] | undefined>>;

const more = (one: string, before: readonly string[] = []): string[] => [...before, one];
const details = (): Option[] => [
  new Option('--phone <number>'),
  new Option('--hours <text>', 'of presence'),
  new Option('--street <text>'),
  new Option('--city <text>'),
  new Option('--state <text>'),
  new Option('--postal-code <text>'),
];
const detailsOf = (given: Given) =>
  Object.fromEntries(contactDetails.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));

async function list(site: string, { json, csv }: { json?: boolean; csv?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const found = await listPeople(app, site);
    if (!found) {
      process.stderr.write(`There is no site ${site}.\n`);
      process.exitCode = 1;
    } else if (csv) process.stdout.write(found.csv);
    else if (json) for (const one of found.items) printJson(one);
    else if (found.items.length === 0) print(`Site ${site} has nobody on record.`);
    else
      print(
        table(
          ['address', 'name', 'role', 'set apart', 'letters', 'last seen'],
          found.items.map((one) => [
            one.email,
            one.name,
            one.role,
            grantedText(one.granted ?? {}).replaceAll('|', ', '),
            one.letters.join(', ') || 'none',
            one.lastSeen?.slice(0, 10) ?? 'never',
          ]),
        ),
      );
  });
}

export function contactCommands(program: Command): void {
  const group = program.command('contact').description('the people of a site: who is on record, and what they may');
  actCommand(group, addContact, {
    name: 'add',
    arguments: ['<site>', '<address>'],
    options: [
      new Option('--name <name>').makeOptionMandatory(),
      new Option('--role <role>').makeOptionMandatory(),
      new Option('--type <type>', 'may be given again').argParser(more),
      new Option('--privilege <privilege>', 'such as "cases: view"; may be given again').argParser(more),
      new Option('--until <day>', 'the last day of the access'),
      new Option('--why <text>', 'why they need it'),
      ...details(),
    ],
    read: ([site, address], given: Given) => {
      const { name, role, type, privilege, until, why } = given;
      const privileges = (privilege as string[] | undefined)?.join('|');
      return { ...{ site, address, name, role, types: type, privileges, until, why }, ...detailsOf(given) };
    },
  });
  actCommand(group, removeContact, {
    name: 'remove',
    arguments: ['<site>', '<address>'],
    read: ([site, address]) => ({ site, address }),
  });
  actCommand(group, setRole, {
    name: 'role',
    arguments: ['<site>', '<address>', '<role>'],
    read: ([site, address, role]) => ({ site, address, role }),
  });
  actCommand(group, setPrivilege, {
    name: 'privilege',
    arguments: ['<site>', '<address>', '<privilege>', '<value>'],
    read: ([site, address, name, value]) => ({ site, address, name, value }),
  });
  actCommand(group, setDocuments, {
    name: 'documents',
    arguments: ['<site>', '<address>'],
    options: [new Option('--stop', 'they get no proofs of entitlement any more')],
    read: ([site, address], { stop }: Given) => ({ site, address, gets: !stop }),
  });
  actCommand(group, changeContact, {
    name: 'change',
    arguments: ['<site>', '<address>'],
    options: [new Option('--name <name>'), new Option('--new-address <address>', 'where letters go'), ...details()],
    read: ([site, address], given: Given) => {
      const { name, newAddress } = given;
      return { ...{ site, address, name, newAddress }, ...detailsOf(given) };
    },
  });
  actCommand(group, erasePerson, {
    name: 'erase',
    arguments: ['<address>'],
    read: ([address]) => ({ address }),
    async tell(app, { done }, { address }) {
      if (done.changes.length === 0) return { json: done, says: `Nothing is held of ${address}.` };
      await finishErasures(app, Number.POSITIVE_INFINITY);
      const left = await erasuresLeft(app);
      const says = done.changes.map((one) => one.says).join('\n');
      const rest = 'A mail or letter of theirs is in hand just now: the scheduler empties what is left within minutes.';
      return { json: { ...done, finished: left === 0 }, says: left === 0 ? says : `${says}\n${rest}` };
    },
  });
  group
    .command('export')
    .argument('<address>')
    .requiredOption('--to <folder>', 'where it is written: a folder that is not there yet, or is empty')
    .description('all that is held of a person, as JSON, with their mails and the letters to them as .eml')
    .action(exportPerson);
  for (const [name, wanted] of [
    ['subscribe', true],
    ['unsubscribe', false],
  ] as const)
    actCommand(group, setSubscription, {
      name,
      does: wanted
        ? `lets letters of a kind go to a contact: ${optionalKinds.join(', ')}`
        : `ends letters of a kind to a contact: ${optionalKinds.join(', ')}`,
      arguments: ['<site>', '<address>', '<kind...>'],
      read: ([site, contact, ...kinds]) => ({ site, contact, kinds, wanted }),
    });
  group
    .command('list')
    .argument('<site>')
    .option('--json', 'one line of JSON a person')
    .option('--csv', 'as a table for spreadsheets')
    .description('who is on record at a site, with role, privileges and the last mail')
    .action(list);
}
