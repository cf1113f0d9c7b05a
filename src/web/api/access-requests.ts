/** Requests for access: `GET/POST /api/v1/access-requests`, `POST …/:id/decision` (INTERFACE.md "Acts"). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { requestStates } from '../../access/request.ts';
import { decideInput, decideRequest } from '../../acts/access/decide-request.ts';
import { requestAccess, requestInput } from '../../acts/access/request-access.ts';
import type { AnyAct } from '../../acts/act.ts';
import type { ShownRequest } from '../../flows/access/shown-request.ts';
import type { WebDeps } from '../deps.ts';
import { maskPins, maskWithin } from '../mask.ts';
import { Problem } from '../problem.ts';
import { type ActBody, actBody, actOutcomeOf, actRoute, followed, type Performed, performed } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { at, id, idParam, oneOf, pageOf, paging, queryOf, text } from './schemas.ts';

const tags = ['access requests'];
const item = z
  .object({
    id,
    state: z.enum(requestStates),
    site: z.string().nullable().openapi({ description: 'The number as it was said', example: '1000345' }),
    licence: z
      .string()
      .nullable()
      .openapi({ description: 'Of a registration: the number or service tag as it was said' }),
    name: z.string().nullable(),
    address: z.string(),
    role: z.string().nullable().openapi({ description: 'What was granted; else what was asked for' }),
    privileges: z.record(z.string(), z.string()).openapi({ description: 'Granted beside those of the role' }),
    justification: z.string().nullable(),
    until: z.string().nullable().openapi({ format: 'date', description: 'The last day of the access' }),
    askedAt: at.nullable(),
    decidedAt: at.nullable(),
    decidedBy: z.string().nullable().openapi({ description: 'The address of whoever decided' }),
    reason: z.int().min(1).max(3).nullable().openapi({
      description: 'Of a denial: 1 the requestor is unknown, 2 not necessary, 3 no business relationship',
    }),
    steps: z
      .array(z.looseObject({ kind: z.string(), at, by: z.string() }))
      .openapi({ description: 'Oldest first; only ever appended to' }),
  })
  .openapi('AccessRequest');
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Requests for access, newest first',
  request: { query: queryOf({ state: oneOf(requestStates), site: text, ...paging }) },
  responses: { 200: json(pageOf(item, 'AccessRequestPage'), 'One page'), ...problems(400) },
});
const enter = actRoute({
  act: requestAccess,
  path: '/',
  tags,
  params: z.object({}),
  body: requestInput.extend(actBody.shape),
  record: item.extend(followed),
});
const decide = actRoute({
  act: decideRequest,
  path: '/{id}/decision',
  tags,
  params: idParam,
  body: decideInput.omit({ request: true }).extend(actBody.shape),
  record: item.extend(followed),
});

type Item = z.infer<typeof item>;
const shown = ({ justification, steps, ...one }: ShownRequest): Item =>
  ({
    ...one,
    justification: justification === null ? null : maskPins(justification),
    steps: maskWithin(steps),
  }) as unknown as Item;

export function accessRequestRoutes({ reports, actions }: WebDeps): OpenAPIHono {
  const app = router();
  const show = async (request: string) =>
    shown(orNotFound(await reports.findRequest(request), `access request ${request}`));
  const outcomeOf = (act: AnyAct, input: object, how: { query: { preview?: string | undefined }; body: ActBody }) =>
    actOutcomeOf(able(actions.perform, act.does), act, input, how);
  app.openapi(list, async (c) => {
    const { cursor, ...filter } = c.req.valid('query');
    const { items, next } = await reports.listRequests({ ...filter, before: cursor ?? null });
    return c.json({ items: items.map(shown), next }, 200);
  });
  /** Without a body nothing of it was validated. */
  const bodyOf = (c: { req: { header(name: string): string | undefined; valid(part: 'json'): unknown } }) => {
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const { preview, expect, by, ...input } = body as ActBody & Readonly<Record<string, unknown>>;
    return { body: { preview, expect, by } as ActBody, input };
  };
  const previewOf = (told: Performed) => {
    const { kind: _, ...preview } = told as Extract<Performed, { kind: 'preview' }>;
    return preview;
  };
  app.openapi(enter, async (c) => {
    const { body, input } = bodyOf(c as never);
    const outcome = await outcomeOf(requestAccess, input, { query: c.req.valid('query'), body });
    const { changes, letters } = performed(outcome);
    if (outcome.kind === 'preview') return c.json(previewOf(performed(outcome)), 200);
    const made = outcome.made.find((one) => one.kind === 'access-requested');
    return c.json({ ...(await show(made?.request ?? '')), changes, letters }, 200);
  });
  app.openapi(decide, async (c) => {
    const { id: request } = c.req.valid('param');
    const { body, input } = bodyOf(c as never);
    const outcome = await outcomeOf(decideRequest, { ...input, request }, { query: c.req.valid('query'), body }).catch(
      async (error: unknown) => {
        // Somebody was faster: the answer shows what was decided, by whom.
        const there =
          error instanceof Problem && error.status === 409 && error.more.now === undefined
            ? await reports.findRequest(request)
            : null;
        throw there?.decidedAt ? new Problem(409, (error as Problem).message, { request: shown(there) }) : error;
      },
    );
    const { changes, letters } = performed(outcome);
    if (outcome.kind === 'preview') return c.json(previewOf(performed(outcome)), 200);
    return c.json({ ...(await show(request)), changes, letters }, 200);
  });
  return app;
}
