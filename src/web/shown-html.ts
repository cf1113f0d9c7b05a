/**
 * The HTML of a letter as it may be shown. The frame it stands in runs nothing, and the policy of the page fetches nothing; but
 * browsers open connections ahead of links and `preconnect`, which no policy covers, so addresses are taken out as well.
 */
import sanitize from 'sanitize-html';

const layout = [
  'class',
  'style',
  'align',
  'valign',
  'width',
  'height',
  'bgcolor',
  'border',
  'cellpadding',
  'cellspacing',
];

const options: sanitize.IOptions = {
  allowedTags: [...sanitize.defaults.allowedTags, 'html', 'head', 'body', 'style', 'center', 'font', 'del', 'ins'],
  // Said on purpose: without `style` a letter looks like none. Whatever it asks for is refused by the policy of the page.
  allowVulnerableTags: true,
  allowedAttributes: {
    '*': [...layout, 'dir', 'lang', 'role', 'title'],
    font: ['color', 'face', 'size'],
    td: ['colspan', 'rowspan'],
  },
  allowedSchemes: [],
  parseStyleAttributes: false,
  nonTextTags: ['script', 'textarea', 'option', 'noscript', 'title'],
  transformTags: {
    // What a link leads to stays to be seen.
    a: (_name, { href, style = '', class: kind = '' }) => ({
      tagName: 'a',
      attribs: { style: `text-decoration:underline;${style}`, class: kind, ...(href ? { title: href } : {}) },
    }),
  },
};

export const shownHtml = (html: string): string => `<!doctype html>${sanitize(html, options)}`;
