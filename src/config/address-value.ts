/** Addresses such as `imaps://user:password@host:993/INBOX` as people write them, and why one cannot be read. */

const mustBeEncoded: Readonly<Record<string, string>> = {
  '#': '%23',
  '/': '%2F',
  '?': '%3F',
  '[': '%5B',
  ']': '%5D',
  '\\': '%5C',
  '^': '%5E',
  '|': '%7C',
  ' ': '%20',
};

/**
 * The characters of user and password that an address cannot hold, as `# is %23`. Null where that is not the fault. Whatever stands before
 * the last `@` is taken for user and password, as people do.
 */
function toBeEncoded(value: string, url: URL | null): string | null {
  const rest = value.replace(/^[a-z]+:\/\//i, '');
  const at = rest.lastIndexOf('@');
  if (at < 0) return null;
  const proof = rest.slice(0, at);
  // An `@` in a folder or a query is no sign-in, where the address was read with one.
  if (url !== null && url.username !== '' && url.hash === '') return null;
  const found = Object.keys(mustBeEncoded).filter((one) => proof.includes(one));
  if (found.length === 0) return null;
  return found.map((one) => `${one === ' ' ? 'a space' : one} is written ${mustBeEncoded[one]}`).join(', ');
}

/** The address, or why it is none; never what stands in it, which may be a password. */
export function addressValue(value: string, schemes: readonly string[]): URL | string {
  const begins = schemes.map((scheme) => `${scheme}//`).join(' or ');
  const scheme = /^([a-z][a-z0-9+.-]*:)(\/\/)?/i.exec(value);
  if (!scheme || !schemes.includes((scheme[1] ?? '').toLowerCase()) || !scheme[2])
    return `has to be an address that begins with ${begins}${scheme?.[2] ? `, not with ${scheme[1]}//` : ''}`;
  const url = URL.parse(value);
  const encode = toBeEncoded(value, url);
  if (encode !== null) return `user or password holds a character that ends an address: ${encode}`;
  if (!url) {
    const port = /:(\d+)(?:\/|$)/.exec(value)?.[1];
    return port !== undefined && Number(port) > 65_535
      ? `port ${port} is none: ports go to 65535`
      : `cannot be read as an address; it is written ${schemes[0]}//user:password@host:port`;
  }
  if (url.hostname === '') return `names no host; it is written ${schemes[0]}//user:password@host:port`;
  return url;
}
