/** docs/acts.md: every act, who may, by which ways, what it changes and which letters it writes. `npm run acts` writes it. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { AnyAct, AnyMailAct } from '../../src/acts/act.ts';
import { acts, mailActs } from '../../src/acts/list.ts';
import { type OutcomeRow, outcomeNames, outcomes } from '../../src/changes/outcome.ts';
import { actsOfCommand } from '../../src/cli/acts/act-command.ts';
import { build } from '../../src/cli/program.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { apiRoutes } from '../../src/web/api/api.ts';
import type { WebDeps } from '../../src/web/deps.ts';

type Ways = ReadonlyMap<string, readonly string[]>;

const gathered = (found: readonly (readonly [act: string, way: string])[]): Ways =>
  new Map([...Map.groupBy(found, ([act]) => act)].map(([act, ways]) => [act, ways.map(([, way]) => `\`${way}\``)]));

/** Of the description of the API; nothing is opened for it. */
function routesOf(list: readonly AnyAct[]): Ways {
  const nothing = { acts: list, actions: {}, apiToken: null, log: silentLog, publicUrl: '' } as unknown as WebDeps;
  const { paths = {} } = apiRoutes(nothing).getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: '', version: '' },
  });
  return gathered(
    Object.entries(paths).flatMap(([path, item]) => {
      return (['post', 'put'] as const).flatMap((method) => {
        const act: unknown = (item?.[method] as Record<string, unknown> | undefined)?.['x-act'];
        return typeof act === 'string' ? [[act, `${method.toUpperCase()} ${path}`] as const] : [];
      });
    }),
  );
}

async function commandsOf(list: readonly AnyAct[]): Promise<Ways> {
  const all = (command: Command, before: string): (readonly [string, string])[] => {
    const name = `${before}${command.name()}`;
    const line = command.registeredArguments.reduce((so, argument) => {
      const many = `${argument.name()}${argument.variadic ? '…' : ''}`;
      return `${so} ${argument.required ? `<${many}>` : `[${many}]`}`;
    }, name);
    return [
      ...actsOfCommand(command).map((act) => [act.name, line] as const),
      ...command.commands.flatMap((one) => all(one, `${name} `)),
    ];
  };
  return gathered(all(await build(list), ''));
}

const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || 'none';

type Field = { readonly description?: string; readonly type?: string };
function fieldsOf(act: AnyAct | AnyMailAct): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(act.input, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties as Record<string, Field>).map(([name, { description, type = 'any' }]) => {
    const may = required.includes(name) ? '' : ', may be left out';
    return `- \`${name}\` (${type}${may})${description ? `: ${description}` : ''}`;
  });
}

const words = {
  contact: 'somebody on record',
  stranger: 'a sender who is not on record',
  staff: 'our people',
  pin: 'a PIN',
  'answer-about-sender': 'an answer about its sender',
  code: 'a code',
  contract: 'a contract',
} as const;

/** What a mail may come to, and what that means for people. */
const outcomeLines = (): string[] =>
  outcomeNames.map((name) => {
    const { held, can, told, waitsFor = [] }: OutcomeRow = outcomes[name];
    const said = (list: readonly (keyof typeof words)[]) => list.map((one) => words[one]).join(', ') || '-';
    return `| \`${name}\` | ${held ? 'yes' : 'no'} | ${can.length > 0 ? codes(can) : '-'} | ${said(told)} | ${said(waitsFor)} |`;
  });

function whoMay(act: AnyAct | AnyMailAct): string {
  if (act.right === 'asked') return 'whom we have asked, by mail alone';
  if (act.right !== 'none') return `\`${act.right}\``;
  return 'byPage' in act ? 'whom we have asked' : 'the clock alone';
}

export async function actsPage(list: readonly AnyAct[], byMail: readonly AnyMailAct[] = []): Promise<string> {
  const [routes, commands] = [routesOf(list), await commandsOf(list)];
  const waysOf = (ways: Ways, act: AnyAct | AnyMailAct) => ways.get(act.name)?.join('<br>') ?? 'no';
  return [
    '# Everything that can be asked for',
    '',
    'Made by `npm run acts`; a test compares it with the code. An act is judged the same by whatever way it comes in, and its preview',
    '(`preview` in a call, `--dry-run` on a command) lists the changes and letters that follow. `API_TOKEN` and the command line have the',
    'rights of an admin; where the clock alone may, or whom we have asked, no call and no command hands the act in.',
    ...[...list, ...byMail].flatMap((act) => [
      '',
      `## ${act.name}`,
      '',
      `${act.does.charAt(0).toUpperCase()}${act.does.slice(1)}.`,
      '',
      ...fieldsOf(act),
      '',
      '| | |',
      '| --- | --- |',
      `| Who may | ${whoMay(act)} |`,
      `| API | ${waysOf(routes, act)} |`,
      `| Command | ${waysOf(commands, act)} |`,
      `| By mail | ${act.byMail ?? 'no'} |`,
      ...('byPage' in act && act.byPage ? [`| Page | ${act.byPage} |`] : []),
      `| Clock | ${'byClock' in act && act.byClock ? codes(act.byClock) : 'no'} |`,
      `| Changes | ${codes(act.gives.changes)} |`,
      `| Letters | ${codes(act.gives.letters)} |`,
    ]),
    '',
    '## What a mail comes to',
    '',
    'Every outcome (POLICY §3): whether the mail is held, what a person can do with it (`postern mail …`), whom its letters may go to, and',
    'what would let it go on.',
    '',
    '| Outcome | Held | A person can | May be told | Waits for |',
    '| --- | --- | --- | --- | --- |',
    ...outcomeLines(),
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(resolve(import.meta.dirname, '..', 'acts.md'), await actsPage(acts, mailActs));
