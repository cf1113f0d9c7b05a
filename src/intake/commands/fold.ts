/** Words as they are compared: without case, marks and the width of letters. */
/** Has no letter that could be folded; a command in most mails. */
const isPlain = (text: string): boolean => /^[\s!-~]*$/.test(text);

export const fold = (text: string): string =>
  isPlain(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/(?<=[\p{Script=Latin}])\p{M}+/gu, '')
        .normalize('NFC')
        .toLowerCase();
