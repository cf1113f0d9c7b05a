/** Text as mail programs lay it out anew. */

/**
 * Each line wrapped at blanks to so many characters; scripts without blanks are cut anywhere but within a Latin word. A link stays whole,
 * however long it is: cut, it would lead nowhere (RFC 3676 §4.2).
 */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const out: string[] = [];
      let rest = line;
      while (rest.length > width) {
        const blank = rest.lastIndexOf(' ', width);
        let at = blank > 0 && rest.slice(0, blank).trim() !== '' ? blank : width;
        const link = /^\s*<?https?:\/\/\S+/.exec(rest)?.[0].length ?? 0;
        if (link >= at) {
          out.push(rest.slice(0, link));
          rest = rest.slice(link).trimStart();
          continue;
        }
        while (
          at > width - 40 &&
          blank !== at &&
          at > 1 &&
          /[a-z0-9@.]/i.test(rest[at] ?? '') &&
          /[a-z0-9@.]/i.test(rest[at - 1] ?? '')
        )
          at -= 1;
        out.push(rest.slice(0, at).trimEnd());
        rest = rest.slice(at).trimStart();
      }
      return rest === '' && out.length > 0 ? out : [...out, rest];
    })
    .join('\n');
}
