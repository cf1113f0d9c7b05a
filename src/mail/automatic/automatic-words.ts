/** How mail programs title the answer of somebody who is away, in the 16 languages of MAIL.md §2; lower case, with patterns. */
export const absenceTitles: readonly string[] = [
  // English
  'automatic reply',
  'auto(?:matic)?[- ]?(?:reply|response|responder)',
  'autoreply',
  'out of (?:the )?office(?: (?:auto ?reply|reply|message|notification))?',
  'ooo',
  'on vacation',
  'vacation (?:reply|message|notice)',
  'away from (?:my )?(?:mail|office|desk)',
  // German
  'automatische antwort',
  'abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|assistent)',
  'abwesend',
  'automatische r(?:ü|ue)ckantwort',
  'nicht im (?:b(?:ü|ue)ro|hause)',
  // French
  'r[ée]ponse automatique',
  'absen(?:ce|t)(?: du bureau)',
  "message d['’]absence",
  "notification d['’]absence",
  // Spanish
  'respuesta autom[áa]tica',
  'fuera de (?:la )?oficina',
  'ausencia(?: de la oficina| temporal)',
  // Portuguese
  'resposta autom[áa]tica',
  'fora do escrit[óo]rio',
  'aus[êe]ncia(?: tempor[áa]ria| do escrit[óo]rio)',
  // Italian
  'risposta automatica',
  'fuori (?:sede|ufficio)',
  "assenza dall['’]ufficio",
  // Dutch
  'automatisch antwoord',
  'afwezigheidsbericht',
  'afwezig',
  'niet aanwezig',
  // Danish, Norwegian, Swedish
  'automatisk svar',
  'autosvar',
  'frav[æe]r(?:smelding|sbesked)?',
  'ikke til ?stede',
  'ikke p[åa] kontoret',
  'automatiskt svar',
  'autosvar',
  'fr[åa]nvaro(?:meddelande|besked)?',
  'ej p[åa] kontoret',
  // Finnish
  'automaattinen vastaus',
  'poissaoloilmoitus',
  'poissa(?: toimistosta)?',
  'lomavastaus',
  // Polish
  'automatyczna odpowied[źz]',
  'odpowied[źz] automatyczna',
  'autoodpowied[źz]',
  'poza biurem',
  'nieobecno[śs][ćc]',
  // Czech
  'automatick[áa] odpov[ěe][ďd]',
  'mimo kancel[áa][řr]',
  'nep[řr][íi]tomnost',
  // Russian
  'автоматический ответ',
  'автоответ(?:чик)?',
  'нет на месте',
  'вне офиса',
  'отсутстви[ея](?: на рабочем месте)?',
  // Chinese
  '自动(?:答复|回复)',
  '自動(?:答覆|回覆|回復)',
  '外出',
  '不在办公室',
  '不在辦公室',
  '休假通知',
  // Japanese
  '自動(?:応答|返信)',
  '不在(?:通知|のお知らせ|です)?',
  '休暇(?:通知|中)',
];
