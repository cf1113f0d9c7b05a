/** The text part, from the same tree as the HTML part. Lines are not wrapped: programs do that to the width they have. */
import type { Token } from 'markdown-it';

/** Text of one line of Markdown; a link shows where it leads unless its text says so, in the brackets of RFC 3986, appendix C. */
function inline(tokens: readonly Token[], put: (text: string) => string): string {
  let out = '';
  const open: { href: string; from: number }[] = [];
  for (const token of tokens) {
    if (token.type === 'text' || token.type === 'code_inline') out += put(token.content);
    else if (token.type === 'hardbreak') out += '\n';
    else if (token.type === 'softbreak') out += ' ';
    else if (token.type === 'link_open') {
      open.push({ href: put(String(token.attrGet('href') ?? '')), from: out.length });
    } else if (token.type === 'link_close') {
      const link = open.pop();
      if (!link) continue;
      const target = link.href.replace(/^(?:mailto|tel):/, '');
      const said = out.slice(link.from);
      if (!/^tel:/.test(link.href) && !said.includes(target)) out += ` <${target}>`;
    }
  }
  return out;
}

const indented = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, i) => (line === '' ? '' : (i === 0 ? first : rest) + line))
    .join('\n');

/** Paragraphs with an empty line between them, lists with hyphens, facts set in by two spaces; `put` fills in the values. */
export function plainText(tokens: readonly Token[], put: (text: string) => string): string {
  const blocks: string[] = [];
  let depth = 0;
  let bullet = false;
  let lists = 0;
  let tight = false;
  for (const token of tokens) {
    if (token.type === 'blockquote_open') depth += 1;
    else if (token.type === 'blockquote_close') depth -= 1;
    else if (token.type === 'bullet_list_open') lists += 1;
    else if (token.type === 'bullet_list_close') {
      lists -= 1;
      tight = false;
    } else if (token.type === 'list_item_open') bullet = true;
    else if (token.type === 'hr') blocks.push('-----');
    else if (token.type === 'inline') {
      const margin = '  '.repeat(depth);
      const text = inline(token.children ?? [], put);
      const block =
        lists > 0 ? indented(text, `${margin}${bullet ? '- ' : '  '}`, `${margin}  `) : indented(text, margin, margin);
      if (tight && lists > 0) blocks.push(`${blocks.pop() ?? ''}\n${block}`);
      else blocks.push(block);
      tight = lists > 0;
      bullet = false;
    }
  }
  return `${blocks.join('\n\n')}\n`;
}
