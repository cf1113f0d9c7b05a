/** Announcements and releases: `GET/POST /api/v1/announcements`, `POST …/:id/start · pause · resume · cancel` (POLICY §10.6). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AnyAct } from '../../../acts/act.ts';
import { takeBackAddress } from '../../../acts/announcements/send-announcement.ts';
import {
  cancelAnnouncement,
  pauseAnnouncement,
  resumeAnnouncement,
  startAnnouncement,
} from '../../../acts/announcements/turn-announcement.ts';
import { writeAnnouncement } from '../../../acts/announcements/write-announcement.ts';
import type { WebDeps } from '../../deps.ts';
import { type ActBody, actBody, actRoute, followed, performForApi } from '../act-route.ts';
import { able, json, orNotFound, problems, router, secured } from '../route.ts';

const tags = ['announcements'];
const time = z.string().nullable();
const counts = z.record(z.string(), z.int());
const announcement = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    subject: z.string(),
    state: z.string().openapi({ description: 'ready, running, paused, finished or cancelled' }),
    pausedByItself: z.boolean().openapi({ description: 'Too many of its letters came back' }),
    writtenAt: z.string(),
    startedAt: time,
    endedAt: time,
    dueAt: time.openapi({ description: 'It goes out by itself then, where the clock has planned it' }),
    dropped: z.string().nullable().openapi({ description: 'Why the clock has left it out' }),
    by: z.string(),
    gathered: z.boolean().openapi({ description: 'False while sites are still looked through for recipients' }),
    recipients: counts.openapi({ description: 'Rows by their state: open, written, unreachable, ended, gone' }),
    letters: counts.openapi({ description: 'Of those that were written, by what became of them' }),
  })
  .openapi('Announcement');
const list = createRoute({
  method: 'get',
  path: '/',
  tags,
  security: secured,
  summary: 'Announcements as they stand, newest first',
  responses: { 200: json(z.object({ items: z.array(announcement) }), 'The last 200'), ...problems() },
});
const params = z.object({ id: z.string().openapi({ description: 'The id, or the name' }) });
const show = createRoute({
  method: 'get',
  path: '/{id}',
  tags,
  security: secured,
  summary: 'One announcement: when it goes out, to whom as everything stands, and how its letter reads',
  request: { params },
  responses: {
    200: json(
      z
        .object({
          id: z.string(),
          name: z.string(),
          state: z.string(),
          dueAt: time,
          audience: z.object({
            recipients: z.int(),
            sites: z.int(),
            unreachable: z.int().openapi({ description: 'Are left out, for letters to them come back' }),
            doubtful: z.int().openapi({ description: 'Are written to although a letter to them has come back once' }),
            withCases: z.int().openapi({ description: 'Are told that a case of theirs is resolved' }),
            sample: z.array(z.object({ address: z.string(), siteNumber: z.string() })),
          }),
          letter: z.object({ subject: z.string(), text: z.string() }),
        })
        .openapi('AnnouncementDetail'),
      'The letter in the first language of the announcement',
    ),
    ...problems(404),
  },
});
const record = z.object(followed);
const noParams = z.object({});
const write = actRoute({
  ...{ act: writeAnnouncement, path: '/', tags, params: noParams, record },
  body: actBody.extend({
    text: z.string().openapi({ description: 'Front matter and Markdown' }),
    name: z.string().optional(),
  }),
});
const takeBack = actRoute({
  ...{ act: takeBackAddress, path: '/take-back', tags, params: noParams, record },
  body: actBody.extend({ address: z.string() }),
});
const turns = [startAnnouncement, pauseAnnouncement, resumeAnnouncement, cancelAnnouncement].map((act) =>
  actRoute({ act, path: `/{id}/${act.name.split('-')[0]}`, tags, params, body: actBody, record }),
);

export function announcementRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(list, async (c) => {
    const items = await able(actions.listAnnouncements, 'Listing announcements')();
    return c.json({ items: items as unknown as z.infer<typeof announcement>[] }, 200);
  });
  app.openapi(show, async (c) => {
    const { id } = c.req.valid('param');
    const { audience, ...one } = orNotFound(
      await able(actions.showAnnouncement, 'Showing an announcement')(id),
      `announcement ${id}`,
    );
    return c.json({ ...one, audience: { ...audience, sample: [...audience.sample] } }, 200);
  });
  type Asking = { req: { header(name: string): string | undefined; valid(part: 'json' | 'query' | 'param'): unknown } };
  const perform = async (act: AnyAct, c: Asking) => {
    const how = able(actions.perform, act.does);
    const sent = (c.req.header('content-type') ? c.req.valid('json') : {}) as ActBody & Record<string, unknown>;
    const { preview, expect, by, ...input } = sent;
    const body = { preview, expect, by } as ActBody;
    const query = c.req.valid('query') as { preview?: string | undefined };
    const { kind: _, ...told } = await performForApi(
      how,
      act,
      { ...(c.req.valid('param') as object), ...input },
      { query, body },
    );
    return told as z.infer<typeof record>;
  };
  app.openapi(write, async (c) => c.json(await perform(writeAnnouncement, c as never), 200));
  app.openapi(takeBack, async (c) => c.json(await perform(takeBackAddress, c as never), 200));
  for (const [i, act] of [startAnnouncement, pauseAnnouncement, resumeAnnouncement, cancelAnnouncement].entries()) {
    const route = turns[i];
    if (route) app.openapi(route, async (c) => c.json(await perform(act, c as never), 200));
  }
  return app;
}
