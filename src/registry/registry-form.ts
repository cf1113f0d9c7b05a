/** The form of the registry's entries, whether they come as YAML or as rows of a table; every value is text as it was written. */
import { z } from 'zod';
import type { OwnHolidays } from '../calendar/own-holidays.ts';
import type { WorkingHours } from '../calendar/working-hours.ts';
import { normaliseAddress } from '../mail/address/address.ts';
import { grantedForm, grantedText, isGranted } from './contacts/privileges.ts';
import { contactDetails, contactTypes, licenceKinds, planKinds, roles, versionStages } from './site.ts';
import { hoursText, siteHolidaysForm, siteHoursForm } from './site-hours.ts';

/** A line break is one however it was written; other control characters and halves of characters no database keeps. */
const words = z
  .string()
  .overwrite((value) => value.replace(/\r\n?/g, '\n').trim())
  .min(1, 'must not be empty')
  .max(200, 'is longer than 200 characters')
  .refine((value) => value.isWellFormed() && !/[^\P{Cc}\t\n]/u.test(value), 'has characters in it that nobody can see');
const day = z.string().refine((value) => z.iso.date().safeParse(value).success, 'is not a day such as 2026-01-31');
const address = z.string().transform((value, context) => {
  const normal = normaliseAddress(value);
  if (normal !== null) return normal;
  context.addIssue({ code: 'custom', message: `"${value}" is not an e-mail address` });
  return z.NEVER;
});
/** What Intl makes of a word weighs tens of kilobytes outside the heap: it is asked once a word, not once a row. */
const remembered = <T>(judge: (word: string) => T): ((word: string) => T) => {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const now = judge(word);
    // Whatever a file holds in this column, little of it is kept.
    if (known.size < 1000 && word.length < 100) known.set(word, now);
    return now;
  };
};
const isTimezone = remembered((zone) => {
  try {
    // An offset such as +02:00 is taken by Intl too, and knows no summer.
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
});
const timezone = z.string().refine(isTimezone, 'is not a time zone such as Europe/London');

/** Intl's regions that are no country of ISO 3166-1: unions, outlying islands, private use. */
const noCountry = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
/** What is wrong with it, empty where nothing is. */
const countryFault = remembered((code) => {
  const real = /^[A-Z]{2}$/.test(code) ? new Intl.Locale(`und-${code}`).region : undefined;
  if (real === code && !noCountry.has(code) && regions.of(code) !== undefined) return '';
  const hint = real && real !== code && regions.of(real) !== undefined ? `; write ${real}` : ' such as GB';
  return `"${code}" is not a country of ISO 3166${hint}`;
});
const country = z.string().superRefine((code, context) => {
  const message = countryFault(code);
  if (message) context.addIssue({ code: 'custom', message });
});
const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const isLanguage = remembered((tag) => {
  try {
    const { language: main } = new Intl.Locale(tag);
    return /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(tag) && languages.of(main) !== undefined;
  } catch {
    return false;
  }
});
const language = z.string().refine(isLanguage, 'is not a language such as en or de-AT');
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const spanInOrder = (span: { from?: string | undefined; to?: string | undefined }) =>
  [span.from, span.to].some((one) => !one || !z.iso.date().safeParse(one).success) ||
  (span.to ?? '') >= (span.from ?? '');
const span = { message: 'ends before it begins', path: ['to'] };

const versionForm = z.strictObject({
  version: words,
  stage: z.enum(versionStages),
  preview: flag.optional(),
  /** The last day of full support. */
  fullUntil: day.optional(),
});
const planForm = z.strictObject({ kind: z.enum(planKinds), from: day, to: day });
const licenceForm = z.strictObject({
  number: words,
  serviceTag: words.optional(),
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
});
const contactForm = z.strictObject({
  name: words,
  email: address,
  aliases: z.array(address).optional(),
  phone: words.optional(),
  /** Of presence, as they are said. */
  hours: words.optional(),
  street: words.optional(),
  city: words.optional(),
  state: words.optional(),
  postalCode: words.optional(),
  role: z.enum(roles),
  types: z.array(z.enum(contactTypes)).optional(),
  privileges: grantedForm.optional(),
  /** The last day of their access, in the site's time zone. */
  until: day.optional(),
});
const siteForm = z.strictObject({
  number: z.string().regex(/^\d{7}$/, 'a site number has 7 digits'),
  name: words.optional(),
  country: country.optional(),
  state: words.optional(),
  timezone: timezone.optional(),
  language: language.optional(),
  pin: z
    .string()
    .regex(/^\d{3,10}$/, 'a PIN has 3 to 10 digits')
    .optional(),
  businessHours: siteHoursForm.optional(),
  holidays: siteHolidaysForm.optional(),
  /** One of our people, who looks after its renewals. */
  representative: address.optional(),
});

/** What YAML says of an entry is whole; a table may leave columns out, and what is on record stays (`needed`). */
export const whole = {
  sites: siteForm,
  contacts: contactForm,
  licences: licenceForm.refine(spanInOrder, span),
  plans: planForm.refine(spanInOrder, span),
  products: z.strictObject({ name: words }),
  versions: versionForm,
};
export const loose = {
  sites: siteForm,
  contacts: contactForm.partial({ name: true, role: true }),
  licences: licenceForm.partial({ product: true, kind: true, quantity: true, from: true }).refine(spanInOrder, span),
  plans: planForm.partial({ to: true }).refine(spanInOrder, span),
  products: z.strictObject({ name: words }),
  versions: versionForm.partial({ stage: true }),
};
export type TableName = keyof typeof whole;
export const tableNames = Object.keys(whole) as TableName[];
/** What a new entry cannot do without. */
export const needed = {
  sites: ['name', 'country', 'timezone', 'language'],
  contacts: ['name', 'role'],
  licences: ['product', 'kind', 'quantity', 'from'],
  plans: ['to'],
  products: [],
  versions: ['stage'],
} as const satisfies Record<TableName, readonly string[]>;
/** Written empty, these are none; not written, they stay as they are. */
const clearable: Record<TableName, readonly string[]> = {
  sites: ['state', 'businessHours', 'holidays', 'representative'],
  contacts: [...contactDetails, 'privileges', 'until'],
  licences: ['serviceTag', 'edition', 'to', 'registered'],
  plans: [],
  products: [],
  versions: ['fullUntil'],
};

export type VersionEntry = z.infer<typeof versionForm>;
export type ProductEntry = { name: string; versions: VersionEntry[] };
export type PlanEntry = z.infer<typeof planForm>;
export type LicenceEntry = z.infer<typeof licenceForm>;
export type ContactEntry = z.infer<typeof contactForm>;
export type SiteEntry = z.infer<typeof siteForm> & {
  plans?: PlanEntry[] | undefined;
  contacts?: ContactEntry[] | undefined;
  licences?: LicenceEntry[] | undefined;
};
export type RegistryDocument = { readonly products: readonly ProductEntry[]; readonly sites: readonly SiteEntry[] };

/** `column` stands where the file is a table. */
export type Fault = { readonly file: string; readonly line: number; readonly column?: string; readonly says: string };
/** `table`: a row of CSV. `implied`: only named by a row of another table. `broken`: part of it had faults and is missing. */
export type EntryPlace = {
  readonly file: string;
  readonly line: number;
  readonly table?: true;
  readonly implied?: true;
  readonly broken?: true;
};
/** Where an entry stands, for faults that only show beside the rest of the registry. */
export type Places = ReadonlyMap<object, EntryPlace>;
/** Which fields an entry says to be none. */
export type Clears = ReadonlyMap<object, readonly string[]>;

/** What is no plain value, as a cell holds it. */
export const cellText = (value: object): string =>
  isGranted(value) ? grantedText(value) : hoursText(value as WorkingHours | OwnHolidays);

type Issue = { readonly path: readonly PropertyKey[]; readonly keys?: readonly string[]; readonly message: string };

/** One entry judged; with faults null comes back, and each fault has been handed to `report`. */
export function checkEntry(
  forms: typeof whole | typeof loose,
  table: TableName,
  raw: unknown,
  report: (issue: Issue) => void,
): { entry: object; cleared: string[] } | null {
  const cleared: string[] = [];
  let given = raw;
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
    given = Object.fromEntries(
      Object.entries(raw).filter(([key, value]) => {
        if (value !== '' || !clearable[table].includes(key)) return true;
        cleared.push(key);
        return false;
      }),
    );
  }
  const parsed = forms[table].safeParse(given, {
    error: (issue) => {
      if (issue.code === 'invalid_type')
        return issue.input === undefined ? 'is missing' : 'is not what is expected here';
      if (issue.code === 'invalid_value') return `"${String(issue.input)}" is none of: ${issue.values.join(', ')}`;
      return undefined;
    },
  });
  if (parsed.success) return { entry: parsed.data, cleared };
  for (const issue of parsed.error.issues)
    report(
      issue.code === 'unrecognized_keys'
        ? { path: issue.path, keys: issue.keys, message: issue.message }
        : { path: issue.path, message: issue.message },
    );
  return null;
}
