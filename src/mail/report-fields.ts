/** Labelled lines of a good report (POLICY §3, "A good report"), in every language that letters are written in. */
import { cleanLine, cleanText } from '../foundation/clean-text.ts';
import type { ReportField } from './parsed-mail.ts';
import { foldWidth } from './subject.ts';

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

const words: readonly (readonly [severity: string, words: readonly string[]])[] = [
  [
    '1',
    [
      'critical',
      'urgent',
      'blocker',
      'emergency',
      'kritisch',
      'dringend',
      'notfall',
      'critique',
      'urgente',
      'crítico',
      'crítica',
      '緊急',
      '致命的',
    ],
  ],
  [
    '2',
    [
      'significant',
      'major',
      'high',
      'serious',
      'hoch',
      'schwerwiegend',
      'majeur',
      'élevé',
      'élevée',
      'alto',
      'alta',
      'grave',
      '高',
      '重大',
    ],
  ],
  [
    '3',
    [
      'minimal',
      'minor',
      'medium',
      'normal',
      'moderate',
      'mittel',
      'gering',
      'mineur',
      'moyen',
      'moyenne',
      'normale',
      'medio',
      'media',
      '中',
    ],
  ],
  ['4', ['nominal', 'low', 'trivial', 'question', 'niedrig', 'faible', 'bajo', 'baja', '低']],
];

/** `1` to `4` from `2`, `SEV2`, `S2`, `2 - significant`, `kritisch`; null where it says none of these (POLICY §4). */
export function readSeverity(value: string): string | null {
  const text = foldWidth(value).normalize('NFKC').trim().toLowerCase();
  const digit = /^(?:severity|sev|s|p|prio|priority|level)? ?[-:#]? ?([1-4])(?![0-9]|[.,][0-9])/.exec(text);
  if (digit) return digit[1] ?? null;
  for (const [severity, names] of words) {
    if (names.some((name) => text === name || (text.startsWith(name) && !/\p{L}/u.test(text.charAt(name.length))))) {
      return severity;
    }
  }
  return null;
}

/** `SEV2`, `SEV 2`, `[S2]` in a subject. */
function severityInSubject(subject: string): string | null {
  const text = foldWidth(subject);
  const found = /(?<![\p{L}\p{N}])sev(?:erity)?[ :#-]?([1-4])(?![\p{L}\p{N}])|\[ ?s([1-4]) ?\]/iu.exec(text);
  return found ? (found[1] ?? found[2] ?? null) : null;
}

type Labelled = { readonly field: ReportField; readonly value: string };

function readLabel(line: string): Labelled | null {
  const folded = foldWidth(line);
  const colon = folded.search(/[:=]/);
  if (colon <= 0 || colon > 60) return null;
  const label = folded
    .slice(0, colon)
    .normalize('NFKC')
    .replace(/[*_#>•·-]/g, ' ')
    .replace(/^ *[0-9]{1,2}[.)]/, '')
    .replace(/[?.]/g, '')
    .replace(/ +/g, ' ')
    .trim()
    .toLowerCase();
  const field = fieldOf.get(label);
  return field === undefined ? null : { field, value: cleanLine(line.slice(colon + 1).replace(/^[\s*_]+/, ''), 500) };
}

/** Fields that people go on writing about on the next lines. */
const long: ReadonlySet<ReportField> = new Set(['symptoms', 'impact', 'changed']);

/** Reads the first 400 lines of the new text; the first line of a field counts, severity as `1` to `4`. */
export function readReport(newText: string, subject: string): Partial<Record<ReportField, string>> {
  const report: Partial<Record<ReportField, string>> = {};
  let open: ReportField | null = null;
  for (const line of newText.split('\n', 400)) {
    const found = readLabel(line.slice(0, 2000));
    if (found === null) {
      if (line.trim() === '') open = null;
      else if (open !== null)
        report[open] = cleanText(`${report[open] ?? ''}\n${line.trim()}`.trim())
          .slice(0, 2000)
          .toWellFormed();
      continue;
    }
    open = null;
    if (report[found.field] !== undefined) continue;
    const value = found.field === 'severity' ? readSeverity(found.value) : found.value;
    if (long.has(found.field)) open = found.field;
    if (value !== null && value !== '') report[found.field] = value;
  }
  const named = report.severity ?? severityInSubject(subject);
  if (named !== null) report.severity = named;
  return report;
}

/** Licence numbers and service tags from labelled lines, upper case, without their explanation; each once, at most ten. */
export function readLicenceNumbers(newText: string): string[] {
  const out = new Set<string>();
  for (const line of newText.split('\n', 400)) {
    const found = readLabel(line.slice(0, 2000));
    if (found === null || (found.field !== 'licence' && found.field !== 'serviceTag')) continue;
    for (const word of foldWidth(found.value).split(/[ ,;/]+/)) {
      if (/^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$/.test(word) && /[0-9]/.test(word)) out.add(word.toUpperCase());
    }
  }
  return [...out].slice(0, 10);
}
