/**
 * The only reader of the environment. Every fault is found before any is told: all at once, by name (`settings-unusable`).
 * A `.env` file in the folder is read; what stands in the environment goes before it. Each subject is read in a file of `settings/`.
 */
import { resolve } from 'node:path';
import { Failure } from '../foundation/failure.ts';
import { cutValues, type Environment, readEnvFile } from './env-file.ts';
import { readData } from './settings/data.ts';
import { readDesk } from './settings/desk.ts';
import { demoBeside, demoFolder, lookForTypingErrors } from './settings/environment.ts';
import { readOperatorFile } from './settings/given-file.ts';
import { readMailIn } from './settings/mail-in.ts';
import { readMailOut } from './settings/mail-out.ts';
import { Faults, type Source } from './settings/source.ts';
import { readTraces } from './settings/traces.ts';
import type { Need, Settings } from './settings/types.ts';
import { readWeb } from './settings/web.ts';

export { unsetAddress } from './settings/desk.ts';
export type { MailboxSettings, Need, Settings } from './settings/types.ts';

/** @throws Failure `settings-unusable`, whose message has one fault a line. `need` says what cannot do without. */
export function readSettings(
  need: Need,
  given: { env?: Environment; folder?: string; isDemo?: boolean } = {},
): Settings {
  const folder = given.folder ?? process.cwd();
  const outer = given.env ?? process.env;
  const dotenv = resolve(folder, '.env');
  const own: Environment = { ...readEnvFile(dotenv), ...outer };
  const demo = demoBeside(need, folder, own);
  const env: Environment = { ...demo?.env, ...own };
  const faults = new Faults();
  for (const name of cutValues(dotenv)) if (!(name in outer)) faults.addCut(name);
  const { file, base } = readOperatorFile(faults, env, folder);
  const warnings = lookForTypingErrors(faults, readEnvFile(dotenv), outer, file);

  const from: Source = { need, env, file, base, faults };
  const data = readData(from, folder, given.isDemo === true);
  const web = readWeb(from);
  const desk = readDesk(from, web.publicUrl);
  const traces = readTraces(from);
  const mailIn = readMailIn(from);
  const mailOut = readMailOut(from, mailIn.mailboxes, desk.reading.addresses.support);
  if (faults.list.length > 0) throw new Failure('settings-unusable', faults.list.join('\n'));
  return {
    ...data,
    ...web,
    ...desk,
    ...traces,
    ...mailIn,
    ...mailOut,
    warnings,
    demo: demo !== null || given.isDemo === true,
  };
}

/** Whether a command in this folder is about a demo; faults of its settings are told by `readSettings`. */
export const isDemo = (folder = process.cwd()): boolean =>
  demoBeside('command', folder, { ...readEnvFile(resolve(folder, '.env')), ...process.env }) !== null;

/** Of the settings what may be missing and keep no mail from its way. */
export const setUpOf = ({ policy, reading, dnsServers, warnings, alerts }: Settings) => ({
  desk: policy.desk,
  authservId: reading.authservId,
  dnsServers,
  warnings,
  alerts,
});

/** The file that a command without a name of one is about. */
export function configFile(folder = process.cwd()): string {
  const env: Environment = { ...readEnvFile(resolve(folder, '.env')), ...process.env };
  return resolve(folder, env.POSTERN_CONFIG || 'postern.yaml');
}

/** For tests of faults: where this process is to kill itself (RELIABILITY "Faults"), null in every other life. */
export const crashOrder = (): string | null => process.env.POSTERN_CRASH || null;

/** Whether whoever started us wants the place in the code of what went wrong. */
export const wantsDetails = (): boolean => ['debug', 'trace'].includes(process.env.LOG_LEVEL ?? '');

/** The demo brings settings of its own; only where its data lie and how much it says are the caller's. */
export const demoSurroundings = (): { readonly dataFolder: string; readonly logLevel: string } => ({
  dataFolder: resolve(process.env.POSTERN_DATA || demoFolder),
  logLevel: process.env.LOG_LEVEL || 'warn',
});
