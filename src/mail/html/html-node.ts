/** The types of the library's tree, for the files that html-text.ts is made of. */
export type { DomNode, FormatCallback } from 'html-to-text';
