/** Files of the registry as somebody is shown what would become of them: the difference in words, or every fault with its line. */
import { readFiles } from '../../acts/registry/import-registry.ts';
import type { By } from '../../changes/by.ts';
import type { Fault, SourceFile } from '../../registry/registry-file.ts';
import { languagesWithoutLetters } from '../../registry/registry-rules.ts';
import { type ActDeps, commit } from '../acts/commit.ts';

export type ImportTried = { readonly warnings: readonly Fault[] } & (
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | {
      readonly kind: 'differs';
      /** A line for each thing that becomes otherwise. */
      readonly lines: readonly string[];
      /** So many sites get a letter of welcome. */
      readonly welcomes: number;
      /** With it nothing else is done than what was shown. */
      readonly fingerprint: string;
    }
  | { readonly kind: 'refused'; readonly says: string }
);

const byPlace = (one: Fault, other: Fault): number =>
  one.file.localeCompare(other.file) || one.line - other.line || (one.column ?? '').localeCompare(other.column ?? '');

export async function tryImport(
  deps: ActDeps & { readonly languages: () => Promise<readonly string[]> },
  files: readonly SourceFile[],
  { prune, welcome, by }: { readonly prune: boolean; readonly welcome: boolean; readonly by: By },
): Promise<ImportTried> {
  const { document, places } = readFiles(files);
  const warnings = languagesWithoutLetters(document.sites, places, await deps.languages());
  const outcome = await commit(deps, {
    act: 'import-registry',
    input: { files, prune, welcome },
    by,
    preview: true,
  });
  if (outcome.kind === 'refused')
    return outcome.faults
      ? { kind: 'faults', faults: outcome.faults.toSorted(byPlace), warnings }
      : { kind: 'refused', says: outcome.says, warnings };
  if (outcome.kind !== 'preview') throw new Error('an import was only to be previewed');
  const { follows, preview } = outcome;
  return {
    kind: 'differs',
    lines: follows.flatMap((change) => ('lines' in change ? change.lines : [])),
    welcomes: follows.reduce((sum, change) => sum + (change.kind === 'welcome-due' ? change.sites.length : 0), 0),
    fingerprint: preview.fingerprint,
    warnings,
  };
}
