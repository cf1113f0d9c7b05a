/**
 * The number of a case as people type it, without brackets (POLICY §3 "The case number"). It is read in the subject only, and
 * only where it opens it or is all of it: `similar to case 100042` is about another one.
 */
import { foldWidth, titleOf } from './subject.ts';

export type BareCaseNumber = {
  readonly number: string;
  /** Nothing else is left of the subject. */
  readonly alone: boolean;
};

/** What a case is called in the languages of the templates. */
const word = '(?:case|ticket|fall|vorgang|cas|dossier|caso|ケース|案件)';
const mark = '(?:#|no\\.?|nr\\.?|n[°º]\\.?|№|num(?:ber|mer|éro|ero)|número|番号)';
/** Behind it nothing that would make it part of another number, a date, a version or a name. */
const end = '(?![\\p{L}\\p{N}_]|[/.,:-][0-9])';
const japanese = '(?=[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}])';
const opening = new RegExp(`^(?:${word}[ -]?${mark}? ?[:#]? ?|# ?)([0-9]{5,18})(?:${end}|${japanese})`, 'iu');
/** A number behind `#` alone belongs to whatever the customer counts: what stands beside it may say so. */
const ofTheirOwn =
  /(?<!\p{L})(?:(?:purchase |sales |work )?orders?|po|invoices?|quotes?|shipments?|deliver(?:y|ies)|bestell|auftr[aä]g|rechnung|liefer|angebot|commandes?|factures?|devis|livraisons?|bons?|pedidos?|facturas?|albar[aá]n|entregas?)|注文|請求|納品|発注|見積/iu;

/** Null where the subject opens with none. */
export function bareCaseNumber(subject: string): BareCaseNumber | null {
  if (!/[0-9０-９]{5}/.test(subject)) return null;
  const title = foldWidth(titleOf(subject, ''))
    .replace(/^[\s(*"'«„“_]+/, '')
    .trim();
  const found = opening.exec(title);
  const number = found?.[1];
  if (!found || number === undefined) return null;
  const rest = title.slice(found[0].length);
  if (found[0].startsWith('#') && ofTheirOwn.test(rest)) return null;
  return { number, alone: /^(?:の件(?:について|です)?)?[\s\p{P}]*$/u.test(rest) };
}
