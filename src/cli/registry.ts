import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { importRegistry } from '../acts/registry/import-registry.ts';
import { exportRegistry, importRegistryFiles } from '../flows/registry/registry-files.ts';
import { decodeText, writeTables } from '../registry/registry-csv.ts';
import { type Fault, type SourceFile, writeRegistry } from '../registry/registry-file.ts';
import { comesTo } from './acts/act-command.ts';
import { withApp } from './open.ts';
import { whyUnread } from './output/files.ts';
import { paint, print, printJson, progress } from './output/terminal.ts';

/** What a terminal is shown at once; a pipe gets all of it. */
const mostLines = 200;

const complain = (text: string): void => void process.stderr.write(`${text}\n`);
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

async function readAll(files: readonly string[]): Promise<SourceFile[] | null> {
  const read: SourceFile[] = [];
  for (const name of files) {
    try {
      read.push({ name, text: decodeText(await readFile(name)) });
    } catch (error) {
      complain(whyUnread(name, error));
      process.exitCode = 1;
    }
  }
  return read.length === files.length ? read : null;
}

/** Breaks at blanks so that it fits the window; what follows the first line is set in. */
function wrapped(text: string, columns = process.stderr.columns || 80): string {
  const lines: string[] = [''];
  for (const word of text.replace(/\s+/g, ' ').split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.trim() !== '' && last.length + 1 + word.length > columns) lines.push(`    ${word}`);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

/** `file:line` begins each, as editors and terminals make links of it. */
function tell(faults: readonly Fault[], style: 'red' | 'yellow'): void {
  const all = [...faults].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  const shown = process.stderr.isTTY ? all.slice(0, mostLines) : all;
  for (const { file, line, column, says } of shown) {
    const where = `${file}:${line}`;
    const text = wrapped(`${where} ${column ? `${column}: ` : ''}${says}`);
    complain(
      text.startsWith(where) ? styleText(style, where, { stream: process.stderr }) + text.slice(where.length) : text,
    );
  }
  if (shown.length < all.length) complain(`… and ${all.length - shown.length} more; --json has them all.`);
}

const counted = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);

type ImportFlags = { prune?: boolean; welcome?: boolean; dryRun?: boolean; as?: string; json?: boolean };

async function importFiles(
  files: string[],
  { prune = false, welcome = false, dryRun = false, as: staff, json = false }: ImportFlags,
): Promise<void> {
  const read = await readAll(files);
  if (!read) return;
  await withApp(async (app) => {
    let bar: ReturnType<typeof progress> | null = null;
    let written = 0;
    const wrote = (sites: number, of: number): void => {
      bar ??= progress(of, 'sites');
      for (; written < sites; written += 1) bar.step();
      if (sites === of) bar.done();
    };
    const languages = Object.keys(app.templates.now().letters);
    const result = await importRegistryFiles(app, read, {
      prune,
      welcome,
      dryRun,
      by: { kind: 'command', staff: staff ?? null },
      languages,
      wrote,
    });
    const { warnings } = result;
    if (result.kind === 'faults') {
      process.exitCode = 1;
      if (json) {
        for (const fault of result.faults) printJson(fault);
        for (const { says, ...where } of warnings) printJson({ ...where, warns: says });
        return;
      }
      tell(result.faults, 'red');
      tell(warnings, 'yellow');
      return complain(`${counted(result.faults.length, 'One fault', 'faults')}; nothing was changed.`);
    }
    const { changes, welcomes } = result;
    if (json) return printJson({ dryRun, changes, ...(welcome && { welcomes }), warnings });
    tell(warnings, 'yellow');
    const [gone, made] = [paint('red', '•'), paint('green', '•')];
    const shown = process.stdout.isTTY ? changes.slice(0, mostLines) : changes;
    for (const one of shown) print(`${one.endsWith('removed') ? gone : made} ${one}`);
    if (shown.length < changes.length) print(`… and ${changes.length - shown.length} more; --json has them all.`);
    print(
      changes.length === 0
        ? 'Nothing changes: the registry says the same.'
        : `${counted(changes.length, 'One change', 'changes')}${dryRun ? '; nothing was written (dry run).' : '.'}`,
    );
    if (welcome)
      print(
        welcomes === 0
          ? 'Nobody is welcomed: all of these sites were.'
          : `${counted(welcomes, 'One site', 'sites')} ${dryRun ? 'would be' : welcomes === 1 ? 'is' : 'are'} welcomed: the primary, and the technical contacts.`,
      );
  });
}

async function exportAll(sites: string[], options: { json?: boolean; csv?: string }): Promise<void> {
  await withApp(async (app) => {
    const found = await exportRegistry(app.database, sites.length > 0 ? sites : null);
    const known = new Set(found.sites.map((site) => site.number));
    for (const number of sites.filter((one) => !known.has(one))) {
      complain(`There is no site ${number}.`);
      process.exitCode = 1;
    }
    if (options.json) return printJson(found);
    if (options.csv === undefined) return void process.stdout.write(writeRegistry(found));
    try {
      await mkdir(options.csv, { recursive: true });
      for (const [name, text] of Object.entries(writeTables(found))) await writeFile(join(options.csv, name), text);
      const what = [
        counted(found.sites.length, 'one site', 'sites'),
        counted(found.products.length, 'one product', 'products'),
      ];
      print(`Written to ${options.csv}: ${what.join(' and ')}.`);
    } catch (error) {
      complain(`${options.csv}: cannot be written (${codeOf(error)})`);
      process.exitCode = 1;
    }
  });
}

export function registryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .description('sites, contacts, licences, plans and products, from a file and back');
  const fromFiles = registry
    .command('import')
    .argument('<file...>', 'YAML, or CSV: sites, contacts, licences, plans, products, versions')
    .option('--prune', 'remove what is not named, within the sites named')
    .option('--welcome', 'welcome the sites named that were not yet: without it nobody is written to')
    .option('--dry-run', 'show the difference, change nothing')
    .option('--as <address>', 'the member of staff for whom it is done')
    .option('--json', 'as JSON')
    .description('all or nothing; what is not named stays; the same file twice changes nothing')
    .action(importFiles);
  comesTo(fromFiles, importRegistry);
  registry
    .command('export')
    .argument('[site...]')
    .option('--csv <folder>', 'tables, one file each')
    .option('--json', 'as JSON')
    .description('the same format')
    .action(exportAll);
}
