/** What mail programs, telephones and companies put below a mail, in the languages of MAIL.md §2. */

export const device = {
  start:
    /^(?:sent (?:from|via|with|by|using|on)|from my|someone from|(?:diese nachricht wurde )?(?:gesendet|versendet|geschickt) (?:von|mit|aus|über|via)|diese (?:nachricht|e-?mail) wurde |von mein(?:em|er) |envoy[ée]e? (?:de|depuis|à partir|par|avec|via)|enviad[oa] (?:desde|do|da|de|a partir|con|com|por|pel[oa]|via|mediante)|inviat[oa] (?:da|dal|dallo|con|tramite|via)|verzonden |verstuurd |sendt (?:fra|med|via)|skickat |skickades |lähetetty |wysłan[eoy]? z|wysłano |odesláno |odoslané |отправлено |надіслано |发自|發自|发送自|来自|來自|从我的|從我的|trimis |elküldve |enviat )/iu,
  thing:
    /iphone|ipad|ipod|android|black ?berry|galaxy|samsung|htc|huawei|honor|xiaomi|redmi|oneplus|motorola|sony|xperia|pixel(?!s)|nexus|nokia|lumia|alcatel|wiko|fairphone|windows|outlook|yahoo|gmail|gmx|web\.de|icloud|hotmail|airmail|sparrow|k-9|aqua ?mail|proton ?mail|typeapp|blue ?mail|mailbox|spark|mobile|phone|smartphone|\bcell\b|tablet|\bdevice\b|handy|mobilger(?:ä|ae)t|mobiltelefon|portable|m[óo]vil|celular|telem[óo]vel|cellulare|mobiel|puhelime|telefon|mail\.ru|яндекс|телефон|\bti-\d|手机|手機|qq邮箱|网易|(?<=from )mail\b|\bmail app\b/iu,
};

/** "Get Outlook for iOS": the program and the machine must both be there. */
export const advert =
  /^(?:get|obtenez|télécharge[rz]|obtener|obtén|obter|obtenha|ottieni|scarica|download(?:en)?|holen sie sich|laden sie|hent|få|skaffa|hämta|hanki|pobierz|získat|получить|скачать|获取|取得|下载)\s?.{0,12}(?:outlook|yahoo|gmail|bluemail|spark|mail).{1,16}(?:ios|android|windows|mac|iphone|ipad|mobile)/iu;

/** A machine we have not heard of, but its owner's. */
export const ownDevice =
  /^(?:sent (?:from|via|with|by|using) my|from my|(?:gesendet|versendet) (?:von|mit) mein|von mein\p{L}{1,2} [\p{L}\d -]{2,40} gesendet|envoyé (?:de|depuis) mon|enviado (?:desde|do|de) (?:mi|meu)|inviato dal mio|(?:verzonden|verstuurd) (?:vanaf|met|van) mijn|sendt fra min|skickat från min|lähetetty|wysłan[eo] z|odesláno z|отправлено с|发自我的|從我的|从我的)/iu;

/** Sure by themselves, without naming a device we know. */
export const machine =
  /^(?:sent (?:from|via|with) (?:my )?(?:iphone|ipad|android|mobile|blackberry)[^,]{0,40}|[^,]{1,40}から送信|[^,]{0,40}(?:傳送|发送|發送)(?:的邮件)?|virus-free\.? ?(?:www\.)?[\p{L}.]{0,30}|virenfrei\.? ?(?:www\.)?[\p{L}.]{0,30}|(?:garanti )?sans virus\.? ?(?:www\.)?[\p{L}.]{0,30}|libre de virus\.? ?(?:www\.)?[\p{L}.]{0,30}|나의 .{1,30}에서 보냄)$/iu;

const openings = [
  'this (?:e-?mail|message|communication|transmission|electronic)',
  'the (?:information|contents?) (?:contained |transmitted )?(?:in|of) this',
  'if you (?:are not|have received) ',
  'diese (?:e-?mail|nachricht|mail)',
  'der inhalt dieser',
  'die (?:in dieser|informationen)',
  'ce (?:message|courriel|mail|e-?mail)',
  'les informations contenues',
  'est[ea] (?:mensaje|correo|e-?mail|mensagem|comunicaci[óo]n)',
  'la informaci[óo]n contenida',
  'as informações contidas',
  'quest[oa] (?:messaggio|e-?mail|mail|comunicazione)',
  'le informazioni contenute',
  '(?:dit|deze) (?:bericht|e-?mail)',
  'de informatie (?:in|verzonden)',
  'denne (?:e-?mail|meddelelse|e-?post|mail)',
  'detta (?:e-?post|meddelande|mejl)',
  'tämä (?:viesti|sähköposti)',
  '(?:ta|niniejsza) wiadomość',
  'informacje zawarte',
  't(?:ato|ento) (?:zpráva|e-?mail)',
  'informace (?:obsažené|v t)',
  '(?:это|данное|настоящее) (?:сообщение|письмо|электронное)',
  '本邮件|本電子郵件|本メール|このメール|この電子メール',
];
export const footerStarts = new RegExp(`^[\\s*_]{0,4}(?:${openings.join('|')})`, 'iu');
export const confidential =
  /confidential|privileged|intended (?:solely|only|for)|vertraulich|confidentiel|confidencial|riservat|confidenzial|vertrouwelijk|fortrolig|konfidenti|luottamuks|poufn|důvěrn|конфиденциальн|保密|机密|機密/iu;
export const mailNoun =
  /mail|message|communication|nachricht|courriel|mensaje|correo|mensagem|messaggio|bericht|meddelelse|e-?post|meddelande|viesti|wiadomo|zpráv|сообщени|письм|邮件|郵件|メール/iu;

/** One line is enough. */
export const noticeTitle =
  /^[\s*_-]{0,8}(?:confidentiality notice|legal notice|(?:e-?mail )?disclaimer[\s:*]*$|you (?:are receiving|received) this (?:message|e-?mail) because you are subscribed|to unsubscribe from this (?:group|list)|please consider the environment before printing|bitte denken sie an die umwelt|pensez à l['’]environnement avant)/iu;

/** Closing formulas; a name and more must follow before they count. */
export const signOffs: readonly string[] = [
  '(?:(?:best|kind|kindest|warm|warmest|many|with best|with kind) )?regards',
  'best(?: wishes)?',
  'all the best',
  'cheers',
  'sincerely(?: yours)?',
  'yours (?:sincerely|faithfully|truly)',
  'respectfully',
  'mit (?:freundlichen|besten|lieben|herzlichen|vielen) gr(?:ü|ue)(?:ß|ss)en?',
  '(?:freundliche|beste|liebe|viele|schöne|herzliche)[nr]? gr(?:ü|ue)(?:ß|ss)e?(?: aus \\p{L}{2,20})?',
  'gruß',
  'lg|vg|mfg',
  '(?:bien )?cordialement(?: vôtre)?',
  'bien à vous',
  'salutations(?: distinguées)?',
  '(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?',
  'atentamente',
  'atenciosamente',
  '(?:com os melhores )?cumprimentos',
  'abraços?',
  '(?:cordiali|distinti) saluti',
  'cordialmente',
  '(?:met )?vriendelijke groet(?:en)?',
  'groet(?:en|jes)?',
  'mvg',
  '(?:med )?venlig(?:e)? hilsen(?:er)?',
  '(?:med )?(?:vennlig )?hilsen',
  'mvh',
  '(?:med )?vänlig(?:a)? hälsning(?:ar)?',
  '(?:hälsningar|vänligen)',
  '(?:ystävällisin )?terveisin',
  'z poważaniem',
  'pozdrawiam(?: serdecznie)?',
  's (?:pozdravem|přátelským pozdravem)',
  'с уважением',
  'с наилучшими пожеланиями',
  '此致(?:敬礼)?',
  '祝好',
  '敬具',
  '(?:以上、?)?よろしくお願い(?:いた|致)?します。?',
];

/** The same, but said to somebody: the line stays. */
export const thanksSignOffs: readonly string[] = [
  '(?:many |best )?thanks(?: (?:a lot|again|and (?:best |kind )?regards|in advance))?',
  'thank you(?: (?:very much|so much|again|in advance))?',
  '(?:vielen |besten |herzlichen )?dank(?: im [vV]oraus)?',
  'danke(?: schön| sehr)?',
  "merci(?: d['’]avance| beaucoup)?",
  '(?:muchas )?gracias',
  '(?:muito )?obrigad[oa]',
  'grazie(?: mille)?',
  '(?:hartelijk )?(?:bedankt|dank u)',
  '(?:mange )?tak',
  '(?:mange )?takk',
  'tack(?: så mycket)?',
  'kiitos',
  'dziękuję',
  'děkuj[iu]',
  'спасибо',
  '谢谢',
  'ありがとうございます',
];
