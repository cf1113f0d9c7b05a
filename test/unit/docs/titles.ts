/** Titles of the tests in a file, by a real parser: a test that is commented out, skipped or still to be written is none. */
import { parseAst } from 'vitest/node';

type Node = { readonly type: string; readonly [key: string]: unknown };

export type Titles = {
  /** As written; templates of `each` and back quotes keep their holes. Also behind the titles of their groups: `group › title`. */
  readonly written: ReadonlySet<string>;
  /** Every string and key in the file: what the holes of a title may be filled with. */
  readonly words: ReadonlySet<string>;
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

/** A hole of a template reads `%s`, as those of `each` do. */
function textOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral') return null;
  return (node.quasis as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked).join('%s');
}

/** `it.skipIf(x)('…')` and `describe.each([…])('…')` as `it` and `describe`; null for what runs nothing. */
function kindOf(callee: unknown): 'test' | 'group' | null {
  if (!isNode(callee)) return null;
  switch (callee.type) {
    case 'Identifier':
      if (callee.name === 'it' || callee.name === 'test') return 'test';
      return callee.name === 'describe' ? 'group' : null;
    case 'MemberExpression': {
      const member = (callee.property as Node).name;
      return member === 'skip' || member === 'todo' || member === 'fails' ? null : kindOf(callee.object);
    }
    case 'CallExpression':
      return kindOf(callee.callee);
    case 'TaggedTemplateExpression':
      return kindOf(callee.tag);
    default:
      return null;
  }
}

const offOf = (callee: unknown): boolean =>
  isNode(callee) &&
  ((callee.type === 'MemberExpression' && (callee.property as Node).name === 'skip') ||
    [callee.object, callee.callee].some(offOf));

export function titlesOf(source: string): Titles {
  const written = new Set<string>();
  const words = new Set<string>();
  const visit = (node: Node, groups: readonly string[]): void => {
    const text = textOf(node);
    if (text !== null) words.add(text);
    if (node.type === 'Literal') words.add(String(node.value));
    if (node.type === 'Property' && isNode(node.key) && node.key.type === 'Identifier')
      words.add(String(node.key.name));
    let inside = groups;
    if (node.type === 'CallExpression') {
      const [first] = node.arguments as unknown[];
      const kind = kindOf(node.callee);
      const title = kind === null ? null : textOf(first);
      if (title !== null && kind === 'test') {
        written.add(title);
        written.add([...groups, title].join(' › '));
      }
      if (title !== null && kind === 'group') inside = [...groups, title];
      // A group that is skipped shows nothing.
      if (offOf(node.callee)) return;
    }
    for (const child of childrenOf(node)) visit(child, inside);
  };
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node, []);
  return { written, words };
}

const hole = /%(?:[sdifjoOc#]|\$)|\$[A-Za-z_][\w.]*/g;
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** As it is written, or with its holes filled with words that stand in the file. */
export function hasTitle({ written, words }: Titles, title: string): boolean {
  if (written.has(title)) return true;
  return [...written].some((template) => {
    if (template.search(hole) < 0) return false;
    const parts = template.split(hole).map(escaped);
    const filled = new RegExp(`^${parts.join('(.+)')}$`, 's').exec(title);
    return filled?.slice(1).every((one) => words.has(one)) ?? false;
  });
}
