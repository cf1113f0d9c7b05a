/**
 * What other service desks say when all they say is that something has arrived, in the 16 languages of MAIL.md §2. Lower case; `*`
 * stands for any ending. A word that is not here is content, and content comes from a person: `tomorrow`, `not`, `printer`.
 */

/** What has arrived. */
export const things = `
  mejl mejlet mail* cas caso
  request* ticket* case message* email* e-mail* mail enquir* inquir* incident* issue* report submission query
  anfrage* ticket* anliegen vorgang* nachricht* meldung* serviceanfrage* supportanfrage* störungsmeldung*
  demande* requête* message* courriel* courrier ticket* dossier billet*
  solicitud* consulta* mensaje* correo* incidencia* petición tique* caso
  solicitação solicitações pedido* chamado* mensagem mensagens ocorrência*
  richiesta richieste segnalazione messaggio comunicazione
  verzoek* aanvraag bericht* melding* ticket*
  henvendelse* sag sagen forespørgsel* forespørsel* sak saken besked* melding* ärende* förfrågan meddelande* anmälan
  pyyntö* pyyntönne* palvelupyyntö* viesti* viestinne* tukipyyntö* yhteydenotto* tiketti*
  zgłoszeni* wiadomość wiadomości zapytani* sprawa
  požadav* zpráv* dotaz* hlášení tiket*
  заявк* обращени* запрос* сообщени* тикет* письмо`;

/** That it has arrived. */
export const arrivals = `
  got received registered created logged opened recorded submitted generated queued raised assigned acknowledged receipt
  eingegangen erhalten empfangen registriert erfasst angelegt erstellt aufgenommen eröffnet zugewiesen eingang bearbeitet
  reçu reçue reçus enregistré enregistrée créé créée ouvert ouverte prise transmis transmise parvenu parvenue réception
  recibido recibida recibimos registrado registrada registrada creado creada abierto abierta asignado asignada recibo recepción
  recebido recebida recebemos registado registada criado criada aberto aberta recebimento receção recepção
  ricevuto ricevuta registrato registrata creato creata aperto aperta acquisita ricezione
  ontvangen geregistreerd aangemaakt ontvangst
  modtaget oprettet registreret mottatt opprettet registrert mottagit mottaget registrerat skapats registrerats modtagelse mottak mottagande
  vastaanotettu vastaanottanut saapunut kirjattu rekisteröity luotu avattu
  otrzymaliśmy otrzymano zarejestrowan* utworzon* przyjęt* wpłynęł* otrzymania
  přijat* obdržen* obdrželi přijetí evidujeme evidován* zaevidovali zaevidován* zaregistrován* vytvořen*
  получен* получили зарегистрирован* принят* создан* получения`;

/** That it is said of the thing and by nobody: "your request has been received". */
export const passives = `
  been was is were wurde worden ist été est sido fue se ha foi stata stato è is werd er blev blitt har on
  została zostało został byl byla bylo byly был была было
  zarejestrowan* przyjęt* зарегистрирован* получен* принят*`;

/** All else that such mails are made of. */
export const fillers = `
  acknowledg* additional* administrat* advis* agent* answer* appreciat* assign* assist* attend* auto* busines* car* client* colleagu* comment* communicat* confirm* contact* correspond* custom* deal* depart* detail* engineer*
  enquir* escalat* ensur* expert* forward* further* generat* handl* identif* inform* investigat* manag* messag* notif* operat* portal* priorit* process* progress* quer* queu* receiv* record* refer* regist* repl* represent*
  resolution* respon* review* sent servic* shortly special* staff* status* submit* support* system* team* technic* thank* track* updat* urgent* valu* given give make sure kept aim aims strive so order made
  bearbeit* kontakt* mitarbeit* antwort* rückfrag* rückmeld* service* support* kunden* technik* ticket* vorgang* automat* generier* bestätig* nachricht* eingegangen* referenz* zuständig* schnellst* werktag* arbeitstag*
  accus* adress* conseill* contact* répon* trait* techni* équip* équipe client* numéro* référenc* elle il porte porter brefs délai* automati* prise* confirm* enregistr* attribu* remerci* merci* n
  acus* comunic* contact* respond* respuest* atend* atenci* confirm* agente* técnic* especialist* equipo* registr* asign* número* referenci* automátic* gestion* tramit* agrade* gracia* brev* ayud*
  contat* atend* respond* respost* confirm* equip* técnic* registad* agrade* brev* º
  contatt* rispond* rispost* confer* operator* assisten* tecnic* richiest* ringrazi* verrà
  behandel* beantwoord* contact* medewerk* ontvang* reactie* bevestig* ticket* collega*
  kontakt* svar* besvar* behandl* bekræft* bekreft* bekräft* medarbejd* medarbeid* handlägg* registrer* automatisk* återkom* ditt din mitt dig två par så tack
  vasta* käsit* otamme ottaa yhteyt* kirjat* rekister* automaat* asiakas* asiantunt* kiito* kiit* viest*
  odpow* kontakt* skontakt* potwierdz* obsług* konsult* pracown* zespół* zespoł* dziękuj* prosi* rozpatrz* realizac* godzin
  odpov* kontakt* potvrz* potvrd* technik* operát* podpor* děkuj* zpracov* vyřiz* hodin vaši zprávu vaší
  ответ* свяж* обработ* специалист* сотрудник* оператор* поддержк* благодар* спасибо подтвержд* регистрац* рассмотр* уведомл* вами вам нами
  a an the your our of for to in on at by with and or as this that it its we you us will be have has had is are was been can may
  thank thanks you contacting writing getting touch reaching out dear customer sir madam user hello hi team support service desk help
  helpdesk it department staff member agent representative technician engineer colleague someone one back get contact respond respond* reply answer
  answer* review process processed processing handle handled look into soon shortly possible earliest convenience within business working hour hours day days
  number id reference ref please keep quote mention include use subject line all any future further correspondence communication regarding about
  under following new successfully automatic automatically automated auto-generated generated confirmation acknowledge acknowledgement acknowledgment
  receipt notification system do not hereby confirm confirms inform informed once when if from date time below above track status view
  portal online link click here regards kind best sincerely yours faithfully opened queue appreciate patience up follow updates update add
  additional information comments responded order during office opening monday-friday next being reviewed review reviewed investigate investigating comments comment working within best priority prioritized prioritised level pleased happy assist assisting assistance let know need needs required require provide provided original details detail reference-number auto-response auto-reply via web phone feel free also reached reach contacted attend attended attending taken care taking one-time shift address addressed addressing at-your which who were was very much per unattended monitored unmonitored mailbox inbox sent please-do delay delays volume high due currently experiencing sla available latest visit login log-in own personal further-information hereby thanks-for behalf powered here member two three getting know let
  ein eine einen einer ihr ihre ihren ihrer ihrem ihres sie uns unser unsere unserer unserem der die das den dem des und oder zu zum zur in im am an auf mit von vom bei unter für
  bearbeitungsnummer wir werden wird haben hat ist sind wurde worden vielen dank herzlichen danke guten tag hallo sehr geehrte geehrter geehrtes damen herren kunde kundin kunden team support
  service kundenservice mitarbeiter mitarbeitern schnellstmöglich möglich bald baldmöglichst umgehend zeitnah so schnell wie kürze innerhalb werktag werktage* werktagen stunden stunde tage tagen melden
  bearbeiten bearbeitet bearbeitung beantworten beantwortet antwort antworten antworten* prüfen kümmern darum ihnen nummer ticketnummer vorgangsnummer referenz referenznummer bitte geben
  angeben verwenden betreff betreffzeile rückfragen bei allen weiteren weitere fragen stets immer diese dieser dieses dies automatisch automatische automatisiert* generiert* erzeugt*
  empfangsbestätigung eingangsbestätigung bestätigung bestätigen hiermit eingang e-mail nicht auf darauf freundliche freundlichen grüße grüßen gruß besten
  beste lassen neue neuen neues neuer folgende folgender folgenden mir unten status es erfolgreich system ihrerseits rückmeldung zusammen einem nächsten sobald möglichst frühestmöglich rasch schnell werde werden kümmert sich mitarbeiterinnen bearbeiter sachbearbeiter zuständige zuständigen zuständiger fachabteilung abteilung weitergeleitet kontaktaufnahme kontaktieren setzen setzt verbindung ihrem anliegens schreiben erhalten entgegengenommen ticketsystem helpdesk link folgenden status einsehen verfolgen bezug nehmen lautet unseres bzw kenntnis geduld verständnis dankeschön wenden e-mail-adresse postfach hinweis ergänzungen ergänzen rückfrage betreffzeile anbei vorgangs-nr ticket-nr nr kundennummer arbeitstagen arbeitstag arbeitstage geschäftszeiten versandt verschickt gesendet
  votre vos notre nos nous vous le la les l' un une des du de d' et ou à a au aux en dans par pour sur sous avec avons avez est été sera seront sont bien merci remercions
  bonjour madame monsieur cher client équipe service support assistance technicien conseiller conseillers répondrons répondra traiterons traitée traité traitera traiter
  répondre contacterons contactera recontacter reviendrons reviendra vers plus tôt possible meilleurs délais dans les brefs rapidement sous heures heure jours jour ouvrés ouvré ouvrables numéro référence
  veuillez merci indiquer rappeler conserver mentionner objet toute correspondance échange ce cet cette ceci message automatique automatiquement généré envoyé ne pas accusé réception
  confirmons confirmer confirme confirmation cordialement sincères salutations nouvelle nouveau suivant suivante suivi statut ci-dessous contacter contacté avoir d'avoir contactés prochainement prise prendrons compte bonne réf attribué attribuée assigné suivre lien cliquant pouvez peut équipes nos l'équipe votre-demande traitement cours dès que afin qu' que faciliter sera-t-il contacté rapidement courte délai délais maximum réponse fermée adresse écoute disposition restons patience compréhension votre-ticket système charge pris savoir sachez
  su sus nuestro nuestra nuestros nuestras nos usted ustedes le les el la los las un una unos de del y o a al en por para con sobre bajo hemos ha sido fue será serán se es está gracias
  hola estimado estimada estimados cliente señor señora equipo soporte servicio atención técnico agente responderemos responderá contactaremos contactará pondremos pondrá contacto atenderemos
  atendido atendida atenderá lo más antes pronto posible brevedad mayor plazo máximo horas hora días día hábiles hábil laborables número referencia folio por favor indique incluya
  conserve mencione asunto cualquier comunicación futura este esta correo mensaje automático automática automáticamente generado no responda acuse recibo confirmamos confirmar confirmación saludos
  saludo cordial cordiales atentamente nuevo nueva siguiente estado correctamente ponerse comunicarse con escribirnos contactarnos ya sido nuestros agentes especialistas técnicos le-contactará revisará revisaremos revisando brindaremos daremos respuesta responder responderle identificador identificada identificado asignándole bajo número-de seguimiento consultar puede portal enlace conservar conserve agradecemos agradece paciencia automáticamente sistema generada tramitando trámite gestión gestionando tan como sea posible cuanto
  seu sua nosso nossa nossos em análise analista será atendido atendida encaminhado encaminhada confirmamos recebimento aguarde logo poderá acompanhar breve nossos técnicos o os as um uma do da dos das e ou em no na nos nas por para com sobre foi será obrigado obrigada agradecemos olá prezado prezada cliente equipe equipa suporte
  serviço atendimento responderemos retornaremos entraremos contato contacto breve possível mais rápido prazo até horas dias úteis número protocolo referência por favor informe assunto mensagem este esta
  automático automática automaticamente não responda confirmamos confirmação atenciosamente cumprimentos gerado gerada sucesso
  la sua vostra nostro nostra il lo i gli le un una di del della dei e o a al alla in nel per con su è stata stato abbiamo sarà grazie gentile cliente buongiorno salve team assistenza supporto servizio operatore
  risponderemo contatteremo contattarci ricontatteremo provvederemo prima possibile presto entro ore ora giorni giorno lavorativi numero riferimento si prega indicare oggetto questo questa messaggio automatico automatica automaticamente non rispondere
  conferma confermiamo ricezione cordiali saluti nostri operatori tecnico tecnici breve codice assegnato assegnata stato sarete contattati ricontattato quanto presa gestione sarà elaborata ticket distinti averci contattato più preso carico verrà gestita generato
  uw onze ons wij we u de het een van voor en of in op met bij om te is zijn hebben heeft wordt is werd bedankt dank hartelijk beste geachte heer mevrouw klant team medewerker medewerkers
  nemen neemt contact zo spoedig snel mogelijk binnen werkdag werkdagen uur uren nummer ticketnummer referentie referentienummer vermeld gelieve onderwerp dit deze automatisch automatische gegenereerd
  niet reageren beantwoorden antwoorden ontvangst ontvangstbevestiging bevestigen bevestiging vriendelijke groet groeten behandeling behandelen onder goede orde uw ontvangen-melding hulp ons onze zal zullen spoedig mogelijk reactie krijgt ontvangt collega collega's uw-vraag vraag vragen geduld volgnummer toegewezen meldingsnummer kenmerk
  din dit dine vi os den det en et ett och og eller til till för for av af på i med om er är har blev blitt blivit vil vil kommer hurtigt snart snarest mulig muligt möjligt som så inden innen inom arbejdsdage arbeidsdager arbetsdagar
  timer timmar tak takk tack kære hej hei kund kunde team support kontakte kontakter kontakta svare svarer svarar återkommer vender tilbage tilbake deg dig nummer sagsnummer saksnummer ärendenummer referanse reference referens
  venligst vennligst vänligen oplys oppgi ange emne ämne emnefeltet ämnesraden automatisk automatiskt genererad genereret generert bekræfter bekrefter bekräftar bekræftelse bekreftelse bekräftelse ikke ej inte svar besvar modtagelse mottak
  venlig vennlig vänliga hilsen hälsningar mvh denne dette detta hurtigst henvendelse tildelt tilldelats saksbehandler sagsbehandler handläggare behandles behandlas behandlet vil blive besvaret svaret kontakter dig os oss bekreftet bekræftet fått få har vores medarbejdere medarbejder medarbeider vårt vår våra vores vår henvendelsen kundeservice kundservice
  teidän teille me olemme on se tämä kiitos hei hyvä asiakas asiakaspalvelu tuki palaamme asiaan mahdollisimman pian kuluessa arkipäivän tunnin numero tunnus viite viitenumero viestistä yhteydenotostanne käsittelemme käsitellään vastaamme automaattinen
  automaattisesti lähetetty älkää vastatko ystävällisin asiantuntijamme käsittelyssä käsittelyyn otamme yhteyttä teihin sinuun viestisi pyyntösi kiitämme päivän sisällä vastaathan terveisin numerolla aihe vastaus saanut
  państwa twoje pani pana nasz nasza naszego my i lub w we z ze na do o od po za się dziękujemy dziękuję witamy dzień dobry szanowni państwo klient klienta zespół wsparcia obsługi odpowiemy skontaktujemy możliwie najszybciej jak najszybciej wkrótce ciągu godzin dni
  roboczych numer numerem numer* pod nr prosimy podać podawanie temacie ta ten to konsultant konsultanci pracownik państwu wam kolejności zgłoszenia nadaliśmy nadano jego został przekazane odpowiedź udzielimy udzielona najbliższym czasie wiadomość automatyczna automatycznie wygenerowana nie odpowiadać potwierdzamy potwierdzenie otrzymania pozdrawiam pozdrowienia poważaniem kontakt
  váš vaše vaši vašeho naše náš my a nebo v ve s se k na pod do o od za děkujeme dobrý den vážený zákazníku zákaznická podpora tým odpovíme ozveme budeme kontaktovat co nejdříve možné brzy během hodin pracovních dnů číslo číslem číslo* obrátíme ozveme operátor technik bylo přiděleno evidujeme evidován pod odpověď odpovíme možná zpět zašleme dne
  prosím uvádějte uveďte předmětu tato tento zpráva automatická automaticky vygenerována neodpovídejte potvrzujeme potvrzení přijetí pozdravem pozdrav byl byla bylo vám vás jsme
  ваш ваша ваше вашего вашу вам вас мы нам и или в во на по под за от с к до для спасибо благодарим здравствуйте уважаемый клиент добрый день служба поддержки поддержка ответим свяжемся рассмотрим рассмотрено будет ближайшее время скоро в течение часов рабочих дней
  номер номером номер* пожалуйста указывайте укажите теме это этот автоматическое автоматически сформировано не отвечайте подтверждаем подтверждение получения уважением специалист специалисты наши наш свяжется ответит обработан* присвоен* вскоре обработки обработка принято взято взята работу оператор сотрудник сотрудники ему ей ваших нашей службы это было ответ ответим минут часа часов дня`;

/** In mails that are written without spaces: read from the left, longest first; nothing else may stand there. */
export const unspacedWords = ` 順に 後ほど 別途 早急 できるだけ 早く 速やか すみやか 対し まで 頂戴 拝受 専門 部署 お知らせ 通知 あり ござい ませ なお 送信専用 届き お伝え アドレス こと ので では なり 予定 可能 いただく 場合 ほど お時間 時 つき ましては 票 発番 問合せ 送付 折返し 届い
  感谢 联系我们 聯絡我們 专员 專員 工程师 工程師 稍后 稍後 及时 跟进 跟進 预计 我司 贵司 已为您 耐心等待 等待 分配 已生成 已提交 请勿 回复此邮件 邮箱 地址 您可以 查看 进度 进展 状态 由 给您 一 名 位 进行 進行 就 有 关于 關於 可 可以 后 後 到 被
  お問い合わせ お問合せ お問合わせ ご連絡 ご依頼 ご質問 ご要望 リクエスト チケット メール メッセージ 件 内容 いただき 頂き 下さり くださり まして ました ました。 誠に まことに ありがとう ございます ございました この度は このたびは
  平素より お世話になっております 以下 下記 受付 受け付け 受付け 受領 受信 承り 承りました いたしました 致しました しました されました いたします 致します します 完了 登録 発行 作成 番号 受付番号 チケット番号 お問い合わせ番号 管理番号
  担当者 担当 より から にて まで あらためて 改めて 追って 順次 折り返し ご回答 回答 返信 ご返信 お返事 ご確認 確認 対応 次第 のうえ の上 しばらく 今しばらく お待ち ください 下さい くださいませ 営業日 日 以内 時間
  自動 自動送信 自動返信 自動配信 システム 送信 配信 されて しております おります いる います です ます この 本 こちら お送り 専用 のため ため ご了承 できません できかねます しないで しないよう お願い 申し上げます いただきますよう 必ず 件名 記載 ご記載 残して
  サポート センター 窓口 チーム ヘルプデスク 株式会社 様 各位 お客様 お客さま 弊社 当社 貴社 に は を の が で と も へ お ご て し た 直接 このまま どうぞ よろしく 何卒 スタッフ より
  感谢 感謝 谢谢 謝謝 您 您的 我们 我們 已 已经 已經 已收到 收到 创建 創建 建立 登记 登記 受理 提交 成功 请求 請求 工单 工單 服务单 邮件 郵件 来信 來信 咨询 諮詢 问题 問題 反馈 编号 編號 号码 號碼 单号 單號 为 為 是 将 將 会 會 尽快 盡快 尽速 回复 回覆
  处理 處理 联系 聯繫 联络 客服 团队 團隊 人员 人員 支持 技术 工作日 小时 小時 内 內 在 的 与 與 和 请 請 勿 不要 直接 此 本 这 這 自动 自動 发送 發送 系统 系統 生成 主题 主題 保留 引用 尊敬 客户 客戶 先生 女士 你好 您好 给 給 个 個 于 於 了 并 並 对 對 服务 服務 中心`;

/** Says of itself that no person wrote it, or that none will read the answer. */
export const automaticNotice =
  /automat(?:ic|ed|isch|isiert|i[cq]ue|izad|[ií]c[oa]|isk|ick|yczn)|auto-?generated|do not (?:reply|respond)|nicht (?:auf diese|antworten)|ne (?:pas|répondez)|no responda|não responda|non rispond|niet (?:op dit|reageren|beantwoorden)|автоматическ|自動(?:送信|返信|配信|で)|自动(?:发送|回复|生成)|automaatti/iu;

/** Nobody who knows whom they write to says this. */
export const impersonal =
  /dear (?:customer|sir|madam|user|client|requester)|damen und herren|geehrte[r]? kund|cher client|madame, monsieur|estimad[oa]s? (?:cliente|usuario|señor)|prezado cliente|gentile cliente|geachte (?:klant|heer)|kære kunde|kjære kunde|hyvä asiakas|szanowni państwo|vážený zákazníku|уважаемый клиент|お客様|尊敬的(?:客户|用户)/iu;

/** Who signs for a desk. */
export const deskName =
  /(?:^|[^\p{L}])(?:\p{L}{0,12}team|support|help|helpdesk|desk|service|services|servicedesk|kundenservice|kundendienst|hotline|it|équipe|assistance|soporte|equipo|suporte|equipe|assistenza|klantenservice|kundeservice|kundservice|kundtjänst|asiakaspalvelu|zespół|podpora|поддержк[аи]|служба)(?![\p{L}])|support|サポート|ヘルプデスク|センター|窓口|客服|团队/iu;

/** Lines that only name the thing, such as `Ticket: #286614` or `Status: open`. */
export const labels = `
  ticket case request incident reference ref id no number subject short description summary status priority category queue created opened date department group team requester type channel summary-id tracking
  ticketnummer vorgang vorgangsnummer referenz referenznummer betreff priorität kategorie erstellt datum abteilung anfrage nummer
  numéro référence objet statut priorité catégorie demande date service billet dossier
  número referencia asunto estado prioridad categoría solicitud fecha folio incidencia
  protocolo assunto chamado referência solicitação data
  numero riferimento oggetto stato priorità richiesta
  onderwerp nummer referentie prioriteit sagsnummer saksnummer ärendenummer emne ämne
  aihe numero tunnus viite numer temat zgłoszenie nr číslo předmět požadavek номер тема статус заявка обращение`;
export const unspacedLabel =
  /^(?:(?:お問い合わせ|受付|チケット|管理|参照)?(?:番号|ID)|件名|ステータス|状態|受付日時|(?:工单|服务单|请求|参考)?(?:编号|号码|单号)|主题|状态|优先级)$/u;

/** Such a word is never part of set phrases, whatever stands around it: a person says it, or what is wrong. */
export const personal = new Set(
  `
  i'm i'll i've i'd my me mine but however still again tomorrow today tonight yesterday monday tuesday wednesday thursday
  friday yet instead wrong error errors broken fails failed fail problem problems cannot can't doesn't isn't don't won't
  only because why ich mir mein meine meinen aber jedoch noch wieder morgen heute gestern montag dienstag mittwoch
  donnerstag freitag fehler defekt leider kein keine weil je j'ai mon ma mes encore demain aujourd'hui hier lundi mardi
  mercredi jeudi vendredi erreur panne yo mi mis pero todavía aún mañana hoy ayer lunes martes miércoles jueves viernes
  error falla sigue eu meu minha mas ainda amanhã hoje erro io mio mia ma ancora domani oggi errore ik mijn maar nog
  morgen vandaag fout jeg min mitt men igen stadig fortsatt imorgen jag idag fel minä mutta vielä huomenna virhe mój moja
  ale jeszcze jutro dzisiaj błąd já můj moje ještě zítra dnes chyba я мой моя но ещё еще завтра сегодня ошибка`
    .trim()
    .split(/\s+/),
);

/** By them the reader's own number is told: "your ticket number is". */
export const numberWords = `
  number id nummer ticketnummer vorgangsnummer referenznummer numéro référence número referencia protocolo numero riferimento referentienummer sagsnummer saksnummer ärendenummer numer* čísl* номер* reference ref`;
