/** The environment, `.env` of the folder, and the settings of a demo in it; which of their names are misspelt. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Environment, readEnvFile } from '../env-file.ts';
import { unknownVariables } from '../known-variables.ts';
import type { OperatorFile } from '../operator-file.ts';
import type { Faults } from './source.ts';
import type { Need } from './types.ts';

/** Where the demo keeps its data, so that it never touches those of a desk. */
export const demoFolder = '.postern-demo';

/** Names of variables that postern.yaml asks for itself, as `password: { env: NAME }`. */
function variablesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'env' && typeof inner === 'string' ? [inner] : variablesOf(inner),
  );
}

/** In `.env` everything is meant for us, so a name like one of ours is a fault; in the environment it is a warning. */
export function lookForTypingErrors(
  faults: Faults,
  dotenv: Environment,
  outer: Environment,
  file: OperatorFile,
): string[] {
  const named = new Set(variablesOf(file));
  const says = (meant: string | null) => `is no variable of Postern${meant ? `; did you mean "${meant}"?` : ''}`;
  for (const { name, meant } of unknownVariables(Object.keys(dotenv).sort(), named))
    faults.add(name, `${says(meant)} (.env)`);
  return unknownVariables(
    Object.keys(outer).filter((name) => !(name in dotenv)),
    named,
  ).map(({ name, meant }) => `${name}: has no effect, since it ${says(meant)}`);
}

/**
 * The settings of a demo in this folder, for a command that is about it: one that names the demo's data, or where nothing else is set up.
 * `demo-now.env` is there while it runs and names its ports.
 */
export function demoBeside(
  need: Need,
  folder: string,
  own: Environment,
): { dataFolder: string; env: Environment } | null {
  if (need !== 'command' || own.DATABASE_URL) return null;
  const usual = resolve(folder, '.postern');
  const nothingElse = !own.POSTERN_DATA && !own.SUPPORT_ADDRESS && !existsSync(usual);
  const dataFolder = resolve(folder, own.POSTERN_DATA || (nothingElse ? demoFolder : usual));
  if (!existsSync(join(dataFolder, 'demo.env'))) return null;
  const env = { ...readEnvFile(join(dataFolder, 'demo.env')), ...readEnvFile(join(dataFolder, 'demo-now.env')) };
  return { dataFolder, env: { ...env, POSTERN_DATA: dataFolder } };
}
