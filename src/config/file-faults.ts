/**
 * What is wrong in a YAML file that a schema rules: every fault with its line, what stands there and what may stand there. A start, `doctor` and
 * `policy check` say the same sentence (`sayFileFault`). What may hold a secret is never shown.
 */
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { allowedAt, nearest } from './policy-words.ts';

export type FileFault = {
  readonly line: number | null;
  /** Such as `policy.graceDays.1`; empty for the file itself. */
  readonly path: string;
  /** As it stands there; null where nothing does, or where it may be a secret. */
  readonly value: string | null;
  readonly says: string;
  readonly allowed: string | null;
};

/** `policy.graceDays.1: 9999 – cannot be used`; what is allowed stands apart, since it may be long. */
export const sayFileFault = ({ path, value, says }: FileFault): string =>
  `${path ? `${path}${value === null || says.startsWith('is no ') ? '' : `: ${value}`}${says.startsWith('is ') ? ' ' : ' – '}` : ''}${says}`;

export const wholeFile = (line: number | null, says: string): FileFault => ({
  line,
  path: '',
  value: null,
  says,
  allowed: null,
});

const secretive = new Set(['mailboxes', 'smtp', 'dkim']);
export const isObject = (value: unknown): value is Record<string, unknown> =>
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

/** The file as YAML, or where YAML itself is broken. */
export function parseYaml(text: string): { document: Document.Parsed; lines: LineCounter; faults: FileFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false }) as Document.Parsed;
  const faults = document.errors.map((error) => wholeFile(lines.linePos(error.pos[0]).line, error.message));
  return { document, lines, faults };
}

/** Faults of the schema, in the order of their lines. `secrets`: keys at the top below which nothing is shown. */
export function schemaFaults(
  schema: z.ZodType,
  error: z.ZodError | undefined,
  { document, lines }: { document: Document.Parsed; lines: LineCounter },
  secrets: ReadonlySet<string> = secretive,
): FileFault[] {
  const given: unknown = document.toJS() ?? {};
  const faults: FileFault[] = [];
  for (const issue of error?.issues.flatMap((one) => flat(one)) ?? []) {
    const strange = issue.code === 'unrecognized_keys';
    const unknown = strange ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const where of unknown) {
      const value = at(given, where);
      const hidden = secrets.has(String(where[0]));
      const near = strange ? nearest(schema, issue.path, String(where.at(-1))) : null;
      const place = placeOf(document.contents, where);
      const own = !issue.message.startsWith('Invalid') && (issue.code === 'custom' || issue.code === 'invalid_format');
      faults.push({
        line: place === null ? null : lines.linePos(place).line,
        path: where.join('.'),
        value: value === undefined || hidden || strange ? null : shown(value),
        says: strange
          ? `is not a key${near ? `; did you mean "${near}"?` : ''}`
          : value === undefined && where.length > 0
            ? 'is missing'
            : own
              ? issue.message
              : 'cannot be used',
        allowed: issue.code === 'custom' ? null : allowedAt(schema, strange ? issue.path : where, strange),
      });
    }
  }
  return faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
