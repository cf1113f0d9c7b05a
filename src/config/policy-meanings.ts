/** What each number of the policy means: as postern.example.yaml says it, line by line, which a test holds against the schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { isObject, parseYaml, schemaFaults } from './file-faults.ts';
import { leaves } from './policy-check.ts';
import { type PolicyNumbers, policySchema } from './policy-file.ts';

export type Meaning = {
  readonly path: string;
  readonly says: string;
  /** Of what it stands in. */
  readonly within?: string;
};
export type MeaningSection = { readonly title: string; readonly numbers: readonly Meaning[] };

const exampleFile = join(import.meta.dirname, '..', '..', 'postern.example.yaml');

/** The lines below `policy:`. */
function policyLines(text: string): readonly string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^policy:\s*$/.test(line)) + 1;
  const length = lines.slice(from).findIndex((line) => /^\S/.test(line));
  return lines.slice(from, length < 0 ? undefined : from + length);
}

export function meaningsIn(text: string): readonly MeaningSection[] {
  const sections: { title: string; numbers: Meaning[] }[] = [];
  const within: { indent: number; key: string; says: string }[] = [];
  let before: string[] = [];
  let blank = true;
  for (const line of policyLines(text)) {
    if (line.trim() === '') {
      blank = true;
      before = [];
      continue;
    }
    const [, comment] = /^\s+# ?(.*)$/.exec(line) ?? [];
    if (comment !== undefined) {
      if (blank) sections.push({ title: comment, numbers: [] });
      else before.push(comment.trim());
      blank = false;
      continue;
    }
    blank = false;
    const [, indent = '', name = '', rest = ''] = /^(\s+)"?([\w ]+)"?:(.*)$/.exec(line) ?? [];
    if (name === '') continue;
    while ((within.at(-1)?.indent ?? -1) >= indent.length) within.pop();
    const [value = '', own = ''] = rest.split(/\s# ?/).map((one) => one.trim());
    const says = own || before.join(' ');
    before = [];
    if (value === '') within.push({ indent: indent.length, key: name, says });
    else {
      const around = within.at(-1)?.says ?? '';
      const path = [...within.map(({ key }) => key), name].join('.');
      sections.at(-1)?.numbers.push({ path, says: says || around, within: around });
    }
  }
  return sections.filter(({ numbers }) => numbers.length > 0);
}

let known: readonly MeaningSection[] | null = null;
const meanings = (): readonly MeaningSection[] => {
  known ??= meaningsIn(readFileSync(exampleFile, 'utf8'));
  return known;
};

export type ShownNumber = Meaning & {
  /** As YAML in one line. */
  readonly now: string;
  readonly default: string;
};
export type NumberSection = { readonly title: string; readonly numbers: readonly ShownNumber[] };

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

const inOneLine = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();

const usual: PolicyNumbers = policySchema.parse({});

/** Where a number stands in another form than in the example, such as hours by weekday, all of it is one. */
export function numbersOf(now: PolicyNumbers): readonly NumberSection[] {
  const row = ({ path, says }: Meaning): ShownNumber => ({
    ...{ path, says },
    now: inOneLine(at(now, path) ?? null),
    default: inOneLine(at(usual, path) ?? null),
  });
  return meanings().map(({ title, numbers }) => {
    const rows = new Map<string, ShownNumber>();
    for (const one of numbers) {
      const parent = one.path.slice(0, Math.max(0, one.path.lastIndexOf('.')));
      const elsewhere = parent !== '' && at(now, one.path) === undefined && isObject(at(now, parent));
      const shown = row(elsewhere ? { path: parent, says: one.within ?? '' } : one);
      if (!rows.has(shown.path)) rows.set(shown.path, shown);
    }
    return { title, numbers: [...rows.values()] };
  });
}

export type PolicyDraft = {
  /** Wrong numbers by their path, in sentences; those of no field have an empty one. */
  readonly faults: readonly { readonly path: string; readonly says: string }[];
  /** What differs from what counts now. */
  readonly changed: readonly { readonly path: string; readonly now: string; readonly tried: string }[];
  /** For the file: everything that is not the default. Null where there are faults. */
  readonly yaml: string | null;
  readonly policy: PolicyNumbers | null;
};

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner = isObject(into[key]) ? into[key] : {};
  into[key] = inner;
  put(inner, rest, value);
}

function read(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new Error(error.message);
  return document.toJS() as unknown;
}

const same = (one: unknown, other: unknown): boolean => inOneLine(one ?? null) === inOneLine(other ?? null);

/** Of one key what has to be said so that it comes out like this: as little as the schema takes, else all of it. */
function least(key: string, wanted: unknown): unknown {
  const fallback = (usual as Record<string, unknown>)[key];
  if (!isObject(wanted) || !isObject(fallback)) return wanted;
  const part: Record<string, unknown> = {};
  for (const [path, value] of leaves(wanted)) if (!same(value, at(fallback, path))) put(part, path.split('.'), value);
  const parsed = policySchema.safeParse({ [key]: part });
  return parsed.success && same((parsed.data as Record<string, unknown>)[key], wanted) ? part : wanted;
}

/** A list or a map of values stays in one line, as in the example. */
function yamlOf(policy: PolicyNumbers): string {
  const different = Object.entries(policy).filter(
    ([key, value]) => !same(value, (usual as Record<string, unknown>)[key]),
  );
  if (different.length === 0) return '# Every number is the default: `policy` can be left out.\n';
  const lines = (value: unknown, indent: string): string =>
    isObject(value) && Object.values(value).some((one) => isObject(one) || Array.isArray(one))
      ? `\n${Object.entries(value)
          .map(
            ([key, one]) => `${indent}${/^[\w ]+$/.test(key) ? key : JSON.stringify(key)}:${lines(one, `${indent}  `)}`,
          )
          .join('\n')}`
      : isObject(value) && Object.keys(value).length > 0 && indent === '    '
        ? `\n${Object.entries(value)
            .map(([key, one]) => `${indent}${key}: ${inOneLine(one)}`)
            .join('\n')}`
        : ` ${inOneLine(value)}`;
  return `policy:\n${different.map(([key, value]) => `  ${key}:${lines(least(key, value), '    ')}`).join('\n')}\n`;
}

/** What was typed, by paths, in the place of what counts now. */
export function draftOf(now: PolicyNumbers, typed: Readonly<Record<string, string>>): PolicyDraft {
  const wanted = structuredClone(now) as Record<string, unknown>;
  const faults: { path: string; says: string }[] = [];
  const changed: { path: string; now: string; tried: string }[] = [];
  for (const [path, text] of Object.entries(typed)) {
    const before = at(now, path);
    if (text.trim() === inOneLine(before ?? null)) continue;
    try {
      const value = read(text);
      if (same(value, before)) continue;
      put(wanted, path.split('.'), value);
      changed.push({ path, now: inOneLine(before ?? null), tried: inOneLine(value ?? null) });
    } catch (error) {
      faults.push({ path, says: `cannot be read: ${(error as Error).message}` });
    }
  }
  const parsed = policySchema.safeParse(wanted);
  const written = parseYaml(inOneLine(wanted));
  for (const { path, says, allowed } of schemaFaults(policySchema, parsed.error, written, new Set()))
    faults.push({ path, says: `${says}${allowed ? `; allowed: ${allowed}` : ''}` });
  if (faults.length > 0 || !parsed.success) return { faults, changed, yaml: null, policy: null };
  return { faults, changed, yaml: yamlOf(parsed.data), policy: parsed.data };
}
