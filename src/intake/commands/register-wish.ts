/**
 * `REGISTER <licence number or service tag>` (POLICY §7) as people write it: `Bitte Lizenz U-1001 registrieren`. Lines that begin with the word
 * tell of registers and of people who register, so that nothing else may stand in it than the number.
 */

/** Beside the number, in the languages of the templates. Folded: no accents, small letters. */
const fillers = new Set(
  [
    'please my our this a the new first product products licence license number no key of with service tag serial for us kindly can you could we would like to i want hello hi dear team good morning',
    'bitte der die das den einer eine einen mit von vom zur hallo guten tag ersten anfrage unser unsere unseren mein meine meinen lizenz lizenznummer lizenzschlussel nummer nr produkt service-tag servicetag seriennummer neue neues sie fur uns wir mochten ich mochte jetzt',
    'bonjour madame monsieur demande premiere veuillez svp merci de du la le les notre mon ma cette licence numero produit etiquette service nouvelle nouveau je nous souhaite souhaitons voudrais voudrions',
    'hola buenos dias solicitud solicito para con quisiera quisieramos me nos gustaria primera por favor la el nuestra nuestro mi esta licencia numero producto etiqueta de servicio nueva nuevo quiero queremos',
  ].flatMap((line) => line.split(' ')),
);

const number = '[a-z0-9][a-z0-9._/-]{2,39}';
const isNumber = (token: string): boolean => new RegExp(`^${number}$`).test(token) && /\d/.test(token);

/** What Japanese puts around the number: `ライセンスU-1001の登録をお願いします`. */
const japanese = new RegExp(
  `^(?:新しい)?(?:製品|ライセンス(?:番号)?|サービスタグ)?[\\s:]{0,3}(?<before>${number})?\\s?[のを]?(?:製品|ライセンス)?(?:の)?登録(?:を?(?:お願い(?:します|いたします)?|希望(?:します)?)|(?:して)?ください|したい(?:です)?|します)?[\\s:]{0,3}(?:ライセンス(?:番号)?|サービスタグ)?[\\s:]{0,3}(?<behind>${number})?(?:を?お願いします)?$`,
  'u',
);

/** The number as it was written, folded; empty where only the word stands there, null where it is text. `words` are those of the command, folded. */
export function readRegister(line: string, words: readonly string[]): string | null {
  if (line.includes('登録')) {
    const found = japanese.exec(line);
    const { before = '', behind = '' } = found?.groups ?? {};
    const said = before || behind;
    return found && !(before && behind) && (said === '' || isNumber(said)) ? said : null;
  }
  const tokens = line
    .replace(/s['’]il (?:vous|te) plait/g, ' ')
    .replace(/\bn\.?\s?[°º]\.?/g, ' ')
    .replace(/\b(?:d|l)['’]|\b(?:i|we)['’]d\b/g, ' ')
    .replace(/[:,;!?#"“”«»()]/g, ' ')
    .split(/\s+/)
    .map((token) => token.replace(/^-+|[.-]+$/g, ''))
    .filter((token) => token !== '');
  if (!tokens.some((token) => words.includes(token))) return null;
  const rest = tokens.filter((token) => !words.includes(token) && !fillers.has(token));
  const [only, ...more] = rest;
  if (only === undefined) return tokens.length === 1 ? '' : null;
  return more.length === 0 && isNumber(only) ? only : null;
}
