/**
 * The words by which people say that somebody belongs to them, may write, or does not, in the languages of the templates. Stems,
 * matched at the start of a word; Japanese has no spaces, so its words are matched anywhere. NFKC, lower case, ’ as '.
 */
import { plainYes } from './thanks-words.ts';

const latin = (words: string): string => `(?<![\\p{L}\\p{N}])(?:${words})`;
const whole = (words: string): string => `${latin(words)}(?![\\p{L}\\p{N}])`;
const anywhere = (words: string): string => `(?:${words})`;
const either = (...patterns: string[]): RegExp => new RegExp(patterns.join('|'), 'giu');

const isLatin = (word: string): boolean => /^\p{Script=Latin}+$/u.test(word);
const latinYes = plainYes.filter(isLatin).join('|');
const otherYes = plainYes.filter((word) => !isLatin(word)).join('|');

/** Opens the answer: the question was whether somebody belongs to them. */
export const yes = either(
  `^${whole(`${latinYes}|yep|yeah|yup|sure|certainly|definitely|absolutely|of course|correct|right|that's right|that is right|affirmative|confirmed|go ahead|approved|granted|jawohl|genau|richtig|korrekt|klar|natürlich|selbstverständlich|sicher|stimmt|das stimmt|einverstanden|jep|bien sûr|bien sur|tout à fait|exact|exactement|c'est exact|effectivement|absolument|claro|claro que sí|por supuesto|correcto|exacto|así es|efectivamente`)}`,
  `^${anywhere(`${otherYes}|ええ|うん|そうです|その通り|そのとおり|間違いありません|間違いございません|もちろん|大丈夫|問題ありません|問題ございません|問題ない`)}`,
);
export const no = either(
  `^${whole('no way|no|nope|nah|not|never|definitely not|certainly not|absolutely not|nein|nicht|keinesfalls|auf keinen fall|niemals|non|absolument pas|certainement pas|surtout pas|jamais|en absoluto|de ninguna manera|nunca')}`,
  `^${anywhere('いいえ|いえ|違います|ちがいます|絶対に')}`,
);

/** Polite words beside a bare yes or no. */
export const politeness = either(
  whole(
    "please|thanks|thank you|many thanks|thx|cheers|hi|hello|dear|all|team|support|there|so|it is|it's|indeed|bitte|danke schön|danke|vielen dank|hallo|guten tag|liebes|merci beaucoup|merci|s'il vous plaît|s'il vous plait|svp|bonjour|por favor|muchas gracias|gracias|hola|buenos días",
  ),
  anywhere('お願いします|お願いいたします|お願い致します|よろしく|ありがとうございます|です'),
);
/** What says yes once more beside a yes, and no more than that. */
export const affirmation = either(
  whole(
    "sure|of course|absolutely|definitely|certainly|ok|okay|correct|right|(?:that|it|this)(?:'s| is) (?:her|him|them|correct|right)|(?:he|she) is|they are|natürlich|selbstverständlich|sicher|gern|gerne|klar|genau|richtig|das ist (?:sie|er|richtig)|das sind sie|(?:sie|er) ist es|bien sûr|bien sur|tout à fait|exactement|absolument|volontiers|c'est (?:bien )?(?:elle|lui|exact)|claro que sí|claro|correcto|por supuesto|desde luego|es (?:ella|él|correcto)|(?:así|lo) es",
  ),
  anywhere('もちろん|結構|本人'),
);

const person =
  "(?:colleague|coworker|co-worker|employee|teammate|team ?mate|staff member|intern|trainee|apprentice|assistant|deputy|boss|manager|successor|new hire|new starter|team member|guy|girl|man|woman|lady)s?(?!'s)(?![\\p{L}])";
const personDe =
  '(?:(?:arbeits)?kolleg(?:e|en|in|innen)|mitarbeiter(?:in|innen|n)?|angestellte[rn]?|praktikant(?:in|en)?|azubi|auszubildende[rn]?|werkstudent(?:in)?|assistent(?:in)?|stellvertreter(?:in)?|vertretung|nachfolger(?:in)?|chef(?:in)?|vorgesetzte[rn]?)(?![\\p{L}])';
const personFr =
  '(?:collègues?|collaborat(?:eur|rice)s?|employée?s?|salariée?s?|stagiaire|alternante?|assistante?|adjointe?|remplaçante?|successeur|chef(?:fe)?|responsable)(?![\\p{L}])';
const personEs =
  '(?:compañer[oa]s?|colegas?|emplead[oa]s?|trabajador(?:a|es)?|becari[oa]|asistente|ayudante|sustitut[oa]|sucesora?|jef[ea])(?![\\p{L}])';
const few = '(?:[\\p{L}.-]+ ){0,4}';
/** Said as an answer by itself, with nothing behind it that does something: `my colleague`, not `my colleague will answer`. */
const alone = (noun: string, behind: string): string =>
  `(?<=^|[,.!:;\\n-] ?)(?:[\\p{L}']+ ){0,3}${noun}(?: ${behind})?(?=\\s*(?:[.!,;\\n]|$))`;

/** They are one of theirs: said of the sender, not of somebody else who comes into the answer. */
export const belongs = either(
  `(?<![\\p{L}'])(?:that|this|it|he|she|they)(?:'s|'re| is| are) ${few}${person}`,
  `(?<![\\p{L}'])(?:he|she|they)(?:'s|'re| is| are) (?:also |now |indeed )?(?:our|my) (?:[\\p{L}-]+ ){0,2}[\\p{L}-]+`,
  `(?<!(?:the|our|my|your|a|an|and) )(?<![\\p{L}'])(?!(?:i|we|you|there|here|what|who|which|my|our|the|your|all|everything|nothing)(?![\\p{L}]))[\\p{L}.-]{2,}(?:'s| is) (?:also |now |indeed )?(?:a |an |my |our |one of my |one of our )(?:[\\p{L}-]+ ){0,2}${person}`,
  latin(
    "(?:is|are|'s|'re) (?:also |now )?(?:one of (?:us|ours|our [\\p{L}]+)|ours|with us|part of (?:our|my|the) (?:team|company|department|office|group)|(?:a )?(?:new )?member of (?:our|my|the) (?:team|company|department|office|staff)|(?:in|on) (?:our|my) (?:team|department|office|company))|(?:he|she|they)(?:'s|'re) (?:ours|with us|one of (?:us|ours|our))|belongs? to (?:us|our)|works? (?:here|for us|with us|for me|with me|at our|in our|in my)|is working (?:for|with) (?:us|me)|(?:joined|started with) (?:us|our)",
  ),
  `(?<![\\p{L}])'s (?:one of our|one of ours|ours)`,
  alone(person, '(?:of (?:mine|ours)|here|from (?:[\\p{L}]+ ){0,2}[\\p{L}]+)'),
  `(?<![\\p{L}])(?:ist|sind) ${few}${personDe}`,
  latin(
    '(?:ist|sind) (?:[\\p{L}]+ ){0,4}(?:bei|von) uns|arbeitet (?:[\\p{L}]+ ){0,2}(?:bei|für|mit) (?:uns|mir)|gehört (?:[\\p{L}]+ ){0,2}(?:zu (?:uns|unser[\\p{L}]*|mein[\\p{L}]*)|zum team|zur (?:firma|abteilung))|(?:einer|eine) von uns|ist (?:in|aus) (?:unsere[mr]|meine[mr]) (?:team|abteilung|firma|haus)',
  ),
  alone(personDe, '(?:von (?:mir|uns)|bei uns|aus (?:[\\p{L}]+ ){0,2}[\\p{L}]+)'),
  `(?<![\\p{L}])(?:c'est|ce sont|est) ${few}(?:[ld]'|d’)?${personFr}`,
  latin(
    "fait (?:bien )?partie de (?:notre|mon|l'équipe|nos)|(?:l'|l’)?une? des nôtres|travaille (?:bien )?(?:chez|avec|pour) (?:nous|moi)|est (?:bien )?(?:des nôtres|de chez nous|de notre (?:équipe|service|société))",
  ),
  alone(personFr, '(?:à moi|de chez nous|du service [\\p{L}]+)'),
  `(?<![\\p{L}])(?:es|son) ${few}${personEs}`,
  latin(
    'es (?:un[oa] )?de (?:los|las) nuestr[oa]s|es nuestr[oa](?! (?:problema|error|servidor))|trabaja (?:con|para|en) (?:nosotros|nosotras|nuestr[oa]|mi equipo|la empresa)|trabaja (?:aquí|conmigo)|pertenece a (?:nuestr[oa]|la empresa|mi)|forma parte de (?:nuestr[oa]|mi|la)|es de (?:nuestr[oa]|mi) (?:equipo|departamento|empresa)',
  ),
  alone(personEs, '(?:mí[oa]|nuestr[oa]|de (?:[\\p{L}]+ ){0,2}[\\p{L}]+)'),
  '(?:同僚|社員|部下|上司|後任|新人|一員|メンバー|スタッフ|従業員|担当者|後輩|先輩|アシスタント|秘書|者)(?:の[\\p{L}]{1,8}?)?(?:です|でございます|になります|だ(?![\\p{L}])|に間違い|で間違い)',
  '(?:弊社|当社|うち|私のチーム|部署)(?:に|で|の)?(?:所属|在籍|勤務)',
);

/** They may write. */
export const admits = either(
  latin(
    "(?:let|admit|accept|allow|approve|include|add|register) (?:her|him|them|this person|that person)(?![\\p{L}])|(?:go ahead|approve(?:d)?(?= ?[.!]|$)|grant(?:ed)? access)|(?:that|this|he|she)(?:'s| is) (?:fine|ok|okay|legit|legitimate|allowed|welcome|authori[sz]ed)|(?:fine|ok|okay) (?:with|by|for) (?:me|us)|(?:he|she|they|this person) (?:may|can) (?:write|have access|join|see)",
  ),
  latin(
    'zulassen|freigeben|freischalten|(?:ihn|sie|die person|diese person|den kollegen|die kollegin) (?:[\\p{L}]+ ){0,2}(?:hinzufügen|aufnehmen|eintragen|registrieren)|lassen sie (?:ihn|sie) (?:rein|herein|zu)|(?:er|sie) darf (?:gern[e]? )?(?:mit)?schreiben|(?:er|sie) ist berechtigt|das (?:geht|ist) in ordnung|das passt',
  ),
  latin(
    "(?:l'|la |le )(?:accepter|autoriser|ajouter|enregistrer|admettre)|(?:acceptez|autorisez|ajoutez|enregistrez|admettez|laissez)-l[ae]|(?:il|elle) (?:peut (?:écrire|participer)|est autorisée?)",
  ),
  latin(
    '(?:autoríc|acépt|añád|agrégu|regístr|admít)(?:e|a|en|an)l[aoe]|(?:autorizar|aceptar|añadir|registrar|admitir)l[aoe]|puede escribir|está autorizad[oa]|déjel[ae] (?:entrar|escribir)',
  ),
  '(?<!を)(?:許可|登録|追加|承認)(?:して|を?お願い)|(?:この方|この人|彼|彼女|本人)を(?:許可|登録|追加|承認|通)し?て|書き込んで(?:も)?(?:構いません|大丈夫|結構)',
);

/** On a case: for this case only. */
export const onlyOnce = either(
  whole(
    '(?:just|only) (?:this )?once|once only|this once|(?:just |only )?(?:for )?this (?:time|case|one)(?: only)?|only (?:for )?this (?:time|case)|nur (?:dieses|diesmal|dieses eine) ?(?:mal)?|nur einmal|nur (?:für|zu) diese[mn] (?:fall|vorgang)|einmalig|seulement (?:cette fois|pour ce dossier)|(?:juste|uniquement) (?:cette fois|pour ce (?:dossier|cas))|cette fois(?: seulement)?|une seule fois|pour ce dossier uniquement|sólo esta vez|solo esta vez|una sola vez|(?:sólo|solo) (?:para|en) este caso|por esta vez',
  ),
  anywhere('今回だけ|今回のみ|今回に限り|このケースだけ|このケースのみ|このケースに限り'),
);
/** On a case: on record as well. */
export const asContact = either(
  latin(
    "(?:register|add|put|enter|record|set up|create) (?:her|him|them|this person|that person|[^\\s]+@[^\\s]+)(?: (?:to|on|in) (?:the|our|your) (?:site|records?|list|account|contacts?))?|as (?:a |an |our |new )*(?:contact|authori[sz]ed user|user)|(?:ihn|sie|diese person)?(?: bitte)? ?als (?:neue[rn]? |weitere[rn]? )?(?:kontakt|ansprechpartner|nutzer|benutzer)|(?:ihn|sie) (?:bitte )?(?:dauerhaft )?(?:ein(?:zu)?tragen|registrieren|aufnehmen)|comme (?:nouveau |nouvelle )?(?:contact|utilisateur|utilisatrice|interlocut)|enregistrez-l[ea]|l'enregistrer|ajoutez-l[ea]|como (?:nuev[oa] )?(?:contacto|usuari[oa])|regístrel[oae]|regístrenl[oae]|registrarl[oae]|añádal[oae]",
  ),
  '連絡先として|連絡先に(?:登録|追加)|ユーザーとして|(?<!を)登録(?:して|をお願い|願います)|(?:この方|この人|彼|彼女)を登録',
);

/** Said of a refusal: nobody of theirs knows them, or they are to be kept out. */
export const unknownOrRefused = either(
  latin(
    "(?:do not|don't|doesn't|does not|nobody here|no one here|none of us|cannot|can't) (?:[\\p{L}]+ ){0,3}(?:know|knows|recogni[sz]e|work|works|belong|belongs)|never heard|unknown|stranger|not (?:one of (?:us|ours|our)|ours|our|my|with us|from (?:us|here|our)|known|an? (?:colleague|employee)|a member)|no idea who|isn't (?:one of|ours|our|with)|is not (?:one of|ours|our|with|a colleague|an employee)|refuse|reject|deny|block|keep (?:him|her|them) out|do not (?:let|admit|allow|add|register)|don't (?:let|admit|allow|add|register)|spam|phishing",
  ),
  latin(
    '(?:kenne|kennen|kennt)(?: [\\p{L}]+){0,4} nicht|nicht bekannt|unbekannt|nie gehört|gehört nicht zu|arbeitet nicht (?:bei|für)|kein(?:e|er)? (?:kolleg|mitarbeit|von uns)|keiner von uns|ablehnen|abweisen|sperren|nicht (?:zulassen|freigeben|eintragen)|nicht (?:von|bei|zu) uns|gehört (?:[\\p{L}]+ )?nicht',
  ),
  latin(
    "(?:ne|n') ?(?:[\\p{L}]+ ){0,2}(?:connais|connaît|connait|connaissons)|connais pas|inconnue?|jamais entendu|ne (?:fait|travaille) pas|pas (?:un|une) (?:collègue|employ)|pas (?:de|chez) (?:chez )?nous|refuse|rejete|bloque",
  ),
  latin(
    'no (?:l[oae]s? )?(?:conozco|conocemos|conoce)|no (?:sé|sabemos) quién|desconocid[oa]|nunca (?:he|hemos) oído|no (?:trabaja|pertenece|es (?:de|nuestr|compañer|emplead|un|una))|rechac|bloque|denieg',
  ),
  anywhere(
    '知りません|知らない|存じません|存じ上げません|心当たりがありません|心当たりはありません|弊社の者ではありません|当社の者ではありません|社員ではありません|同僚ではありません|無関係|拒否',
  ),
);

/** Takes back what stands beside it. */
export const contrast = either(
  whole(
    'but|however|though|although|except|unless|aber|jedoch|allerdings|sondern|obwohl|außer|mais|cependant|toutefois|pourtant|sauf|pero|sino|aunque|salvo',
  ),
  anywhere('ですが|ますが|んが|たが|だが|けど|けれど|しかし|ただし'),
);

/** "No problem" says no to nothing. */
export const harmless = either(
  whole(
    "no problem(?: at all)?|not a problem|no worries|no objections?|no issue|why not|kein problem|keine einwände|keine bedenken|nichts dagegen|pas de problème|aucun problème|pas de souci|aucune objection|sans problème|pas d'objection|no hay problema|ningún problema|sin problema|ningún inconveniente|no hay inconveniente",
  ),
  anywhere(
    '問題ありません|問題ございません|問題ない|構いません|かまいません|差し支えありません|異論はありません|間違いありません|間違いございません',
  ),
);

/** Whatever of this stands beside a yes, it is none that may let somebody in. */
export const doubt = either(
  // Negation.
  whole(
    'no|not|never|none|nobody|cannot|without|nein|nicht|kein|keine|keinen|keiner|keinem|nie|niemals|niemand|ohne|non|ne|pas|jamais|aucun|aucune|personne|sans|nunca|jamás|nadie|ningun[oa]|ningún|tampoco|sin',
  ),
  "n't(?![\\p{L}])|(?<![\\p{L}])n'(?=[\\p{L}])",
  anywhere('ない|ません|いいえ|違い|ちがい|ではあり|じゃあり|ず、|なく'),
  // A "but", a condition, a guess, a question.
  whole(
    "but|however|though|although|yet|except|unless|until|till|if|whether|when|once i|before|wait|hold|later|after|tomorrow|maybe|perhaps|probably|possibly|might|may be|guess|think|believe|suppose|assume|seems?|looks?|sounds?|unsure|uncertain|doubt|apparently|claims?|pretends?|supposedly|should be|could be|would|ask|check|verify|confirm first|who|what|why|which|aber|jedoch|allerdings|sondern|obwohl|außer|es sei denn|bis|wenn|falls|ob|bevor|warten|erst|zuerst|später|nachher|vielleicht|wahrscheinlich|vermutlich|möglicherweise|eventuell|wohl|glaube|denke|meine ich|könnte|müsste|dürfte|scheint|unsicher|fragen|prüfen|klären|wer|was|warum|welche[rs]?|mais|cependant|toutefois|pourtant|sauf|jusqu'?|si|avant|attend[a-z]*|d'abord|plus tard|après|peut-être|probablement|sans doute|sûrement|crois|pense|suppose|semble|pourrait|devrait|vérifi[a-z]*|demand[a-z]*|qui|quoi|pourquoi|quel|quelle|pero|sino|aunque|salvo|excepto|hasta|antes|esper[a-z]*|primero|luego|después|quizás?|tal vez|probablemente|posiblemente|creo|pienso|supongo|parece|podría|debería|compru?eb[a-z]*|comprobar|pregunt[a-z]*|verific[a-z]*|quién|qué|cuál",
  ),
  anywhere(
    'ですが|ますが|たが|だが|けど|けれど|しかし|ただし|ただ、|でも|もし|たら|れば|なら|まで|前に|後で|あとで|たぶん|多分|おそらく|恐らく|かもしれ|と思い|と思う|はずです|ようです|らしい|でしょう|か。|ですか|ますか|確認|待っ|誰|だれ',
  ),
  '[?？]',
  // What was, and is over.
  whole(
    'was|were|used to|former|formerly|ex|left|leaves|leaving|quit|resigned|fired|retired|no longer|anymore|last|war|waren|ehemalig[a-zäöü]*|früher[a-zäöü]*|ausgeschieden|gekündigt|verlassen|gegangen|mehr|était|étaient|ancien|ancienne|anciens|est partie?|sont parti[a-z]*|quitté|plus|démissionné|era|eran|fue|antigu[oa]|ex|dejó|marchó|ya',
  ),
  anywhere('退職|辞め|元社員|元同僚|以前|かつて|でした|だった'),
  // Somebody else's.
  latin(
    'customer|competitor|client|supplier|vendor|recruiter|salesman|spammer|impostor|fake|kunde|kundin|lieferant|konkurrent|betrüger|fournisseur|concurrent|proveedor|competidor',
  ),
  anywhere('お客|取引先|業者|競合|偽'),
);
