/**
 * Numbers that could be a support PIN: 3 to 10 digits that are a whole run, and not part of a phone number, date, time, version,
 * address or longer number (POLICY §3 "The PIN in the subject"). Whose PIN it is decides; this only keeps out what is plainly
 * something else.
 */

/** What a number is part of by what stands right before it: letters, other digits, signs of a path, an amount or a decimal. */
const partBefore = String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}0-9_/\\@&%+~$€£¥]|\p{L}-|[0-9]['’.,:\-]|[0-9]{2}(?:[ ()]{1,2}| [-/] )|[/+] ?[0-9]{0,3} )`;
const partAfter = String.raw`(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}0-9_\\@&%+~$€£¥°]|/(?! ?\p{L}{3})|['’.,:\-][0-9]|[ )]{1,2}[0-9]{2}| [-/] [0-9]{3}|[年時秒円]|月(?!曜)|日(?!本)|分(?![か ら])|년|월| ?(?:[€$£¥%°]|a\.?m\b|p\.?m\b|uhr\b|h\b|hrs\b|o'clock\b))`;
const wholeRun = new RegExp(`${partBefore}[0-9]{3,10}${partAfter}`, 'giu');

/** Says right before a number what it is. */
const saysOther =
  /(?<!\p{L})(?:case|fall|vorgang|ticket|dossier|caso|order|bestellung|commande|pedido|invoice|rechnung|facture|factura|tel(?:efon|ephone|éfono|éphone)?|phone|fon|mobile?|cell|handy|portable|móvil|fax|ext(?:ension|ensión)?|durchwahl|dw|poste|v|ver|versi[oó]n|build|release|rev|kb|zip|plz|p\.? ?o\.? box|postfach|room|raum|zimmer|suite|str(?:\.|asse|aße)|rue|calle)(?:\.|no\.?|nr\.?|n°)?[ :.#-]{0,3}(?:is |ist |est |es )?$|(?:ケース|電話|内線|携帯|バージョン|版|〒)(?:番号)?は?[ :]{0,2}$|[\p{L}](?:str\.|straße|strasse) $/iu;
const month = `jan(?:uary|uar|vier)?|ene(?:ro)?|feb(?:ruary|ruar|rero)?|févr?(?:ier)?|mar(?:ch|s|zo)?|märz?|apr(?:il)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|jun[ie]?|juin|junio|jul[iy]?|juil(?:let)?|julio|aug(?:ust)?|août|ago(?:sto)?|sep(?:t(?:ember|embre|iembre)?)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember)?|déc(?:embre)?|dic(?:iembre)?`;
const afterMonth = new RegExp(
  String.raw`(?<!\p{L})(?:${month})(?:\.|,)?(?: (?:de|of|del))? ?(?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?$`,
  'iu',
);

export type FoundNumber = { readonly digits: string; readonly start: number; readonly end: number };

/** Of text in folded width, from `from` on; `most` bounds what a page of numbers costs. */
export function* wholeNumbers(text: string, from = 0, to = text.length, most = 100): Generator<FoundNumber> {
  wholeRun.lastIndex = from;
  // One at a time: the pattern is shared, and whoever takes the numbers may stop early.
  for (let count = 0, at = from; count < most; count += 1) {
    wholeRun.lastIndex = at;
    const found = wholeRun.exec(text);
    if (found === null || found.index >= to) return;
    at = found.index + found[0].length;
    const before = text.slice(Math.max(0, found.index - 40), found.index);
    if (saysOther.test(before) || (found[0].length === 4 && afterMonth.test(before)) || inAddress(text, found.index))
      continue;
    yield { digits: found[0], start: found.index, end: at };
  }
}

/** Part of a link or an e-mail address, which have no white space in them. */
function inAddress(text: string, at: number): boolean {
  const before = /[^\s<>()"]{0,200}$/u.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? '';
  const after = /^[^\s<>()"]{0,200}/u.exec(text.slice(at, at + 200))?.[0] ?? '';
  return /:\/\/|www\.|=.*&/u.test(before + after) || /@[\p{L}0-9]/u.test(after);
}
