/** The registry from files and back: all or nothing, twice is once (INTERFACE.md). */
import { readFiles } from '../../acts/registry/import-registry.ts';
import type { By } from '../../changes/by.ts';
import type { OwnChange } from '../../changes/change.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Fault, RegistryDocument, SourceFile } from '../../registry/registry-file.ts';
import { languagesWithoutLetters } from '../../registry/registry-rules.ts';
import type { Database } from '../../store/database.ts';
import { readRegistryWhole } from '../../store/registry/registry.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

type Imported =
  | { readonly kind: 'faults'; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] }
  | {
      readonly kind: 'done';
      readonly changes: readonly string[];
      readonly welcomes: number;
      readonly warnings: readonly Fault[];
    };

type ImportOptions = {
  readonly prune: boolean;
  /** The sites named are welcomed. */
  readonly welcome?: boolean;
  readonly dryRun: boolean;
  readonly by: By;
  /** Languages that there are letters in; left out, nothing is said about them. */
  readonly languages?: readonly string[];
  /** Hears how many sites of how many are written. */
  readonly wrote?: (sites: number, of: number) => void;
};

const sitesOf = (changes: readonly OwnChange[]): number =>
  changes.filter((change) => change.kind === 'site-changed').length;

/** The act in the words of its files: faults with their places, and a line for each thing that differs. `dryRun` writes nothing. */
export async function importRegistryFiles(
  deps: ActDeps,
  files: readonly SourceFile[],
  { prune, welcome = false, dryRun, by, languages, wrote }: ImportOptions,
): Promise<Imported> {
  const { document, places } = readFiles(files);
  const warnings = languagesWithoutLetters(document.sites, places, languages);
  const outcome = await commit(deps, {
    act: 'import-registry',
    input: { files, prune, welcome },
    by,
    preview: dryRun,
    wrote: wrote && ((written, all) => wrote(sitesOf(all.slice(0, written)), sitesOf(all))),
  });
  if (outcome.kind === 'refused') {
    if (outcome.faults) return { kind: 'faults', faults: outcome.faults, warnings };
    throw new Failure('conflict', outcome.says);
  }
  const follows = outcome.kind === 'preview' ? outcome.follows : outcome.kind === 'done' ? outcome.made : [];
  const welcomes = follows.reduce((sum, change) => sum + (change.kind === 'welcome-due' ? change.sites.length : 0), 0);
  return {
    kind: 'done',
    changes: follows.flatMap((change) => ('lines' in change ? change.lines : [])),
    welcomes,
    warnings,
  };
}

/** The registry in its file's form at one moment; `numbers` null is every site. */
export const exportRegistry = (database: Database, numbers: readonly string[] | null): Promise<RegistryDocument> =>
  readRegistryWhole(database, numbers);
