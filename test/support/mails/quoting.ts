/** Text as mail programs lay it out anew. */

/** Each line wrapped at blanks to so many characters; scripts without blanks are cut anywhere but within a Latin word. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const out: string[] = [];
      let rest = line;
      while (rest.length > width) {
        const blank = rest.lastIndexOf(' ', width);
        let at = blank > 0 && rest.slice(0, blank).trim() !== '' ? blank : width;
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
      return [...out, rest];
    })
    .join('\n');
}
