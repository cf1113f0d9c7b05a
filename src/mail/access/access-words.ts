/** The words by which people name roles, privileges and how much of them (POLICY §1, §8.4), in the languages of the templates. */
import { fold } from '../fold-width.ts';

/** The roles that can be asked for and given, as the registry has them; a primary is never made by this. */
const roleWords = {
  secondary: [
    ...[
      'secondary',
      'secondary contact',
      'secondary user',
      'deputy',
      'zweitkontakt',
      'stellvertreter',
      'stellvertreterin',
    ],
    ...['sekundärer kontakt', 'sekundär', 'secondaire', 'contact secondaire', 'suppléant', 'suppléante', 'secundario'],
    ...['secundaria', 'contacto secundario', 'suplente', '副担当', '副担当者', 'セカンダリ', '副管理者'],
  ],
  'technical contact': [
    ...[
      'technical contact',
      'technical',
      'tech contact',
      'technical user',
      'technischer kontakt',
      'technischen kontakt',
    ],
    ...['technischer ansprechpartner', 'technische ansprechpartnerin', 'technischen ansprechpartner', 'techniker'],
    ...['technikerin', 'contact technique', 'responsable technique', 'technicien', 'technicienne', 'contacto técnico'],
    ...['responsable técnico', 'técnico', 'técnica', '技術担当', '技術担当者', '技術連絡先', 'テクニカルコンタクト'],
  ],
  'authorized user': [
    ...['authorized user', 'authorised user', 'user', 'authorized', 'authorised', 'normal user', 'standard user'],
    ...['support user', 'supportbenutzer', 'utilisateur du support', 'usuario de soporte', 'サポートユーザー'],
    ...[
      'berechtigter benutzer',
      'berechtigte benutzerin',
      'berechtigten benutzer',
      'autorisierter benutzer',
      'benutzer',
    ],
    ...['autorisierten benutzer', 'benutzerin', 'nutzer', 'nutzerin', 'anwender', 'anwenderin', 'utilisateur autorisé'],
    ...['utilisatrice autorisée', 'utilisateur', 'utilisatrice', 'usuario autorizado', 'usuaria autorizada', 'usuario'],
    ...['usuaria', '許可ユーザー', '認定ユーザー', '承認ユーザー', '一般ユーザー', 'ユーザー', 'ユーザ', '利用者'],
  ],
  'licence user': [
    ...['licence user', 'license user', 'licensing user', 'lizenzbenutzer', 'lizenznutzer', 'lizenznutzerin'],
    ...['lizenzbenutzerin', 'utilisateur de licence', 'utilisateur de licences', 'utilisatrice de licences'],
    ...[
      'usuario de licencia',
      'usuario de licencias',
      'usuaria de licencias',
      'ライセンスユーザー',
      'ライセンス利用者',
    ],
  ],
} as const;
export type AskedRole = keyof typeof roleWords;

/** Named by people, and given by nobody through a request: a site has one primary, and a caller is provisional until somebody decides. */
const otherRoleWords = {
  primary: [
    ...['primary', 'primary contact', 'primary user', 'hauptkontakt', 'primärer kontakt', 'hauptansprechpartner'],
    ...['contact principal', 'principal', 'contacto principal', '主担当', '主担当者', 'プライマリ'],
  ],
  'provisional caller': [
    ...['provisional caller', 'provisional', 'vorläufiger anrufer', 'appelant provisoire', 'llamante provisional'],
    ...['仮の連絡者'],
  ],
} as const;
export type NamedRole = AskedRole | keyof typeof otherRoleWords;

const privilegeWords = {
  'manage access': [
    ...['manage access', 'access', 'access management', 'zugang verwalten', 'zugangsverwaltung', 'zugriffsverwaltung'],
    ...['gérer les accès', 'gestion des accès', 'gestionar accesos', 'gestión de accesos', 'アクセス管理'],
  ],
  'contact updates': [
    ...['contact updates', 'contacts', 'contact update', 'kontakte', 'kontaktpflege', 'mise à jour des contacts'],
    ...['contactos', 'actualización de contactos', '連絡先の更新', '連絡先更新'],
  ],
  documents: ['documents', 'document', 'dokumente', 'unterlagen', 'documentos', '文書', 'ドキュメント'],
  reporting: ['reporting', 'reports', 'entitlements', 'berichte', 'auswertungen', 'rapports', 'informes', 'レポート'],
  cases: ['cases', 'case', 'fälle', 'vorgänge', 'dossiers', 'demandes', 'casos', 'ケース'],
  downloads: ['downloads', 'download', 'téléchargements', 'téléchargement', 'descargas', 'descarga', 'ダウンロード'],
} as const;
export type NamedPrivilege = keyof typeof privilegeWords;

const levelWords = {
  none: ['none', 'no', 'off', 'keine', 'keiner', 'kein', 'aucun', 'aucune', 'ninguno', 'ninguna', 'なし'],
  view: [
    'view',
    'read',
    'ansehen',
    'lesen',
    'anzeigen',
    'voir',
    'lecture',
    'consulter',
    'ver',
    'lectura',
    '表示',
    '閲覧',
  ],
  update: [
    ...['update', 'write', 'edit', 'ändern', 'bearbeiten', 'schreiben', 'modifier', 'écriture', 'modificar'],
    ...['escritura', 'actualizar', '更新', '編集'],
  ],
} as const;
const downloadWords = {
  none: levelWords.none,
  software: ['software', 'logiciel', 'logiciels', 'ソフトウェア'],
  'software and media': [
    ...['software and media', 'software und medien', 'logiciels et supports', 'software y medios'],
    ...['ソフトウェアとメディア'],
  ],
  'with quotes, catalogue and renewals': [
    ...['with quotes, catalogue and renewals', 'with quotes catalogue and renewals', 'quotes', 'all'],
    ...['mit angeboten, katalog und verlängerungen', 'angebote', 'alle', 'avec devis, catalogue et renouvellements'],
    ...['devis', 'tout', 'con presupuestos, catálogo y renovaciones', 'presupuestos', 'todo', '見積もり', 'すべて'],
  ],
} as const;
export type NamedLevel = keyof typeof levelWords | keyof typeof downloadWords;

const keyed = <Name extends string>(words: Readonly<Record<Name, readonly string[]>>): ReadonlyMap<string, Name> =>
  new Map(
    (Object.entries(words) as [Name, readonly string[]][]).flatMap(([name, spellings]) =>
      spellings.map((spelling) => [fold(spelling.normalize('NFKC')), name] as const),
    ),
  );
const byRole = keyed<NamedRole>({ ...roleWords, ...otherRoleWords });
const byPrivilege = keyed(privilegeWords);
const byLevel = keyed(levelWords);
const byDownloads = keyed(downloadWords);

/** As it is looked up: without marks and articles. */
const wordOf = (text: string): string =>
  fold(text.normalize('NFKC'))
    .replace(/["'“”„«»*_()[\].。]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .replace(/^(?:(?:an?|the|as|als|comme|como|eine?|der|die|une?|unas?|unos?|un) )+/, '');

/** `role: technical contact`: the value alone. Null for what is no role. */
export const roleNamed = (text: string): NamedRole | null => byRole.get(wordOf(text)) ?? null;
export const isAskedRole = (role: NamedRole | null): role is AskedRole => role !== null && role in roleWords;

/** Every spelling of a role, folded, for readers that look for them in a sentence. */
export const roleSpellings: ReadonlyMap<string, NamedRole> = byRole;

export type PrivilegeNamed = { readonly name: NamedPrivilege; readonly level: NamedLevel };

/** `manage access view`, `documents: update`, `downloads = software and media`. Null for what is none. */
export function privilegeNamed(text: string): PrivilegeNamed | null {
  const word = wordOf(text.replace(/[:：=＝]/g, ' '));
  for (let at = word.length; at > 0; at = word.lastIndexOf(' ', at - 1)) {
    const name = byPrivilege.get(word.slice(0, at));
    if (name === undefined) continue;
    const said = word.slice(at).trim();
    const level = name === 'downloads' ? byDownloads.get(said) : byLevel.get(said);
    return level === undefined ? null : { name, level };
  }
  return null;
}
