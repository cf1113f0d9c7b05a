/** Requests for access: `postern access list|grant|deny|undo` (POLICY §8). */
import { type Command, Option } from 'commander';
import { requestStates } from '../../access/request.ts';
import { decideRequest } from '../../acts/access/decide-request.ts';
import { requestAccess } from '../../acts/access/request-access.ts';
import { undoDecision } from '../../acts/access/undo-decision.ts';
import type { ShownRequest } from '../../flows/access/shown-request.ts';
import { openReports } from '../../flows/reports/reports.ts';
import { actCommand } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { print, printJson, table } from '../output/terminal.ts';
import { utcOr } from '../output/times.ts';
import { wordOf } from '../output/words.ts';

type Given = Readonly<Record<string, string | string[] | boolean | undefined>>;

const more = (one: string, before: readonly string[] = []): string[] => [...before, one];
const mostListed = 200;

const decided = ({ state, decidedBy, reason, until }: ShownRequest): string => {
  if (decidedBy === null) return '';
  const how = reason === null ? (until === null ? '' : `, until ${until}`) : `, reason ${reason}`;
  return `${state === 'expired' ? 'granted' : state} by ${decidedBy}${how}`;
};

/** The newest 200. */
async function list({ json, state, site }: { json?: boolean; state?: string; site?: string }): Promise<void> {
  await withApp(async ({ database, settings }) => {
    const { items, next } = await openReports(database, settings.policy.publicHolidays).listRequests({
      ...{ state: state as ShownRequest['state'], site, before: null, limit: mostListed },
    });
    if (json) for (const one of items) printJson(one);
    else if (items.length === 0)
      print(`No request for access${state ? ` is ${state}` : ''}${site ? ` for site ${site}` : ''}.`);
    else {
      print(
        table(
          ['id', 'state', 'site or licence', 'role', 'asked', 'address', 'decided'],
          items.map((one) => [
            ...[one.id, one.state, one.site ?? one.licence ?? 'none', one.role ?? 'not said', utcOr(one.askedAt, '')],
            ...[one.address, decided(one)],
          ]),
        ),
      );
      if (next !== null) print(`These are the newest ${mostListed}; there are more.`);
    }
  });
}

export function accessCommands(program: Command): void {
  const group = program.command('access').description('requests for access: who asks, and what is decided');
  group
    .command('list')
    .option('--state <state>', requestStates.join(', '), wordOf('state', requestStates))
    .option('--site <number>', 'for one site')
    .option('--json', 'one line of JSON a request')
    .description('requests for access, newest first')
    .action(list);
  actCommand(group, requestAccess, {
    name: 'request',
    arguments: ['<site>', '<address>'],
    options: [
      new Option('--country <code>', 'that the site is in, such as GB').makeOptionMandatory(),
      new Option('--name <name>'),
      new Option('--role <role>', 'left out: authorized user'),
      new Option('--justification <text>', 'why access is needed'),
      new Option('--phone <number>'),
      new Option('--language <tag>', 'of the letters to the asker'),
    ],
    read: ([site, address], given: Given) => {
      const { country, name, role, justification, phone, language } = given;
      return { site, address, country, name, role, justification, phone, language };
    },
  });
  actCommand(group, decideRequest, {
    name: 'grant',
    does: 'grants a request for access',
    arguments: ['<id>'],
    options: [
      new Option('--role <role>', 'left out: authorized user, or the lesser role that was asked for'),
      new Option('--privilege <privilege>', 'such as "cases: view"; may be given again').argParser(more),
      new Option('--until <day>', 'the last day of the access'),
      new Option('--justification <text>', 'where the asker gave none'),
      new Option('--name <name>', 'of the asker, set right'),
      new Option('--phone <number>', 'of the asker, set right'),
      new Option('--now', 'the asker hears at once, not only when it cannot be taken back any more'),
    ],
    read: ([request], given: Given) => {
      const { role, privilege, until, justification, name, phone, now } = given;
      const privileges = (privilege as string[] | undefined)?.join('|');
      return { request, decision: 'grant', role, privileges, until, justification, name, phone, now };
    },
  });
  actCommand(group, decideRequest, {
    name: 'deny',
    does: 'denies a request for access: 1 the requestor is unknown, 2 not necessary, 3 no business relationship',
    arguments: ['<id>', '<reason>', '[words...]'],
    options: [new Option('--now', 'the asker hears at once, not only when it cannot be taken back any more')],
    read: ([request, reason, ...said], { now }: Given) => ({
      ...{ request, decision: 'deny', reason: Number(reason), now },
      ...(said.length > 0 && { words: said.join(' ') }),
    }),
  });
  actCommand(group, undoDecision, { name: 'undo', arguments: ['<id>'], read: ([request]) => ({ request }) });
}
