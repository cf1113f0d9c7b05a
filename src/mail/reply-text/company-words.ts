/** What companies put above and below the mails of their people, in the languages of the templates. */

/** Begins a paragraph that is one, whatever follows. */
export const legalTitles: readonly string[] = [
  'confidentiality (?:notice|statement)',
  'vertraulichkeits(?:hinweis|erklärung|vermerk)',
  'avis de confidentialité|(?:mention|clause) de confidentialité',
  'aviso (?:legal|de confidencialidad|de privacidad)|(?:cláusula|nota) de confidencialidad',
  '[【\\[(*＊※\\s]*(?:免責事項|機密保持|秘密保持)',
  'please (?:consider|think of) the environment|(?:save paper|think before you print)',
  '(?:bitte )?(?:denken sie an die umwelt|prüfen sie[, ].{0,40}ausgedruckt)|schützen sie die umwelt',
  "pensez à l['’]environnement|avant d['’]imprimer|n['’]imprimez (?:ce|cet)",
  'antes de imprimir|por favor,? considere el medio ?ambiente',
  '(?:この|本)?メールを印刷する前に',
];

/** Begins one that has to say so, too: people write "Disclaimer: this is a workaround". */
export const legalStarts: readonly string[] = [
  '(?:legal |e-?mail )?disclaimer|(?:legal|privacy|important) notice|confidential(?:ity)?\\s*[:：]|privileged',
  '(?:rechtlicher|wichtiger) hinweis|haftungsausschluss|datenschutz',
  'mention légale|avertissement|(?:le contenu de|toute (?:utilisation|diffusion|publication))',
  'protección de datos|(?:el contenido de este|de conformidad con|le informamos)',
  '[【\\[(*＊※\\s]*(?:機密情報|ご注意|注意事項|個人情報|本電子メール|本e-?メール)',
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
  '\\W{0,3}(?:caution|warning)\\W{1,4}external',
  "(?:you|some people who received this message) don['’]t often get e-?mail from",
  '\\W{0,3}(?:achtung|vorsicht|warnung|hinweis)\\W{1,4}.{0,30}extern|\\W{0,3}externe (?:e-?mail|nachricht|absender)|(?:diese|die) (?:e-?mail|nachricht) (?:stammt|kommt|wurde) von (?:einem externen|außerhalb|extern)',
  'sie erhalten nicht (?:häufig|oft) e-?mails von',
  "\\W{0,3}(?:attention|avertissement|prudence)\\W{1,4}.{0,60}(?:extern|extérieur)|(?:cet? (?:e-?mail|courriel|message)) (?:provient|vient|a été envoyé) (?:de l['’]ext|d['’]une? (?:exp|source ext)|depuis l['’]ext)",
  "vous n['’](?:obtenez|recevez) pas souvent d['’]e-?mails? de",
  '\\W{0,3}(?:atención|precaución|advertencia|aviso|cuidado)\\W{1,4}.{0,40}extern|este (?:correo|mensaje)(?: electrónico)? (?:procede|proviene|se ha enviado|fue enviado|se originó) (?:de(?:sde)?|por|fuera) .{0,30}(?:extern|fuera|organización)',
  'no (?:suele|sueles) recibir correo(?: electrónico)? de',
  '[【\\[(＊※\\s]{0,3}(?:注意|警告|社外|外部)(?:メール)?[】\\])：:\\s]{0,3}.{0,30}(?:社外|外部|組織外)|[【\\[(](?:社外|外部)(?:から(?:の|送信))?(?:メール|送信者)|(?:この|本)メールは(?:社外|外部|組織外)から|.{1,60}からのメールを受け取る(?:こと|機会)',
];

/** Words that such a warning has besides; people write of external mails, too. */
export const bannerMail =
  /e-?mail|message|sender|nachricht|absender|courriel|expéditeur|correo|mensaje|remitente|メール|送信者/iu;
export const bannerWarns =
  /\b(?:clic\w*|links?|attach\w*|outside|learn why)\b|anhänge|außerhalb|stammt|erfahren sie|pièces|cliquez|extérieur|savoir|adjuntos|enlaces|procede|proviene|más información|添付|リンク|社外から|外部から|ご確認|^\W{0,3}[[(【]/iu;
