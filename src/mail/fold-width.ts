/** Full-width forms and odd white space become ASCII one for one, so that places found here are places in the original. */
export const foldWidth = (value: string): string =>
  plainAscii.test(value) ? value.replace(/[\t\n\v\f\r]/g, ' ') : foldAll(value);

/** The same for a text of several lines, which stay lines. */
export const foldLines = (value: string): string => value.split('\n').map(foldWidth).join('\n');

const plainAscii = /^[\x00-\x7f]*$/;

const foldAll = (value: string): string =>
  value
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u180e\u200b-\u200d\u2060\u2800\u3164\ufeff]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u3008\u300a\u300c\u300e\u3010\u3014]/g, '[')
    .replace(/[\u3009\u300b\u300d\u300f\u3011\u3015]/g, ']')
    .replace(/\u3002/g, '.')
    .replace(/\u3001/g, ',');

/** Has no letter that could be folded; a command in most mails. */
const isPlain = (text: string): boolean => /^[\s!-~]*$/.test(text);

/** Lower case without accents, for words that people type either way. */
export const fold = (text: string): string =>
  isPlain(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/(?<=[\p{Script=Latin}])\p{M}+/gu, '')
        .normalize('NFC')
        .toLowerCase();
