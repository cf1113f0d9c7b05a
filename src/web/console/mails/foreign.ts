/**
 * HTML that somebody sent, for the frame it is shown in. The frame runs nothing and may fetch nothing; addresses are taken out as well, for
 * browsers look up names ahead of links, and pictures stand as their words. Where a link leads stands beside it.
 */
import sanitize from 'sanitize-html';
import { maskPins } from '../../mask.ts';

const layout = ['align', 'valign', 'width', 'height', 'bgcolor', 'border', 'cellpadding', 'cellspacing'];

/** Beside what a mail says of its looks: a sheet of its own could hide where a link leads. */
const sheet = `
:root { color-scheme: light; }
body { margin: 12px; font: 14px/1.5 system-ui, sans-serif; color: #1a1c1e; background: #fff; overflow-wrap: anywhere; }
img, table { max-width: 100%; }
a { color: #2457c5; text-decoration: underline; }
a[data-to]::after { content: " <" attr(data-to) ">"; color: #63696f; background: #fff; font: 12px/1.5 system-ui, sans-serif; text-decoration: none; overflow-wrap: anywhere; }
.postern-picture { display: inline-block; padding: 1px 6px; color: #63696f; border: 1px dashed #9aa0a6; font-size: 12px; }
`;

const text = (value: string, most: number): string => value.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, most);

const options: sanitize.IOptions = {
  allowedTags: [...sanitize.defaults.allowedTags, 'center', 'font', 'del', 'ins'],
  allowedAttributes: {
    '*': [...layout, 'style', 'dir', 'lang'],
    font: ['color', 'size'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    a: ['data-to'],
  },
  allowedClasses: { span: ['postern-picture'] },
  allowedSchemes: [],
  // What of a style could fetch something, or lay the mail over its frame, goes.
  allowedStyles: {
    '*': Object.fromEntries(
      [
        ...['color', 'background-color', 'font-size', 'font-weight', 'font-style', 'font-family', 'line-height'],
        ...['text-align', 'text-decoration', 'vertical-align', 'white-space', 'width', 'max-width', 'height'],
        ...['margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left'],
        ...['padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left'],
        ...['border', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-collapse', 'border-radius'],
      ].map((name) => [name, [/^[^()\\@:;]*(?:rgba?\([\d\s.,%]*\)[^()\\@:;]*)?$/i]]),
    ),
  },
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'svg',
    'math',
    'template',
    'iframe',
    'object',
  ],
  nestingLimit: 60,
  transformTags: {
    a: (_name, { href, style }) => ({
      tagName: 'a',
      attribs: { ...(style ? { style } : {}), ...(href ? { 'data-to': text(href, 500) } : {}) },
    }),
    img: (_name, { alt = '' }) => ({
      tagName: 'span',
      attribs: { class: 'postern-picture' },
      text: text(alt, 200).trim() === '' ? 'picture' : `picture: ${text(alt, 200)}`,
    }),
  },
};

/** A whole document. */
export const foreignDocument = (html: string): string =>
  `<!doctype html><html lang=""><head><meta charset="utf-8"><style>${sheet}</style></head><body>${maskPins(sanitize(html, options))}</body></html>`;
