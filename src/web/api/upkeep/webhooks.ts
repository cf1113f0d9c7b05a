/** Where other programs hear what happens: endpoints, what they were sent, a test. Whatever else is done to one is asked for by `/acts`. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { addWebhook } from '../../../acts/webhooks/add-webhook.ts';
import { deliveryStates } from '../../../acts/webhooks/records.ts';
import { testWebhook } from '../../../acts/webhooks/send-again.ts';
import { showWebhookSecret } from '../../../acts/webhooks/turn-webhook.ts';
import type { WebDeps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { type ActBody, actBody, actOutcomeOf, actRoute, followed, performed, performForApi } from '../act-route.ts';
import { able, json, problems, router, secured } from '../route.ts';
import { at, id, idParam, oneOf, paging, queryOf } from '../schemas.ts';

const tags = ['webhooks'];
const time = at.nullable();
const webhook = z
  .object({
    id,
    url: z.string(),
    about: z.string(),
    topics: z.array(z.string()),
    on: z.boolean(),
    offBecause: z.string().nullable().openapi({ description: 'Why it was switched off by itself; null: it was not' }),
    offAt: time,
    madeAt: at,
    tookAt: time.openapi({ description: 'When it last took an event' }),
    failures: z.int().openapi({ description: 'How many times in a row it took nothing' }),
    waiting: z.int().openapi({ description: 'Events that wait; 10,001: there are more' }),
    oldest: time,
    givenUp: z.int(),
    rotatingUntil: time.openapi({ description: 'So long the secret before signs, too' }),
  })
  .openapi('Webhook');
const delivery = z
  .object({
    id,
    uid: z.string().openapi({ description: 'webhook-id of the event', example: 'msg_0f…' }),
    topic: z.string(),
    at,
    data: z.record(z.string(), z.string()),
    state: z.enum(deliveryStates),
    tries: z.int(),
    dueAt: at,
    endedAt: time,
    status: z.int().nullable(),
    says: z.string().nullable(),
  })
  .openapi('WebhookDelivery');

const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Every endpoint, and how it is',
  responses: { 200: json(z.object({ items: z.array(webhook) }), 'All of them'), ...problems() },
});
const log = createRoute({
  method: 'get',
  path: '/{id}/deliveries',
  tags,
  security: secured,
  summary: 'What an endpoint was sent, newest first, and what came of it',
  request: { params: idParam, query: queryOf({ state: oneOf(deliveryStates), ...paging }) },
  responses: {
    200: json(z.object({ items: z.array(delivery), next: z.string().nullable() }), 'One page'),
    ...problems(400, 404),
  },
});
const add = actRoute({
  act: addWebhook,
  path: '/',
  tags,
  params: z.object({}),
  body: z.object({ url: z.string(), topics: z.array(z.string()), about: z.string().optional() }).extend(actBody.shape),
  record: z.object({ webhook, ...followed }),
});
const test = actRoute({
  act: testWebhook,
  path: '/{id}/test',
  tags,
  params: idParam,
  body: actBody,
  record: z.object(followed),
});
const secret = createRoute({
  method: 'post',
  path: '/{id}/secret',
  tags,
  security: secured,
  'x-act': showWebhookSecret.name,
  summary: 'With what its events are signed; the audit says to whom it was shown',
  request: {
    params: idParam,
    body: { required: false, content: { 'application/json': { schema: actBody.pick({ by: true }) } } },
  },
  responses: {
    200: json(
      z.object({ secrets: z.array(z.object({ secret: z.string(), endsAt: time })) }),
      'The newest first; one before it signs, too, until its end',
    ),
    ...problems(400, 404, 409),
  },
});

export function webhookRoutes({ actions }: Pick<WebDeps, 'actions'>): OpenAPIHono {
  const app = router();
  const webhooks = () => able(actions.webhooks, 'Webhooks');
  const bodyOf = <T>(c: { req: { header(name: string): string | undefined; valid(of: 'json'): unknown } }): T =>
    (c.req.header('content-type') ? c.req.valid('json') : {}) as T;

  app.openapi(list, async (c) => c.json({ items: (await webhooks().list()) as z.infer<typeof webhook>[] }, 200));
  app.openapi(log, async (c) => {
    const { id: of } = c.req.valid('param');
    const { state, cursor, limit } = c.req.valid('query');
    if (!(await webhooks().one(of))) throw new Problem(404, `There is no webhook ${of}.`);
    const { items, next } = await webhooks().deliveries({ webhook: of, state, before: cursor ?? null, limit });
    return c.json({ items: items as z.infer<typeof delivery>[], next }, 200);
  });
  app.openapi(add, async (c) => {
    const { preview, expect, by, ...input } = bodyOf<ActBody & Readonly<Record<string, unknown>>>(c);
    const given = { query: c.req.valid('query'), body: { preview, expect, by } };
    const outcome = await actOutcomeOf(able(actions.perform, addWebhook.does), addWebhook, input, given);
    const { kind: _, ...told } = performed(outcome);
    if (outcome.kind === 'preview') return c.json(told as never, 200);
    const made = outcome.made.flatMap((one) => (one.kind === 'webhook-added' ? [one.webhook ?? ''] : []))[0] ?? '';
    return c.json({ webhook: (await webhooks().one(made)) as z.infer<typeof webhook>, ...told } as never, 200);
  });
  app.openapi(test, async (c) => {
    const given = { query: c.req.valid('query'), body: bodyOf<ActBody>(c) };
    const input = { webhook: c.req.valid('param').id };
    const { kind: _, ...told } = await performForApi(
      able(actions.perform, testWebhook.does),
      testWebhook,
      input,
      given,
    );
    return c.json(told as never, 200);
  });
  app.openapi(secret, async (c) => {
    const { by = null } = bodyOf<{ by?: string }>(c);
    const shown = await webhooks().secrets(c.req.valid('param').id, { kind: 'api', staff: by });
    if (shown.kind === 'refused') throw new Problem(shown.why === 'not-found' ? 404 : 409, shown.says);
    return c.json({ secrets: [...shown.secrets] }, 200);
  });
  return app;
}
