/** Privileges and their levels as people read them, in the words of the list of contacts. */
import { type Granted, inTableOrder } from '../../registry/contacts/privileges.ts';

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: {
    ...{ 'manage access': 'Zugänge verwalten', 'contact updates': 'Kontaktdaten', documents: 'Dokumente' },
    ...{ reporting: 'Berichte', cases: 'Fälle', downloads: 'Downloads' },
    ...{ none: 'keine', view: 'ansehen', update: 'ändern', software: 'Software' },
    'software and media': 'Software und Medien',
    'with quotes, catalogue and renewals': 'mit Angeboten, Katalog und Verlängerungen',
  },
  fr: {
    ...{ 'manage access': 'gestion des accès', 'contact updates': 'coordonnées', documents: 'pièces contractuelles' },
    ...{ reporting: 'rapports', cases: 'dossiers', downloads: 'téléchargements' },
    ...{ none: 'aucun', view: 'consulter', update: 'modifier', software: 'logiciels' },
    'software and media': 'logiciels et supports',
    'with quotes, catalogue and renewals': 'avec devis, catalogue et renouvellements',
  },
  es: {
    ...{ 'manage access': 'gestión de accesos', 'contact updates': 'datos de contacto', documents: 'documentos' },
    ...{ reporting: 'informes', cases: 'casos', downloads: 'descargas' },
    ...{ none: 'ninguno', view: 'consultar', update: 'modificar', software: 'programas' },
    'software and media': 'programas y soportes',
    'with quotes, catalogue and renewals': 'con ofertas, catálogo y renovaciones',
  },
  ja: {
    ...{ 'manage access': 'アクセス管理', 'contact updates': '連絡先', documents: '文書', reporting: 'レポート' },
    ...{ cases: 'ケース', downloads: 'ダウンロード', none: 'なし', view: '閲覧', update: '変更' },
    ...{ software: 'ソフトウェア', 'software and media': 'ソフトウェアとメディア' },
    'with quotes, catalogue and renewals': '見積もり・カタログ・更新を含む',
  },
};
const marks: Readonly<Record<string, readonly [string, string]>> = { fr: [' : ', ' ; '], ja: ['：', '、'] };

/** Null where there are none beside the role. */
export function privilegesIn(granted: Granted, language: string): string | null {
  const base = language.split('-')[0] ?? language;
  const [is, and] = marks[base] ?? [': ', '; '];
  const word = (text: string): string => words[base]?.[text] ?? text;
  const all = Object.entries(inTableOrder(granted)).map(([name, level]) => `${word(name)}${is}${word(level)}`);
  return all.length === 0 ? null : all.join(and);
}
