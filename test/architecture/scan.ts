/**
 * What a source file imports and names, by a real parser: a pattern on text would see imports in comments and miss those in
 * types. (A checker built on the old TypeScript API sees no modules under TypeScript 7, and passes.)
 */
import { parseAst } from 'vitest/node';

export type Import = {
  /** As written; null where it is worked out at run time. */
  readonly target: string | null;
  /** Names that are taken: `default`, `*` for all of it. */
  readonly names: readonly string[];
  readonly line: number;
};

export type Mention = { readonly name: string; readonly line: number };

export type Module = {
  readonly imports: readonly Import[];
  /** Names and members that are read, such as `fetch`, `process.env`, `Date.now`; `new Date()` and `Date()` without argument as such. */
  readonly mentions: readonly Mention[];
  /** `.consume('intake', …)` as `consume:intake`: calls of a member whose first argument is a string. */
  readonly calls: readonly Mention[];
  /** `const name = { key: … }` and `const name = ['key', …]`. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** The text of templates in back quotes, piece by piece between their holes. */
  readonly texts: readonly Mention[];
  /** Strings in quotes, also those of types; not the names of properties, nor what is imported. */
  readonly strings: readonly Mention[];
};

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const child = (node: Node, key: string): Node | null => (isNode(node[key]) ? (node[key] as Node) : null);
const children = (node: Node, key: string): Node[] => (Array.isArray(node[key]) ? node[key].filter(isNode) : []);

/** A string, also in back quotes without a hole. */
function stringOf(node: Node | null): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  const [quasi, ...more] = node?.type === 'TemplateLiteral' ? children(node, 'quasis') : [];
  return quasi && more.length === 0 ? (quasi.value as { cooked: string }).cooked : null;
}

/** `as const`, `satisfies …`, parentheses and `!` around a value. */
function bare(node: Node | null): Node | null {
  const wrapped =
    /^(?:TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|ParenthesizedExpression|ChainExpression)$/;
  let at = node;
  while (at && wrapped.test(at.type)) at = child(at, 'expression');
  return at;
}

const nameOf = (node: Node | null): string | null =>
  node?.type === 'Identifier' ? String(node.name) : node?.type === 'MetaProperty' ? 'import.meta' : stringOf(node);

/** `a.b.c`, also `a['b']`; `globalThis.a` is `a`. Null where it begins with something else than a name. */
function dotted(node: Node | null): string | null {
  const at = bare(node);
  if (at?.type !== 'MemberExpression')
    return at?.type === 'Identifier' || at?.type === 'MetaProperty' ? nameOf(at) : null;
  const object = dotted(child(at, 'object'));
  const property = child(at, 'property');
  const name = at.computed === true ? stringOf(property) : nameOf(property);
  if (object === null || name === null) return null;
  return object === 'globalThis' || object === 'global' ? name : `${object}.${name}`;
}

const cache = new Map<string, Module>();

export function scan(path: string, source: string): Module {
  const key = `${path}\n${source}`;
  const known = cache.get(key);
  if (known) return known;
  const module = read(parseAst(source, { lang: path.endsWith('.ts') ? 'ts' : 'js' }) as unknown as Node, source);
  cache.set(key, module);
  return module;
}

function read(program: Node, source: string): Module {
  const imports: Import[] = [];
  const mentions: Mention[] = [];
  const calls: Mention[] = [];
  const lists = new Map<string, readonly string[]>();
  const texts: Mention[] = [];
  const strings: Mention[] = [];
  const line = (node: Node) => source.slice(0, node.start).split('\n').length;
  const add = (node: Node, from: Node | null, names: readonly string[]) =>
    imports.push({ target: stringOf(from), names, line: line(node) });
  const requires = new Set(['require']);

  const visit = (node: Node): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration': {
        const from = child(node, 'source');
        if (!from) break;
        const specifiers = children(node, 'specifiers');
        const names = specifiers.map((one) =>
          one.type === 'ImportNamespaceSpecifier'
            ? '*'
            : one.type === 'ImportDefaultSpecifier'
              ? 'default'
              : (nameOf(child(one, one.type === 'ImportSpecifier' ? 'imported' : 'local')) ?? '*'),
        );
        add(node, from, node.type === 'ExportAllDeclaration' ? ['*'] : names);
        return;
      }
      case 'ImportExpression':
        add(node, child(node, 'source'), ['*']);
        break;
      case 'TSImportType':
        add(node, child(node, 'source') ?? child(child(node, 'argument') ?? node, 'literal'), ['*']);
        break;
      case 'VariableDeclarator': {
        const pattern = child(node, 'id');
        const whole = dotted(child(node, 'init'));
        const taken = pattern?.type === 'ObjectPattern' ? children(pattern, 'properties') : [];
        // `const { env } = process` reads `process.env`, and not all of `process`.
        if (
          whole !== null &&
          taken.length > 0 &&
          taken.every((one) => one.type === 'Property' && one.computed !== true)
        ) {
          for (const one of taken) {
            const key = nameOf(child(one, 'key'));
            if (key !== null) mentions.push({ name: `${whole}.${key}`, line: line(node) });
          }
          return;
        }
        const name = nameOf(child(node, 'id'));
        const value = bare(child(node, 'init'));
        if (name === null || !value) break;
        if (value.type === 'CallExpression' && dotted(child(value, 'callee'))?.endsWith('createRequire'))
          requires.add(name);
        if (value.type === 'ObjectExpression')
          lists.set(
            name,
            children(value, 'properties').flatMap((one) => nameOf(child(one, 'key')) ?? []),
          );
        if (value.type === 'ArrayExpression')
          lists.set(
            name,
            children(value, 'elements').flatMap((one) => stringOf(one) ?? []),
          );
        break;
      }
      case 'CallExpression': {
        const callee = bare(child(node, 'callee'));
        const [first] = children(node, 'arguments');
        const name = dotted(callee) ?? '';
        const made = callee?.type === 'CallExpression' ? (dotted(child(callee, 'callee')) ?? '') : '';
        if (
          requires.has(name.replace(/\.resolve$/, '')) ||
          made.endsWith('createRequire') ||
          name === 'import.meta.resolve'
        )
          add(node, first ?? null, ['*']);
        if (name === 'Date') mentions.push({ name: 'Date()', line: line(node) });
        const member = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : null;
        const said = stringOf(first ?? null);
        if (member !== null && said !== null) calls.push({ name: `${member}:${said}`, line: line(node) });
        break;
      }
      case 'NewExpression': {
        const name = dotted(child(node, 'callee'));
        const given = children(node, 'arguments');
        const [first] = given;
        if (name === 'Date' && given.length === 0) mentions.push({ name: 'new Date()', line: line(node) });
        // The way to a thread's file: it is loaded as surely as an import.
        if (
          name === 'URL' &&
          dotted(given[1] ?? null) === 'import.meta.url' &&
          /\.[mc]?[tj]s$/.test(stringOf(first ?? null) ?? '')
        )
          add(node, first ?? null, ['*']);
        break;
      }
      case 'TemplateLiteral':
        for (const quasi of children(node, 'quasis'))
          texts.push({ name: (quasi.value as { raw: string }).raw, line: line(quasi) });
        break;
      case 'MemberExpression': {
        const name = dotted(node);
        if (name !== null) {
          mentions.push({ name, line: line(node) });
          if (node.computed !== true) return void visitObject(node);
        } else if (node.computed !== true) {
          const property = nameOf(child(node, 'property'));
          if (property !== null) mentions.push({ name: `….${property}`, line: line(node) });
          return void visitObject(node);
        }
        break;
      }
      case 'Literal':
        if (typeof node.value === 'string') strings.push({ name: node.value, line: line(node) });
        break;
      case 'Identifier':
        mentions.push({ name: String(node.name), line: line(node) });
        break;
      default:
    }
    for (const [key, value] of Object.entries(node)) {
      // What a property is called is not a name that is read; a pattern takes it out of something, which is.
      if (key === 'key' && node.computed !== true && node.type !== 'Property') continue;
      if (key === 'key' && node.type === 'Property' && node.computed !== true) {
        const taken = nameOf(child(node, 'key'));
        if (taken !== null && node.pattern === true) mentions.push({ name: `….${taken}`, line: line(node) });
        continue;
      }
      if (isNode(value)) visit(value);
      else if (Array.isArray(value)) for (const one of value) if (isNode(one)) visit(markPattern(node, one));
    }
  };
  /** `process.env.X` names `process.env`, too, but not `process` by itself. */
  const visitObject = (node: Node): void => {
    const object = bare(child(node, 'object'));
    if (object && object.type !== 'Identifier' && object.type !== 'MetaProperty') visit(object);
  };
  visit(program);
  return { imports, mentions, calls, lists, texts, strings };
}

/** Properties look the same in `{ a: 1 }` and in `const { a } = b`; only the second takes something out. */
const markPattern = (parent: Node, node: Node): Node =>
  parent.type === 'ObjectPattern' && node.type === 'Property' ? { ...node, pattern: true } : node;
