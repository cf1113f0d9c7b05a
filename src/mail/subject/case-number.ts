/**
 * The number of a case as people type it, without brackets (POLICY §3 "The case number"). It is read in the subject only, and
 * only where it opens it or is all of it: `similar to case 100042` is about another one.
 */

import { foldWidth } from '../fold-width.ts';
import type { MailFacts } from '../parsed-mail.ts';
import { titleOf } from './subject.ts';

type BareCaseNumber = {
  readonly number: string;
  /** What is left of the subject without it; empty where it is all of it. */
  readonly rest: string;
};

/** What a case is called in the languages of the templates. */
const word = '(?:case|ticket|fall|vorgang|cas|dossier|caso|ケース|案件)';
const mark = '(?:#|no\\.?|nr\\.?|n\\.?[°º]\\.?|№|num(?:ber|mer|éro|ero)|número|番号)';
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
  const left = rest.replace(/^の件(?:について|です)?/u, '').replace(/^[\s\p{P}]+/u, '');
  return { number, rest: /[\p{L}\p{N}]/u.test(left) ? left : '' };
}

/** The title of what becomes a case of its own: without the number that it named, so that its letters name their own only. */
export function titleWithoutNumber(facts: Pick<MailFacts, 'subject' | 'newText' | 'title'>): string {
  const bare = bareCaseNumber(facts.subject);
  if (!bare) return facts.title;
  // A labelled line says something of the problem, and not what it is.
  const told = facts.newText.slice(0, 20_000).replace(/^[ \t]{0,8}[\p{L} ]{2,24}[:：].*$/gmu, '');
  return bare.rest || titleOf('', told) || titleOf('', facts.newText) || facts.title;
}
