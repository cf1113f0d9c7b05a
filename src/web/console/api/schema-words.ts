/** A JSON schema in words, as fields, and as an example of it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
};
export type Schemas = Readonly<Record<string, Schema>>;

export type Field = {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly about: string;
  readonly inner: readonly Field[];
};

const mostDeep = 5;

const nameOf = ({ $ref = '' }: Schema): string => $ref.replace(/^.*\//, '');
/** What a reference stands for; what is beside it wins. */
function resolved(schema: Schema, all: Schemas): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref: _, ...beside } = schema;
  return { ...(all[nameOf(schema)] ?? {}), ...beside };
}

const isNull = ({ type, const: only }: Schema): boolean => type === 'null' || only === null;
const choicesOf = (schema: Schema): readonly Schema[] => [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
const types = ({ type }: Schema): readonly string[] => (type === undefined ? [] : [type].flat());

const plainWords: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
};
const formats: Readonly<Record<string, string>> = {
  'date-time': 'time, ISO 8601',
  date: 'day, ISO 8601',
  email: 'address',
  uri: 'link',
};

const oneOrOther = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'anything') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function range({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined && maximum < 2 ** 53 - 1) return ` from ${minimum} to ${maximum}`;
  return minimum !== undefined && minimum > -(2 ** 53) + 1 ? ` from ${minimum} on` : '';
}

/** `text`, `list of Letter`, `sent, failed or null`. */
export function typeWords(schema: Schema, all: Schemas, deep = 0): string {
  if (schema.$ref !== undefined && !all[nameOf(schema)]?.enum) return nameOf(schema);
  const own = resolved(schema, all);
  if (deep > mostDeep) return 'and so on';
  const choices = choicesOf(own);
  if (choices.length > 0) return oneOrOther([...new Set(choices.map((one) => typeWords(one, all, deep + 1)))]);
  if (own.const !== undefined) return JSON.stringify(own.const);
  if (own.enum) return oneOrOther(own.enum.map(String));
  const words = types(own).map((type) => {
    if (type === 'array') return `list of ${own.items ? typeWords(own.items, all, deep + 1) : 'anything'}`;
    if (type === 'string' && own.format !== undefined) return formats[own.format] ?? `text (${own.format})`;
    return `${plainWords[type] ?? type}${type === 'integer' || type === 'number' ? range(own) : ''}`;
  });
  return words.length > 0 ? oneOrOther(words) : own.properties ? 'object' : 'anything';
}

/** The objects of a schema: its own, those of its choices and of what it lists. */
function objectsOf(
  schema: Schema,
  all: Schemas,
  seen: readonly string[],
): readonly (readonly [Schema, readonly string[]])[] {
  if (seen.length > mostDeep || (schema.$ref !== undefined && seen.includes(schema.$ref))) return [];
  const path = schema.$ref === undefined ? seen : [...seen, schema.$ref];
  const own = resolved(schema, all);
  const inner = [...choicesOf(own), ...(own.allOf ?? []), ...(own.items ? [own.items] : [])];
  return [
    ...(own.properties ? [[own, path] as const] : []),
    ...inner.filter((one) => !isNull(one)).flatMap((one) => objectsOf(one, all, path)),
  ];
}

/** A name that stands in several of the choices is told once; needed is what all of them need. */
export function fieldsOf(schema: Schema, all: Schemas, seen: readonly string[] = [], deep = 0): readonly Field[] {
  if (deep > mostDeep) return [];
  const objects = objectsOf(schema, all, seen);
  const fields = new Map<string, Field>();
  for (const [object, path] of objects)
    for (const [name, property] of Object.entries(object.properties ?? {})) {
      const needed = objects.every(([one]) => one.required?.includes(name) ?? false);
      if (fields.has(name)) continue;
      fields.set(name, {
        name,
        type: typeWords(property, all),
        required: needed,
        about: property.description ?? resolved(property, all).description ?? '',
        inner: fieldsOf(property, all, path, deep + 1),
      });
    }
  return [...fields.values()];
}

function plainExample({ format, pattern, minimum }: Schema, type: string | undefined): unknown {
  if (type === 'integer' || type === 'number') return minimum !== undefined && minimum > -1_000 ? minimum : 1;
  if (type === 'boolean') return true;
  if (format === 'date-time') return '2026-11-21T05:41:12Z';
  if (format === 'date') return '2026-11-21';
  if (format === 'email') return 'ada@customer.example';
  if (pattern?.includes('{7}')) return '1000345';
  if (pattern !== undefined && /\[0-9\]|\\d/.test(pattern)) return '42';
  return 'text';
}

/** What is needed, and of the rest what has an example. */
export function exampleOf(schema: Schema, all: Schemas, deep = 0): unknown {
  const own = resolved(schema, all);
  if (own.example !== undefined) return own.example;
  if (own.examples && own.examples.length > 0) return own.examples[0];
  if (own.const !== undefined) return own.const;
  if (own.enum) return own.enum[0];
  if (own.default !== undefined) return own.default;
  if (deep > mostDeep) return null;
  const [choice] = choicesOf(own).filter((one) => !isNull(one));
  if (choice) return exampleOf(choice, all, deep + 1);
  const type = types(own).find((one) => one !== 'null');
  if (type === 'array') return own.items ? [exampleOf(own.items, all, deep + 1)] : [];
  if (type !== 'object' && !own.properties) return plainExample(own, type);
  const needed = Object.entries(own.properties ?? {}).filter(([name]) => own.required?.includes(name));
  return Object.fromEntries(needed.map(([name, one]) => [name, exampleOf(one, all, deep + 1)]));
}
