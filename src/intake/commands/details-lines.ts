/**
 * Corrections of what is on record of somebody (POLICY §9), in a mail that is about the list of contacts: `Phone: +44 20 7946 0012`, `Meine
 * neue Telefonnummer ist …`. They are the sender's own, or those of whoever's address stands above or before them.
 */
import { normaliseAddress } from '../../mail/address/address.ts';
import { fold, foldWidth } from '../../mail/fold-width.ts';
import { reportFieldOf } from '../../mail/report/report-labels.ts';
import { mostLines, type PersonLine } from '../../registry/contacts/lines.ts';
import type { ReadLine } from './people-lines.ts';
import { detailOf } from './people-words.ts';

type Details = Extract<PersonLine, { do: 'details' }>;
type Detail = Exclude<keyof Details, 'do' | 'address'>;

/** `My new …`, `Unsere neue …`. */
const owner =
  /^(?:(?:my|our|the|his|her|new|meine?|unsere?|die|der|neuer?s?|mon|ma|notre|le|la|l['’]|nouvelle?|nouveau|nouvel|mi|nuestr[oa]|el|nuev[oa]|私の|新しい)\s*)+/iu;
/** Label, and what it says. A colon goes before a verb. */
const parted = [
  /^(.{1,60}?)\s*[:=]\s*(.*)$/su,
  /^(.{1,60}?)\s+(?:is now|is|has changed to|ist jetzt|ist ab sofort|ist|lautet jetzt|lautet|est desormais|est désormais|est|es ahora|es)\s+(.+)$/isu,
  /^(.{1,30}?)は\s*(.+?)(?:です|になりました|に変わりました)?$/su,
] as const;

const decoration = /^[\s*_"'“„«•·\-–—>#]+|[\s*_"'”»]+$/gu;
const addressIn = /[^\s<>()[\],;:"'=]{1,64}@[^\s<>()[\],;:"'=]{1,190}/u;
/** What takes a value away. */
const nothing = /^(?:-|–|—|none|no|keine?r?|aucun|aucune|ninguno|ninguna|なし)?$/iu;

function detail(label: string): Detail | null {
  const bare = fold(label.replace(decoration, '').replace(owner, '').replace(/\s+/g, ' ').trim());
  const field = reportFieldOf(bare);
  return detailOf.get(bare) ?? (field === 'phone' || field === 'hours' ? field : null);
}

type Part = { readonly of: string | null; readonly detail: Detail; readonly value: string };

/** `of`: whose it is, where the line itself says so. */
function partOf(line: string): Part | null {
  for (const way of parted) {
    const [, label = '', value = ''] = way.exec(line) ?? [];
    if (label === '') continue;
    const of = addressIn.exec(label)?.[0] ?? null;
    const found = detail(of === null ? label : label.replace(of, ' ').replace(/[<>()]/g, ' '));
    if (!found) continue;
    // An address without a name on it is of either kind.
    const mail = found === 'street' && addressIn.test(value);
    return {
      of: of && normaliseAddress(of),
      detail: mail ? 'newAddress' : found,
      value: value.replace(decoration, ''),
    };
  }
  return null;
}

/** An address alone, or with a name. */
function headingOf(line: string): string | null {
  const found = addressIn.exec(line)?.[0];
  if (!found || line.replace(found, ' ').trim().split(/\s+/).length > 6) return null;
  return normaliseAddress(found.replace(/[.*_`]+$/, ''));
}

/** What it sets; null where it cannot be. */
function settingOf({ detail: name, value }: Part): string | null | undefined {
  if (name === 'newAddress') return normaliseAddress(addressIn.exec(value)?.[0] ?? value) ?? undefined;
  if (nothing.test(value)) return name === 'name' ? undefined : null;
  const fits = value.length <= 200 && !/\p{Cc}/u.test(value) && value.isWellFormed();
  return fits && !(name === 'name' && (value.length > 80 || /[@<>{}|\\]|:\/\/|www\./iu.test(value)))
    ? value
    : undefined;
}

export type Corrections = { readonly lines: readonly ReadLine[]; readonly rest: string };

/** `own` is the address of whoever writes. No line: nothing is corrected. */
export function readDetails(text: string, own: string): Corrections {
  const set = new Map<string, Record<string, string | null>>();
  const unread: ReadLine[] = [];
  const rest: string[] = [];
  let of = own;
  for (const given of text.split('\n').slice(0, 400)) {
    const line = foldWidth(given.slice(0, 500)).trim();
    const part = partOf(line);
    const heading = part ? null : headingOf(line);
    if (heading !== null) of = heading;
    else if (!part) rest.push(given);
    else {
      const value = settingOf(part);
      const whose = part.of ?? of;
      if (value === undefined) unread.push({ do: 'unread', text: given.trim().slice(0, 200) });
      else set.set(whose, { ...set.get(whose), [part.detail]: value });
    }
  }
  const lines = [...set].map(([address, values]) => ({ do: 'details', address, ...values }) as Details);
  return { lines: [...lines, ...unread].slice(0, mostLines + 1), rest: rest.join('\n').trim() };
}

/** Folded, of an answer to the list: nothing of it is to be changed. */
const right = new Set(
  [
    'confirm|confirmed|i confirm|all correct|all is correct|all right|all is right|correct|everything is correct|no changes|the list is correct|ok|okay',
    'bestatigen|bestatigt|ich bestatige|alles richtig|alles korrekt|stimmt|stimmt so|alles stimmt|keine anderungen|die liste stimmt|passt',
    'confirmer|confirme|je confirme|tout est correct|tout est exact|tout est juste|aucun changement|rien a changer|la liste est correcte',
    'confirmar|confirmado|confirmo|todo correcto|todo esta correcto|es correcto|sin cambios|ningun cambio|la lista es correcta',
    '確認|確認しました|確認済み|間違いありません|問題ありません|変更ありません|変更なし|このままで結構です',
  ].flatMap((words) => words.split('|')),
);

/** The first line of an answer to the list says that it is right. */
export const saysRight = (line: string): boolean =>
  line.length <= 60 &&
  right.has(
    fold(foldWidth(line).replace(/^[\s*_"'“„«>]+|[\s*_"'”».,!]+$/gu, '')).replace(
      /^(?:yes|ja|oui|si|はい)[\s,.]+/u,
      '',
    ),
  );
