/** What settings are read from, and how one value of them is read. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { normaliseAddress } from '../../mail/address/address.ts';
import { addressValue } from '../address-value.ts';
import type { Environment } from '../env-file.ts';
import type { OperatorFile, Secret } from '../operator-file.ts';
import type { HostPort, Need } from './types.ts';

/** What is left of a file that names a secret, a database password in an address, and the like never goes into a fault. */
export class Faults {
  readonly list: string[] = [];
  /** Of these nothing else is said: what follows from a value that is not whole is of no help. */
  readonly cut = new Set<string>();
  add(name: string, says: string): null {
    if (!this.cut.has(name)) this.list.push(`${name}: ${says}`);
    return null;
  }
  addCut(name: string): void {
    this.add(
      name,
      `ends at a # in .env, where the rest is a comment: ${/_URL$/.test(name) ? 'in an address # is written %23' : 'put the value into quotes'}`,
    );
    this.cut.add(name);
  }
}

export type Source = {
  readonly need: Need;
  readonly env: Environment;
  readonly file: OperatorFile;
  /** The folder that paths in the file begin from. */
  readonly base: string;
  readonly faults: Faults;
};

export function readUrl(
  faults: Faults,
  name: string,
  value: string | undefined,
  schemes: readonly string[],
): URL | null {
  if (!value) return null;
  const url = addressValue(value, schemes);
  return typeof url === 'string' ? faults.add(name, url) : url;
}

export function readHostPort(faults: Faults, name: string, value: string | undefined): HostPort | null {
  if (!value) return null;
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value);
  const port = Number(found?.[3]);
  if (!found || port > 65_535) return faults.add(name, `"${value}" is not host:port, such as 127.0.0.1:2424`);
  return { host: found[1] ?? found[2] ?? '', port };
}

export function readAddress(faults: Faults, name: string, value: string | undefined): string | null {
  if (!value) return null;
  return normaliseAddress(value) ?? faults.add(name, `"${value}" is not an e-mail address`);
}

export function readSecret(faults: Faults, name: string, secret: Secret, env: Environment, base: string): string {
  if (typeof secret === 'string') return secret;
  if ('env' in secret) return env[secret.env] ?? faults.add(name, `the variable ${secret.env} is not set`) ?? '';
  try {
    return readFileSync(resolve(base, secret.file), 'utf8').trimEnd();
  } catch {
    return faults.add(name, `the file ${secret.file} cannot be read`) ?? '';
  }
}
