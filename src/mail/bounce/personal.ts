/**
 * Signs that a possible delivery report was written by a person: questions, greetings, talk of their own things, quotes. Looked for only where
 * the sender is no known mail server, so that words which servers use too ("I'm sorry", "please check the address") are left out.
 */

import type { HeaderLine } from '../mime/header-line.ts';
import { headerValue } from './report-lines.ts';

const tells: readonly string[] = [
  // English
  '\\b(?:can|could|would|will) you\\b|(?:^|[.!?:,;] ?)why\\b|\\bwhy (?:do|does|did|is|are|was|were|this|we|i|our|my|it)\\b|(?:know|understand|see|idea|wonder|unclear|tell) why\\b|\\bany (?:idea|help|suggestion)|\\bwhat (?:does|is|do|can|should) |\\bhow (?:do|can|come)\\b|\\bfyi\\b|\\bsee below\\b|\\bplease (?:help|advise|look|fix|investigate|find|see (?:attached|below)|assist|check (?:this|why|if|whether|your (?:server|mail server|side|logs)))',
  "\\b(?:i|we|he|she|they) (?:just |also |still |always |often |now |keep |are |am |'m |'re )?(?:get(?:s|ting)?|got|receiv(?:e|ed|ing)|seeing|see|saw|need|think|believe|guess|noticed|suspect|resen[dt]|have (?:a|an|the|been getting|received|got|attached))\\b|\\bi (?:wrote|forward|thought|wonder)\\b|\\bi sent (?:you|an?|this|it|him|her|them|two|some)\\b|\\bwe (?:sent|wrote|use|cannot (?:send|reach))\\b",
  '\\b(?:my|our) (?:users?|customers?|colleagues?|staff|clients?|mail ?server|messages?|mails?|e-?mails?|account|site|licen[cs]e|pin|boss|company|office|people|exchange|logs?)\\b|\\bpin\\s*[:#]?\\s*p?\\d{3,}',
  // German
  '\\b(?:warum|wieso|weshalb)\\b|\\b(?:wir|ich) (?:bekomm|erhalt|seh|hab|brauch|verwend|könn|versuch|schick)|\\b(?:unsere?[nmrs]?|meine?[nmrs]?) (?:benutzer|kunde|kollege|mail|e-?mail|server|nachricht|konto|lizenz|pin)|\\b(?:könn(?:en|t)en? sie|kannst du|bitte (?:prüfen|helfen|schauen|klären|sehen|um (?:hilfe|prüfung)))\\b|\\bsiehe unten\\b|\\bbei uns\\b|\\bwas (?:bedeutet|heißt|ist|kann)\\b',
  // French
  "\\bpourquoi\\b|\\bnous (?:recevons|avons (?:reçu|un)|n['’]arrivons|obtenons)|\\bje (?:reçois|vous|n['’]arrive)|\\b(?:notre|nos|mon|mes|ma) (?:utilisateur|client|serveur|message|mail|courriel|collègue|compte|site|licence)|\\bpouvez[- ]vous\\b|\\bpourriez[- ]vous\\b|\\bmerci de (?:regarder|vérifier|nous)|\\bvoir ci-dessous\\b|qu['’]est-ce que",
  // Spanish, Portuguese, Italian
  '\\bpor ?qué\\b|¿|\\b(?:recibimos|recibo|nos llega|tenemos)\\b|\\b(?:nuestr[oa]s?|mis?) (?:usuario|cliente|servidor|mensaje|correo|cuenta|licencia)|\\b(?:pueden|puede usted|podrían|podría)\\b.{0,20}(?:ayudar|mirar|revisar|decir)|\\bpor favor (?:ayud|mir|revis)',
  '\\bpor que\\b|\\b(?:recebemos|estamos a receber|estou recebendo)\\b|\\bnoss[oa]s? (?:usuári|client|servidor|mensage)|\\bpodem? (?:verificar|ajudar)|\\bperché\\b|\\b(?:riceviamo|ricevo|abbiamo ricevuto)\\b|\\bnostr[oi] (?:utent|client|server|messagg)|\\bpotete\\b|\\bpotreste\\b',
  // Dutch, Scandinavian, Finnish, Polish, Czech, Russian
  '\\bwaarom\\b|\\bwij krijgen\\b|\\bonze (?:gebruikers|klanten|server|mail)|\\bkunt u\\b|\\bhvorfor\\b|\\bvarför\\b|\\bvi (?:får|fick)\\b|\\bmiksi\\b|\\bsaamme\\b|\\bdlaczego\\b|\\botrzymujemy\\b|\\bproč\\b|\\bdostáváme\\b|почему|мы получаем|наши (?:пользовател|клиент|письм)|помогите|подскажите',
  // Chinese, Japanese, Korean
  '为什么|為什麼|请帮|請幫|我们|我們|怎么|怎麼|なぜ|でしょうか|ますか|弊社|当社|お世話になって|教えて|困って|いただけ|왜|저희|도와',
];

const talk = new RegExp(tells.join('|'), 'iu');

/** Written in a program in which people write. */
const program =
  /thunderbird|outlook|apple mail|iphone mail|ipad mail|evolution|kmail|\bmutt\b|\balpine\b|\bpine\b|eudora|the bat|foxmail|claws|sylpheed|roundcube|squirrelmail|zimbra|airmail|\bspark\b|postbox|betterbird|k-9|fairemail|becky|shuriken|mailmate|\bimp\b.*webmail|ymail|yahoomailwebservice|webmail/i;

/** A question of one's own, not a heading such as "What happened?" of a report in several paragraphs, nor a mark within an address. */
const asks = /[\p{L}"')]\s*[?？](?:\s|$)/u;

/** Quotes, or hands on what somebody else got, before anything of the report is said. */
const handsOn =
  /^[ \t]*(?:>(?!>> ?[A-Z]{4})|\|[^-]|-{2,}\s*(?:forwarded|original) (?:message|mail)|-{2,}\s*(?:weitergeleitete|ursprüngliche|message (?:transféré|d'origine)|mensaje (?:reenviado|original))|begin forwarded message|(?:from|von|de|da|van|от|发件人|差出人)\s?[:：].{0,80}(?:daemon|postmaster|mail delivery|subsystem))/im;

export function writtenByPerson(headers: readonly HeaderLine[], report: string): boolean {
  if (program.test(`${headerValue(headers, 'x-mailer')} ${headerValue(headers, 'user-agent')}`)) return true;
  const text = report.slice(0, 6000).replace(/https?:\S{1,500}/gi, ' ');
  return handsOn.test(text) || asks.test(text) || talk.test(text.replace(/\s+/g, ' '));
}
