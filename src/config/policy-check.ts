/**
 * A policy file looked at before it is used: `postern.yaml`, or a file with the keys of its `policy` alone. Every fault at once
 * (`file-faults.ts`), and which numbers are not the defaults.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { isFailure } from '../foundation/failure.ts';
import type { Policy } from '../intake/policy.ts';
import { type FileFault, isObject, parseYaml, schemaFaults, shown, wholeFile } from './file-faults.ts';
import { type OperatorFile, operatorFileSchema } from './operator-file.ts';
import { type PolicyNumbers, policySchema } from './policy-file.ts';
import { readSettings } from './settings.ts';

type PolicyFault = FileFault;
type Departure = { readonly path: string; readonly value: string; readonly default: string };

export type CheckedPolicy = {
  readonly file: string;
  readonly kind: 'postern.yaml' | 'policy';
  readonly faults: readonly PolicyFault[];
  /** Numbers of the policy that are not the defaults; empty where there are faults. */
  readonly departures: readonly Departure[];
  readonly policy: PolicyNumbers | null;
  readonly operator: OperatorFile | null;
};

export function leaves(value: unknown, path = ''): [path: string, value: unknown][] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** Where two sets of numbers are not the same: the left one, and what stands in its place on the right. */
export function departures(given: PolicyNumbers, from: PolicyNumbers = policySchema.parse({})): Departure[] {
  const [left, right] = [new Map(leaves(given)), new Map(leaves(from))];
  return [...new Set([...right.keys(), ...left.keys()])]
    .map((path) => ({ path, value: shown(left.get(path)), default: shown(right.get(path)) }))
    .filter((one) => one.value !== one.default);
}

/** Faults of what the schema cannot see, such as a password that is nowhere: of the file alone, not of the environment around it. */
function otherFaults(file: string): PolicyFault[] {
  try {
    readSettings('command', { env: { ...process.env, POSTERN_CONFIG: file } });
    return [];
  } catch (error) {
    if (!isFailure(error, 'settings-unusable')) throw error;
    return error.message.split('\n').flatMap((fault) => {
      const found = /^((?:mailboxes|smtp|dkim)(?:\.[^:\s]+)?): (.*)$/.exec(fault);
      return found ? [{ line: null, path: found[1] ?? '', value: null, says: found[2] ?? '', allowed: null }] : [];
    });
  }
}

/** `file` is taken from the folder of the caller. A file that cannot be read is a fault of its own. */
export function checkPolicy(file: string): CheckedPolicy {
  const path = resolve(file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const faults = [wholeFile(null, code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`)];
    return { ...nothing(path), faults };
  }
  const checked = checkPolicyText(text, path);
  if (checked.kind === 'policy' || checked.unparsed) return checked;
  return { ...checked, faults: [...checked.faults, ...otherFaults(path)] };
}

const nothing = (file: string) =>
  ({ file, kind: 'postern.yaml', departures: [], policy: null, operator: null }) as const;

/** A text that stands in no file, as somebody pastes it: what lies outside of it, such as a password, is not looked for. */
export function checkPolicyText(text: string, file = ''): CheckedPolicy & { readonly unparsed?: true } {
  const yaml = parseYaml(text);
  if (yaml.faults.length > 0) return { ...nothing(file), faults: yaml.faults, unparsed: true };
  const given: unknown = yaml.document.toJS() ?? {};
  const keys = isObject(given) ? Object.keys(given) : [];
  // Where no key is one of postern.yaml's and one is a number of the policy, it is a policy alone.
  const alone = !keys.some((key) => key in operatorFileSchema.shape) && keys.some((key) => key in policySchema.shape);
  const kind = alone ? 'policy' : 'postern.yaml';
  const schema: z.ZodType = alone ? policySchema : operatorFileSchema;
  const parsed = schema.safeParse(given);
  const faults = schemaFaults(schema, parsed.error, yaml, alone ? new Set() : undefined);
  if (!parsed.success) return { ...nothing(file), kind, faults };
  const operator = alone ? null : (parsed.data as OperatorFile);
  const policy = operator ? operator.policy : (parsed.data as PolicyNumbers);
  return { file, kind, faults, departures: departures(policy), policy, operator };
}

/** The present policy with what the file changes of it: its numbers, and of `postern.yaml` languages and phones. */
export function policyOf(checked: CheckedPolicy, present: Policy): Policy {
  const { operator, policy } = checked;
  const desk = operator ? { ...present.desk, languages: operator.languages, phones: operator.phones } : present.desk;
  return { ...present, ...policy, desk };
}
