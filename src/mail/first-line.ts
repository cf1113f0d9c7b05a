/** The first line that holds anything. */
export function firstLine(text: string): string {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, Math.min(end < 0 ? text.length : end, at + 2000)).trim();
    if (line !== '') return line;
    if (end < 0) break;
    at = end + 1;
  }
  return '';
}
