/** Text that a mail program hides in an HTML mail is ignored (MAIL.md §2): styles, in place and by class, and attributes. */
import type { DomNode } from './html-node.ts';

/** The declarations of one style, names and values in lower case. */
type Style = ReadonlyMap<string, string>;
const noStyle: Style = new Map();

const mayHide = /display|visib|font|mso-hide|opacity|height|width|position|indent/i;

function readStyle(text: string): Style {
  if (!mayHide.test(text)) return noStyle;
  const style = new Map<string, string>();
  for (const declaration of text.toLowerCase().split(';', 100)) {
    const colon = declaration.indexOf(':');
    if (colon > 0) style.set(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim());
  }
  return style;
}

const important = /\s*!\s*important$/;
const isImportant = (value: string | undefined): boolean =>
  value?.endsWith('important') === true && important.test(value);

/** What comes later counts, but for what was said to be important. */
function merged(first: Style, later: Style): Style {
  if (first.size === 0) return later;
  const out = new Map(first);
  for (const [name, value] of later) if (!isImportant(out.get(name)) || isImportant(value)) out.set(name, value);
  return out;
}

const declared = (style: Style, name: string): string => (style.get(name) ?? '').replace(important, '');
const isZero = (value: string): boolean => /^0*\.?0+ ?(?:px|pt|em|rem|%|in|cm|mm|vh|vw)?$/.test(value);
const farAway = /^-\d{3,}(?:\.\d+)?(?:px|pt|em|rem)?$/;

/** The element is not shown, and nothing within it can be. */
function hides(style: Style): boolean {
  const of = (name: string) => declared(style, name);
  if (of('display') === 'none' || of('mso-hide') === 'all' || isZero(of('opacity'))) return true;
  const cut = of('overflow') === 'hidden' || of('overflow') === 'clip';
  if (cut && ['height', 'max-height', 'width', 'max-width'].some((name) => isZero(of(name)))) return true;
  if (farAway.test(of('text-indent'))) return true;
  return /^(?:absolute|fixed)$/.test(of('position')) && ['left', 'top', 'right'].some((name) => farAway.test(of(name)));
}

/** Inherited, and taken back by an element within: a table cell of size 0 around text of size 14 is how layouts are built. */
type Inherited = { readonly tiny: boolean; readonly invisible: boolean };

/** Nobody reads one pixel. */
const tinySize = (size: string): boolean => isZero(size) || /^(?:0?\.\d+|1(?:\.0+)?)(?:px|pt)$/.test(size);
const relativeSize = /^(?:inherit|unset|smaller|larger|\d*\.?\d+ ?(?:em|%))$/;
const sizeInShorthand = /(?:^| )(\d*\.?\d+ ?(?:px|pt|em|rem|%)?)(?:\/\S+)? \S/;

function inherits(from: Inherited, style: Style): Inherited {
  if (style.size === 0) return from;
  const size = declared(style, 'font-size') || (sizeInShorthand.exec(declared(style, 'font'))?.[1] ?? '');
  const visibility = declared(style, 'visibility');
  return {
    tiny: size === '' || (from.tiny && relativeSize.test(size)) ? from.tiny : tinySize(size),
    invisible: visibility === '' || visibility === 'inherit' ? from.invisible : visibility !== 'visible',
  };
}

const simpleSelector = /^([a-z0-9]*)([.#][\w-]+)$/;
const longestSheet = 200_000;

function withoutComments(css: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('/*', at);
    const close = open < 0 ? -1 : css.indexOf('*/', open + 2);
    pieces.push(css.slice(at, open < 0 ? css.length : open));
    if (close < 0) break;
    at = close + 2;
  }
  return pieces.join(' ');
}

/** Rules by class and by id, with or without a tag; what holds on some screens only is passed over. Linear in the sheet. */
function readSheet(css: string, rules: Map<string, Style>): void {
  const text = withoutComments(css.slice(0, longestSheet));
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open < 0) return;
    const selectors = text
      .slice(at, open)
      .trim()
      .toLowerCase()
      .replace(/^(?:<!--|-->|\s)+/, '');
    let close = text.indexOf('}', open);
    if (selectors.startsWith('@')) {
      let depth = 1;
      close = open + 1;
      while (close < text.length && depth > 0) {
        if (text[close] === '{') depth++;
        else if (text[close] === '}') depth--;
        close++;
      }
      at = close;
      continue;
    }
    if (close < 0) return;
    const style = readStyle(text.slice(open + 1, close));
    if (style.size > 0)
      for (const selector of selectors.split(',', 50)) {
        const key = selector.trim();
        if (simpleSelector.test(key)) rules.set(key, merged(rules.get(key) ?? noStyle, style));
      }
    at = close + 1;
  }
}

const childrenOf = (node: DomNode): DomNode[] => (node.children as DomNode[] | undefined) ?? [];

function collectRules(nodes: readonly DomNode[], rules: Map<string, Style>): void {
  for (const node of nodes) {
    if (node.type === 'style') for (const text of childrenOf(node)) readSheet(text.data ?? '', rules);
    else collectRules(childrenOf(node), rules);
  }
}

function styleOf(node: DomNode, rules: ReadonlyMap<string, Style>): Style {
  const { style = '', class: classes = '', id = '' } = (node.attribs as Record<string, string> | undefined) ?? {};
  let found = noStyle;
  if (rules.size > 0 && (classes !== '' || id !== '')) {
    const names = [
      ...classes
        .toLowerCase()
        .split(/\s+/, 20)
        .map((one) => `.${one}`),
      `#${id.toLowerCase()}`,
    ];
    for (const name of names)
      for (const key of [name, `${node.name}${name}`]) found = merged(found, rules.get(key) ?? noStyle);
  }
  return style === '' ? found : merged(found, readStyle(style));
}

const neverShown = new Set(['template', 'script', 'style', 'title']);

function prune(nodes: readonly DomNode[], rules: ReadonlyMap<string, Style>, from: Inherited): DomNode[] {
  const out: DomNode[] = [];
  for (const node of nodes) {
    if (node.type === 'text') {
      if (!from.tiny && !from.invisible) out.push(node);
      continue;
    }
    if (node.type !== 'tag' || neverShown.has(node.name ?? '')) continue;
    if ((node.attribs as Record<string, string> | undefined)?.hidden !== undefined) continue;
    const style = styleOf(node, rules);
    if (hides(style)) continue;
    const children = childrenOf(node);
    // A head that is never closed holds the body.
    const inside = node.name === 'head' ? children.filter((one) => one.name === 'body') : children;
    node.children = prune(inside, rules, inherits(from, style));
    out.push(node);
  }
  return out;
}

/** Takes out of a tree what is not shown. */
export function withoutHidden(nodes: readonly DomNode[]): DomNode[] {
  const rules = new Map<string, Style>();
  collectRules(nodes, rules);
  return prune(nodes, rules, { tiny: false, invisible: false });
}
