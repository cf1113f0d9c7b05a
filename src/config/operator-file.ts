/** `postern.yaml` (INTERFACE.md "Environment"): every key has a schema; a key that is not here is a fault, not a wish. */
import { z } from 'zod';
import { signInMethods } from '../imap/oauth.ts';
import { readSpamMark } from '../mail/authenticity/spam-mark.ts';
import { addressSchema, staffMemberSchema, timezoneSchema } from '../staff/staff.ts';
import { countryFault, languageFault } from './places.ts';
import { policySchema } from './policy-file.ts';

/** `none`, or nothing at all, is no address. */
const maybeAddress = z
  .union([z.literal('none').transform(() => null), addressSchema])
  .nullable()
  .default(null);

/** `{ env: NAME }` or `{ file: path }`; a secret in the file itself is taken, too. */
const secretSchema = z.union([
  z.string().min(1),
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
]);
export type Secret = z.infer<typeof secretSchema>;

/** One header line, or several of which one is enough. */
const spamMarks = z.union([z.string(), z.array(z.string()).min(1)]).transform((given, context) =>
  [given].flat().map((line) => {
    const mark = readSpamMark(line);
    if (mark !== null) return mark;
    context.addIssue({ code: 'custom', message: `"${line}" is not a header line, such as X-Spam-Flag: YES` });
    return z.NEVER;
  }),
);

const noneOr = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal('none').transform(() => null), schema])
    .nullable()
    .default(null);

const url = z.url({ protocol: /^https?$/ });
/** What the providers need differs: `mailbox-oauth.ts` says what is missing. */
const oauthSchema = z.strictObject({
  provider: z.enum(['google', 'microsoft', 'custom']),
  grant: z.enum(signInMethods).optional(),
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'a tenant is a domain, an id, or organizations')
    .optional(),
  clientId: z.string().min(1).optional(),
  clientSecret: secretSchema.optional(),
  key: secretSchema.optional(),
  scopes: z
    .array(z.string().regex(/^[!#-[\]-~]+$/, 'a scope has no spaces'))
    .min(1)
    .optional(),
  endpoints: z
    .strictObject({ token: url, deviceAuthorization: url.optional(), authorization: url.optional() })
    .optional(),
});
export type GivenOAuth = z.infer<typeof oauthSchema>;

const because = (fault: (value: string) => string | null) => (value: string, context: z.RefinementCtx) => {
  const message = fault(value);
  if (message) context.addIssue({ code: 'custom', message });
};

const phoneKeyFault = (key: string): string | null => {
  if (key === 'default') return null;
  if (/^[A-Z]{2}$/.test(key)) return countryFault(key);
  const upper = key.toUpperCase();
  return `is no country${/^[A-Z]{2}$/.test(upper) && countryFault(upper) === null ? `; did you mean "${upper}"?` : ': two capital letters, such as GB, or default'}`;
};

export const operatorFileSchema = z.strictObject({
  mailboxes: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/i, 'a mailbox is named by letters, digits and -'),
        imap: z.string(),
        password: secretSchema.optional(),
        oauth: oauthSchema.optional(),
        folder: z.string().min(1).default('INBOX'),
        processed: noneOr(z.string().min(1)),
        since: noneOr(z.union([z.iso.date(), z.iso.datetime({ offset: true })])),
      }),
    )
    .default([]),
  smtp: z
    .strictObject({
      url: z.string().min(1).optional(),
      /** Letters leave with the tokens of this mailbox. */
      mailbox: z.string().min(1).optional(),
      /** At once, of each process that sends letters. */
      connections: z.number().int().min(1).max(50).default(5),
      /** Seconds from one letter to the next, of each process. */
      pause: z.number().min(0).max(60).default(0),
    })
    .prefault({}),
  addresses: z
    .strictObject({
      support: addressSchema.optional(),
      access: maybeAddress,
      renewals: maybeAddress,
      security: maybeAddress,
      care: maybeAddress,
      licensing: maybeAddress,
      bounces: maybeAddress,
    })
    .prefault({}),
  lists: z.array(z.string().min(1)).default([]),
  /** How our own mail server marks spam. */
  spam: z.strictObject({ header: spamMarks }).default({ header: [] }),
  languages: z
    .array(
      z
        .string()
        .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language is written as en or de-AT')
        .superRefine(because(languageFault)),
    )
    .min(1)
    .default(['en', 'de']),
  staff: z.array(staffMemberSchema).default([]),
  /** Seconds for which the answer of an engineer waits, and can be stopped (POLICY §5.4). */
  staffDelay: z.number().int().min(0).max(3600).default(60),
  /** Of the desk: where its people's hours are counted; of this machine where nothing is said. */
  timezone: timezoneSchema.default(() => Temporal.Now.timeZoneId()),
  phones: z
    .record(z.string(), z.string().min(3))
    .superRefine((phones, context) => {
      for (const country of Object.keys(phones)) {
        const says = phoneKeyFault(country);
        if (says) context.addIssue({ code: 'custom', path: [country], message: says });
      }
    })
    .default({}),
  /** What is offered for what support does not cover (POLICY §5.3). */
  outOfScope: z.array(z.strictObject({ text: z.string().min(1), link: url })).default([]),
  dkim: z.strictObject({ domain: z.string().min(3), selector: z.string().min(1), key: secretSchema }).optional(),
  /** The login of the organisation, for our people: OpenID Connect. */
  oidc: z
    .strictObject({
      /** On the button. */
      name: z.string().min(1).max(40).default('your organisation'),
      issuer: url,
      clientId: z.string().min(1),
      /** Left out: a public client. */
      clientSecret: secretSchema.optional(),
      scopes: z
        .array(z.string().regex(/^[!#-[\]-~]+$/, 'a scope has no spaces'))
        .min(1)
        .default(['openid', 'email']),
    })
    .optional(),
  /** Who hears of trouble (POLICY §11.8). */
  alerts: z.array(addressSchema).default([]),
  /** Where it is posted to as JSON; `{ env }` or `{ file }` where the address is a secret. */
  alertUrl: secretSchema.optional(),
  policy: policySchema.prefault({}),
});
export type OperatorFile = z.infer<typeof operatorFileSchema>;
