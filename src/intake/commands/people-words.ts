/**
 * Lines about the people of a site (POLICY §7: `ADD`, `REMOVE`, `ROLE`, `PRIVILEGE`), in the languages of the templates. A line is one by
 * its first word and an address: `ADD dialog hangs` is text.
 */
import { normaliseAddress } from '../../mail/address/address.ts';
import { foldWidth } from '../../mail/fold-width.ts';
import { mostLines, type PersonLine } from '../../registry/contacts/lines.ts';
import { levelsOf, type PrivilegeName } from '../../registry/contacts/privileges.ts';
import type { Role } from '../../registry/site.ts';
import { fold } from './fold.ts';

export type PeopleWord = 'ADD' | 'REMOVE' | 'ROLE' | 'PRIVILEGE';
/** `unread`: it begins like one, and cannot be told what it asks for. */
export type ReadLine = PersonLine | { readonly do: 'unread'; readonly text: string };
export type ReadLines = {
  readonly word: PeopleWord;
  /** The number of a site behind the first word; empty where none is named. */
  readonly site: string;
  readonly lines: readonly ReadLine[];
  readonly rest: string;
};

/** What people call a role; the whole of what stands there. */
const roleWords: readonly (readonly [Exclude<Role, 'provisional caller'>, readonly string[]])[] = [
  [
    'primary',
    [
      'primary',
      'primary contact',
      'hauptansprechperson',
      'hauptansprechpartner',
      'hauptansprechpartnerin',
      'hauptkontakt',
      'contact principal',
      'contacto principal',
      'principal',
      '主担当者',
      '主担当',
    ],
  ],
  [
    'secondary',
    [
      'secondary',
      'secondary contact',
      'stellvertretung',
      'stellvertreter',
      'stellvertreterin',
      'zweitkontakt',
      'contact suppleant',
      'suppleant',
      'suppleante',
      'contact secondaire',
      'contacto suplente',
      'suplente',
      'contacto secundario',
      '副担当者',
      '副担当',
    ],
  ],
  [
    'technical contact',
    [
      'technical contact',
      'technical',
      'technische ansprechperson',
      'technischer ansprechpartner',
      'technischer kontakt',
      'contact technique',
      'contacto tecnico',
      '技術担当者',
      '技術担当',
    ],
  ],
  [
    'authorized user',
    [
      'authorized user',
      'authorised user',
      'user',
      'berechtigte person',
      'berechtigter benutzer',
      'benutzer',
      'benutzerin',
      'utilisateur autorise',
      'utilisatrice autorisee',
      'utilisateur',
      'usuario autorizado',
      'usuaria autorizada',
      'usuario',
      '利用者',
      'ユーザー',
    ],
  ],
  [
    'licence user',
    [
      'licence user',
      'license user',
      'ansprechperson fur lizenzen',
      'lizenzbenutzer',
      'responsable des licences',
      'utilisateur de licences',
      'responsable de licencias',
      'usuario de licencias',
      'ライセンス担当者',
    ],
  ],
];
const privilegeWords: readonly (readonly [PrivilegeName, readonly string[]])[] = [
  [
    'manage access',
    [
      'manage access',
      'access',
      'zugange verwalten',
      'zugange',
      'gestion des acces',
      'acces',
      'gestion de accesos',
      'accesos',
      'アクセス管理',
    ],
  ],
  ['contact updates', ['contact updates', 'contacts', 'kontaktdaten', 'coordonnees', 'datos de contacto', '連絡先']],
  ['documents', ['documents', 'documents', 'dokumente', 'pieces contractuelles', 'documentos', '文書']],
  ['reporting', ['reporting', 'reports', 'berichte', 'rapports', 'informes', 'レポート']],
  ['cases', ['cases', 'falle', 'dossiers', 'casos', 'ケース']],
  ['downloads', ['downloads', 'download', 'telechargements', 'descargas', 'ダウンロード']],
];
const levelWords: readonly (readonly [string, readonly string[]])[] = [
  ['none', ['none', 'no', 'keine', 'kein', 'aucun', 'ninguno', 'なし']],
  ['view', ['view', 'read', 'ansehen', 'lesen', 'consulter', 'consultar', '閲覧']],
  ['update', ['update', 'write', 'andern', 'bearbeiten', 'modifier', 'modificar', '変更']],
  ['software', ['software', 'logiciels', 'programas', 'ソフトウェア']],
  [
    'software and media',
    [
      'software and media',
      'software und medien',
      'logiciels et supports',
      'programas y soportes',
      'ソフトウェアとメディア',
    ],
  ],
  [
    'with quotes, catalogue and renewals',
    [
      'with quotes, catalogue and renewals',
      'all',
      'mit angeboten, katalog und verlangerungen',
      'avec devis, catalogue et renouvellements',
      'con ofertas, catalogo y renovaciones',
      '見積もり・カタログ・更新を含む',
    ],
  ],
  ['default', ['default', 'wie in der rolle', 'standard', 'selon le role', 'segun la funcion', '役割どおり']],
];
const byWord = <T>(table: readonly (readonly [T, readonly string[]])[]): ReadonlyMap<string, T> =>
  new Map(table.flatMap(([name, words]) => words.map((word) => [fold(word), name] as const)));
const roleOf = byWord(roleWords);
const privilegeOf = byWord(privilegeWords);
const levelOf = byWord(levelWords);

const plain = (text: string): string =>
  fold(text.replace(/^[\s"'“”„«»*_`,;:=.\-–—]+|[\s"'“”„«»*_`,;:=.\-–—]+$/gu, '').replace(/\s+/g, ' '));
/** Names as they are written, without what stands around them. */
const nameOf = (text: string): string =>
  text.replace(/^[\s"'“”„«»*_`,;:=<(\-–—]+|[\s"'“”„«»*_`,;:=>)\-–—]+$/gu, '').replace(/\s+/g, ' ');

/** Mail programs add where a click would lead to. */
const withoutLinks = (line: string): string => line.replace(/[<[(]+mailto:[^>\])\s]*[>\])]+/gi, ' ');
const addressIn = /<?([^\s<>()[\],;:"']{1,64}@[^\s<>()[\],;:"']{1,190})>?/u;

type Parts = { readonly before: string; readonly address: string; readonly after: string };
function partsOf(text: string): Parts | null {
  const found = addressIn.exec(text);
  if (!found) return null;
  const address = normaliseAddress((found[1] ?? '').replace(/[.*_`]+$/, '').replace(/^[*_`]+/, ''));
  if (address === null) return null;
  return { before: text.slice(0, found.index), address, after: text.slice(found.index + found[0].length) };
}

/** Behind the role: why. */
const whyBehind = /^([^:：]*?)\s*(?:[:：]\s*(.*))?$/su;

/** The last words of a text that name a role, and what stands before them. */
function roleAtEnd(
  text: string,
): { readonly role: Exclude<Role, 'provisional caller'>; readonly before: string } | null {
  const words = text.trim().split(/\s+/);
  for (let from = Math.max(0, words.length - 4); from < words.length; from++) {
    const role = roleOf.get(plain(words.slice(from).join(' ')));
    if (role) return { role, before: words.slice(0, from).join(' ') };
  }
  return null;
}

const fromAddress = (address: string): string => (address.split('@')[0] ?? address).replace(/[._-]+/g, ' ');
/** `as authorized user`, `als Benutzer`. */
const joining = /(?:^|\s)(?:as|als|comme|como|en tant que)$/iu;

function addLine({ before, address, after }: Parts): PersonLine | null {
  const [, said = '', why] = whyBehind.exec(after) ?? [];
  const ending = roleAtEnd(said) ?? (plain(said) === '' ? roleAtEnd(before) : null);
  // Who is added without a role has the least that opens cases (§8.4).
  const role = ending?.role ?? (plain(said) === '' ? 'authorized user' : null);
  if (role === null) return null;
  const named = plain(said) === '' && ending ? ending.before : `${before} ${ending?.before.replace(joining, '') ?? ''}`;
  const name = nameOf(nameOf(named).replace(joining, '')) || fromAddress(address);
  if (name.length > 200 || /\p{Cc}/u.test(name)) return null;
  const reason = why?.trim().slice(0, 200);
  return { do: 'add', name, address, role, ...(reason ? { why: reason } : {}) };
}

/** Courtesy, and why: neither changes what is asked for. */
const nothingMore = /^[\s.,;!]*(?:(?:please|bitte|s['’]il vous plaît|svp|por favor|お願いします)[\s.!]*|[:：].*)?$/isu;

function lineOf(word: PeopleWord, text: string): PersonLine | null {
  const parts = partsOf(text);
  if (!parts) return null;
  const { before, address, after } = parts;
  if (word === 'ADD') return addLine(parts);
  // A name before the address is what people write; it says nothing beside it.
  if (nameOf(before).split(/\s+/).length > 6) return null;
  if (word === 'REMOVE') return nothingMore.test(after) ? { do: 'remove', address } : null;
  if (word === 'ROLE') {
    const [, said = ''] = whyBehind.exec(after) ?? [];
    const role = roleOf.get(plain(said.replace(/^\s*(?:=|->|→|as|als|comme|como)\s+/iu, '')));
    return role ? { do: 'role', address, role } : null;
  }
  const words = after
    .replace(/[=:：]|->|→/g, ' ')
    .trim()
    .split(/\s+/);
  for (let at = 1; at < words.length; at++) {
    const name = privilegeOf.get(plain(words.slice(0, at).join(' ')));
    const value = levelOf.get(plain(words.slice(at).join(' ')));
    if (name && value && (value === 'default' || levelsOf(name).includes(value)))
      return { do: 'privilege', address, name, value };
  }
  return null;
}

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
} as const;
const byFirstWord = new Map(
  Object.entries(peopleWords).flatMap(([name, words]) =>
    Object.values(words).flatMap((list: readonly string[]) =>
      list.map((word) => [fold(word), name as PeopleWord] as const),
    ),
  ),
);

const begins = /^[\s*_"'“„«`•·\-–]*(\p{L}{2,20})[:：]?\s+(?:((?:\d){7})\s+)?(.*)$/su;

type Begun = { readonly word: PeopleWord; readonly site: string; readonly text: string };
function begun(line: string): Begun | null {
  const [, first = '', site = '', text = ''] = begins.exec(line) ?? [];
  const word = byFirstWord.get(fold(first));
  return word ? { word, site, text } : null;
}

const longest = 500;

/**
 * Null where the text begins with no such line, which most mails show by their first word. The lines go on as long as each begins with one of
 * the words, or holds an address.
 */
export function readPeopleLines(firstOf: string, text: string): ReadLines | null {
  const first = begun(foldWidth(withoutLinks(firstOf.slice(0, longest))));
  if (!first || !addressIn.test(first.text)) return null;
  const all = text.split('\n');
  const lines: ReadLine[] = [];
  let end = 0;
  for (let i = 0; i < all.length && lines.length <= mostLines; i++) {
    const given = all[i] ?? '';
    if (given.trim() === '') continue;
    const line = foldWidth(withoutLinks(given.slice(0, longest)));
    const here = begun(line);
    if (!addressIn.test(here?.text ?? line)) break;
    const next = here ? (all[i + 1] ?? '') : '';
    let read = here && lineOf(here.word, here.text);
    // A long line was broken by the mail program.
    if (here && !read && next.trim() !== '' && !begun(next)) {
      read = lineOf(here.word, `${here.text} ${foldWidth(withoutLinks(next.slice(0, longest))).trim()}`);
      if (read) i += 1;
    }
    end = i + 1;
    lines.push(read ?? { do: 'unread', text: given.trim().slice(0, 200) });
  }
  return { word: first.word, site: first.site, lines, rest: all.slice(end).join('\n').trim() };
}
