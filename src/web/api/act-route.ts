/** An act as a call of the API: with `preview` nothing is written; with `expect` only what the caller was shown is done. */
import { createRoute, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import type { LetterShown, Outcome, Preview } from '../../flows/acts/commit.ts';
import { maskPins } from '../mask.ts';
import { Problem } from '../problem.ts';
import { json, problems, secured } from './route.ts';

/** Handed in by whoever opened the database. */
export type Perform = (
  act: AnyAct,
  input: unknown,
  how: { by: By; preview: boolean; expect?: string },
) => Promise<Outcome>;

const changes = z.array(z.object({ change: z.string(), says: z.string() }));
const heldBack = z
  .string()
  .nullable()
  .openapi({ description: 'Why it is not sent: the numbers of letters; null where it is' });
const letters = z.array(z.object({ template: z.string(), to: z.string(), subject: z.string(), heldBack }));
export const followed = { changes, letters };
export const preview = z.object({ preview: z.literal(true), fingerprint: z.string(), ...followed });

export const actQuery = z.object({
  preview: z.enum(['true', 'false']).optional().openapi({ description: 'Only say what would follow' }),
});
export const actBody = z.object({
  preview: z.boolean().optional(),
  expect: z.string().optional().openapi({ description: 'The fingerprint of the preview that was shown' }),
  by: z.email().optional().openapi({ description: 'The member of staff for whom it is done' }),
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
    summary: `${given.act.does.charAt(0).toUpperCase()}${given.act.does.slice(1)}`,
    request: {
      params: given.params,
      query: actQuery,
      body: { required: false, content: { 'application/json': { schema: given.body } } },
    },
    responses: {
      200: json(z.union([given.record, preview]), 'The record as it is now, with what was done; or what would follow'),
      ...problems(400, 404, 409),
    },
  });

const statuses = { 'not-found': 404, conflict: 409, 'no-right': 409 } as const;

type Followed = {
  readonly changes: { change: string; says: string }[];
  readonly letters: LetterShown[];
};
const plain = ({ changes, letters }: Pick<Preview, 'changes' | 'letters'>): Followed => ({
  changes: changes.map((one) => ({ ...one, says: maskPins(one.says) })),
  letters: letters.map((one) => ({ ...one, subject: maskPins(one.subject) })),
});

export type Performed =
  | (Followed & { readonly kind: 'done' })
  | (Followed & { readonly kind: 'preview'; readonly preview: true; readonly fingerprint: string });

/** What was done, or what would follow. Throws the problem that a refusal is. */
export async function perform(
  how: Perform,
  act: AnyAct,
  input: unknown,
  given: { query: { preview?: string | undefined }; body: ActBody },
): Promise<Performed> {
  const { body, query } = given;
  const outcome = await how(act, input, {
    by: { kind: 'api', staff: body.by ?? null },
    preview: query.preview === 'true' || body.preview === true,
    ...(body.expect === undefined ? {} : { expect: body.expect }),
  });
  if (outcome.kind === 'refused') throw new Problem(statuses[outcome.why], outcome.says);
  if (outcome.kind === 'moved')
    throw new Problem(409, 'Something has changed since the preview; this is what would follow now.', {
      now: outcome.preview,
    });
  if (outcome.kind === 'done') return { kind: 'done', ...plain(outcome.done) };
  const { fingerprint } = outcome.preview;
  return { kind: 'preview', preview: true, fingerprint, ...plain(outcome.preview) };
}
