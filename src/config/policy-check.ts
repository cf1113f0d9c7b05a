/**
 * A policy file looked at before it is used: `postern.yaml`, or a file with the keys of its `policy` alone. Every fault at once,
 * each with its line, what stands there and what may stand there. What may hold a secret is never shown.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { isFailure } from '../foundation/failure.ts';
import type { Policy } from '../intake/policy.ts';
import { type OperatorFile, operatorFileSchema } from './operator-file.ts';
import { type PolicyNumbers, policySchema } from './policy-file.ts';
import { allowedAt, nearest } from './policy-words.ts';
import { readSettings } from './settings.ts';

export type PolicyFault = {
  readonly line: number | null;
  /** Such as `policy.graceDays.1`; empty for the file itself. */
  readonly path: string;
  /** As it stands there; null where nothing does, or where it may be a secret. */
  readonly value: string | null;
  readonly says: string;
  readonly allowed: string | null;
};
export type Departure = { readonly path: string; readonly value: string; readonly default: string };

export type CheckedPolicy = {
  readonly file: string;
  readonly kind: 'postern.yaml' | 'policy';
  readonly faults: readonly PolicyFault[];
  /** Numbers of the policy that are not the defaults; empty where there are faults. */
  readonly departures: readonly Departure[];
  readonly policy: PolicyNumbers | null;
  readonly operator: OperatorFile | null;
};

const secretive = new Set(['mailboxes', 'smtp', 'dkim']);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const shown = (value: unknown): string => {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `[${value.map(shown).join(', ')}]`;
  if (isObject(value))
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${shown(one)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? (/^[\w][\w .:,@+-]*$/.test(value) ? value : JSON.stringify(value)) : String(value);
};

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      inner === null || typeof inner !== 'object' ? undefined : (inner as Record<PropertyKey, unknown>)[key],
    value,
  );

/** The place of a key, or of the nearest thing around it that is there. A key of YAML may be a number, a path's is a string. */
function placeOf(top: Node | null, path: readonly PropertyKey[]): number | null {
  let node: unknown = top;
  let place: number | null = null;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((one) => String((one.key as { value?: unknown }).value) === String(key));
      if (!pair) break;
      place = (pair.key as Node).range?.[0] ?? place;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      place = (node as Node | undefined)?.range?.[0] ?? place;
    } else break;
  }
  return place;
}

/** Of a union the faults of the branch that came nearest; every other fault is itself. */
function flat(issue: z.core.$ZodIssue, before: readonly PropertyKey[] = []): z.core.$ZodIssue[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'invalid_union') {
    const deep = issue.errors.filter((errors) => errors.some((one) => one.path.length > 0));
    const [only] = deep;
    if (deep.length === 1 && only) return only.flatMap((one) => flat(one, path));
  }
  return [{ ...issue, path }];
}

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
  const nothing = { file: path, kind: 'postern.yaml', departures: [], policy: null, operator: null } as const;
  const whole = (line: number | null, says: string): PolicyFault => ({
    line,
    path: '',
    value: null,
    says,
    allowed: null,
  });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return {
      ...nothing,
      faults: [whole(null, code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`)],
    };
  }
  const lines = new LineCounter();
  const lineOf = (place: number | null) => (place === null ? null : lines.linePos(place).line);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return { ...nothing, faults: document.errors.map((error) => whole(lineOf(error.pos[0]), error.message)) };
  const given: unknown = document.toJS() ?? {};
  const keys = isObject(given) ? Object.keys(given) : [];
  // Where no key is one of postern.yaml's and one is a number of the policy, it is a policy alone.
  const alone = !keys.some((key) => key in operatorFileSchema.shape) && keys.some((key) => key in policySchema.shape);
  const kind = alone ? 'policy' : 'postern.yaml';
  const schema: z.ZodType = alone ? policySchema : operatorFileSchema;
  const parsed = schema.safeParse(given);
  const faults: PolicyFault[] = [];
  for (const issue of parsed.error?.issues.flatMap((one) => flat(one)) ?? []) {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const where of unknown) {
      const value = at(given, where);
      const hidden = !alone && secretive.has(String(where[0]));
      const strange = issue.code === 'unrecognized_keys';
      const near = strange ? nearest(schema, issue.path, String(where.at(-1))) : null;
      faults.push({
        line: lineOf(placeOf(document.contents, where)),
        path: where.join('.'),
        value: value === undefined || hidden || strange ? null : shown(value),
        says: strange
          ? `is not a key${near ? `; did you mean "${near}"?` : ''}`
          : value === undefined && where.length > 0
            ? 'is missing'
            : !issue.message.startsWith('Invalid') && (issue.code === 'custom' || issue.code === 'invalid_format')
              ? issue.message
              : 'cannot be used',
        allowed: issue.code === 'custom' ? null : allowedAt(schema, strange ? issue.path : where, strange),
      });
    }
  }
  faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (!alone) faults.push(...otherFaults(path));
  if (!parsed.success) return { ...nothing, kind, faults };
  const operator = alone ? null : (parsed.data as OperatorFile);
  const policy = operator ? operator.policy : (parsed.data as PolicyNumbers);
  return { file: path, kind, faults, departures: departures(policy), policy, operator };
}

/** The present policy with what the file changes of it: its numbers, and of `postern.yaml` languages and phones. */
export function policyOf(checked: CheckedPolicy, present: Policy): Policy {
  const { operator, policy } = checked;
  const desk = operator ? { ...present.desk, languages: operator.languages, phones: operator.phones } : present.desk;
  return { ...present, ...policy, desk };
}
