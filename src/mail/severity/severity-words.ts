/** How people name a severity in a sentence, and what makes of the same words none: English, German, French, Spanish, Japanese. */

/** Words that are a severity wherever they stand, and those that also mean other things. */
export const severityWord =
  '(?:severity(?: level)?|sev|schweregrad|niveau de (?:gravit[ée]|s[ée]v[ée]rit[ée])|gravit[ée]|s[ée]v[ée]rit[ée]|nivel de (?:gravedad|severidad)|severidad|gravedad)';
export const severityWordJa = '(?:重大度|深刻度|セベリティ)';
export const priorityWord =
  '(?:priority(?: level)?|prio|priorit[äa]t(?:sstufe)?|dringlichkeit(?:sstufe)?|niveau de priorit[ée]|priorit[ée]|nivel de prioridad|prioridad)';
export const priorityWordJa = '(?:優先度|緊急度|重要度|プライオリティ)';

/** Between the word and its number. */
export const joiner =
  '(?: ?(?:[-:#.→]|->|=>|level|stufe|niveau|nivel|レベル|no\\.?|nr\\.?|n°|de niveau|du niveau|de nivel) ?| )?(?:(?:is|ist|est(?: de)?|es(?: de)?|to|auf|à|a|は|を) ?)?';
export const numeral =
  '(?:([1-4])(?![\\p{N}\\p{Script=Latin}_]|[.,:]\\p{N})|(one|two|three|four|eins|zwei|drei|vier|deux|trois|quatre|uno|dos|tres|cuatro)(?!\\p{L}))';
export const numerals: Readonly<Record<string, string>> = {
  ...{ one: '1', two: '2', three: '3', four: '4', eins: '1', zwei: '2', drei: '3', vier: '4' },
  ...{ deux: '2', trois: '3', quatre: '4', uno: '1', dos: '2', tres: '3', cuatro: '4' },
};

/** A run of whole words; the scripts without spaces have no words to be told apart. */
const words = (list: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list})(?![\\p{L}\\p{N}])`, 'iu');

export const negated = [
  words(
    "not|no|never|none|nor|neither|without|\\w+n['’]t|cannot|far from|rather than|instead of|less than|below|nowhere|hardly|beneath|" +
      'nicht|kein|keine|keinen|keinem|keiner|nie|niemals|weder|ohne|statt|anstatt|unter|kaum|' +
      'pas|aucun|aucune|jamais|sans|plutôt que|au lieu|non|ni|' +
      'ningún|ninguna|ninguno|nunca|jamás|sin|tampoco|en vez de|en lugar de',
  ),
  /(?:では|じゃ|で(?:は)?)(?:な|ありま)|以外|未満|ません|ではなく/u,
];

/** Before the mention; and, of what may also follow it, that. */
export const past = [
  words(
    "was|were|had|last|previous|previously|earlier|yesterday(?:['’]s)?|former|formerly|old|resolved|closed|solved|past|recent|back then|used to|after the|since the|root cause|follow-up|" +
      'war|waren|hatte|hatten|wurde|wurden|letzte[mnrs]?|vorige[mnrs]?|vorherige[mnrs]?|gestern|gestrige[mnrs]?|damals|früher|frühere[mnrs]?|vergangene[mnrs]?|gelöste[mnrs]?|' +
      "était|étaient|avait|avions|avaient|derni[eè]re?s?|précédente?s?|ancien|ancienne|passée?s?|l['’]autre jour|fut|avons eu|" +
      'era|eran|fue|fueron|había|tuvimos|tuvo|pasad[oa]s?|últim[oa]s?|ayer|anterior|anteriores|antigu[oa]s?|hace',
  ),
  /(?:でした|だった|ていた|[月火水木金土日]曜日?の|先週|先月|先日|昨日|昨年|去年|前回|以前|過去|当時)/u,
];
export const pastBehind = [
  words(
    'last|yesterday|ago|previously|earlier|back then|was|were|had|' +
      'letzte[mnrs]?|vorige[mnrs]?|gestern|damals|vergangene[mnrs]?|war|waren|hatten|wurde|' +
      'derni[eè]re?s?|passée?|précédente?|était|avait|' +
      'pasad[oa]|ayer|anterior|fue|era',
  ),
  // `the severity 1 of Monday`, which is a name for what was.
  words(
    '(?:of|from) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december)|' +
      '(?:vom|von) (?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|[0-9]{1,2}\\.)|' +
      '(?:de|du) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|' +
      '(?:de|del) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)',
  ),
  /(?:でした|だった|先週|先月|先日|昨日|昨年|去年|前回)/u,
];
export const since = /(?<!\p{L})(?:since|seit|depuis|desde)(?!\p{L})|から/iu;

/** It is over. */
export const overBehind =
  /^ (?:(?:is|has been|are|now|wurde|ist|est|a été|está|fue|ha sido) ){0,3}(?:resolved|closed|solved|fixed|over|gelöst|geschlossen|erledigt|behoben|vorbei|résolue?|close?|clôturée?|terminée?|resuelt[oa]|cerrad[oa]|solucionad[oa])(?!\p{L})|^.{0,6}(?:解決|完了|終了)/iu;

/** Anywhere before the mention in its sentence. */
export const conditional = [
  words(
    'if|unless|in case|whenever|as soon as|suppose|assuming|otherwise|should (?:it|this|that|the)|' +
      'wenn|falls|sofern|sobald|sollte|sollten|andernfalls|sonst|angenommen|im falle|' +
      "si|s['’]ils?(?! vous)|au cas où|en cas de|dès que|sinon|" +
      'en caso de|a menos que|en cuanto',
  ),
  /もし|場合|なら|れば|たら|とき|時は/u,
];
/** In its clause. */
export const unreal = [
  words(
    'would|could|might|may be(?:come)?|will be(?:come)?|becomes?|going to be|about to|soon|almost|nearly|maybe|perhaps|possibly|probably|' +
      'wäre|wären|würde|würden|könnte|könnten|wird bald|fast|beinahe|vielleicht|eventuell|möglicherweise|' +
      'serait|seraient|pourrait|pourraient|deviendrait|deviendra|sera|presque|peut-être|probablement|' +
      'sería|serían|podría|podrían|será|fuera|fuese|casi|quiz[áa]s?|tal vez|a lo mejor|posiblemente',
  ),
  /かもしれ|可能性|になりそう|おそらく|恐らく|多分|たぶん/u,
];

/** Somebody asks about severities, or speaks of how they work. */
export const aboutSeverities = [
  words(
    'what|how|who|why|when|where|which|whether|about|regarding|concerning|wonder|wondering|questions?|ask|asking|explain|difference|define[ds]?|definitions?|means?|meaning|describe|list of|examples?|documents?|documentation|manual|contract|sla|policy|process|procedure|guidelines?|training|runbook|playbook|post-?mortem|rca|review|drill|exercise|per your|according to|every|each|any|only|customers?|tell|told|send me|send us|covers?|covered|includes?|like the|similar to|said|says|stated|claims|claimed|thinks|thanks|thank you|hotline|number for|' +
      'was ist|was bedeutet|was heißt|wie|wer|warum|wann|wo|welche[mnrs]?|ob|über|bezüglich|zu|fragen?|erklären|erläutern|unterschied|definition|bedeutet|bedeutung|beschreibung|vertrag|prozess|verfahren|richtlinie|schulung|laut|gemäß|jede[mnrs]?|alle[nr]?|immer|nur|kunden|umfasst|abgedeckt|ähnlich|sagte|sagten|meinte|danke|vielen dank|hotline|rufnummer|' +
      "qu['’]est-ce|comment|qui|pourquoi|quand|quel|quelles?|quels|au sujet|à propos|concernant|demande si|expliquer|différence|définitions?|signifie|contrat|processus|procédure|formation|selon|chaque|tous|toutes|toujours|seulement|clients?|couvre|comme l|semblable|a dit|ont dit|merci pour|numéro pour|" +
      'qué|cómo|quién|por qué|cuándo|cuál|cuáles|sobre|acerca|respecto|preguntas?|explicar|explíquenme|diferencia|definici[óo]n(?:es)?|significa|contrato|proceso|procedimiento|formación|según|cada|todos|todas|siempre|s[oó]lo|clientes?|cubre|incluye|similar|dijo|dijeron|gracias por|número para',
  ),
  /とは|違い|定義|質問|について|意味|基準|手順|契約|でしょうか|教えて|例えば|常に|すべて|全て|ありがとう/u,
];

/** What a severity is the name of, where it is not that of the mail at hand: behind the mention. */
export const generalThing =
  /^[ -]?(?:contacts?|numbers?|notifications?|field|(?:issue|incident|case|problem|ticket|call|outage|event|alert)s|process|procedures?|polic(?:y|ies)|definitions?|training|runbooks?|playbooks?|response|responses|reaction|target|sla|contract|support plan|handling|handbook|review|report|reports|reporting|post-?mortem|rca|root cause|template|form|letter|mail|hotline|list|guidelines?|guide|document|documentation|checklist|drill|exercise|test|escalation|team|queue|rules?|criteria|matrix|meaning|means|question|follow-up|fälle|fällen|störungen|vorfälle|vorfällen|tickets|probleme|prozess|verfahren|definition|schulung|reaktionszeit|reaktionszeiten|vertrag|bericht|richtlinie|frage|bedeutung|bedeutet|heißt|formulaire|procédure|délais?|définition|signifie|formation|rapport|proceso|procedimiento|definición|significa|formación|tiempos?|informe|とは|の?(?:定義|基準|意味|手順|対応時間|応答時間|違い|場合|ケースの一覧|研修|について))(?![\p{Script=Latin}])/iu;

/** A question that is a request all the same. */
export const politeRequest = new RegExp(
  [
    '(?<!\\p{L})(?:can|could|would|will) (?:you|we|somebody|someone)(?: please| kindly| mind)? (?:treat|handle|log|raise|open|rate|classify|mark|set|consider|register|change|escalate|put|upgrade)',
    '(?<!\\p{L})(?:können|könnten|würden) (?:sie|wir)(?: bitte| uns| dies| das| den fall| diesen fall| es)* (?:als|mit|auf)',
    '(?<!\\p{L})(?:pouvez|pourriez)[- ]vous (?:\\p{L}+ ){0,3}(?:traiter|ouvrir|classer|enregistrer|passer|considérer)',
    '(?<!\\p{L})(?:pueden?|podrían?) (?:\\p{L}+ ){0,3}(?:tratar|abrir|clasificar|registrar|poner|considerar)\\p{L}*',
    '(?:して|対応|登録|処理)(?:いただけ|もらえ|ください|頂け)',
  ].join('|'),
  'iu',
);

/** Requests say these as well, and they are no conditions there. */
export const hedged =
  /(?<!\p{L})(?:(?:i|we)(?:['’]d| would) (?:say|call|rate|classify|consider|like)|(?:ich|wir) würden? (?:sagen|das|dies|es)|je dirais|nous dirions|yo diría|diría)(?!\p{L})/iu;

/** The words of somebody else: another case, or a name. */
export const otherCase =
  /(?<!\p{L})(?:case|ticket|fall|vorgang|dossier|caso|incident|incidente)s?[ :#-]{0,3}[0-9]{4,}|ケース ?[0-9]{4,}/iu;
