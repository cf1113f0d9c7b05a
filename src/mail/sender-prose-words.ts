/**
 * The words by which people say that somebody belongs to them, may write, or does not, in the languages of the templates. Stems,
 * matched at the start of a word; Japanese has no spaces, so its words are matched anywhere. NFKC, lower case, ’ as '.
 */
const list = (text: string): string[] => text.trim().split(/\s*\|\s*/);

const latin = (words: string): string => `(?<![\\p{L}\\p{N}])(?:${list(words).join('|')})`;
const whole = (words: string): string => `${latin(words)}(?![\\p{L}\\p{N}])`;
const anywhere = (words: string): string => `(?:${list(words).join('|')})`;
const either = (...patterns: string[]): RegExp => new RegExp(patterns.join('|'), 'giu');

/** Opens the answer: the question was whether somebody belongs to them. */
export const yes = either(
  `^${whole("yes|yep|yeah|yup|sure|certainly|definitely|absolutely|of course|correct|right|that's right|that is right|affirmative|confirmed|ok|okay|go ahead|approved|granted|ja|jawohl|genau|richtig|korrekt|klar|natürlich|selbstverständlich|sicher|stimmt|das stimmt|einverstanden|in ordnung|oui|bien sûr|bien sur|tout à fait|exact|exactement|c'est exact|effectivement|absolument|d'accord|sí|si|claro|claro que sí|por supuesto|correcto|exacto|así es|efectivamente|de acuerdo|vale")}`,
  `^${anywhere('はい|ええ|うん|そうです|その通り|そのとおり|間違いありません|間違いございません|了解|承知|もちろん|大丈夫|問題ありません|問題ございません|問題ない')}`,
);
export const no = either(
  `^${whole('no|nope|not|never|definitely not|certainly not|absolutely not|nein|nicht|keinesfalls|auf keinen fall|niemals|non|absolument pas|certainement pas|surtout pas|jamais|en absoluto|de ninguna manera|nunca')}`,
  `^${anywhere('いいえ|いえ|違います|ちがいます|絶対に')}`,
);

/** Polite words beside a bare yes. */
export const politeness = either(
  whole(
    "please|thanks|thank you|many thanks|thx|cheers|hi|hello|dear|all|team|support|there|so|it is|it's|indeed|bitte|danke|vielen dank|hallo|guten tag|liebes|merci|s'il vous plaît|s'il vous plait|svp|bonjour|por favor|gracias|muchas gracias|hola|buenos días",
  ),
  anywhere('お願いします|お願いいたします|お願い致します|よろしく|ありがとうございます|です'),
);

/** They are one of theirs. */
export const belongs = either(
  latin(
    'colleague|coworker|co-worker|employee|staff|teammate|team member|one of us|one of ours|one of our|is ours|belongs? to us|belongs? to our|belongs? here|works? (?:here|for us|with us|for me|with me|at our|in our|in my)|working (?:for|with) (?:us|me)|new hire|intern(?![\\p{L}])|assistant|deputy|boss|my manager|successor|part of (?:our|my|the) team|(?:in|on|from) (?:our|my) (?:team|department|office|company|group)',
  ),
  latin(
    'kolleg|mitarbeiter|angestellt|einer von uns|eine von uns|gehört zu (?:uns|unser|mein)|arbeitet (?:bei|für|mit) (?:uns|mir)|praktikant|assistent|stellvertret|vertretung|nachfolger|chefin?(?![\\p{L}])|vorgesetzt|teil unseres|in unsere[mr] (?:team|abteilung|firma)|aus (?:unserem|meinem|unserer|meiner) (?:team|abteilung|haus|firma)|azubi|auszubildende',
  ),
  latin(
    "collègue|collaborat|employée?|salariée?|fait partie d[eu] |l'un des nôtres|l'une des nôtres|un des nôtres|une des nôtres|des nôtres|travaille (?:chez|avec|pour) (?:nous|moi)|stagiaire|assistante?(?![\\p{L}])|adjointe?|remplaçante?|successeur|chez nous|de (?:notre|mon) (?:équipe|service|société|entreprise)",
  ),
  latin(
    'compañer|colega|emplead|trabajador|uno de los nuestros|una de las nuestras|es de los nuestros|es de las nuestras|es nuestr[oa]|trabaja (?:con|para|en) (?:nosotros|nosotras|nuestr|mi|la empresa)|trabaja aquí|trabaja conmigo|becari[oa]|asistente|ayudante|sustitut[oa]|sucesora?|jef[ea](?![\\p{L}])|pertenece a (?:nuestr|la empresa|mi)|(?:de|en) (?:nuestro|mi) (?:equipo|departamento|empresa)|forma parte de',
  ),
  anywhere(
    '同僚|社員|部下|上司|後任|新人|新入社員|一員|メンバー|スタッフ|従業員|弊社の者|当社の者|うちの者|弊社の担当|当社の担当|うちの担当|担当者です|後輩|先輩|アシスタント|チームの者|部署の者|所属して|所属です|働いて',
  ),
);

/** They may write. */
export const admits = either(
  latin(
    "(?:please )?(?:let (?:her|him|them|this person) (?:in|write|through)|admit|accept|allow|approve|grant|go ahead|add (?:her|him|them)|include (?:her|him|them)|register)|(?:that|this|it|he|she|all)(?:'s| is) (?:fine|ok|okay|all right|alright|good|right|correct|legit|legitimate|genuine|allowed|welcome)|fine with me|ok with me|okay with me|fine by me|may (?:write|access|see|join)|can (?:write|have access|join)|is allowed|is authori[sz]ed",
  ),
  latin(
    '(?:bitte )?(?:zulassen|freigeben|hinzufügen|aufnehmen|eintragen|registrieren)|lassen sie (?:ihn|sie) (?:rein|herein|zu)|darf (?:mit)?schreiben|darf (?:das|gern)|ist berechtigt|ist (?:in ordnung|ok|okay|richtig|korrekt)|(?:geht|passt) (?:in ordnung|so|für mich)|das passt',
  ),
  latin(
    "(?:veuillez )?(?:accepter|acceptez|autoriser|autorisez|ajouter|ajoutez|enregistrer|enregistrez|admettre|admettez|laissez-(?:le|la) (?:écrire|entrer))|peut (?:écrire|participer)|est autorisée?|c'est (?:bon|correct|en ordre|ok)",
  ),
  latin(
    '(?:por favor )?(?:admítan|admita|autor[ií]ce|autoricen|autorizar|añad|agreg|regístr|registr(?:e|en|ar)(?![\\p{L}])|acept|déjen|deje (?:que|entrar))|puede (?:escribir|participar)|está autorizad|está bien|es correcto',
  ),
  anywhere('許可して|認めて|登録して|追加して|通して|書き込んで(?:も)?(?:構いません|大丈夫|結構)'),
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
  anywhere('連絡先として|連絡先に|ユーザーとして|登録して|登録をお願い|登録願います'),
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
    "but|however|though|although|yet|except|unless|until|till|if|whether|when|once i|before|wait|hold|later|after|tomorrow|maybe|perhaps|probably|possibly|might|may be|guess|think|believe|suppose|assume|seems?|looks?|sounds?|unsure|uncertain|doubt|apparently|should be|could be|would|ask|check|verify|confirm first|who|what|why|which|aber|jedoch|allerdings|sondern|obwohl|außer|es sei denn|bis|wenn|falls|ob|bevor|warten|erst|zuerst|später|nachher|vielleicht|wahrscheinlich|vermutlich|möglicherweise|eventuell|wohl|glaube|denke|meine ich|könnte|müsste|dürfte|scheint|unsicher|fragen|prüfen|klären|wer|was|warum|welche[rs]?|mais|cependant|toutefois|pourtant|sauf|jusqu'?|si|avant|attend[a-z]*|d'abord|plus tard|après|peut-être|probablement|sans doute|sûrement|crois|pense|suppose|semble|pourrait|devrait|vérifi[a-z]*|demand[a-z]*|qui|quoi|pourquoi|quel|quelle|pero|sino|aunque|salvo|excepto|hasta|antes|esper[a-z]*|primero|luego|después|quizás?|tal vez|probablemente|posiblemente|creo|pienso|supongo|parece|podría|debería|compru?eb[a-z]*|comprobar|pregunt[a-z]*|verific[a-z]*|quién|qué|cuál",
  ),
  anywhere(
    'ですが|ますが|たが|だが|けど|けれど|しかし|ただし|ただ、|でも|もし|たら|れば|なら|まで|前に|後で|あとで|たぶん|多分|おそらく|恐らく|かもしれ|と思い|と思う|はずです|ようです|らしい|でしょう|か。|ですか|ますか|確認|待っ|誰|だれ',
  ),
  '[?？]',
  // What was, and is over.
  whole(
    'was|were|used to|former|formerly|ex|left|leaves|leaving|quit|resigned|fired|retired|no longer|anymore|last|war|waren|ehemalig[a-zäöü]*|früher[a-zäöü]*|ausgeschieden|gekündigt|verlassen|gegangen|mehr|était|étaient|ancien|ancienne|anciens|parti|partie|quitté|plus|démissionné|era|eran|fue|antigu[oa]|ex|dejó|marchó|ya',
  ),
  anywhere('退職|辞め|元社員|元同僚|以前|かつて|でした|だった'),
  // Somebody else's.
  latin(
    'customer|competitor|client|supplier|vendor|recruiter|salesman|spammer|impostor|fake|kunde|kundin|lieferant|konkurrent|betrüger|fournisseur|concurrent|proveedor|competidor',
  ),
  anywhere('お客|取引先|業者|競合|偽'),
);
