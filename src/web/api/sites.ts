import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { putSite } from '../../acts/registry/put-site.ts';
import type { WebDeps } from '../deps.ts';
import { actBody, actQuery, type Performed, performForApi, preview } from './act-route.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { queryOf, site, siteParam } from './schemas.ts';

const tags = ['sites'];
const get = createRoute({
  method: 'get',
  path: '/{number}',
  tags,
  security: secured,
  summary: "One site in the registry's form",
  request: { params: siteParam },
  responses: { 200: json(site, 'The site'), ...problems(400, 404) },
});
const putQuery = queryOf({
  preview: actQuery.shape.preview,
  welcome: z.enum(['true', 'false']).optional().openapi({
    description:
      'Its primary and technical contacts are welcomed, where they were not yet; left out: nobody is written to',
  }),
});
const put = createRoute({
  method: 'put',
  path: '/{number}',
  tags,
  security: secured,
  'x-act': putSite.name,
  summary: 'Write one site: all or nothing; the same twice changes nothing',
  request: {
    params: siteParam,
    query: putQuery,
    body: { required: true, content: { 'application/json': { schema: actBody.catchall(z.unknown()) } } },
  },
  responses: {
    200: json(z.union([site, preview]), 'The site as it is now; or what would follow'),
    ...problems(400, 404, 409, 422),
  },
});

type Site = z.infer<typeof site>;

export function siteRoutes({ actions }: WebDeps): OpenAPIHono {
  const app = router();
  app.openapi(get, async (c) => {
    const read = able(actions.exportSite, 'Reading a site');
    const { number } = c.req.valid('param');
    return c.json(orNotFound(await read(number), `site ${number}`) as Site, 200);
  });
  app.openapi(put, async (c) => {
    const how = able(actions.perform, 'Writing a site');
    const read = able(actions.exportSite, 'Reading a site');
    const { number } = c.req.valid('param');
    const { preview: only, expect, by, ...entry } = c.req.valid('json');
    const asked = { query: c.req.valid('query'), body: { preview: only, expect, by } };
    const welcome = asked.query.welcome === 'true';
    const { kind, ...told } = await performForApi(how, putSite, { site: number, entry, welcome }, asked);
    if (kind === 'preview') return c.json(told as Omit<Extract<Performed, { kind: 'preview' }>, 'kind'>, 200);
    return c.json(orNotFound(await read(number), `site ${number}`) as Site, 200);
  });
  return app;
}
