/**
 * The PIN in an answer to our question for it (POLICY §3.r17 "reply to fix"). People answer `345`, `our PIN is 345`,
 * `PIN: 345`; what would be too little in a new mail is enough where we asked.
 */
const labelled =
  /(?<![\p{L}\p{N}])PIN(?:番号)?(?:[\s:#=.\-–—]|no\.?|nr\.?|n°|nummer|number|code|is|ist|lautet|est|es|は){0,6}\s*([0-9]{3,10})(?![\p{L}\p{N}])/giu;
const alone = /^[\s>*_"'([]*([0-9]{3,10})[\s*_"'.,;!)\]]*$/u;

/** Each different PIN, as digits, in the order they stand; empty where there is none. Linear in the text. */
export function answerPins(newText: string): string[] {
  const text = newText.slice(0, 4_000).normalize('NFKC');
  const found = new Set<string>();
  for (const match of text.matchAll(labelled)) if (match[1]) found.add(match[1]);
  for (const line of text.split('\n')) {
    const match = line.length <= 60 ? alone.exec(line) : null;
    if (match?.[1]) found.add(match[1]);
  }
  return [...found];
}
