import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { startSchedule } from '../../acts/schedule/start-schedule.ts';
import { stopSchedule } from '../../acts/schedule/stop-schedule.ts';
import { scheduleKinds } from '../../notices/turns.ts';
import type { WebDeps } from '../deps.ts';
import { actBody, actRoute, followed, performForApi } from './act-route.ts';
import { able, json, problems, router, secured } from './route.ts';

const tags = ['schedules'];
const time = z.string().nullable();
const schedule = z
  .object({
    kind: z.string(),
    running: z.boolean(),
    since: time.openapi({ description: 'Started or stopped' }),
    by: z.string().nullable(),
    rhythm: z.string(),
    next: time,
    sites: z.int().openapi({ description: 'That are due within a day from then; of end-of-support versions' }),
    last: time,
    lately: z.record(z.string(), z.int()).openapi({ description: 'What came of it within 31 days' }),
    unanswered: z.array(z.object({ siteNumber: z.string(), siteName: z.string(), period: z.string(), open: z.int() })),
  })
  .openapi('Schedule');
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Letters on a schedule: what goes out when, and next',
  responses: { 200: json(z.object({ items: z.array(schedule) }), 'Every kind'), ...problems() },
});
const job = z
  .object({
    job: z.string(),
    does: z.string(),
    everySeconds: z.number(),
    last: time,
    next: time,
    tookMs: z.int().nullable(),
    did: z.int().openapi({ description: 'When something was last done: how much' }),
    didAt: time,
    failedAt: time,
    failure: z.string().nullable().openapi({ description: 'Of the last run; null where it went well' }),
  })
  .openapi('ClockJob');
const jobs = createRoute({
  method: 'get',
  path: '/jobs',
  tags,
  security: secured,
  summary: 'Jobs of the clock: what runs when, what it came to, and next',
  responses: { 200: json(z.object({ items: z.array(job) }), 'Every job'), ...problems() },
});
const retention = createRoute({
  method: 'get',
  path: '/retention',
  tags,
  security: secured,
  summary: 'How long what is stored is kept, and how many rows are past their time',
  responses: {
    200: json(
      z.object({
        items: z.array(
          z
            .object({
              kind: z.string(),
              goes: z.string(),
              kept: z.string(),
              due: z.int().openapi({ description: 'Rows that would go now' }),
              next: time,
              last: time,
              lastGone: z.int(),
              gone: z.int(),
            })
            .openapi('Retention'),
        ),
      }),
      'Every kind',
    ),
    ...problems(),
  },
});
const params = z.object({ kind: z.enum(scheduleKinds) });
const record = z.object(followed);
const start = actRoute({ act: startSchedule, path: '/{kind}/start', tags, params, body: actBody, record });
const stop = actRoute({ act: stopSchedule, path: '/{kind}/stop', tags, params, body: actBody, record });

export function scheduleRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const items = await able(actions.listSchedules, 'Listing schedules')();
    return c.json({ items: items as unknown as z.infer<typeof schedule>[] }, 200);
  });
  app.openapi(jobs, async (c) =>
    c.json({ items: [...(await able(actions.listJobs, 'Listing jobs of the clock')())] }, 200),
  );
  app.openapi(retention, async (c) =>
    c.json({ items: [...(await able(actions.listRetention, 'Listing what is kept')())] }, 200),
  );
  app.openapi(start, async (c) => {
    const how = able(actions.perform, startSchedule.does);
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const given = { query: c.req.valid('query'), body };
    const { kind: _, ...told } = await performForApi(how, startSchedule, c.req.valid('param'), given);
    return c.json(told, 200);
  });
  app.openapi(stop, async (c) => {
    const how = able(actions.perform, stopSchedule.does);
    const body = c.req.header('content-type') ? c.req.valid('json') : {};
    const given = { query: c.req.valid('query'), body };
    const { kind: _, ...told } = await performForApi(how, stopSchedule, c.req.valid('param'), given);
    return c.json(told, 200);
  });
  return app;
}
