/** Products and versions as people write them (POLICY §1, §2.1, §4.5). */
import type { ProductVersion } from './site.ts';

const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** Whether two names mean one product: case, width, hyphens and white space do not count. */
export const sameProduct = (a: string, b: string): boolean => folded(a) === folded(b);

type RecognisedProduct = {
  /** As it stands on record; null where nothing on record was named. */
  readonly product: string | null;
  readonly version: ProductVersion | null;
};

const versionOf = (text: string): string => folded(text).replace(/^(?:version|release|v)[ .:]*(?=\d)/, '');

/**
 * What a report's product and version lines mean, by the names on record. `OpenEdge 12.2` in the product line counts as
 * product and version; of several names that fit, the longest counts.
 */
export function recogniseProduct(
  said: { readonly product?: string | undefined; readonly version?: string | undefined },
  names: readonly string[],
  versions: readonly ProductVersion[],
): RecognisedProduct {
  const text = folded(said.product ?? '');
  if (text === '') return { product: null, version: null };
  const product = names
    .filter((name) => folded(name) !== '' && (text === folded(name) || text.startsWith(`${folded(name)} `)))
    .sort((a, b) => folded(b).length - folded(a).length)[0];
  if (product === undefined) return { product: null, version: null };
  const number = versionOf(said.version ?? text.slice(folded(product).length));
  const version = versions.find((one) => sameProduct(one.product, product) && versionOf(one.version) === number);
  return { product, version: version ?? null };
}
