import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exportRegistryTables, exportRegistryText, importRegistryFiles } from '../flows/registry.ts';
import { decodeText } from '../registry/registry-csv.ts';
import type { SourceFile } from '../registry/registry-file.ts';
import { loadRegistry } from '../store/registry.ts';
import { withHouse } from './open.ts';
import { paint, print, printJson } from './terminal.ts';

async function readAll(files: readonly string[]): Promise<SourceFile[] | null> {
  const read: SourceFile[] = [];
  for (const name of files) {
    try {
      read.push({ name, text: decodeText(await readFile(name)) });
    } catch (error) {
      process.stderr.write(
        `${name}: cannot be read (${error instanceof Error && 'code' in error ? error.code : 'unknown'})\n`,
      );
      process.exitCode = 1;
    }
  }
  return read.length === files.length ? read : null;
}

async function importFiles(
  files: string[],
  options: { prune?: boolean; dryRun?: boolean; json?: boolean },
): Promise<void> {
  const read = await readAll(files);
  if (!read) return;
  await withHouse(async (house) => {
    const result = await importRegistryFiles(house.database, read, {
      prune: options.prune ?? false,
      dryRun: options.dryRun ?? false,
      actor: 'command',
    });
    if (result.kind === 'faults') {
      process.exitCode = 1;
      if (options.json) for (const fault of result.faults) printJson(fault);
      else {
        for (const fault of result.faults)
          process.stderr.write(
            `${paint('red', `${fault.file}:${fault.line}`)}  ${fault.column ? `${fault.column}: ` : ''}${fault.says}\n`,
          );
        process.stderr.write(
          `${result.faults.length === 1 ? 'One fault' : `${result.faults.length} faults`}; nothing was changed.\n`,
        );
      }
      return;
    }
    if (options.json) return printJson({ dryRun: options.dryRun ?? false, changes: result.changes });
    for (const change of result.changes) print(`${paint(change.endsWith('removed') ? 'red' : 'green', '•')} ${change}`);
    const count = result.changes.length;
    print(
      count === 0
        ? 'Nothing changes: the registry says the same.'
        : `${count === 1 ? 'One change' : `${count} changes`}${options.dryRun ? '; nothing was written (dry run).' : '.'}`,
    );
  });
}

async function exportAll(sites: string[], options: { json?: boolean; csv?: string }): Promise<void> {
  await withHouse(async (house) => {
    const numbers = sites.length > 0 ? sites : null;
    const found = await house.database.ask((db) => loadRegistry(db, numbers));
    for (const number of sites.filter((one) => !found.sites.some((site) => site.number === one))) {
      process.stderr.write(`There is no site ${number}.\n`);
      process.exitCode = 1;
    }
    if (options.json) printJson(found);
    else if (options.csv !== undefined) {
      await mkdir(options.csv, { recursive: true });
      for (const [name, text] of Object.entries(await exportRegistryTables(house.database, numbers)))
        await writeFile(join(options.csv, name), text);
      print(`${found.sites.length} sites and ${found.products.length} products written to ${options.csv}.`);
    } else process.stdout.write(await exportRegistryText(house.database, numbers));
  });
}

export function registryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .description('sites, contacts, licences, plans and products, from a file and back');
  registry
    .command('import')
    .argument('<file...>', 'YAML, or CSV: sites, contacts, licences, plans, products, versions')
    .option('--prune', 'remove what is not named, within the sites named')
    .option('--dry-run', 'show the difference, change nothing')
    .option('--json', 'as JSON')
    .description('all or nothing; what is not named stays; the same file twice changes nothing')
    .action(importFiles);
  registry
    .command('export')
    .argument('[site...]')
    .option('--csv <folder>', 'tables, one file each')
    .option('--json', 'as JSON')
    .description('the same format')
    .action(exportAll);
}
