/** The Markdown of announcements (POLICY §10.6): what our letters can show, in both parts, and nothing else. */
import MarkdownIt, { type Token } from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** By the kind of a token: what stands there, and what to write in its place. */
const refused: Readonly<Record<string, string>> = {
  fence: 'a block of code; write commands in `backticks`, in a line of their own',
  code_block: 'a block of code (a line set in by four spaces); write commands in `backticks`',
  ordered_list_open: 'a numbered list; write a list with hyphens',
  table_open: 'a table; write a list with hyphens',
  image: 'a picture, which most programs hide; write a link to it',
  s_open: 'text that is crossed out',
};

function walk(tokens: readonly Token[], faults: Set<string>): void {
  for (const token of tokens) {
    const what = refused[token.type];
    if (what) faults.add(`it holds ${what}`);
    if (token.type === 'heading_open' && token.tag !== 'h2')
      faults.add('it holds a heading of another level; write headings with ##');
    if (token.type === 'link_open' && !/^(?:https?|mailto):/i.test(String(token.attrGet('href') ?? '')))
      faults.add('it holds a link that is neither https:, http: nor mailto:');
    if (token.children) walk(token.children, faults);
  }
}

/** What is wrong with it, one part of a sentence each. */
export function faultsOfBody(body: string): string[] {
  const faults = new Set<string>();
  if (body.trim() === '') faults.add('it has no text');
  if (/<\/?[a-z][^>\n]{0,200}>/i.test(body.replace(/`[^`\n]*`/g, '').replace(/<(?:https?|mailto):[^>\s]*>/gi, '')))
    faults.add('it holds HTML, which is shown as it is typed; write Markdown');
  if (/\{%-?\s*(?:end)?raw/.test(body)) faults.add('it holds "{% raw" or "{% endraw", which our templates use');
  if (/[\uE000\uE001]/.test(body)) faults.add('it holds characters of private use');
  walk(markdown.parse(body, {}), faults);
  return [...faults];
}

/** A template whose text this is: nothing of it is read as a value. */
export function asTemplate(body: string, frame: string): string {
  const place = '{{ body }}';
  if (!frame.includes(place)) throw new Error(`it has no place for the text: ${place}`);
  return frame.replace(place, () => `{% raw %}${body.trim()}{% endraw %}`);
}
