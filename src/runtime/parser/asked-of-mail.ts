/** What a thread takes out of one mail. */
export type AskedOfMail = { readonly kind: 'attachment'; readonly index: number } | { readonly kind: 'parts' };
