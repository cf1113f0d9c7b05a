/**
 * The registry's file (INTERFACE.md "Registry file"): read without a guess. Every scalar is taken as it is written, so that
 * `pin: 0345` keeps its zero; every fault is named with its file and line, all at once.
 */
import { isMap, isScalar, LineCounter, parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { normaliseAddress } from '../mail/address.ts';
import { contactTypes, licenceKinds, planKinds, roles, versionStages } from './site.ts';

const words = z.string().trim().min(1, 'must not be empty').max(200);
const day = z.string().refine((value) => z.iso.date().safeParse(value).success, 'is not a day such as 2026-01-31');
const address = z.string().transform((value, context) => {
  const normal = normaliseAddress(value);
  if (normal !== null) return normal;
  context.addIssue({ code: 'custom', message: `"${value}" is not an e-mail address` });
  return z.NEVER;
});
const timezone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}, 'is not a time zone such as Europe/London');
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const spanInOrder = (span: { from?: string | undefined; to?: string | undefined }) =>
  [span.from, span.to].some((one) => !one || !z.iso.date().safeParse(one).success) ||
  (span.to ?? '') >= (span.from ?? '');

const versionSchema = z.strictObject({ version: words, stage: z.enum(versionStages), preview: flag.optional() });
const productSchema = z.strictObject({ name: words, versions: z.array(versionSchema).default([]) });
const planSchema = z
  .strictObject({ kind: z.enum(planKinds), from: day, to: day })
  .refine(spanInOrder, { message: 'ends before it begins', path: ['to'] });
const licenceSchema = z
  .strictObject({
    number: words,
    product: words,
    edition: words.optional(),
    kind: z.enum(licenceKinds),
    quantity: z
      .string()
      .regex(/^\d{1,7}$/, 'is not a number of licences')
      .transform(Number),
    from: day,
    to: day.optional(),
    registered: day.optional(),
  })
  .refine(spanInOrder, { message: 'ends before it begins', path: ['to'] });
const contactSchema = z.strictObject({
  name: words,
  email: address,
  aliases: z.array(address).optional(),
  phone: words.optional(),
  role: z.enum(roles),
  types: z.array(z.enum(contactTypes)).optional(),
});
const siteSchema = z.strictObject({
  number: z.string().regex(/^\d{7}$/, 'a site number has 7 digits'),
  name: words.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is not a country such as GB')
    .optional(),
  state: words.optional(),
  timezone: timezone.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'is not a language such as en or de-AT')
    .optional(),
  pin: z
    .string()
    .regex(/^\d{3,10}$/, 'a PIN has 3 to 10 digits')
    .optional(),
  plans: z.array(planSchema).optional(),
  contacts: z.array(contactSchema).optional(),
  licences: z.array(licenceSchema).optional(),
});
const fileSchema = z.strictObject({
  products: z.array(productSchema).default([]),
  sites: z.array(siteSchema).default([]),
});

export type ProductEntry = z.infer<typeof productSchema>;
export type PlanEntry = z.infer<typeof planSchema>;
export type LicenceEntry = z.infer<typeof licenceSchema>;
export type ContactEntry = z.infer<typeof contactSchema>;
export type SiteEntry = z.infer<typeof siteSchema>;
export type RegistryDocument = { readonly products: readonly ProductEntry[]; readonly sites: readonly SiteEntry[] };

export type Fault = { readonly file: string; readonly line: number; readonly says: string };
export type SourceFile = { readonly name: string; readonly text: string };
/** Where an entry stands, for faults that only show beside the rest of the registry. */
export type Places = ReadonlyMap<object, { readonly file: string; readonly line: number }>;

const said = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[');

/** One file; `places` is filled with where its entries stand. */
function readFile(
  source: SourceFile,
  faults: Fault[],
  places: Map<object, { file: string; line: number }>,
): RegistryDocument {
  const nothing = { products: [], sites: [] };
  const lines = new LineCounter();
  const document = parseDocument(source.text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    for (const error of document.errors)
      faults.push({
        file: source.name,
        line: lineAt(error.pos[0]),
        says: error.message.split('\n')[0] ?? 'is no YAML',
      });
    return nothing;
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as { range?: [number, number, number] } | null)?.range;
      if (range) return lineAt(range[0]);
    }
    return 1;
  };
  const lineOfKey = (path: readonly PropertyKey[], key: string): number => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    const found = isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key : null;
    return isScalar(found) && found.range ? lineAt(found.range[0]) : lineOf(path);
  };
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      faults.push({
        file: source.name,
        line: issue.code === 'unrecognized_keys' ? lineOfKey(issue.path, issue.keys[0] ?? '') : lineOf(issue.path),
        says: `${said(issue.path) || 'the file'}: ${issue.message}`,
      });
    return nothing;
  }
  const place = (entry: object, path: readonly PropertyKey[]) =>
    void places.set(entry, { file: source.name, line: lineOf(path) });
  for (const [p, product] of parsed.data.products.entries()) place(product, ['products', p]);
  for (const [s, site] of parsed.data.sites.entries()) {
    place(site, ['sites', s]);
    for (const list of ['contacts', 'licences', 'plans'] as const) {
      for (const [i, entry] of (site[list] ?? []).entries()) place(entry, ['sites', s, list, i]);
    }
  }
  return parsed.data;
}

/** All files as one; faults of form only. The rest is judged beside what is on record (`registry-merge.ts`). */
export function readRegistry(files: readonly SourceFile[]): {
  document: RegistryDocument;
  faults: Fault[];
  places: Places;
} {
  const faults: Fault[] = [];
  const places = new Map<object, { file: string; line: number }>();
  const read = files.map((file) => readFile(file, faults, places));
  return {
    document: { products: read.flatMap((one) => one.products), sites: read.flatMap((one) => one.sites) },
    faults,
    places,
  };
}

/** `{{today}}`, `{{today+30}}` and `{{today-5}}` become days; `today` is an ISO day. For the demo, whose contracts are always young. */
export function fillDates(text: string, today: string): string {
  return text.replace(/\{\{today(?:([+-])(\d{1,5}))?\}\}/g, (_, sign: string | undefined, days: string | undefined) =>
    Temporal.PlainDate.from(today)
      .add({ days: sign === '-' ? -Number(days) : Number(days ?? 0) })
      .toString(),
  );
}

/** The same form back, as YAML; what would read as a number or a day is quoted. */
export const writeRegistry = (document: object): string =>
  stringify(document, { lineWidth: 0, singleQuote: false, defaultStringType: 'PLAIN', nullStr: '' });
