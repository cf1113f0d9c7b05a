import { z } from 'zod';
import { readRegistry, type SourceFile } from '../../registry/registry-file.ts';
import type { Act } from '../act.ts';
import { judgeFiles, type ReadFiles } from './judge-files.ts';

const input = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(1000), text: z.string() }))
    .min(1)
    .describe('YAML, or CSV: sites, contacts, licences, plans, products, versions; each with its name and its text'),
  prune: z.boolean().optional().describe('what is not named goes, within the sites named'),
  welcome: z
    .boolean()
    .optional()
    .describe('the sites named are welcomed, those that were not yet; left out: nobody is written to'),
});
type ImportRegistry = {
  readonly files: readonly SourceFile[];
  readonly prune?: boolean | undefined;
  readonly welcome?: boolean | undefined;
};

const known = new WeakMap<readonly SourceFile[], ReadFiles>();
/** Read once: by whoever warns about files before the lock is taken, and not again as they are judged under it. */
export function readFiles(files: readonly SourceFile[]): ReadFiles {
  const read = known.get(files) ?? readRegistry(files);
  known.set(files, read);
  return read;
}

/** All or nothing, twice is once (INTERFACE.md "Registry file"). What is not named stays. */
export const importRegistry: Act<ImportRegistry> = {
  name: 'import-registry',
  input,
  right: 'registry: update',
  does: 'writes the sites and products of files into the registry, all or nothing',
  gives: { changes: ['products-changed', 'site-changed', 'proofs-due', 'welcome-due'], letters: [] },
  lock: 'registry',
  needs: ({ welcome }) => ({ registry: 'whole', ...(welcome && { welcomed: true }) }),
  judge({ files, prune = false, welcome = false }, records, given) {
    const tell = ({ file, line, column, says }: ReadFiles['faults'][number]) =>
      `${file}:${line} ${column ? `${column}: ` : ''}${says}`;
    return judgeFiles(readFiles(files), { prune, welcome, tell }, records, given);
  },
};
