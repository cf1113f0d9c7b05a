/** What a person typed into a form, as the input of an act: text becomes what the schema of the act has at that name. */
import { z } from 'zod';
import type { AnyAct } from '../../../acts/act.ts';

type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
};

const known = new WeakMap<object, Schema>();
export function schemaOf({ input }: Pick<AnyAct, 'input'>): Schema {
  const found = known.get(input);
  if (found) return found;
  const made = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema;
  known.set(input, made);
  return made;
}

const branches = (schema: Schema): readonly Schema[] => {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...inner.flatMap(branches)];
};

/** All that may stand at a dotted name. */
const schemasAt = (schema: Schema, path: readonly string[]): readonly Schema[] =>
  path
    .reduce<readonly Schema[]>(
      (at, name) => at.flatMap((one) => branches(one).flatMap(({ properties }) => properties?.[name] ?? [])),
      [schema],
    )
    .flatMap(branches);

const typesOf = (schemas: readonly Schema[]): ReadonlySet<string> =>
  new Set(
    schemas.flatMap(({ type, enum: values, const: value }) => [
      ...(type === undefined ? [] : [type].flat()),
      ...[...(values ?? []), ...(value === undefined ? [] : [value])].map((one) => typeof one),
    ]),
  );

function typedValue(texts: readonly string[], schemas: readonly Schema[]): unknown {
  const types = typesOf(schemas);
  const [text = ''] = texts;
  if (types.has('array')) {
    const items = schemas.flatMap(({ items: one }) => (one ? branches(one) : []));
    const each = texts.length > 1 ? texts : text.split(/\r?\n/);
    return each.filter((one) => one.trim() !== '').map((one) => typedValue([one], items));
  }
  // Only where empty says something: else it is not there at all.
  if (types.has('null') && text.trim() === '') return null;
  if (types.has('string') || types.size === 0) return text.replaceAll('\r\n', '\n');
  if (types.has('boolean') && /^(?:true|on|yes|false|no)$/.test(text)) return /^(?:true|on|yes)$/.test(text);
  if ((types.has('number') || types.has('integer')) && /^-?\d+(?:\.\d+)?$/.test(text.trim())) return Number(text);
  return text;
}

type Tree = { [name: string]: unknown };
const isTree = (one: unknown): one is Tree => one !== null && typeof one === 'object' && !Array.isArray(one);
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * `typed`: by dotted names. What was left empty is not there, but for the fields of `whole`: those show all there is, and empty says nothing is.
 * What is `fixed` stands unless a field of that name says otherwise.
 */
export function inputOf(
  act: Pick<AnyAct, 'input'>,
  fixed: unknown,
  typed: Readonly<Record<string, readonly string[]>>,
  whole: readonly string[] = [],
): unknown {
  const filled = Object.entries(typed).filter(
    ([name, texts]) => whole.includes(name) || texts.some((text) => text.trim() !== ''),
  );
  if (filled.length === 0) return fixed;
  const input: Tree = isTree(fixed) ? structuredClone(fixed) : {};
  for (const [name, texts] of filled) {
    const path = name.split('.');
    if (path.some((part) => forbidden.has(part))) continue;
    let at = input;
    for (const part of path.slice(0, -1)) {
      const inner = at[part];
      const next: Tree = isTree(inner) ? inner : {};
      at[part] = next;
      at = next;
    }
    at[path.at(-1) ?? ''] = typedValue(texts, schemasAt(schemaOf(act), path));
  }
  return input;
}

/** A field by the words of the act, or by its name: `newTitle` is *new title*. */
export function labelOf(act: Pick<AnyAct, 'input'>, name: string): string {
  const path = name.split('.');
  const said = schemasAt(schemaOf(act), path).find(({ description }) => description !== undefined)?.description;
  const last = (path.at(-1) ?? name).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return said ?? `${last.charAt(0).toUpperCase()}${last.slice(1)}`;
}

/** What cannot be used as it stands, in sentences. */
export function faultsOf(act: Pick<AnyAct, 'input'>, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const name = issue.path.join('.');
    const missing = issue.code === 'invalid_type' && /undefined/.test(issue.message);
    if (name === '') return `${issue.message}.`;
    return missing ? `${labelOf(act, name)}: fill this in.` : `${labelOf(act, name)}: ${issue.message}.`;
  });
}
