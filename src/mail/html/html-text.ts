/** HTML as a person would read it: quotes as `> ` lines, so that `reply-text.ts` needs to know one way of quoting only. */
import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text';
import { withoutHidden } from './html-hidden.ts';
import { formatTable } from './html-tables.ts';

const oneMegabyte = 1_048_576;

const quoting = { leadingLineBreaks: 2, trailingLineBreaks: 1, trimEmptyLines: true };

/** Around the whole mail, so that its tree passes through our hands before it is written out. */
const wrapper = 'postern-mail';

const formatMail: FormatCallback = (elem, walk, builder) => {
  walk(withoutHidden((elem.children as Parameters<typeof withoutHidden>[0] | undefined) ?? []), builder);
};

const options: HtmlToTextOptions = {
  wordwrap: false,
  formatters: { mail: formatMail, rows: formatTable },
  baseElements: { selectors: [wrapper] },
  limits: { maxInputLength: oneMegabyte + 100, ellipsis: '' },
  selectors: [
    { selector: wrapper, format: 'mail' },
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', format: 'rows' },
    { selector: 'dl', format: 'rows' },
    // Without a table around them.
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'blockquote', format: 'blockquote', options: quoting },
    // Programs that mark what they quote without a blockquote.
    { selector: 'div#divRplyFwdMsg', format: 'block' },
    { selector: 'div#appendonsend', format: 'skip' },
    { selector: 'div.yahoo_quoted', format: 'blockquote', options: quoting },
    { selector: 'div#isForwardContent', format: 'blockquote', options: quoting },
  ],
};

// Reading the options takes longer than most mails.
const toText = compile(options);

/** Deeper than any person's mail; the converter takes time by the square of it. */
const deepest = 200;

// Without an end tag, or ended by the parser where the next begins.
const shallow = new Set(
  'area base br col embed hr img input link meta source wbr p li td th tr dt dd option tbody thead'.split(' '),
);

function tooDeep(html: string): boolean {
  let depth = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9:]{0,30})/gi)) {
    if (shallow.has((match[2] ?? '').toLowerCase())) continue;
    if (match[1] === '/') depth = Math.max(0, depth - 1);
    else if (++depth > deepest) return true;
  }
  return false;
}

/** At most 1 MB of HTML is looked at; what the converter cannot take is stripped of its tags, so that no words are lost. */
export function htmlToPlain(html: string): string {
  const bounded = html.slice(0, oneMegabyte);
  if (tooDeep(bounded)) return stripTags(bounded);
  try {
    const unwrapped = bounded.replaceAll(new RegExp(`</?${wrapper}`, 'gi'), '');
    return toText(`<${wrapper}>${unwrapped}</${wrapper}>`);
  } catch {
    return stripTags(bounded);
  }
}

/** One linear pass; a `<` that is never closed ends the text; what stands in style and script is no text. */
function stripTags(html: string): string {
  const lower = html.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      pieces.push(html.slice(at));
      break;
    }
    pieces.push(html.slice(at, open), ' ');
    const silent = /^<(style|script)\b/.exec(lower.slice(open, open + 8));
    const inner = silent ? lower.indexOf(`</${silent[1]}`, open) : open;
    const close = inner < 0 ? -1 : html.indexOf('>', inner);
    if (close < 0) break;
    at = close + 1;
  }
  return pieces.join('').replace(/[ \t]+/g, ' ');
}
