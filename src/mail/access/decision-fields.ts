/** The lines below, or the rest of the line, of a decision about an access request: `role: …`, `until: …` (POLICY §8.4). */
import { cleanLine } from '../../foundation/clean-text.ts';
import { fold } from '../fold-width.ts';

const labels = {
  role: ['role', 'as role', 'new role', 'rolle', 'rôle', 'rol', '役割', 'ロール'],
  privilege: [
    ...['privilege', 'privileges', 'permission', 'permissions', 'right', 'rights', 'berechtigung', 'berechtigungen'],
    ...['recht', 'rechte', 'privileg', 'privilegien', 'privilège', 'privilèges', 'droit', 'droits', 'privilegio'],
    ...['privilegios', 'permiso', 'permisos', 'derecho', 'derechos', '権限', '特権'],
  ],
  until: [
    ...['until', 'valid until', 'till', 'ends', 'ends on', 'end date', 'expires', 'expires on', 'bis', 'gültig bis'],
    ...['befristet bis', 'ablauf', 'enddatum', "jusqu'au", "jusqu'à", "valable jusqu'au", 'expire le', 'date de fin'],
    ...[
      'hasta',
      'hasta el',
      'válido hasta',
      'válida hasta',
      'fecha de fin',
      'vence',
      '期限',
      '有効期限',
      '終了日',
      'まで',
    ],
  ],
  justification: [
    ...['justification', 'reason', 'business reason', 'business justification', 'why', 'begründung', 'grund'],
    ...['geschäftliche begründung', 'rechtfertigung', 'motif', 'raison', 'justificación', 'motivo', 'razón', '理由'],
    ...['業務上の理由', '申請理由', '利用目的', '目的'],
  ],
  name: [
    'name',
    'full name',
    'vollständiger name',
    'nom',
    'nom complet',
    'nombre',
    'nombre completo',
    '氏名',
    '名前',
    'お名前',
  ],
  phone: [
    ...['phone', 'phone number', 'telephone', 'tel', 'mobile', 'telefon', 'telefonnummer', 'handy', 'téléphone'],
    ...['numéro de téléphone', 'portable', 'teléfono', 'móvil', '電話', '電話番号', '携帯'],
  ],
  address: [
    ...[
      'e-mail',
      'email',
      'mail',
      'e-mail address',
      'email address',
      'address',
      'e-mail-adresse',
      'adresse',
      'adresse e-mail',
    ],
    ...['courriel', 'correo', 'correo electrónico', 'dirección', 'メール', 'メールアドレス'],
  ],
  country: ['country', 'land', 'pays', 'país', '国', '国名'],
  site: [
    ...['site', 'site number', 'site no', 'account', 'account number', 'standort', 'standortnummer', 'kundennummer'],
    ...['numéro de site', 'numéro de client', 'compte', 'sitio', 'número de sitio', 'número de cliente', 'cuenta'],
    ...['サイト', 'サイト番号', 'sede', 'número de sede', '拠点', '拠点番号', '顧客番号', 'お客様番号'],
  ],
} as const;
export type Field = keyof typeof labels;

const byLabel = new Map(
  (Object.entries(labels) as [Field, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [fold(name.normalize('NFKC')), field] as const),
  ),
);
const names = [...byLabel.keys()].toSorted((a, b) => b.length - a.length).join('|');
/** At the start of a line, or behind a mark or a space. */
const label = new RegExp(`(?<=^|[\\s,;.(-])(${names})\\.? {0,2}[:=]`, 'gu');

export type FieldSaid = { readonly field: Field; readonly value: string };
export type LineOfFields = { readonly before: string; readonly fields: readonly FieldSaid[] };

const trimmed = (value: string): string => cleanLine(value.replace(/^[\s*_"“„«]+|[\s*_,;"”»]+$/g, ''), 500);

/** `line` and `folded` are of the same length. What is said behind `justification:` is one value to the end of its line. */
export function fieldsOf(line: string, folded: string): LineOfFields {
  const found = [...folded.matchAll(label)];
  const [first] = found;
  if (!first) return { before: line, fields: [] };
  const fields: FieldSaid[] = [];
  for (const [i, one] of found.entries()) {
    const field = byLabel.get(one[1] ?? '') as Field;
    const last = field === 'justification';
    const end = last ? line.length : (found[i + 1]?.index ?? line.length);
    fields.push({ field, value: trimmed(line.slice(one.index + one[0].length, end)) });
    if (last) break;
  }
  return { before: line.slice(0, first.index), fields };
}
