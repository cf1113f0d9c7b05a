/** The registry from files and back: all or nothing, twice is once (INTERFACE.md). */
import { Failure } from '../foundation/failure.ts';
import { writeTables } from '../registry/registry-csv.ts';
import { type Fault, readRegistry, type SiteEntry, type SourceFile, writeRegistry } from '../registry/registry-file.ts';
import { mergeRegistry } from '../registry/registry-merge.ts';
import type { Database } from '../store/database.ts';
import { exportSite, loadRegistry, lockRegistry, pinDays, putRegistry } from '../store/registry.ts';

export type Imported =
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'done'; readonly changes: readonly string[] };

/** `dryRun` says what would change and writes nothing. */
export async function importRegistryFiles(
  database: Database,
  files: readonly SourceFile[],
  options: { prune: boolean; dryRun: boolean; actor: string; pinGraceDays?: number },
): Promise<Imported> {
  const read = readRegistry(files);
  return database.transaction(async (tx): Promise<Imported> => {
    await lockRegistry(tx);
    const pins = await pinDays(tx, options.pinGraceDays ?? 7);
    const facts = { clears: read.clears, ...pins };
    const merged = mergeRegistry(await loadRegistry(tx, null), read.document, read.places, options.prune, facts);
    const faults = [...read.faults, ...merged.faults];
    if (faults.length > 0) return { kind: 'faults', faults };
    if (!options.dryRun && merged.changes.length > 0)
      await putRegistry(tx, merged.document, merged.changes, options.actor);
    return { kind: 'done', changes: merged.changes };
  });
}

export async function exportRegistryText(database: Database, numbers: readonly string[] | null): Promise<string> {
  const document = await database.ask((db) => loadRegistry(db, numbers));
  return writeRegistry(document);
}

/** File names and what stands in them. */
export async function exportRegistryTables(
  database: Database,
  numbers: readonly string[] | null,
): Promise<Record<string, string>> {
  return writeTables(await database.ask((db) => loadRegistry(db, numbers)));
}

/** One site in the registry's form takes the place of what is on record of it; `bad-input` says what is wrong. */
export async function putSite(
  database: Database,
  number: string,
  site: Record<string, unknown>,
  actor: string,
): Promise<SiteEntry | null> {
  const text = writeRegistry({ sites: [{ ...site, number }] });
  const result = await importRegistryFiles(database, [{ name: 'the site', text }], {
    prune: true,
    dryRun: false,
    actor,
  });
  if (result.kind === 'faults') throw new Failure('bad-input', result.faults.map((fault) => fault.says).join('; '));
  return exportSite(database, number);
}
