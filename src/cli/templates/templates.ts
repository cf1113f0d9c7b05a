/** Templates of letters: `postern template list|show|check|put`. `put` is the act, so that `--dry-run` and `--as` are as everywhere. */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { putTemplate } from '../../acts/templates/put-template.ts';
import { openTemplatePages } from '../../flows/templates/template-pages.ts';
import { faultSays } from '../../outbound/templates/in-use.ts';
import { fileOf, isTemplateName, readTemplate, type TemplateText } from '../../outbound/templates/text.ts';
import { actCommand } from '../acts/act-command.ts';
import { withApp } from '../open.ts';
import { whyUnread } from '../output/files.ts';
import { fail, print, printJson, table } from '../output/terminal.ts';
import { readableTimes } from '../output/times.ts';

const words = {
  shipped: 'shipped',
  changed: 'changed here',
  unused: 'changed here, does not check: shipped',
  none: 'in English',
} as const;

async function list({
  language,
  changed,
  json,
}: {
  language?: string;
  changed?: boolean;
  json?: boolean;
}): Promise<void> {
  await withApp(async (app) => {
    const { languages, templates } = await openTemplatePages(app).list();
    const shown = templates.filter(
      (one) => (language === undefined || one.language === language) && (!changed || one.changedAt !== null),
    );
    if (json) {
      for (const one of shown) printJson(one);
      return;
    }
    if (shown.length === 0)
      return print(
        changed
          ? 'No template was changed here.'
          : `There are no letters in “${language}”; there are ${languages.map((one) => one.language).join(', ')}.`,
      );
    const rows = shown.map((one) => [
      `${one.language}/${one.name}`,
      words[one.from],
      one.changedAt === null ? '' : readableTimes(one.changedAt),
      one.changedBy ?? '',
    ]);
    print(table(['template', 'words', 'since', 'by'], rows));
  });
}

async function show(
  language: string,
  name: string,
  { shipped, json }: { shipped?: boolean; json?: boolean },
): Promise<void> {
  await withApp(async (app) => {
    const whole = await openTemplatePages(app).one(language, name);
    if (whole === null) return fail(`There is no template ${language}/${name}: npx postern template list has all.`);
    const text = shipped ? whole.shipped : whole.text;
    if (json)
      return printJson({
        language,
        name,
        version: whole.version,
        unused: whole.unused?.faults ?? [],
        text,
        versions: whole.versions,
      });
    if (text === null) return fail(`None is shipped in ${language}.`);
    process.stdout.write(fileOf(text));
  });
}

/** Null: why has been said. */
async function readFrom(name: string, file: string): Promise<TemplateText | null> {
  if (!isTemplateName(name)) {
    fail(`There is no letter “${name}”: npx postern template list has all.`);
    return null;
  }
  try {
    return readTemplate(name, await readFile(file, 'utf8'));
  } catch (error) {
    const read =
      error instanceof Error && 'code' in error ? whyUnread(file, error) : `${file}: ${(error as Error).message}`;
    fail(read);
    return null;
  }
}

async function check(language: string, name: string, file: string, { json }: { json?: boolean }): Promise<void> {
  const text = await readFrom(name, file);
  if (text === null || !isTemplateName(name)) return;
  await withApp(async (app) => {
    const { faults, recent } = await openTemplatePages(app).check({ language, name }, text);
    if (json) printJson({ language, name, faults, recent });
    else if (faults.length === 0)
      print(`${file}: it checks, on examples${recent > 0 ? ` and on the last ${recent} letters of its kind` : ''}.`);
    else for (const one of faults) print(`${file}: ${faultSays(one)}`);
    if (faults.length > 0) process.exitCode = 1;
  });
}

export function templateCommands(program: Command): void {
  const group = program.command('template').description('the words of letters, and what of them was changed here');
  group
    .command('list', { isDefault: true })
    .option('--language <language>', 'of this language alone')
    .option('--changed', 'those that were changed here')
    .option('--json', 'as JSON')
    .description('every template of every language, and where its words come from')
    .action(list);
  group
    .command('show')
    .argument('<language>')
    .argument('<name>')
    .option('--shipped', 'as it came with this version')
    .option('--json', 'as JSON, with its history')
    .description('a template as it counts, as a file')
    .action(show);
  group
    .command('check')
    .argument('<language>')
    .argument('<name>')
    .argument('<file>')
    .option('--json', 'as JSON')
    .description('say what is wrong with a file; writes nothing')
    .action(check);
  actCommand(group, putTemplate, {
    name: 'put',
    arguments: ['<language>', '<name>', '<file>'],
    options: [new Option('--why <words>', 'stands in its history').makeOptionMandatory()],
    read: async ([language = '', name = '', file = ''], { why }: { why: string }) => {
      const text = await readFrom(name, file);
      if (text === null) return null;
      return { language, name, why, body: text.body, ...(text.subject === null ? {} : { subject: text.subject }) };
    },
  });
}
