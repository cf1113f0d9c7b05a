/** What trackers and mail apps leave at the end of a person's text: pixels, marks of their own, lines that say who sent it. */

const blank = (line: string): boolean => line.trim() === '';

/** Words of a link by which it counts or names a program; files that people send have none of them. */
const trackingWords: ReadonlySet<string> = new Set(
  `track tracking tracker trk open opens opened click clicks pixel ping beacon seen mailtrack mailsuite mixmax yesware sidekickopen hubspot hubspotlinks
  streak superhuman sprh boomerang boomeranggmail getnotify bananatag cirrusinsight outreach salesloft avast frontapp sig gmelius mailbutler missiveapp polymail
  shortwave readdle bluemail aka onelink mailfoogae cloudmagic getmailspring`.split(/\s+/),
);

const links = /\[image(?:: ?([^[\]\n]{0,80}))?\]|[[<(] ?(?:cid:|https?:\/\/|#)([^\s<>()[\]]{1,1000}) ?[\])>]/gi;
const fileName = /\.(?:png|jpe?g|gif|bmp|webp|heic|svg|tiff?)$/i;

/** A name or link of a picture or page that nobody wrote. */
function isTracking(image: string | undefined, link: string | undefined): boolean {
  // Pictures that people paste keep the name of their file.
  if (image !== undefined) return !fileName.test(image.trim());
  const words = (link ?? '').toLowerCase().split(/[^a-z0-9]+/, 40);
  return words.some((word) => trackingWords.has(word.replace(/\d{1,3}$/, ''))) || words[0] === 't';
}

const marks = /^(?:\u1427|\u2063|\u034F|\u00AD){1,3}$/u;
const apps =
  /^(?:front|mixmax|streak|superhuman|yesware|hubspot|boomerang|missive|polymail|shortwave|spike|canary|edison|newton|hey|notion mail|mailbutler|mailspring|gmelius|salesloft|outreach|apollo|proton ?mail|tutanota|tuta|fastmail|spark|airmail|blue ?mail|thunderbird|em client|mailtrack|mailsuite|zoho mail|titan|nylas(?: mail)?|salesforce|zendesk|freshdesk|intercom|help ?scout)(?: (?:secure email|mail|app|desktop|mobile|for (?:mac|windows|ios|android)))?[.!]?$/i;
const sent =
  /^(?:(?:sent|tracked|secured|protected|encrypted) (?:from|with|via|using|by)|(?:(?:sicher )?gesendet|(?:sicher )?versendet|gesichert|verschlüsselt) (?:mit|von|über|via)|envoyé (?:avec|de|depuis|via|par)|enviad[oa] (?:con|desde|com|de|do|via|por)|inviato (?:con|da|tramite)|verzonden (?:met|via|vanuit)|sendt (?:med|fra)|skickat (?:med|från)|wysłano (?:z|za pomocą)|odesláno (?:z|pomocí)|отправлено (?:с|из|через)|通过|由)\s{1,3}(.{2,80})$/iu;
const notified =
  /^(?:sender (?:was )?notified (?:by|with)|absender (?:wurde )?benachrichtigt (?:durch|von|mit)|expéditeur notifié (?:par|avec)|remitente notificado (?:con|por)|remetente notificado (?:por|com)|mittente (?:avvisato|notificato|informato) (?:con|da|tramite)|afzender (?:op de hoogte gesteld|geïnformeerd) (?:door|via|met)|nadawca powiadomiony przez|odesílatel upozorněn)(?:\s{0,3}(?:mailtrack|mailsuite|\p{L}{3,20})(?: [0-9][0-9./: ,-]{5,24}(?:[ap]\.?m\.?)?)?)?$/iu;
const program =
  /^(?:yahoo mail\s?[:–-].{3,60}|(?=.{0,80}\boutlook\b)(?=.{0,80}\b(?:ios|android|iphone|ipad|mac)\b).{8,80})$/iu;
/** Its moment, and the name of the tracker where that was wrapped. */
const moment =
  /^(?:(?:mailtrack|mailsuite|\p{L}{3,20}) )?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s{1,3}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AP]\.?M\.?)?$/iu;

const besideLink =
  /\s(?:remove|learn more|get it(?: (?:now|here))?|download|unsubscribe|entfernen|mehr erfahren|supprimer|en savoir plus|eliminar|quitar|remover|rimuovi|verwijderen|usuń)$/iu;

/** A virus scanner says that it has looked. */
const scanned = new RegExp(
  [
    '^(?:this|the|outgoing|incoming) (?:e-?mail|mail|message)(?: and any attachments?)? (?:has been|was|is) (?:checked|scanned|verified|certified)\\b.{0,60}\\b(?:virus|viruses|malware|spam)\\b',
    '^(?:e-?mail |mail |message )?(?:scanned|checked) (?:for viruses )?by\\b.{0,40}(?:anti-?virus|security|mailscanner|avast|avg|eset|mcafee|norton|kaspersky|bitdefender)',
    '^diese (?:e-?mail|mail|nachricht) wurde .{0,60}(?:viren|schadsoftware|spam).{0,30}(?:geprüft|überprüft|gescannt|untersucht)',
    "^(?:l['’]absence de virus dans ce|ce(?:t)?) (?:courriel|courrier|message|e-?mail|mail)\\b.{0,30} a été (?:vérifi|analys|contrôl|scann)",
    '^el software (?:de )?antivirus .{1,40} ha (?:analizado|comprobado|revisado)|^este (?:mensaje|correo).{0,30} ha sido (?:analizado|comprobado|revisado|escaneado).{0,60}virus',
    '^est[ae] (?:e-?mail|mensagem) foi (?:verificad|analisad|escanead).{0,60}v[íi]rus|^questa (?:e-?mail|mail) è stata (?:controllata|esaminata|verificata).{0,60}virus',
    '^deze (?:e-?mail|mail) is (?:gecontroleerd|gescand).{0,60}virus|^(?:ta wiadomość|wiadomość) (?:e-?mail )?(?:została|zostala) sprawdzona.{0,60}wirus',
    '^この(?:e ?)?(?:メール|電子メール)は.{0,60}ウ[イィ]ルス.{0,30}(?:チェック|スキャン|検査)',
  ].join('|'),
  'iu',
);
const plainLink = /^<?(?:https?:\/\/|www\.)[^\s<>]{1,300}>?$/i;

/** The line without links, and whether one of them tracks. */
function bare(line: string): { rest: string; tracks: boolean; linked: boolean } {
  let tracks = false;
  let linked = false;
  const rest = line
    .replace(links, (_, image?: string, link?: string) => {
      linked = true;
      tracks ||= isTracking(image, link);
      return ' ';
    })
    .replace(/[[\]()*_\u1427]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { rest, tracks, linked };
}

/** Sure by itself. */
export function isTrackerLine(line: string): boolean {
  if (line.length > 1500 || blank(line)) return false;
  if (marks.test(line.trim())) return true;
  const { rest, tracks, linked } = bare(line);
  if (rest === '') return tracks;
  if (rest.length > 120) return false;
  if (notified.test(rest)) return true;
  if (scanned.test(rest) && !/[?]/.test(rest)) return true;
  if (linked && (program.test(rest) || (tracks && apps.test(rest)))) return true;
  if (/^yahoo mail\s?[:–-]/i.test(rest) && program.test(rest)) return true;
  if (/^\s?\[[^[\]]{2,30}\]\s?$/.test(line) && apps.test(rest)) return true;
  // With a link a program says more of itself: "Sent from Mailspring (https://…), the best free email app".
  // What it links to besides itself: "Sent with Mailtrack <…> Remove <…>".
  const by = (sent.exec(rest)?.[1] ?? '').replace(linked ? besideLink : /^$/, '');
  return apps.test(linked ? (by.split(/\s?[,;]/, 1)[0] ?? '') : by);
}

const isLinkOnly = (line: string): boolean => {
  const { rest, linked } = bare(line.slice(0, 1500));
  return (linked && rest === '') || plainLink.test(line.trim());
};

/** Where the tail that a tracker has left begins; the length of the text where there is none. */
export function trackerTail(lines: readonly string[]): number {
  let from = lines.length;
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i] ?? '';
    if (blank(line)) continue;
    if (isTrackerLine(line)) from = i;
    // A moment and a link belong to the line of the tracker above them.
    else if (!moment.test(line.trim()) && !isLinkOnly(line)) break;
  }
  // The rule above it is drawn by the scanner.
  while (
    from > 0 &&
    from < lines.length &&
    (blank(lines[from - 1] ?? '') || /^\s{0,3}-{2,60}\s{0,3}$/.test(lines[from - 1] ?? ''))
  )
    from--;
  return from;
}
