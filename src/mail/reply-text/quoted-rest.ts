/** Of a text what is not among the sender's new lines; empty where all of it is new. */
export function quotedRest(text: string, newText: string): string {
  if (text.trim() === newText.trim()) return '';
  const at = text.indexOf(newText);
  return at < 0 ? text : `${text.slice(0, at)}${text.slice(at + newText.length)}`.trim();
}
