/** `postern.yaml`, or the file that `POSTERN_CONFIG` names. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Environment } from '../env-file.ts';
import { type FileFault, parseYaml, sayFileFault, schemaFaults } from '../file-faults.ts';
import { type OperatorFile, operatorFileSchema } from '../operator-file.ts';
import type { Faults } from './source.ts';

export function readOperatorFile(
  faults: Faults,
  env: Environment,
  folder: string,
): { file: OperatorFile; base: string } {
  const named = env.POSTERN_CONFIG;
  const path = resolve(folder, named || 'postern.yaml');
  const empty = { file: operatorFileSchema.parse({}), base: dirname(path) };
  if (!existsSync(path)) {
    if (named) faults.add('POSTERN_CONFIG', `the file ${named} is not there`);
    return empty;
  }
  const yaml = parseYaml(readFileSync(path, 'utf8'));
  const tell = (fault: FileFault) =>
    faults.add(
      `${path}${fault.line === null ? '' : `:${fault.line}`}`,
      `${sayFileFault(fault)}${fault.allowed ? ` (allowed: ${fault.allowed})` : ''}`,
    );
  if (yaml.faults.length > 0) {
    for (const fault of yaml.faults) tell(fault);
    return empty;
  }
  const given: unknown = yaml.document.toJS() ?? {};
  const parsed = operatorFileSchema.safeParse(given);
  if (parsed.success) return { file: parsed.data, base: dirname(path) };
  for (const fault of schemaFaults(operatorFileSchema, parsed.error, yaml)) tell(fault);
  // What else is right in it is looked at all the same: one start names every fault.
  const mailboxes = operatorFileSchema.shape.mailboxes.safeParse((given as { mailboxes?: unknown }).mailboxes);
  return mailboxes.success ? { ...empty, file: { ...empty.file, mailboxes: mailboxes.data } } : empty;
}
