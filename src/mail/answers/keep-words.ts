/** What people write who say that somebody stays on record or goes (POLICY §8.10), in the languages of the letters: lower case, without signs. */

const lines = (text: string): readonly string[] => text.trim().split(/[|\n]/);

/** Beside an address, and alone where one person is asked about. */
export const keepVerbs = lines(`
keep|keeps|to keep|stays|stay|remains|is ok|is okay|is fine|is right|is correct|ok|okay|yes|confirm|confirmed|still here|still with us|retain|may stay|can stay
behalten|beibehalten|bleibt|bleiben|soll bleiben|darf bleiben|kann bleiben|ja|passt|stimmt|in ordnung|bestätigt|bestätigen|weiterhin
garder|gardez|garde|à garder|conserver|conservez|maintenir|reste|restent|peut rester|oui|confirmer|confirmé|confirmée|c'est bon
mantener|mantenga|mantengan|conservar|conserve|sigue|se queda|se mantiene|puede seguir|queda|sí|si|correcto|confirmar|confirmado|confirmada
継続|維持|残す|残します|残してください|そのまま|変更なし|保持|はい
`);
export const removeVerbs = lines(`
remove|removes|to remove|delete|drop|revoke|take off|no|has left|left|left the company|has left the company|is gone|gone|no longer here|no longer with us|not here any more
entfernen|entferne|löschen|lösche|streichen|austragen|herausnehmen|rausnehmen|nein|ausgeschieden|ist ausgeschieden|ist weg|nicht mehr da|nicht mehr bei uns|hat uns verlassen
retirer|retirez|retire|à retirer|supprimer|supprimez|enlever|enlevez|non|est parti|est partie|parti|partie|a quitté la société|n'est plus là|ne travaille plus ici
retirar|retire|retiren|eliminar|elimine|quitar|quite|borrar|borre|baja|dar de baja|no|se ha ido|ya no está|ya no trabaja aquí
削除|削除する|削除します|解除|取り消し|外す|外してください|退職|退職しました|退社しました|いいえ
`);

/** The whole line. */
export const keepAll = lines(`
keep all|all keep|keep everyone|keep everybody|keep them all|keep all of them|everyone stays|everybody stays|all stay|they all stay|all remain|everybody remains|all of them stay|all correct|all is correct|all is right|everything is correct|no changes|no change|nothing changes|yes to all|all ok|all okay|all confirmed|confirm all|leave as is|all others stay|all the others stay|keep all others|keep the others|the others stay|the rest stay|leave everyone
alle behalten|behalten alle|alle beibehalten|alle bleiben|es bleiben alle|bleiben alle|alles bleibt|alles bleibt so|alles bleibt wie es ist|alle sollen bleiben|alle dürfen bleiben|alles richtig|alles korrekt|alles stimmt|stimmt alles|passt alles|keine änderung|keine änderungen|ja alle|alle anderen behalten|alle anderen bleiben|die anderen bleiben|alle übrigen bleiben|alle ok|alle bestätigt|alle bestätigen
tout garder|garder tout|gardez tout|garder tous|tous garder|garder tout le monde|gardez tout le monde|tout conserver|conserver tout|tout le monde reste|tous restent|ils restent tous|tout est correct|tout est exact|tout est bon|aucun changement|pas de changement|rien ne change|oui à tous|garder les autres|tous les autres restent|les autres restent|tout confirmer|tous confirmés
mantener todos|mantener a todos|todos mantener|mantener todo|mantenga a todos|mantengan a todos|conservar todos|conservar a todos|se quedan todos|todos se quedan|todos siguen|siguen todos|todo correcto|todo está correcto|todo está bien|sin cambios|ningún cambio|no hay cambios|nada cambia|sí a todos|mantener a los demás|los demás se quedan|los demás siguen|todos confirmados|confirmar todos
全員継続|全員継続です|全員維持|全員残す|全員残します|全員そのまま|全員そのままで|全員そのままです|全員変更なし|変更なし|変更はありません|変更ありません|全て継続|すべて継続|全員そのままでお願いします|全員問題ありません|全員残してください|他は継続|他の方は継続|他は全員継続|ほかは継続|他はそのまま
`);

/** `keep all except`: those named stay open, for only a word says that somebody goes. */
export const exceptWords = lines(`
except|except for|but|but not|other than|apart from
außer|bis auf|aber nicht|mit ausnahme von
sauf|excepté|à l'exception de|mais pas
excepto|salvo|menos|pero no
`);

export const courtesies = lines(`
please|pls|thanks|thank you|kindly
bitte|danke|bitte einmal
s'il vous plaît|svp|merci|veuillez
por favor|gracias
でお願いします|お願いします|をお願いします|してください|です
`);
export const conjunctions = lines('and|und|et|y|e|と|および|及び');

/** As letters in that language show them: for one person, and for all. */
export function keepWords(language: string): readonly [string, string] {
  const [base = 'en'] = language.split('-');
  const own: Readonly<Record<string, readonly [string, string]>> = {
    de: ['BEHALTEN', 'ALLE BEHALTEN'],
    fr: ['GARDER', 'TOUT GARDER'],
    es: ['MANTENER', 'MANTENER TODOS'],
    ja: ['継続', '全員継続'],
  };
  return own[base] ?? ['KEEP', 'KEEP ALL'];
}
