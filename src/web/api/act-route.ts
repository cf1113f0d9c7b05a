/** An act as a call of the API: with `preview` nothing is written; with `expect` only what the caller was shown is done. */
import { createRoute, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import type { CommitOutcome } from '../../flows/acts/commit.ts';
import type { LetterShown, Preview } from '../../flows/acts/preview.ts';
import { maskPins } from '../mask.ts';
import { Problem } from '../problem.ts';
import { json, problems, secured } from './route.ts';
import { actBody, queryOf } from './schemas.ts';

export { actBody };

/** Handed in by whoever opened the database. */
export type Perform = (
  act: string,
  input: unknown,
  how: { by: By; preview: boolean; expect?: string },
) => Promise<CommitOutcome>;

const changes = z.array(z.object({ change: z.string(), says: z.string() }));
const heldBack = z
  .string()
  .nullable()
  .openapi({ description: 'Why it is not sent, by the numbers of letters; null where it is' });
const letters = z.array(z.object({ template: z.string(), to: z.string(), subject: z.string(), heldBack }));
const decisions = z
  .array(
    z.object({
      mail: z.string(),
      outcome: z.string(),
      reason: z.string(),
      changes: z.array(z.string()),
      letters: z.array(z.string()),
    }),
  )
  .optional()
  .openapi({ description: 'Of the mails that are put back: what each is decided' });
const more = z.int().optional().openapi({ description: 'So many decisions are not listed' });
export const followed = { changes, letters, decisions, more };
export const preview = z.object({ preview: z.literal(true), fingerprint: z.string(), ...followed });

export const actQuery = queryOf({
  preview: z.enum(['true', 'false']).optional().openapi({ description: 'Only say what would follow' }),
});
export type ActBody = z.infer<typeof actBody>;

export const actRoute = <P extends z.ZodObject, B extends z.ZodObject, R extends z.ZodType>(given: {
  act: AnyAct;
  path: string;
  tags: string[];
  params: P;
  body: B;
  record: R;
}) =>
  createRoute({
    method: 'post',
    path: given.path,
    tags: given.tags,
    security: secured,
    'x-act': given.act.name,
    summary: `${given.act.does.charAt(0).toUpperCase()}${given.act.does.slice(1)}`,
    request: {
      params: given.params,
      query: actQuery,
      body: { required: false, content: { 'application/json': { schema: given.body } } },
    },
    responses: {
      200: json(z.union([given.record, preview]), 'The record as it is now, with what was done; or what would follow'),
      ...problems(400, 404, 409, 422),
    },
  });

const statuses = { 'not-found': 404, conflict: 409, 'no-right': 409, 'bad-input': 422 } as const;

type Followed = {
  readonly changes: { change: string; says: string }[];
  readonly letters: LetterShown[];
  readonly decisions?: { mail: string; outcome: string; reason: string; changes: string[]; letters: string[] }[];
  readonly more?: number;
};
const plain = ({
  changes,
  letters,
  decisions,
  more: unlisted,
}: Omit<Preview, 'preview' | 'fingerprint'>): Followed => ({
  changes: changes.map((one) => ({ ...one, says: maskPins(one.says) })),
  letters: letters.map((one) => ({ ...one, subject: maskPins(one.subject) })),
  ...(decisions && {
    decisions: decisions.map(({ mail, outcome, reason, changes: also, letters: sent }) => ({
      mail,
      outcome,
      reason: maskPins(reason),
      changes: also.map(maskPins),
      letters: [...sent],
    })),
  }),
  ...(unlisted && { more: unlisted }),
});

export type Performed =
  | (Followed & { readonly kind: 'done' })
  | (Followed & { readonly kind: 'preview'; readonly preview: true; readonly fingerprint: string });

type Given = { query: { preview?: string | undefined }; body: ActBody };

/** Throws the problem that a refusal is. */
export async function actOutcomeOf(
  how: Perform,
  act: AnyAct,
  input: unknown,
  { body, query }: Given,
): Promise<Extract<CommitOutcome, { kind: 'done' | 'preview' }>> {
  // Fields that are missing with the whole body are missed here only.
  const parsed = act.input.safeParse(input);
  if (!parsed.success) {
    const says = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Problem(400, says.join('; '));
  }
  const outcome = await how(act.name, parsed.data, {
    by: { kind: 'api', staff: body.by ?? null },
    preview: query.preview === 'true' || body.preview === true,
    ...(body.expect === undefined ? {} : { expect: body.expect }),
  });
  if (outcome.kind === 'refused') throw new Problem(statuses[outcome.why], outcome.says);
  if (outcome.kind === 'moved')
    throw new Problem(409, 'Something has changed since the preview; this is what would follow now.', {
      now: outcome.preview,
    });
  return outcome;
}

export function performed(outcome: Extract<CommitOutcome, { kind: 'done' | 'preview' }>): Performed {
  if (outcome.kind === 'done') return { kind: 'done', ...plain(outcome.done) };
  const { fingerprint } = outcome.preview;
  return { kind: 'preview', preview: true, fingerprint, ...plain(outcome.preview) };
}

/** What was done, or what would follow. */
export const performForApi = async (how: Perform, act: AnyAct, input: unknown, given: Given): Promise<Performed> =>
  performed(await actOutcomeOf(how, act, input, given));
