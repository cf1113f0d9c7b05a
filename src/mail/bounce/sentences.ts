/**
 * The sentence by which a mail server says that a mail did not arrive, by language: something was sent, and it was not delivered, or nobody
 * of that name is there. Tried on one paragraph at a time, with its lines joined, and on not more than its first 700 characters.
 */

const thing = '(?:e-?mails?|mails?|messages?|letters?|delivery|transmission|correspondence)';

const subject = `\\b(?:your|the|this|an?|following|original|e-?mail|one or more|some)\\b[^.?!]{0,60}\\b${thing}\\b.{0,240}?`;
const not =
  "could ?n[o']t|could not|can ?not|can't|was ?n[o']t|was not|were not|has not|have not|hasn't|did ?n[o']t|did not|will not|failed to|failed";

const sentences: readonly string[] = [
  // English: "Your message … could not be delivered", "… did not reach …", "I was unable to deliver …", "The following recipients …"
  `${subject}\\b(?:${not})\\b(?: yet)?(?: been| be)?[^.?!]{0,40}?\\b(?:deliver(?:ed|able)?|sent|transmitted|transferred|routed|relayed|processed|accepted|reach(?:ed)?|received|forwarded)\\b`,
  `${subject}\\b(?:is|are|was|were|has been|have been|had to be|will be)\\b[^.?!]{0,40}?\\b(?:undeliver(?:ed|able)|not deliver(?:ed|able)|returned|rejected|refused|bounced|blocked|delayed|quarantined|stopped|deleted|discarded)\\b`,
  `\\b(?:unable|not able|failed|inability) to (?:be )?(?:deliver|send|route|relay|forward|transfer)\\b`,
  `\\b(?:could ?n[o']t|could not|can ?not|can't|cannot|wasn't able to|was not able to|were not able to|had (?:trouble|problems?)|did not) (?:be )?(?:deliver|relay|route|sent|delivering)(?:ed|ing)?\\b`,
  `\\b(?:delivery|deliver)\\b[^.?!]{0,160}?\\b(?:failed|failure|failures|has failed|is delayed|was delayed|delayed|not possible|impossible|unsuccessful|aborted|errors?|suspended)\\b`,
  `\\bfailed (?:addresses|recipients?|delivery)\\b|\\bfailure reasons?\\b|\\bdeliver(?:y|ies) (?:status|report|failure)`,
  `\\b(?:did(?:n't| not)|have not|has not|could not) (?:yet )?(?:reach|receive[d]?|be reached)\\b[^.?!]{0,60}\\b(?:recipient|addressee|destination|message|mail|your|following)`,
  `\\b(?:following|these|listed|below|specified|intended|one or more)\\b[^.?!]{0,80}?\\b(?:recipients?|addresse?e?s?(?:\\(es\\))?|users?|destinations?|mailbox(?:es)?)\\b[^.?!]{0,120}?\\b(?:fail|fatal|error|problem|not|rejected|refused|unknown|invalid|undeliver|bounced|delayed|could|unsuccessful)`,
  `\\bun-?deliver(?:able|ed)\\b|\\bnon-?deliver(?:able|y)\\b|\\bundelivrable\\b`,
  `\\bthis (?:message|e-?mail|mail) was created automatically by\\b|\\b(?:mail|message) delivery (?:software|system|agent|program|subsystem)\\b|\\bthis is the [\\w. -]{1,60}\\b(?:program|system|mail|daemon|server|agent)`,
  `\\btranscript of (?:the )?session follows|\\bmessage log follows|\\bsent <<<|\\boriginal message was received at|\\bduplicated message-id in|\\brequested (?:mail )?action not taken|\\bsuch user here`,
  `\\b(?:virus|malware|infected|banned|prohibited|forbidden|spam)\\b[^.?!]{0,120}?\\b(?:in (?:a|an|the|your) (?:${thing})|${thing} (?:you|sent by you|from you)|your ${thing}|you sent|was (?:not delivered|blocked|rejected))\\b`,
  `\\byour ${thing}\\b[^.?!]{0,160}?\\b(?:contain(?:s|ed)|violat|infected|virus)`,
  // "MailMarshal has stopped the following message"
  `^[^.?!]{2,60}?\\b(?:has|have) (?:blocked|stopped|quarantined|rejected|deleted|discarded|removed) (?:the following|your|this|an?) ${thing}\\b`,
  // German
  `(?:nachricht|e-?mail|mail|sendung|zustellung|übermittlung|empfänger)\\p{L}*\\b.{0,240}?(?:nicht|un)[ -]?(?:zugestellt|zustellbar|zustellen|ausgeliefert|übermittelt|erreicht|gesendet|angenommen|weitergeleitet|möglich|versendet)`,
  `(?:nachricht|e-?mail|mail)\\b.{0,160}?(?:wurde|wird|ist).{0,80}?(?:abgewiesen|abgelehnt|zurückgewiesen|verzögert|blockiert|zurückgesendet|zurückgesandt|zurückgeschickt)`,
  `(?:zustellung|übermittlung|auslieferung)\\b.{0,120}?(?:fehlgeschlagen|gescheitert|verzögert|nicht möglich|fehlerhaft)|fehler bei der (?:zustellung|übermittlung)|\\bunzustellbar|nicht zustellbar`,
  // French
  `(?:message|courriel|courrier|e-?mail|mail|messages)\\b.{0,200}?(?:n['’ ](?:a|ont|est|avons|avait)\\b.{0,30}?(?:pas|pu)|ne (?:peut|peuvent|pouvait)|(?:a|ont) été (?:rejeté|refusé|retourné|bloqué|retardé))`,
  `(?:échec|echec|impossible|impossibilité|erreur|incapable)\\b.{0,60}?(?:remise|remettre|livraison|livrer|acheminement|acheminer|distribution|distribuer|délivrer|transmettre)|non[- ](?:remis|distribué|délivré|livré)`,
  // Spanish, Portuguese, Italian
  `\\bno (?:se )?(?:ha|han|pudo|puede|pudieron|fue|fueron|hemos|es posible)\\b.{0,60}?(?:entreg|envia|recib)|no (?:entregad|fue posible entregar)|(?:error|fallo|falla)\\b.{0,30}?entrega|entrega\\b.{0,60}?(?:fallid|falló|no)\\b`,
  `(?:mensaje|correo)\\b.{0,120}?(?:rechazad|devuelt|bloquead|eliminad|retrasad|cuarentena|no ha sido)`,
  `(?:messaggio|e-?mail)\\b.{0,120}?(?:è stat|sono stat)\\p{L}? (?:bloccat|respint|rifiutat|eliminat|restituit)`,
  `\\bnão (?:pôde|pode|foi|foram|puderam)\\b.{0,60}?(?:entreg|envia)|não entreg|falha na entrega|(?:mensagem|e-?mail)\\b.{0,120}?(?:rejeitad|devolvid|recusad)`,
  `(?:messaggio|mail|e-?mail|posta)\\b.{0,160}?\\bnon\\b.{0,50}?(?:consegnat|recapitat|inviat|ricevut)|impossibile (?:consegnare|recapitare|inviare)|mancat[oa] (?:consegna|recapito)`,
  // Dutch, Danish, Norwegian, Swedish, Finnish
  `(?:bericht|e-?mail|mail)\\b.{0,160}?\\b(?:niet)\\b.{0,50}?(?:bezorgd|afgeleverd|verzonden|bezorgen|afleveren)|onbestelbaar|(?:bezorging|aflevering)\\b.{0,60}?mislukt`,
  `(?:kunne|kunde|kan|ble|blev|har|er)(?: desværre| dessverre| tyvärr)? (?:ikke|inte|ej)\\b.{0,50}?(?:lever|aflever|skick|send|nå|nådde)|(?:levering|leverans)\\p{L}*\\b.{0,60}?(?:mislyk|misslyck|fejlede|feilet)`,
  `viesti\\p{L}*\\b.{0,120}?\\bei (?:voitu|voida|ole|saatu|pystytty)|toimitus\\p{L}*\\b.{0,60}?epäonnistu`,
  // Polish, Czech, Hungarian, Russian, Ukrainian, Turkish, Greek
  `nie (?:mogł|został|może|można|udało)\\p{L}*\\b.{0,60}?(?:dostarcz|doręcz|wysłan)|niedostarcz`,
  `(?:nemohl|nebyl|nelze|nebylo možné|nepodařilo)\\p{L}*\\b.{0,60}?doruč|nedoruč`,
  `nem (?:sikerült|lehetett|volt|tudtuk|kézbesít)\\p{L}*.{0,60}?kézbesít|kézbesíthetetlen`,
  `(?:не (?:может|могло|было|удалось|смогли|получилось)|невозможно).{0,80}?(?:достав|отправ)|не доставлен|недоставлен|ошибк\\p{L}* (?:при )?достав|не вдалося достав`,
  `teslim edilem|iletilem|gönderilem|(?:δεν (?:ήταν δυνατή|παραδόθηκε|μπόρεσε)).{0,60}?παρ[αά]δ`,
  // Chinese, Japanese, Korean: no spaces, no word ends
  `(?:邮件|郵件|信件|讯息|訊息|消息|信).{0,80}?(?:无法|無法|未能|不能|没有|沒有|失败|失敗|退回|被拒|拒绝|拒絕|未送)|(?:投递|投遞|传递|傳遞|发送|寄送|递送)(?:失败|失敗)`,
  `ウ[イィ]ルス.{0,60}?(?:検出|検知|発見|感染).{0,80}?(?:中止|停止|削除|隔離|拒否)`,
  `(?:メール|メッセージ|電子メール|宛先|あて先|送信先|受信者|アドレス).{0,100}?(?:できません|できなかった|出来ません|されません|されなかった|失敗|不能|エラー|見つかり|存在し|届き?ま|拒否|遅延|不明)|(?:配信|配送|送信|配達)(?:が|に|を)?(?:でき|失敗|エラー|不能)|(?:次|以下)の(?:宛先|あて先|アドレス|受信者|メール)`,
  `(?:메일|메시지).{0,80}?(?:실패|할 수 없|못했|반송|거부|없습니다)`,
];

/** That nobody of the name is there: a program says so of its own users too, so it counts only beside a server's answer or the mail itself. */
const absences: readonly string[] = [
  `\\b(?:user|recipient|addressee|mailbox|account|address|receiver|name)s?\\b[^.?!]{0,80}?\\b(?:unknown|not (?:found|known|listed|recogni[sz]ed|valid|unique)|does ?n[o']t exist|does not exist|no longer|unavailable|is full|over quota|(?:is|was) (?:invalid|disabled|full)|exceeded)`,
  `\\b(?:unknown|invalid|no such|bad|incorrect|illegal|non-?existent|unrouteable|unroutable|ambiguous) (?:or [a-z]+ )?(?:local[ -]?)?(?:user|recipient|receiver|address|mailbox|account|alias|host|domain|destination|mail domain|final delivery user)\\b`,
  `\\bmail(?:box)? (?:is |was )?(?:full|unavailable|disabled)|\\bover quota|\\bquota exceeded|\\bexceeded [^.]{0,40}quota`,
  `(?:empfänger|benutzer|adresse|postfach|mailbox|adressat)\\p{L}*\\b.{0,100}?(?:unbekannt|existiert nicht|nicht gefunden|ungültig|voll\\b|überschritten)`,
  `(?:utilisateur|destinataire|adresse|boîte)\\p{L}*\\b.{0,80}?(?:inconnu|introuvable|n['’]existe|pleine|invalide|inexistant)`,
  `(?:usuario|destinatario|dirección|buzón)\\p{L}*\\b.{0,80}?(?:desconocid|no existe|no encontrad|inexistente|lleno)`,
  `(?:usuário|utilizador|destinatário|endereço)\\b.{0,80}?(?:desconhecid|não existe|inexistente|não encontrad)`,
  `(?:utente|destinatario|indirizzo|casella)\\b.{0,80}?(?:sconosciut|inesistent|non (?:esiste|trovat)|pien)`,
  `(?:gebruiker|ontvanger|adres|postvak)\\b.{0,80}?(?:onbekend|bestaat niet|niet gevonden|vol\\b)|onbekende (?:gebruiker|ontvanger)`,
  `(?:ukendt|ukjent|okänd) (?:bruger|bruker|modtager|mottaker|användare|mottagare)|(?:modtager|mottaker|mottagare|bruker|bruger|användare)\\p{L}*\\b.{0,60}?(?:finnes ikke|findes ikke|finns inte|ukendt|ukjent|okänd)`,
  `(?:tuntematon|vastaanottaja\\p{L}*\\b.{0,40}?ei (?:ole|löydy))`,
  `(?:użytkownik|odbiorca|adresat|adres)\\p{L}*\\b.{0,80}?(?:nieznany|nie istnieje)|nieznany (?:użytkownik|odbiorca|adresat)`,
  `(?:uživatel|příjemce|adresát)\\p{L}*\\b.{0,60}?(?:neexistuje|neznámý|nenalezen)`,
  `ismeretlen (?:címzett|felhasználó)`,
  `(?:пользовател|получател|адресат|ящик)\\p{L}*.{0,80}?(?:не найден|не существует|неизвест|переполнен)`,
  `(?:收件人|用户|用戶|地址|邮箱|信箱).{0,40}?(?:不存在|未知|找不到|无效|已满)`,
  `(?:수신자|사용자|주소).{0,40}?(?:없|알 수 없|찾을 수)`,
];

const anySentence = new RegExp(sentences.join('|'), 'iu');
const anyAbsence = new RegExp(absences.join('|'), 'iu');
const asOneLine = (paragraph: string) => paragraph.slice(0, 700).replace(/\s+/g, ' ').normalize('NFC');

export const saysUndelivered = (paragraph: string): boolean => anySentence.test(asOneLine(paragraph));
export const saysNobodyThere = (paragraph: string): boolean => anyAbsence.test(asOneLine(paragraph));

/** What another server answered: `550 5.1.1 …`, `#5.1.1`, `SMTP error`, `Diagnostic-Code:`, `host mx said:`. */
export const quotesServer = (text: string): boolean =>
  /(?:^|[\s(:;"'<[])[45][0-9]{2}(?:[ -]#?[45]\.[0-9]{1,3}\.[0-9]{1,3}| [A-Za-z<"'])|#[45]\.[0-9]{1,3}\.[0-9]{1,3}|(?:^|[\s(])[45]\.[0-9]\.[0-9]{1,3}[\s)]|\bsmtp (?:error|code|reply)|^(?:diagnostic-code|reporting-mta|final-recipient|remote-mta) *:|\bhost [\w.-]+(?:\[[\d.:a-f]+\])? said\b|\bRCPT TO:|^[ \t]*<<< /im.test(
    text.slice(0, 16_000),
  );
