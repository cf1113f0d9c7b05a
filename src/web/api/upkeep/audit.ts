/** The audit trail: who did what, when, and by which way. As a table where that is asked for (`Accept: text/csv`). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { auditWays, subjectOf } from '../../../audit/audit-words.ts';
import type { AuditTrail } from '../../../flows/audit/audit-trail.ts';
import type { WebDeps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { able, json, problems, router, secured } from '../route.ts';
import { at, given, id, moment, paging, queryOf, text } from '../schemas.ts';

const subject = given(
  z
    .string()
    .refine((typed) => subjectOf(typed) !== null, 'has to be a kind, or a kind and its id, such as case:100042')
    .optional(),
);

const line = z
  .object({
    id,
    at,
    actor: z.string().openapi({ example: 'console for kim@desk.example' }),
    by: z.object({
      way: z.enum(auditWays),
      staff: z.string().nullable(),
      mail: z.string().nullable(),
      letter: z.string().nullable(),
      contact: z.string().nullable(),
    }),
    action: z.string().openapi({ example: 'letter-sent' }),
    subjectKind: z.string(),
    subjectId: z.string(),
    detail: z.array(z.object({ name: z.string(), value: z.string() })),
  })
  .openapi('AuditLine');

const list = createRoute({
  method: 'get',
  path: '/',
  tags: ['audit'],
  security: secured,
  summary: 'Who did what, newest first. A page may hold few lines or none while `next` says that there are more',
  request: {
    query: queryOf({
      actor: text.openapi({
        description: 'An address of the staff, by whatever way they took; or `mail:12`, `api`, `command`, `scheduler`',
      }),
      subject: subject.openapi({ description: '`case:100042`, or a kind alone' }),
      action: text.openapi({ description: 'Such as `letter-sent`' }),
      from: moment.openapi({ description: 'From then on' }),
      to: moment.openapi({ description: 'Before then' }),
      ...paging,
      limit: given(z.coerce.number().int().min(1).max(1000).default(100)).openapi({
        ...{ type: 'integer', minimum: 1, maximum: 1000, default: 100 },
      }),
    }),
  },
  responses: {
    200: {
      ...json(z.object({ items: z.array(line), next: z.string().nullable() }).openapi('AuditPage'), 'One page'),
      headers: z.object({
        link: z.string().optional().openapi({ description: 'Of a table: the next page (RFC 8288)' }),
      }),
    },
    ...problems(400),
  },
});

const wantsCsv = (accept: string | undefined): boolean => /\btext\/csv\b/.test(accept ?? '');

export function auditRoutes({ actions }: Pick<WebDeps, 'actions'>): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const trail: Pick<AuditTrail, 'list'> = able(actions.audit, 'Reading the audit');
    const { cursor, subject: about, from, to, ...asked } = c.req.valid('query');
    const iso = (typed: string | undefined) => (typed === undefined ? undefined : new Date(typed).toISOString());
    if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
      throw new Problem(400, 'to: has to be later than from');
    const { items, next } = await trail.list({
      ...{ ...asked, ...subjectOf(about ?? ''), from: iso(from), to: iso(to), before: cursor ?? null },
    });
    if (!wantsCsv(c.req.header('accept'))) {
      const lines = items.map(({ by: { says: _, ...by }, detail, ...one }) => ({
        ...{ ...one, by, detail: detail.map(([name, value]) => ({ name, value })) },
      }));
      return c.json({ items: lines, next }, 200);
    }
    const { auditCsv } = await import('../../../flows/audit/audit-trail.ts');
    const further = new URL(c.req.url);
    further.searchParams.set('cursor', next ?? '');
    const link = next === null ? {} : { link: `<${further.pathname}${further.search}>; rel="next"` };
    // The description knows JSON alone: a table is the same page for other eyes.
    return c.body(auditCsv(items), 200, { 'content-type': 'text/csv; charset=utf-8', ...link }) as never;
  });
  return app;
}
