/** The shapes of the API as OpenAPI tells them, and what a call may ask for. */
import { z } from '@hono/zod-openapi';
import { answerInput } from '../../acts/mail/answer-mail.ts';
import { releaseInput } from '../../acts/mail/release-mail.ts';
import { caseLinks } from '../../cases/case.ts';
import { didYouMean } from '../../foundation/nearest-word.ts';

const open = z.record(z.string(), z.unknown());
export const at = z.string().openapi({ format: 'date-time', example: '2026-11-21T05:41:12.125Z' });
export const id = z.string().openapi({ pattern: '^[0-9]+$', example: '42' });

export const problem = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .openapi('Problem', { description: 'RFC 9457' });

/** `?state=&limit=` asks the same as leaving both out. */
export const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);
/** PostgreSQL takes no NUL. */
export const text = given(
  z
    .string()
    .max(1000)
    .regex(/^[^\u0000]*$/, 'holds a NUL')
    .optional(),
);
export const digits = given(
  z
    .string()
    .regex(/^[0-9]{1,18}$/, 'has to be a number')
    .optional(),
);
/** A filter: what is none of its values is a fault with the one that may have been meant. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  given(
    z
      .enum(values, {
        error: ({ input }) =>
          typeof input === 'string'
            ? `"${input.slice(0, 60)}" is none of its values${didYouMean(values, input)}; there are ${values.join(', ')}`
            : undefined,
      })
      .optional(),
  );
const unknown = (known: readonly string[], name: string): string =>
  `"${name.slice(0, 60)}" is no parameter of this call${didYouMean(known, name)}; there are ${known.join(', ')}`;
/** What a call may ask in its query; what it cannot is a fault with what may have been meant, and is not passed over. */
export const queryOf = <const T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((name) => unknown(Object.keys(shape), name)).join('; ')
        : undefined,
  });
export const paging = {
  cursor: digits.openapi({ description: '`next` of the page before' }),
  limit: given(z.coerce.number().int().min(1).max(200).default(50)).openapi({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
  }),
};
export const idParam = z.object({ id: z.string().regex(/^[0-9]{1,18}$/, 'has to be a number') });
export const caseParam = z.object({ number: z.string().regex(/^[0-9]{1,18}$/, 'has to be a case number') });
export const siteParam = z.object({ number: z.string().regex(/^[0-9]{7}$/, 'has to be seven digits') });

export const pageOf = <T extends z.ZodType>(item: T, name: string) =>
  z.object({ items: z.array(item), next: z.string().nullable() }).openapi(name);

export const mailStates = ['new', 'decided', 'dead'] as const;
export const letterStates = ['queued', 'waiting', 'sent', 'unknown', 'failed', 'bounced', 'suppressed'] as const;

const mailFields = {
  id,
  messageId: z.string().nullable().openapi({ example: '<a@mail.aldous.example>' }),
  from: z.string().nullable(),
  to: z.array(z.string()),
  subject: z.string().nullable(),
  arrivedAt: at,
  state: z.enum(mailStates).openapi({ description: '`dead`: given up after its tries, a person has to look' }),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  case: z.string().nullable().openapi({ description: 'Number of the case' }),
  duplicates: z
    .int()
    .openapi({ description: 'Further arrivals of the same bytes, and later mails found to be copies' }),
  duplicateOf: id.nullable(),
  settledBy: id.nullable(),
};
const mail = z.object(mailFields).openapi('Mail');
export const mailPage = pageOf(mail, 'MailPage');
export const mailDetail = z
  .object({
    ...mailFields,
    size: z.int(),
    tries: z.int(),
    decisions: z.array(
      z
        .object({
          at,
          outcome: z.string(),
          rule: z.string().openapi({ description: 'Row of the list of rules, such as `r14`' }),
          reason: z.string(),
          evidence: z.looseObject({
            grade: z.enum(['verified', 'unverified', 'failed']).optional(),
            pin: z.string().nullable().optional(),
            site: z.string().nullable().optional(),
            contact: id.nullable().optional(),
          }),
          case: z.string().nullable(),
          letters: z.array(z.unknown()),
        })
        .openapi('Decision'),
    ),
    arrivals: z.array(z.object({ at, door: z.string(), name: z.string(), first: z.boolean() })),
  })
  .openapi('MailDetail');

export const replayed = z
  .object({
    id,
    before: z.string().nullable(),
    after: z.string(),
    changed: z.boolean(),
    why: z.string(),
    letters: z.array(z.string()).optional().openapi({ description: 'Where it changes: letters that follow' }),
    changes: z.array(z.string()).optional().openapi({ description: 'Where it changes: what becomes otherwise' }),
    opens: z
      .object({ severity: z.number().int(), due: at })
      .nullable()
      .optional()
      .openapi({ description: 'Where it changes: the case that is opened' }),
  })
  .openapi('Replayed');

/** What every call that acts may say. */
export const actBody = z.object({
  preview: z.boolean().optional(),
  expect: z.string().optional().openapi({ description: 'The fingerprint of the preview that was shown' }),
  by: z.email().optional().openapi({ description: 'The member of staff for whom it is done' }),
});
export const releaseBody = releaseInput.omit({ mail: true }).extend(actBody.shape).openapi('Release');
export const heldSettled = z
  .object({
    id,
    before: z.string(),
    after: z.string(),
    case: z.string().nullable(),
    reason: z.string(),
  })
  .openapi('HeldSettled');
export const answerBody = answerInput.omit({ mail: true }).extend(actBody.shape).openapi('Answer');
export const heldAnswered = z.object({ id, letter: id, to: z.string() }).openapi('HeldAnswered');
export const careStopped = z.object({ id, done: z.literal(true) }).openapi('CareStopped');

const caseFields = {
  number: z.string().openapi({ example: '100042' }),
  site: z.string().openapi({ example: '1000345' }),
  title: z.string(),
  severity: z.int().openapi({ minimum: 1, maximum: 4 }),
  kind: z.string(),
  status: z.enum(['open', 'closed']),
  openedAt: at,
  due: at.nullable(),
  owner: z.string().nullable(),
  product: z.string().nullable(),
  clock: z
    .object({
      state: z.enum(['running', 'paused', 'stopped', 'met']),
      due: at.nullable().openapi({ description: 'While it runs, and what it was when met' }),
      warnedAt: at.nullable(),
      breachedAt: at.nullable(),
      elapsedMinutes: z.int().openapi({ description: 'Counted by the hours of the site' }),
      waiting: z.object({ since: at, until: at.nullable() }).nullable().openapi({ description: 'For the customer' }),
    })
    .openapi('Clock'),
};
export const casePage = pageOf(z.object(caseFields).openapi('Case'), 'CasePage');
export const caseDetail = z
  .object({
    ...caseFields,
    version: z.string().nullable(),
    contact: z.string(),
    language: z.string(),
    provisional: z.boolean(),
    underCovered: z.boolean(),
    lapsed: z.boolean(),
    clockRuns: z.boolean(),
    responseMetAt: at.nullable(),
    closedAt: at.nullable(),
    proposedAt: at.nullable().openapi({ description: 'Since when a proposed solution waits for the customer' }),
    satisfaction: z
      .object({ score: z.int().min(1).max(5), at })
      .nullable()
      .openapi({ description: 'How it was, as the customer says after the close' }),
    report: open,
    participants: z.array(z.string()),
    messages: z.array(
      z
        .object({
          direction: z.enum(['in', 'out', 'note']),
          from: z.string(),
          text: z.string(),
          at,
          attachments: z.array(z.unknown()),
          automatic: z.boolean(),
          unreadParts: z.array(z.string()),
          mail: id.nullable(),
          letter: id.nullable(),
        })
        .openapi('CaseMessage'),
    ),
    events: z.array(z.object({ at, kind: z.string(), mail: id.nullable(), detail: z.unknown() }).openapi('CaseEvent')),
    links: z.array(z.object({ kind: z.enum(caseLinks), case: z.string() })),
  })
  .openapi('CaseDetail');

export const letter = z
  .object({
    id,
    template: z.string(),
    to: z.string(),
    subject: z.string(),
    messageId: z.string(),
    state: z.enum(letterStates).openapi({ description: '`waiting`: until a person releases it' }),
    stateReason: z.string().nullable(),
    attempts: z.int(),
    response: z.string().nullable(),
    case: z.string().nullable(),
    causedBy: id.nullable().openapi({ description: 'Id of the mail' }),
    createdAt: at,
    sentAt: at.nullable(),
  })
  .openapi('Letter');
export const letterPage = pageOf(letter, 'LetterPage');

const listOf = (shape: Record<string, z.ZodType>) => z.array(z.looseObject(shape)).optional();
const day = z.string().openapi({ format: 'date' });
/** Told here, judged by the registry, which says every fault at once. */
export const site = z
  .looseObject({
    number: z.string().optional(),
    name: z.string().optional(),
    country: z.string().optional(),
    timezone: z.string().optional(),
    language: z.string().optional(),
    pin: z.string().nullable().optional(),
    businessHours: z.looseObject({}).optional(),
    holidays: z.looseObject({ add: z.array(z.string()).optional(), remove: z.array(z.string()).optional() }).optional(),
    representative: z.string().optional().openapi({ description: 'Of our people, who looks after its renewals' }),
    plans: listOf({ kind: z.string(), from: day, to: day }),
    contacts: listOf({ name: z.string(), email: z.string(), role: z.string() }),
    licences: listOf({
      number: z.string(),
      serviceTag: z.string().optional(),
      product: z.string(),
      kind: z.string(),
      quantity: z.number(),
      from: day,
    }),
  })
  .openapi('Site', { description: "A site in the registry's form" });
