import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { WebDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { able, json, orNotFound, problems, router, secured } from './route.ts';
import { site, siteParam } from './schemas.ts';

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
const put = createRoute({
  method: 'put',
  path: '/{number}',
  tags,
  security: secured,
  summary: 'Write one site: all or nothing; the same twice changes nothing',
  request: {
    params: siteParam,
    body: { required: true, content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } } },
  },
  responses: { 200: json(site, 'The site as it is now'), ...problems(400, 404, 409, 422) },
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
    const write = able(actions.putSite, 'Writing a site');
    const read = able(actions.exportSite, 'Reading a site');
    const { number } = c.req.valid('param');
    const body = c.req.valid('json');
    if (body.number !== undefined && String(body.number) !== number)
      throw new Problem(422, `number: ${body.number} is not the site of this address, ${number}`);
    await write(number, body);
    return c.json(orNotFound(await read(number), `site ${number}`) as Site, 200);
  });
  return app;
}
