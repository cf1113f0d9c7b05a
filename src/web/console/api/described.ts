/** The description of the API as it is read: calls by subject, what each takes and answers, and how to type one. A function of the document. */
import { exampleOf, type Field, fieldsOf, type Schema, type Schemas, typeWords } from './schema-words.ts';

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
type Operation = {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
};
/** As the library writes it: what is looked at of it is told apart here. */
export type OpenApi = {
  readonly paths?: object | undefined;
  readonly components?: { readonly schemas?: object | undefined } | undefined;
};
type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type Parameter = {
  readonly name: string;
  readonly where: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly type: string;
  readonly about: string;
};
export type Answer = {
  readonly status: string;
  readonly about: string;
  readonly type: string | null;
  readonly fields: readonly Field[];
};
export type Call = {
  /** Within the page. */
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  readonly subject: string;
  readonly says: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly fields: readonly Field[] } | null;
  readonly answers: readonly Answer[];
  readonly curl: string;
};
export type Subject = { readonly name: string; readonly calls: readonly Call[] };

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curlOf(method: string, path: string, { parameters = [], requestBody }: Operation, base: string, all: Schemas) {
  const value = (schema: Schema | undefined) => encodeURIComponent(String(exampleOf(schema ?? {}, all)));
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => value(parameters.find((one) => one.name === name)?.schema));
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, schema }) => `${name}=${value(schema)}`);
  const address = `${base}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const json = requestBody?.content?.['application/json']?.schema;
  return [
    'curl',
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    '-H "Authorization: Bearer $API_TOKEN"',
    ...(json ? ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(exampleOf(json, all)))}`] : []),
    quoted(address),
  ].join(' ');
}

function answersOf({ responses = {} }: Operation, all: Schemas): readonly Answer[] {
  return Object.entries(responses).map(([status, { description = '', content = {} }]) => {
    const [type = null] = Object.keys(content);
    const schema = type === null ? undefined : content[type]?.schema;
    // What went wrong is told in one form by every call, and said once on the page.
    const problem = type === 'application/problem+json';
    return { status, about: description, type, fields: schema && !problem ? fieldsOf(schema, all) : [] };
  });
}

const isWhere = (where: string): where is Parameter['where'] => ['path', 'query', 'header'].includes(where);

function callOf(method: string, path: string, operation: Operation, base: string, all: Schemas): Call {
  const { summary = '', description = '', tags = [], parameters = [], requestBody } = operation;
  const schema = requestBody?.content?.['application/json']?.schema;
  return {
    anchor: `${method}${path.replace(/^\/api\/v1/, '').replace(/[^a-z0-9]+/gi, '-')}`.replace(/-$/, ''),
    method: method.toUpperCase(),
    path,
    subject: tags[0] ?? 'others',
    says: [summary, description].filter(Boolean).join('. '),
    parameters: parameters.flatMap((one) =>
      isWhere(one.in)
        ? [
            {
              name: one.name,
              where: one.in,
              required: one.required === true || one.in === 'path',
              type: typeWords(one.schema ?? {}, all),
              about: one.description ?? one.schema?.description ?? '',
            },
          ]
        : [],
    ),
    body: schema ? { required: requestBody?.required === true, fields: fieldsOf(schema, all) } : null,
    answers: answersOf(operation, all),
    curl: curlOf(method, path, operation, base, all),
  };
}

/** In the order in which the document has them. `base`: where this Postern is. */
export function subjectsOf(document: OpenApi, base: string): readonly Subject[] {
  const all = (document.components?.schemas ?? {}) as Schemas;
  const calls = Object.entries((document.paths ?? {}) as Paths).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const operation = operations[method] as Operation | undefined;
      return operation ? [callOf(method, path, operation, base.replace(/\/$/, ''), all)] : [];
    }),
  );
  const bySubject = new Map<string, Call[]>();
  for (const call of calls) bySubject.set(call.subject, [...(bySubject.get(call.subject) ?? []), call]);
  return [...bySubject].map(([name, of]) => ({ name, calls: of }));
}
