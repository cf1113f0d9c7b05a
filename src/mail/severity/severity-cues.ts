/** What makes a sentence say a severity of the matter at hand, and not only use the word. */
import type { Mention } from './severity-mention.ts';

const noun =
  '(?:issue|incident|case|problem|outage|ticket|emergency|fault|failure|error|request|bug|situation|event|defect|alert|breakdown|' +
  'fall|störung|vorfall|fehler|notfall|ausfall|anfrage|meldung|' +
  'incidente?|problème|dossier|panne|urgence|demande|problema|caso|avería|fallo|emergencia|solicitud)';
const little =
  '(?:for|because|since|as|please|now|until|in|on|at|to us|with|affecting|from|which|that|here|again|today|right|immediately|asap|by|due|where|and|but|' +
  'für|bitte|jetzt|weil|da|seit|bei|im|und|aber|vor|an|zu|mit|behandelt|ein|einzustufen|einstufen|eröffnen|aufnehmen|behandeln|anlegen|melden|erfassen|bearbeiten|setzen|hochstufen|heraufstufen|einordnen|erhöhen|ändern|hoch|herauf|herab|senken|ist|hat|' +
  "pour|car|parce|merci|svp|s['’]il|puisque|et|mais|dans|sur|chez|depuis|maintenant|à|" +
  'para|porque|por|y|pero|ya|en|desde|ahora|gracias)';
const stop = '(?: ?(?:$|[.,;:!?)\\]–—。、！])| [-–—])';

/** Nothing but the end, a word of little weight, or the thing itself with up to two words before it. */
const mayFollow = new RegExp(
  `^(?:${stop}| ${little}(?!\\p{L})|(?: |-)(?:[\\p{L}-]+ ){0,2}${noun}(?:${stop}| ${little}(?!\\p{L})))`,
  'iu',
);
const atStartMayFollow = new RegExp(
  `^(?:${stop}| (?:please|now|here|for us|asap|bitte|jetzt|für uns|svp|merci|pour nous|por favor|para nosotros)(?!\\p{L})|(?: |-)(?:[\\p{L}-]+ ){0,2}${noun}(?:${stop}| ${little}(?!\\p{L})))`,
  'iu',
);
const mayFollowJa =
  /^ ?(?:です|でお願い|でお|とさせ|で(?:対応|登録|起票|処理|受付|ご)|とし|に(?:設定|変更|して|引き上げ|上げ)|扱い|の?(?:障害|問題|案件|インシデント|不具合|トラブル|事象|件|緊急事態)(?:です|が発生|とし|でお願い|でご|が起き|扱い|[。！!]?$)|[。！!.]|$)/u;

const list = (words: string): RegExp => new RegExp(`(?<![\\p{L}])(?:${words})(?!\\p{L})`, 'iu');

const matter = '(?:issue|incident|problem|outage|ticket|situation|request|error|failure|fault|defect|bug|case)';
const treat =
  '(?:treat|handl|logg?|rais|open|rat|classify|mark|sett?|consider|report|escalat|fil|register|submitt?|upgrad|creat|call|declar|chang|assign|prioriti[sz]|mak|putt?|lower|increas|reduc|bump|mov|request|regard)(?:e|ing)?';

const cues: readonly RegExp[] = [
  list(
    `(?:this|that|it|here|(?:the|our|my|this) (?:\\p{L}+ ){0,2}${matter}) (?:now |clearly |definitely |really |certainly )?(?:is|remains|has become|must be|should be|needs to be|has to be|qualifies as|counts as|is now|has)`,
  ),
  /(?<!\p{L})(?:it|this|that|there|here|what we have)['’]s(?!\p{L})/iu,
  list(
    '(?:production|system|server|database|application|service|plant|line|everything|work|business) is (?:\\p{L}+ ){0,2}(?:at|with|as)',
  ),
  list(
    `(?:please|kindly|(?:want|need|like|have|wish) to|must|let['’]s|hereby|we['’]re|we are|i am|i['’]m|we|i) (?:\\p{L}+ ){0,2}${treat}`,
  ),
  new RegExp(`^\\s*${treat} `, 'iu'),
  list(`${treat} (?:this|it|the|my|our)`),
  list('(?:need|want|like|prefer) (?:this|it) (?:\\p{L}+ )?as'),
  list(
    "(?:we|i) (?:now |still |currently )?(?:have|got|face|are having|are facing|are experiencing|have got)|we['’]ve got|there is|i['’]ve got|having",
  ),
  list("(?:i|we)(?:['’]d| would) (?:say|call|rate|classify|consider)"),
  // German
  list(
    '(?:das|dies|es|hier|(?:der|dieser|unser) (?:fall|vorfall|fehler|ausfall)|(?:die|diese) (?:störung|situation|anfrage|meldung)|(?:das|dieses|unser) (?:problem|ticket|thema)) (?:\\p{L}+ )?(?:ist|hat|bleibt|gilt|handelt|muss)',
  ),
  list(
    '(?:wir|ich) (?:haben|habe|melden|melde|eröffnen|eröffne|stufen|stufe|bitten|bitte|sehen|sehe|werten|werte|setzen|ordnen)|habe[n]? (?:wir|ich)|handelt es sich|es handelt sich|(?:vorliegt|liegt)(?: hier)? (?:\\p{L}+ ){0,2}vor|ist das|ist dies|bitte|eingestuft als|einstufung',
  ),
  // French
  /(?<!\p{L})(?:c['’]est|ceci est|il s['’]agit|s['’]agit|nous avons|j['’]ai|on a|nous (?:rencontrons|ouvrons|déclarons|classons|signalons|subissons|demandons)|je (?:déclare|classe|signale|vous signale|souhaite|demande)|merci|veuillez|prière|svp|s['’]il vous pla[iî]t|à traiter|(?:cet?|cette|le|la|notre) (?:incident|problème|panne|demande|dossier|situation|ticket) (?:est|a|reste))(?!\p{L})/iu,
  // Spanish
  list(
    '(?:esto es|eso es|es una?|es de|se trata|tenemos|tengo|hay|estamos (?:ante|con)|por favor|ruego|rogamos|favor de|solicito|solicitamos|pido|pedimos|abro|abrimos|reporto|reportamos|clasific\\p{L}+|trat\\p{L}+|consider\\p{L}+|cambi\\p{L}+|sub[ae]n?|baj[ae]n?|pong\\p{L}+|(?:es|son)(?= (?:de )?$)|(?:est[ea]|el|la|nuestr[oa]) (?:incidente|incidencia|problema|caso|avería|fallo|situación|ticket) (?:es|tiene|sigue))',
  ),
  // What it is instead.
  /^(?:but|sondern|mais|sino) /iu,
];

/** The mention brings its verb along: `the severity is 1`. */
const withVerb = /(?<!\p{L})(?:is|ist|est(?: de)?|es(?: de)?) ?[1-4]$/iu;
const subjectOfVerb = /(?:^|(?<!\p{L})(?:the|our|my|its|this|der|unser|die|unsere|la|le|notre|nuestra|su|sa|el))\s*$/iu;

const greeting =
  /^(?:[\s*_>#•·|"'“„(-]*(?:hello|hi|dear \p{L}+|hallo|bonjour|hola|urgent|urgente|dringend|attention|achtung|help|hilfe)?[\s,:!-]*(?:(?:incident|panne|problème|incidente|problema|avería|störung|fall|ausfall|issue|outage|ticket|vorfall|meldung|fehler|problem|notfall|anfrage|error|fallo|dossier|caso) (?:(?:de|of|mit|con|with) )?)?)$/iu;
const setOff = /[,;:–—(]\s*$|\s-\s*$/u;
const priority = /^(?:prio|優先|緊急|重要)/iu;
const endsAfterBrackets = /^ ?(?:です|でございます)?[.!。！]*$/u;
const endsThere = /^ ?(?:[.!)。！]|$|, ?(?:please|bitte|merci|svp|por favor))/iu;

/** Whether the sentence says it of this matter; what would deny it has been looked at. */
export function says(one: Mention): boolean {
  const { before, sentence, start, end } = one;
  const rest = sentence.slice(end, end + 120);
  const ahead = sentence.slice(0, start);
  // `Priority 1: order the parts` is a list of things to do.
  if (priority.test(one.text) && ahead === '' && /^ ?:/.test(rest)) return false;
  if (/[\u3040-\u30ff\u3400-\u9fff]/u.test(one.text) || /^ ?(?:です|でお願い|とし|の(?:障害|問題|案件))/u.test(rest))
    return mayFollowJa.test(one.bracketed ? rest.replace(/^ ?\)/, '') : rest);
  if (greeting.test(ahead.slice(-40)) && ahead.length <= 40) return atStartMayFollow.test(rest);
  if (one.bracketed && /^ ?\)/.test(rest)) {
    const behind = rest.replace(/^ ?\)/, '');
    return endsAfterBrackets.test(behind) || (mayFollow.test(behind) && cues.some((cue) => cue.test(before)));
  }
  if (setOff.test(ahead.slice(-4))) return endsThere.test(rest);
  if (withVerb.test(one.text)) return subjectOfVerb.test(before) && mayFollow.test(rest);
  return mayFollow.test(rest) && cues.some((cue) => cue.test(before));
}
