/** The labels of a good report (POLICY §3, "A good report"), in every language that letters are written in. */

import { foldWidth } from '../fold-width.ts';
import type { ReportField } from '../parsed-mail.ts';

/** English, German, French, Spanish, Japanese; lower case. A label may stand for one field only. */
const labels: Readonly<Record<ReportField, readonly string[]>> = {
  company: [
    ...[
      'company',
      'company name',
      'organisation',
      'organization',
      'customer',
      'firma',
      'firmenname',
      'unternehmen',
      'kunde',
    ],
    ...[
      'société',
      'entreprise',
      'client',
      'empresa',
      'compañía',
      'organización',
      'cliente',
      '会社',
      '会社名',
      '社名',
      '貴社名',
      '組織',
    ],
  ],
  contact: [
    ...[
      'contact',
      'technical contact',
      'contact name',
      'name',
      'your name',
      'ansprechpartner',
      'technischer ansprechpartner',
    ],
    ...[
      'kontakt',
      'technischer kontakt',
      'contact technique',
      'interlocuteur',
      'nom',
      'contacto',
      'contacto técnico',
      'nombre',
    ],
    ...['担当者', '技術担当者', '連絡先', '氏名', 'お名前', '担当者名'],
  ],
  phone: [
    ...[
      'phone',
      'phone number',
      'telephone',
      'tel',
      'mobile',
      'telefon',
      'telefonnummer',
      'rufnummer',
      'handy',
      'téléphone',
    ],
    ...[
      'numéro de téléphone',
      'portable',
      'teléfono',
      'número de teléfono',
      'móvil',
      '電話',
      '電話番号',
      'tel番号',
      '携帯',
    ],
  ],
  hours: [
    ...[
      'hours',
      'hours of presence',
      'availability',
      'available',
      'reachable',
      'erreichbar',
      'erreichbarkeit',
      'anwesenheit',
    ],
    ...[
      'zeiten',
      'heures de présence',
      'disponibilité',
      'horaires',
      'horario',
      'disponibilidad',
      '在席時間',
      '対応時間',
      '連絡可能時間',
    ],
  ],
  product: [
    'product',
    'product name',
    'produkt',
    'produktname',
    'produit',
    'producto',
    '製品',
    '製品名',
    '商品',
    '商品名',
    'プロダクト',
  ],
  version: [
    ...[
      'version',
      'product version',
      'release',
      'build',
      'produktversion',
      'version du produit',
      'versión',
      'versión del producto',
    ],
    ...['バージョン', '製品バージョン', '版'],
  ],
  severity: [
    ...[
      'severity',
      'sev',
      'priority',
      'severity level',
      'schweregrad',
      'dringlichkeit',
      'priorität',
      'gravité',
      'sévérité',
      'priorité',
    ],
    ...['severidad', 'gravedad', 'prioridad', '重大度', '重要度', '深刻度', '優先度', '緊急度'],
    ...[
      'prio',
      'severity rating',
      'priority level',
      'prioritätsstufe',
      'dringlichkeitsstufe',
      'sévérité',
      'niveau de gravité',
    ],
    ...['niveau de sévérité', 'niveau de priorité', 'nivel de gravedad', 'nivel de severidad', 'nivel de prioridad'],
    ...[
      'criticality',
      'urgency',
      'kritikalität',
      'criticité',
      'urgence',
      'criticidad',
      'urgencia',
      '重大度レベル',
      'セベリティ',
      'プライオリティ',
    ],
  ],
  symptoms: [
    ...[
      'symptoms',
      'symptom',
      'problem',
      'problem description',
      'description',
      'issue',
      'error',
      'symptome',
      'beschreibung',
    ],
    ...[
      'problembeschreibung',
      'fehler',
      'fehlerbeschreibung',
      'symptôme',
      'symptômes',
      'problème',
      'description du problème',
      'erreur',
    ],
    ...[
      'síntoma',
      'síntomas',
      'problema',
      'descripción',
      'descripción del problema',
      '症状',
      '現象',
      '問題',
      '内容',
      '不具合',
    ],
  ],
  impact: [
    ...[
      'impact',
      'business impact',
      'auswirkung',
      'auswirkungen',
      'geschäftliche auswirkung',
      'impact métier',
      'conséquences',
    ],
    ...['impacto', 'impacto en el negocio', '影響', '業務への影響', '業務影響', 'ビジネスへの影響'],
  ],
  os: [
    ...[
      'os',
      'operating system',
      'betriebssystem',
      "système d'exploitation",
      'système d’exploitation',
      'sistema operativo',
      'so',
    ],
    ...['オペレーティングシステム'],
  ],
  database: ['database', 'db', 'datenbank', 'base de données', 'bdd', 'base de datos', 'データベース'],
  serviceTag: [
    ...[
      'service tag',
      'servicetag',
      'serial number',
      'serial',
      'seriennummer',
      'numéro de série',
      'étiquette de service',
    ],
    ...['etiqueta de servicio', 'número de serie', 'サービスタグ', 'シリアル番号', '製造番号'],
  ],
  licence: [
    ...[
      'licence',
      'license',
      'licence number',
      'license number',
      'licence no',
      'license no',
      'licence key',
      'license key',
      'lizenz',
    ],
    ...['lizenznummer', 'numéro de licence', 'licencia', 'número de licencia', 'ライセンス', 'ライセンス番号'],
  ],
  reproducible: [
    ...[
      'reproducible',
      'can be reproduced',
      'reproducibility',
      'reproduzierbar',
      'reproductible',
      'reproducible?',
      '再現性',
      '再現',
    ],
  ],
  scope: [
    ...[
      'scope',
      'machines affected',
      'affected',
      'one machine or more',
      'umfang',
      'betroffen',
      'betroffene rechner',
      'étendue',
    ],
    ...['machines concernées', 'postes concernés', 'alcance', 'equipos afectados', '影響範囲', '範囲', '対象台数'],
  ],
  changed: [
    ...[
      'changed',
      'what changed',
      'changes',
      'recent changes',
      'änderungen',
      'was wurde geändert',
      'letzte änderungen',
      'changements',
    ],
    ...['modifications', 'cambios', 'qué ha cambiado', 'cambios recientes', '変更', '変更点', '直近の変更'],
  ],
};

const fieldOf = new Map<string, ReportField>();
for (const [field, names] of Object.entries(labels) as [ReportField, readonly string[]][]) {
  for (const name of names) fieldOf.set(name.normalize('NFKC'), field);
}

/** Without list marks, emphasis, numbering, scales and question marks: `- **Severity (1-4)**` is `severity`. */
function bareLabel(text: string): string {
  return foldWidth(text)
    .normalize('NFKC')
    .replace(/[*_#>•·|■◆●-]/g, ' ')
    .replace(/^ *(?:[0-9]{1,2}|[A-Za-z])[.)]/, '')
    .replace(/\([^()]{0,80}\)|\[ ?[0-9][^[\]]{0,40}\]/g, ' ')
    .replace(/[[\]]/g, ' ')
    .replace(/[?.:=]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase();
}

const longestLabel = 60;

/** Whose it is, beside the label: `Case severity`, `Gravité du problème`. */
const owner =
  /^(?:our|the|issue|case|ticket|problem|incident|request|requested|desired|fault|gewünschter?|unser|unsere) | (?:du|des|der|del|de la|of the|of this|dieses) (?:problème|problems|falls|vorfalls|störung|incident|problema|caso|incidente|incidencia|dossier|issue|case|problem|request|ticket|tickets)$/u;

export function reportFieldOf(label: string): ReportField | null {
  if (label.length > longestLabel) return null;
  const bare = bareLabel(label);
  const field = fieldOf.get(bare) ?? fieldOf.get(bare.replace(owner, ''));
  return field ?? fieldOfTwo(bare);
}

/** `Severity/Priority`: each has to be a label by itself; what decides the answer goes first. */
function fieldOfTwo(bare: string): ReportField | null {
  const parts = bare.split(/ ?[/&] ?/, 4);
  if (parts.length < 2 || parts.length > 3) return null;
  const fields = parts.map((part) => fieldOf.get(part) ?? null);
  if (fields.includes(null)) return null;
  return fields.includes('severity') ? 'severity' : (fields[0] ?? null);
}

export const isReportLabel = (text: string): boolean => text !== '' && reportFieldOf(text) !== null;
