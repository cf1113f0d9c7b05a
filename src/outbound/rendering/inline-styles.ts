/** Puts styles on the tags, for mail programs that remove the style block; dark mode is in `templates/frame.html`. */
import type MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

const styles: Readonly<Record<string, string>> = {
  p: 'margin:0 0 16px',
  h2: 'margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600',
  ul: 'margin:0 0 16px;padding:0 0 0 20px',
  li: 'margin:0 0 4px',
  blockquote:
    'margin:0 0 20px;padding:14px 18px 2px;background:#f3f5f7;border-left:3px solid #2f5d8a;border-radius:4px',
  a: 'color:#1f5a92;text-decoration:underline',
  // A tag that is broken in two is hard to copy.
  code: 'padding:1px 5px;background:#e9edf1;border-radius:4px;font-family:Consolas,Menlo,monospace;font-size:14px;white-space:nowrap',
  hr: 'margin:24px 0;border:0;border-top:1px solid #d9dee3',
};
/** What somebody has written: a line beside it, so that it is not taken for the facts of ours, which stand in a box. */
const said = 'margin:0 0 20px;padding:0 0 0 16px;border-left:3px solid #c3cbd3';
/** A link that is a paragraph by itself: the one thing to do. */
const button =
  'display:inline-block;padding:9px 18px;background:#1f5a92;border-radius:6px;color:#ffffff;font-weight:600;text-decoration:none';

/** As it stands in a template before each line that somebody has written. The text part keeps it, where nothing else tells them apart. */
export const quoteMark = '> ';

/** Takes the marks out of a box that has them; the box says the same. */
function unmarked(quote: readonly Token[]): boolean {
  const lines = quote.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'text');
  if (!lines[0]?.content.startsWith(quoteMark)) return false;
  for (const line of lines) if (line.content.startsWith(quoteMark)) line.content = line.content.slice(quoteMark.length);
  return true;
}

function markQuotes(tokens: readonly Token[]): void {
  tokens.forEach((token, at) => {
    if (token.type !== 'blockquote_open') return;
    const end = tokens.findIndex((other, n) => n > at && other.type === 'blockquote_close');
    if (unmarked(tokens.slice(at, end))) token.attrSet('class', 'said');
  });
}

/** An address stands as it is; a link with words of its own is a button. */
function markButton({ children }: Token): void {
  const [open, text, close, ...more] = children ?? [];
  if (open?.type !== 'link_open' || close?.type !== 'link_close' || more.length > 0) return;
  if (/^\p{L}/u.test(text?.content ?? '')) open.attrSet('class', 'button');
}

const styleOf = (token: Token): string | undefined => {
  const kind = token.attrGet('class');
  if (kind === 'said') return said;
  if (kind === 'button') return button;
  const style = styles[token.tag];
  const dialled = token.tag === 'a' && /^tel:/.test(String(token.attrGet('href') ?? ''));
  return dialled ? `${style};white-space:nowrap` : style;
};

/** Changes the tokens. */
export function withInlineStyles(markdown: InstanceType<typeof MarkdownIt>, tokens: Token[]): string {
  const walk = (some: readonly Token[]): void => {
    for (const token of some) {
      if (token.type === 'inline') markButton(token);
      const style = token.nesting >= 0 ? styleOf(token) : undefined;
      if (style !== undefined) token.attrSet('style', style);
      if (token.children) walk(token.children);
    }
  };
  markQuotes(tokens);
  walk(tokens);
  return markdown.renderer.render(tokens, markdown.options, {});
}
