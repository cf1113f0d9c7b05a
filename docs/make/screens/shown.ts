/** What stands in the pictures where a sample has a placeholder: letters are judged by what people really read in them. */
import type { Letter } from '../../../src/outbound/letter.ts';

const announced: Readonly<Record<string, { readonly subject: string; readonly body: string }>> = {
  en: {
    subject: 'Vault 12 is out',
    body: '**Vault 12** can be downloaded from today on. See [what is new](https://vault.example/12).\n\n## What changes\n\n- Starting takes half as long.\n- Copies are checked while they are written.\n\nVersion 11.6 keeps full support until 30 June 2027.',
  },
  de: {
    subject: 'Vault 12 ist da',
    body: '**Vault 12** steht ab heute zum Herunterladen bereit. Hier steht, [was neu ist](https://vault.example/12).\n\n## Was sich ändert\n\n- Der Start dauert nur noch halb so lang.\n- Kopien werden beim Schreiben geprüft.\n\nVersion 11.6 behält vollen Support bis zum 30. Juni 2027.',
  },
};
const sites = ['Brass Works', 'Harbour Print', 'Mill Lane Foods'] as const;

const named: Readonly<Record<string, string>> = {
  ...{ product: 'Vault', version: '11.6', representative: 'Robin Vale', quote: 'quote-2027.pdf' },
  words: 'Dear Rae,\nas we said on the phone, the quote is for three years.',
};
const templates: readonly Letter['template'][] = [
  ...(['announcement', 'support-end', 'renewal-notice', 'renewal-settled', 'renewal-digest'] as const),
];

export function asShown<L extends Letter>(letter: L, language: string): L {
  if (!templates.includes(letter.template)) return letter;
  const text = announced[language] ?? announced.en;
  let site = 0;
  const values: unknown = JSON.parse(JSON.stringify(letter.values), (key, value) => {
    if (key === 'siteName' && value === '77') return sites[site++ % sites.length];
    const name = named[key];
    if (name !== undefined && typeof value === 'string' && /^7[78]/.test(value)) return name;
    return value;
  });
  return { ...letter, values: letter.template === 'announcement' ? { ...(values as object), ...text } : values } as L;
}
