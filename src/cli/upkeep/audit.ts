/** `postern audit`: who did what, when, and by which way. */
import { type Command, InvalidArgumentError } from 'commander';
import { actionWords, shownActor, subjectOf, subjectWords } from '../../audit/audit-words.ts';
import type { AuditFilter } from '../../flows/audit/audit-trail.ts';
import { withApp } from '../open.ts';
import { print, printJson, table } from '../output/terminal.ts';
import { utc } from '../output/times.ts';

type Subject = NonNullable<ReturnType<typeof subjectOf>>;
type Options = {
  actor?: string;
  subject?: Subject;
  action?: string;
  from?: string;
  to?: string;
  limit: number;
  json?: boolean;
  csv?: boolean;
};

const mostListed = 1_000;

function limit(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > mostListed)
    throw new InvalidArgumentError(`It has to be a number from 1 to ${mostListed}.`);
  return number;
}

function time(value: string): string {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new InvalidArgumentError('It has to be a time, such as 2026-11-29 or 2026-11-29T14:30Z.');
  return new Date(at).toISOString();
}

function subject(value: string): Subject {
  const found = subjectOf(value);
  if (!found) throw new InvalidArgumentError('It has to be a kind, or a kind and its id, such as case:100042.');
  return found;
}

async function show(options: Options): Promise<void> {
  const { subject: about, limit: most, json, csv, ...rest } = options;
  const filter: AuditFilter = { ...rest, ...about };
  const { openAuditTrail } = await import('../../flows/audit/audit-trail.ts');
  await withApp(async (app) => {
    const trail = openAuditTrail(app.database);
    if (csv) {
      for await (const part of trail.csv(filter)) process.stdout.write(part);
      return;
    }
    const { items, next, lookedTo } = await trail.list({ ...filter, before: null, limit: most });
    if (json) {
      for (const one of items) printJson({ ...one, detail: Object.fromEntries(one.detail) });
      return;
    }
    if (items.length > 0)
      print(
        table(
          ['when', 'who', 'what', 'about', 'details'],
          items.map((one) => [
            utc(one.at),
            shownActor(one.actor).says,
            actionWords(one.action),
            subjectWords(one.subjectKind, one.subjectId),
            one.detail.map(([name, value]) => `${name}: ${value}`).join('; '),
          ]),
        ),
      );
    if (lookedTo !== null) print(`Looked at every line back to ${utc(lookedTo)}; --to looks before a time.`);
    else if (next !== null) print(`There are more; --limit shows up to ${mostListed}, --csv all.`);
    else if (items.length === 0) print('Nothing of this kind was done.');
  });
}

export function auditCommands(program: Command): void {
  program
    .command('audit')
    .description('who did what, when, by page, mail, API or command; the newest first')
    .option('--actor <who>', 'an address of the staff by whatever way, or mail:12, api, command, scheduler')
    .option('--subject <kind:id>', 'about what: case:100042, letter:12, or a kind alone', subject)
    .option('--action <what>', 'such as letter-sent')
    .option('--from <time>', 'from then on', time)
    .option('--to <time>', 'before then', time)
    .option('--limit <number>', 'at most so many', limit, 50)
    .option('--json', 'as JSON, one line each')
    .option('--csv', 'all of them as a table')
    .action(show);
}
