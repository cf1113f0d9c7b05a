/** Answers of somebody who is away, told by their text alone: programs that set no header send them, too. */
import { saysAbsent } from './desk-receipt.ts';

/** What such an answer says besides; one list a matter, in the languages of the templates. */
const matters: readonly RegExp[] = [
  // Thanks for the mail.
  /(?:thank(?:s| you)|many thanks) for (?:your|the|contacting|getting|reaching|writing)|(?:danke|dank) für (?:ihre|deine|die) |merci (?:pour|de|d['’]avoir) |gracias por (?:su|tu|el|contactar|escribir)|(?:メール|ご?連絡|お問い合わせ).{0,12}ありがとう/iu,
  // Away.
  /\b(?:i am|i['’]m|i will be|i['’]ll be) (?:currently |now )?(?:away|out|off|on leave|travel)|\b(?:my|our) office is closed|nicht (?:am arbeitsplatz|im dienst|erreichbar|zu erreichen)|(?:bin|sind) .{0,60}(?:abwesend|unterwegs|verreist|in elternzeit|krank)|je (?:suis|serai) .{0,30}(?:absente?|en vacances|en congés?|indisponible)|(?:estoy|estaré|me encuentro) .{0,30}(?:fuera|ausente|de vacaciones|de baja|de viaje)|席を外|お?休みを(?:いただ|頂)|休業|出張/iu,
  // Back.
  /\b(?:return|back (?:on|in|at|to)|until|through|from .{1,40} to)\b|wieder (?:im |erreichbar|für sie|da|zurück)|zurück|bis (?:zum|einschließlich|\d)|de retour|mon retour|jusqu['’]|reprendr|hasta el|vuelv|regres|reincorpor|まで|以降|から.{0,20}(?:間|まで)|復帰|戻り/iu,
  // Somebody else, urgent matters.
  /urgent|emergenc|immediate|dringend|eilig|notf[aä]ll|urgence|urgenci|緊急|急ぎ|至急|\b(?:please )?(?:contact|call|write to|reach out)|wenden sie|kontaktieren|vertretung|vertritt|kolleg|contacte[rz]|adressez|collègue|remplac|\bcover(?:s|ing) for|st(?:ands|anding) in for|escriba a|contacte|diríjase|compañer|póngase|代わり|代理|連絡(?:ください|先|をお願い)/iu,
  // When and whether it is read.
  /limited access|(?:reply|respond|answer|get back) (?:to|as|when|upon|once)|(?:will|is|are) not (?:be )?(?:read|forwarded|monitored)|nicht (?:weitergeleitet|gelesen|bearbeitet)|eingeschränkt|(?:antworte|beantworte|melde|bearbeite)|accès (?:limité|restreint)|(?:répondrai|traiterai)|n['’]est pas (?:transmis|relevé)|acceso limitado|(?:responderé|contestaré|atenderé)|no (?:se|será) (?:reenvía|leíd)|(?:返信|回答|返答|対応).{0,16}(?:遅|でき|いた|なり)|確認でき/iu,
];
/** Said of the mail itself. */
const notice =
  /(?:this is an? )?(?:automatic(?:ally)?|automated)[ -](?:reply|response|generated|message)|(?:dies ist eine )?automatische? (?:antwort|nachricht|e-?mail)|automatisch (?:erstellt|generiert|erzeugt|versendet)|(?:ceci est une? )?(?:réponse|message) automatique|(?:respuesta|mensaje|correo) automátic[ao]|自動(?:返信|応答|送信)/iu;

const addressed =
  /^(?:hi|hello|dear|good (?:day|morning|afternoon)|hallo|liebe[rs]?|guten tag|sehr geehrte[rs]?|bonjour|madame|chère?s?|hola|buen[oa]s|estimad[oa]s?)(?![\p{L}]).{0,60}$|^.{0,30}(?:各位|様|さん|お世話に(?:なって|なり).{0,10})$/iu;
/** No sentence: a name, an address, a telephone number. */
const nothingSaid =
  /^[^\s]{1,200}@\S{1,200}$|^[+\d ()./:–-]{5,}$|^(?:\S+\s?){1,3}$|よろしくお願い|ご了承|ご迷惑|申し訳|お手数/u;
const longest = 1_500;

/** Nothing is said but that somebody is away and what then; or a program says that it wrote this. */
export function isAbsence(text: string): boolean {
  if (text.length > longest) return false;
  const sentences = text
    .split(/\n\s*\n|(?<=[.!?])\s+(?=[\p{Lu}¡¿])|(?<=[。！？])/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .flatMap((sentence, i) => (sentence === '' || (i < 2 && addressed.test(sentence)) ? [] : [sentence]));
  const found = new Set<number>();
  let away = false;
  let foreign = 0;
  for (const sentence of sentences) {
    const says = matters.flatMap((matter, i) => (matter.test(sentence) ? [i] : []));
    for (const one of says) found.add(one);
    const absent = saysAbsent(sentence) || says.includes(1);
    away ||= absent;
    if (!absent && says.length === 0 && !notice.test(sentence) && !nothingSaid.test(sentence)) foreign++;
  }
  if (notice.test(text.slice(0, longest)) && (away || foreign === 0)) return true;
  if (!away) return false;
  const others = [...found].filter((one) => one !== 1).length;
  return foreign === 0 ? others >= 1 : foreign === 1 && others >= 3;
}
