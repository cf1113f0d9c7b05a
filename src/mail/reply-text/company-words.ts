/** What companies put above and below the mails of their people, in the languages of the templates. */

/** Begins a paragraph that is one, whatever follows. */
export const legalTitles: readonly string[] = [
  'confidentiality(?: notice| statement)?\\s*[:：]',
  '(?:confidentiality|legal|privacy) notice',
  '(?:legal |e-?mail )?disclaimer\\b',
  'vertraulichkeits(?:hinweis|erklärung|vermerk)',
  'rechtlicher hinweis|haftungsausschluss|datenschutzhinweis|wichtiger hinweis',
  'avis de confidentialité|mention (?:légale|de confidentialité)|clause de confidentialité|avertissement\\s*[:：]',
  'aviso (?:legal|de confidencialidad|de privacidad)|cláusula de confidencialidad|protección de datos|nota de confidencialidad',
  '[【\\[(*＊※\\s]*(?:免責事項|機密保持|秘密保持|機密情報|ご注意|注意事項|個人情報)',
  'please (?:consider|think of) the environment|(?:save paper|think before you print)',
  '(?:bitte )?(?:denken sie an die umwelt|prüfen sie[, ].{0,40}ausgedruckt)|schützen sie die umwelt|umwelt schützen',
  "pensez à l['’]environnement|avant d['’]imprimer|n['’]imprimez (?:ce|cet)",
  'antes de imprimir|piense en el medio ?ambiente|por favor,? considere el medio ?ambiente',
  '(?:この|本)?メールを印刷する前に',
];

/** A sentence about the mail itself: one of each of the three. */
export const legalMail =
  /(?<!\p{L})(?:e-?mail|message|communication|transmission|nachricht|mail|courriel|mensaje|correo)(?!\p{L})|メール|電子メール/iu;
export const legalSecret =
  /confidential|privileged|proprietary|vertraulich|confidentiel|confidencial|secreto profesional|reservad|機密|秘密|守秘/iu;
export const legalReader =
  /recipient|addressee|intended (?:for|solely|only)|(?:use|attention) of the (?:individual|person|entity)|empfänger|adressat|bestimmt|destinataire|destinatari|dirigid|宛先|受信者|受取人|名宛人|誤って|お心当たり/iu;
/** The same said without a word of secrecy. */
export const legalWrongHands =
  /if you (?:are not the (?:intended|named)|have received this)|(?:sind sie|wenn sie) nicht der (?:richtige|beabsichtigte|vorgesehene|bezeichnete)|irrtümlich (?:erhalten|zugesandt)|si vous (?:n['’]êtes pas le destinataire|avez reçu ce)|si (?:usted )?(?:no es el destinatario|ha recibido (?:este|el presente))|誤って(?:このメール|本メール|受信)|(?:本|この)メールを誤って|お心当たりのない/iu;

/** Who the company is; two in a paragraph are a footer. */
export const registerWords =
  /registered (?:in|office|number|address)|company (?:registration|number|no\b)|vat (?:no|number|reg|id)|sitz der gesellschaft|(?:registergericht|amtsgericht|handelsregister)|(?<!\p{L})hr[ab] ?\d|geschäftsführ(?:er|ung)|ust-?id|vorstand\s*[:：]|vorsitzender? des aufsichtsrat|siège social|au capital de|(?<!\p{L})rcs (?=\p{L})|siret|(?:n° )?tva|registro mercantil|(?<!\p{L})(?:c\.?i\.?f|n\.?i\.?f)\.?\s*[:：]?\s?[a-z]?\d|domicilio social|inscrita en|reglamento \(ue\)|(?<!\p{L})(?:rgpd|lopd\w*|gdpr)(?!\p{L})|本社\s*[:：]|代表取締役|法人番号/giu;

/** A warning that a mail server puts at the top. */
export const banners: readonly string[] = [
  '(?:caution|warning|attention|notice|important|alert)?\\W{0,6}(?:\\[?external\\]?\\W{0,4})?(?:this (?:e-?mail|message) (?:was sent|originated|came|is) (?:from )?(?:outside|external|an external|someone outside))',
  '\\W{0,3}external (?:e-?mail|sender|message)\\b',
  '\\W{0,3}(?:caution|warning)\\W{1,4}(?:external|do not click)',
  "(?:you|some people who received this message) don['’]t often get e-?mail from",
  '\\W{0,3}(?:achtung|vorsicht|warnung|hinweis)\\W{1,4}.{0,30}extern|\\W{0,3}externe (?:e-?mail|nachricht|absender)|(?:diese|die) (?:e-?mail|nachricht) (?:stammt|kommt|wurde) von (?:einem externen|außerhalb|extern)',
  'sie erhalten nicht (?:häufig|oft) e-?mails von',
  "\\W{0,3}(?:attention|avertissement|prudence)\\W{1,4}.{0,40}extern|(?:cet? (?:e-?mail|courriel|message)) (?:provient|vient|a été envoyé) (?:de l['’]ext|d['’]une? (?:exp|source ext)|depuis l['’]ext)",
  "vous n['’](?:obtenez|recevez) pas souvent d['’]e-?mails? de",
  '\\W{0,3}(?:atención|precaución|advertencia|aviso|cuidado)\\W{1,4}.{0,40}extern|este (?:correo|mensaje)(?: electrónico)? (?:procede|proviene|se ha enviado|fue enviado|se originó) (?:de(?:sde)?|por|fuera) .{0,30}(?:extern|fuera|organización)',
  'no (?:suele|sueles) recibir correo(?: electrónico)? de',
  '[【\\[(＊※\\s]{0,3}(?:注意|警告|社外|外部)(?:メール)?[】\\])：:\\s]{0,3}.{0,30}(?:社外|外部|組織外)|(?:この|本)メールは(?:社外|外部|組織外)から|.{1,60}からのメールを受け取る(?:こと|機会)',
];
