/** The operator's people: `postern staff add|list|remove`, and how they come into the console: `sign-in|sessions|sign-out`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { endSessions } from '../acts/sign-in/end-sessions.ts';
import { addStaff } from '../acts/staff/add-staff.ts';
import { removeStaff } from '../acts/staff/remove-staff.ts';
import { makeSignInLink } from '../flows/sign-in/links.ts';
import { listStaff } from '../flows/staff/list-staff.ts';
import { openStaffPages } from '../flows/staff/staff-pages.ts';
import { normaliseAddress } from '../mail/address/address.ts';
import { actCommand } from './acts/act-command.ts';
import { withApp } from './open.ts';
import { print, printJson, table } from './output/terminal.ts';
import { utc } from './output/times.ts';

type Added = {
  name: string;
  role: string[];
  hours?: string;
  timezone?: string;
  absent?: object[];
  product?: string[];
};

const more = (one: string, before: readonly string[] = []): string[] => [...before, one];

function days(given: string, before: readonly object[] = []): object[] {
  const [, from, to] = /^(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$/.exec(given) ?? [];
  if (from === undefined) throw new InvalidArgumentError('write a day, or 2026-12-24..2027-01-02.');
  return [...before, { from, to: to ?? from }];
}

function hours(given: string): unknown {
  if (given === 'always') return given;
  try {
    return JSON.parse(given);
  } catch {
    throw new InvalidArgumentError('write always, or JSON such as {"mon":[["09:00","17:00"]]}.');
  }
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const people = await listStaff(app);
    if (json) for (const one of people) printJson(one);
    else if (people.length === 0) print('Nobody is on record: name people in postern.yaml, or add them.');
    else
      print(
        table(
          ['address', 'name', 'roles', 'from'],
          people.map((one) => [
            one.email,
            one.name,
            one.roles.join(', '),
            one.inForce ? one.from : `${one.from}, not in force`,
          ]),
        ),
      );
  });
}

const asAddress = (given: string): string => {
  const address = normaliseAddress(given);
  if (address === null) throw new InvalidArgumentError('It is no e-mail address.');
  return address;
};

async function signIn(email: string, { as, json }: { as?: string; json?: boolean }): Promise<void> {
  await withApp(async ({ database, vault, policy, settings: { publicUrl } }) => {
    const by = { kind: 'command', staff: as ?? null } as const;
    const made = await makeSignInLink({ database, vault, policy, publicUrl }, email, by);
    if (json) return printJson(made);
    print(made.url);
    print(`It signs ${made.name} in, once, within ${made.minutes} minutes. Give it to nobody else.`);
  });
}

async function sessions({ json }: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const all = await openStaffPages(app).sessions(null);
    if (json) for (const one of all) printJson(one);
    else if (all.length === 0) print('Nobody is signed in.');
    else
      print(
        table(
          ['session', 'address', 'device', 'by', 'since', 'seen'],
          all.map(({ id, staff, device, way, madeAt, seenAt }) => [id, staff, device, way, utc(madeAt), utc(seenAt)]),
        ),
      );
  });
}

export function staffCommands(program: Command): void {
  const group = program.command('staff').description('our own people: who works here, when, and on what');
  actCommand(group, addStaff, {
    name: 'add',
    arguments: ['<address>'],
    options: [
      new Option('--name <name>').makeOptionMandatory(),
      new Option('--role <role>', 'may be given again').argParser(more).makeOptionMandatory(),
      new Option('--hours <hours>', 'always, or as businessHours in JSON; left out: those of the desk').argParser(
        hours,
      ),
      new Option('--timezone <zone>', 'left out: that of the desk'),
      new Option('--absent <days>', '2026-12-24..2027-01-02; may be given again').argParser(days),
      new Option('--product <name>', 'works on it; may be given again; left out: on all').argParser(more),
    ],
    read: ([email], { name, role: roles, hours: when, timezone, absent, product: products }: Added) => ({
      ...{ email, name, roles, hours: when, timezone, absent, products },
    }),
  });
  actCommand(group, removeStaff, { name: 'remove', arguments: ['<address>'], read: ([email]) => ({ email }) });
  group
    .command('list')
    .option('--json', 'one line of JSON a person')
    .description('our people, and whether they stand in postern.yaml or were added')
    .action(list);
  group
    .command('sign-in')
    .argument('<address>', 'one of our people', asAddress)
    .option('--as <address>', 'for whom of our people the link is made')
    .option('--json', 'as JSON')
    .description('a link that signs somebody in to the console, once: for the first admin, and for days without mail')
    .action(signIn);
  group
    .command('sessions')
    .option('--json', 'one line of JSON a session')
    .description('who is signed in to the console, where and since when')
    .action(sessions);
  actCommand(group, endSessions, {
    name: 'sign-out',
    arguments: ['<address>'],
    options: [new Option('--session <session>', 'this one alone; left out: all of them')],
    read: ([email], { session }: { session?: string }) => ({ email, session }),
  });
}
