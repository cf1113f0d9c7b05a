/**
 * How mail servers, gateways and virus scanners title what they send back, by language. Looked for at the beginning of a subject: a person
 * who writes about such a mail begins otherwise, or answers it ("Re:"). A title alone decides nothing except under a daemon's name.
 */

const mail = 'e-?mail|mail|message|messages';

/** Each a pattern for the beginning of a title; lower case. */
const reportTitles: readonly string[] = [
  // English
  `un-?deliver(?:able|ed)(?: (?:${mail})| returned|:|$| to\\b|\\b)`,
  'non-?deliver(?:y|able|ed)\\b',
  `(?:${mail}|delivery)[ -](?:status|delivery|failure|error|system|warning|problem|report|delayed|undeliverable|undelivered|returned|rejected|blocked|bounced|refused|notification|incomplete|unsuccessful|failed|not deliver|could not|cannot|to [^ ]{1,80}@[^ ]{1,80} (?:failed|delayed))`,
  'delivery (?:has |is |was )?(?:failed|failing|delayed|suspended|impossible|unsuccessful)',
  `not delivered(?: (?:${mail}))?\\b`,
  'notification of (?:delivery|non)',
  `fail(?:ed|ure) (?:notice|notification|report|to deliver|delivery|delivering|mail|message|e-?mail)`,
  `return(?:ed|ing) (?:${mail}|to sender|undeliverable)`,
  `(?:user|recipient|address|host|domain|mailbox)(?: is| was)? (?:unknown|not found|unavailable|full|invalid|not reachable|does not exist|over quota|rejected)`,
  '(?:unknown|invalid|bad|no such) (?:user|recipient|address|mailbox|host|domain|e-?mail)',
  `(?:rejected|bounced|bounce|blocked|delayed|refused|quarantined|infected)[ :](?:${mail})\\b`,
  `(?:could ?n(?:o|')t|can ?not|can'?t|unable to|failed to|failure to) (?:be )?(?:deliver|send|route|relay|process)`,
  `error (?:sending|delivering|in delivery|condition re:)`,
  `(?:warning|warn|notice|alert|error)[:!-] ?(?:${mail}|could not|cannot|delivery|returned|your (?:${mail}))`,
  `problems? (?:delivering|sending|with (?:the )?delivery|with your (?:${mail}))`,
  `your (?:${mail})(?: (?:to|for|sent)\\b.{1,120})? (?:could not|couldn.?t|was not|wasn.?t|cannot|has not|has been (?:blocked|rejected|delayed|refused|returned|quarantined)|was (?:blocked|rejected|refused|returned|quarantined)|is (?:undeliverable|delayed)|did not)`,
  `(?:${mail}) (?:that )?you (?:have )?sent\\b.{0,60}(?:blocked|rejected|refused|returned|quarantined|not|could|bounced|delayed)`,
  `we (?:could ?n.?t|could not|were unable to|can.?t) (?:send|deliver)`,
  `(?:virus|spam|malware|worm|banned|content|attachment)(?: (?:violation|warning|alert|was|has been))* (?:found|detected|blocked|alert|rejected) in (?:(?:the )?(?:${mail}) (?:from|sent by) you|your (?:${mail})|mail from you)`,
  '(?:ndn|ndr|dsn)\\s*[:(]',
  'nondeliverable mail',
  'undelivrable',
  'loop alert',
  'delay(?:ed)? (?:mail|message|delivery|notification)',
  'message (?:status|delayed|from mail delivery)',
  'mail system error',
  // A gateway or scanner says what it did: "MailMarshal has blocked your message", "Norton detected a virus in a message you sent".
  `[\\p{L}][\\p{L}\\p{N} .-]{1,40} (?:has |have )?(?:blocked|stopped|quarantined|rejected|deleted|discarded) (?:an? |your |the )(?:${mail})`,
  `[\\p{L}][\\p{L}\\p{N} .-]{1,40} (?:has |have )?(?:detected|found) (?:an? |the )?(?:virus|viruses|malware|worm|banned (?:content|file)|prohibited (?:content|file)) in (?:(?:an? |the )?(?:${mail}) (?:you|sent by you|from you)|your (?:${mail}))`,
  `your (?:${mail}) (?:was|has been) (?:stopped|deleted|discarded)`,
  // German
  'ihre (?:nachricht|e-?mail|mail)(?: an .{1,120})? wurde (?:blockiert|abgewiesen|abgelehnt|zurückgewiesen|gestoppt|gelöscht|in quarantäne)',
  '(?:virus|schadsoftware|malware) in ihrer (?:nachricht|e-?mail|mail)',
  'unzustellbar',
  '(?:nicht|un)[ -]?zustellbar',
  '(?:nachricht|e-?mail|mail|sendung)(?: an .{1,120})? (?:(?:konnte|kann|wurde)(?:n)? )?(?:nicht|un)[ -]?(?:zugestellt|zustellbar|ausgeliefert|versendet|übermittelt)',
  '(?:zustell|versand|übermittlungs|sende)(?:fehler|problem|warnung|bericht|verzögerung|status)',
  '(?:fehler|problem|warnung|verzögerung|störung)e? (?:bei der|bei|in der|der) (?:zustellung|übermittlung|auslieferung|e-?mail-?zustellung)',
  'zustellung (?:fehlgeschlagen|nicht möglich|gescheitert|verzögert|der nachricht)',
  'benachrichtigung (?:zum|über den) (?:übermittlungs|zustell)',
  'ihre (?:nachricht|e-?mail|mail)(?: an .{1,120})? (?:konnte|kann|wurde) nicht',
  '(?:zurückgesandte|zurückgewiesene|unzustellbare|abgewiesene|zurückgeschickte) (?:nachricht|e-?mail|mail)',
  'empfänger (?:unbekannt|nicht gefunden)',
  // French
  "(?:échec|echec|erreur|problème|retard|avis|rapport|notification|impossible)(?: de| d['’]| à| dans)?(?: la| le| l['’])? ?(?:remise|remettre|livraison|distribution|envoi|acheminement|non[- ]?remise|non[- ]?distribution|délivr|transmission)",
  '(?:message|courriel|courrier|e-?mail) (?:non[- ](?:remis|délivré|distribué|livré|acheminé)|retourné|rejeté|refusé|bloqué|en attente de remise)',
  'non[- ](?:remis|délivré|distribué|livré|remise)',
  "(?:votre|le) (?:message|courriel|e-?mail|mail)(?: à .{1,120})? n['’](?:a|est)",
  '(?:utilisateur|destinataire|adresse) (?:inconnu|introuvable)',
  '(?:votre|le) (?:message|courriel|e-?mail|mail)(?: à .{1,120})? a été (?:bloqué|rejeté|refusé|supprimé|retourné|mis en quarantaine)',
  '(?:virus|logiciel malveillant) (?:détecté|trouvé) dans (?:votre|un) (?:message|courriel|e-?mail|mail)',
  // Spanish
  '(?:su|tu) (?:mensaje|correo)(?: a .{1,120})? ha sido (?:bloqueado|rechazado|devuelto|eliminado|puesto en cuarentena)',
  '(?:se ha (?:detectado|encontrado) (?:un )?|)virus (?:detectado |encontrado )?en (?:su|tu) (?:mensaje|correo)',
  '(?:no entregado|no se (?:puede|pudo|ha podido) entregar|mensaje (?:no entregado|devuelto|rechazado|demorado)|correo (?:no entregado|devuelto|rechazado))',
  '(?:error|fallo|falla|aviso|informe|notificación|retraso|demora|problemas?)(?: de| en| al| del estado de)(?: la| el)? ?(?:entrega|entregar|envío|enviar|no entrega|correo no entregado|estado de entrega)',
  'entrega (?:fallida|demorada|retrasada|no realizada)',
  '(?:su|tu) (?:mensaje|correo)(?: a .{1,120})? no',
  '(?:usuario|destinatario|dirección) (?:desconocid|no encontrad|inexistente)',
  // Portuguese
  '(?:não (?:entregue|foi possível entregar)|mensagem (?:não entregue|devolvida|rejeitada)|e-?mail (?:não entregue|devolvido))',
  '(?:falha|erro|aviso|atraso|notificação|problema)(?: na| no| de| da| do)(?: status d[ae])? ?(?:entrega|envio|mensagem não entregue)',
  // Italian
  '(?:mancat[oa] (?:recapito|consegna)|impossibile (?:recapitare|consegnare|inviare)|messaggio non (?:recapitat|consegnat|inviat)|non recapitabile|(?:errore|avviso|ritardo|notifica)(?: di| nella| nel)(?: mancat[oa])? (?:consegna|recapito|invio))',
  '(?:la (?:sua|tua)|il (?:suo|tuo)) (?:e-?mail|mail|messaggio)(?: a .{1,120})? è stat[oa] (?:bloccat|respint|rifiutat|eliminat|restituit)',
  // Dutch
  'uw (?:e-?mail|mail|bericht)(?: aan .{1,120})? (?:is|werd) (?:geblokkeerd|geweigerd|teruggestuurd|verwijderd|tegengehouden)',
  '(?:onbestelbaar|niet (?:bezorgd|bestelbaar|afgeleverd)|(?:bericht|mail|e-?mail) (?:niet|kon niet|kan niet|onbestelbaar|geweigerd|vertraagd)|(?:bezorging|aflevering|verzending)(?: is)? (?:mislukt|vertraagd)|(?:fout|vertraging|probleem) bij (?:de )?(?:bezorging|aflevering|verzending))',
  // Danish, Norwegian, Swedish
  '(?:(?:kan|kunne|kunde)? ?(?:ikke|inte|ej) (?:levere|afleve|skick|sende)\\p{L}*|(?:brev|mail|meddelelse|melding|meddelande|e-?post)\\p{L}*(?: kunne| kunde| ble| blev| har)? (?:ikke|inte|ej) (?:leve|afleve|skick|send)|(?:leverings?|leverans|levering)(?:s?(?:fejl|feil|fel|problem|status)|en? (?:mislyk|misslyck|fejlede|feilet))|olevererbar|ulevert|uleverbar|returneret)',
  // Finnish
  '(?:toimit(?:us|tamatta|usilmoitus|usvirhe)|viesti(?:ä|äsi)? ei (?:voitu|voida)|palautettu viesti)',
  // Polish, Czech, Hungarian
  '(?:nie (?:można dostarczyć|dostarczono|doręczono|udało się dostarczyć)|niedostarcz|błąd (?:dostarcz|doręcz)|zwrot (?:wiadomości|poczty)|wiadomość (?:nie została|niedostarcz|zwrócona)|opóźnien)',
  '(?:nedoruč|nelze doručit|zpráva (?:nebyla|nemohla)|chyba (?:při )?doruč|vrácená zpráva)',
  '(?:kézbesíthetetlen|kézbesítési (?:hiba|jelentés)|sikertelen kézbesítés|nem kézbesíthető|visszaküldött)',
  // Russian, Ukrainian, Turkish, Greek
  '(?:недоставлен|не доставлен|не удалось доставить|ошибка (?:при )?доставк|сообщение не (?:доставлено|может)|письмо не (?:доставлено|может)|уведомление о (?:недоставке|доставке|состоянии доставки)|возврат (?:письма|почты)|возвращенное|отказ в доставке|задержка доставки|не вдалося доставити|недоставлене)',
  '(?:teslim edilem|iletilem|teslimat (?:başarısız|hatası)|mesajınız|[iİı]letiniz)',
  '(?:μη παραδοτέο|αποτυχία παράδοσης|δεν παραδόθηκε)',
  // Chinese, Japanese, Korean
  '(?:系统退信|系統退信|退信|退件|邮件(?:投递|发送|传送|递送)?(?:失败|被退回|无法)|郵件(?:投遞|傳送|寄送)?(?:失敗|被退回|無法)|未送达|未送達|无法(?:投递|送达|传递)|無法(?:投遞|傳遞|送達)|传递失败|投递失败|投遞失敗|传送失败|延迟投递)',
  '(?:ウ[イィ]ルス(?:が|を)?(?:検出|検知|発見)|(?:メール|メッセージ)(?:が|は)?(?:ブロック|隔離|遮断)|送信(?:エラー|失敗|できません)|(?:メール)?配信(?:エラー|不能|失敗|できません|不可|状況|遅延)|配達(?:できません|不能|エラー)|不達|(?:メール|メッセージ)(?:の|を|が|は)?(?:配信|送信|配送|お届け)[^ ]{0,12}(?:でき|失敗|エラー|遅延|不能)|未配信|宛先不明|エラーメール|メールが届きません|メールエラー)',
  '(?:메일 ?(?:전송|발송|배달) ?실패|반송(?:된)? ?메일|전달 ?실패|배달되지 않음|메일 ?반송)',
];

const begins = new RegExp(
  `^[\\s*\\[({<!"'#._-]{0,12}(?:\\*{0,5}(?:spam|virus|junk)\\*{0,5}[\\])}]?\\s*[:?-]?\\s*)?(?:[\\p{L}][\\p{L}\\p{N} .-]{1,29}\\]\\s?)?(?:(?:aviso|avis|hinweis|warnung|achtung|attention|notice|warning|alert|avviso|let op)\\s?[:!：-]\\s?)?(?:${reportTitles.join('|')})`,
  'iu',
);

/** Most mail begins so, and no title does: it is not held against all of them. */
const beginsWithPin = /^\s*pin[ :#=_-]/i;

export const titledAsReport = (subject: string): boolean =>
  !beginsWithPin.test(subject) && begins.test(subject.slice(0, 300).normalize('NFC'));
