/** HTML as a person would read it: quotes as `> ` lines, so that `reply-text.ts` needs to know one way of quoting only. */
import { convert, type HtmlToTextOptions } from 'html-to-text';

const oneMegabyte = 1_048_576;

const quoting = { leadingLineBreaks: 2, trailingLineBreaks: 1, trimEmptyLines: true };

const options: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxInputLength: oneMegabyte, maxDepth: 200, maxChildNodes: 20_000, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', options: { colSpacing: 1 } },
    { selector: 'blockquote', format: 'blockquote', options: quoting },
    // Programs that mark what they quote without a blockquote.
    { selector: 'div#divRplyFwdMsg', format: 'block' },
    { selector: 'div#appendonsend', format: 'skip' },
    { selector: 'div.yahoo_quoted', format: 'blockquote', options: quoting },
    { selector: 'div#isForwardContent', format: 'blockquote', options: quoting },
  ],
};

/** At most 1 MB of HTML is looked at; what the converter cannot take (too deep a tree) is stripped of its tags. */
export function htmlToPlain(html: string): string {
  const bounded = html.slice(0, oneMegabyte);
  // libraries read elements that are never closed by recursion; a tree deeper than any person writes is not worth its stack
  try {
    return convert(bounded, options);
  } catch {
    return stripTags(bounded);
  }
}

/** One linear pass; a `<` that is never closed ends the text. */
export function stripTags(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      pieces.push(html.slice(at));
      break;
    }
    pieces.push(html.slice(at, open), ' ');
    const close = html.indexOf('>', open);
    if (close < 0) break;
    at = close + 1;
  }
  return pieces.join('').replace(/[ \t]+/g, ' ');
}
