/** Somebody else's file, which is never opened here: by its name, as what it says it is, and run by nobody. */

/** By a name in ASCII and one in UTF-8 (RFC 6266, RFC 8187). */
const disposition = (name: string): string =>
  `attachment; filename="${name.replace(/[^ -~]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`;

export const downloadHeaders = ({ name, type }: { readonly name: string; readonly type: string }) => ({
  'content-type': /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream',
  'content-disposition': disposition(name),
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
});
