/** The words of lines about the people of a site (POLICY §7), in the languages of the templates. The first of a language is the one that letters show. */

import { fold } from '../../mail/fold-width.ts';
import type { PersonLine } from '../../registry/contacts/lines.ts';
import type { PrivilegeName } from '../../registry/contacts/privileges.ts';
import type { Role } from '../../registry/site.ts';

type Words = { readonly [language in 'en' | 'de' | 'fr' | 'es' | 'ja']: readonly string[] };
export type GivenRole = Exclude<Role, 'provisional caller'>;

export const peopleWords = {
  ADD: {
    en: ['ADD'],
    de: ['EINTRAGEN', 'HINZUFÜGEN'],
    fr: ['AJOUTER', 'AJOUT'],
    es: ['AÑADIR', 'AGREGAR'],
    ja: ['追加'],
  },
  REMOVE: {
    en: ['REMOVE', 'DELETE'],
    de: ['ENTFERNEN', 'LÖSCHEN', 'AUSTRAGEN'],
    fr: ['RETIRER', 'SUPPRIMER', 'ENLEVER'],
    es: ['RETIRAR', 'ELIMINAR', 'QUITAR'],
    ja: ['削除'],
  },
  ROLE: { en: ['ROLE'], de: ['ROLLE'], fr: ['RÔLE'], es: ['FUNCIÓN', 'ROL'], ja: ['役割'] },
  PRIVILEGE: {
    en: ['PRIVILEGE'],
    de: ['RECHT', 'BERECHTIGUNG'],
    fr: ['DROIT', 'PRIVILÈGE'],
    es: ['PERMISO', 'PRIVILEGIO'],
    ja: ['権限'],
  },
  DOCUMENTS: {
    en: ['DOCUMENTS', 'PROOF OF ENTITLEMENT'],
    de: ['DOKUMENTE', 'NACHWEISE', 'NACHWEIS', 'BERECHTIGUNGSNACHWEIS'],
    fr: ['DOCUMENTS', 'ATTESTATION', 'ATTESTATIONS', 'ATTESTATION DE DROITS'],
    es: ['DOCUMENTOS', 'JUSTIFICANTE', 'JUSTIFICANTES'],
    ja: ['証明書', 'ライセンス証明書'],
  },
} as const satisfies Record<string, Words>;
export type PeopleWord = keyof typeof peopleWords;

/** What people call a role; the whole of what stands there. */
const roleWords: Readonly<Record<GivenRole, Words>> = {
  primary: {
    en: ['primary', 'primary contact', 'main contact', 'administrator', 'site administrator'],
    de: [
      'Hauptansprechperson',
      'Hauptansprechpartner',
      'Hauptansprechpartnerin',
      'Hauptkontakt',
      'Administrator',
      'Administratorin',
    ],
    fr: ['contact principal', 'interlocuteur principal', 'principal', 'administrateur', 'administratrice'],
    es: ['contacto principal', 'principal', 'administrador', 'administradora'],
    ja: ['主担当者', '主担当', '管理者'],
  },
  secondary: {
    en: ['secondary', 'secondary contact', 'deputy'],
    de: ['Stellvertretung', 'Stellvertreter', 'Stellvertreterin', 'Zweitkontakt'],
    fr: ['contact suppléant', 'suppléant', 'suppléante', 'contact secondaire'],
    es: ['contacto suplente', 'suplente', 'contacto secundario'],
    ja: ['副担当者', '副担当'],
  },
  'technical contact': {
    en: ['technical contact', 'technical', 'site technical contact'],
    de: [
      'technische Ansprechperson',
      'technischer Ansprechpartner',
      'technische Ansprechpartnerin',
      'technischer Kontakt',
    ],
    fr: ['contact technique', 'interlocuteur technique'],
    es: ['contacto técnico', 'contacto técnica'],
    ja: ['技術担当者', '技術担当'],
  },
  'authorized user': {
    en: ['authorized user', 'authorised user', 'user', 'support user'],
    de: [
      'berechtigte Person',
      'berechtigter Benutzer',
      'berechtigte Benutzerin',
      'Benutzer',
      'Benutzerin',
      'Nutzer',
      'Supportbenutzer',
      'Supportbenutzerin',
    ],
    fr: ['utilisateur autorisé', 'utilisatrice autorisée', 'utilisateur', 'utilisatrice', 'utilisateur du support'],
    es: ['usuario autorizado', 'usuaria autorizada', 'usuario', 'usuaria', 'usuario de soporte'],
    ja: ['利用者', 'ユーザー', 'サポートユーザー'],
  },
  'licence user': {
    en: ['licence user', 'license user'],
    de: ['Ansprechperson für Lizenzen', 'Lizenzbenutzer', 'Lizenznutzer'],
    fr: ['responsable des licences', 'utilisateur de licences'],
    es: ['responsable de licencias', 'usuario de licencias'],
    ja: ['ライセンス担当者'],
  },
};

const privilegeWords: Readonly<Record<PrivilegeName, Words>> = {
  'manage access': {
    en: ['manage access', 'access'],
    de: ['Zugänge verwalten', 'Zugänge'],
    fr: ['gestion des accès', 'accès'],
    es: ['gestión de accesos', 'accesos'],
    ja: ['アクセス管理'],
  },
  'contact updates': {
    en: ['contact updates', 'contacts'],
    de: ['Kontaktdaten'],
    fr: ['coordonnées'],
    es: ['datos de contacto'],
    ja: ['連絡先'],
  },
  documents: {
    en: ['documents'],
    de: ['Dokumente'],
    fr: ['pièces contractuelles', 'documents'],
    es: ['documentos'],
    ja: ['文書'],
  },
  reporting: { en: ['reporting', 'reports'], de: ['Berichte'], fr: ['rapports'], es: ['informes'], ja: ['レポート'] },
  cases: { en: ['cases'], de: ['Fälle'], fr: ['dossiers'], es: ['casos'], ja: ['ケース'] },
  downloads: {
    en: ['downloads', 'download'],
    de: ['Downloads'],
    fr: ['téléchargements'],
    es: ['descargas'],
    ja: ['ダウンロード'],
  },
};

const levelWords: Readonly<Record<string, Words>> = {
  none: { en: ['none', 'no'], de: ['keine', 'kein'], fr: ['aucun', 'aucune'], es: ['ninguno'], ja: ['なし'] },
  view: {
    en: ['view', 'read'],
    de: ['ansehen', 'lesen'],
    fr: ['consulter', 'lire'],
    es: ['consultar', 'leer'],
    ja: ['閲覧'],
  },
  update: {
    en: ['update', 'write'],
    de: ['ändern', 'bearbeiten'],
    fr: ['modifier'],
    es: ['modificar'],
    ja: ['変更'],
  },
  software: { en: ['software'], de: ['Software'], fr: ['logiciels'], es: ['programas'], ja: ['ソフトウェア'] },
  'software and media': {
    en: ['software and media'],
    de: ['Software und Medien'],
    fr: ['logiciels et supports'],
    es: ['programas y soportes'],
    ja: ['ソフトウェアとメディア'],
  },
  'with quotes, catalogue and renewals': {
    en: ['with quotes, catalogue and renewals', 'all'],
    de: ['mit Angeboten, Katalog und Verlängerungen', 'alle'],
    fr: ['avec devis, catalogue et renouvellements', 'tous'],
    es: ['con ofertas, catálogo y renovaciones', 'todo'],
    ja: ['見積もり・カタログ・更新を含む'],
  },
  default: {
    en: ['default', 'as the role has it'],
    de: ['wie in der Rolle'],
    fr: ['selon le rôle'],
    es: ['según la función'],
    ja: ['役割どおり'],
  },
};

/** Of what is on record of somebody; phone and hours have the labels of a report as well. */
export const detailWords = {
  name: {
    en: ['Name', 'full name', 'surname'],
    de: ['Name', 'vollständiger Name', 'Nachname'],
    fr: ['Nom', 'nom complet'],
    es: ['Nombre', 'nombre completo', 'apellidos'],
    ja: ['氏名', 'お名前', '名前'],
  },
  newAddress: {
    en: ['E-mail', 'email', 'mail', 'e-mail address', 'email address', 'mail address'],
    de: ['E-Mail', 'E-Mail-Adresse', 'Mailadresse', 'Mail-Adresse', 'Emailadresse'],
    fr: ['Courriel', 'adresse électronique', 'adresse e-mail', 'adresse mail', 'mél'],
    es: ['Correo', 'correo electrónico', 'dirección de correo'],
    ja: ['メールアドレス', 'メール', 'eメール'],
  },
  phone: { en: ['Phone'], de: ['Telefon'], fr: ['Téléphone'], es: ['Teléfono'], ja: ['電話'] },
  hours: {
    en: ['Hours of presence', 'Hours'],
    de: ['Erreichbarkeit', 'Anwesenheit'],
    fr: ['Horaires', 'heures de présence'],
    es: ['Horario'],
    ja: ['在席時間'],
  },
  street: {
    en: ['Street', 'street address', 'address', 'postal address'],
    de: ['Straße', 'Anschrift', 'Adresse', 'Postanschrift'],
    fr: ['Rue', 'adresse', 'adresse postale'],
    es: ['Calle', 'dirección', 'dirección postal'],
    ja: ['住所', '番地'],
  },
  city: { en: ['City', 'town'], de: ['Ort', 'Stadt'], fr: ['Ville'], es: ['Ciudad', 'localidad'], ja: ['市区町村'] },
  state: {
    en: ['State', 'region', 'county', 'province'],
    de: ['Bundesland', 'Land', 'Kanton'],
    fr: ['Région', 'département'],
    es: ['Provincia', 'estado'],
    ja: ['都道府県'],
  },
  postalCode: {
    en: ['Postal code', 'postcode', 'zip', 'zip code'],
    de: ['PLZ', 'Postleitzahl'],
    fr: ['Code postal'],
    es: ['Código postal', 'CP'],
    ja: ['郵便番号'],
  },
} as const satisfies Record<string, Words>;

export const byWord = <T extends string>(table: Readonly<Record<T, Words>>): ReadonlyMap<string, T> =>
  new Map(
    (Object.entries(table) as [T, Words][]).flatMap(([name, words]) =>
      Object.values(words).flatMap((list) => list.map((word) => [fold(word), name] as const)),
    ),
  );
export const detailOf = byWord(detailWords);
export const roleOf = byWord(roleWords);
export const privilegeOf = byWord(privilegeWords);
export const levelOf = byWord(levelWords);

/** The line as somebody would type it, for the letter that asks whether it is to be done. */
export function lineInWords(line: PersonLine, language: string): string {
  const base = (language.split('-')[0] ?? 'en') as keyof Words;
  const say = ({ [base]: own, en }: Words): string => (own ?? en)[0] ?? '';
  switch (line.do) {
    case 'add':
      return [say(peopleWords.ADD), line.name, line.address, say(roleWords[line.role])].join(' ');
    case 'remove':
      return `${say(peopleWords.REMOVE)} ${line.address}`;
    case 'role':
      return [say(peopleWords.ROLE), line.address, say(roleWords[line.role])].join(' ');
    case 'privilege': {
      const level = levelWords[line.value];
      return [say(peopleWords.PRIVILEGE), line.address, say(privilegeWords[line.name]), level ? say(level) : ''].join(
        ' ',
      );
    }
    case 'documents':
      return `${say(peopleWords.DOCUMENTS)} ${say(peopleWords[line.gets ? 'ADD' : 'REMOVE'])} ${line.address}`;
    case 'details': {
      const { do: _, address, ...set } = line;
      const parts = Object.entries(set).map(
        ([name, value]) => `${say(detailWords[name as keyof typeof detailWords])}: ${value ?? '–'}`,
      );
      return `${address} ${parts.join(', ')}`;
    }
    default:
      return line satisfies never;
  }
}
