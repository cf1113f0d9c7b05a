/** Letters about renewals: `GET /api/v1/renewals`, `POST …/:id/hold · skip · edit · send`, `GET …/not-told` (INTERFACE.md "Acts"). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../../acts/act.ts';
import {
  editRenewal,
  holdRenewal,
  quoteRenewal,
  releaseRenewal,
  sendRenewal,
  skipRenewal,
} from '../../../acts/renewals/by-hand.ts';
import { pauseRenewals, resumeRenewals } from '../../../acts/renewals/pause-renewals.ts';
import { type ListedRenewal, renewalShown } from '../../../flows/renewals/list-renewals.ts';
import type { WebDeps } from '../../deps.ts';
import { maskPins } from '../../mask.ts';
import { type ActBody, actBody, actRoute, followed, performForApi } from '../act-route.ts';
import { able, json, orNotFound, problems, router, secured } from '../route.ts';
import { at, given, id, idParam, oneOf, pageOf, paging, queryOf, text } from '../schemas.ts';

const tags = ['renewals'];
const day = z.string().openapi({ format: 'date', example: '2027-06-30' });
const dayAsked = given(z.iso.date('is no day such as 2027-06-30').optional());
const item = z
  .object({
    id,
    site: z.string().openapi({ example: '1000345' }),
    siteName: z.string(),
    representative: z
      .string()
      .nullable()
      .openapi({ description: 'Who of our people looks after the account; null: the renewal team' }),
    group: day.openapi({ description: 'The earliest end of what it is about: with site and step its key' }),
    step: z.int().openapi({ description: 'Days after that end; below nought before it' }),
    day: day.openapi({ description: 'On which it goes out, where the site is' }),
    dueAt: at,
    state: z.enum(renewalShown),
    reason: z.string().nullable().openapi({ description: 'Why it is skipped, or has reached nobody' }),
    items: z.array(z.looseObject({ id: z.string(), kind: z.enum(['support', 'plan']), to: day })),
    to: z
      .string()
      .nullable()
      .openapi({ description: 'Who is told, or was; null: nobody there, or it does not go out' }),
    words: z.string().nullable(),
    quote: z.string().nullable().openapi({ description: 'The name of the file' }),
    letters: z.array(
      z.looseObject({ id, role: z.enum(['notice', 'copy', 'settled']), to: z.string(), state: z.string() }),
    ),
    answers: z.array(id).openapi({ description: 'Mails that answer it' }),
  })
  .openapi('Renewal');
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Letters about renewals, by the moment at which they go out',
  request: { query: queryOf({ from: dayAsked, to: dayAsked, state: oneOf(renewalShown), site: text, ...paging }) },
  responses: { 200: json(pageOf(item, 'RenewalPage'), 'One page'), ...problems(400) },
});
const missed = z
  .object({
    site: z.string(),
    siteName: z.string(),
    representative: z.string().nullable(),
    endsOn: day,
    step: z.int(),
    day,
    why: z.string().openapi({ description: 'no-contact, bounced, held, paused, downtime, known-late, by-hand' }),
    renewal: id,
  })
  .openapi('NotTold');
const notTold = createRoute({
  method: 'get',
  path: '/not-told',
  tags,
  security: secured,
  summary: 'Accounts that were not told of what ends, and why; as CSV where `Accept` asks for it',
  responses: {
    200: {
      description: 'All of them, by what ends first',
      content: {
        'application/json': { schema: z.object({ items: z.array(missed) }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...problems(),
  },
});
const show = createRoute({
  method: 'get',
  path: '/{id}',
  tags,
  security: secured,
  summary: 'One letter about a renewal, with its text as it would go out',
  request: { params: idParam },
  responses: {
    200: json(
      item.extend({ letter: z.object({ subject: z.string(), text: z.string() }).nullable() }).openapi('RenewalDetail'),
      'The letter is null where nobody is told of it any more',
    ),
    ...problems(404),
  },
});

const record = item.extend(followed);
const handling = (act: AnyAct, word: string, more: z.ZodRawShape = {}) =>
  actRoute({ act, path: `/{id}/${word}`, tags, params: idParam, body: actBody.extend(more), record });
const byHand = [
  [holdRenewal, handling(holdRenewal, 'hold')],
  [releaseRenewal, handling(releaseRenewal, 'release')],
  [skipRenewal, handling(skipRenewal, 'skip')],
  [editRenewal, handling(editRenewal, 'edit', { text: z.string() })],
  [quoteRenewal, handling(quoteRenewal, 'quote', { filename: z.string(), content: z.string() })],
  [sendRenewal, handling(sendRenewal, 'send')],
] as const;
const none = z.object({});
const whole = z.object(followed);
const switching = [
  [pauseRenewals, actRoute({ act: pauseRenewals, path: '/pause', tags, params: none, body: actBody, record: whole })],
  [
    resumeRenewals,
    actRoute({ act: resumeRenewals, path: '/resume', tags, params: none, body: actBody, record: whole }),
  ],
] as const;

type Item = z.infer<typeof item>;
const shown = ({ settledAt: _, ...one }: ListedRenewal): Item =>
  ({ ...one, words: one.words === null ? null : maskPins(one.words) }) as unknown as Item;

/** Without a body nothing of it was validated. */
function bodyOf(c: { req: { header(name: string): string | undefined; valid(part: never): unknown } }) {
  const body = c.req.header('content-type') ? c.req.valid('json' as never) : {};
  const { preview, expect, by, ...input } = body as ActBody & Readonly<Record<string, unknown>>;
  return { body: { preview, expect, by } as ActBody, input };
}

export function renewalRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  const renewals = () => able(actions.renewals, 'Listing renewals');
  app.openapi(list, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query');
    const offset = Number(cursor ?? 0);
    const found = await renewals().list({ ...filter, offset, limit: limit + 1 });
    const next = found.length > limit ? `${offset + limit}` : null;
    return c.json({ items: found.slice(0, limit).map(shown), next }, 200);
  });
  app.openapi(notTold, async (c) => {
    const { items, csv } = await renewals().notTold();
    if (/\btext\/csv\b/.test(c.req.header('accept') ?? ''))
      return c.body(csv, 200, { 'content-type': 'text/csv; charset=utf-8' }) as never;
    return c.json({ items: [...items] }, 200);
  });
  app.openapi(show, async (c) => {
    const { id: asked } = c.req.valid('param');
    const one = orNotFound(await renewals().one(asked), `renewal ${asked}`);
    const letter = await renewals().text(asked);
    return c.json({ ...shown(one), letter: letter && { ...letter, text: maskPins(letter.text) } }, 200);
  });
  for (const [act, route] of byHand)
    app.openapi(route, async (c) => {
      const { id: renewal } = c.req.valid('param');
      const { body, input } = bodyOf(c as never);
      const how = { query: c.req.valid('query'), body };
      const { kind, ...told } = await performForApi(able(actions.perform, act.does), act, { ...input, renewal }, how);
      if (kind === 'preview') return c.json(told as never, 200);
      const { changes, letters } = told;
      const one = shown(orNotFound(await renewals().one(renewal), `renewal ${renewal}`));
      return c.json({ ...one, changes, letters }, 200);
    });
  for (const [act, route] of switching)
    app.openapi(route, async (c) => {
      const { body } = bodyOf(c as never);
      const how = { query: c.req.valid('query'), body };
      const { kind: _, ...told } = await performForApi(able(actions.perform, act.does), act, {}, how);
      return c.json(told, 200);
    });
  return app;
}
