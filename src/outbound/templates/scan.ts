/** What a template says: the values that it puts in, what it asks of them, which of their cases it treats, and where. */

/** `line` counts from 1. */
export type Used = { readonly line: number };
export type Scanned = {
  /** Values that are put in, by their path: `due`, `cases[].title`. */
  readonly values: ReadonlyMap<string, Used>;
  /** Values that only a condition or a loop asks about. */
  readonly asked: ReadonlyMap<string, Used>;
  /** `lowered = trial`: a case of a value that it treats. */
  readonly cases: ReadonlyMap<string, Used>;
  readonly tags: readonly (Used & { readonly tag: string; readonly inner: string })[];
  readonly filters: readonly (Used & { readonly filter: string })[];
  /** A loop over numbers rather than over values. */
  readonly ranges: readonly Used[];
};

const piece = /\{\{-?([\s\S]*?)-?\}\}|\{%-?\s*([a-z_]+)([\s\S]*?)-?%\}/g;
const quoted = /'([^']*)'|"([^"]*)"/g;
const path = /[a-zA-Z_]\w*(?:\.\w+|\[\d+\])*/g;
const words = new Set(['and', 'or', 'not', 'contains', 'in', 'true', 'false', 'nil', 'null', 'empty', 'blank']);
const comparison = /([a-zA-Z_][\w.[\]]*)\s*(?:==|!=)\s*(?:'([^']*)'|"([^"]*)")/g;

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** `cases.first.number`, `cases[0].number` and `one.number` in a loop over `cases` are one value. */
function resolved(name: string, loops: readonly (readonly [string, string])[]): string | null {
  const [root = '', ...rest] = name.replaceAll(/\[\d+\]|\.(?:first|last)\b/g, '[]').split(/(?=\.|\[)/);
  if (root === 'forloop') return null;
  const of = loops.findLast(([alias]) => alias === root)?.[1] ?? root;
  const whole = `${of}${rest.join('')}`;
  return whole.endsWith('.size') ? whole.slice(0, -'.size'.length) : whole;
}

export function scan(text: string): Scanned {
  const values = new Map<string, Used>();
  const asked = new Map<string, Used>();
  const cases = new Map<string, Used>();
  const tags: Scanned['tags'][number][] = [];
  const filters: Scanned['filters'][number][] = [];
  const ranges: Used[] = [];
  const loops: [string, string][] = [];
  const of: string[] = [];
  const note = (into: Map<string, Used>, name: string, used: Used) => {
    if (!into.has(name)) into.set(name, used);
  };
  for (const found of text.matchAll(piece)) {
    const used = { line: lineAt(text, found.index) };
    const [, output, tag = '', inner = ''] = found;
    const plain = (output ?? inner).replaceAll(quoted, "''");
    const [expression = '', ...after] = plain.split('|');
    for (const one of after) filters.push({ ...used, filter: /^\s*([a-zA-Z_]\w*)/.exec(one)?.[1] ?? '' });
    if (/\(\s*[\w.]+\s*\.\./.test(plain)) ranges.push(used);
    if (output === undefined) tags.push({ ...used, tag, inner });
    if (tag === 'endfor') loops.pop();
    if (tag === 'endcase') of.pop();
    if (tag === 'for') {
      const [, alias = '', list = ''] = /^\s*(\w+)\s+in\s+([\w.[\]]+)/.exec(plain) ?? [];
      const over = resolved(list, loops);
      if (over !== null && over !== '') note(asked, over, used);
      loops.push([alias, `${over ?? ''}[]`]);
      continue;
    }
    for (const [name] of expression.matchAll(path)) {
      const whole = words.has(name) ? null : resolved(name, loops);
      if (whole === null) continue;
      if (output !== undefined) note(values, whole, used);
      else if (tag !== 'when') note(asked, whole, used);
      if (tag === 'case') of.push(whole);
    }
    if (tag === 'when')
      for (const [, a, b] of inner.matchAll(quoted)) note(cases, `${of.at(-1) ?? ''} = ${a ?? b ?? ''}`, used);
    if (output === undefined)
      for (const [, name = '', a, b] of inner.matchAll(comparison)) {
        const whole = resolved(name, loops);
        if (whole !== null) note(cases, `${whole} = ${a ?? b ?? ''}`, used);
      }
  }
  return { values, asked, cases, tags, filters, ranges };
}

/** Every path that stands in a view: of a list by `[]`, of what holds something by its name as well. */
export function pathsIn(value: unknown, at = ''): readonly string[] {
  const here = at === '' ? [] : [at];
  if (Array.isArray(value)) return [...here, ...new Set(value.flatMap((one) => pathsIn(one, `${at}[]`)))];
  if (value === null || typeof value !== 'object') return here;
  return [
    ...here,
    ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, at === '' ? name : `${at}.${name}`)),
  ];
}

/** What stands between backticks, without what follows the first word: `SEVERITY 2` is the instruction `SEVERITY`. */
export function instructionsOf(text: string): ReadonlyMap<string, Used> {
  const found = new Map<string, Used>();
  for (const { 1: inner = '', index } of text.matchAll(/`([^`\n]+)`/g)) {
    const word = /^(?:[\p{Lu}][\p{Lu}\d]*(?:\s[\p{Lu}]{2,})*|\p{L}+:)(?![\p{L}\d])/u.exec(inner)?.[0];
    if (word !== undefined && !found.has(word)) found.set(word, { line: lineAt(text, index) });
  }
  return found;
}
