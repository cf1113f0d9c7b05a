/**
 * How people of five languages write the word PIN before its digits, as pieces of patterns over text in folded width whose runs of
 * spaces are one. Every piece is bounded: hostile text costs no more than its length.
 */

/** Scripts written without spaces may stand right before the word; a letter, digit or `8-` may not. */
export const notBefore = String.raw`(?<![\p{N}\p{M}_\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]|[0-9]-)`;

/** The word itself, also as the abbreviation that it is (`P.I.N.`, `P I N`); German writes one word for it. */
export const word = String.raw`(?:(?:support|kunden|service)?pin|(?<!\p{L}\.)p\.i\.n(?:\.|(?=[ :#=-]))|p i n|ピン(?=コード|番号|ナンバー))`;

/** `no`, but for the Spanish and French `no es`. */
const number = `no(?! ?(?:es|est|is|ist|l[ao]) )|nr|n[uú]m|n(?=\\. ?[0-9])|n\\.?[°º]|nº|№|#|numm?er|number|n[uúù]m[eé]ro|番号|番號|ナンバー|号码|號碼|번호`;
const code = `code|kode|c[oó]digo|id|コード|码|碼|코드`;

/** What makes one word with it, in compounds too: `PIN-Nummer`, `PINコード`. */
export const nouns = `(?:${number}|${code})`;

const named = String.raw`(?:[ _-]?${nouns}\.?[°º]?){0,2}`;
const whose = `(?: (?:(?:for|of|de|du|del|para|für) |d['’])?(?:(?:the|our|la|el|le|den) |l['’])?(?:support|soporte|assistance|asistencia|cliente?))?`;
const is = `(?: (?:is|ist|lautet|est|es)(?: (?:the|die|le|la|el))?| ?(?:は|が),?)?`;
const mark = String.raw`[ :#=_(\[-]{0,4}`;

/** From the word to its digits. */
export const strictForm = `${notBefore}${word}${named}${whose}${named}${is}${mark}`;

/** Words that belong to the PIN and are of no use in a title without it. */
const leads = `the|our|my|your|this|their|customer|company|site|account|support|service|with|for|using|under|code|number|unsere?[rn]?|meine?[rn]?|ihre?[rn]?|die|der|den|mit|für|unter|kunden|nummer|le|la|les|notre|mon|votre|code|num[eé]ro|n°|nº|de|du|d['’]assistance|avec|pour|sous|el|nuestro|mi|su|tu|c[oó]digo|n[uú]mero|clave|con|para|onze|ons|mijn|het|met|voor|nosso|meu|com|il|nostro|mio|vostro|codice|numero|nasz|mój|numer`;
export const leadIn = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}])(?:${leads})[ -]|(?:サポート|お客様|弊社|当社|私|うち|契約)の?[ -]?){1,6}$`,
  'iu',
);
/** And what follows it where a sentence was made of it. */
export const leadOut = /^ ?(?:です(?:が|ので)?|でございます|になります|の件|の)[.,]?/u;

/** Between the word and a number that is read loosely: with these a sentence about the PIN, with others about something that has one. */
const linking =
  /^(?:is|are|was|should|would|must|be|for|this|that|the|our|my|your|it|here|with|ist|sind|wäre|sei|müsste|sollte|für|dafür|hier|dies|das|die|der|den|unsere|meine|ihre|lautet|est|serait|devrait|être|pour|voici|ce|ceci|cela|le|la|notre|mon|votre|es|sería|debería|ser|é|è|to|jest|para|esto|este|el|nuestro|mi|su|aquí|と|は|が|です|の|こちら|はこちらです|は次の通りです)$/iu;
export const onlyLinks = (words: readonly string[]): boolean => words.every((one) => linking.test(one));
