/** The site's own number in a labelled line, which counts where there is no PIN (POLICY §3): `Account: 1000345`. */
import { foldWidth } from '../fold-width.ts';

const labels = [
  ...['account', 'account number', 'account no', 'site', 'site number', 'site no', 'site id', 'customer number'],
  ...['customer no', 'support account', 'kundennummer', 'kunden-nr', 'kundennr', 'standort', 'standortnummer', 'konto'],
  ...['kontonummer', 'compte', 'numéro de compte', 'n° de compte', 'site n°', 'numéro de site', 'n° de site'],
  ...['numéro de client', 'n° de client', 'n° client', 'cuenta', 'número de cuenta', 'n.º de cuenta', 'sitio'],
  ...['número de sitio', 'número de cliente', 'n.º de cliente', 'アカウント', 'アカウント番号', 'サイト', 'サイト番号'],
  ...['顧客番号', 'お客様番号', '拠点', '拠点番号'],
];
const line = new RegExp(
  `^[\\s*•>#-]{0,6}(?:${labels.map((one) => one.replaceAll('.', '\\.')).join('|')})\\.?[*]{0,2} {0,3}[:=#][*\\s#]{0,4}([0-9]{7})(?![0-9\\p{L}])`,
  'iu',
);

/** Each once, at most three. */
export function readSiteNumbers(newText: string): string[] {
  if (!/[0-9０-９]{7}/u.test(newText)) return [];
  const out = new Set<string>();
  for (const one of newText.split('\n', 400)) {
    const found = line.exec(foldWidth(one.slice(0, 200)).normalize('NFC'));
    if (found?.[1]) out.add(found[1]);
  }
  return [...out].slice(0, 3);
}
