/** The registry from files and back: all or nothing, twice is once (INTERFACE.md). */
import type { By } from '../../changes/by.ts';
import { changesOfMerge, type RegistryChange } from '../../changes/registry.ts';
import { Failure } from '../../foundation/failure.ts';
import { defaultRegistryPolicy, type RegistryPolicy } from '../../registry/policy.ts';
import { writeTables } from '../../registry/registry-csv.ts';
import {
  type Fault,
  type RegistryDocument,
  readRegistry,
  type SiteEntry,
  type SourceFile,
  writeRegistry,
} from '../../registry/registry-file.ts';
import { mergeRegistry } from '../../registry/registry-merge.ts';
import { languagesWithoutLetters } from '../../registry/registry-rules.ts';
import { writeChanges } from '../../store/changes/write.ts';
import type { Database, Tx } from '../../store/database.ts';
import { exportSite, loadRegistry, lockRegistry, pinDays, readRegistryWhole } from '../../store/registry/registry.ts';
import { sitesAtOnce } from '../../store/registry/write-registry.ts';

type Imported =
  | { readonly kind: 'faults'; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] }
  | { readonly kind: 'done'; readonly changes: readonly string[]; readonly warnings: readonly Fault[] };

type ImportOptions = {
  readonly prune: boolean;
  readonly dryRun: boolean;
  readonly by: By;
  readonly policy?: Pick<RegistryPolicy, 'pinGraceDays'>;
  /** Languages that there are letters in; left out, nothing is said about them. */
  readonly languages?: readonly string[];
  /** Hears how many sites of how many are written. */
  readonly wrote?: (sites: number, of: number) => void;
};

async function writeAll(
  tx: Tx,
  changes: readonly RegistryChange[],
  wrote: ImportOptions['wrote'] = () => {},
): Promise<void> {
  const sites = changes.filter((change) => change.kind === 'site-changed');
  await writeChanges(
    tx,
    changes.filter((change) => change.kind === 'products-changed'),
  );
  for (let at = 0; at < sites.length; at += sitesAtOnce) {
    wrote(at, sites.length);
    await writeChanges(tx, sites.slice(at, at + sitesAtOnce));
  }
  if (changes.length > 0) wrote(sites.length, sites.length);
}

/** `dryRun` says what would change and writes nothing. */
export async function importRegistryFiles(
  database: Database,
  files: readonly SourceFile[],
  options: ImportOptions,
): Promise<Imported> {
  const read = readRegistry(files);
  const warnings = languagesWithoutLetters(read.document.sites, read.places, options.languages);
  return database.transaction(async (tx): Promise<Imported> => {
    await lockRegistry(tx);
    const pins = await pinDays(tx, (options.policy ?? defaultRegistryPolicy).pinGraceDays);
    const facts = { clears: read.clears, ...pins };
    const merged = mergeRegistry(await loadRegistry(tx, null), read.document, read.places, options.prune, facts);
    const faults = [...read.faults, ...merged.faults];
    if (faults.length > 0) return { kind: 'faults', faults, warnings };
    const { changes } = merged;
    if (!options.dryRun) {
      const at = new Date().toISOString();
      await writeAll(tx, changesOfMerge(merged.document, changes, { at, by: options.by }), options.wrote);
    }
    return { kind: 'done', changes, warnings };
  });
}

/** The registry in its file's form at one moment; `numbers` null is every site. */
export const exportRegistry = (database: Database, numbers: readonly string[] | null): Promise<RegistryDocument> =>
  readRegistryWhole(database, numbers);

export async function exportRegistryText(database: Database, numbers: readonly string[] | null): Promise<string> {
  return writeRegistry(await exportRegistry(database, numbers));
}

/** File names and what stands in them. */
export async function exportRegistryTables(
  database: Database,
  numbers: readonly string[] | null,
): Promise<Record<string, string>> {
  return writeTables(await exportRegistry(database, numbers));
}

/** One site in the registry's form takes the place of what is on record of it; `bad-input` says what is wrong. */
export async function putSite(
  database: Database,
  number: string,
  site: Record<string, unknown>,
  by: By,
  policy: Pick<RegistryPolicy, 'pinGraceDays'> = defaultRegistryPolicy,
): Promise<SiteEntry | null> {
  const text = writeRegistry({ sites: [{ ...site, number }] });
  const options = { prune: true, dryRun: false, by, policy };
  const result = await importRegistryFiles(database, [{ name: 'the site', text }], options);
  if (result.kind === 'faults') throw new Failure('bad-input', result.faults.map((fault) => fault.says).join('; '));
  return exportSite(database, number);
}
