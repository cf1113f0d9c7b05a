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
  code: 'white-space:nowrap',
  hr: 'margin:24px 0;border:0;border-top:1px solid #d9dee3',
};

export function withInlineStyles(markdown: InstanceType<typeof MarkdownIt>, tokens: Token[]): string {
  const walk = (some: readonly Token[]): void => {
    for (const token of some) {
      const style = token.nesting >= 0 ? styles[token.tag] : undefined;
      const dialled = token.tag === 'a' && /^tel:/.test(String(token.attrGet('href') ?? ''));
      if (style !== undefined) token.attrSet('style', dialled ? `${style};white-space:nowrap` : style);
      if (token.children) walk(token.children);
    }
  };
  walk(tokens);
  return markdown.renderer.render(tokens, markdown.options, {});
}
