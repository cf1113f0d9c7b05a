/** One header line as written, unfolded; the name in lower case, the value not decoded. */
export type HeaderLine = { readonly name: string; readonly value: string };
