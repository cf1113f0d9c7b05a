/**
 * The words of a decision about an access request (POLICY §8.4), in the languages of the templates: folded (lower case, no accents). A
 * sentence decides something only where every word of it is here.
 */
import { fold } from '../fold-width.ts';
import { roleSpellings } from './access-words.ts';

export type WordKind = 'grant' | 'deny' | 'undo' | 'now' | 'until' | 'role' | 'because' | 'filler';

const grant = `grant|granted|we grant|approve|approved|approval|allow|allowed|permit|permitted|accept|accepted|yes|yep|yeah|sure|go ahead
genehmigen|genehmigt|genehmige|genehmigen wir|gewähren|gewährt|gewähre|erteilen|erteilt|erteile|zulassen|zugelassen|bewilligen|bewilligt|bewillige|freigeben|freigegeben|freigabe erteilt|ja|jawohl
accorder|accordé|accordée|accordez|accorde|autoriser|autorisé|autorisée|autorisez|autorise|approuver|approuvé|approuvée|approuve|valider|validé|validée|valide|oui
conceder|concedido|concedida|concedo|concede|concedan|autorizar|autorizado|autorizada|autorizo|autoriza|aprobar|aprobado|aprobada|apruebo|permitir|permitido|sí
許可します|許可する|許可いたします|許可致します|許可してください|許可して下さい|許可しました|許可済み|許可をお願いします|許可|承認します|承認する|承認いたします|承認致します|承認してください|承認しました|承認済み|承認|はい`;

const deny = `deny|denied|refuse|refused|reject|rejected|decline|declined|no
ablehnen|abgelehnt|lehne ab|lehnen ab|lehne den antrag ab|verweigern|verweigert|verweigere|nein
refuser|refusé|refusée|refusez|refuse|refus|rejeter|rejeté|rejetée|rejette|non
denegar|denegado|denegada|deniego|rechazar|rechazado|rechazada|rechazo
拒否します|拒否する|拒否いたします|拒否してください|拒否|却下します|却下する|却下いたします|却下してください|却下|不許可|不承認|いいえ`;

const undo = `undo|take it back|take back|take that back|revert
rückgängig machen|rückgängig|zurücknehmen|nehme zurück|widerrufen|widerrufe
annuler|annulez|annule|revenir en arrière
deshacer|deshaga|anular|anule|revertir
取り消してください|取り消します|取り消し|取消|取り消す|取り消しをお願いします|元に戻してください|元に戻します|元に戻す`;

const now = `now|at once|immediately|right away|right now
sofort|jetzt|umgehend
maintenant|immédiatement|tout de suite
ahora|inmediatamente|de inmediato|ya
今すぐに|今すぐ|すぐに|即時|ただちに|直ちに`;

const until = `until|till|up to|valid until|through|ending|expires
bis zum|bis|gültig bis|befristet bis
jusqu'au|jusqu'à|jusqu'en|valable jusqu'au
hasta el|hasta|válido hasta|válida hasta
まで`;

const because = `because|since|as he|as she
weil|da|denn
car|parce que|parce qu'|puisque
porque|ya que
理由は|なぜなら`;

const filler = `please|pls|thanks|thank you|many thanks|ok|okay|fine|access|the access|his|her|him|them|they|it|this|that|the|a|an|as|to|for|request|the request|application|decision|my|our|your|with|role|of|we|i|hereby|is|are|has|have|and|site|of them|in|be|user account
bitte|danke|vielen dank|ich|wir|wird|hiermit|den|die|das|der|dem|zugang|den zugang|zugriff|anfrage|antrag|entscheidung|meine|ihm|ihr|ihnen|als|mit|rolle|ist|sind|für|auf|hat|und|machen|gerne|gern
s'il vous plaît|svp|merci|je|nous|accès|accès à|demande|décision|ma|lui|leur|comme|en tant que|avec|rôle|est|à|au|de|le|la|l'|j'|d'|son|sa|cette|pour|et
por favor|gracias|yo|nosotros|acceso|solicitud|decisión|mi|el|al|del|los|como|con|rol|le|se|lo|para|su|esta|y|queda
アクセス権|アクセス|申請|権限|役割|決定|付与|お願いします|お願いいたします|お願い致します|よろしく|宜しく|ありがとうございます|いたします|致します|します|してください|です|として|この|を|は|が|の|に|で`;

/** Of a reason beside its number. */
const ofReason = `reason|reason no|number|nr|no|grund|grund nr|motif|motif n°|raison|motivo|razón|理由`;

const listed = (words: string): string[] => words.split(/[|\n]/).map((word) => fold(word.normalize('NFKC')));
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u;

const kinds = new Map<string, WordKind>();
for (const [kind, words] of [
  ['filler', listed(filler)],
  ['because', listed(because)],
  ['until', listed(until)],
  ['now', listed(now)],
  ['role', [...roleSpellings.keys()]],
  ['undo', listed(undo)],
  ['deny', listed(deny)],
  ['grant', listed(grant)],
] as const)
  for (const word of words) kinds.set(word, kind);

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', ' {1,3}');
/** Longest first; a word ends where no letter follows, but in a script without spaces and at an apostrophe. */
const pattern = (words: Iterable<string>): RegExp =>
  new RegExp(
    [...words]
      .toSorted((a, b) => b.length - a.length)
      .map((word) => escaped(word) + (cjk.test(word) || word.endsWith("'") ? '' : '(?![\\p{L}\\p{N}])'))
      .join('|'),
    'uy',
  );
const anyWord = pattern(kinds.keys());
const besideReason = pattern(listed(ofReason));

const at = (form: RegExp, text: string, from: number): string | null => {
  form.lastIndex = from;
  return form.exec(text)?.[0] ?? null;
};

/** The word of a decision that stands there. `text` is folded. */
export function wordAt(text: string, from: number): { readonly word: string; readonly kind: WordKind } | null {
  const found = at(anyWord, text, from);
  if (found === null) return null;
  const word = found.replace(/ +/g, ' ');
  return { word, kind: kinds.get(word) ?? 'filler' };
}
export const reasonWordAt = (text: string, from: number): string | null => at(besideReason, text, from);

/** What holds a grant back, or makes less of it, in words beside it. Folded. */
export const condition = new RegExp(
  `[?？]|[0-9]|(?<![\\p{L}\\p{N}])(?:${listed(
    `no|not|never|none|cannot|can't|don't|doesn't|isn't|won't|shouldn't|without|but|however|except|unless|until|till|if|only|just|once|after|before|wait|later|maybe|perhaps|probably|would|could|should|might|may|read-only|limited|temporarily|temporary|role|admin rights|first
nicht|kein|keine|keinen|nie|ohne|aber|jedoch|außer|bis|wenn|falls|sofern|nur|erst|nach|bevor|vorher|warten|später|vielleicht|könnte|sollte|würde|befristet|vorübergehend|rolle|lediglich
ne|n'|pas|jamais|aucun|sans|mais|cependant|sauf|jusqu'au|jusqu'à|si|seulement|uniquement|après|avant|attendre|plus tard|peut-être|pourrait|devrait|rôle|temporaire|temporairement
nunca|ningún|sin|pero|salvo|excepto|hasta|solo|sólo|solamente|únicamente|después|antes|esperar|más tarde|quizás|tal vez|podría|debería|rol|temporal|temporalmente`,
  )
    .map((word) => escaped(word) + (word.endsWith("'") ? '' : '(?![\\p{L}\\p{N}])'))
    .join(
      '|',
    )})|ない|ません|だけ|のみ|まで|たら|れば|なら|場合|ただし|しかし|ですが|ますが|だが|けど|でも|後で|前に|役割|かもしれ|か。|ですか|ますか`,
  'u',
);
