/**
 * Hard or soft. Hard means that the address itself is no good: nobody of that name, no such host, moved away. Everything that
 * may be otherwise tomorrow (full, suspended, filtered, blocked, late) is soft, for a contact is marked because of it (MAIL.md §2).
 */
import type { BounceRecipient } from '../parsed-mail.ts';

const aboutTheSender =
  /sender (?:address )?(?:rejected|denied|verif)|sender (?:id|domain)|from address|(?:access|relay(?:ing)?|service) (?:is )?denied|refused by (?:policy|spam)|unable to relay|not allowed to (?:send|relay)|authenticat|spamhaus|reverse (?:dns|host|name)|\bptr\b|\bspf\b|\bdkim\b|\bdmarc\b|black ?list|block ?list|\bblocked\b|\bbanned\b|not permitted|sending (?:ip|domain)|mail from:|does not resolve|bad reputation|poor reputation|unverifiable|restricted/;

const mayPass =
  /mail ?box(?: is| was)?(?: currently| temporarily)? (?:full|disabled|inactive|unavailable for|over)|(?:mailbox|mail ?folder|inbox|disk)[^.]{0,40}\bfull\b|full mailbox|over ?quota|quota[^.]{0,20}exceed|exceed[^.]{0,40}(?:quota|limit|storage)|mailfull|\bdisabled\b|\bsuspended\b|\binactive\b|not active|\bdormant\b|over the maximum allowed|insufficient (?:system )?storage|out of (?:storage|quota)|too (?:large|big|many)|size (?:limit|exceed)|いっぱい|一杯/;

const nobodyThere =
  /user unknown|unknown (?:or illegal )?(?:user|recipient|address|account|mailbox|local|alias|login)|unknown (?:or illegal|mailbox)|(?:no|not a|isn't a) (?:such|valid) (?:an? )?(?:user|recipient|address|mailbox|account|person|alias|local|destination|email)|no such[^.\n]{0,30}(?:user|address|mailbox|recipient|here)|(?:user|recipient|mailbox|address|account|alias|addressee|destinat\w+|box)\b[^\n]{0,80}?\b(?:does(?: not|n'?t) exist|do(?:es)? not exist|not exist|not found|could ?n[o']t be found|wasn.?t found|unknown|not known|is invalid|nonexistent|non-existent|not recogni[sz]ed|doesn.?t have|is not valid)|not (?:a )?known (?:user|recipient|at this)|invalid (?:recipient|mailbox|user|address|final|local)|no mailbox (?:here|by that)|not listed in|recipient ?not ?found|name is not recognized|doesn.?t have an? [^\n]{1,80} account|bad destination mailbox|not our customer|unrouteable address|undeliverable address|no longer (?:valid|in use|employed|with|works|on (?:this )?server|accept|available|exists?)|no valid recipients|no account|not a registered|no recipients|user[^\n]{0,20}not in directory|couldn.?t find[^\n]{0,30}(?:user|recipient|mailbox)|no hay|mailbox not found|bad address|recipnotfound|mailbox unavailable or access denied: 5\.1\.1|アドレスが見つ|存在しま|宛先.{0,20}不明|адресат не существует|empf.nger.{0,20}(?:unbekannt|nicht gefunden)|(?:usuario|destinatario|direcci[oó]n|buz[oó]n|cuenta)[^\n]{0,40}(?:desconocid|no existe|inexistente|sconosciut)|(?:adresse|empf.nger|benutzer|postfach|konto)[^\n]{0,60}(?:existiert nicht|gibt es nicht|unbekannt)|(?:utilisateur|destinataire|adresse|bo[iî]te)[^\n]{0,60}(?:inconnue?|inexistante?|n['’]existe pas|introuvable)|onbekende (?:gebruiker|ontvanger)|(?:adres|postvak|gebruiker)[^\n]{0,40}bestaat niet|(?:usu[aá]rio|destinat[aá]rio|endereço)[^\n]{0,40}(?:desconhecid|inexistente|não existe)|(?:utente|casella|indirizzo)[^\n]{0,40}(?:sconosciut|inesistente|non esiste)|(?:użytkownik|adres|odbiorca|skrzynka)[^\n]{0,40}(?:nie istnieje|nieznan)/;

const nowhere =
  /host unknown|unknown host|host[^\n]{0,20}not found|(?:host or )?domain[^\n]{0,60}?(?:not found|does(?: not|n'?t) exist|could ?n[o']t be found|wasn.?t found|is invalid|unknown)|nxdomain|no such (?:host|domain)|unrouteable mail domain|unrouteable domain|illegal host|cannot find any (?:host|mx)|couldn.?t find any host|name or service not known|domain name not found|no mail ?(?:server|host)s? for|has moved|moved to|null ?mx|does(?: not|n'?t) (?:accept|receive|support) (?:any )?(?:mail|e-?mail|smtp)|address is invalid|no (?:mx|a) record|domain has no mail|nullmx|domain is not reachable|no smtp service|account or domain may not exist/;

const later =
  /time(?:d)? ?out|try again|temporar|refused|not respond|expired|greylist|throttl|rate ?limit|deferred|unavailable|queue too long|hop ?count|too many hops|loop|giving up|virus|spam|policy|content|not accepted/;

/** A server that took the recipient and refuses after the text judges the text, whatever it calls that. */
const afterData = /end of data|command data|>>> data|data send|>>> \.(?: |$)/;

/** Hard in RFC 3463 and its registry where no words say otherwise. */
const hardStatus = /^5\.(?:1\.(?:0|1|2|3|6|10)|4\.4)$/;

/** A sentence about the address wins over one about its circumstances, words win over numbers: servers mix the numbers up. */
export function kindOf(action: string, status: string, diagnostic: string): BounceRecipient['kind'] {
  if (action === 'delayed') return 'delayed';
  if (action === 'delivered' || action === 'relayed' || action === 'expanded') return 'delivered';
  const words = diagnostic.slice(0, 4000).replace(/\s+/g, ' ').toLowerCase();
  if (mayPass.test(words) || status.startsWith('4') || /^5\.(?:1\.8|7\.)/.test(status)) return 'soft';
  if (afterData.test(words) && !hardStatus.test(status)) return 'soft';
  const numbered = hardStatus.test(status);
  if (!numbered && aboutTheSender.test(words)) return 'soft';
  if (nobodyThere.test(words) || nowhere.test(words)) return 'hard';
  if (aboutTheSender.test(words)) return 'soft';
  if (numbered && !(status === '5.1.0' && later.test(words))) return 'hard';
  return 'soft';
}

/** RFC 3463 code, preferring a telling one from the other server's words over X.0.0 of the report; `''` where there is none. */
export function statusOf(field: string, diagnostic: string): string {
  const said = /(?:^|[^0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.]*[0-9])/;
  const given = /([245]\.[0-9]{1,3}\.[0-9]{1,3})/.exec(field)?.[1] ?? '';
  if (given !== '' && !/\.0\.0$/.test(given)) return given;
  const found = said.exec(diagnostic.slice(0, 4000))?.[1];
  if (found !== undefined && !/\.0\.0$/.test(found)) return found;
  return given !== '' ? given : (found ?? replyClass(diagnostic));
}

function replyClass(diagnostic: string): string {
  const reply = /(?:^|[^0-9.#:-])([45])[0-7][0-9](?=[ -]|$)/m.exec(diagnostic.slice(0, 4000))?.[1];
  return reply === undefined ? '' : `${reply}.0.0`;
}
